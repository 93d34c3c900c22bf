"""Text that is only read. It is never cut: it wraps where it must, or it is one line with the whole of it as a tip."""

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

LEAST_LETTERS = 10
"""A line of its own is not made narrower than this, or than its longest word."""

TOGETHER = 24
"""Parts of a line that are set off by dots, such as a key and what it does, stay together up to so many letters."""

LONG_WORD = re.compile(r"\S{20}(?=\S{4})")
NO_BREAK = "\u00a0"
SOFT_BREAK = "\u200b"
"""Takes no room, and a line may end there. Put into words that may be wider than the window: paths, names of files."""


class Words(QLabel):
    """Running text, plain: it may be laid out in several lines also where there would be room for one."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        super().setText(_breakable(text))

    def height_of(self, text: str, width: int) -> int:
        """Pixels that another text would need here, wrapped to a width."""
        self.ensurePolished()
        around = self.contentsMargins()
        inside = QRect(0, 0, width - around.left() - around.right(), 100_000)
        height = self.fontMetrics().boundingRect(inside, Qt.TextFlag.TextWordWrap, _breakable(text)).height()
        return height + around.top() + around.bottom()

    def line_width(self, text: str) -> int:
        """Pixels for a text on one line, with what is around it."""
        self.ensurePolished()
        around = self.contentsMargins()
        indent = self.fontMetrics().horizontalAdvance("x") if self.frameWidth() else 0
        return line_width(self.fontMetrics(), text) + around.left() + around.right() + indent


class Standing(Words):
    """Running text in a place that keeps its height while the texts in it change. Qt's own minimum height would not
    do: layouts forget it when they ask how high a text of some width is."""

    def __init__(self) -> None:
        super().__init__()
        self._least = 0

    def keep(self, height: int) -> None:
        """Never lower than this, in pixels."""
        if height != self._least:
            self._least = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._least))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._least))

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._least)


class Phrase(Words):
    """One line as long as there is room for it."""

    def sizeHint(self) -> QSize:
        around, metrics = self.contentsMargins(), self.fontMetrics()
        height = metrics.height() + self._text.count("\n") * metrics.lineSpacing()
        return QSize(self.line_width(self._text), height + around.top() + around.bottom())

    def minimumSizeHint(self) -> QSize:
        line, short = self.sizeHint(), self.line_width("x" * LEAST_LETTERS)
        if line.width() > short:
            line.setWidth(min(line.width(), max(short, super().minimumSizeHint().width())))
        return line

    def heightForWidth(self, width: int) -> int:
        line = self.sizeHint()
        return line.height() if line.width() <= width else super().heightForWidth(width)


class OneLine(QLabel):
    """A text in one line. Where it is too long its end is left out, and the whole of it is the tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._show()

    def sizeHint(self) -> QSize:
        around = self.contentsMargins()
        width = line_width(self.fontMetrics(), self._text) + around.left() + around.right()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        short = line_width(self.fontMetrics(), "x" * LEAST_LETTERS)
        return QSize(min(self.sizeHint().width(), short), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show()

    def _show(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip("" if shown == self._text else self._text)
        if shown != super().text():
            super().setText(shown)


def _breakable(text: str) -> str:
    """A text that breaks where it reads best, and breaks at all."""
    parts = [part.replace(" ", NO_BREAK) if len(part) < TOGETHER else part for part in text.split(" · ")]
    return LONG_WORD.sub(lambda found: found[0] + SOFT_BREAK, f"{NO_BREAK}· ".join(parts) if len(parts) > 1 else text)


def line_width(metrics: QFontMetrics, text: str) -> int:
    """Pixels for a text whose lines are not broken."""
    return metrics.boundingRect(QRect(0, 0, 100_000, 100_000), 0, text).width() + 1

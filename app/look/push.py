"""Buttons and boxes whose words go to a second line where there is no room for them on one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy

from app.look.words import LEAST_LETTERS, line_width

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _Breaking(_Button):
    """Shows its text with line breaks that the width asks for. `text` is the text without them."""

    _text = ""

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self._show(self.width())

    def set_up(self, text: str) -> None:
        """Called once, when the button is there."""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # may be narrower than its text
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(self._size_of(self._text).width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        longest = max((line_width(metrics, word) for word in self._text.split()), default=0)
        short = max(longest, line_width(metrics, "x" * LEAST_LETTERS))
        whole = self._size_of(self._text)
        around = whole.width() - line_width(metrics, self._text)
        return QSize(min(whole.width(), short + around), whole.height())

    def width_of(self, text: str) -> int:
        """Pixels that another text on one line would need here."""
        return self._size_of(text).width()

    def heightForWidth(self, width: int) -> int:
        return self._size_of(self._broken(width)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show(self.width())

    def _size_of(self, text: str) -> QSize:
        """What the style asks for with a text of this width and so many lines."""
        shown, metrics = super().text(), self.fontMetrics()
        hint = super().sizeHint()
        wider = line_width(metrics, text) - line_width(metrics, shown)
        higher = (text.count("\n") - shown.count("\n")) * metrics.lineSpacing()
        return QSize(hint.width() + wider, hint.height() + higher)

    def _broken(self, width: int) -> str:
        """The text in lines that fit a button of this width."""
        metrics = self.fontMetrics()
        room = width - (self._size_of(self._text).width() - line_width(metrics, self._text)) + 1
        lines: list[str] = []
        for word in self._text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and line_width(metrics, longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)

    def _show(self, width: int) -> None:
        self.ensurePolished()
        broken = self._broken(width) if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self._text
        if broken != super().text():
            super().setText(broken)


class Push(_Breaking, QPushButton):
    """A push button."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.set_up(text)


class Check(_Breaking, QCheckBox):
    """A box to tick."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.set_up(text)

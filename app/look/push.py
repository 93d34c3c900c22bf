"""Buttons and boxes whose words go to a second line where there is no room for them on one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy, QStyleOptionButton

from app.look.words import LEAST_LETTERS, line_width

if TYPE_CHECKING:

    class _Button(QAbstractButton):
        def initStyleOption(self, option: QStyleOptionButton) -> None: ...
else:
    _Button = object


class _Breaking(_Button):
    """Paints its text with the line breaks that its width asks for."""

    _lines = 1
    """So many are painted at the width that it has."""
    _around = 0
    """Pixels of its width that are not text."""

    def set_up(self) -> None:
        """Called once, when the button is there."""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # may be narrower than its text
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._of_lines(super().sizeHint(), self._lines)

    def minimumSizeHint(self) -> QSize:
        whole, metrics = super().sizeHint(), self.fontMetrics()
        needed = line_width(metrics, self.text())
        short = line_width(metrics, "x" * LEAST_LETTERS)
        if needed <= short:
            return whole
        longest = max((line_width(metrics, word) for word in self.text().split()), default=0)
        return QSize(whole.width() - needed + min(needed, max(longest, short)), whole.height())

    def width_of(self, text: str) -> int:
        """Pixels that another text on one line would need here."""
        metrics = self.fontMetrics()
        return super().sizeHint().width() + line_width(metrics, text) - line_width(metrics, self.text())

    def heightForWidth(self, width: int) -> int:
        whole = super().sizeHint()
        return self._of_lines(whole, self._count(width, whole.width())).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._count_lines()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._count_lines()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._count_lines()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)  # called for each size hint as well: nothing here may ask for one
        if self._lines > 1:
            option.text = "\n".join(self._broken(self.width() - self._around))

    def _count_lines(self) -> None:
        whole = super().sizeHint().width()
        self._around = whole - line_width(self.fontMetrics(), self.text())
        lines = self._count(self.width(), whole) if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 1
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _count(self, width: int, whole: int) -> int:
        """So many lines at a width; `whole` is what it needs for one."""
        return 1 if width >= whole else len(self._broken(width - whole + line_width(self.fontMetrics(), self.text())))

    def _of_lines(self, one: QSize, lines: int) -> QSize:
        return QSize(one.width(), one.height() + (lines - 1) * self.fontMetrics().lineSpacing())

    def _broken(self, room: int) -> list[str]:
        """The text in lines of no more than `room` pixels, as far as its words allow."""
        metrics = self.fontMetrics()
        lines: list[str] = []
        for word in self.text().split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and line_width(metrics, longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


class Push(_Breaking, QPushButton):
    """A push button."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.set_up()


class Check(_Breaking, QCheckBox):
    """A box to tick."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.set_up()

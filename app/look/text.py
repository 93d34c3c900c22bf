"""Labels and boxes with the program's own look. Text is always plain: what comes from a file is never markup."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.look.push import Check, Push
from app.look.row import Columns, Row, em
from app.look.words import Phrase, Words

BY_TAB = Qt.FocusPolicy.TabFocus
"""A click leaves the keys to the page; only who went there by Tab has them on a button or a box."""
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


LEAST_COMBO_EMS = 8
"""A box to choose from is not made narrower; what does not fit in it is in its tip."""


def label(text: str = "", role: str = "", wraps: bool = False) -> Words:
    """A plain-text label in one of the theme's roles. One that `wraps` is running text: it may have several lines
    also where there would be room for one."""
    made = Words(text) if wraps else Phrase(text)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Changes a widget's look."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, role: str = "", name: str = "") -> Push:
    """A push button; `name` is what a screen reader says when the text alone would not do."""
    made = Push(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setFocusPolicy(BY_TAB)
    made.setAutoDefault(True)  # Enter presses it too, once the keys are on it
    if role:
        made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    return made


def announce(widget: QWidget, text: str) -> None:
    """Lets a screen reader say what has just changed, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def is_typed(event: QKeyEvent) -> bool:
    """Whether a key is a letter, a figure or a sign; Space is none, for it presses what has the keys."""
    text = event.text()
    return bool(text.strip()) and text.isprintable() and not event.modifiers() & COMMANDS


class Combo(QComboBox):
    """Changes by a click and by arrow keys: the wheel scrolls the page, and letters and signs are the page's keys. Its
    tip is its text, which may be too long for it."""

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(4, 0)  # the style forgets the space around the text

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), round(LEAST_COMBO_EMS * em())), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt's own, but for the end of a text that is too long."""
        painter, option, style = QStylePainter(self), QStyleOptionComboBox(), self.style()
        self.initStyleOption(option)
        field = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width())
        option.currentText = shown
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText())
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def combo(name: str, items: Sequence[str] = ()) -> QComboBox:
    """A box to choose from; `name` is what a screen reader says."""
    made = Combo()
    made.setFocusPolicy(BY_TAB)
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.addItems(list(items))
    return made


def check(text: str) -> QCheckBox:
    """A box to tick."""
    made = Check(text)
    made.setFocusPolicy(BY_TAB)
    return made


class Spin(QSpinBox):
    """Changes by a click and by arrow keys: the wheel scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def spin(name: str, limits: tuple[int, int], suffix: str) -> QSpinBox:
    """A whole number between limits, with its unit."""
    made = Spin()
    made.setAccessibleName(name)
    made.setRange(*limits)
    made.setSuffix(suffix)
    return made


def row(*widgets: QWidget | int, spacing: int = 10) -> Row:
    """Widgets side by side, on several lines where the window is narrow; a number is a stretch."""
    layout = Row()
    _fill(layout, widgets, spacing)
    return layout


def column(*widgets: QWidget | int, spacing: int = 10) -> QVBoxLayout:
    """Widgets one below the other; a number is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def columns(least_ems: float, most: int = 9, spacing: int = 12) -> Columns:
    """Columns of one width, of which as many stand side by side as are at least so wide, in ems."""
    layout = Columns(least_ems, most)
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    return layout


def card(role: str = "card", margin: int = 18, spacing: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A framed box and the layout inside it."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin - 4, margin, margin - 4)
    layout.setSpacing(spacing)
    return frame, layout


def clear(layout: QBoxLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)
            inner.deleteLater()


def bundle(widgets: Iterable[QWidget], spacing: int) -> QWidget:
    """These as one widget, one below the other. It has its look before it is shown, which takes the longest of all."""
    inside, shown = QWidget(), tuple(widgets)
    inside.setLayout(column(*shown, spacing=spacing))
    for each in shown:
        each.show()
    return polished(inside)


def put(layout: QBoxLayout, inside: QWidget) -> None:
    """Puts a widget in the place of all that was in a layout."""
    clear(layout)
    layout.addWidget(inside)
    inside.show()


@contextmanager
def laid_out_once(*widgets: QWidget) -> Iterator[None]:
    """What is shown and hidden in these meanwhile lays them out once, in the end: else each widget does, up to the
    window. The outermost comes first."""
    layouts = [layout for each in widgets if (layout := each.layout())]
    for each in layouts:
        each.setEnabled(False)
    yield
    for each in layouts:
        each.setEnabled(True)
    layouts[0].activate()


AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def polished(widget: AnyWidget) -> AnyWidget:
    """A widget with all in it that has its look already when it is shown."""
    widget.ensurePolished()
    for each in widget.findChildren(QWidget):
        each.ensurePolished()
    return widget


def _fill(layout: QBoxLayout, widgets: Iterable[QWidget | int], spacing: int) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget)

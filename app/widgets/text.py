"""Labels and boxes with the program's own look. Text is always plain: what comes from a file is never markup."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)


def label(text: str = "", role: str = "", wraps: bool = False) -> QLabel:
    """A plain-text label in one of the theme's roles."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Changes a widget's look."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, role: str = "", name: str = "") -> QPushButton:
    """A push button; `name` is what a screen reader says when the text alone would not do."""
    made = QPushButton(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    return made


def announce(widget: QWidget, text: str) -> None:
    """Lets a screen reader say what has just changed, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Combo(QComboBox):
    """Changes by a click and by arrow keys: the wheel scrolls the page, and letters are the page's keys."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalpha() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


def combo(name: str, items: Sequence[str] = ()) -> QComboBox:
    """A box to choose from; `name` is what a screen reader says."""
    made = Combo()
    made.setAccessibleName(name)
    made.addItems(list(items))
    return made


def spin(name: str, limits: tuple[int, int], suffix: str) -> QSpinBox:
    """A whole number between limits, with its unit."""
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(*limits)
    made.setSuffix(suffix)
    return made


def row(*widgets: QWidget | int, spacing: int = 10) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def column(*widgets: QWidget | int, spacing: int = 10) -> QVBoxLayout:
    """Widgets one below the other; a number is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, widgets, spacing)
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

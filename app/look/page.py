"""What all pages share: one scrolling column of a readable width, and who gets the keys. Pages emit wishes."""

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.look.row import em
from app.look.theme import Theme

WIDE_EMS, HIGH_EMS = 60, 36
"""A page that is smaller than this, measured in its text, has less air around its column."""
FOCUS_MARGIN = 8
"""Pixels that are seen above and below what has the focus."""
LOW_EMS = 24
"""A page that is lower has a title of the size of a heading."""


Steps = Iterator[QWidget | None]
"""Makes something large a piece a step. A step hands out what it made that has no parent yet."""
Show = Callable[[], None]
Made = Generator[QWidget | None, None, Show]
"""The same, and what shows all of it at once in the end."""


class Spread(QObject):
    """Takes steps one after the other, each in a turn of its own of the event loop: the window never stands still."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Steps = iter(())
        self._then: Show = lambda: None
        self._made: list[QWidget] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def do(self, steps: Steps, then: Show) -> None:
        """Takes the steps, then calls `then`: at once where there is no step to take. What is under way is given up."""
        self.stop()
        self._steps, self._then = steps, then
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Gives up what is under way, and what was made for it."""
        self._timer.stop()
        self._steps, self._then = iter(()), lambda: None
        for each in self._made:
            each.deleteLater()
        self._made.clear()

    def _go_on(self) -> None:
        for made in self._steps:
            if made:
                self._made.append(made)
            else:
                self._made.clear()  # what was made so far is in its place
            return
        self._timer.stop()
        self._made.clear()
        self._then()


class Page(QScrollArea):
    """A column in the middle of the window. It scrolls up and down, never sideways: what is in it breaks into lines.

    The keys are the page's own when it is opened, after a click on anything that takes no text, and when the widget
    that had them goes away. A button or a box has them only once Tab has led there.
    """

    is_room = False
    """Nothing but this page is to be seen, and Esc is one of its own keys."""

    def __init__(self, theme: Theme, width: int = 920) -> None:
        super().__init__()
        self.theme = theme
        self._width = width
        self._is_low = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = self._outer = QWidget()
        outer.setObjectName("page")
        self._middle = QWidget()
        self._middle.setObjectName("column")
        self._middle.setMaximumWidth(width)
        across = self._across = QHBoxLayout(outer)
        across.addStretch(1)
        across.addWidget(self._middle, 100_000)  # all the width up to its own, the rest to both sides
        across.addStretch(1)
        self.body = QVBoxLayout(self._middle)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setWidget(outer)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        """New colours and text size; the column grows with the text."""
        self.theme = theme
        self._middle.setMaximumWidth(self._width * text_percent // 100)
        self.give_air()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_air()

    def give_air(self) -> None:
        """The room around the column and between its parts, less of it in a small window."""
        if (is_low := self.height() < LOW_EMS * em()) != self._is_low:
            self._is_low = is_low
            for title in self.findChildren(QLabel):
                if title.property("role") == "title":
                    title.setProperty("isLow", is_low)
                    title.style().unpolish(title)
                    title.style().polish(title)
        is_small = self.width() < WIDE_EMS * em() or self.height() < HIGH_EMS * em()
        self._across.setContentsMargins(*((14, 12, 14, 12) if is_small else (28, 24, 28, 24)))
        self.body.setSpacing(10 if is_small else 14)

    def follow_focus(self) -> None:
        """Brings what has the focus into view, once it has its place. Not after a click: the page stays under the
        pointer."""
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        now = QApplication.focusWidget()
        if now is None or not self._outer.isAncestorOf(now):
            return
        room, bar = self.viewport().height(), self.verticalScrollBar()
        area = now.rect()
        if area.height() > room // 2:
            area = now.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)  # a cell, or the line of a text
        top = now.mapTo(self.viewport(), area.topLeft()).y()
        bottom = top + area.height()
        if bottom - top > room // 2:  # what fills the window is left where it is, if any of it is seen
            beyond = top if bottom <= 0 or top >= room else 0
        else:
            beyond = min(top - FOCUS_MARGIN, 0) or max(bottom + FOCUS_MARGIN - room, 0)
        bar.setValue(bar.value() + beyond)

    def showEvent(self, event: QShowEvent) -> None:
        """Its title is what a screen reader says when the page has the keys, unless there is more to say."""
        super().showEvent(event)
        titles = [each.text() for each in self.findChildren(QLabel) if each.property("role") == "title"]
        if titles and not self.accessibleName():
            self.setAccessibleName(titles[0])

    def take_escape(self) -> bool:
        """Whether Esc closed something on this page, and so does not lead back."""
        return False

    def first_focus(self) -> QWidget:
        """What has the keys when the page is shown: the page itself, unless it is there for one thing."""
        return self

    @property
    def has_keys(self) -> bool:
        """Whether no widget on it has them, also while another program's window is the active one."""
        return self.window().focusWidget() is self

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on; but what is hidden or put out of use leaves the keys to what it stood on, not its neighbour."""
        lost = QApplication.focusWidget()
        if (
            lost is None
            or not self.isVisible()
            or not self.isAncestorOf(lost)
            or (lost.isVisible() and lost.isEnabled())
        ):
            return super().focusNextPrevChild(forward)
        heir = lost.parentWidget()
        while heir and heir is not self and not _takes_keys(heir):
            heir = heir.parentWidget()
        (heir or self).setFocus()
        return True


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.ClickFocus) and widget.isVisible() and widget.isEnabled()

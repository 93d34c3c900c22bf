"""What all pages share: one scrolling column of a readable width, and who gets the keys. Pages emit wishes."""

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.theme import Theme

WIDE_PERCENT = 125
"""Up to this text size there is room for things side by side."""


Show = Callable[[], None]
Made = Generator[None, None, Show]
"""Makes something a piece a step, and returns what shows all of it at once."""


class Spread(QObject):
    """Builds what is large a piece at a time, so that the window never stands still for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._then: Callable[[], None] = lambda: None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def do(self, steps: Iterator[None], then: Callable[[], None]) -> None:
        """Takes one step after the other, each in a turn of its own of the event loop, then calls `then`: at once where
        there is no step to take. What is under way is given up for it."""
        self._steps, self._then = steps, then
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Gives up what is under way."""
        self._steps, self._then = iter(()), lambda: None

    def _go_on(self) -> None:
        for _ in self._steps:
            return
        self._timer.stop()
        self._then()


class Page(QScrollArea):
    """A column in the middle of the window that scrolls when the text is large.

    The keys are the page's own when it is opened, after a click on anything that takes no text, and when the widget
    that had them goes away. A button or a box has them only once Tab has led there.
    """

    is_room = False
    """Nothing but this page is to be seen, and Esc is one of its own keys."""

    def __init__(self, theme: Theme, width: int = 920) -> None:
        super().__init__()
        self.theme = theme
        self._width = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = self._outer = QWidget()
        outer.setObjectName("page")
        self._middle = QWidget()
        self._middle.setObjectName("column")
        self._middle.setMaximumWidth(width)
        across = QHBoxLayout(outer)
        across.setContentsMargins(28, 24, 28, 24)
        across.addStretch(1)
        across.addWidget(self._middle, 100)
        across.addStretch(1)
        self.body = QVBoxLayout(self._middle)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        self.setWidget(outer)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        """New colours and text size; the column grows with the text."""
        self.theme = theme
        self._middle.setMaximumWidth(self._width * text_percent // 100)

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

"""What all pages share: one scrolling column of a readable width. Pages show values and emit wishes."""

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.theme import Theme

WIDE_PERCENT = 125
"""Up to this text size there is room for things side by side."""


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
            return
        self._timer.stop()
        self._made.clear()
        self._then()


class Page(QScrollArea):
    """A column in the middle of the window that scrolls when the text is large."""

    is_room = False
    """Nothing but this page is to be seen, and Esc is one of its own keys."""

    def __init__(self, theme: Theme, width: int = 920) -> None:
        super().__init__()
        self.theme = theme
        self._width = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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

    def take_escape(self) -> bool:
        """Whether Esc closed something on this page, and so does not lead back."""
        return False

    def first_focus(self) -> QWidget | None:
        """The widget that has the focus when the page is shown."""
        return None

"""What all pages share: one scrolling column of a readable width. Pages show values and emit wishes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.theme import Theme

WIDE_PERCENT = 125
"""Up to this text size there is room for things side by side."""


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

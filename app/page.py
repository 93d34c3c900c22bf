"""What all pages share: one scrolling column of a readable width, and who gets the keys. Pages emit wishes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.theme import Theme

WIDE_PERCENT = 125
"""Up to this text size there is room for things side by side."""


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

"""What is said on any page: one sentence at a time, over the foot line and never in a layout, so that nothing moves."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.look.text import announce, button, label, row

PAGE = "page"
"""About what the person has just asked of the page that is shown. It goes with that page."""


class Notices(QFrame):
    """Lies over the foot line, where there is nothing to press; at the top where the foot line is hidden.

    Each notice is about something: a later one about the same takes its place. The newest is shown; when it goes or is
    closed, the one before it is. `closed_by_key` is emitted when the keys were on the button that closes it.
    """

    closed_by_key = Signal()

    def __init__(self, parent: QWidget, foot: QWidget) -> None:
        super().__init__(parent)
        self._over, self._foot = parent, foot
        self._texts: dict[str, str] = {}
        self.setProperty("role", "banner")
        self._text = label("", "said", wraps=True)
        self.close_button = button("×", "close", "Close this notice")
        self.close_button.setToolTip("Close this notice")
        self.close_button.clicked.connect(self.close_shown)
        inside = self._inside = row(self._text, self.close_button)
        inside.setStretch(0, 1)
        inside.setAlignment(self.close_button, Qt.AlignmentFlag.AlignVCenter)
        inside.setContentsMargins(28, 3, 12, 3)
        self.setLayout(inside)
        self.hide()
        for watched in (parent, foot):
            watched.installEventFilter(self)

    def text(self) -> str:
        """The sentence that is shown; empty for none."""
        return self._text.text()

    def show_notice(self, text: str, about: str) -> None:
        """Says something; an empty text takes back what was said about the same."""
        self._texts.pop(about, None)
        if text:
            self._texts[about] = text.encode(errors="replace").decode()  # a file's name may be no text at all
        self._show()

    def close_shown(self) -> None:
        """The person has read it."""
        self._texts.popitem()
        self._show()

    @property
    def line_height(self) -> int:
        """Pixels for a sentence of one line: what lies under it is to be no lower."""
        for each in (self, self._text):
            each.ensurePolished()
        around = self._inside.contentsMargins() + self.contentsMargins()
        line = max(self._text.fontMetrics().height(), self.close_button.sizeHint().height())
        return line + around.top() + around.bottom()

    def place(self) -> None:
        """As wide as the window, and as high as its sentence needs but no lower than what it covers."""
        width, has_foot = self._over.width(), not self._foot.isHidden()
        height = max(self._inside.totalHeightForWidth(width), self._foot.height() if has_foot else 0)
        self.setGeometry(0, self._over.height() - height if has_foot else 0, width, height)
        self.raise_()

    def stand_before(self, page: QWidget) -> None:
        """In the order of Tab: one step back from a page as it is opened leads to the button that closes this."""
        before = page.previousInFocusChain()
        while before and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:  # Qt puts nothing after what Tab passes by
            before = before.previousInFocusChain()
        if before and before is not self.close_button:
            QWidget.setTabOrder(before, self.close_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is left to the page, but for the keys that are here."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_shown()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it lies over has another size, or is hidden or shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        text = next(reversed(self._texts.values()), "")
        has_keys = self.close_button.hasFocus()
        if text and text != self.text():
            announce(self, text)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.place()
        self.setVisible(bool(text))
        if has_keys and not text:
            self.closed_by_key.emit()

"""What is said over any page: one sentence at a time, above the page and never in its layout, so that nothing moves."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.text import announce, button, label, row

PAGE = "page"
"""About what the person has just asked of the page that is shown. It goes with that page."""

WIDEST_SHARE = 0.66
"""Of the width there is, so that a page's buttons beside its title stay free."""
LEAST_WIDTH = 460
MARGIN = 8


class Notices(QFrame):
    """Lies over the top of its parent. Each notice is about something: a later one about the same takes its place.

    The newest is shown; when it goes or is closed, the one before it is. `closed_by_key` is emitted when the keys were
    on the button that closes it.
    """

    closed_by_key = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._texts: dict[str, str] = {}
        self.setProperty("role", "notice")
        self._text = label("", wraps=True)
        self.close_button = button("×", "close", "Close this notice")
        self.close_button.setToolTip("Close this notice")
        self.close_button.clicked.connect(self.close_shown)
        inside = self._inside = row(self._text, self.close_button)
        inside.setStretch(0, 1)
        inside.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        inside.setContentsMargins(16, 6, 6, 6)
        self.setLayout(inside)
        self.hide()
        parent.installEventFilter(self)

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

    def place(self) -> None:
        """At the top, in the middle: as wide as its sentence, up to a share of the width, and as high as it needs."""
        room = self._over.width() - 2 * MARGIN
        self.ensurePolished()
        whole = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2
        beside = self.sizeHint().width() - self._text.sizeHint().width()
        width = min(room, max(LEAST_WIDTH, round(room * WIDEST_SHARE)), whole + beside)
        self.setGeometry(MARGIN + (room - width) // 2, MARGIN, width, self._inside.totalHeightForWidth(width))
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is left to the page, but for the keys that are here."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_shown()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Its parent has another size."""
        if event.type() == QEvent.Type.Resize:
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

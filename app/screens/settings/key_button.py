"""A button that shows a key and, once it is pressed, takes the next key press for a new one. Decides nothing."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.look.key_names import key_of, shown_key
from app.look.push import Push
from app.look.text import BY_TAB, announce

WAITING = "Press a key …"


class KeyButton(Push):
    """Enter or Space begins, the next key is the wish. Esc, Tab and a click elsewhere leave the key as it was."""

    wished = Signal(str)
    """A key in the portable form."""

    def __init__(self, words: str) -> None:
        super().__init__(WAITING)
        self._words, self._key = words, ""
        self._is_waiting = False
        self.setFocusPolicy(BY_TAB)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._begin)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self.width_of(WAITING), 0))  # as wide when it waits

    def show_key(self, key: str) -> None:
        """The key of the command, in the portable form."""
        self._key = key
        self._stop()

    def event(self, event: QEvent) -> bool:
        """While it waits, every key is its own: no shortcut of the window comes first, and Tab ends the waiting."""
        if self._is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._take(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._stop()
        super().focusOutEvent(event)

    def _begin(self) -> None:
        self._is_waiting = True
        self.setFocus()
        self.setText(WAITING)
        announce(self, f"Press the new key for: {self._words}. Escape leaves it as it is.")

    def _take(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if not key or event.isAutoRepeat():  # something is only held so far
            return
        self._stop()
        if key != "Esc":
            self.wished.emit(key)

    def _stop(self) -> None:
        self._is_waiting = False
        self.setText(shown_key(self._key))
        self.setAccessibleName(f"{self._words}: {shown_key(self._key)}")
        self.setAccessibleDescription("Press to choose another key")

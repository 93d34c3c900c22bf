"""One line for a note of one's own on a take. Kept when it is left or Enter is pressed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit


class NoteLine(QLineEdit):
    """Emits the note once it differs from the one that was shown."""

    written = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.invite("A note to yourself on this take")
        self._shown = ""
        self.editingFinished.connect(self._tell)

    def invite(self, text: str) -> None:
        """What stands in the empty line; as its tip too, since the line may be too short for it."""
        self.setPlaceholderText(text)
        self.setToolTip(text)

    def show_note(self, text: str) -> None:
        """The note as it is kept; what is being typed is left alone."""
        if text != self._shown or not self.hasFocus():
            self._shown = text
            self.setText(text)

    def leave(self) -> None:
        """Something else comes here: what has been typed is kept where it belongs."""
        self._tell()
        self.clearFocus()

    def _tell(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.written.emit(self._shown)

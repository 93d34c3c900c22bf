"""A text that can be read aloud: the button that begins it, and ends it while it is being read."""

from PySide6.QtCore import Qt, Signal

from app.look.push import Push
from app.look.text import BY_TAB


class ReadButton(Push):
    """Emits the text."""

    wished = Signal(str)

    def __init__(self, text: str, name: str) -> None:
        super().__init__("Read it aloud")
        self._aloud = " ".join(text.split())
        self.setFocusPolicy(BY_TAB)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.clicked.connect(lambda: self.wished.emit(self._aloud))

    def show_reading(self, text: str) -> None:
        """The text that is being read, perhaps this one; empty for none."""
        self.setText("Stop reading" if text and text == self._aloud else "Read it aloud")

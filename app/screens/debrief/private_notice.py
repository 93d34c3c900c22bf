"""The question a private session asks until it is answered: keep it, or throw it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.text import button, label, row


class PrivateNotice(QFrame):
    """Shown above the debrief of a session that is in memory only."""

    keep_wished = Signal()
    throw_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        text = "This session is private: it is kept in memory only, and gone when the computer is switched off."
        keep = button("Keep it with the others")
        keep.clicked.connect(self.keep_wished)
        throw = button("Throw it away for good")
        throw.clicked.connect(self.throw_wished)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(8)
        inside.addWidget(label(text, wraps=True))
        inside.addLayout(row(keep, throw, 1))

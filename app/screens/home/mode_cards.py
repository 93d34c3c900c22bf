"""The four ways to practise, side by side where there is room; one carries the badge, with the reason under it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.look.keys import Keys
from app.look.text import button, columns, label
from interviewer.practice.suggestion import Mode, Suggestion

LEAST_EMS = 14
"""Of one card."""

WORDS = {
    Mode.LEARN: "Section by section: examples, cues, follow-ups, exercises. Nothing is locked.",
    Mode.TEST: "Ten questions, no hints, a verdict, and what to look at again.",
    Mode.DRILL: "One section against the clock, as often as you like.",
    Mode.MOCK: "Five timed parts and the follow-ups, spoken and recorded.",
}


class ModeCards(QWidget):
    """Emits the mode that was chosen."""

    chosen = Signal(object)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        keys.changed.connect(self._name)
        self._badges: dict[Mode, QLabel] = {}
        self._reasons: dict[Mode, QLabel] = {}
        self.buttons: dict[Mode, QPushButton] = {}
        cards = columns(LEAST_EMS)
        for mode in Mode:
            cards.addWidget(self._card(mode))
        self.setLayout(cards)
        self._name()

    def _name(self) -> None:
        """Each with its key."""
        for mode, opening in self.buttons.items():
            opening.setText(f"{mode.title} ({self._keys.text(f'home.{mode.value}')})")

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Puts the badge on one of them."""
        for mode in Mode:
            is_it = mode is suggestion.mode
            self._badges[mode].setVisible(is_it)
            self._reasons[mode].setText(suggestion.reason if is_it else "")
            self._reasons[mode].setVisible(is_it)
            self.buttons[mode].setAccessibleDescription(f"Recommended. {suggestion.reason}" if is_it else "")

    def _card(self, mode: Mode) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.setSpacing(6)
        self._badges[mode] = label("★ Recommended", "good")
        self._reasons[mode] = label("", "small", wraps=True)
        self._badges[mode].hide()
        self._reasons[mode].hide()
        opening = self.buttons[mode] = button(mode.title, name=mode.title)
        opening.clicked.connect(lambda: self.chosen.emit(mode))
        inside.addWidget(opening)
        inside.addWidget(label(WORDS[mode], wraps=True))
        inside.addWidget(self._badges[mode])
        inside.addWidget(self._reasons[mode])
        inside.addStretch(1)
        return frame

"""The four answers to a question. A sign and words say which is right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.look.keys import Keys
from app.look.option import Option
from app.look.text import column
from interviewer.pattern import LETTERS

RIGHT, WRONG = "✓ right", "✗ not this one"


class OptionList(QWidget):
    """Emits the place, 0 to 3, of the answer that was chosen. Its keys go through `take_key`."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], name: str, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(name)
        self._is_solved = False
        self.options = tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=True))
        for place, option in enumerate(self.options):
            option.clicked.connect(lambda _=False, place=place: self._choose(place))
        self.setLayout(column(*self.options, spacing=8))

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key chose an answer."""
        command, place = self._keys.pressed(event, "questions")
        if command != "questions.answer":
            return False
        self._choose(place % len(LETTERS))  # a letter, or the number in its place
        return True

    def show_chosen(self, place: int | None) -> None:
        """The answer that was given."""
        for at, option in enumerate(self.options):
            option.setChecked(at == place)

    def show_solution(self, right: int, given: int) -> None:
        """Which one is right, and which was given. No other can be given after that."""
        self._is_solved = True
        for at, option in enumerate(self.options):
            option.settle(True)
            if at == right:
                option.mark(RIGHT if given == right else "✓ the right one", "good")
            elif at == given:
                option.mark(WRONG, "bad")

    def ask_again(self) -> None:
        """As before the answer."""
        self._is_solved = False
        self.show_chosen(None)
        for option in self.options:
            option.settle(False)
            option.mark("")

    def _choose(self, place: int) -> None:
        if not self._is_solved:
            self.show_chosen(place)
            self.chosen.emit(place)

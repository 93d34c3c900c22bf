"""The four answers to a question, each a button that wraps its text. A sign and words say which is right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.widgets.text import column, label, set_role
from interviewer.pattern import LETTERS

RIGHT, WRONG = "✓ right", "✗ not this one"


class Option(QPushButton):
    """One answer under its letter."""

    def __init__(self, letter: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "option")
        self.setCheckable(True)
        self.setAccessibleName(f"{letter}: {text}")
        self._mark = label("", "label")
        self._text = label(text, wraps=True)
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(14, 9, 14, 9)
        self._inside.setSpacing(12)
        self._inside.addWidget(label(letter, "key"), 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addWidget(self._text, 1)
        self._inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mark(self, text: str, role: str) -> None:
        """Says what became of this answer."""
        self._mark.setText(text)
        set_role(self._mark, role)
        self.setAccessibleDescription(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inside.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(400, self._inside.totalHeightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._inside.minimumSize().height())


class OptionList(QWidget):
    """Emits the place, 0 to 3, of the answer that was chosen. Keys A to D and 1 to 4 go through `take_key`."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.options = tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=True))
        for place, option in enumerate(self.options):
            option.clicked.connect(lambda _=False, place=place: self._choose(place))
        self.setLayout(column(*self.options, spacing=8))

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key chose an answer."""
        place = LETTERS.find(event.text().upper()) if event.text() else -1
        if place < 0 and event.text() in ("1", "2", "3", "4"):
            place = int(event.text()) - 1
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) or place < 0:
            return False
        if self.options[place].isEnabled():
            self._choose(place)
        return True

    def show_chosen(self, place: int | None) -> None:
        """The answer that was given."""
        for at, option in enumerate(self.options):
            option.setChecked(at == place)

    def show_solution(self, right: int, given: int | None) -> None:
        """Which one is right, and which was given."""
        for at, option in enumerate(self.options):
            option.setEnabled(False)
            if at == right:
                option.mark(RIGHT if given == right else "✓ the right one", "good")
            elif at == given:
                option.mark(WRONG, "bad")

    def _choose(self, place: int) -> None:
        self.show_chosen(place)
        self.chosen.emit(place)

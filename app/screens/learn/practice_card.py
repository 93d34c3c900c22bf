"""Practice items one at a time: an answer, a hint before it if wished, the solution in three steps after it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.look.choice_row import ChoiceRow
from app.look.key_hint import KeyHint, KeyTip
from app.look.keys import Keys
from app.look.option_list import OptionList
from app.look.text import announce, button, clear, column, label, row
from interviewer.pattern import DIFFICULTIES, LETTERS, Item
from interviewer.practice.practice_book import Practice
from interviewer.practice.quiz import tally

ALL = ""
STEPS = 3


class PracticeCard(QFrame):
    """Emits the item that is shown, and each answer with whether the hint was used. Takes its keys while it has the
    focus; a click on its buttons leaves them there."""

    moved = Signal(str)
    answered = Signal(str, str, bool)

    def __init__(self, items: Sequence[Item], record: Practice, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._all = self._items = tuple(items)
        self._record = record
        ids = [item.id for item in items]
        self._place = ids.index(record.at) if record.at in ids else 0
        self._options: OptionList | None = None
        self._given: int | None = None
        self._was_hinted = False
        self._steps = 0
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        there = [each for each in DIFFICULTIES if any(item.difficulty == each for item in items)]
        self._filter = ChoiceRow([("All", ALL), *((each.capitalize(), each) for each in there)], "Show")
        self._filter.choose(ALL)
        self._filter.chosen.connect(self._narrow)
        self._number = label("", "label")
        inside.addLayout(row(label("Practice", "heading"), self._number, 1, self._filter))
        self._content = column(spacing=8)
        inside.addLayout(self._content)
        self._previous = button("←", name="Item before")
        self._previous.clicked.connect(lambda: self._move(-1))
        self._next = button("→", name="Next item")
        self._next.clicked.connect(lambda: self._move(1))
        self._hint = button("Hint", name="Hint, before the answer")
        self._hint.clicked.connect(self._show_hint)
        self._solution = button("Solution", name="Next step of the solution")
        self._solution.clicked.connect(self._show_step)
        inside.addLayout(row(self._previous, self._next, self._hint, self._solution, 1))
        self._tally = label("", "muted", wraps=True)
        inside.addWidget(self._tally)
        KeyTip(self._hint, keys, "questions.hint")
        KeyTip(self._solution, keys, "questions.solution")
        told = "{questions.answer} answer · {questions.hint} hint · {questions.solution} solution, step by step · "
        inside.addWidget(KeyHint(keys, told + "{questions.move} item"))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, place = self._keys.pressed(event, "questions")
        if command == "questions.move":
            self._move((-1, 1)[place])
        elif command == "questions.hint":
            self._show_hint()
        elif command == "questions.solution":
            self._show_step()
        elif self._options is None or not self._options.take_key(event):
            super().keyPressEvent(event)

    @property
    def item(self) -> Item:
        """The one that is shown."""
        return self._items[self._place]

    def _narrow(self, difficulty: str) -> None:
        """The item that is shown stays, if it is one of those."""
        shown = self.item
        self._items = tuple(item for item in self._all if difficulty in (ALL, item.difficulty))
        self._place = self._items.index(shown) if shown in self._items else 0
        if self.item is shown:
            self._show_place()
        else:
            self._show()
        self.setFocus()

    def _move(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._items):
            self.setFocus()  # before a button at the end of the row is out of use
            self._place = place
            self._show()
            self.moved.emit(self.item.id)

    def _show(self) -> None:
        item = self.item
        self._given, self._was_hinted, self._steps = None, False, 0
        clear(self._content)
        self._content.addWidget(label(item.stem, "finding", wraps=True))
        self._options = OptionList(item.options, "Answers", self._keys)
        self._options.chosen.connect(self._answer)
        self._content.addWidget(self._options)
        before: QWidget = self._filter
        for each in (*self._options.options, self._previous):
            QWidget.setTabOrder(before, each)
            before = each
        self._hint.setEnabled(True)
        self._solution.setEnabled(False)
        self._show_place()
        self._show_tally()

    def _show_place(self) -> None:
        place = f"{self._place + 1} of {len(self._items)} · {self.item.difficulty}"
        self._number.setText(place)
        self.setAccessibleName(f"Practice {place}. {self.item.stem}")
        self._previous.setEnabled(self._place > 0)
        self._next.setEnabled(self._place + 1 < len(self._items))

    def _show_tally(self) -> None:
        """Results by difficulty, of each item's last answer; a hint is said, not held against anybody."""
        counts = tally(self._all, self._record.answers)
        parts = [f"{name} {right} of {count}" for name, (right, count) in counts.items()]
        hinted = len(self._record.hinted)
        parts += [f"{hinted} with a hint"] if hinted else []
        self._tally.setText(f"Right so far: {' · '.join(parts)}" if counts else "")
        self._tally.setVisible(bool(counts))

    def _answer(self, place: int) -> None:
        assert self._options
        item = self.item
        self.setFocus()
        self._given = place
        self._options.show_solution(LETTERS.index(item.key), place)
        announce(self, self._options.options[place].accessibleDescription())
        self._hint.setEnabled(False)
        self._solution.setEnabled(True)
        if why := item.why_not_of(LETTERS[place]):
            self._say(f"Why not {LETTERS[place]}: {why}")
        self._record = self._record.answered(item.id, LETTERS[place], self._was_hinted)
        self._show_tally()
        self.answered.emit(item.id, LETTERS[place], self._was_hinted)

    def _show_hint(self) -> None:
        if self._given is None and not self._was_hinted:
            self._was_hinted = True
            self.setFocus()
            self._hint.setEnabled(False)
            self._say(f"Hint: {self.item.hint}")

    def _show_step(self) -> None:
        """One step at a time; after the third why each wrong option is wrong, and the usual mistake."""
        if self._given is None or self._steps >= STEPS:
            return
        item = self.item
        self._say(f"{self._steps + 1}. {item.steps[self._steps]}")
        self._steps += 1
        if self._steps == STEPS:
            for letter in LETTERS:
                if letter != item.key and LETTERS.index(letter) != self._given:
                    self._say(f"Why not {letter}: {item.why_not_of(letter)}")
            if item.mistake:
                self._say(f"Usual mistake: {item.mistake}", "muted")
            self.setFocus()
            self._solution.setEnabled(False)

    def _say(self, text: str, role: str = "") -> None:
        self._content.addWidget(label(text, role, wraps=True))
        announce(self, text)

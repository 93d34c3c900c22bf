"""Test: ten items without hints, then a verdict and what to look at again. Emits answers; knows no rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.option_list import OptionList
from app.look.page import Page
from app.look.text import announce, button, card, clear, column, label, row
from app.look.theme import Theme
from interviewer.pattern import LETTERS, Item


@dataclass(frozen=True, slots=True)
class Put:
    """One question as it is shown: its options in their order, and the place of the answer that was given."""

    item: Item
    order: str
    given: int | None
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier test: its id, and how it ended."""

    id: str
    line: str


@dataclass(frozen=True, slots=True)
class Miss:
    """One item that was missed: the option that was given, empty for none, and what Learn calls its part."""

    item: Item
    given: str
    learn_title: str


@dataclass(frozen=True, slots=True)
class Result:
    """A finished test: the verdict as a sentence, when, how many of each difficulty, and what was missed."""

    sentence: str
    when: str
    counts: Sequence[str]
    misses: Sequence[Miss]


class QuizPage(Page):
    """Three faces: what there is before a test, one question, the result."""

    begin_wished = Signal()
    start_wished = Signal()
    result_wished = Signal(str)
    """The id of an earlier test."""
    answered = Signal(int)
    next_wished = Signal()
    previous_wished = Signal()
    learn_wished = Signal(str)
    """A part of Learn."""
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme)
        self._keys = keys
        self._options: OptionList | None = None
        self._is_result = False
        self._heading = label("Test", "title")
        back = self._main = button("Home")
        back.clicked.connect(self.back_wished)
        self.body.addLayout(row(self._heading, 1, back))
        self._content = column(spacing=12)
        self.body.addLayout(self._content)
        self.body.addStretch(1)

    def show_start(self, principle: str, going_on_at: int, history: Sequence[Past], count: int) -> None:
        """Before a test: what it is, and how earlier ones ended. `going_on_at` is 0 without one to go on with."""
        self._clear(f"Test: {principle}")
        text = f"{count} questions: easy, medium and hard. "
        text += "No hints and no solutions until the end; you can leave and go on later."
        self._content.addWidget(label(text, wraps=True))
        self._main = button(f"Go on at question {going_on_at}" if going_on_at else "Begin the test", "main")
        self._main.setEnabled(bool(count))
        self._main.clicked.connect(self.begin_wished)
        self._content.addLayout(row(self._main, 1))
        self._content.addWidget(label("Earlier tests", "heading"))
        if not history:
            self._content.addWidget(label("None yet.", "muted"))
        for past in history:
            again = button(past.line, "row", f"See the result of {past.line}")
            again.clicked.connect(lambda _=False, past=past: self.result_wished.emit(past.id))
            self._content.addWidget(again)
        if self.isVisible():
            self._main.setFocus()

    def show_question(self, principle: str, put: Put) -> None:
        """One question. Nothing goes on by itself: Enter does."""
        self._clear(f"Test: {principle}")
        self._content.addWidget(label(f"Question {put.number} of {put.count} · {put.item.difficulty}", "label"))
        self._content.addWidget(label(put.item.stem, "stem", wraps=True))
        texts = [put.item.options[LETTERS.index(letter)] for letter in put.order]
        self._options = OptionList(texts, "Answers", self._keys)
        self._options.show_chosen(put.given)
        self._options.chosen.connect(self._answer)
        self._content.addWidget(self._options)
        back = button("Back")
        back.setEnabled(put.number > 1)
        back.clicked.connect(self.previous_wished)
        self._main = button("Finish" if put.number == put.count else "Next", "main")
        self._main.setEnabled(put.given is not None)
        self._main.clicked.connect(self.next_wished)
        self._content.addLayout(row(self._main, back, 1))
        told = "{questions.answer} answer · {questions.next} go on · {questions.move} move · {everywhere.back} leaves"
        self._content.addWidget(KeyHint(self._keys, told))
        self._take_keys(f"Question {put.number} of {put.count}, {put.item.difficulty}. {put.item.stem}")

    def show_result(self, principle: str, result: Result) -> None:
        """How it went, and each miss with what leads on. No button has the focus: Enter was pressed a moment ago."""
        self._clear(f"Test: {principle}")
        self._content.addWidget(label(result.sentence, "verdict", wraps=True))
        self._content.addWidget(label(" · ".join((*result.counts, result.when)), "muted", wraps=True))
        another = self._main = button("Another test", "main")
        another.clicked.connect(self.begin_wished)
        earlier = button("All tests")
        earlier.clicked.connect(self.start_wished)
        self._content.addLayout(row(another, earlier, 1))
        if result.misses:
            self._content.addWidget(label("Look at these again", "heading"))
        for miss in result.misses:
            self._content.addWidget(self._miss_card(miss))
        self._is_result = True
        self._take_keys(f"{result.sentence} {', '.join(result.counts)}")

    def first_focus(self) -> QWidget:
        return self if self._options or self._is_result else self._main

    def _take_keys(self, text: str) -> None:
        """The page itself has the focus, and says what is on it."""
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(text)
        self.setFocus()
        announce(self, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, place = self._keys.pressed(event, "questions")
        is_back = command == "questions.move" and place == 0
        if self._options is None:
            if command == "questions.next" and not self._is_result:
                self._main.click()
            else:
                super().keyPressEvent(event)
        elif self._options.take_key(event):
            return
        elif is_back:
            self.previous_wished.emit()
        elif command in ("questions.next", "questions.move") and self._main.isEnabled():
            self.next_wished.emit()
        else:
            super().keyPressEvent(event)

    def _miss_card(self, miss: Miss) -> QWidget:
        frame, inside = card(spacing=6)
        item = miss.item
        again = button(f"In Learn: {miss.learn_title}", name=f"See {miss.learn_title} in Learn")
        again.clicked.connect(lambda: self.learn_wished.emit(item.learn))
        inside.addLayout(row(label(item.difficulty, "label"), 1, again))
        inside.addWidget(label(item.stem, "finding", wraps=True))
        if miss.given:
            text = item.options[LETTERS.index(miss.given)]
            inside.addWidget(label(f"✗ You: {text}", "bad", wraps=True))
            inside.addWidget(label(item.why_not_of(miss.given), wraps=True))
        inside.addWidget(label(f"✓ {item.options[LETTERS.index(item.key)]}", "good", wraps=True))
        for number, step in enumerate(item.steps, 1):
            inside.addWidget(label(f"{number}. {step}", wraps=True))
        inside.addWidget(label(f"Usual mistake: {item.mistake}", "muted", wraps=True))
        return frame

    def _answer(self, place: int) -> None:
        self._main.setEnabled(True)
        self.setFocus()  # Space and Enter go on
        self.answered.emit(place)

    def _clear(self, heading: str) -> None:
        self._heading.setText(heading)
        self._options, self._is_result = None, False
        clear(self._content)

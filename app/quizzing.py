"""The test under way: drawn, answered, kept after each answer, judged at its end."""

import random
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.bridge import Disk
from app.inventory import Inventory
from app.preferences import Preferences
from app.quiz_page import Miss, Put, QuizPage
from interviewer.pattern import Pattern
from interviewer.quiz import MIX, PARTS, Quiz, QuizShelf, QuizVerdict, by_difficulty, draw, misses, open_one, verdict
from interviewer.store import Store


class Quizzing(QObject):
    """Lives on the GUI thread. The only place where tests change."""

    changed = Signal()
    """There is another test, or another answer."""

    def __init__(
        self, page: QuizPage, shelf: QuizShelf, store: Store, inventory: Inventory, preferences: Preferences, disk: Disk
    ) -> None:
        super().__init__()
        self._page = page
        self._shelf = shelf
        self._store = store
        self._inventory = inventory
        self._preferences = preferences
        self._disk = disk
        self._quiz: Quiz | None = None
        self._place = 0
        self.all: tuple[Quiz, ...] = ()
        """Every test, the oldest first."""
        page.begin_wished.connect(self._begin)
        page.answered.connect(self._answer)
        page.next_wished.connect(self._next)
        page.previous_wished.connect(self._previous)

    def read(self) -> None:
        """Reads what is kept."""
        self._disk.do(self._shelf.all, self._was_read)

    def show(self) -> None:
        """The start of a test of the chosen pattern."""
        pattern = self._pattern()
        if pattern is None:
            return
        self._quiz = None
        going_on = open_one(self.all, pattern)
        count = sum(min(most, sum(item.difficulty == name for item in pattern.items)) for name, most in MIX.items())
        history = [
            self._line(quiz, pattern) for quiz in reversed(self.all) if quiz.pattern == pattern.id and quiz.finished
        ]
        self._page.show_start(pattern.principle, going_on.place + 1 if going_on else 0, history, count)

    def last_verdict(self, pattern: Pattern) -> QuizVerdict | None:
        """How the last finished test ended; None without one."""
        done = [quiz for quiz in self.all if quiz.pattern == pattern.id and quiz.finished]
        return verdict(done[-1], pattern) if done else None

    def _pattern(self) -> Pattern | None:
        return self._inventory.pattern(self._preferences.settings.pattern)

    def _was_read(self, quizzes: tuple[Quiz, ...]) -> None:
        self.all = quizzes
        self.changed.emit()

    def _begin(self, seed: int | None = None) -> None:
        """Goes on with the test that was left, or draws a new one."""
        pattern = self._pattern()
        if pattern is None:
            return
        quiz = open_one(self.all, pattern)
        if quiz is None:
            now = datetime.now()
            chance = random.randrange(1_000_000) if seed is None else seed
            quiz = draw(pattern, self._store.new_id(now), now.isoformat(timespec="minutes"), chance, self.all)
        self._quiz, self._place = quiz, min(quiz.place, len(quiz.questions) - 1)
        self._show_question(pattern)

    def _answer(self, place: int) -> None:
        if self._quiz:
            self._keep(self._quiz.answered(self._place, self._quiz.questions[self._place].order[place]))

    def _next(self) -> None:
        quiz, pattern = self._quiz, self._pattern()
        if quiz is None or pattern is None or not quiz.questions[self._place].answer:
            return
        if self._place + 1 < len(quiz.questions):
            self._place += 1
            self._show_question(pattern)
        else:
            finished = replace(quiz, finished=datetime.now().isoformat(timespec="minutes"))
            self._keep(finished)
            self._quiz = None
            self._show_result(finished, pattern)

    def _previous(self) -> None:
        pattern = self._pattern()
        if self._quiz and pattern and self._place:
            self._place -= 1
            self._show_question(pattern)

    def _keep(self, quiz: Quiz) -> None:
        self._quiz = quiz
        self.all = (*(each for each in self.all if each.id != quiz.id), quiz)
        self._disk.do(lambda: self._shelf.save(quiz))
        self.changed.emit()

    def _show_question(self, pattern: Pattern) -> None:
        assert self._quiz
        question = self._quiz.questions[self._place]
        item = next(each for each in pattern.items if each.id == question.item)
        given = question.order.index(question.answer) if question.answer else None
        put = Put(item, question.order, given, self._place + 1, len(self._quiz.questions))
        self._page.show_question(pattern.principle, put)

    def _show_result(self, quiz: Quiz, pattern: Pattern) -> None:
        wrong = misses(quiz, pattern)
        given = {each.item: each.answer for each in quiz.questions}
        right = len(quiz.questions) - len(wrong)
        sentence = f"{verdict(quiz, pattern).title}: {right} of {len(quiz.questions)} right."
        counts = [f"{name} {got} of {count}" for name, (got, count) in by_difficulty(quiz, pattern).items()]
        shown = [Miss(item, given[item.id], PARTS[item.learn]) for item in wrong]
        self._page.show_result(pattern.principle, sentence, counts, shown)

    def _line(self, quiz: Quiz, pattern: Pattern) -> str:
        right = len(quiz.questions) - len(misses(quiz, pattern))
        when = quiz.finished.replace("T", ", ")
        return f"{when} · {verdict(quiz, pattern).title} · {right} of {len(quiz.questions)} right"

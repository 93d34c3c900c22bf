"""The test under way: drawn, answered, kept after each answer, judged at its end; and how earlier ones ended."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.screens.quiz.page import Miss, Past, Put, QuizPage, Result
from app.state.bridge import Disk
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from interviewer.disk.store import new_id
from interviewer.pattern import LEARN_PARTS, Pattern
from interviewer.practice.quiz import MIX, Quiz, QuizVerdict, begin, by_difficulty, finish, misses, open_one
from interviewer.practice.quiz_shelf import QuizShelf


class Quizzing(QObject):
    """Lives on the GUI thread. The only place where tests change."""

    changed = Signal()
    """There is another test, or another answer."""

    def __init__(
        self, page: QuizPage, shelf: QuizShelf, inventory: Inventory, preferences: Preferences, disk: Disk
    ) -> None:
        super().__init__()
        self._page = page
        self._shelf = shelf
        self._inventory = inventory
        self._preferences = preferences
        self._disk = disk
        self._quiz: Quiz | None = None
        """The one under way, or the finished one whose result is shown."""
        self._place = 0
        self.all: tuple[Quiz, ...] = ()
        """Every test, the oldest first."""
        page.begin_wished.connect(self._begin)
        page.start_wished.connect(self.show_start)
        page.result_wished.connect(self._look_back)
        page.answered.connect(self._answer)
        page.next_wished.connect(self._next)
        page.previous_wished.connect(self._previous)

    def read(self) -> None:
        """Reads what is kept; a test may have been taken in a terminal meanwhile."""
        self._disk.do(self._shelf.all, self._was_read, "reading your tests")

    def show(self) -> None:
        """The page is come back to: the result that was left, or the start."""
        pattern = self._pattern()
        if pattern and self._quiz and self._quiz.finished and self._quiz.pattern == pattern.id:
            self._show_result(self._quiz, pattern)
        else:
            self.show_start()
        self.read()

    def show_start(self) -> None:
        """What a test is, whether one can go on, and how earlier ones ended."""
        self._quiz = None
        pattern = self._pattern()
        if pattern is None:
            return
        left = open_one(self.all, pattern)
        count = sum(min(most, sum(item.difficulty == name for item in pattern.items)) for name, most in MIX.items())
        done = [quiz for quiz in reversed(self.all) if quiz.pattern == pattern.id and quiz.finished]
        self._page.show_start(
            pattern.principle, left.place + 1 if left else 0, [Past(quiz.id, _line(quiz)) for quiz in done], count
        )

    @property
    def is_under_way(self) -> bool:
        """A question is shown."""
        return self._quiz is not None and not self._quiz.finished

    def last_verdict(self, pattern: Pattern) -> QuizVerdict | None:
        """How the last finished test ended; None without one."""
        done = [quiz for quiz in self.all if quiz.pattern == pattern.id and quiz.finished]
        return done[-1].verdict if done else None

    def _pattern(self) -> Pattern | None:
        return self._inventory.pattern(self._preferences.settings.pattern)

    def _was_read(self, read: tuple[Quiz, ...]) -> None:
        """Of two states of a test the one that is further counts: what was just answered may not be written yet."""
        newest: dict[str, Quiz] = {}
        for quiz in sorted((*read, *self.all), key=_progress):
            newest[quiz.id] = quiz
        quizzes = tuple(newest[quiz_id] for quiz_id in sorted(newest))
        if quizzes != self.all:
            self.all = quizzes
            self.changed.emit()
            if self._quiz is None:
                self.show_start()

    def _begin(self, seed: int | None = None) -> None:
        """Goes on with the test that was left, or draws a new one."""
        pattern = self._pattern()
        if pattern and pattern.items:
            now = datetime.now()
            self._quiz = begin(pattern, self.all, new_id(now), now.isoformat(timespec="minutes"), seed)
            self._place = self._quiz.place
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
            finished = finish(quiz, pattern, datetime.now().isoformat(timespec="minutes"))
            self._keep(finished)
            self._show_result(finished, pattern)

    def _previous(self) -> None:
        pattern = self._pattern()
        if self._quiz and pattern and self._place:
            self._place -= 1
            self._show_question(pattern)

    def _keep(self, quiz: Quiz) -> None:
        self._quiz = quiz
        self.all = (*(each for each in self.all if each.id != quiz.id), quiz)
        self._disk.do(lambda: self._shelf.save(quiz), doing="writing the test")
        self.changed.emit()

    def _look_back(self, quiz_id: str) -> None:
        pattern = self._pattern()
        quiz = next((each for each in self.all if each.id == quiz_id), None)
        if pattern and quiz:
            self._quiz = quiz
            self._show_result(quiz, pattern)

    def _show_question(self, pattern: Pattern) -> None:
        assert self._quiz
        question = self._quiz.questions[self._place]
        item = next((each for each in pattern.items if each.id == question.item), None)
        if item is None:  # its file was changed meanwhile
            self.show_start()
            return
        given = question.order.index(question.answer) if question.answer else None
        put = Put(item, question.order, given, self._place + 1, len(self._quiz.questions))
        self._page.show_question(pattern.principle, put)

    def _show_result(self, quiz: Quiz, pattern: Pattern) -> None:
        given = {each.item: each.answer for each in quiz.questions}
        counts = [f"{name} {got} of {count}" for name, (got, count) in by_difficulty(quiz, pattern).items()]
        missed = [Miss(item, given[item.id], LEARN_PARTS[item.learn]) for item in misses(quiz, pattern)]
        self._page.show_result(pattern.principle, Result(quiz.sentence, _when(quiz), counts, missed))


def _progress(quiz: Quiz) -> tuple[bool, int]:
    return bool(quiz.finished), sum(bool(each.answer) for each in quiz.questions)


def _when(quiz: Quiz) -> str:
    return quiz.finished.replace("T", ", ")


def _line(quiz: Quiz) -> str:
    return f"{_when(quiz)} · {quiz.sentence}"

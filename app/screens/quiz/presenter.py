"""The test under way: drawn, answered, kept after each answer, judged at its end; and how earlier ones ended."""

from datetime import datetime

from app.screens.quiz.page import Miss, Past, Put, QuizPage, Result
from app.screens.screen import Screen, Way
from app.screens.services import Services
from interviewer.disk.store import new_id
from interviewer.pattern import LEARN_PARTS, Pattern
from interviewer.practice.quiz import MIX, Quiz, begin, by_difficulty, finish, misses, open_one


class Test(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: QuizPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._quizzes = services.quizzes
        self._quiz: Quiz | None = None
        """The one under way, or the finished one whose result is shown."""
        self._place = 0
        page.begin_wished.connect(self._begin)
        page.start_wished.connect(self._show_start)
        page.result_wished.connect(self._look_back)
        page.answered.connect(self._answer)
        page.next_wished.connect(self._next)
        page.previous_wished.connect(self._previous)
        page.learn_wished.connect(lambda part: way.go("learn", part))
        page.back_wished.connect(lambda: way.go("home"))
        services.quizzes.changed.connect(self._were_read)
        services.inventory.changed.connect(self._refill)

    def start(self) -> None:
        self._quizzes.read()

    def open(self) -> None:
        """From its start, whatever was left."""
        if self._services.pattern is None:
            return  # not read yet
        self._show_start()
        self.ready.emit()

    def enter(self) -> None:
        """The result that was left, or the start."""
        pattern = self._services.pattern
        if pattern and self._quiz and self._quiz.finished and self._quiz.pattern == pattern.id:
            self._show_result(self._quiz, pattern)
        else:
            self._show_start()
        self._quizzes.read()

    def _were_read(self) -> None:
        """There are other tests: while none is under way, the start may have other lines."""
        if self._quiz is None:
            self._show_start()

    def _refill(self) -> None:
        """There are other patterns, perhaps the first ones; a question that is shown stays."""
        if self._way.shown == "quiz" and (self._quiz is None or self._quiz.finished):
            self.enter()

    def _show_start(self) -> None:
        """What a test is, whether one can go on, and how earlier ones ended."""
        self._quiz = None
        pattern = self._services.pattern
        if pattern is None:
            return
        left = open_one(self._quizzes.all, pattern)
        count = sum(min(most, sum(item.difficulty == name for item in pattern.items)) for name, most in MIX.items())
        done = [quiz for quiz in reversed(self._quizzes.all) if quiz.pattern == pattern.id and quiz.finished]
        self._page.show_start(
            pattern.principle, left.place + 1 if left else 0, [Past(quiz.id, _line(quiz)) for quiz in done], count
        )

    def _begin(self, seed: int | None = None) -> None:
        """Goes on with the test that was left, or draws a new one."""
        pattern = self._services.pattern
        if pattern and pattern.items:
            now = datetime.now()
            self._quiz = begin(pattern, self._quizzes.all, new_id(now), now.isoformat(timespec="minutes"), seed)
            self._place = self._quiz.place
            self._show_question(pattern)

    def _answer(self, place: int) -> None:
        if self._quiz:
            self._keep(self._quiz.answered(self._place, self._quiz.questions[self._place].order[place]))

    def _next(self) -> None:
        quiz, pattern = self._quiz, self._services.pattern
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
        pattern = self._services.pattern
        if self._quiz and pattern and self._place:
            self._place -= 1
            self._show_question(pattern)

    def _keep(self, quiz: Quiz) -> None:
        self._quiz = quiz
        self._quizzes.keep(quiz)

    def _look_back(self, quiz_id: str) -> None:
        pattern = self._services.pattern
        quiz = next((each for each in self._quizzes.all if each.id == quiz_id), None)
        if pattern and quiz:
            self._quiz = quiz
            self._show_result(quiz, pattern)

    def _show_question(self, pattern: Pattern) -> None:
        assert self._quiz
        question = self._quiz.questions[self._place]
        item = next((each for each in pattern.items if each.id == question.item), None)
        if item is None:  # its file was changed meanwhile
            self._show_start()
            return
        given = question.order.index(question.answer) if question.answer else None
        put = Put(item, question.order, given, self._place + 1, len(self._quiz.questions))
        self._page.show_question(pattern.principle, put)

    def _show_result(self, quiz: Quiz, pattern: Pattern) -> None:
        given = {each.item: each.answer for each in quiz.questions}
        counts = [f"{name} {got} of {count}" for name, (got, count) in by_difficulty(quiz, pattern).items()]
        missed = [Miss(item, given[item.id], LEARN_PARTS[item.learn]) for item in misses(quiz, pattern)]
        self._page.show_result(pattern.principle, Result(quiz.sentence, _when(quiz), counts, missed))


def _when(quiz: Quiz) -> str:
    return quiz.finished.replace("T", ", ")


def _line(quiz: Quiz) -> str:
    return f"{_when(quiz)} · {quiz.sentence}"

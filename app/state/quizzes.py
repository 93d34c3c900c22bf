"""Every test that was taken: read, kept after each answer. The one under way is the quiz screen's business."""

from PySide6.QtCore import QObject, Signal

from app.state.bridge import Disk
from interviewer.pattern import Pattern
from interviewer.practice.quiz import Quiz, QuizVerdict
from interviewer.practice.quiz_shelf import QuizShelf


class Quizzes(QObject):
    """Lives on the GUI thread; the only place where tests change."""

    changed = Signal()
    """There is another test, or another answer."""

    def __init__(self, shelf: QuizShelf, disk: Disk) -> None:
        super().__init__()
        self._shelf = shelf
        self._disk = disk
        self.all: tuple[Quiz, ...] = ()
        """The oldest first."""

    def read(self) -> None:
        """Reads what is kept; a test may have been taken in a terminal meanwhile."""
        self._disk.do(self._shelf.all, self._was_read, "reading your tests")

    def keep(self, quiz: Quiz) -> None:
        """Takes a test as it is now, and writes it."""
        self.all = (*(each for each in self.all if each.id != quiz.id), quiz)
        self._disk.do(lambda: self._shelf.save(quiz), doing="writing the test")
        self.changed.emit()

    def last_verdict(self, pattern: Pattern) -> QuizVerdict | None:
        """How the last finished test ended; None without one."""
        done = [quiz for quiz in self.all if quiz.pattern == pattern.id and quiz.finished]
        return done[-1].verdict if done else None

    def _was_read(self, read: tuple[Quiz, ...]) -> None:
        """Of two states of a test the one that is further counts: what was just answered may not be written yet."""
        newest: dict[str, Quiz] = {}
        for quiz in sorted((*read, *self.all), key=_progress):
            newest[quiz.id] = quiz
        quizzes = tuple(newest[quiz_id] for quiz_id in sorted(newest))
        if quizzes != self.all:
            self.all = quizzes
            self.changed.emit()


def _progress(quiz: Quiz) -> tuple[bool, int]:
    return bool(quiz.finished), sum(bool(each.answer) for each in quiz.questions)

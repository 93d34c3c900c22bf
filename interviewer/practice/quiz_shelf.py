"""All tests of a data folder, a file each in `quizzes/`. A test that was left goes on from its file."""

from pathlib import Path
from typing import Any

from interviewer.disk.document import (
    Odd,
    Record,
    list_of,
    member,
    moment,
    one_of,
    read_document,
    row_of,
    short_text,
    text,
    whole,
    write_document,
)
from interviewer.disk.names import shown
from interviewer.errors import PracticeError
from interviewer.pattern import LETTERS
from interviewer.practice.quiz import Question, Quiz, QuizVerdict

FORMAT = 1
MOST_QUESTIONS = 1_000
MOST_SEED = 10**40
"""A person may type one."""


class QuizShelf:
    """Calls block on the disk."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "quizzes"

    def save(self, quiz: Quiz) -> None:
        """Writes one test so that either the old or the new one is there. Raises PracticeError, also when it was
        finished elsewhere in the meantime."""
        path = self._folder / f"{quiz.id}.json"
        before = self._known(quiz.id)
        if before and before.finished and not quiz.finished:
            raise PracticeError("This test was finished elsewhere; that one is kept. Begin another.")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_document(path, _to_json(quiz))
        except OSError as error:
            raise PracticeError(f"The test could not be written ({error.strerror}). Free some space.") from error

    def load(self, quiz_id: str) -> Quiz:
        """One test. Raises PracticeError when it is missing or damaged: one sentence."""
        path = self._folder / f"{quiz_id}.json"
        try:
            return _quiz(read_document(path), quiz_id)
        except (Odd, OSError) as error:
            why = error if isinstance(error, Odd) else error.strerror
            raise PracticeError(f"The test in {shown(path.name)} cannot be read: {why}.") from error

    def all(self) -> tuple[Quiz, ...]:
        """Every test that can be read, the oldest first. One damaged file hides no other."""
        names = sorted(path.stem for path in self._folder.glob("[0-9]*.json"))
        return tuple(quiz for name in names if (quiz := self._known(name)))

    def _known(self, quiz_id: str) -> Quiz | None:
        """A test; None where there is none that could be gone on with."""
        try:
            return self.load(quiz_id)
        except PracticeError:
            return None


def _to_json(quiz: Quiz) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": quiz.id,
        "pattern": quiz.pattern,
        "seed": quiz.seed,
        "started": quiz.started,
        "finished": quiz.finished,
        "right": quiz.right,
        "verdict": quiz.verdict.value,
        "questions": [[each.item, each.order, each.answer] for each in quiz.questions],
    }


def _quiz(document: object, quiz_id: str) -> Quiz:
    record = Record(document)
    questions = record.need("questions", list_of(_question, MOST_QUESTIONS))
    if not questions:
        raise Odd("must not be empty", "questions")
    return Quiz(
        record.need("id", one_of(quiz_id)),
        record.need("pattern", short_text),
        record.need("seed", whole(-MOST_SEED, MOST_SEED)),
        record.need("started", moment),
        questions,
        record.need("finished", _moment_or_none),
        record.need("right", whole(0, len(questions))),
        record.need("verdict", member(QuizVerdict)),
    )


def _question(value: object) -> Question:
    item, order, answer = row_of(3)(value)
    shown_order = text(len(LETTERS))(order)
    if sorted(shown_order) != sorted(LETTERS):
        raise Odd(f"must name {', '.join(LETTERS)} once each")
    return Question(short_text(item), shown_order, one_of("", *LETTERS)(answer))


def _moment_or_none(value: object) -> str:
    return "" if value == "" else moment(value)

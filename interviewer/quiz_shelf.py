"""All tests of a data folder, a file each in `quizzes/`. A test that was left goes on from its file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interviewer.errors import PracticeError
from interviewer.pattern import LETTERS
from interviewer.quiz import Question, Quiz, QuizVerdict

FORMAT = 1


class QuizShelf:
    """Calls block on the disk."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "quizzes"

    def save(self, quiz: Quiz) -> None:
        """Writes one test so that either the old or the new one is there. Raises PracticeError, also when it was
        finished elsewhere in the meantime."""
        path = self._folder / f"{quiz.id}.json"
        before = _read(path)
        if before and before.finished and not quiz.finished:
            raise PracticeError("This test was finished elsewhere; that one is kept. Begin another.")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(_to_json(quiz), indent=1), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise PracticeError(f"The test could not be written ({error.strerror}). Free some space.") from error

    def all(self) -> tuple[Quiz, ...]:
        """Every test that can be read, the oldest first. One damaged file hides no other."""
        read = (_read(path) for path in sorted(self._folder.glob("[0-9]*.json")))
        return tuple(quiz for quiz in read if quiz)


def _read(path: Path) -> Quiz | None:
    """The test in a file; None where there is none that could be gone on with."""
    try:
        quiz = _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return None
    return quiz if quiz.id == path.stem else None


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


def _from_json(document: Mapping[str, Any]) -> Quiz:
    questions = []
    for item, order, answer in document["questions"]:
        if not isinstance(order, str) or sorted(order) != sorted(LETTERS) or answer not in ("", *LETTERS):
            raise ValueError("no question")
        questions.append(Question(str(item), order, answer))
    if not questions:
        raise ValueError("no test")
    return Quiz(
        str(document["id"]),
        str(document["pattern"]),
        int(document["seed"]),
        str(document["started"]),
        tuple(questions),
        str(document["finished"]),
        int(document["right"]),
        QuizVerdict(document["verdict"]),
    )

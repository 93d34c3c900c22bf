"""A test of ten items from a pattern's bank: drawn and shuffled by a seed, judged by a rule, kept to go on later."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from interviewer.errors import PracticeError
from interviewer.pattern import LETTERS, Item, Pattern, Section

MIX = {"easy": 4, "medium": 4, "hard": 2}
"""How many of each a test has (product.md A-07)."""
STRONG, CLOSE = 0.8, 0.6
"""Shares of right answers: eight of ten for Strong, six for Close (A-08)."""
FORMAT = 1
PARTS = {
    "meaning": "What it means",
    **{section.letter: section.title for section in Section},
    "probes": "Follow-ups",
    "weak_answer": "The weak answer",
}
"""What the parts of Learn are called that a missed item leads to."""


class QuizVerdict(Enum):
    STRONG = "strong"
    CLOSE = "close"
    NOT_YET = "not_yet"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is put: `order` are its letters in the order in which they are shown. `answer` is a letter of the
    item, empty while it has not been answered."""

    item: str
    order: str
    answer: str = ""

    def shown(self, letter: str) -> str:
        """Under which letter the item's option `letter` is shown."""
        return LETTERS[self.order.index(letter)]


@dataclass(frozen=True, slots=True)
class Quiz:
    """One test. `id` sorts by time; `started` and `finished` are local, ISO 8601 to the minute."""

    id: str
    pattern: str
    seed: int
    started: str
    questions: tuple[Question, ...]
    finished: str = ""

    @property
    def place(self) -> int:
        """The first question without an answer; as many as there are when all have one."""
        return next((at for at, each in enumerate(self.questions) if not each.answer), len(self.questions))

    def answered(self, place: int, letter: str) -> "Quiz":
        """This test with another answer to a question; `letter` is one of the item's own."""
        questions = list(self.questions)
        questions[place] = replace(questions[place], answer=letter)
        return replace(self, questions=tuple(questions))


def draw(pattern: Pattern, quiz_id: str, started: str, seed: int, earlier: Iterable[Quiz] = ()) -> Quiz:
    """A new test. With the same seed and the same history it is the same test.

    An item that was missed on the same day comes in another order of its options. A bank that is too small for the mix
    gives what it has.
    """
    chance = random.Random(seed)
    items: list[Item] = []
    for difficulty, count in MIX.items():
        bank = [item for item in pattern.items if item.difficulty == difficulty]
        items += chance.sample(bank, min(count, len(bank)))
    chance.shuffle(items)
    missed = _missed_orders(pattern, started[:10], earlier)
    questions = []
    for item in items:
        order = "".join(chance.sample(LETTERS, len(LETTERS)))
        while order in missed.get(item.id, ()):
            order = "".join(chance.sample(LETTERS, len(LETTERS)))
        questions.append(Question(item.id, order))
    return Quiz(quiz_id, pattern.id, seed, started, tuple(questions))


def misses(quiz: Quiz, pattern: Pattern) -> tuple[Item, ...]:
    """The items that were answered wrongly or not at all, in the order in which they were put."""
    items = {item.id: item for item in pattern.items}
    return tuple(
        items[each.item] for each in quiz.questions if each.item in items and each.answer != items[each.item].key
    )


def verdict(quiz: Quiz, pattern: Pattern) -> QuizVerdict:
    """Strong, Close or Not yet: a hard item that was missed costs Strong."""
    wrong = misses(quiz, pattern)
    share = 1 - len(wrong) / max(1, len(quiz.questions))
    if share >= STRONG and not any(item.difficulty == "hard" for item in wrong):
        return QuizVerdict.STRONG
    return QuizVerdict.CLOSE if share >= CLOSE else QuizVerdict.NOT_YET


def by_difficulty(quiz: Quiz, pattern: Pattern) -> dict[str, tuple[int, int]]:
    """Right answers and questions of each difficulty, as far as there are any."""
    wrong = {item.id for item in misses(quiz, pattern)}
    difficulty = {item.id: item.difficulty for item in pattern.items}
    counts = {}
    for name in MIX:
        asked = [each.item for each in quiz.questions if difficulty.get(each.item) == name]
        if asked:
            counts[name] = (sum(item not in wrong for item in asked), len(asked))
    return counts


class QuizShelf:
    """All tests of a data folder, a file each in `quizzes/`. Blocks."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "quizzes"

    def save(self, quiz: Quiz) -> None:
        """Writes one test so that either the old or the new one is there. Raises PracticeError."""
        path = self._folder / f"{quiz.id}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(_to_json(quiz), indent=1), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise PracticeError(f"The test could not be written ({error.strerror}). Free some space.") from error

    def all(self) -> tuple[Quiz, ...]:
        """Every test that can be read, the oldest first."""
        found = []
        for path in sorted(self._folder.glob("[0-9]*.json")):
            try:
                found.append(_from_json(json.loads(path.read_text(encoding="utf-8"))))
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue  # one damaged file hides no other
        return tuple(found)


def open_one(quizzes: Sequence[Quiz], pattern: Pattern) -> Quiz | None:
    """The last test of a pattern that was left in the middle and can go on: all its items are still there."""
    known = {item.id for item in pattern.items}
    for quiz in reversed(quizzes):
        if quiz.pattern == pattern.id:
            is_whole = {each.item for each in quiz.questions} <= known
            return quiz if is_whole and not quiz.finished else None
    return None


def _missed_orders(pattern: Pattern, day: str, earlier: Iterable[Quiz]) -> dict[str, set[str]]:
    keys = {item.id: item.key for item in pattern.items}
    orders: dict[str, set[str]] = {}
    for quiz in earlier:
        if quiz.pattern == pattern.id and quiz.started[:10] == day:
            for each in quiz.questions:
                if each.answer and each.answer != keys.get(each.item):
                    orders.setdefault(each.item, set()).add(each.order)
    return orders


def _to_json(quiz: Quiz) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": quiz.id,
        "pattern": quiz.pattern,
        "seed": quiz.seed,
        "started": quiz.started,
        "finished": quiz.finished,
        "questions": [[each.item, each.order, each.answer] for each in quiz.questions],
    }


def _from_json(document: Mapping[str, Any]) -> Quiz:
    questions = []
    for item, order, answer in document["questions"]:
        if sorted(order) != sorted(LETTERS) or answer not in ("", *LETTERS):
            raise ValueError("no question")
        questions.append(Question(str(item), order, answer))
    return Quiz(
        str(document["id"]),
        str(document["pattern"]),
        int(document["seed"]),
        str(document["started"]),
        tuple(questions),
        str(document["finished"]),
    )

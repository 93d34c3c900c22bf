"""A test of ten items from a pattern's bank: drawn and shuffled by a seed, judged by a rule."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import permutations

from interviewer.pattern import DIFFICULTIES, LETTERS, Item, Pattern

MIX = dict(zip(DIFFICULTIES, (4, 4, 2), strict=True))
"""How many of each a test has (product.md A-07)."""
STRONG, CLOSE = 0.8, 0.6
"""Shares of right answers: eight of ten for Strong, six for Close (A-08)."""


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
    """One test. `id` sorts by time; `started` and `finished` are local, ISO 8601 to the minute.

    `right` and `verdict` are said once, when it is finished: a bank that changes later changes no history.
    """

    id: str
    pattern: str
    seed: int
    started: str
    questions: tuple[Question, ...]
    finished: str = ""
    right: int = 0
    verdict: QuizVerdict = QuizVerdict.NOT_YET

    @property
    def place(self) -> int:
        """The first question without an answer, or the last of all."""
        return next((at for at, each in enumerate(self.questions) if not each.answer), len(self.questions) - 1)

    @property
    def sentence(self) -> str:
        """How a finished test went, as it is said everywhere."""
        return f"{self.verdict.title}: {self.right} of {len(self.questions)} right."

    @property
    def is_answered(self) -> bool:
        return all(each.answer for each in self.questions)

    def answered(self, place: int, letter: str) -> "Quiz":
        """This test with another answer to a question; `letter` is one of the item's own."""
        questions = list(self.questions)
        questions[place] = replace(questions[place], answer=letter)
        return replace(self, questions=tuple(questions))


def begin(pattern: Pattern, quizzes: Sequence[Quiz], quiz_id: str, started: str, seed: int | None = None) -> Quiz:
    """Goes on with the test that was left, or draws a new one; with a seed, always a new one."""
    left = open_one(quizzes, pattern) if seed is None else None
    return left or draw(pattern, quiz_id, started, random.randrange(1_000_000) if seed is None else seed, quizzes)


def draw(pattern: Pattern, quiz_id: str, started: str, seed: int, earlier: Iterable[Quiz] = ()) -> Quiz:
    """A new test. With the same seed and the same history it is the same test.

    An item that was missed on the same day comes in another order of its options, while there is one. A bank that is
    too small for the mix gives what it has.
    """
    chance = random.Random(seed)
    items: list[Item] = []
    for difficulty, count in MIX.items():
        bank = [item for item in pattern.items if item.difficulty == difficulty]
        items += chance.sample(bank, min(count, len(bank)))
    chance.shuffle(items)
    missed = _missed_orders(pattern, started[:10], earlier)
    every = ["".join(order) for order in permutations(LETTERS)]
    questions = []
    for item in items:
        fresh = [order for order in every if order not in missed.get(item.id, ())]
        questions.append(Question(item.id, chance.choice(fresh or every)))
    return Quiz(quiz_id, pattern.id, seed, started, tuple(questions))


def open_one(quizzes: Sequence[Quiz], pattern: Pattern) -> Quiz | None:
    """The last test of a pattern that was left in the middle and can go on: all its items are still there."""
    known = {item.id for item in pattern.items}
    for quiz in reversed(quizzes):
        if quiz.pattern == pattern.id:
            is_whole = {each.item for each in quiz.questions} <= known
            return quiz if is_whole and not quiz.finished else None
    return None


def finish(quiz: Quiz, pattern: Pattern, when: str) -> Quiz:
    """This test judged: Strong, Close or Not yet. A hard item that was missed costs Strong."""
    wrong = misses(quiz, pattern)
    right = len(quiz.questions) - len(wrong)
    share = right / max(1, len(quiz.questions))
    verdict = QuizVerdict.CLOSE if share >= CLOSE else QuizVerdict.NOT_YET
    if share >= STRONG and not any(item.difficulty == "hard" for item in wrong):
        verdict = QuizVerdict.STRONG
    return replace(quiz, finished=when, right=right, verdict=verdict)


def misses(quiz: Quiz, pattern: Pattern) -> tuple[Item, ...]:
    """The items that were answered wrongly or not at all, in the order in which they were put."""
    items = {item.id: item for item in pattern.items}
    return tuple(
        items[each.item] for each in quiz.questions if each.item in items and each.answer != items[each.item].key
    )


def by_difficulty(quiz: Quiz, pattern: Pattern) -> dict[str, tuple[int, int]]:
    """Right answers and questions of each difficulty, as far as there are any."""
    return tally(pattern.items, {each.item: each.answer for each in quiz.questions})


def tally(items: Iterable[Item], answers: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Right answers and answered items of each difficulty; `answers` are letters by item id."""
    counts: dict[str, tuple[int, int]] = {}
    asked = [item for item in items if item.id in answers]
    for name in DIFFICULTIES:
        ours = [item for item in asked if item.difficulty == name]
        if ours:
            counts[name] = (sum(answers[item.id] == item.key for item in ours), len(ours))
    return counts


def _missed_orders(pattern: Pattern, day: str, earlier: Iterable[Quiz]) -> dict[str, set[str]]:
    keys = {item.id: item.key for item in pattern.items}
    orders: dict[str, set[str]] = {}
    for quiz in earlier:
        if quiz.pattern == pattern.id and quiz.started[:10] == day:
            for each in quiz.questions:
                if each.answer and each.answer != keys.get(each.item):
                    orders.setdefault(each.item, set()).add(each.order)
    return orders

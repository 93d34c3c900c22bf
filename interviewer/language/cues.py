"""Whether a phrase of the pattern was said: literally, in other words, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.language.clauses import Actor, read_clauses
from interviewer.language.concept import Item, Row, Said, find, parse
from interviewer.language.figures import figures, value
from interviewer.language.text import Sentence
from interviewer.pattern import Phrase

LITERAL = "literal"
PARAPHRASE = "paraphrase"

_CARRYING_NOTHING = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "as",
        "per",
        "to",
        "for",
        "with",
        "by",
        "and",
        "because",
        "out",
        "just",
        "it",
        "it's",
        "them",
        "their",
        "that",
        "i",
        "we",
        "they",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
        "did",
        "didn't",
        "been",
        "would",
        "not",
        "no",
        "nobody",
    ]
)
_LITERAL_GAP = 5


@dataclass(frozen=True, slots=True)
class Hearing:
    """What became of a phrase. `heard` is "literal", "paraphrase" or None; then `said` is None as well."""

    heard: str | None
    said: Said | None

    def __bool__(self) -> bool:
        return self.heard is not None


NOT_HEARD = Hearing(None, None)


def listen(phrase: Phrase, sentences: Sequence[Sentence]) -> Hearing:
    """The first place where a phrase is said, the literal one if there is one."""
    return next(iter(everywhere(phrase, sentences)), NOT_HEARD)


def everywhere(phrase: Phrase, sentences: Sequence[Sentence]) -> list[Hearing]:
    """Every sentence in which a phrase is said, literal ones first."""
    rows = [parse(says) for says in phrase.says]
    against = [parse(unless) for unless in phrase.unless]
    heard = []
    for place, sentence in enumerate(sentences):
        said = _literally(phrase.text, sentence)
        hearing = Hearing(LITERAL, said) if said else NOT_HEARD
        if not hearing:
            said = next((found for row in rows if (found := find(row, sentence))), None)
            if not said and any(map(_needs_two, rows)) and (pair := _with_next(sentences, place)):
                said = next((found for row in rows if _needs_two(row) and (found := find(row, pair))), None)
            hearing = Hearing(PARAPHRASE, said) if said else NOT_HEARD
        if hearing and not any(find(row, sentence) for row in against):
            heard.append(hearing)
    return sorted(heard, key=lambda hearing: hearing.heard != LITERAL)


def _with_next(sentences: Sequence[Sentence], place: int) -> Sentence | None:
    """A sentence and the one after it as one, for what is said in two breaths. Made once, as it is read once."""
    if place + 1 == len(sentences):
        return None
    one, two = sentences[place : place + 2]
    if (beside := one.notes.get(_with_next)) is None or beside[0] is not two:
        pair = Sentence(f"{one.text}{' ' * (two.start - one.end)}{two.text}", one.start, two.end)
        beside = one.notes[_with_next] = (two, pair)
    made: Sentence = beside[1]
    return made


def _needs_two(row: Row) -> bool:
    return sum(item.actor is not None for item in row.items) > 1


def _literally(text: str, sentence: Sentence) -> Said | None:
    if not text:
        return None
    parts = [find(row, sentence) for row in literal_rows(text)]
    found = [part for part in parts if part]
    if not found or len(found) < len(parts):
        return None
    core = min(part.core[0] for part in found), max(part.core[1] for part in found)
    return Said(min(part.start for part in found), max(part.end for part in found), core)


@lru_cache(maxsize=1_000)
def literal_rows(text: str) -> tuple[Row, ...]:
    """What must all be found for a phrase to count as said in its own words.

    Tolerant of order, inflection, words between and the spelling of figures; strict about who acts, what is denied,
    and the direction of a change.
    """
    clauses = read_clauses(Sentence(text, 0, len(text)))
    numbers = [quote for quote in figures(text) if value(quote.text) is not None]
    items = [(quote.start, Item((), f"#{quote.text}", gap=_LITERAL_GAP)) for quote in numbers]
    covered = [(quote.start, quote.end) for quote in numbers]
    for place, token in enumerate(clauses.tokens):
        if token.text in _CARRYING_NOTHING or not token.is_word or any(a <= token.start < b for a, b in covered):
            continue
        actor = clauses.actors[place]
        is_verb = place > 0 and clauses.tokens[place - 1].text in ("i", "we", "they", "manager", "had")
        if actor is Actor.MANAGER and not is_verb and token.text in ("my", "manager"):
            continue
        sign = "!" if clauses.is_negated[place] else "~" if clauses.is_unreal[place] else ""
        guard = actor if is_verb and actor is not Actor.THING else None
        items.append((token.start, Item(((clauses.stems[place],),), "", guard, sign, _LITERAL_GAP)))
    row = Row(tuple(item for _, item in sorted(items, key=lambda pair: pair[0])), is_ordered=False)
    before, to, after = text.partition(" to ")
    if to and covered and before:
        figure = next(item for _, item in items if item.figure)
        goal = literal_rows(after)[0].items[0]
        direction = Row((figure, Item((("to",),), gap=_LITERAL_GAP), Item(goal.choices, goal.figure, gap=1)))
        return (row, direction)
    return (row,)

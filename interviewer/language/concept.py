"""Concept patterns: what it looks like when something is said in other words. Written in the pattern file, read here.

A pattern is a row of items: `I:trace|follow|track failure|loss`. An item is a choice of words in any form, `_` joining
words that stand side by side. Between two items at most four words may lie, `..` allows twelve. In front of an item

    I: we: they: manager: nobody: it:   say who acts there (a `they:` also takes the manager)
    !                                   wants it denied ("no ticket"); with no sign nothing denied or imagined is taken
    ~                                   takes it imagined ("I would"), not denied
    ?                                   takes it in any way

`#` is a figure of any kind, `#0.3%` that very figure however it is spelled, `#>` a change ("from 6% to 1%"). A pattern
in <angles> may have any order.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from interviewer.errors import PracticeError
from interviewer.language.changes import changes
from interviewer.language.clauses import ARTICLES, Actor, Clauses, clause_around, read_clauses
from interviewer.language.figures import Quote, figures, value
from interviewer.language.stems import stem
from interviewer.language.text import Sentence

GAP = 4
WIDE_GAP = 12
MOST_ITEMS = 8

_ACTORS = {actor.value: actor for actor in Actor}


@dataclass(frozen=True, slots=True)
class Said:
    """Where something was said, the whole of its clauses: places in the text, end excluded."""

    start: int
    end: int
    core: tuple[int, int]
    """Where the words are that made it so."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern."""

    choices: tuple[tuple[str, ...], ...]
    """Rows of stems. Empty for a figure."""
    figure: str = ""
    """"#" for any figure, else its text."""
    actor: Actor | None = None
    sign: str = ""
    """One of the signs above, or nothing."""
    gap: int = GAP
    beginnings: frozenset[str] = field(init=False, default=frozenset())
    """The first stem of each choice: without one of them a sentence need not be looked at."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "beginnings", frozenset(choice[0] for choice in self.choices))


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern, ready to be looked for."""

    items: tuple[Item, ...]
    is_ordered: bool = True


@lru_cache(maxsize=5_000)
def parse(pattern: str) -> Row:
    """A pattern from its text. Raises PracticeError when it says nothing."""
    text, is_ordered = pattern.strip(), True
    if text.startswith("<") and text.endswith(">"):
        text, is_ordered = text[1:-1], False
    items: list[Item] = []
    gap = GAP
    for part in text.split():
        if part == "..":
            gap = WIDE_GAP
            continue
        item = _item(part, gap)
        if not item.sign and any(before.sign == "!" or before.actor is Actor.NOBODY for before in items):
            item = replace(item, sign="?")  # what follows a denied word is denied with it
        elif not item.sign and any(before.sign == "~" for before in items):
            item = replace(item, sign="~")
        items.append(item)
        gap = GAP
    if not items:
        raise PracticeError("is a concept pattern that says nothing")
    if len(items) > MOST_ITEMS:
        raise PracticeError(f"is a concept pattern of more than {MOST_ITEMS} items")
    return Row(tuple(items), is_ordered)


def _item(part: str, gap: int) -> Item:
    sign = ""
    if part[0] in "!?~" and len(part) > 1:
        sign, part = part[0], part[1:]
    actor = None
    name, colon, rest = part.partition(":")
    if colon and name in _ACTORS and rest:
        actor, part = _ACTORS[name], rest
    if part.startswith("#"):
        return Item((), part, actor, sign, gap)
    rows = [choice.lower().replace("-", "_").split("_") for choice in part.split("|") if choice]
    choices = tuple(tuple(map(stem, row)) for row in rows)
    if not choices:
        raise PracticeError("is a concept pattern with an item that says nothing")
    return Item(choices, "", actor, sign, gap)


def find(row: Row, sentence: Sentence) -> Said | None:
    """The first place in a sentence where the pattern is said."""
    clauses = read_clauses(sentence)
    for item in row.items:
        if item.choices and item.beginnings.isdisjoint(clauses.places):
            return None
        if item.figure and not _figures(sentence, item.figure == "#>"):
            return None
    places = _ordered(row.items, clauses, sentence) if row.is_ordered else _any_order(row.items, clauses, sentence)
    if not places:
        return None
    first, last = clause_around(clauses, *places)
    core = clauses.tokens[places[0]].start, clauses.tokens[places[1]].end
    return Said(clauses.tokens[first].start, clauses.tokens[last].end, core)


def _ordered(items: tuple[Item, ...], clauses: Clauses, sentence: Sentence) -> tuple[int, int] | None:
    """First and last token of the first match, items in their order.

    Looked for from behind: of each item only the spots from which the rest can be reached.
    """
    rows = [_spots(item, clauses, sentence) for item in items]
    for place in range(len(items) - 1, 0, -1):
        firsts = [first for first, _ in rows[place]]
        gap = items[place].gap
        rows[place - 1] = [
            (start, end)
            for start, end in rows[place - 1]
            if bisect_right(firsts, end + 1 + gap) > bisect_right(firsts, end)
        ]
    if not rows[0]:
        return None
    start, end = rows[0][0]
    ends = [end]
    for item, nexts in zip(items[1:], rows[1:], strict=True):
        firsts = [first for first, _ in nexts]
        near = nexts[bisect_right(firsts, ends[0]) : bisect_right(firsts, ends[-1] + 1 + item.gap)]
        ends = sorted({last for first, last in near if any(end < first <= end + 1 + item.gap for end in ends)})
    return start, ends[0]


def _any_order(items: tuple[Item, ...], clauses: Clauses, sentence: Sentence) -> tuple[int, int] | None:
    """The tightest match with the items in any order."""
    reach = sum(item.gap for item in items[1:]) + sum(max(map(len, item.choices), default=3) for item in items)
    best: tuple[int, int] | None = None
    spots = [_spots(item, clauses, sentence) for item in items]
    begins = [[start for start, _ in row] for row in spots]
    for first in spots[0]:
        taken = [first]
        for others, starts in zip(spots[1:], begins[1:], strict=True):
            low, high = min(start for start, _ in taken), max(end for _, end in taken)
            # what begins further away than the reach cannot be part of a match
            inside = others[bisect_left(starts, high - reach) : bisect_right(starts, low + reach)]
            near = min(
                (spot for spot in inside if spot not in taken),
                key=lambda spot: max(high, spot[1]) - min(low, spot[0]),
                default=None,
            )
            if near is None:
                break
            taken.append(near)
        else:
            low, high = min(start for start, _ in taken), max(end for _, end in taken)
            if high - low < reach and (best is None or high - low < best[1] - best[0]):
                best = low, high
    return best


def _spots(item: Item, clauses: Clauses, sentence: Sentence) -> Sequence[tuple[int, int]]:
    """Where one item is said, guards kept: first and last token."""
    if item.figure:
        return _figure_spots(item, clauses, sentence)
    found = []
    known = clauses.places
    for place in sorted({place for begins in item.beginnings for place in known.get(begins, ())}):
        for choice in item.choices:
            stop = place + len(choice)
            if clauses.stems[place:stop] == choice and _fits(item, clauses, stop - 1, place):
                found.append((place, stop - 1))
                break
    return found


def _fits(item: Item, clauses: Clauses, last: int, first: int) -> bool:
    actor = clauses.actors[first]
    if item.actor and first and clauses.tokens[first - 1].text in ARTICLES:
        return False  # "they reviewed the fix" is not "they fix"
    if item.actor and actor is not item.actor and not (item.actor is Actor.THEY and actor is Actor.MANAGER):
        return False
    if item.sign == "?" or item.actor is Actor.NOBODY:
        return True
    if item.sign == "!":
        return clauses.is_negated[first]
    return not clauses.is_negated[first] and (item.sign == "~" or not clauses.is_unreal[first])


def _figure_spots(item: Item, clauses: Clauses, sentence: Sentence) -> Sequence[tuple[int, int]]:
    found = []
    starts = [token.start - sentence.start for token in clauses.tokens]
    ends = [token.end - sentence.start for token in clauses.tokens]
    for quote in _figures(sentence, item.figure == "#>"):
        if item.figure not in ("#", "#>") and not is_same_figure(item.figure[1:], quote.text):
            continue
        first, last = bisect_right(ends, quote.start), bisect_left(starts, quote.end) - 1
        if first <= last:
            found.append((first, last))
    return found


def _figures(sentence: Sentence, only_changes: bool) -> tuple[Quote, ...]:
    """The figures of a sentence, or its changes, looked for once."""
    find_them = changes if only_changes else figures
    found: tuple[Quote, ...] | None = sentence.notes.get(find_them)
    if found is None:
        found = sentence.notes[find_them] = find_them(sentence.text)
    return found


def is_same_figure(wanted: str, said: str) -> bool:
    """Whether two spellings say the same: 0.3% and zero point three percent, $8K and eight thousand dollars."""
    one, other = value(wanted), value(said)
    if one is None or other is None or abs(one - other) > 1e-9 * max(1.0, abs(one)):
        return False
    return bool(_PERCENT.search(wanted)) == bool(_PERCENT.search(said))


_PERCENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)

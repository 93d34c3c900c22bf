"""What is asked of the index, and a row of its answer."""

from dataclasses import dataclass

SORTS = {
    "newest": "started DESC, id DESC",
    "oldest": "started, id",
    "longest": "seconds DESC, id DESC",
    "principle": "principle, id DESC",
    "best": "inside DESC, over_seconds, id DESC",
}
"""A recording that was brought in stands where its own date does.

Best: most sections spoken inside their targets; of two, the one that is less over."""


@dataclass(frozen=True, slots=True)
class Row:
    """One session in a list. `seconds` of speech in the five sections."""

    id: str
    pattern: str
    principle: str
    level: str
    started: str
    seconds: float
    is_over: bool
    """A section went over its target."""
    is_marked: bool
    """The person set a mark in it."""
    is_closed: bool
    verdict: str
    story: str
    """Id of the story that was told; empty when none was named."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to list. Empty means everything."""

    words: str = ""
    pattern: str = ""
    level: str = ""
    story: str = ""
    is_over: bool = False
    is_marked: bool = False
    is_waiting: bool = False
    """A finished take has no voice or no words yet."""
    is_unfinished: bool = False
    """A take never came to its end."""
    is_whole: bool = False
    """No drills: whole tellings only."""
    is_spoken: bool = False
    """Nothing that was typed."""
    sort: str = "newest"
    most: int = -1
    """So many rows; all of them when negative."""


EVERYTHING = Query()


def match_expression(words: str) -> str:
    """What was typed as a search for all of its words, the last one as far as it goes. Nothing in it is an operator."""
    parts = [part for part in "".join(sign if sign.isalnum() else " " for sign in words).split() if part]
    return " ".join(f'"{part}"*' if place == len(parts) - 1 else f'"{part}"' for place, part in enumerate(parts))

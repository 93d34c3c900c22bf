"""What is asked of the index, and a row of its answer."""

from dataclasses import dataclass

SORTS = {
    "newest": "place DESC",
    "oldest": "place ASC",
    "longest": "seconds DESC, place DESC",
    "principle": "unreadable != '', principle, place DESC",
    "best": "inside DESC, over_seconds, place DESC",
}
"""Best: most sections spoken inside their targets; of two, the one that is less over. `place` is the order in time."""


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
    unreadable: str = ""
    """Why its file cannot be read, in a sentence; empty when it can. Then nothing else of it is known but its id."""


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
    is_told: bool = False
    """A story was named that it tells."""
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


def statement_of(query: Query, limit: int = -1) -> tuple[str, tuple[str, ...]]:
    """The question to the index and its values; at most `limit` rows where the query itself sets no number."""
    where, values = ["1"], list[str]()
    if asked := match_expression(query.words):
        where.append("number IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(asked)
    for column, value in (("pattern", query.pattern), ("level", query.level), ("story", query.story)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    flags = {
        "is_over": query.is_over,
        "is_marked": query.is_marked,
        "is_waiting": query.is_waiting,
        "is_unfinished": query.is_unfinished,
        "NOT is_drill": query.is_whole,
        "story != ''": query.is_told,
        "seconds > 0": query.is_spoken,
    }
    where += [condition for condition, is_on in flags.items() if is_on]
    columns = (
        "id, pattern, principle, level, started, seconds, is_over, is_marked, is_closed, verdict, story, unreadable"
    )
    order = SORTS.get(query.sort, SORTS["newest"])
    most = limit if query.most < 0 else query.most
    statement = f"SELECT {columns} FROM sessions WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {most}"
    return statement, tuple(values)

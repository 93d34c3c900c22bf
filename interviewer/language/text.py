"""Text cut into sentences and words, each with its place, so that whatever is found can be quoted as it was said."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(
    r"\$?\d[\d,]*(?:\.\d+)?(?:%|[kKmM](?![a-z]))?"  # $8K, 0.3%, 12,000
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words, don't, team's
    r"|(?!(?<=[^\W\d])-(?=[^\W\d]))[^\s\w]"  # any other sign but the hyphen of buy-in
)
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_NOT_AN_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e|approx|No)\.$|^\W{0,3}(?:\d\d?|[^\W\d_])\.$")
"""A shortened word, or nothing but the number of a list or an initial."""
_LONGEST_SHORT = 9
"""Signs in which the longest of these stands, with what is before it."""

KEPT_TEXTS = 64
"""So many texts keep what was read out of them: the sections and follow-ups of a session, as they are and as they
were, so that after a change only what has changed is read again."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: in lower case with straight quotes, and where it stands in the text (end excluded)."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "$"

    @property
    def is_number(self) -> bool:
        """Whether it holds digits."""
        return any(sign.isdigit() for sign in self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in the text, from `start` to `end` (excluded)."""

    text: str
    start: int
    end: int
    notes: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What has been read out of it, each reader's under its own name. It goes when the sentence does, so no session is
    too long for a cache."""


def tokens(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The words and signs of a text. `offset` is added to their places."""
    return tuple(
        Token(found.group().lower().replace("’", "'"), offset + found.start(), offset + found.end())
        for found in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=KEPT_TEXTS)
def sentences(text: str, offset: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a text, verbatim and without the space around them. `offset` is added to their places."""
    pieces: list[Sentence] = []
    start = 0
    for end in [*_END.finditer(text), None]:
        stop = end.start() if end else len(text)
        if end and text[stop - 1] == "." and _NOT_AN_END.search(text[max(start, stop - _LONGEST_SHORT) : stop]):
            continue
        piece = text[start:stop]
        words = piece.strip()
        if words:
            begin = offset + start + piece.index(words)
            pieces.append(Sentence(words, begin, begin + len(words)))
        start = end.end() if end else len(text)
    return tuple(pieces)

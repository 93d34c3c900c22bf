"""The figures that say a change: before and after, by how much, a gain or a loss."""

import re
from bisect import bisect_left

from interviewer.language.figures import Quote, figures, word_at
from interviewer.language.stems import stem, stemmed, word_set
from interviewer.language.text import Token, tokens

_MOVES = stemmed(
    "fall drop rise go climb jump grow shrink sink cut reduce increase decrease lower raise improve save recover gain "
    "lose earn win speed bring come get take halve down up back slash trim knock free avoid return shave double worth"
)
_MOVEMENTS = stemmed("drop fall rise increase decrease reduction improvement cut gain saving jump growth decline")
_MORE = word_set(
    "less fewer more faster slower quicker lower higher off back extra cheaper earlier shorter longer better"
)
_AGAINST = (
    "compared with",
    "compared to",
    "instead of",
    "down from",
    "up from",
    "versus",
    "against",
    "where it had been",
    "it had been",
    "before it was",
    "it used to be",
    "used to be",
    "rather than",
)
_NOTHING = word_set("none nothing zero never nobody")
_FAR = 7


def changes(text: str) -> tuple[Quote, ...]:
    """The figures that say a change: before and after, by how much, a gain or loss in money."""
    words = tokens(text)
    begins = [word.start for word in words]
    spots = [(bisect_left(begins, quote.start), bisect_left(begins, quote.end)) for quote in figures(text)]
    taken = {place for start, end in spots for place in range(start, end)}
    spots += [(n, n + 1) for n, word in enumerate(words) if word.text in _NOTHING and n not in taken]
    spots.sort()
    starts = [start for start, _ in spots]
    after = (bisect_left(starts, end) for _, end in spots)
    others = [spots[place] if place < len(spots) else None for place in after]
    spans = [span for spot, other in zip(spots, others, strict=True) if (span := _change_around(words, spot, other))]
    spans += [(n, n + 1) for n, word in enumerate(words) if word.text in ("halved", "doubled", "tripled")]
    return tuple(
        Quote(text[words[start].start : words[end - 1].end], words[start].start, words[end - 1].end)
        for start, end in _merged(spans)
    )


def _change_around(
    words: tuple[Token, ...], spot: tuple[int, int], other: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The change that a figure is, or says together with the `other` one, which comes next."""
    start, end = spot
    is_nothing = words[start].text in _NOTHING
    between = " ".join(word.text for word in words[end : other[0]]) if other else ""
    if other and len(between.split()) <= _FAR and not re.search(r"[.!?]", between):
        origin = next((back for back in (1, 2, 3) if word_at(words, start - back) == "from"), 0)
        if origin and re.search(r"\bto\b", between):
            return _with_verb(words, start - origin, other[1])
        if any(phrase in between for phrase in _AGAINST):
            return start, other[1]
        if word_at(words, end) == "to" and end + 1 == other[0] and _verb_before(words, start) is not None:
            return _with_verb(words, start, other[1])
    verb = _verb_before(words, start)
    if verb is not None and (not is_nothing or word_at(words, start - 1) in ("to", "at")):
        return verb, end
    if not is_nothing and stem(word_at(words, end)) in _MOVEMENTS:
        return start, end + 1
    if not is_nothing and word_at(words, end) in _MORE:
        return start, end + 1
    if word_at(words, start) == "twice" and word_at(words, end) == "as":
        return start, end + 2
    return None


def _verb_before(words: tuple[Token, ...], place: int) -> int | None:
    """The word of movement that a figure belongs to, a few words before it in the same clause."""
    reach = 9 if word_at(words, place - 1) in ("by", "to", "from", "under", "below") else 5
    for back in range(1, reach):
        at = place - back
        if at < 0 or words[at].text in (",", ".", ";", "and", "but", "!", "?"):
            return None
        if stem(words[at].text) in _MOVES:
            is_goer = stem(words[at].text) in _GOERS
            if not is_goer or any(word.text in ("to", "by", "from", "down", "up") for word in words[at:place]):
                return at
    return None


_GOERS = stemmed("go come get bring take lose up back win")


def _with_verb(words: tuple[Token, ...], start: int, end: int) -> tuple[int, int]:
    verb = _verb_before(words, start)
    return (verb if verb is not None else start), end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged

"""Recognised words put right: inside their clip, on voice, in order (speech.md 2.2). Pure, no library."""

import re
from collections.abc import Sequence

from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word

LONGEST_SECONDS = 0.35
PER_SYLLABLE_SECONDS = 0.25
"""A word longer than 0.35 s and 0.25 s a syllable has swallowed a pause or a filler before it."""

SHORTEST_SECONDS = 0.02

_VOWELS = re.compile(r"[aeiouy]+|\d", re.IGNORECASE)


def joined(pieces: Sequence[tuple[str, float, float, float]]) -> tuple[Word, ...]:
    """Whole words from the recogniser's pieces (text, start, end, probability).

    A piece that does not begin with a space goes on with the word before it: "4", ".2", "%" is one word.
    """
    words: list[Word] = []
    for text, start, end, probability in pieces:
        if not text.strip():
            continue
        if words and not text.startswith(" "):
            last = words.pop()
            words.append(Word(last.text + text.rstrip(), last.start, end, min(last.probability, probability)))
        else:
            words.append(Word(text.strip(), start, end, probability))
    return tuple(words)


def repaired(words: Sequence[Word], voiced: Sequence[Span]) -> tuple[Word, ...]:
    """The words of one clip with their times repaired; `voiced` are the clip's voiced spans, not empty."""
    spans = [(span.start / RATE_HZ, span.end / RATE_HZ) for span in voiced]
    out: list[Word] = []
    earliest = spans[0][0]
    for word in words:
        start, end = _on_voice(word, spans)
        start = max(start, earliest)
        end = max(end, start + SHORTEST_SECONDS)
        out.append(Word(word.text, round(start, 3), round(end, 3), word.probability))
        earliest = start
    return tuple(out)


def _on_voice(word: Word, spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    first, last = spans[0][0], spans[-1][1]
    start = min(max(word.start, first), last)
    end = min(max(word.end, first), last)
    if not any(begin <= start < stop for begin, stop in spans):
        start = next((begin for begin, _ in spans if begin >= start), start)  # it began in silence
    end = max(end, start)
    syllables = max(1, len(_VOWELS.findall(word.text)))
    longest = LONGEST_SECONDS + PER_SYLLABLE_SECONDS * syllables
    return max(start, end - longest), end

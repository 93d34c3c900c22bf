"""Recognised words put right: whole, inside the voice, not too long, in order (speech.md 2.2). Pure, no library."""

import re
from collections.abc import Iterable, Sequence

from audio.sound import frames, seconds
from interviewer.timing import Span
from interviewer.transcript import Word

LONGEST_SECONDS = 0.35
PER_SYLLABLE_SECONDS = 0.25
"""A word longer than the first and the second for each syllable has swallowed a pause or a filler before it."""

SNAPPED_FRAMES = frames(0.1)
"""What is left to a word that was placed in silence when it moves to the nearest voice."""

_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def joined(pieces: Iterable[tuple[str, float, float, float]]) -> tuple[Word, ...]:
    """Whole words from the recogniser's pieces (text, start, end, probability).

    A piece that does not begin with a space goes on with the word before it: "4", ".2", "%" is one word.
    """
    words: list[Word] = []
    for text, start, end, probability in pieces:
        if not text.strip():
            continue
        if words and not text.startswith(" "):
            last = words.pop()
            words.append(Word(last.text + text.strip(), last.start, end, min(last.probability, probability)))
        else:
            words.append(Word(text.strip(), start, end, probability))
    return tuple(words)


def repaired(words: Iterable[Word], voiced: Sequence[Span]) -> tuple[Word, ...]:
    """The words of one clip with times inside its voice, rounded to a millisecond, never going back.

    `voiced` is in order and not empty. A pause inside a word stays. A word that lies in silence moves to the nearest
    voice: the onset after it, or the end before it.
    """
    out: list[Word] = []
    earliest = voiced[0].start
    for word in words:
        start, end = _on_voice(frames(word.start), frames(word.end), voiced)
        longest = frames(LONGEST_SECONDS + PER_SYLLABLE_SECONDS * syllables(word.text))
        if end - start > longest:
            start, end = _on_voice(end - longest, end, voiced)
        start = max(start, earliest)
        end = earliest = max(start, end)
        times = round(seconds(start), 3), round(seconds(end), 3)
        out.append(Word(word.text, *times, round(word.probability, 3)))
    return tuple(out)


def syllables(text: str) -> int:
    """About how many syllables a written word takes to say. Figures take long: three for each digit."""
    digits = sum(character.isdigit() for character in text)
    capitals = sum(character.isupper() for character in text[1:])
    return max(1, len(_VOWELS.findall(text)) + capitals + 3 * digits)


def _on_voice(start: int, end: int, voiced: Sequence[Span]) -> tuple[int, int]:
    """The part of a stretch from its first to its last voice, in frames."""
    touched = [span for span in voiced if span.start < end and span.end > start]
    if touched:
        return max(start, touched[0].start), min(end, touched[-1].end)
    before = [span for span in voiced if span.end <= start]
    after = [span for span in voiced if span.start >= end]
    if after and (not before or after[0].start - end <= start - before[-1].end):
        return after[0].start, min(after[0].start + SNAPPED_FRAMES, after[0].end)
    return max(before[-1].end - SNAPPED_FRAMES, before[-1].start), before[-1].end

"""Shapes of what is known of a recording: frames, marks, spans and words. See document.py for what a shape is."""

from functools import partial
from itertools import pairwise
from operator import le

from interviewer.disk.document import Odd, Record, any_text, list_of, member, number, row_of, short_text, whole
from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word

LONGEST_SECONDS = 7 * 24 * 3600.0
SLACK_FRAMES = RATE_HZ
"""So far an edge may have been nudged past another one that lay on the same pause."""

frame = whole(0, round(LONGEST_SECONDS * RATE_HZ))
_section = member(Section)
_pair, _four = row_of(2), row_of(4)
_second = number(-60, LONGEST_SECONDS)
_share = number(-0.01, 1.01)  # what was computed in single precision may lie beyond one by a hair


def marks(value: object) -> tuple[Mark, ...]:
    """Where a recording ends is no bound: of one that was cut off less may be on the disk than was marked."""
    found = list_of(_mark, len(Section))(value)
    if any(later.frame < earlier.frame - SLACK_FRAMES for earlier, later in pairwise(found)):
        raise Odd("must follow one another")
    return found


def _mark(value: object) -> Mark:
    at, section = _pair(value)
    return Mark(frame(at), _section(section))


def spans(value: object) -> tuple[Span, ...]:
    """One after the other."""
    found = list_of(_span)(value)
    if any(later.start < earlier.start for earlier, later in pairwise(found)):
        raise Odd("must follow one another")
    return found


def _span(value: object) -> Span:
    start, end = map(frame, _pair(value))
    if end < start:
        raise Odd("must not end before it begins")
    return Span(start, end)


def transcript(value: object) -> Transcript:
    """Words in the order in which they were heard."""
    record = Record(value)
    return Transcript(record.need("words", _words), record.need("model", short_text))


def _words(value: object) -> tuple[Word, ...]:
    # Nearly all that is read is words, and nearly all of them are usual; the shapes say what is wrong with the others.
    if isinstance(value, list) and value and set(map(type, value)) == {list} and set(map(len, value)) == {4}:
        texts, starts, ends, probabilities = zip(*value, strict=True)
        is_usual = set(map(type, texts)) == {str} and {*map(type, starts), *map(type, ends)} == {float}
        if is_usual and set(map(type, probabilities)) == {float} and all(map(str.isascii, texts)):
            is_in_bounds = min(starts) >= 0 and max(ends) <= LONGEST_SECONDS and all(map(le, starts, ends))
            if is_in_bounds and min(probabilities) >= 0 and max(probabilities) <= 1:
                return tuple(map(partial(tuple.__new__, Word), value))
    return list_of(_word)(value)


def _word(value: object) -> Word:
    said, start, end, probability = _four(value)
    return Word(any_text(said), _second(start), _second(end), _share(probability))

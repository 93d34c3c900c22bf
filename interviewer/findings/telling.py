"""The same story told for another principle: how much of the words went where that principle looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.language.concept import Row, find, parse
from interviewer.language.speech import Speech
from interviewer.language.text import Sentence
from interviewer.pattern import Section, Variant


@dataclass(frozen=True, slots=True)
class Telling:
    """Shares of an answer, 0 to 1: what the principle wants to hear more of, and less of."""

    emphasised: float
    downplayed: float


def telling(variant: Variant, speeches: Mapping[Section, Speech]) -> Telling:
    """Measured in speaking time where it is known, else in words. A sentence may count for both."""
    told = [(speech, sentence) for speech in speeches.values() for sentence in speech.sentences]
    lengths = [_length(speech, sentence) for speech, sentence in told]
    whole = sum(lengths)

    def share(patterns: tuple[str, ...]) -> float:
        rows = [parse(pattern) for pattern in patterns]
        hits = [length for (_, sentence), length in zip(told, lengths, strict=True) if _any(rows, sentence)]
        return sum(hits) / whole if whole else 0.0

    return Telling(share(variant.emphasise_says), share(variant.downplay_says))


def _any(rows: Sequence[Row], sentence: Sentence) -> bool:
    return any(find(row, sentence) for row in rows)


def _length(speech: Speech, sentence: Sentence) -> float:
    quote = speech.quote(sentence.start, sentence.end)
    if quote.start is not None and quote.end is not None:
        return quote.end - quote.start
    return float(len(sentence.text.split()))

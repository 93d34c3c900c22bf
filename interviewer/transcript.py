"""What was heard: words with their times on the clock of the recording. No audio here."""

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """One recognised word. Times are seconds from the first frame of the recording; probability is 0 to 1. It is a
    tuple because a library of ten thousand sessions makes three million of them whenever its index is built anew."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of one take in order, and the name of the model that heard them."""

    words: tuple[Word, ...]
    model: str

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    def between(self, start_seconds: float, end_seconds: float) -> "Transcript":
        """The words whose middle lies inside the span."""
        inside = (w for w in self.words if start_seconds <= (w.start + w.end) / 2 < end_seconds)
        return Transcript(tuple(inside), self.model)

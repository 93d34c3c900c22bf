"""What was said in one stretch of an answer: a text whose every character knows when it was spoken, if it was."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.language.text import Sentence, sentences
from interviewer.transcript import Word

DOUBTFUL = 0.35
"""A word the recogniser believes in less than this may not be held against anybody."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the person, and when they were said: seconds on the clock of the take, None where they were typed."""

    text: str
    start: float | None
    end: float | None
    take: str = ""
    """The take to play."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text and, where it was spoken, its words in order. `starts` says where in the text each word begins."""

    text: str
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...] = ()
    starts: tuple[int, ...] = ()
    take: str = ""

    @classmethod
    def typed(cls, text: str) -> "Speech":
        """Of a text that nobody spoke."""
        return cls(text, sentences(text))

    @classmethod
    def heard(cls, words: Iterable[Word], take: str) -> "Speech":
        """Of recognised words."""
        words = tuple(words)
        starts, place = [], 0
        for word in words:
            starts.append(place)
            place += len(word.text) + 1
        text = " ".join(word.text for word in words)
        return cls(text, sentences(text), words, tuple(starts), take)

    def quote(self, start: int, end: int) -> Quote:
        """The words between two places in the text, with their times."""
        inside = self.words_between(start, end)
        text = self.text[start:end]
        if not inside:
            return Quote(text, None, None, self.take)
        return Quote(text, inside[0].start, inside[-1].end, self.take)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that a stretch of the text touches."""
        if not self.words:
            return ()
        first = max(0, bisect_right(self.starts, start) - 1)
        return self.words[first : bisect_right(self.starts, max(start, end - 1))]

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether any word of a stretch is one the recogniser hardly believed in."""
        return any(word.probability < DOUBTFUL for word in self.words_between(start, end))

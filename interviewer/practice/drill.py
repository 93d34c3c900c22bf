"""One part of an answer, said over and over: each attempt's time against its target, and the words that would fit."""

import statistics
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from interviewer.findings.analysis import analyse
from interviewer.findings.finding import Finding
from interviewer.language.speech import Quote, Speech
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.stretches import speech_in
from interviewer.timing import RATE_HZ, Span, Verdict, time_words, verdict_of

SENTENCE = "sentence"
"""The drill of one sentence."""
USUAL_PACE = 140.0
"""Words a minute before anybody's own pace is known: what the pattern's examples are measured with."""
LEAST_WORDS, LEAST_SECONDS = 20, 8.0
"""Less speech than this tells no pace."""
SHOWN = 10
"""Attempts in the strip."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time through. Seconds; `speech_seconds` from the first to the last voice, None until that is known."""

    take: str
    seconds: float
    speech_seconds: float | None
    target_seconds: float

    @property
    def counted_seconds(self) -> float:
        """What is held against the target: the speech, or the recording while that is all there is."""
        return self.seconds if self.speech_seconds is None else self.speech_seconds

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.counted_seconds, self.target_seconds)

    @property
    def words(self) -> str:
        """The time and its verdict, as for a section."""
        return time_words(self.counted_seconds, self.target_seconds, self.verdict)


def attempts_of(session: Session, target_seconds: float) -> tuple[Attempt, ...]:
    """All finished attempts of a drill against one target, the first one first."""
    return tuple(_attempt(take, target_seconds) for take in session.takes if take.is_finished)


def best(attempts: Iterable[Attempt]) -> Attempt | None:
    """Inside the target, the one that uses most of it; else the shortest. None without any speech."""
    spoken = [each for each in attempts if each.counted_seconds]
    inside = [each for each in spoken if each.counted_seconds <= each.target_seconds]
    if inside:
        return max(inside, key=lambda each: each.counted_seconds)
    return min(spoken, key=lambda each: each.counted_seconds, default=None)


def median_seconds(attempts: Iterable[Attempt]) -> float | None:
    """The middle one of those with speech; None without any."""
    seconds = [each.counted_seconds for each in attempts if each.counted_seconds]
    return statistics.median(seconds) if seconds else None


def in_a_row(attempts: Sequence[Attempt]) -> int:
    """How many of the last attempts, one after the other, stayed inside the target."""
    inside = takewhile(lambda each: each.verdict is Verdict.INSIDE, reversed(attempts))
    return sum(1 for _ in inside)


def own_pace(takes: Iterable[Take]) -> float | None:
    """Words a minute over these takes, pauses included; None where too little was said."""
    words, seconds = 0, 0.0
    for take in takes:
        speech = take.speech()
        if take.transcript and speech:
            words += len(take.transcript.words)
            seconds += speech.seconds
    return 60 * words / seconds if words >= LEAST_WORDS and seconds >= LEAST_SECONDS else None


def words_that_fit(target_seconds: float, words_per_minute: float) -> int:
    """How many words go into a target."""
    return int(target_seconds * words_per_minute / 60)


def surplus(take: Take, target_seconds: float) -> Quote | None:
    """The first sentence that ends beyond the target: what to leave out or to shorten. None inside the target."""
    spoken = take.speech()
    if take.transcript is None or spoken is None or spoken.seconds <= target_seconds:
        return None
    speech = Speech.heard(take.transcript.words, take.id)
    limit = spoken.start / RATE_HZ + target_seconds
    for sentence in speech.sentences:
        quote = speech.quote(sentence.start, sentence.end)
        if quote.end is not None and quote.end > limit:
            return quote
    return None


def section_findings(
    pattern: Pattern, session: Session, section: Section, off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What the last attempt at a section lacks, the dearest first; nothing about the sections that are not there."""
    speech = speech_in(session, section)
    if speech is None:
        return ()
    times = [time for time in session.section_times() if time.section is section]
    found = analyse(pattern, session.level, {section: speech}, times, True, set(off)).findings
    return tuple(finding for finding in found if finding.section is section)


def _attempt(take: Take, target_seconds: float) -> Attempt:
    whole = Span(0, take.end_frame or take.frames)
    speech = take.speech(whole)
    spoken = None if take.voiced is None else speech.seconds if speech else 0.0
    return Attempt(take.id, whole.seconds, spoken, target_seconds)

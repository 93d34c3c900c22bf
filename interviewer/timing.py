"""Time on the clock of the recording: frames, marks, section times and their verdicts. Never the wall clock."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from interviewer.pattern import Section

RATE_HZ = 16_000
"""Frames a second of every take."""

SLIVER_SECONDS = 0.2
"""Voice this short on the other side of a mark belongs to its neighbour: a mark is pressed by hand."""

NEARLY_SHARE = 0.8
"""From this share of the target on, the clock says what is left."""


class Verdict(Enum):
    """What a section's time says. Targets are ceilings, so being short is not a fault."""

    INSIDE = "inside"
    JUST_OVER = "just_over"
    OVER = "over"
    FAR_OVER = "far_over"
    MISSING = "missing"

    @property
    def words(self) -> str:
        """How it is said to the person, everywhere."""
        return "not found" if self is Verdict.MISSING else self.value.replace("_", " ")

    @property
    def is_over(self) -> bool:
        return self in (Verdict.JUST_OVER, Verdict.OVER, Verdict.FAR_OVER)


@dataclass(frozen=True, slots=True)
class Mark:
    """The frame at which a section begins."""

    frame: int
    section: Section


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording, in frames, end excluded."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE_HZ


@dataclass(frozen=True, slots=True)
class SectionTime:
    """How long a section took. `seconds` runs from mark to mark, `speech_seconds` from first to last voice.

    `speech_seconds` is None while the voice in the recording has not been looked for; the verdict then rests on
    `seconds`. Both are None for an answer that was typed.
    """

    section: Section
    seconds: float | None
    speech_seconds: float | None
    target_seconds: float
    verdict: Verdict | None

    @property
    def spoken_seconds(self) -> float:
        """What is held against the target: the speech, or the recording while that is all that is known; 0 if typed."""
        return (self.seconds if self.speech_seconds is None else self.speech_seconds) or 0.0

    @property
    def over_seconds(self) -> float:
        """Seconds above the target, 0 when inside."""
        return max(0.0, self.spoken_seconds - self.target_seconds)

    @property
    def words(self) -> str:
        """The time and its verdict, as they are said everywhere."""
        return time_words(self.spoken_seconds, self.target_seconds, self.verdict)


def time_words(spoken_seconds: float, target_seconds: float, verdict: Verdict | None) -> str:
    """A time held against its target: 0:44 of 0:30, over. Without a verdict it was typed."""
    if verdict is None:
        return "typed, no time"
    if verdict is Verdict.MISSING:
        return verdict.words
    return f"{clock_text(spoken_seconds)} of {clock_text(target_seconds)}, {verdict.words}"


def over_words(target_seconds: float, over_seconds: float) -> str:
    """How far a time went over its target: 0:44, 14 s over its 0:30."""
    took = clock_text(target_seconds + over_seconds)
    return f"{took}, {max(1, round(over_seconds))} s over its {clock_text(target_seconds)}"


def verdict_of(seconds: float, target_seconds: float) -> Verdict:
    """The band of `product.md` A2-3 for a ceiling of `target_seconds`. No voice at all is missing."""
    if seconds <= 0:
        return Verdict.MISSING
    if seconds <= target_seconds:
        return Verdict.INSIDE
    if seconds <= target_seconds + max(3.0, 0.15 * target_seconds):
        return Verdict.JUST_OVER
    if seconds <= 2 * target_seconds:
        return Verdict.OVER
    return Verdict.FAR_OVER


def speech_in(voiced: Sequence[Span], start: int, end: int) -> Span | None:
    """First to last voice between two frames, or None without voice. `voiced` is in order.

    A voiced span across either edge counts only when more than a sliver of it, or most of it, lies inside.
    """
    first = bisect_right(voiced, start, key=lambda span: span.end)
    touched = range(first, bisect_left(voiced, end, lo=first, key=lambda span: span.start))
    begun = next((cut.start for place in touched if (cut := _counted(voiced[place], start, end))), None)
    if begun is None:
        return None
    return Span(begun, next(cut.end for place in reversed(touched) if (cut := _counted(voiced[place], start, end))))


def _counted(span: Span, start: int, end: int) -> Span | None:
    """What counts of a voiced span between two frames."""
    cut = Span(max(span.start, start), min(span.end, end))
    is_most = cut.end > cut.start and 2 * cut.seconds > span.seconds
    return cut if cut.seconds > SLIVER_SECONDS or is_most else None


def sections_between(marks: Sequence[Mark], end: int) -> dict[Section, Span]:
    """Mark to mark: where each marked section lies in a recording whose answer ends at frame `end`."""
    ends = [*(mark.frame for mark in marks[1:]), end]
    return {mark.section: Span(mark.frame, max(mark.frame, stop)) for mark, stop in zip(marks, ends, strict=False)}


class ClockPhase(Enum):
    """What the room's clock is saying."""

    RUNNING = "running"
    NEARLY = "nearly"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The room's clock at one moment. `text` is empty while there is nothing to say."""

    phase: ClockPhase
    share: float
    text: str


def clock_reading(elapsed_seconds: float, target_seconds: float) -> ClockReading:
    """What the clock shows after `elapsed_seconds`: quiet, then what is left from 80 % on, then how far over."""
    share = elapsed_seconds / target_seconds
    if elapsed_seconds > target_seconds:
        return ClockReading(ClockPhase.OVER, share, f"+{int(elapsed_seconds - target_seconds)} s")
    if share >= NEARLY_SHARE:
        left = max(1, round(target_seconds - elapsed_seconds))
        return ClockReading(ClockPhase.NEARLY, share, f"{left} s left")
    return ClockReading(ClockPhase.RUNNING, share, "")


def clock_announcement(before_seconds: float, now_seconds: float, target_seconds: float) -> str:
    """What a screen reader says when the clock gets from one moment to the next: half the time, ten seconds left, time,
    ten seconds over (product.md D9); nearly always nothing."""
    moments = {target_seconds: "Time", target_seconds + 10: "Ten seconds over"}
    if target_seconds > 10:
        moments[target_seconds - 10] = "Ten seconds left"
    if target_seconds > 30:
        moments[target_seconds / 2] = "Half the time"
    return next((text for moment, text in moments.items() if before_seconds < moment <= now_seconds), "")


def clock_text(seconds: float) -> str:
    """Seconds as minutes and seconds: 2:51."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"

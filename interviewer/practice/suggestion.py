"""What to do next, and why: one suggestion from the last test and the last interviews (product.md A-06)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from interviewer.pattern import Section
from interviewer.practice.quiz import QuizVerdict
from interviewer.session import Session
from interviewer.timing import Verdict

OVER = (Verdict.OVER, Verdict.FAR_OVER)
"""A second too much is nothing to drill."""
LOOKED_AT = 3
"""So many of the last interviews are looked at for a section that runs over."""


class Mode(Enum):
    """The four ways to practise."""

    LEARN = "learn"
    TEST = "test"
    DRILL = "drill"
    MOCK = "mock"

    @property
    def title(self) -> str:
        return "Mock interview" if self is Mode.MOCK else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`section` is what to drill; None for the other modes."""

    mode: Mode
    reason: str
    section: Section | None = None


def suggest(sessions: Sequence[Session], test: QuizVerdict | None) -> Suggestion:
    """From the interviews with one pattern, newest first without drills, and how its last test ended."""
    takes = [session for session in sessions if any(time.seconds for time in session.section_times())]
    if over := _over(takes):
        section, count = over
        often = "the last take" if count == 1 else f"{count} of the last {min(LOOKED_AT, len(takes))} takes"
        reason = f"Your {section.title} was over its target in {often}. Drill it: four minutes."
        return Suggestion(Mode.DRILL, reason, section)
    if test is None:
        known = "You have told it, but never been tested." if takes else "No history yet."
        return Suggestion(Mode.TEST, f"{known} Ten questions show where you stand.")
    if test is not QuizVerdict.STRONG:
        return Suggestion(Mode.LEARN, f"Last test: {test.title}. Learn covers what you missed.")
    return Suggestion(Mode.MOCK, "The last test was strong. Say it under the clock, with follow-ups.")


def countdown(interview: str, today: date) -> str:
    """How far away the interview is, in words; empty without a date."""
    if not interview:
        return ""
    day = date.fromisoformat(interview)
    when = f"{day:%a} {day.day} {day:%b}"
    days = (day - today).days
    if days < 0:
        return f"The interview was on {when}."
    if days == 0:
        return f"Interview today, {when}. You have practised enough; read your lines through once."
    return f"Interview on {when}, {'tomorrow' if days == 1 else f'in {days} days'}"


def _over(takes: Sequence[Session]) -> tuple[Section, int] | None:
    """The section of the last take that ran over, the one most often over in the takes before; and how often."""
    if not takes:
        return None
    times = [time for take in takes[:LOOKED_AT] for time in take.section_times() if time.verdict in OVER]
    counts = Counter(time.section for time in times)
    last = {time.section: time.over_seconds for time in takes[0].section_times() if time.verdict in OVER}
    if not last:
        return None
    section = max(last, key=lambda each: (counts[each], last[each]))
    return section, counts[section]

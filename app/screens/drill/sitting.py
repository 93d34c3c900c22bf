"""What a drill has come to so far: its attempts, the best and the middle one, the words that fit, what is missing."""

from collections.abc import Collection
from dataclasses import dataclass

from interviewer.findings.finding import Finding
from interviewer.findings.probing import Leaning, leaning
from interviewer.interview import Turn
from interviewer.pattern import Pattern
from interviewer.practice.drill import (
    USUAL_PACE,
    Attempt,
    attempts_of,
    best,
    in_a_row,
    median_seconds,
    own_pace,
    section_findings,
    surplus,
    words_that_fit,
)
from interviewer.session import Session


@dataclass(frozen=True, slots=True)
class Sitting:
    """Ready to be shown. `surplus`, `words`, `findings` and, for a follow-up, `leaning` are of the last attempt;
    empty where there is nothing to say. `in_a_row` counts the last attempts that stayed inside."""

    attempts: tuple[Attempt, ...] = ()
    target_seconds: float = 1.0
    best: Attempt | None = None
    median_seconds: float | None = None
    fit: str = ""
    surplus: str = ""
    words: str = ""
    findings: tuple[Finding, ...] = ()
    leaning: Leaning | None = None
    is_section: bool = False
    in_a_row: int = 0


def sitting_of(
    pattern: Pattern, session: Session | None, turn: Turn, target: float, pace: float | None, off: Collection[str]
) -> Sitting:
    """`session` is None before the first attempt; `pace` in words a minute is what is known from before."""
    takes = [take for take in session.takes if take.is_finished] if session else []
    fit = _fit(turn, target, own_pace(takes) or pace)
    if session is None or not takes:
        return Sitting(target_seconds=target, fit=fit)
    attempts, last = attempts_of(session, target), takes[-1]
    beyond = surplus(last, target)
    words = last.transcript.text if last.transcript else ""
    is_probe = turn.key in [probe.id for probe in pattern.probes]
    return Sitting(
        attempts,
        target,
        best(attempts),
        median_seconds(attempts),
        fit,
        beyond.text if beyond else "",
        words,
        section_findings(pattern, session, turn.section, off) if turn.section and last.transcript else (),
        leaning(pattern, pattern.probe(turn.key), words) if is_probe and words else None,
        turn.section is not None,
        in_a_row(attempts),
    )


def _fit(turn: Turn, target: float, pace: float | None) -> str:
    """How many words go into the target."""
    count = words_that_fit(target, pace or USUAL_PACE)
    name = turn.section.title if turn.section else "This"
    if pace is None:
        return f"{name}: about {count} words at {USUAL_PACE:g} words a minute, until your own pace is known."
    return f"{name}: {count} words for you, at your {pace:.0f} words a minute."

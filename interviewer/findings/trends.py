"""One telling in figures, to be put beside the ones before and after: what changes over takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.findings.analysis import Analysis
from interviewer.findings.delivery import PROFILES
from interviewer.findings.session_reading import read_delivery, read_session, speeches_of
from interviewer.findings.verdict_sentence import total_time
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.timing import RATE_HZ


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of one session. Seconds of speech; None where nothing is known."""

    session: str
    started: str
    story: str
    seconds: Mapping[Section, float | None]
    targets: Mapping[Section, float]
    total_seconds: float | None
    total_target_seconds: float
    problem_seconds: float | None
    """From the beginning of the Situation to the problem."""
    words_per_minute: float | None
    fillers: int | None
    """At least so many were heard."""
    i: int | None
    we: int | None


def measured(pattern: Pattern, session: Session) -> Measures:
    """The figures of a session: some 30 ms."""
    times = {time.section: time for time in session.section_times()}
    total = total_time(session)
    told = speeches_of(session)
    analysis = read_session(pattern, session, speeches=told) if told else None
    spoken = read_delivery(session, PROFILES["standard"])
    return Measures(
        session.id,
        session.started,
        session.story_id,
        {section: time.speech_seconds or None for section, time in times.items()},
        session.targets,
        total.speech_seconds or None,
        session.total_seconds,
        _problem(session, analysis),
        spoken.delivery.pace if spoken else None,
        spoken.delivery.at_least if spoken else None,
        analysis.counts.i if analysis else None,
        analysis.counts.we if analysis else None,
    )


def _problem(session: Session, analysis: Analysis | None) -> float | None:
    if analysis is None or analysis.problem is None or analysis.problem.start is None:
        return None
    found = session.take_of(Section.SITUATION)
    return analysis.problem.start - (found[1].start / RATE_HZ if found and found[0].id == analysis.problem.take else 0)

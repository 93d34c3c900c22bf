"""A session read for what its answer proves: from its words to the analysis."""

from collections.abc import Collection

from interviewer.analysis import Analysis, analyse
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.speech import Speech
from interviewer.timing import RATE_HZ


def speeches_of(session: Session) -> dict[Section, Speech]:
    """What was said in each section that has words: of the take that counts for it, or typed."""
    told = {}
    for section in Section:
        if section in session.typed:
            told[section] = Speech.typed(session.typed[section])
        elif found := session.take_of(section):
            take, span = found
            if take.transcript:
                end = take.frames if span.end >= (take.end_frame or 0) else span.end
                words = take.transcript.between(span.start / RATE_HZ, end / RATE_HZ).words
                told[section] = Speech.heard(words, take.id)
    return told


def read_session(pattern: Pattern, session: Session, off: Collection[str] = ()) -> Analysis:
    """The analysis of a session's five sections at its level. `off` are rules that are switched off."""
    told = speeches_of(session)
    times = () if session.typed else session.section_times()
    has_words = bool(told) and (bool(session.typed) or _all_are_heard(session))
    return analyse(pattern, session.level, told, times, has_words, {*off, *session.disputed})


def _all_are_heard(session: Session) -> bool:
    """Whether nothing that was recorded still waits for its words: before, nothing may be called missing."""
    found = [session.take_of(section) for section in Section]
    return all(each is None or each[0].transcript is not None for each in found)


def probe_text(session: Session, probe_id: str) -> str:
    """The words of the answer to a follow-up; empty without any."""
    take = session.latest(probe_id)
    return take.transcript.text if take and take.transcript else ""

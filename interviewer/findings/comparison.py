"""Two tellings side by side, section by section: what the later one gained, and what it lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interviewer.findings.analysis import Analysis
from interviewer.findings.finding import TIME
from interviewer.findings.session_reading import read_session, speeches_of
from interviewer.language.speech import Speech
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.timing import SectionTime


@dataclass(frozen=True, slots=True)
class Side:
    """One telling of one section."""

    time: SectionTime
    words: str


@dataclass(frozen=True, slots=True)
class SectionPair:
    """One section in both tellings. `gained` and `lost` are names of what was heard, figures and faults."""

    section: Section
    first: Side
    second: Side
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sessions of one pattern."""

    first: Session
    second: Session
    pairs: tuple[SectionPair, ...]


def compare(pattern: Pattern, first: Session, second: Session) -> Comparison:
    """Reads both, some 20 ms each. Both should be of `pattern`."""
    told = [speeches_of(session) for session in (first, second)]
    readings = read_session(pattern, first, speeches=told[0]), read_session(pattern, second, speeches=told[1])
    sides = [_sides(session, speeches) for session, speeches in zip((first, second), told, strict=True)]
    pairs = []
    for place, section in enumerate(Section):
        before, after = (_heard(reading, section) for reading in readings)
        faults_before, faults_after = (_faults(reading, section) for reading in readings)
        gained = (*_beyond(after, before), *(f"no longer: {fault}" for fault in _beyond(faults_before, faults_after)))
        lost = (*_beyond(before, after), *(f"new: {fault}" for fault in _beyond(faults_after, faults_before)))
        pairs.append(SectionPair(section, sides[0][place], sides[1][place], gained, lost))
    return Comparison(first, second, tuple(pairs))


def _sides(session: Session, told: Mapping[Section, Speech]) -> list[Side]:
    return [Side(time, told[time.section].text if time.section in told else "") for time in session.section_times()]


def _heard(reading: Analysis, section: Section) -> list[str]:
    """Signals and cues that were heard in a section."""
    signals = [each.signal.name for each in reading.signals if each.section is section and each.hearing.heard]
    cues = [f"“{each.phrase}”" for each in reading.cues if each.section is section and each.hearing.heard]
    return [*signals, *cues]


def _faults(reading: Analysis, section: Section) -> list[str]:
    found = (each for each in reading.findings if each.section is section and each.quote.text and each.lamp != TIME)
    return [f"“{each.quote.text}”" for each in found]


def _beyond(these: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [each for each in dict.fromkeys(these) if each not in known]

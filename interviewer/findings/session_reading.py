"""A session read for what its answer proves: from its words to the analysis."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from interviewer.findings.analysis import Analysis, analyse
from interviewer.findings.delivery import Delivery, Filler, Profile, delivery
from interviewer.language.speech import Speech
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.stretches import speech_in, stretch_of
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word


def speeches_of(session: Session) -> dict[Section, Speech]:
    """What was said in each section that has words."""
    return {section: speech for section in Section if (speech := speech_in(session, section))}


def read_session(
    pattern: Pattern, session: Session, off: Collection[str] = (), speeches: Mapping[Section, Speech] | None = None
) -> Analysis:
    """The analysis of a session's five sections at its level. `off` are rules that are switched off; `speeches` what
    was said, where that is known already."""
    told = speeches_of(session) if speeches is None else speeches
    times = () if session.typed else session.section_times()
    has_words = bool(told) and not session.drill and (bool(session.typed) or _all_are_heard(session))
    return analyse(pattern, session.level, told, times, has_words, {*off, *session.disputed})


def essence(session: Session) -> Session:
    """A session as far as anything can be read from it. Where two are equal, so is all that is read: notes, marks,
    names and whether it is closed change nothing."""
    takes = tuple(
        replace(take, bookmarks=(), seams=(), recovered=False, unheard=0, recognised=None, note="")
        for take in session.takes
    )
    return replace(session, takes=takes, started="", seed=0, declined=(), gap_probes=(), story_id="", is_closed=True)


def has_words(session: Session) -> bool:
    """Whether there is anything to read in the five sections."""
    found = (stretch_of(session, section) for section in Section)
    return bool(session.typed) or any(each and each.take.transcript for each in found)


def _all_are_heard(session: Session) -> bool:
    """Whether nothing that was recorded still waits for its words: before, nothing may be called missing."""
    found = [session.take_of(section) for section in Section]
    return all(each is None or each[0].transcript is not None for each in found)


def probe_text(session: Session, probe_id: str) -> str:
    """The words of the answer to a follow-up; empty without any."""
    speech = speech_in(session, probe_id)
    return speech.text if speech else ""


BETWEEN_TAKES_SECONDS = 0.5
"""What stands between two takes when they are measured as one answer: no pause of anybody's."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound worth checking: where it is in its take."""

    take: str
    start: float
    end: float

    @property
    def key(self) -> str:
        return f"{self.take}@{self.start:.2f}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """How the five sections were spoken, as one answer, and the sounds worth checking in their takes."""

    delivery: Delivery
    sounds: tuple[Sound, ...]


def read_delivery(session: Session, profile: Profile) -> Spoken | None:
    """How a session was spoken; None while a take that counts has no words, or for a typed answer."""
    found = [each for section in Section if (each := session.take_of(section))]
    takes = list({take.id: take for take, _ in found}.values())
    if not takes or any(take.transcript is None or not take.voiced for take in takes):
        return None
    words: list[Word] = []
    voiced: list[Span] = []
    offsets: dict[str, float] = {}
    end = 0.0
    for take in takes:
        first, last = _limits(take)
        offset = offsets[take.id] = end - first if offsets else 0.0
        assert take.transcript
        words += [word._replace(start=word.start + offset, end=word.end + offset) for word in take.transcript.words]
        moved = round(offset * RATE_HZ)
        voiced += [Span(span.start + moved, span.end + moved) for span in take.voiced or ()]
        end = last + offset + BETWEEN_TAKES_SECONDS
    sections = {}
    for section in Section:
        if counts := stretch_of(session, section):
            offset, span = offsets[counts.take.id], counts.span
            sections[section] = (span.start / RATE_HZ + offset, span.end / RATE_HZ + offset)
    decided = {}
    for key, was_one in session.sounds.items():
        name, _, seconds = key.rpartition("@")
        if name in offsets:
            decided[round(float(seconds) + offsets[name], 2)] = was_one
    measured = delivery(words, voiced, sections, profile, decided)
    return Spoken(measured, tuple(_sound(filler, takes, offsets) for filler in measured.probable))


def _limits(take: Take) -> tuple[float, float]:
    voiced = take.voiced or ()
    return voiced[0].start / RATE_HZ, voiced[-1].end / RATE_HZ


def _sound(filler: Filler, takes: list[Take], offsets: dict[str, float]) -> Sound:
    """Back from the whole answer to its take."""
    begun = [each for each in takes if _limits(each)[0] + offsets[each.id] <= filler.start + 0.01]
    take = begun[-1]
    return Sound(take.id, filler.start - offsets[take.id], filler.end - offsets[take.id])

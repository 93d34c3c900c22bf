"""The shape of session.json: a session as a document, and a document that is not believed as a session."""

from typing import Any

from interviewer.disk.document import (
    Odd,
    Record,
    any_text,
    is_bool,
    list_of,
    map_of,
    maybe,
    member,
    moment,
    number,
    one_of,
    safe_name,
    short_text,
    whole,
)
from interviewer.disk.recorded import LONGEST_SECONDS, frame, marks, spans, transcript
from interviewer.errors import PracticeError
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Story, Take
from interviewer.transcript import Transcript

FORMAT = 1
"""Version of session.json. A newer one is refused rather than misread."""

MOST_BYTES = 16 << 20
"""Of session.json: some 200,000 words."""

MOST_TAKES = 10_000

_names = list_of(short_text, MOST_TAKES)


def to_json(session: Session) -> dict[str, Any]:
    """The shape of session.json."""
    return {
        "format": FORMAT,
        "id": session.id,
        "pattern": session.pattern,
        "principle": session.principle,
        "level": session.level.value,
        "started": session.started,
        "seed": session.seed,
        "targets": {section.value: seconds for section, seconds in session.targets.items()},
        "total_seconds": session.total_seconds,
        "declined": list(session.declined),
        "is_closed": session.is_closed,
        "typed": {section.value: text for section, text in session.typed.items()},
        "gap_probes": list(session.gap_probes),
        "story": session.story.value,
        "sounds": dict(session.sounds),
        "disputed": list(session.disputed),
        "story_id": session.story_id,
        "drill": session.drill,
        "source": session.source,
        "takes": [_take_to_json(take) for take in session.takes],
    }


def from_json(document: object, session_id: str | None = None) -> Session:
    """A session from the shape of session.json, under the name of the folder it lies in, if that is given. Raises
    PracticeError when it is damaged or newer than this program."""
    try:
        return session_of(document, session_id)
    except Odd as odd:
        raise PracticeError(f"session.json is damaged, and the recordings beside it are untouched: {odd}.") from odd


def session_of(document: object, session_id: str | None = None) -> Session:
    """The same for whoever has a sentence of their own: raises Odd, and PracticeError for a newer one."""
    record = Record(document)
    if record.get("format", whole(0, 1 << 31), FORMAT) > FORMAT:
        raise PracticeError("session.json was written by a newer version of the program: update this one to open it.")
    takes = record.need("takes", list_of(_take, MOST_TAKES))
    if len({take.id for take in takes}) < len(takes):
        raise Odd("must each have a name of their own", "takes")
    return Session(
        id=record.need("id", safe_name) if session_id is None else session_id,
        pattern=record.need("pattern", short_text),
        principle=record.need("principle", short_text),
        level=record.need("level", member(Level)),
        started=record.need("started", moment),
        seed=record.need("seed", whole(-(1 << 63), (1 << 63) - 1)),
        targets=record.need("targets", _targets),
        total_seconds=record.need("total_seconds", number(0, LONGEST_SECONDS)),
        declined=record.need("declined", _names),
        is_closed=record.need("is_closed", is_bool),
        takes=takes,
        typed=record.get("typed", map_of(member(Section), any_text), {}),
        gap_probes=record.get("gap_probes", _names, ()),
        story=record.get("story", member(Story), Story.OWN),
        sounds=record.get("sounds", map_of(short_text, is_bool), {}),
        disputed=record.get("disputed", _names, ()),
        story_id=record.get("story_id", short_text, ""),
        drill=record.get("drill", short_text, ""),
        source=record.get("source", short_text, ""),
    )


def _take_to_json(take: Take) -> dict[str, Any]:
    return {
        "id": take.id,
        "turn": take.turn,
        "file": take.file,
        "marks": [[mark.frame, mark.section.value] for mark in take.marks],
        "end_frame": take.end_frame,
        "frames": take.frames,
        "voiced": None if take.voiced is None else [[span.start, span.end] for span in take.voiced],
        "transcript": _transcript_to_json(take.transcript),
        "bookmarks": list(take.bookmarks),
        "seams": list(take.seams),
        "recovered": take.recovered,
        "unheard": take.unheard,
        "recognised": _transcript_to_json(take.recognised),
        "note": take.note,
    }


def _transcript_to_json(transcript: Transcript | None) -> dict[str, Any] | None:
    if transcript is None:
        return None
    words = [[word.text, word.start, word.end, word.probability] for word in transcript.words]
    return {"model": transcript.model, "words": words}


def _targets(value: object) -> dict[Section, float]:
    record = Record(value)
    return {section: record.need(section.value, number(0.1, LONGEST_SECONDS)) for section in Section}


def _take(value: object) -> Take:
    record = Record(value)
    take_id = record.need("id", safe_name)
    return Take(
        id=take_id,
        turn=record.need("turn", safe_name),
        file=record.need("file", one_of(f"{take_id}.wav")),
        marks=record.need("marks", marks),
        end_frame=record.need("end_frame", maybe(frame)),
        frames=record.need("frames", frame),
        voiced=record.need("voiced", maybe(spans)),
        transcript=record.need("transcript", maybe(transcript)),
        bookmarks=record.need("bookmarks", list_of(frame)),
        seams=record.need("seams", list_of(frame)),
        recovered=record.need("recovered", is_bool),
        unheard=record.need("unheard", whole(0, 1 << 31)),
        recognised=record.get("recognised", maybe(transcript), None),
        note=record.get("note", any_text, ""),
    )

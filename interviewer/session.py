"""A session is one sitting; a take is one recorded attempt in it. Plain values and their JSON shape."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
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
from interviewer.pattern import Level, Section
from interviewer.timing import Mark, SectionTime, Span, Verdict, sections_between, speech_in, verdict_of
from interviewer.transcript import Transcript, Word


class Story(Enum):
    """What is told: the pattern's own story, cue by cue, or one's own."""

    PATTERN = "pattern"
    OWN = "own"


PRIVATE = "-private"
"""At the end of the id of a session that is kept in memory only."""

FORMAT = 1
"""Version of session.json. A newer one is refused rather than misread."""

MOST_BYTES = 16 << 20
"""Of session.json: some 200,000 words."""

MOST_TAKES = 10_000

_names = list_of(short_text, MOST_TAKES)


@dataclass(frozen=True, slots=True)
class Take:
    """One recorded attempt at a turn, in one WAV file.

    `turn` is a section's name, a probe's id, or "answer" for a whole answer in one take. `marks` are empty for a
    probe. `end_frame` is where the person stopped; it is None while the take is being recorded, or was cut off.
    `voiced` and `transcript` are None until they have been worked out.
    """

    id: str
    turn: str
    file: str
    marks: tuple[Mark, ...] = ()
    end_frame: int | None = None
    frames: int = 0
    voiced: tuple[Span, ...] | None = None
    transcript: Transcript | None = None
    bookmarks: tuple[int, ...] = ()
    seams: tuple[int, ...] = ()
    recovered: bool = False
    unheard: int = 0
    """Clips the recogniser had to pass over."""
    recognised: Transcript | None = None
    """The recogniser's own words, once the person has corrected some of them in `transcript`."""
    note: str = ""

    @property
    def is_finished(self) -> bool:
        return self.end_frame is not None

    def spans(self) -> dict[Section, Span]:
        """Where each section lies, mark to mark."""
        return sections_between(self.marks, self.end_frame or self.frames)

    def corrected(self, place: int, text: str) -> "Take":
        """This take with the word at `place` put right: by one word, by several that share its time, or by none."""
        assert self.transcript
        words = self.transcript.words
        wrong, parts = words[place], text.split()
        step = (wrong.end - wrong.start) / max(1, len(parts))
        right = tuple(
            Word(part, round(wrong.start + step * at, 3), round(wrong.start + step * (at + 1), 3), 1.0)
            for at, part in enumerate(parts)
        )
        now = replace(self.transcript, words=(*words[:place], *right, *words[place + 1 :]))
        return replace(self, transcript=now, recognised=self.recognised or self.transcript)

    def speech(self, span: Span | None = None) -> Span | None:
        """First to last voice within `span` (the whole take by default); None when silent or not yet known."""
        whole = span or Span(0, self.frames)
        last = whole.end >= (self.end_frame or 0)
        return speech_in(self.voiced or (), whole.start, self.frames if last else whole.end)


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: the pattern, the level, the targets in force and the takes in the order they were recorded."""

    id: str
    pattern: str
    principle: str
    level: Level
    started: str
    """Local date and time, ISO 8601 to the minute."""
    seed: int
    targets: Mapping[Section, float]
    total_seconds: float
    takes: tuple[Take, ...] = ()
    declined: tuple[str, ...] = ()
    is_closed: bool = False
    """Closed: every turn was answered, passed or declined, or the person ended it. Otherwise it can go on later."""
    typed: Mapping[Section, str] = field(default_factory=dict)
    gap_probes: tuple[str, ...] = ()
    """Follow-ups that the answer's gaps invited, asked after the pattern's own."""
    story: Story = Story.OWN
    sounds: Mapping[str, bool] = field(default_factory=dict)
    """Probable fillers the person decided on, by "take-id@seconds": True where it was one."""
    disputed: tuple[str, ...] = ()
    """Findings the person called not fair here, by key."""
    story_id: str = ""
    """The story of the person's own bank that is told here; empty when none was named."""
    drill: str = ""
    """What is practised over and over: a section's name, a probe's id or "sentence"; empty for a whole interview."""
    source: str = ""
    """The name of the file that an imported recording came from; empty for one that was made here."""

    @property
    def is_private(self) -> bool:
        return self.id.endswith(PRIVATE)

    def latest(self, turn: str) -> Take | None:
        """The take that counts for a turn: the last finished one. Earlier ones are kept."""
        return next((take for take in reversed(self.takes) if take.turn == turn and take.is_finished), None)

    def is_over(self, turn: str) -> bool:
        """Whether a turn was answered, or declined for good."""
        return self.latest(turn) is not None or turn in self.declined

    def take(self, take_id: str) -> Take:
        """The take with that id. Raises KeyError."""
        for take in self.takes:
            if take.id == take_id:
                return take
        raise KeyError(take_id)

    def with_take(self, take: Take) -> "Session":
        """This session with `take` added, or put in place of the one with its id."""
        if any(other.id == take.id for other in self.takes):
            return replace(self, takes=tuple(take if other.id == take.id else other for other in self.takes))
        return replace(self, takes=(*self.takes, take))

    def with_gap_probes(self, probes: tuple[str, ...]) -> "Session":
        """This session with the follow-ups that its gaps invite."""
        return replace(self, gap_probes=probes)

    def without_take(self, take_id: str) -> "Session":
        """This session without a take of which nothing was recorded."""
        return replace(self, takes=tuple(take for take in self.takes if take.id != take_id))

    def take_of(self, section: Section) -> tuple[Take, Span] | None:
        """The take and the span in it that count for a section."""
        for take in reversed(self.takes):
            spans = take.spans()
            if take.is_finished and section in spans:
                return take, spans[section]
        return None

    def section_times(self) -> tuple[SectionTime, ...]:
        """All five sections in order, each with its verdict."""
        counted: dict[Section, tuple[Take, Span]] = {}
        for take in self.takes:  # the last finished one counts, as in `take_of`
            if take.is_finished:
                counted.update((section, (take, span)) for section, span in take.spans().items())
        return tuple(self._section_time(section, counted.get(section)) for section in Section)

    def _section_time(self, section: Section, found: tuple[Take, Span] | None) -> SectionTime:
        target = self.targets[section]
        if section in self.typed:
            return SectionTime(section, None, None, target, None)
        if found is None:
            return SectionTime(section, 0.0, 0.0, target, Verdict.MISSING)
        take, span = found
        if take.voiced is None:
            return SectionTime(section, span.seconds, None, target, verdict_of(span.seconds, target))
        speech = take.speech(span)
        spoken = speech.seconds if speech else 0.0
        return SectionTime(section, span.seconds, spoken, target, verdict_of(spoken, target))


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

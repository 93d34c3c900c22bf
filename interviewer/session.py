"""A session is one sitting; a take is one recorded attempt in it. Plain values; on disk: disk/session_file.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.timing import Mark, SectionTime, Span, Verdict, sections_between, speech_in, verdict_of
from interviewer.transcript import Transcript, Word


class Story(Enum):
    """What is told: the pattern's own story, cue by cue, or one's own."""

    PATTERN = "pattern"
    OWN = "own"


PRIVATE = "-private"
"""At the end of the id of a session that is kept in memory only."""


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

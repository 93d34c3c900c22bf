"""A finding: a rule, the person's own words, why it matters and what to say instead. Also the answer it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interviewer.language.cues import Hearing
from interviewer.language.speech import Quote, Speech
from interviewer.language.text import Sentence
from interviewer.level import Level
from interviewer.pattern import Pattern, Section, Signal
from interviewer.timing import SectionTime

TIME, START, EVIDENCE, OWN_STEPS, LESSON, DELIVERY = LAMPS = (
    "time",
    "start",
    "evidence",
    "own_steps",
    "lesson",
    "delivery",
)
"""The six lamps, in the order they are shown."""

FATAL, GRAVE, SERIOUS, USUAL, SMALL = 100, 90, 70, 50, 30
"""How much a finding costs. The dearest one is the fix that comes first."""

NOTHING = Quote("", None, None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell. `rule` names what found it; `weight` orders; `gap` is the gap probe it invites."""

    rule: str
    section: Section | None
    quote: Quote
    why: str
    instead: str
    lamp: str
    weight: int
    gap: str = ""

    @property
    def key(self) -> str:
        """What a person disputes when they say that it is not fair here."""
        return f"{self.rule}@{self.section.letter if self.section else ''}"


@dataclass(frozen=True, slots=True)
class Heard:
    """One signal of one section, and where it was said."""

    section: Section
    signal: Signal
    hearing: Hearing
    quote: Quote

    @property
    def name(self) -> str:
        return self.signal.name


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules look at: the speech of each section that has one, its times, and what it is measured by.

    `times` is empty for a typed answer. `is_whole` is False when only one section was given: then nothing is missing.
    """

    pattern: Pattern
    level: Level
    speeches: Mapping[Section, Speech]
    times: Sequence[SectionTime] = ()
    is_whole: bool = True
    signals: Mapping[Section, tuple[Heard, ...]] = field(default_factory=dict)

    def sentences(self, *sections: Section) -> Iterator[tuple[Section, Speech, Sentence]]:
        """The sentences of some sections, all of them by default, in the order of the sections."""
        for section in sections or tuple(Section):
            if speech := self.speeches.get(section):
                for sentence in speech.sentences:
                    yield section, speech, sentence

    def has(self, section: Section) -> bool:
        """Whether anything was said in a section."""
        return section in self.speeches and bool(self.speeches[section].text.strip())

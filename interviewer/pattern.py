"""A pattern: all that is asked, expected and taught for one principle. Plain values; `content.loader` reads files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from interviewer.level import Level, nearest_level

ITEM_KINDS = (
    "name_principle",
    "primary_weakness",
    "signal_of_sentence",
    "meaning_of_phrase",
    "find_disqualifier",
)
"""What a question asks for."""
LETTERS = "ABCD"
"""The options of a question."""


class Section(Enum):
    """The five parts of a STAR answer, in speaking order. Names only: targets belong to the pattern."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    REFLECTION = "reflection"

    @property
    def letter(self) -> str:
        """The letter the pattern file and the badges use: S, T, A, R, and F for the reflection."""
        return "F" if self is Section.REFLECTION else self.value[0].upper()

    @property
    def title(self) -> str:
        return self.value.capitalize()


DIFFICULTIES = ("easy", "medium", "hard")
"""Of a question: one obvious fault, one sentence to classify, several strong elements around one hidden fault."""
LEARN_PARTS = {
    "meaning": "What it means",
    **{section.letter: section.title for section in Section},
    "probes": "Follow-ups",
    "weak_answer": "The weak answer",
}
"""The parts of Learn that a question may point to, and what they are called."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to listen for: its wording, concept patterns of it in other words, and of what speaks against it."""

    text: str
    says: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """Something a section must prove, whatever the story: what it sounds like, and what to say when it is missing.

    `lamp` names the lamp it feeds, `gap` the gap probe its absence invites. `levels` are those that need it.
    """

    id: str
    name: str
    lamp: str
    says: tuple[str, ...]
    why: str
    instead: str
    gap: str
    levels: tuple[Level, ...]
    is_problem: bool
    """Whether saying it is saying what was wrong."""


@dataclass(frozen=True, slots=True)
class SectionGuide:
    """What one section should prove, with an example, its cue phrases and the coaching for it."""

    prompt: str
    target_seconds: float
    example: str
    extra_examples: Mapping[Level, str]
    cues: tuple[Phrase, ...]
    signals: tuple[Signal, ...]
    coaching: str
    mistake: str


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One lesson of the scenario and the section whose check tests it."""

    text: str
    section: Section


@dataclass(frozen=True, slots=True)
class Probe:
    """A follow-up question with its two reference answers. `kind` is factual or hypothetical."""

    id: str
    text: str
    kind: str
    signal: str
    weak: str
    why_weak: str
    strong: str
    key_line: str
    ceiling_seconds: float


@dataclass(frozen=True, slots=True)
class GapProbe:
    """A follow-up that is asked only when the answer left the named gap open."""

    id: str
    gap: str
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the weak answer: the words, what is wrong with them, what to say instead."""

    quote: str
    fault: str
    instead: str


@dataclass(frozen=True, slots=True)
class WeakAnswer:
    text: str
    faults: tuple[Fault, ...]
    listener_view: str


@dataclass(frozen=True, slots=True)
class Disqualifier:
    """A phrase that costs the listener's belief. `severity` is fatal or weakens."""

    phrase: Phrase
    severity: str
    note: str
    instead: str


@dataclass(frozen=True, slots=True)
class Variant:
    """The same story told for another principle, and concept patterns of what belongs to each list."""

    principle: str
    opening: str
    emphasise: tuple[str, ...]
    downplay: tuple[str, ...]
    emphasise_says: tuple[str, ...] = ()
    downplay_says: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """In one breath: how to open, what to stress and what to leave out."""
        more, less = "; ".join(self.emphasise), "; ".join(self.downplay)
        return f"Told for {self.principle}: {self.opening} Emphasise: {more}. Play down: {less}."


@dataclass(frozen=True, slots=True)
class LevelGuide:
    """What changes with the level: focus, bar, model reflection, total time and section targets."""

    focus: str
    reflection: str
    bar: tuple[str, ...]
    total_seconds: float
    targets: Mapping[Section, float]
    bar_needs: tuple[tuple[str, ...], ...] = ()
    """For each line of the bar the signals that meet it; empty for a line that no rule can tell."""


@dataclass(frozen=True, slots=True)
class ConceptCheck:
    """A multiple-choice question on the pattern itself. `key` is A, B, C or D."""

    id: str
    question: str
    options: tuple[str, ...]
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """One practice question. `steps` are identify, recognise, tell apart; `key` is A, B, C or D.

    `learn` is the part of Learn that covers it: meaning, a section's letter, probes or weak_answer. `why_not` says why
    each wrong option is wrong, in the options' order.
    """

    id: str
    kind: str
    learn: str
    difficulty: str
    stem: str
    options: tuple[str, ...]
    key: str
    hint: str
    steps: tuple[str, ...]
    mistake: str
    why_not: tuple[str, ...]

    def why_not_of(self, letter: str) -> str:
        """Why that option is wrong; empty for the right one."""
        wrong = [each for each in LETTERS if each != self.key]
        return self.why_not[wrong.index(letter)] if letter in wrong else ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """All content for one principle, checked and immutable."""

    id: str
    principle: str
    title: str
    meaning: str
    listens_for: tuple[str, ...]
    overview: str
    summary: str
    takeaways: tuple[Takeaway, ...]
    main_prompts: tuple[str, ...]
    sections: Mapping[Section, SectionGuide]
    probes: tuple[Probe, ...]
    gap_probes: tuple[GapProbe, ...]
    weak_answer: WeakAnswer
    disqualifiers: tuple[Disqualifier, ...]
    variants: tuple[Variant, ...]
    levels: Mapping[Level, LevelGuide]
    """Those that the file has. Ask `guide`, which has an answer for every level."""
    concept_checks: tuple[ConceptCheck, ...]
    items: tuple[Item, ...]

    def guide(self, level: Level) -> LevelGuide:
        """What changes with a level; one that the file lacks is held to the nearest."""
        return self.levels[nearest_level(level, self.levels)]

    def targets(self, level: Level, overrides: Mapping[Section, float] | None = None) -> dict[Section, float]:
        """Target seconds of all five sections at `level`, the person's own `overrides` on top."""
        own = overrides or {}
        return {section: own.get(section, self.guide(level).targets[section]) for section in Section}

    def total_seconds(self, level: Level, overrides: Mapping[Section, float] | None = None) -> float:
        """Target seconds of the whole answer: the level's total, moved by what the overrides add or take."""
        guide = self.guide(level)
        return guide.total_seconds + sum(self.targets(level, overrides).values()) - sum(guide.targets.values())

    def probe(self, probe_id: str) -> Probe:
        """The probe with that id. Raises KeyError."""
        for probe in self.probes:
            if probe.id == probe_id:
                return probe
        raise KeyError(probe_id)

    def variant(self, principle: str) -> Variant | None:
        """The variant for a principle; None where there is none."""
        return next((each for each in self.variants if each.principle == principle), None)

    def any_probe(self, probe_id: str) -> "Probe | GapProbe":
        """The probe or gap probe with that id. Raises KeyError."""
        return next((probe for probe in self.gap_probes if probe.id == probe_id), None) or self.probe(probe_id)

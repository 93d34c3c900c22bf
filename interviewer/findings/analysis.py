"""All that is known of an answer from its words: what was heard, what it costs, six lamps, one fix first."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.findings.finding import (
    DELIVERY,
    EVIDENCE,
    FATAL,
    LAMPS,
    LESSON,
    OWN_STEPS,
    START,
    TIME,
    Answer,
    Finding,
    Heard,
)
from interviewer.findings.said import (
    CueHeard,
    DisqualifierHeard,
    costly_phrases,
    cues_heard,
    disqualifiers_heard,
    missing_sections,
    missing_signals,
    signals_heard,
)
from interviewer.findings.steps import few_steps, own_verbs, steps_without_owner
from interviewer.findings.story import distance, loose_lesson
from interviewer.findings.times import late_problem, over_target, problem_reached
from interviewer.language.changes import changes
from interviewer.language.counts import Counts, counts
from interviewer.language.figures import Quote as Figure
from interviewer.language.figures import figures
from interviewer.language.speech import Quote, Speech
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.timing import SectionTime

MOST_OPEN = 5
"""So many findings are shown open; the rest wait behind a button."""

HOLDS, THIN, NOT_FOUND = "holds", "thin", "not found"
NOT_MEASURED = "not measured"
"""What is said of a lamp that cannot be told."""

Rule = Callable[[Answer], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    over_target,
    late_problem,
    missing_sections,
    missing_signals,
    distance,
    steps_without_owner,
    few_steps,
    loose_lesson,
)
"""Every rule that looks at the answer; `costly_phrases` looks at the pattern's list."""

LAMP_NAMES = {
    TIME: "Time",
    START: "Start",
    EVIDENCE: "Evidence",
    OWN_STEPS: "Own steps",
    LESSON: "Lesson",
    DELIVERY: "Delivery",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One of six. `state` is holds, thin or not found; empty where it cannot be told."""

    id: str
    state: str

    @property
    def name(self) -> str:
        return LAMP_NAMES[self.id]

    @property
    def words(self) -> str:
        """Its state as it is said everywhere."""
        return self.state or NOT_MEASURED


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the rules say of one answer at one level."""

    answer: Answer
    cues: tuple[CueHeard, ...]
    disqualifiers: tuple[DisqualifierHeard, ...]
    findings: tuple[Finding, ...]
    """The dearest first."""
    counts: Counts
    figures: tuple[Figure, ...]
    changes: tuple[Figure, ...]
    own_verbs: tuple[str, ...]
    problem: Quote | None
    """Where the problem was first said."""

    @property
    def signals(self) -> tuple[Heard, ...]:
        return tuple(heard for section in Section for heard in self.answer.signals.get(section, ()))

    @property
    def text(self) -> str:
        """The whole answer."""
        return whole_text(self.answer.speeches)

    def lamps(self, delivery_remarks: int | None = None) -> tuple[Lamp, ...]:
        """The six lamps. `delivery_remarks` counts what there is to say of the delivery; None where nobody listened."""
        return tuple(Lamp(lamp, self._lamp(lamp, delivery_remarks)) for lamp in LAMPS)

    def _lamp(self, lamp: str, delivery_remarks: int | None) -> str:
        if lamp == DELIVERY:
            return "" if delivery_remarks is None else THIN if delivery_remarks else HOLDS
        found = [finding for finding in self.findings if finding.lamp == lamp]
        if lamp == TIME:
            return "" if not self.answer.times else THIN if found else HOLDS
        if not self.answer.speeches:
            return ""
        needed = [
            heard for heard in self.signals if heard.signal.lamp == lamp and self.answer.level in heard.signal.levels
        ]
        if not any(heard.hearing for heard in needed):
            return NOT_FOUND
        return THIN if found else HOLDS

    def listener(self) -> str:
        """How a strict listener may take it: from named findings, never a prediction."""
        if not self.answer.speeches:
            return ""
        first = self.findings[0] if self.findings else None
        if first and first.weight >= FATAL and first.quote.text:
            return f"A strict listener stops at “{first.quote.text}”. {first.why}"
        missing = [finding for finding in self.findings if not finding.quote.text and finding.lamp != TIME]
        if missing:
            return f"A strict listener is still waiting for something. {missing[0].why}"
        if first:
            return f"A strict listener stumbles here. {first.why}"
        return "A strict listener finds every part they listen for, and goes on to the follow-ups."


def analyse(
    pattern: Pattern,
    level: Level,
    speeches: Mapping[Section, Speech],
    times: Sequence[SectionTime] = (),
    is_whole: bool = True,
    off: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
) -> Analysis:
    """Reads an answer. `times` is empty for a typed one; `off` are rules, or findings by key, that do not count."""
    told = {section: speeches[section] for section in Section if section in speeches and speeches[section].text.strip()}
    answer = Answer(pattern, level, told, tuple(times), is_whole, signals_heard(pattern, told))
    costly = disqualifiers_heard(pattern, told)
    found = [*costly_phrases(costly)]
    if told:
        for rule in rules:
            found += rule(answer)
    else:
        found += over_target(answer)
    fair = [finding for finding in found if finding.rule not in off and finding.key not in off]
    text = whole_text(told)
    return Analysis(
        answer,
        cues_heard(pattern, told),
        costly,
        tuple(sorted(fair, key=lambda finding: -finding.weight)),
        counts(text),
        figures(text),
        changes(text),
        own_verbs(answer),
        problem_reached(answer),
    )


def whole_text(speeches: Mapping[Section, Speech]) -> str:
    """All that was said, section after section."""
    return "\n".join(speeches[section].text for section in Section if section in speeches)

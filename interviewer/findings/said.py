"""What was said that costs belief, and what was not said that would have earned it. Both come from the pattern file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.findings.finding import (
    EVIDENCE,
    FATAL,
    GRAVE,
    LESSON,
    NOTHING,
    OWN_STEPS,
    SERIOUS,
    SMALL,
    START,
    USUAL,
    Answer,
    Finding,
    Heard,
)
from interviewer.language.cues import NOT_HEARD, Hearing, everywhere, listen
from interviewer.language.speech import Quote, Speech
from interviewer.pattern import Disqualifier, Pattern, Phrase, Section

LAMP_OF_SECTION = {
    Section.SITUATION: START,
    Section.TASK: START,
    Section.ACTION: OWN_STEPS,
    Section.RESULT: EVIDENCE,
    Section.REFLECTION: LESSON,
}

ALSO_IN = {Section.SITUATION: (Section.TASK,), Section.TASK: (Section.SITUATION,), Section.RESULT: ()}
"""Where else a signal counts: many say whose job it was before they are asked."""

MISSING_WEIGHTS = {"no_scope": SERIOUS + 6, "no_figure": SERIOUS + 4, "no_lesson": SERIOUS, "no_one_else": USUAL}


@dataclass(frozen=True, slots=True)
class CueHeard:
    """One cue phrase of the pattern's own story, and where it was said."""

    section: Section
    phrase: str
    hearing: Hearing
    quote: Quote

    @property
    def name(self) -> str:
        return self.phrase


@dataclass(frozen=True, slots=True)
class DisqualifierHeard:
    """A phrase that costs belief, in the person's words."""

    disqualifier: Disqualifier
    section: Section
    quote: Quote


def cues_heard(pattern: Pattern, speeches: Mapping[Section, Speech]) -> tuple[CueHeard, ...]:
    """Every cue of the pattern, in its order: looked for in its own section first, then anywhere."""
    heard = []
    for section, guide in pattern.sections.items():
        for cue in guide.cues:
            hearing, quote = _first(cue, [section, *(each for each in Section if each is not section)], speeches)
            heard.append(CueHeard(section, cue.text, hearing, quote))
    return tuple(heard)


def signals_heard(pattern: Pattern, speeches: Mapping[Section, Speech]) -> dict[Section, tuple[Heard, ...]]:
    """Every signal of every section, heard or not."""
    return {
        section: tuple(
            Heard(section, signal, *_first(Phrase("", signal.says), (section, *ALSO_IN.get(section, ())), speeches))
            for signal in guide.signals
        )
        for section, guide in pattern.sections.items()
    }


def disqualifiers_heard(pattern: Pattern, speeches: Mapping[Section, Speech]) -> tuple[DisqualifierHeard, ...]:
    """Every phrase that costs belief, each time it is said. Doubtful words assert nothing."""
    found = []
    for disqualifier in pattern.disqualifiers:
        for section, speech in speeches.items():
            for hearing in everywhere(disqualifier.phrase, speech.sentences):
                said = hearing.said
                if said and not speech.is_doubtful(said.start, said.core[1]):
                    found.append(DisqualifierHeard(disqualifier, section, speech.quote(said.start, said.end)))
    return tuple(found)


def _first(phrase: Phrase, places: Sequence[Section], speeches: Mapping[Section, Speech]) -> tuple[Hearing, Quote]:
    best: tuple[Hearing, Quote] = (NOT_HEARD, NOTHING)
    for section in places:
        if section in speeches:
            hearing = listen(phrase, speeches[section].sentences)
            if hearing.said and (not best[0] or (hearing.heard == "literal" and best[0].heard != "literal")):
                best = hearing, speeches[section].quote(hearing.said.start, hearing.said.end)
                if hearing.heard == "literal" or section is places[0]:
                    break
    return best


def costly_phrases(heard: Sequence[DisqualifierHeard]) -> Iterator[Finding]:
    """One finding for each phrase of the list, at the first place it is said."""
    told: set[str] = set()
    for each in heard:
        phrase = each.disqualifier.phrase.text
        if phrase not in told:
            told.add(phrase)
            weight = FATAL if each.disqualifier.severity == "fatal" else SERIOUS
            lamp = LAMP_OF_SECTION[each.section]
            disqualifier = each.disqualifier
            yield Finding(phrase, each.section, each.quote, disqualifier.note, disqualifier.instead, lamp, weight)


def missing_signals(answer: Answer) -> Iterator[Finding]:
    """What a section that was told leaves out, at this level."""
    for section, heard in answer.signals.items():
        if not answer.has(section):
            continue
        for each in heard:
            if not each.hearing and answer.level in each.signal.levels:
                signal = each.signal
                weight = MISSING_WEIGHTS.get(signal.gap, SMALL + 10)
                yield Finding(signal.id, section, NOTHING, signal.why, signal.instead, signal.lamp, weight, signal.gap)


def missing_sections(answer: Answer) -> Iterator[Finding]:
    """Sections that were not found at all. Said as what was looked for, never as what was not given."""
    if not answer.is_whole:
        return
    for section in Section:
        if not answer.has(section):
            name = f"{'an' if section.title[0] in 'AEIOU' else 'a'} {section.title.lower()}"
            guide = answer.pattern.sections[section]
            gap = {Section.REFLECTION: "no_lesson", Section.RESULT: "no_figure", Section.TASK: "no_scope"}.get(
                section, ""
            )
            why = f"I did not find {name}."
            yield Finding(
                "missing-section", section, NOTHING, why, guide.coaching, LAMP_OF_SECTION[section], GRAVE - 4, gap
            )

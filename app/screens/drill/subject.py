"""What a drill is about: a section, a follow-up, or one sentence; what is asked, the target, an example to hear."""

import math
from dataclasses import dataclass

from app.state.settings import TARGET_SECONDS, Settings
from interviewer.interview import Turn
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.practice.drill import SENTENCE, USUAL_PACE


@dataclass(frozen=True, slots=True)
class Subject:
    """`example` is read aloud on request; empty without one."""

    turn: Turn
    heading: str
    example: str
    advice: str = ""
    """How the story is told for another principle; empty for its own."""

    @property
    def probe(self) -> str:
        """The follow-up's id; empty for the others."""
        return self.turn.key if self.turn.is_probe and self.turn.key != SENTENCE else ""


def section_subject(pattern: Pattern, settings: Settings, section: Section) -> Subject:
    """A section at the chosen level, with the person's own target if there is one."""
    guide, level = pattern.sections[section], Level(settings.level)
    target = pattern.targets(level, settings.own_targets(pattern.id, level))[section]
    turn = Turn(section.value, section, guide.prompt, target)
    variant = pattern.variant(settings.variant)
    example = guide.extra_examples.get(level, guide.example)
    return Subject(turn, f"Drill: {section.title}", example, variant.advice if variant else "")


def probe_subject(pattern: Pattern, probe_id: str) -> Subject:
    """One of the pattern's follow-ups."""
    probe = pattern.probe(probe_id)
    return Subject(Turn(probe.id, None, probe.text, probe.ceiling_seconds), "Drill: a follow-up", probe.strong)


def sentence_subject(text: str) -> Subject:
    """One sentence, in the time it takes at an unhurried pace, rounded up to five seconds."""
    seconds = 5 * math.ceil(60 * len(text.split()) / USUAL_PACE / 5)
    target = float(max(TARGET_SECONDS[0], seconds))
    return Subject(Turn(SENTENCE, None, text, target), "Say it now", text)

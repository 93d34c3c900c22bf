"""What the debrief shows of a session's words: the analysis, where each follow-up leans, and the first sentence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.settings import Settings
from interviewer.analysis import Analysis
from interviewer.bar import BarLine, bar_lines
from interviewer.debrief import verdict_sentence
from interviewer.delivery import PROFILES
from interviewer.findings.finding import Heard
from interviewer.findings.said import CueHeard
from interviewer.pattern import GapProbe, Pattern, Probe, Section, Variant
from interviewer.probing import Leaning, leaning
from interviewer.reading import Spoken, probe_text, read_delivery, read_session, speeches_of
from interviewer.session import Session, Story
from interviewer.telling import Telling, telling
from interviewer.timing import RATE_HZ, clock_text


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One line of a section's list: what was listened for, whether it was heard, and when."""

    text: str
    heard: str | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class VariantShares:
    """One variant and what it got in this telling, and in the one before if there was one."""

    variant: Variant
    now: Telling
    before: Telling | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the words of a session say, ready to be shown. `is_whole` once every section has its words."""

    analysis: Analysis
    leanings: Mapping[str, Leaning]
    verdict: str
    is_whole: bool
    story: Story
    delivery_remarks: int | None
    disputed_often: Collection[str]
    variants: tuple["VariantShares", ...] = ()
    told_for: str = ""
    spoken: Spoken | None = None
    bar: tuple[BarLine, ...] = ()

    def heard(self, section: Section) -> tuple[HeardLine, ...]:
        """The cues of the pattern's own story, or the signals of one's own."""
        if section not in self.analysis.answer.speeches:
            return ()
        lines: list[CueHeard | Heard] = [each for each in self.analysis.cues if each.section is section]
        if self.story is Story.OWN:
            lines = [each for each in self.analysis.signals if each.section is section]
        return tuple(
            HeardLine(
                each.phrase if isinstance(each, CueHeard) else each.signal.name, each.hearing.heard, each.quote.start
            )
            for each in lines
        )


def read(
    pattern: Pattern,
    session: Session,
    before: Session | None,
    settings: Settings,
) -> Reading:
    """Reads a session, beside the telling before it. Takes some milliseconds."""
    analysis = read_session(pattern, session, settings.rules_off)
    spoken = read_delivery(session, PROFILES[settings.profile])
    probes: tuple[Probe | GapProbe, ...] = (*pattern.probes, *pattern.gap_probes)
    answered = {probe.id: probe_text(session, probe.id) for probe in probes}
    leanings = {
        probe_id: leaning(pattern, pattern.any_probe(probe_id), text) for probe_id, text in answered.items() if text
    }
    return Reading(
        analysis,
        leanings,
        _verdict(session, analysis),
        bool(speeches_of(session)),
        session.story,
        len(spoken.delivery.remarks()) if spoken else None,
        settings.disputed_often,
        tuple(_shares(variant, session, before) for variant in pattern.variants),
        settings.variant,
        spoken,
        bar_lines(pattern, session.level, analysis),
    )


def _shares(variant: Variant, session: Session, before: Session | None) -> VariantShares:
    earlier = telling(variant, speeches_of(before)) if before and speeches_of(before) else None
    return VariantShares(variant, telling(variant, speeches_of(session)), earlier)


def _verdict(session: Session, analysis: Analysis) -> str:
    """The first line: what the times say and, when the Situation ran over, where the problem was first said."""
    sentence = "" if session.typed else verdict_sentence(session)
    situation = next(iter(session.section_times()))
    if not session.typed and situation.over_seconds and analysis.problem and analysis.problem.start is not None:
        found = session.take_of(Section.SITUATION)
        began = found[1].start / RATE_HZ if found else 0.0
        sentence += f" The problem was first said at {clock_text(analysis.problem.start - began)}."
    elif session.typed:
        sentence = "A typed answer has no times; this is what its words prove."
    return sentence

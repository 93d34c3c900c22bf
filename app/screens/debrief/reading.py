"""What the debrief shows of a session's words: the analysis, where each follow-up leans, how it was spoken."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer

from app.state.bridge import Disk
from app.state.settings import Settings
from interviewer.findings.analysis import Analysis
from interviewer.findings.bar import BarLine, bar_lines
from interviewer.findings.delivery import PROFILES
from interviewer.findings.finding import Heard
from interviewer.findings.probing import Leaning, leaning
from interviewer.findings.said import CueHeard
from interviewer.findings.session_reading import (
    Spoken,
    essence,
    has_words,
    probe_text,
    read_delivery,
    read_session,
    speeches_of,
)
from interviewer.findings.telling import Telling, telling
from interviewer.pattern import GapProbe, Pattern, Probe, Section, Variant
from interviewer.session import Session, Story
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
    problem: str
    """Where the problem was first said, when the Situation ran over; else empty."""
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
    """Reads a session, beside the telling before it. Takes some 20 ms for three minutes, and grows as they do."""
    told = speeches_of(session)
    earlier = speeches_of(before) if before else {}
    analysis = read_session(pattern, session, settings.rules_off, told)
    spoken = read_delivery(session, PROFILES[settings.profile])
    probes: tuple[Probe | GapProbe, ...] = (*pattern.probes, *pattern.gap_probes)
    answered = {probe.id: probe_text(session, probe.id) for probe in probes}
    leanings = {
        probe_id: leaning(pattern, pattern.any_probe(probe_id), text) for probe_id, text in answered.items() if text
    }
    return Reading(
        analysis,
        leanings,
        _problem(session, analysis),
        bool(told),
        session.story,
        len(spoken.delivery.remarks()) if spoken else None,
        settings.disputed_often,
        tuple(
            VariantShares(variant, telling(variant, told), telling(variant, earlier) if earlier else None)
            for variant in pattern.variants
        ),
        settings.variant,
        spoken,
        bar_lines(pattern, session.level, analysis),
    )


def _problem(session: Session, analysis: Analysis) -> str:
    situation, problem = session.section_times()[0], analysis.problem
    found = session.take_of(Section.SITUATION)
    if not situation.over_seconds or not found or problem is None or problem.start is None:
        return ""
    return f"The problem was first said at {clock_text(problem.start - found[1].start / RATE_HZ)}."


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a reading rests on: equal ones give equal readings. Values that change nothing are left out of it."""

    pattern: Pattern
    session: Session
    before: Session | None
    settings: Settings

    @classmethod
    def of(cls, pattern: Pattern, session: Session, before: Session | None, settings: Settings) -> "Basis":
        known = replace(
            Settings(),
            rules_off=settings.rules_off,
            disputed=settings.disputed,
            profile=settings.profile,
            variant=settings.variant,
        )
        return cls(pattern, essence(session), essence(before) if before else None, known)

    def read(self) -> Reading | None:
        """On any thread. None without any words."""
        if not has_words(self.session):
            return None
        return read(self.pattern, self.session, self.before, self.settings)

    def read_after(self, other: "Basis", reading: Reading) -> Reading | None:
        """The same, when `reading` is that of the `other` one. Whether a sound was an um changes the delivery alone."""
        if self == other:
            return reading
        if replace(self, session=replace(self.session, sounds=other.session.sounds)) != other:
            return self.read()
        spoken = read_delivery(self.session, PROFILES[self.settings.profile])
        return replace(reading, spoken=spoken, delivery_remarks=len(spoken.delivery.remarks()) if spoken else None)


class Reader(QObject):
    """Reads what is shown, on a thread of its own, and hands it over on the GUI thread, where it is asked.

    It begins once what was changed has been painted. What is no longer wanted is not begun, or dropped.
    """

    def __init__(self, works: Disk, show: Callable[[Reading | None], None]) -> None:
        super().__init__()
        self._works = works
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._begin)
        self._show = show
        self._wanted: Basis | None = None
        self._last: tuple[Basis, Reading] | None = None

    def forget(self) -> None:
        """Something else is shown now; what is asked for next is handed over in any case."""
        self._wanted = None

    def ask(self, basis: Basis) -> None:
        """Nothing comes where nothing has changed that a reading rests on."""
        if basis != self._wanted:
            self._wanted = basis
            self._painted.start()

    def _begin(self) -> None:
        basis, last = self._wanted, self._last

        def work() -> Reading | None:
            if basis is None or self._wanted is not basis:
                return None
            return basis.read_after(*last) if last else basis.read()

        self._works.do(work, lambda reading: self._done(basis, reading))

    def _done(self, basis: Basis | None, reading: Reading | None) -> None:
        if basis and self._wanted is basis:
            self._last = (basis, reading) if reading else None
            self._show(reading)

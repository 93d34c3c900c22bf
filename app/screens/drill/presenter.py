"""The drill's screen: what is drilled there, chosen on its page or brought from another screen."""

from app.screens.drill.drilling import Drilling
from app.screens.drill.page import DrillPage
from app.screens.drill.sessions import DrillSessions
from app.screens.drill.subject import Subject, probe_subject, section_subject, sentence_subject
from app.screens.screen import Screen, Way
from app.screens.services import Services
from interviewer.pattern import Pattern, Section


class Drill(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: DrillPage, services: Services, way: Way, sessions: DrillSessions) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._subject: Subject | None = None
        self.drilling = drilling = Drilling(page.panel, sessions, services)
        page.back_wished.connect(way.back)
        page.section_chosen.connect(lambda section: drilling.choose(self._section(section)))
        page.probe_chosen.connect(lambda probe: drilling.choose(probe_subject(self._pattern, probe)))
        drilling.subject_changed.connect(page.show_subject)
        drilling.subject_changed.connect(self._remember)
        drilling.recording_changed.connect(page.show_recording)

    def open(self, what: Section | str | None = None) -> None:
        """A section, or a sentence to say; or else what was drilled last."""
        if self._services.pattern is None:
            return  # not read yet
        if what:
            self._subject = sentence_subject(what) if isinstance(what, str) else self._section(what)
        self.ready.emit()

    def enter(self) -> None:
        self._page.show_probes([(probe.id, probe.text) for probe in self._pattern.probes])
        self._page.show_private(self._services.preferences.is_private)
        self.drilling.enter(self._subject_now())

    def leave(self) -> None:
        self.drilling.leave()

    def _remember(self, subject: Subject) -> None:
        self._subject = subject

    def _subject_now(self) -> Subject:
        """What was drilled last, as it is at the chosen pattern and level; the Result at first."""
        subject, pattern = self._subject, self._pattern
        if subject is None:
            return self._section(Section.RESULT)
        if subject.turn.section:
            return self._section(subject.turn.section)
        if subject.probe:
            is_there = subject.probe in [probe.id for probe in pattern.probes]
            return probe_subject(pattern, subject.probe) if is_there else self._section(Section.RESULT)
        return subject

    def _section(self, section: Section) -> Subject:
        return section_subject(self._pattern, self._services.preferences.settings, section)

    @property
    def _pattern(self) -> Pattern:
        pattern = self._services.pattern
        assert pattern
        return pattern

"""Learn filled: the chosen pattern at the chosen level, examples read aloud, practice and own lines kept."""

from dataclasses import replace

from app.screens.drill.drilling import Drilling
from app.screens.drill.sessions import DrillSessions
from app.screens.drill.subject import Subject, probe_subject, section_subject, sentence_subject
from app.screens.learn.page import LearnPage, Lesson
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.sound.asking import Asking
from interviewer.findings.said import CueHeard, cues_heard
from interviewer.language.speech import Speech
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.practice.practice_book import Practice, PracticeBook


class Learn(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: LearnPage, services: Services, way: Way, sessions: DrillSessions) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._preferences = services.preferences
        self._book = PracticeBook(services.folders.data)
        self._practice: dict[str, Practice] = {}
        self._shown: tuple[Pattern, Level, dict[Section, float]] | None = None
        self._asking = Asking(services.lease, services.saying)
        self._asking.trouble.connect(way.say)
        self._asking.ended.connect(lambda: page.show_reading(""))
        self.drilling = Drilling(page.panel, sessions, services)
        page.read_wished.connect(self._read_aloud)
        page.level_chosen.connect(self._choose_level)
        page.line_written.connect(self._keep_line)
        page.practice_moved.connect(lambda item: self._keep(replace(self._record, at=item)))
        page.practice_answered.connect(lambda *answer: self._keep(self._record.answered(*answer)))
        page.back_wished.connect(lambda: way.go("home"))
        page.sentence_wished.connect(lambda text: self._drill(sentence_subject(text)))
        page.section_wished.connect(self._drill_section)
        page.probe_wished.connect(self._drill_probe)
        page.drill_closed.connect(self.drilling.leave)
        self.drilling.recording_changed.connect(lambda is_so: self._stop_reading() if is_so else None)
        services.inventory.changed.connect(self._refill)

    def start(self) -> None:
        self._services.disk.do(self._book.read, self._practice.update, "reading where practice was left")

    def open(self, part: str = "") -> None:
        """At a part of the pattern, or where it was left."""
        if self._services.pattern is None:
            return  # not read yet
        self.ready.emit()
        if part:
            self._page.scroll_to(part)

    def enter(self) -> None:
        """Fills the page if it shows something else."""
        settings, pattern = self._preferences.settings, self._services.pattern
        if pattern is None:
            return
        level = Level(settings.level)
        targets = pattern.targets(level, settings.own_targets(pattern.id, level))
        if self._shown != (pattern, level, targets):
            self._shown = pattern, level, targets
            self._page.show_lesson(self._lesson(pattern, level, targets))

    def leave(self) -> None:
        self._page.close_drill()
        self._stop()

    def _refill(self) -> None:
        """There are other patterns, perhaps the first ones: a page that was opened before them is filled."""
        if self._way.shown == "learn":
            self.enter()

    def _drill_section(self, section: Section) -> None:
        if pattern := self._services.pattern:
            self._drill(section_subject(pattern, self._preferences.settings, section))

    def _drill_probe(self, probe: str) -> None:
        if pattern := self._services.pattern:
            self._drill(probe_subject(pattern, probe))

    def _drill(self, subject: Subject) -> None:
        """Below the card that asks for it; what is being said there now comes first."""
        if self.drilling.is_recording:
            return
        self._stop()
        self._page.open_drill()
        self.drilling.enter(subject)

    def _stop(self) -> None:
        """Reads no more aloud."""
        self._stop_reading()
        self._services.pace.give_back()

    @property
    def _record(self) -> Practice:
        return self._practice.get(self._preferences.settings.pattern, Practice())

    def _lesson(self, pattern: Pattern, level: Level, targets: dict[Section, float]) -> Lesson:
        settings = self._preferences.settings
        examples = {
            section: Speech.typed(guide.extra_examples.get(level, guide.example))
            for section, guide in pattern.sections.items()
        }
        cues = cues_heard(pattern, examples)
        marked = {
            section: {
                cue.phrase: _literal(speech.text, cue) for cue in cues if cue.section is section and cue.hearing.heard
            }
            for section, speech in examples.items()
        }
        start = f"{pattern.id}/"
        lines = {key.removeprefix(start): line for key, line in settings.key_lines.items() if key.startswith(start)}
        return Lesson(pattern, level, targets, marked, lines, self._record)

    def _read_aloud(self, text: str) -> None:
        """What is being read already ends instead."""
        if self._asking.prompt == text:
            self._stop_reading()
        elif not self.drilling.is_recording:
            self._services.pace.lend()
            self._asking.ask(text, speaks=True)
            self._page.show_reading(text)

    def _stop_reading(self) -> None:
        self._asking.stop()
        self._page.show_reading("")

    def _choose_level(self, level: Level) -> None:
        self._preferences.change(replace(self._preferences.settings, level=level.value))
        self.enter()

    def _keep_line(self, probe_id: str, line: str) -> None:
        settings = self._preferences.settings
        key = f"{settings.pattern}/{probe_id}"
        others = {name: text for name, text in settings.key_lines.items() if name != key}
        self._preferences.change(replace(settings, key_lines={**others, key: line.strip()} if line.strip() else others))

    def _keep(self, record: Practice) -> None:
        self._practice[self._preferences.settings.pattern] = record
        records = dict(self._practice)
        self._services.disk.do(lambda: self._book.write(records), doing="writing where practice was left")


def _literal(text: str, cue: CueHeard) -> str:
    """The words of a text that are the cue: its own wording where it stands there, else what was heard for it."""
    at = text.lower().find(cue.phrase.lower())
    return text[at : at + len(cue.phrase)] if at >= 0 else cue.quote.text

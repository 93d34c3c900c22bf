"""Learn filled: the chosen pattern at the chosen level, examples read aloud, practice and own lines kept."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.screens.learn.page import LearnPage, Lesson
from app.sound.asking import Asking
from app.sound.lease import Lease
from app.sound.pace import Pace
from app.sound.saying import Saying
from app.state.bridge import Disk
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from interviewer.findings.said import CueHeard, cues_heard
from interviewer.language.speech import Speech
from interviewer.pattern import Level, Pattern, Section
from interviewer.practice.practice_book import Practice, PracticeBook


class Learning(QObject):
    """Lives on the GUI thread."""

    notice = Signal(str)

    def __init__(
        self,
        page: LearnPage,
        lease: Lease,
        saying: Saying,
        inventory: Inventory,
        preferences: Preferences,
        book: PracticeBook,
        disk: Disk,
        pace: Pace,
        is_recording: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._page = page
        self._inventory = inventory
        self._preferences = preferences
        self._book = book
        self._disk = disk
        self._pace = pace
        self._is_recording = is_recording
        self._practice: dict[str, Practice] = {}
        self._shown: tuple[Pattern, Level, dict[Section, float]] | None = None
        self._asking = Asking(lease, saying)
        self._asking.trouble.connect(self.notice)
        self._asking.ended.connect(lambda: page.show_reading(""))
        page.read_wished.connect(self._read_aloud)
        page.level_chosen.connect(self._choose_level)
        page.line_written.connect(self._keep_line)
        page.practice_moved.connect(lambda item: self._keep(replace(self._record, at=item)))
        page.practice_answered.connect(lambda *answer: self._keep(self._record.answered(*answer)))

    def read(self) -> None:
        """Reads where practice was left."""
        self._disk.do(self._book.read, self._practice.update, "reading where practice was left")

    def show(self, part: str = "") -> None:
        """Fills the page if it shows something else, and goes to a part."""
        settings = self._preferences.settings
        pattern, level = self._inventory.pattern(settings.pattern), Level(settings.level)
        if pattern is None:
            return
        targets = pattern.targets(level, settings.own_targets(pattern.id, level))
        if self._shown != (pattern, level, targets):
            self._shown = pattern, level, targets
            self._page.show_lesson(self._lesson(pattern, level, targets))
        if part:
            self._page.scroll_to(part)

    def stop(self) -> None:
        """Reads no more aloud."""
        self.stop_reading()
        self._pace.give_back()

    def stop_reading(self) -> None:
        """The same while the page stays: nothing is read into a recording."""
        self._asking.stop()
        self._page.show_reading("")

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
            self.stop_reading()
        elif not self._is_recording():
            self._pace.lend()
            self._asking.ask(text, speaks=True)
            self._page.show_reading(text)

    def _choose_level(self, level: Level) -> None:
        self._preferences.change(replace(self._preferences.settings, level=level.value))
        self.show()

    def _keep_line(self, probe_id: str, line: str) -> None:
        settings = self._preferences.settings
        key = f"{settings.pattern}/{probe_id}"
        others = {name: text for name, text in settings.key_lines.items() if name != key}
        self._preferences.change(replace(settings, key_lines={**others, key: line.strip()} if line.strip() else others))

    def _keep(self, record: Practice) -> None:
        self._practice[self._preferences.settings.pattern] = record
        records = dict(self._practice)
        self._disk.do(lambda: self._book.write(records), doing="writing where practice was left")


def _literal(text: str, cue: CueHeard) -> str:
    """The words of a text that are the cue: its own wording where it stands there, else what was heard for it."""
    at = text.lower().find(cue.phrase.lower())
    return text[at : at + len(cue.phrase)] if at >= 0 else cue.quote.text

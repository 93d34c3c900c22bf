"""The ways to practise beside the interview: Today's suggestion, the principles, Learn, Test and Drill."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.archive import Archive
from app.bridge import Disk
from app.drill_subject import Subject, probe_subject, section_subject, sentence_subject
from app.drilling import Drilling
from app.folders import Folders
from app.hearing import Hearing
from app.inventory import Inventory
from app.learning import Learning
from app.main_window import MainWindow
from app.page import Page
from app.preferences import Preferences
from app.principles_page import PrincipleRow
from app.quizzing import Quizzing
from app.stories import Stories
from audio.sound_card import SoundCard
from audio.sound_events import Played, SoundEvent
from audio.voice import Said, Voice
from content.principles import principles
from interviewer.pattern import Pattern
from interviewer.practice import PracticeBook
from interviewer.quiz import QuizShelf
from interviewer.session import Session
from interviewer.store import Store
from interviewer.suggestion import Mode, Suggestion, suggest


class Modes(QObject):
    """Lives on the GUI thread; built once."""

    page_wished = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        folders: Folders,
        archive: Archive,
        inventory: Inventory,
        preferences: Preferences,
        hearing: Hearing,
        stories: Stories,
        sound: SoundCard,
        voice: Voice,
        disk: Disk,
    ) -> None:
        super().__init__()
        self._window = window
        self._inventory = inventory
        self._preferences = preferences
        self._stories = stories
        self._sessions: tuple[Session, ...] = ()
        self._suggestion: Suggestion | None = None
        self._came_from: Page = window.home
        known = (inventory, preferences)
        self._drilling = Drilling(window.drill, sound, voice, archive, hearing, *known, lambda: window.home.is_private)
        self._learning = Learning(window.learn, sound, voice, *known, PracticeBook(folders.data), disk)
        self.quizzing = Quizzing(window.quiz, QuizShelf(folders.data), Store(folders.data), *known, disk)
        self._connect()
        archive.listed.connect(self._list)
        inventory.changed.connect(self._suggest)
        self.quizzing.changed.connect(self._suggest)
        preferences.changed.connect(lambda before, after: self._suggest())

    def _connect(self) -> None:
        window = self._window
        home, learn = window.home, window.learn
        home.mode_wished.connect(self._open)
        home.principles_wished.connect(lambda: self.page_wished.emit(window.principles))
        home.interview_changed.connect(self._keep_date)
        for signal, page in (
            (window.principles.back_wished, home),
            (window.principles.stories_wished, window.stories),
            (learn.back_wished, home),
            (window.quiz.back_wished, home),
        ):
            signal.connect(lambda page=page: self.page_wished.emit(page))
        window.drill.back_wished.connect(lambda: self.page_wished.emit(self._came_from))
        window.principles.learn_wished.connect(self._learn)
        window.quiz.learn_wished.connect(self._look_up)
        window.debrief.findings.say_wished.connect(self._say)
        learn.sentence_wished.connect(self._say)
        learn.section_wished.connect(
            lambda section: self._drill(section_subject(self._pattern(), self._preferences.settings, section))
        )
        learn.probe_wished.connect(lambda probe: self._drill(probe_subject(self._pattern(), probe)))

    def start(self) -> None:
        """Reads tests and practice."""
        self.quizzing.read()
        self._learning.read()
        self._window.home.show_interview(self._preferences.settings.interview)

    def show(self, page: Page) -> None:
        """A page of these comes to the front."""
        window = self._window
        if page is window.drill:
            self._drilling.enter()
        elif page is window.learn:
            self._learning.show()
        elif page is window.quiz:
            self.quizzing.show()
        elif page is window.principles:
            window.principles.show_rows(self._rows())

    def leave(self, page: Page) -> None:
        """Another page comes in place of this one."""
        if page is self._window.drill:
            self._drilling.leave()
        elif page is self._window.learn:
            self._learning.stop()

    def takes(self, event: SoundEvent | Said) -> bool:
        """Whether an event of the sound card or the voice is meant for one of these; then it is taken."""
        if self._drilling.is_active or self._drilling.owns(event):
            self._drilling.dispatch(event)
            return True
        if self._window.page is self._window.learn and isinstance(event, Said | Played):
            self._learning.dispatch(event)
            return True
        return False

    # Where to

    def _open(self, mode: Mode) -> None:
        window = self._window
        if mode is Mode.DRILL:
            section = self._suggestion.section if self._suggestion else None
            self._drill(section_subject(self._pattern(), self._preferences.settings, section) if section else None)
        else:
            self.page_wished.emit(window.learn if mode is Mode.LEARN else window.quiz)

    def _learn(self, pattern_id: str) -> None:
        self._preferences.change(replace(self._preferences.settings, pattern=pattern_id))
        self.page_wished.emit(self._window.learn)

    def _look_up(self, part: str) -> None:
        self.page_wished.emit(self._window.learn)
        self._learning.show(part)

    def _say(self, text: str) -> None:
        self._drill(sentence_subject(text))

    def _drill(self, subject: Subject | None) -> None:
        if subject:
            self._drilling.choose(subject)
        self._came_from = self._window.page
        self.page_wished.emit(self._window.drill)

    # Today

    def _list(self, sessions: tuple[Session, ...]) -> None:
        self._sessions = sessions
        self._suggest()

    def _suggest(self) -> None:
        pattern = self._inventory.pattern(self._preferences.settings.pattern)
        if pattern:
            whole = [each for each in self._sessions if each.pattern == pattern.id and not each.drill]
            self._suggestion = suggest(whole, self.quizzing.last_verdict(pattern))
            self._window.home.show_suggestion(self._suggestion)

    def _keep_date(self, interview: str) -> None:
        self._preferences.change(replace(self._preferences.settings, interview=interview))

    def _rows(self) -> list[PrincipleRow]:
        patterns = {pattern.principle: pattern for pattern in self._inventory.library.patterns.values()}
        return [self._row(each.name, each.meaning, patterns.get(each.name)) for each in principles()]

    def _row(self, name: str, meaning: str, pattern: Pattern | None) -> PrincipleRow:
        stories = sum(name in story.principles for story in self._stories.all)
        if pattern is None:
            return PrincipleRow(name, meaning, "", "", (), "", stories)
        told = [each for each in self._sessions if each.pattern == pattern.id]
        practised = f"Last practised {told[0].started.replace('T', ', ')}" if told else ""
        best = max((each for each in told if not each.drill and not each.typed), key=_quality, default=None)
        test = self.quizzing.last_verdict(pattern)
        times = best.section_times() if best else ()
        return PrincipleRow(name, meaning, pattern.id, practised, times, test.title if test else "", stories)

    def _pattern(self) -> Pattern:
        return self._inventory.library.patterns[self._preferences.settings.pattern]


def _quality(session: Session) -> tuple[int, float]:
    """The take with most sections spoken inside their targets; of two the one that is less over."""
    times = session.section_times()
    inside = sum(bool(time.seconds) and time.over_seconds <= 0 for time in times)
    return inside, -sum(max(0.0, time.over_seconds) for time in times)

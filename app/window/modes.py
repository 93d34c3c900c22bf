"""The ways to practise beside the interview: Today's suggestion, the principles, Learn, Test and Drill."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.look.page import Page
from app.screens.drill.drilling import Drilling
from app.screens.drill.panel import DrillPanel
from app.screens.drill.sessions import DrillSessions
from app.screens.drill.subject import Subject, probe_subject, section_subject, sentence_subject
from app.screens.learn.presenter import Learning
from app.screens.principles.page import PrincipleRow
from app.screens.quiz.presenter import Quizzing
from app.sound.hearing import Hearing
from app.sound.lease import Lease
from app.sound.pace import Pace
from app.sound.saying import Saying
from app.state.archive import Archive
from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.history import History
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from app.state.session_index import Library
from app.state.story_bank import Stories
from app.window.main_window import MainWindow
from content.principles import principles
from interviewer.disk.store import Store
from interviewer.pattern import Pattern, Section
from interviewer.practice.practice_book import PracticeBook
from interviewer.practice.quiz_shelf import QuizShelf
from interviewer.practice.suggestion import Mode, Suggestion, suggest


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
        library: Library,
        stories: Stories,
        lease: Lease,
        saying: Saying,
        disk: Disk,
    ) -> None:
        super().__init__()
        self._window = window
        self._inventory = inventory
        self._preferences = preferences
        self._stories = stories
        self._history = History(library, Store(folders.data), archive, inventory)
        self._suggestion: Suggestion | None = None
        self._subject: Subject | None = None
        known = (inventory, preferences)
        pace = Pace(archive, preferences, saying)

        sessions = DrillSessions(archive, *known, lambda: window.home.is_private)

        def drilling(panel: DrillPanel) -> Drilling:
            return Drilling(panel, sessions, lease, saying, archive, hearing, preferences, pace)

        self._drilling = drilling(window.drill.panel)
        self._in_learn = drilling(window.learn.panel)
        book, in_learn = PracticeBook(folders.data), self._in_learn
        self._learning = Learning(window.learn, lease, saying, *known, book, disk, pace, lambda: in_learn.is_recording)
        self.quizzing = Quizzing(window.quiz, QuizShelf(folders.data), *known, disk)
        self._connect()
        self._history.changed.connect(self._refresh)
        self.quizzing.changed.connect(self._refresh)
        inventory.changed.connect(self._refill)
        preferences.changed.connect(lambda before, after: self._suggest())

    def _connect(self) -> None:
        window = self._window
        home, learn, drill = window.home, window.learn, window.drill
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
        drill.back_wished.connect(lambda: self.page_wished.emit(None))
        drill.section_chosen.connect(lambda section: self._drilling.choose(self._section(section)))
        drill.probe_chosen.connect(lambda probe: self._drilling.choose(probe_subject(self._pattern(), probe)))
        self._drilling.subject_changed.connect(drill.show_subject)
        self._drilling.subject_changed.connect(self._remember)
        self._drilling.recording_changed.connect(drill.show_recording)
        window.principles.learn_wished.connect(self._learn)
        window.quiz.learn_wished.connect(self._look_up)
        window.debrief.findings.say_wished.connect(self._say)
        learn.sentence_wished.connect(lambda text: self._drill_in_place(sentence_subject(text)))
        learn.section_wished.connect(lambda section: self._drill_in_place(self._section(section)))
        learn.probe_wished.connect(lambda probe: self._drill_in_place(probe_subject(self._pattern(), probe)))
        learn.drill_closed.connect(self._in_learn.leave)
        self._in_learn.recording_changed.connect(lambda _: self._learning.stop_reading())
        self._learning.notice.connect(window.show_notice)

    def start(self) -> None:
        """Reads tests and practice."""
        self.quizzing.read()
        self._learning.read()

    def show(self, page: Page) -> None:
        """A page of these comes to the front."""
        window = self._window
        if page is window.drill:
            probes = self._pattern().probes
            window.drill.show_probes([(probe.id, probe.text) for probe in probes])
            window.drill.show_private(window.home.is_private)
            self._drilling.enter(self._subject_now())
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
            self._window.learn.close_drill()
            self._learning.stop()

    # Where to

    def _open(self, mode: Mode) -> None:
        window = self._window
        if self._inventory.pattern(self._preferences.settings.pattern) is None:
            return  # not read yet
        if mode is Mode.DRILL:
            suggested = self._suggestion.section if self._suggestion else None
            self._drill(self._section(suggested or Section.RESULT))
        elif mode is Mode.TEST:
            self.quizzing.show_start()
            self.page_wished.emit(window.quiz)
        else:
            self.page_wished.emit(window.learn)

    def _learn(self, pattern_id: str) -> None:
        self._preferences.change(replace(self._preferences.settings, pattern=pattern_id))
        self.page_wished.emit(self._window.learn)

    def _look_up(self, part: str) -> None:
        self.page_wished.emit(self._window.learn)
        self._learning.show(part)

    def _say(self, text: str) -> None:
        self._drill(sentence_subject(text))

    def _section(self, section: Section) -> Subject:
        return section_subject(self._pattern(), self._preferences.settings, section)

    def _remember(self, subject: Subject) -> None:
        self._subject = subject

    def _subject_now(self) -> Subject:
        """What was drilled last, as it is at the chosen pattern and level; the Result at first."""
        subject, pattern = self._subject, self._pattern()
        if subject is None:
            return self._section(Section.RESULT)
        if subject.turn.section:
            return self._section(subject.turn.section)
        if subject.probe:
            is_there = subject.probe in [probe.id for probe in pattern.probes]
            return probe_subject(pattern, subject.probe) if is_there else self._section(Section.RESULT)
        return subject

    def _drill(self, subject: Subject) -> None:
        self._subject = subject
        self.page_wished.emit(self._window.drill)

    def _drill_in_place(self, subject: Subject) -> None:
        """Below the card in Learn that asks for it; what is being said there now comes first."""
        if self._in_learn.is_recording:
            return
        self._learning.stop()
        self._window.learn.open_drill()
        self._in_learn.enter(subject)

    # Today

    def _refresh(self) -> None:
        """There is more history."""
        self._suggest()
        if self._window.page is self._window.principles:
            self._window.principles.show_rows(self._rows())

    def _refill(self) -> None:
        """There are other patterns, perhaps the first ones: a page that was opened before them is filled."""
        self._suggest()
        page, window = self._window.page, self._window
        if page in (window.learn, window.principles) or (page is window.quiz and not self.quizzing.is_under_way):
            self.show(page)

    def _suggest(self) -> None:
        pattern = self._inventory.pattern(self._preferences.settings.pattern)
        if pattern and self._history.is_known:
            self._suggestion = suggest(self._history.of(pattern.id).takes, self.quizzing.last_verdict(pattern))
            self._window.home.show_suggestion(self._suggestion)

    def _keep_date(self, interview: str) -> None:
        self._preferences.change(replace(self._preferences.settings, interview=interview))

    def _rows(self) -> list[PrincipleRow]:
        """The sixteen, each with the patterns there are of it; then patterns of one's own for anything else."""
        patterns = list(self._inventory.library.patterns.values())
        rows = []
        for each in principles():
            ours = [pattern for pattern in patterns if pattern.principle == each.name]
            names = [pattern.title for pattern in ours] if len(ours) > 1 else [each.name]
            rows += [
                self._row(name, each.meaning, pattern) for name, pattern in zip(names, ours or (None,), strict=True)
            ]
        known = {each.name for each in principles()}
        others = [pattern for pattern in patterns if pattern.principle not in known]
        return rows + [self._row(pattern.principle, pattern.meaning, pattern) for pattern in others]

    def _row(self, name: str, meaning: str, pattern: Pattern | None) -> PrincipleRow:
        stories = sum((pattern.principle if pattern else name) in story.principles for story in self._stories.all)
        if pattern is None:
            return PrincipleRow(name, meaning, "", "", (), "", stories)
        past, test = self._history.of(pattern.id), self.quizzing.last_verdict(pattern)
        practised = f"Last practised {past.last.replace('T', ', ')}" if past.last else ""
        times = past.best.section_times() if past.best else ()
        return PrincipleRow(name, meaning, pattern.id, practised, times, test.title if test else "", stories)

    def _pattern(self) -> Pattern:
        return self._inventory.library.patterns[self._preferences.settings.pattern]

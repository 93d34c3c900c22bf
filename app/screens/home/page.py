"""Home: choose a pattern and a level, start, and find what was recorded before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from app.look.choice_row import ChoiceRow
from app.look.download_row import DownloadRow
from app.look.key_hint import KeyTip
from app.look.keys import Keys
from app.look.page import Page
from app.look.text import button, card, check, clear, column, combo, label, row
from app.look.theme import Theme
from app.screens.home.interview_date import InterviewDate
from app.screens.home.mode_cards import ModeCards
from app.screens.home.notices import HomeNotices
from interviewer.findings.verdict_sentence import listed_sentence
from interviewer.level import Level
from interviewer.practice.suggestion import Mode, Suggestion
from interviewer.session import Session, Story

RECENT = 12
"""Sessions listed on Home."""


LITTLE_MINUTES = 30
"""Below this, Home says how much recording fits on the disk."""


@dataclass(frozen=True, slots=True)
class PatternRow:
    """One pattern to choose."""

    id: str
    principle: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One earlier session: when, what, and its verdict sentence. `can_go_on` when turns are left."""

    id: str
    when: str
    title: str
    verdict: str
    can_go_on: bool

    @classmethod
    def of(cls, session: Session) -> "SessionRow":
        private = " · private, in memory only" if session.is_private else ""
        title = f"{session.principle} · {session.level.title}{private}"
        when = session.started.replace("T", ", ")
        can_go_on = not session.is_closed and not session.drill
        return cls(session.id, when, title, listed_sentence(session), can_go_on)


class HomePage(Page):
    """Emits what the person wants to do; decides nothing."""

    mock_wished = Signal()
    session_wished = Signal(str)
    go_on_wished = Signal(str)
    microphone_wished = Signal()
    settings_wished = Signal()
    typing_wished = Signal()
    library_wished = Signal()
    story_changed = Signal(object)
    variant_changed = Signal(str)
    choice_changed = Signal(str, object)
    mode_wished = Signal(object)
    principles_wished = Signal()
    interview_changed = Signal(str)
    private_chosen = Signal(bool)
    """Whether the next session is to be private."""

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme)
        self._keys = keys
        self._patterns: tuple[PatternRow, ...] = ()
        self._variants: tuple[str, ...] = ("",)
        self.notices = HomeNotices()
        self.body.addWidget(label("Rehearse out loud", "title"))
        self.body.addWidget(
            label("It asks, you answer, and every section is timed. Nothing leaves this computer.", "muted", wraps=True)
        )
        self._date = InterviewDate()
        self._date.changed.connect(self.interview_changed)
        self.body.addWidget(self._date)
        self.body.addWidget(self.notices)
        self.body.addLayout(self._build_large_buttons())
        self._suggestion = label("", "finding", wraps=True)
        self.body.addWidget(self._suggestion)
        self._modes = ModeCards(keys)
        self._modes.chosen.connect(self._choose_mode)
        self.body.addWidget(self._modes)
        self.body.addWidget(self._build_choices())
        self._model = self._build_model()
        self.body.addWidget(self._model)
        everything = button("All sessions", "plain")
        everything.clicked.connect(self.library_wished)
        self.body.addLayout(row(label("Earlier sessions", "heading"), 1, everything))
        self._recent = column(spacing=8)
        self.body.addLayout(self._recent)
        self.body.addStretch(1)

    def _build_large_buttons(self) -> QLayout:
        self.start = button("Start the mock interview", "main")
        self.start.setEnabled(False)  # until the patterns have been read
        self.start.clicked.connect(lambda: self._choose_mode(Mode.MOCK))
        drill = button("Drill a section", "large")
        drill.clicked.connect(lambda: self.mode_wished.emit(Mode.DRILL))
        recordings = button("Review recordings", "large")
        recordings.clicked.connect(self.library_wished)
        for each, command in ((self.start, "home.mock"), (drill, "home.drill"), (recordings, "home.recordings")):
            KeyTip(each, self._keys, command)
        return row(self.start, drill, recordings, 1)

    def _build_choices(self) -> QWidget:
        frame, inside = card(spacing=12)
        self._pattern = combo("Pattern")
        self._pattern.currentIndexChanged.connect(self._chosen)
        self._meaning = label("", "muted", wraps=True)
        self._levels = ChoiceRow([(level.title, level) for level in Level], "Level")
        self._levels.chosen.connect(lambda _: self._chosen())
        self._story = ChoiceRow([("The pattern's story", Story.PATTERN), ("My own story", Story.OWN)], "Tell")
        self._story.chosen.connect(self.story_changed)
        typing = button("Type an answer")
        typing.clicked.connect(self.typing_wished)
        microphone = button("Check the microphone")
        microphone.clicked.connect(self.microphone_wished)
        settings = button("Settings")
        settings.clicked.connect(self.settings_wished)
        principles = button("All principles")
        principles.clicked.connect(self.principles_wished)
        KeyTip(microphone, self._keys, "everywhere.microphone")
        KeyTip(settings, self._keys, "everywhere.settings")
        KeyTip(principles, self._keys, "home.principles")
        inside.addWidget(label("Pattern", "label"))
        inside.addWidget(self._pattern)
        inside.addWidget(self._meaning)
        inside.addWidget(label("Level", "label"))
        inside.addLayout(row(self._levels, 1))
        inside.addWidget(label("Tell", "label"))
        inside.addLayout(row(self._story, 1))
        self._variant = combo("Tell it for")
        self._variant.activated.connect(lambda place: self.variant_changed.emit(self._variants[place]))
        inside.addLayout(row(label("Tell it for", "label"), self._variant, 1))
        self._shape = label("", "small", wraps=True)
        inside.addWidget(self._shape)
        self._room = label("", "warn", wraps=True)
        self._room.hide()
        inside.addWidget(self._room)
        self._private = check("Private session: in memory only, until you decide")
        self._private.toggled.connect(self.private_chosen)
        inside.addWidget(self._private)
        inside.addLayout(row(typing, principles, microphone, settings, 1))
        return frame

    def _build_model(self) -> QWidget:
        frame, inside = card("notice", 14)
        inside.addWidget(label("There is no speech model yet", "heading"))
        text = "Recording, timing and playback work without one. With one, your words appear, and are read for what "
        text += "they prove. It comes from the internet once; after that, nothing does."
        inside.addWidget(label(text, wraps=True))
        self.download = DownloadRow()
        inside.addWidget(self.download)
        frame.hide()
        return frame

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """What to do next, and why."""
        self._suggestion.setText(f"Next: {suggestion.mode.title}. {suggestion.reason}")
        self._modes.show_suggestion(suggestion)

    def show_interview(self, interview: str) -> None:
        """The date of the interview, ISO 8601, or empty."""
        self._date.show_date(interview)

    def show_model(self, is_there: bool) -> None:
        """Offers to fetch a speech model where there is none."""
        self._model.setVisible(not is_there)

    def show_patterns(self, patterns: Sequence[PatternRow], chosen: str, level: Level) -> None:
        """The patterns to choose from, and the last choices."""
        self._patterns = tuple(patterns)
        self._pattern.blockSignals(True)
        self._pattern.clear()
        self._pattern.addItems([pattern.principle for pattern in patterns])
        ids = [pattern.id for pattern in patterns]
        self._pattern.setCurrentIndex(ids.index(chosen) if chosen in ids else 0)
        self._pattern.blockSignals(False)
        self._levels.choose(level)
        self._meaning.setText(patterns[self._pattern.currentIndex()].meaning if patterns else "")
        if patterns and not self.start.isEnabled():
            self.start.setEnabled(True)
            if self.has_keys:
                self.start.setFocus()

    def show_story(self, story: Story) -> None:
        """Whose story is told: the pattern's, cue by cue, or one's own."""
        self._story.choose(story)

    def show_variants(self, own: str, principles: Sequence[str], chosen: str) -> None:
        """The principles that the story can be told for; `own` is the pattern's."""
        self._variants = ("", *(name for name in principles if name != own))
        self._variant.clear()
        self._variant.addItems([own, *self._variants[1:]])
        self._variant.setCurrentIndex(self._variants.index(chosen) if chosen in self._variants else 0)

    def show_shape(self, text: str) -> None:
        """What the chosen interview will be like."""
        self._shape.setText(text)

    def show_room(self, minutes: float) -> None:
        """How much recording fits on the disk, said only when it is little."""
        self._room.setVisible(minutes < LITTLE_MINUTES)
        self._room.setText(f"About {max(0, int(minutes))} minutes of recording will fit on the disk.")

    def show_sessions(self, sessions: Sequence[SessionRow]) -> None:
        """Earlier sessions, newest first."""
        clear(self._recent)
        if not sessions:
            self._recent.addWidget(
                label("Nothing recorded yet. The first take is the one to beat.", "muted", wraps=True)
            )
        for session in sessions[:RECENT]:
            self._recent.addWidget(self._session_card(session))

    def _session_card(self, session: SessionRow) -> QWidget:
        frame, inside = card(margin=14, spacing=4)
        open_it = button("Open", name=f"Open the session of {session.when}")
        open_it.clicked.connect(lambda: self.session_wished.emit(session.id))
        top = row(label(session.title), label(session.when, "small"), 1)
        if session.can_go_on:
            go_on = button("Go on", name=f"Go on with the session of {session.when}")
            go_on.clicked.connect(lambda: self.go_on_wished.emit(session.id))
            top.addWidget(go_on)
        top.addWidget(open_it)
        inside.addLayout(top)
        inside.addWidget(label(session.verdict, "muted", wraps=True))
        return frame

    def _choice(self) -> tuple[str, Level]:
        return self._patterns[self._pattern.currentIndex()].id, self._levels.value or Level.SDE2

    def _chosen(self) -> None:
        if self._patterns:
            self._meaning.setText(self._patterns[self._pattern.currentIndex()].meaning)
            self.choice_changed.emit(*self._choice())

    def _choose_mode(self, mode: Mode) -> None:
        if mode is not Mode.MOCK:
            self.mode_wished.emit(mode)
        elif self.start.isEnabled():
            self.mock_wished.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """What to do next is on top."""
        super().showEvent(event)
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single letters open a way to practise; a text field would have kept them."""
        command, _ = self._keys.pressed(event, "home")
        modes = {f"home.{mode.value}": mode for mode in Mode}
        if command in modes:
            self._choose_mode(modes[command])
        elif command == "home.recordings":
            self.library_wished.emit()
        elif command == "home.principles":
            self.principles_wished.emit()
        else:
            super().keyPressEvent(event)

    def take_escape(self) -> bool:
        return self._date.cancel()

    def first_focus(self) -> QWidget:
        return self.start

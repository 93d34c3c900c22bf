"""A session after it was spoken: what its times say, its sections with words and sound, its follow-ups, its player."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.look.fitted_text import FittedText
from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.page import Made, Page, Spread, Steps
from app.look.row import em
from app.look.section_bars import Bar, SectionBars
from app.look.text import label, laid_out_once, polished
from app.look.theme import Theme
from app.screens.debrief.answer_cards import AnswerCards
from app.screens.debrief.findings_view import FindingsView
from app.screens.debrief.player_bar import PlayerBar
from app.screens.debrief.private_notice import PrivateNotice
from app.screens.debrief.reading import Reading
from app.screens.debrief.session_actions import SessionActions
from app.screens.debrief.variant_card import TellingView
from app.screens.debrief.waveform import Picture
from app.state.settings import SPEEDS
from interviewer.disk.story_file import OwnStory
from interviewer.findings.session_reading import Sound
from interviewer.findings.verdict_sentence import session_sentence, total_time
from interviewer.interview import Turn
from interviewer.language.speech import Quote
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.stretches import heading_of, is_outside, others_of
from interviewer.timeline import Timeline
from interviewer.timing import RATE_HZ
from interviewer.transcript import Transcript, Word

LOW_EMS = 33
"""A page that is lower, in the measure of its text, has a player of one line."""

QUOTE_TAIL_SECONDS = 0.3
"""Word ends are early by a little; the last sound of a quote should be heard."""


class DebriefPage(Page):
    """Shows one session. Emits what to play; `play_wished` carries take id, first and last frame."""

    play_wished = Signal(str, int, int)
    sound_decided = Signal(object, bool)

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme)
        self._keys = keys
        self._session: Session | None = None
        self._model = ""
        self._coming = Spread(self)
        """What is built for a reading."""
        self._so_far: dict[str, Transcript] = {}
        self._sound: Sound | None = None
        self._timeline = Timeline(())
        self._follows = False
        """The page goes along with the sound; not while a quote is heard from where it stands."""
        self._heading = label("", "label")
        self._verdict = label("", "verdict", wraps=True)
        self._problem = label("", "muted", wraps=True)
        self._problem.hide()
        self._total = label("", "muted", wraps=True)
        self.session_actions = SessionActions(keys)
        self.findings = FindingsView()
        self.findings.hide()
        self.findings.play_wished.connect(self._play_quote)
        self._bars = SectionBars(theme)
        self.answers = AnswerCards(keys)
        self._bars.section_clicked.connect(self._play_section)
        self.answers.play_wished.connect(self._play_along)
        self.private = PrivateNotice()
        self.player = PlayerBar(theme, keys, SPEEDS)
        self.player.setParent(self)
        self.player.toggle_wished.connect(self._follow)
        self.player.grown.connect(self._place_player)
        self.body.addWidget(self.private)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._verdict)
        self.body.addWidget(self._problem)
        self.body.addWidget(self.session_actions)
        self.body.addWidget(self.findings)
        self._times_heading = label("Times", "heading")
        self.body.addWidget(self._times_heading)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._total)
        told = "{debrief.section} play a section · {listening.toggle} plays and stops · "
        told += "{listening.word} on a word plays from it · {everywhere.keys} all keys"
        self.body.addWidget(KeyHint(keys, told))
        self.body.addWidget(self.answers)
        self._outside = FittedText("What was said outside the sections")
        self.body.addWidget(self._outside)
        self._told = TellingView(keys)
        self._told.play_wished.connect(self._play_quote)
        self._told.decided.connect(self._decide)
        self.body.addWidget(self._told)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._bars.set_theme(theme)
        self.player.set_theme(theme)
        self._place_player()
        self.answers.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_player()

    def _place_player(self) -> None:
        """The player stays below while the rest scrolls."""
        is_low = self.height() < LOW_EMS * em()
        height = self.player.fit(self.width(), is_low) if self._timeline.pieces else 0
        self.player.setVisible(bool(height))
        self.setViewportMargins(0, 0, 0, height)
        self.player.setGeometry(0, self.height() - height, self.width(), height)

    def build(self, pattern: Pattern, turns: tuple[Turn, ...]) -> Made:
        """Makes what is needed to show a session of a pattern, a piece a step."""
        if not self._session:
            polished(self)
            yield None
        return (yield from self.answers.build(pattern, [turn.key for turn in turns if turn.is_probe], self.theme))

    def show_session(
        self, session: Session, pattern: Pattern, turns: tuple[Turn, ...], model: str, is_private: bool
    ) -> None:
        """A session from the top, once it has been built for. `model` names what hears now, empty without any."""
        self.private.setVisible(is_private)
        self.session_actions.away.setVisible(not is_private)
        self.forget_reading()
        self._session, self._model = session, model
        self._so_far = {}
        self.answers.begin(session, pattern, [turn.key for turn in turns if turn.is_probe])
        self._fill()
        self.verticalScrollBar().setValue(0)

    def forget_reading(self) -> None:
        """Nothing of another session's reading is seen or can be reached by a key."""
        self._coming.stop()
        self._sound = None
        self.findings.clear()
        self.findings.hide()
        self._problem.hide()
        self._told.clear()

    @property
    def session_id(self) -> str:
        """The session that is shown, empty before the first."""
        return self._session.id if self._session else ""

    def show_change(self, session: Session) -> None:
        """The same session with something more known: voice, words, or what the person changed."""
        if self._session and session.id == self._session.id:
            self._session = session
            self._fill()

    def show_stories(self, stories: Sequence[OwnStory]) -> None:
        """The person's stories, to name the one that is told here."""
        self.session_actions.show_stories(stories, self._session.story_id if self._session else "")

    def show_reading(self, reading: Reading, then: Callable[[], None]) -> None:
        """What the words prove and lack. It is made a piece at a time while what was read before is still shown, and
        comes all at once; then `then` is called."""

        self._coming.do(self._other_reading(reading), then)

    def _other_reading(self, reading: Reading) -> Steps:
        often, remarks = reading.disputed_often, reading.delivery_remarks
        show_findings = yield from self.findings.other_analysis(reading.analysis, remarks, often)
        show_answers = yield from self.answers.other_reading(reading)
        show_told = yield from self._told.other_reading(reading)
        with laid_out_once(self._middle, *self.answers.frames):
            self._problem.setText(reading.problem)
            self._problem.setVisible(bool(reading.problem))
            show_findings()
            self.findings.setVisible(reading.is_whole)
            show_answers()
            show_told()

    def show_words_so_far(self, session_id: str, take_id: str, transcript: Transcript) -> None:
        """Words of a take that is still being recognised."""
        if self._session and session_id == self._session.id:
            self._so_far[take_id] = transcript
            self._fill()

    def show_model(self, model: str) -> None:
        self._model = model
        if self._session:
            self._fill()

    # The sound

    def show_picture(self, picture: Picture) -> None:
        """What the player's wave looks like."""
        self._timeline = picture.timeline
        self.player.wave.show_picture(picture)
        self._place_player()

    @property
    def timeline(self) -> Timeline:
        """What the player's wave shows."""
        return self._timeline

    def show_position(self, position: int) -> None:
        """Where the sound is: the cursor, and the word under it."""
        piece, place = self._timeline.piece_at(position), self._timeline.place(position)
        name = "Nothing recorded" if piece is None else piece.section.title if piece.section else "Follow-up"
        self.player.show_position(position, self._timeline.frames, name)
        if place:
            card = self.answers.light(place.take, place.frame / RATE_HZ)
            if card and self._follows:
                self.ensureWidgetVisible(card, 0, 40)

    def chosen_word(self) -> tuple[str, Word] | None:
        """The take and the word that E puts right."""
        return self.answers.chosen_word()

    def _fill(self) -> None:
        assert self._session
        session = self._session
        when = session.started.replace("T", ", ") + (f" · {session.source}" if session.source else "")
        self._heading.setText(f"{session.principle} · {session.level.title} · {when}")
        self.setAccessibleName(f"Debrief. {self._heading.text()}")
        self.session_actions.levels.choose(session.level)
        self._verdict.setText(session_sentence(session))
        heard = [take for take in session.takes if take.is_finished and not take.recognised]
        can_hear = any(take.unheard or (take.transcript and take.transcript.model != self._model) for take in heard)
        self.session_actions.hear_again.setVisible(bool(self._model) and can_hear)
        times = session.section_times()
        for widget in (self._bars, self._total, self._times_heading):
            widget.setVisible(not session.typed)
        self._bars.show_bars([Bar(time, time.words) for time in times])
        self._total.setText(f"All five: {total_time(session).words}. Targets are ceilings: it is fine to be shorter.")
        others = [each for each in others_of(session) if is_outside(each) and each.words()]
        self._outside.show_marked(
            "\n\n".join(f"{heading_of(each)}:\n{' '.join(word.text for word in each.words())}" for each in others), ()
        )
        self._outside.setVisible(bool(others))
        self.answers.fill(session, self._so_far, bool(self._model))

    # Playing

    def _follow(self) -> None:
        self._follows = True

    def _play_section(self, section: Section) -> None:
        self.answers.play_section(section)

    def _play_along(self, take_id: str, start: int, end: int) -> None:
        self._follows = True
        self.play_wished.emit(take_id, start, end)

    def _play_quote(self, quote: Quote | Sound) -> None:
        self._sound = quote if isinstance(quote, Sound) else None
        self._follows = False
        if quote.take and quote.start is not None and quote.end is not None:
            end = round((quote.end + QUOTE_TAIL_SECONDS) * RATE_HZ)
            self.play_wished.emit(quote.take, round(quote.start * RATE_HZ), end)

    def _decide(self, sound: Sound, was_one: bool) -> None:
        """Once: what is heard now is decided, so a second key means nothing."""
        self._sound = None
        self.sound_decided.emit(sound, was_one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, place = self._keys.pressed(event, "debrief")
        if self._timeline.pieces and self.player.take_key(event):
            return
        if command == "debrief.section":
            self._play_section(list(Section)[place])
        elif command == "debrief.dispute":
            self.findings.dispute_first()
        elif command == "debrief.again":
            self.session_actions.again_wished.emit()
        elif command == "debrief.compare":
            self.session_actions.compare_wished.emit()
        elif self._sound and command in ("debrief.filler", "debrief.no_filler"):
            self._decide(self._sound, command == "debrief.filler")
        else:
            super().keyPressEvent(event)

    def take_escape(self) -> bool:
        was_asking = self.player.is_asking
        if was_asking:
            self.player.leave_word()
        return was_asking

"""A session after it was spoken: what its times say, its sections with words and sound, its follow-ups, its player."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.look.row import em
from app.page import Page
from app.reading import Reading
from app.theme import Theme
from app.widgets.answer_cards import AnswerCards
from app.widgets.delivery_card import DeliveryCard
from app.widgets.findings_view import FindingsView
from app.widgets.player_bar import PlayerBar
from app.widgets.private_notice import PrivateNotice
from app.widgets.section_bars import Bar, SectionBars
from app.widgets.section_card import VERDICT_WORDS, time_words
from app.widgets.session_actions import SessionActions
from app.widgets.text import clear, column, label
from app.widgets.variant_card import VariantCard
from app.widgets.waveform import Picture
from interviewer.debrief import total_time, verdict_sentence
from interviewer.interview import Turn
from interviewer.pattern import Pattern, Section
from interviewer.reading import Sound
from interviewer.session import Session
from interviewer.speech import Quote
from interviewer.storybank import OwnStory
from interviewer.timeline import Timeline
from interviewer.timing import RATE_HZ, clock_text
from interviewer.transcript import Transcript, Word

LOW_EMS = 33
"""A page that is lower, in the measure of its text, has a player of one line."""

QUOTE_TAIL_SECONDS = 0.3
"""Word ends are early by a little; the last sound of a quote should be heard."""


class DebriefPage(Page):
    """Shows one session. Emits what to play; `play_wished` carries take id, first and last frame."""

    play_wished = Signal(str, int, int)
    sound_decided = Signal(object, bool)

    def __init__(self, theme: Theme, speeds: tuple[float, ...]) -> None:
        super().__init__(theme)
        self._session: Session | None = None
        self._pattern: Pattern | None = None
        self._model = ""
        self._so_far: dict[str, Transcript] = {}
        self._reading: Reading | None = None
        self._sound: Sound | None = None
        self._timeline = Timeline(())
        self._follows = False
        """The page goes along with the sound; not while a quote is heard from where it stands."""
        self._heading = label("", "label")
        self._verdict = label("", "verdict", wraps=True)
        self._total = label("", "muted", wraps=True)
        self.session_actions = SessionActions()
        self.findings = FindingsView()
        self.findings.hide()
        self.findings.play_wished.connect(self._play_quote)
        self._bars = SectionBars(theme)
        self.answers = AnswerCards()
        self._bars.section_clicked.connect(self._play_section)
        self.answers.play_wished.connect(self._play_along)
        self.private = PrivateNotice()
        self.player = PlayerBar(theme, speeds)
        self.player.setParent(self)
        self.player.toggle_wished.connect(self._follow)
        self.player.grown.connect(self._place_player)
        self.body.addWidget(self.private)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._verdict)
        self.body.addWidget(self.session_actions)
        self.body.addWidget(self.findings)
        self._times_heading = label("Times", "heading")
        self.body.addWidget(self._times_heading)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._total)
        self._keys = "1 to 5 play a section · Space plays and stops · Enter on a word plays from it · F1 all keys"
        self.body.addWidget(label(self._keys, "small", wraps=True))
        self.body.addWidget(self.answers)
        self._variants = column()
        self.body.addLayout(self._variants)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._bars.set_theme(theme)
        self.player.set_theme(theme)
        self._place_player()
        if self._session and self._pattern:
            self.answers.build(self._session, self._pattern, self.answers.probe_ids, theme)
            self._fill()
            if self._reading:
                self.show_reading(self._reading)

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

    def show_session(
        self, session: Session, pattern: Pattern, turns: tuple[Turn, ...], model: str, is_private: bool
    ) -> None:
        """A session from the top. `model` names the one that hears now, empty without any."""
        self.private.setVisible(is_private)
        self.session_actions.away.setVisible(not is_private)
        self._session, self._pattern, self._model = session, pattern, model
        self._so_far = {}
        self._reading = None
        self.findings.hide()
        self.answers.build(session, pattern, tuple(turn.key for turn in turns if turn.is_probe), self.theme)
        self._fill()
        self.verticalScrollBar().setValue(0)

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

    def show_reading(self, reading: Reading) -> None:
        """What the words prove and lack."""
        self._reading = reading
        self.findings.setVisible(reading.is_whole)
        self.findings.show_analysis(reading.analysis, reading.delivery_remarks, reading.disputed_often)
        self._verdict.setText(reading.verdict)
        clear(self._variants)
        if reading.spoken:
            spoken = DeliveryCard(reading.spoken, len(reading.analysis.counts.hedges))
            spoken.play_wished.connect(self._play_quote)
            spoken.decided.connect(self.sound_decided)
            self._sound = None
            self._variants.addWidget(label("Delivery", "heading"))
            self._variants.addWidget(spoken)
        self._variants.addWidget(VariantCard(reading.variants, reading.told_for))
        self.answers.show_reading(reading)

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
        when = session.started.replace("T", ", ")
        self._heading.setText(f"{session.principle} · {session.level.title} · {when}")
        self.session_actions.levels.choose(session.level)
        if not self._reading:
            self._verdict.setText(verdict_sentence(session))
        heard = [take for take in session.takes if take.is_finished and not take.recognised]
        can_hear = any(take.unheard or (take.transcript and take.transcript.model != self._model) for take in heard)
        self.session_actions.hear_again.setVisible(bool(self._model) and can_hear)
        times = session.section_times()
        for widget in (self._bars, self._total, self._times_heading):
            widget.setVisible(not session.typed)
        self._bars.show_bars([Bar(time, time_words(time)) for time in times])
        total = total_time(session)
        verdict = VERDICT_WORDS[total.verdict] if total.verdict else ""
        self._total.setText(
            f"All five: {clock_text(total.spoken_seconds)} of {clock_text(total.target_seconds)}, {verdict}. "
            "Targets are ceilings: it is fine to be shorter."
        )
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if self._timeline.pieces and self.player.take_key(event):
            return
        if key in "12345" and key:
            self._play_section(list(Section)[int(key) - 1])
        elif key == "F":
            self.findings.dispute_first()
        elif key == "A":
            self.session_actions.again_wished.emit()
        elif key == "X":
            self.session_actions.compare_wished.emit()
        elif self._sound and key in ("Y", "N"):
            self.sound_decided.emit(self._sound, key == "Y")
        else:
            super().keyPressEvent(event)

    def take_escape(self) -> bool:
        was_asking = self.player.is_asking
        if was_asking:
            self.player.leave_word()
        return was_asking

    def first_focus(self) -> QWidget:
        return self.session_actions.again

"""The debrief: one sentence, five bars, then each section and follow-up with its words and its sound."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.page import Page
from app.reading import Reading
from app.theme import Theme
from app.widgets.answer_cards import AnswerCards
from app.widgets.choice_row import ChoiceRow
from app.widgets.delivery_card import DeliveryCard
from app.widgets.findings_view import FindingsView
from app.widgets.private_notice import PrivateNotice
from app.widgets.section_bars import Bar, SectionBars
from app.widgets.section_card import VERDICT_WORDS, time_words
from app.widgets.text import button, clear, column, label, row
from app.widgets.variant_card import VariantCard
from interviewer.debrief import total_time, verdict_sentence
from interviewer.interview import Turn
from interviewer.pattern import Level, Pattern, Section
from interviewer.reading import Sound
from interviewer.session import Session
from interviewer.speech import Quote
from interviewer.timing import RATE_HZ, clock_text
from interviewer.transcript import Transcript

QUOTE_TAIL_SECONDS = 0.3
"""Word ends are early by a little; the last sound of a quote should be heard."""


class DebriefPage(Page):
    """Shows one session. Emits what to play; `play_wished` carries take id, first and last frame."""

    play_wished = Signal(str, int, int)
    stop_wished = Signal()
    again_wished = Signal()
    hear_again_wished = Signal()
    home_wished = Signal()
    level_wished = Signal(object)
    sound_decided = Signal(object, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._session: Session | None = None
        self._pattern: Pattern | None = None
        self._has_model = False
        self._so_far: dict[str, Transcript] = {}
        self._reading: Reading | None = None
        self._sound: Sound | None = None
        self._is_playing = False
        self._last: tuple[str, int, int] | None = None
        self._heading = label("", "label")
        self._verdict = label("", "verdict", wraps=True)
        self._total = label("", "muted", wraps=True)
        self._levels = ChoiceRow([(level.title, level) for level in Level], "Level")
        self._levels.chosen.connect(self.level_wished)
        self.findings = FindingsView()
        self.findings.hide()
        self.findings.play_wished.connect(self._play_quote)
        self._bars = SectionBars(theme)
        self._answers = AnswerCards()
        self._bars.section_clicked.connect(self._answers.play_section)
        self._answers.play_wished.connect(self._play)
        self._again = button("Do it again", "main")
        self._again.clicked.connect(self.again_wished)
        self._hear_again = button("Recognise again")
        self._hear_again.clicked.connect(self.hear_again_wished)
        self._hear_again.hide()
        home = button("Home")
        home.clicked.connect(self.home_wished)
        self.private = PrivateNotice()
        self.body.addWidget(self.private)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._verdict)
        self.body.addLayout(row(label("Held to", "label"), self._levels, 1, self._hear_again, self._again, home))
        self.body.addWidget(self.findings)
        self._times_heading = label("The times", "heading")
        self.body.addWidget(self._times_heading)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._total)
        self.body.addWidget(
            label("1 to 5 play a section · Space plays and stops · Enter on a word plays from it · A again", "small")
        )
        self.body.addWidget(self._answers)
        self._variants = column()
        self.body.addLayout(self._variants)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._bars.set_theme(theme)
        if self._session and self._pattern:
            self._answers.build(self._session, self._pattern, self._answers.probe_ids, theme)
            self._fill()
            if self._reading:
                self.show_reading(self._reading)

    def show_session(
        self, session: Session, pattern: Pattern, turns: tuple[Turn, ...], has_model: bool, is_private: bool
    ) -> None:
        """A session from the top."""
        self.private.setVisible(is_private)
        self._session, self._pattern, self._has_model = session, pattern, has_model
        self._so_far = {}
        self._last = self._reading = None
        self.findings.hide()
        self._answers.build(session, pattern, tuple(turn.key for turn in turns if turn.is_probe), self.theme)
        self._fill()
        self.verticalScrollBar().setValue(0)

    @property
    def session_id(self) -> str:
        """The session that is shown, empty before the first."""
        return self._session.id if self._session else ""

    def show_change(self, session: Session) -> None:
        """The same session with something more known: voice, words."""
        if self._session and session.id == self._session.id:
            self._session = session
            self._fill()

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
            self._variants.addWidget(label("How it was spoken", "heading"))
            self._variants.addWidget(spoken)
        self._variants.addWidget(VariantCard(reading.variants))
        self._answers.show_reading(reading)

    def show_words_so_far(self, session_id: str, take_id: str, transcript: Transcript) -> None:
        """Words of a take that is still being recognised."""
        if self._session and session_id == self._session.id:
            self._so_far[take_id] = transcript
            self._fill()

    def show_model(self, has_model: bool) -> None:
        self._has_model = has_model
        if self._session:
            self._fill()

    def show_playing(self, is_playing: bool) -> None:
        self._is_playing = is_playing

    def _fill(self) -> None:
        assert self._session
        session = self._session
        when = session.started.replace("T", ", ")
        self._heading.setText(f"{session.principle} · {session.level.title} · {when}")
        self._levels.choose(session.level)
        if not self._reading:
            self._verdict.setText(verdict_sentence(session))
        self._hear_again.setVisible(any(take.unheard for take in session.takes))
        times = session.section_times()
        for widget in (self._bars, self._total, self._times_heading):
            widget.setVisible(not session.typed)
        self._bars.show_bars([Bar(time, time_words(time)) for time in times])
        total = total_time(session)
        spoken = total.speech_seconds if total.speech_seconds is not None else total.seconds or 0.0
        verdict = VERDICT_WORDS[total.verdict] if total.verdict else ""
        self._total.setText(
            f"All five: {clock_text(spoken)} of {clock_text(total.target_seconds)}, {verdict}. "
            "Targets are ceilings: being shorter is no fault."
        )
        self._answers.fill(session, self._so_far, self._has_model)

    # Playing

    def _play(self, take_id: str, start: int, end: int) -> None:
        self._last = (take_id, start, end)
        self.play_wished.emit(take_id, start, end)

    def _play_quote(self, quote: Quote | Sound) -> None:
        self._sound = quote if isinstance(quote, Sound) else None
        if quote.take and quote.start is not None and quote.end is not None:
            self._play(quote.take, round(quote.start * RATE_HZ), round((quote.end + QUOTE_TAIL_SECONDS) * RATE_HZ))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(Section):
            self._answers.play_section(list(Section)[number])
        elif event.key() == Qt.Key.Key_Space:
            if self._is_playing:
                self.stop_wished.emit()
            elif self._last:
                self._play(*self._last)
            else:
                self._answers.play_section(Section.SITUATION)
        elif event.key() == Qt.Key.Key_F:
            self.findings.dispute_first()
        elif event.key() == Qt.Key.Key_A:
            self.again_wished.emit()
        elif self._sound and event.key() in (Qt.Key.Key_Y, Qt.Key.Key_N):
            self.sound_decided.emit(self._sound, event.key() == Qt.Key.Key_Y)
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget:
        return self._again

"""The debrief: one sentence, five bars, then each section and follow-up with its words and its sound."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.page import Page
from app.reading import Reading
from app.theme import Theme
from app.widgets.choice_row import ChoiceRow
from app.widgets.findings_view import FindingsView
from app.widgets.private_notice import PrivateNotice
from app.widgets.probe_card import GapProbeCard, ProbeCard
from app.widgets.section_bars import Bar, SectionBars
from app.widgets.section_card import VERDICT_WORDS, SectionCard, time_words
from app.widgets.text import button, clear, column, label, row
from app.widgets.variant_card import VariantCard
from interviewer.debrief import total_time, verdict_sentence
from interviewer.interview import Turn
from interviewer.pattern import Level, Pattern, Probe, Section
from interviewer.session import Session, Take
from interviewer.speech import Quote
from interviewer.timing import RATE_HZ, Span, clock_text
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

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._session: Session | None = None
        self._pattern: Pattern | None = None
        self._has_model = False
        self._so_far: dict[str, Transcript] = {}
        self._sections: dict[Section, SectionCard] = {}
        self._probes: dict[str, ProbeCard | GapProbeCard] = {}
        self._reading: Reading | None = None
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
        self._bars.section_clicked.connect(self._play_section)
        self._cards = column(spacing=12)
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
            label("1 to 5 play a section · Space plays and stops · Enter on a word plays from it", "small")
        )
        self.body.addLayout(self._cards)
        self._variants = column()
        self.body.addLayout(self._variants)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._bars.set_theme(theme)
        if self._session and self._pattern:
            self._build(tuple(self._probes))
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
        self._build(tuple(turn.key for turn in turns if turn.is_probe))
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
        self._variants.addWidget(VariantCard(reading.variants))
        for section, section_card in self._sections.items():
            section_card.show_heard(reading.heard(section))
            section_card.show_coaching(any(finding.section is section for finding in reading.analysis.findings))
        for probe_id, probe_card in self._probes.items():
            probe_card.show_leaning(reading.leanings.get(probe_id))

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

    def _build(self, probe_ids: tuple[str, ...]) -> None:
        assert self._session and self._pattern
        clear(self._cards)
        self._sections, self._probes = {}, {}
        self._cards.addWidget(label("Section by section", "heading"))
        for section in Section:
            guide = self._pattern.sections[section]
            card = SectionCard(section, guide, self.theme, self._earlier(section))
            card.play_wished.connect(self._play_section)
            card.word_chosen.connect(self._play_section_from)
            card.earlier_wished.connect(self._play_take)
            self._sections[section] = card
            self._cards.addWidget(card)
        self._cards.addWidget(label("Follow-ups", "heading"))
        for number, probe_id in enumerate(probe_ids, 1):
            probe = self._pattern.any_probe(probe_id)
            probe_card = ProbeCard(number, probe) if isinstance(probe, Probe) else GapProbeCard(number, probe)
            probe_card.play_wished.connect(self._play_probe)
            probe_card.word_chosen.connect(self._play_probe_from)
            self._probes[probe_id] = probe_card
            self._cards.addWidget(probe_card)
        guide_for_level = self._pattern.levels[self._session.level]
        self._cards.addWidget(label(f"What {self._session.level.title} is held to", "heading"))
        for line in guide_for_level.bar:
            self._cards.addWidget(label(f"· {line}", wraps=True))

    def _earlier(self, section: Section) -> tuple[str, ...]:
        assert self._session
        counts = self._session.take_of(section)
        takes = [take for take in self._session.takes if take.is_finished and section in take.spans()]
        return tuple(take.id for take in takes if counts and take.id != counts[0].id)

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
        for time in times:
            card = self._sections[time.section]
            card.show_time(time)
            found = session.take_of(time.section)
            if session.typed:
                card.show_words(None, session.typed.get(time.section, "I did not find this section in the text."))
                continue
            card.show_words(*self._words(*found) if found else (None, "Nothing was recorded for this section."))
        for probe_id, probe_card in self._probes.items():
            self._fill_probe(probe_id, probe_card)

    def _fill_probe(self, probe_id: str, card: ProbeCard | GapProbeCard) -> None:
        assert self._session
        take = self._session.latest(probe_id)
        if probe_id in self._session.declined:
            card.show_answer("", None, "You passed on this one. It will not be asked again in this session.")
        elif take is None:
            card.show_answer("", None, "Not answered.")
        else:
            speech = take.speech()
            spoken = speech.seconds if speech else (take.end_frame or 0) / RATE_HZ
            transcript, note = self._words(take, Span(0, take.frames))
            card.show_answer(clock_text(spoken), transcript, note)

    def _words(self, take: Take, span: Span) -> tuple[Transcript | None, str]:
        """What was heard in a span of a take, and a line on what is missing."""
        transcript = take.transcript or self._so_far.get(take.id)
        end = take.frames if span.end >= (take.end_frame or 0) else span.end
        inside = transcript.between(span.start / RATE_HZ, end / RATE_HZ) if transcript else None
        if take.transcript is None:
            return (
                inside,
                "Still listening to it …" if self._has_model else "No words yet: they come with a speech model.",
            )
        notes = []
        if take.recovered:
            notes.append("This recording was cut off and recovered.")
        if take.unheard:
            notes.append("Part of it could not be recognised; the sound is complete.")
        if take.voiced is not None and not take.voiced:
            notes.append("No voice was found in this recording.")
        elif inside and not inside.words:
            notes.append("A voice was found, but no words.")
        return inside, " ".join(notes)

    # Playing

    def _play(self, take_id: str, start: int, end: int) -> None:
        self._last = (take_id, start, end)
        self.play_wished.emit(take_id, start, end)

    def _play_quote(self, quote: Quote) -> None:
        if quote.take and quote.start is not None and quote.end is not None:
            self._play(quote.take, round(quote.start * RATE_HZ), round((quote.end + QUOTE_TAIL_SECONDS) * RATE_HZ))

    def _play_section(self, section: Section) -> None:
        found = self._session.take_of(section) if self._session else None
        if found:
            self._play_section_from(section, found[1].start / RATE_HZ)

    def _play_section_from(self, section: Section, seconds: float) -> None:
        found = self._session.take_of(section) if self._session else None
        if found:
            self._play(found[0].id, round(seconds * RATE_HZ), self._until(*found))

    def _play_probe(self, probe_id: str) -> None:
        self._play_probe_from(probe_id, 0.0)

    def _play_probe_from(self, probe_id: str, seconds: float) -> None:
        take = self._session.latest(probe_id) if self._session else None
        if take:
            self._play(take.id, round(seconds * RATE_HZ), take.frames)

    def _play_take(self, take_id: str) -> None:
        if self._session:
            self._play(take_id, 0, self._session.take(take_id).frames)

    @staticmethod
    def _until(take: Take, span: Span) -> int:
        return take.frames if span.end >= (take.end_frame or 0) else span.end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(Section):
            self._play_section(list(Section)[number])
        elif event.key() == Qt.Key.Key_Space:
            if self._is_playing:
                self.stop_wished.emit()
            elif self._last:
                self._play(*self._last)
            else:
                self._play_section(Section.SITUATION)
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget:
        return self._again

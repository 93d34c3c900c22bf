"""The five sections and the follow-ups of a session, a card each, in the order they were asked."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.reading import Reading
from app.theme import Theme
from app.widgets.probe_card import GapProbeCard, ProbeCard
from app.widgets.section_card import SectionCard
from app.widgets.text import clear, column, label
from interviewer.bar import BarLine
from interviewer.pattern import Pattern, Probe, Section
from interviewer.session import Session
from interviewer.stretches import Stretch, answers_of, stretch_of
from interviewer.timing import RATE_HZ, clock_text
from interviewer.transcript import Transcript, Word

BAR_SIGNS = {True: ("● met:", "good"), False: ("○ not yet:", "warn"), None: ("·", "")}
"""A line of the bar for which no rule can tell has a plain dot."""


class AnswerCards(QWidget):
    """Built once for a session, then filled as more becomes known. Emits take id, first and last frame."""

    play_wished = Signal(str, int, int)
    note_written = Signal(str, str, str)
    """Session id, take id and note."""

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._so_far: Mapping[str, Transcript] = {}
        self._has_model = False
        self._sections: dict[Section, SectionCard] = {}
        self._probes: dict[str, ProbeCard | GapProbeCard] = {}
        self._takes: dict[SectionCard | ProbeCard | GapProbeCard, str] = {}
        """The take that each card shows."""
        self._cards = column(spacing=12)
        self.setLayout(self._cards)

    def build(self, session: Session, pattern: Pattern, probe_ids: tuple[str, ...], theme: Theme) -> None:
        """Empty cards for a session."""
        clear(self._cards)  # a note that is being written is kept by that, in its own session
        self._session = session
        self._sections, self._probes, self._takes = {}, {}, {}
        self._cards.addWidget(label("Section by section", "heading"))
        for section in Section:
            guide = pattern.sections[section]
            card = SectionCard(section, guide, theme, self._earlier(section))
            card.play_wished.connect(self.play_section)
            card.word_chosen.connect(self._play_section_from)
            card.earlier_wished.connect(self._play_take)
            card.note_written.connect(partial(self._write_note, card))
            self._sections[section] = card
            self._cards.addWidget(card)
        self._cards.addWidget(label("Follow-ups", "heading"))
        for number, probe_id in enumerate(probe_ids, 1):
            probe = pattern.any_probe(probe_id)
            probe_card = ProbeCard(number, probe) if isinstance(probe, Probe) else GapProbeCard(number, probe)
            probe_card.play_wished.connect(self._play_probe)
            probe_card.word_chosen.connect(self._play_probe_from)
            probe_card.note_written.connect(partial(self._write_note, probe_card))
            self._probes[probe_id] = probe_card
            self._cards.addWidget(probe_card)
        self._cards.addWidget(label(f"What {session.level.title} is held to", "heading"))
        self._bar = column(spacing=4)
        self._cards.addLayout(self._bar)
        self._show_bar([BarLine(text, None) for text in pattern.levels[session.level].bar])

    def _earlier(self, section: Section) -> tuple[str, ...]:
        assert self._session
        counts = stretch_of(self._session, section)
        takes = [take for take in self._session.takes if take.is_finished and section in take.spans()]
        return tuple(take.id for take in takes if counts and take.id != counts.take.id)

    @property
    def probe_ids(self) -> tuple[str, ...]:
        return tuple(self._probes)

    def fill(self, session: Session, so_far: Mapping[str, Transcript], has_model: bool) -> None:
        """What is known by now. `so_far` are words of takes that are still being recognised, by take."""
        self._session, self._so_far, self._has_model = session, so_far, has_model
        for time in session.section_times():
            card = self._sections[time.section]
            card.show_time(time)
            found = stretch_of(session, time.section)
            if time.section in session.typed:
                card.show_words((), session.typed[time.section])
            elif found:
                card.show_words(*self._words(found))
            elif session.typed:
                card.show_words((), "I did not find this section in the text.")
            else:
                card.show_words((), "Nothing was recorded for this section.")
        answers = answers_of(session)
        for probe_id, probe_card in self._probes.items():
            self._fill_probe(probe_id, probe_card, answers.get(probe_id))
        self._fill_notes(session)

    def _fill_notes(self, session: Session) -> None:
        """A take has one note, also where several sections are in it: it stands in the first of them."""
        self._takes, seen = {}, set()
        for section, section_card in self._sections.items():
            if found := stretch_of(session, section):
                self._takes[section_card] = found.take.id
        answers = answers_of(session)
        for probe_id, probe_card in self._probes.items():
            if probe_id in answers:
                self._takes[probe_card] = answers[probe_id].take.id
        for card in (*self._sections.values(), *self._probes.values()):
            take_id = self._takes.get(card, "")
            card.own_note.setVisible(bool(take_id) and take_id not in seen)
            card.own_note.show_note(session.take(take_id).note if take_id else "")
            seen.add(take_id)

    def _write_note(self, card: SectionCard | ProbeCard | GapProbeCard, text: str) -> None:
        if self._session:
            self.note_written.emit(self._session.id, self._takes[card], text)

    # Words under the sound

    def light(self, take: str, seconds: float | None) -> QWidget | None:
        """Lights the word that is heard, and puts out the one before. Returns the card it is in."""
        lit: QWidget | None = None
        for card, own in self._takes.items():
            if card.words.light(seconds if own == take else None):
                lit = card
        return lit

    def chosen_word(self) -> tuple[str, Word] | None:
        """The take and the word at the text cursor of the transcript that has the focus, else the lit one."""
        for card, take in self._takes.items():
            word = card.words.chosen_word if card.words.hasFocus() else None
            if word:
                return take, word
        for card, take in self._takes.items():
            if card.words.lit_word:
                return take, card.words.lit_word
        return None

    def show_reading(self, reading: Reading) -> None:
        """What was heard in each section, and where each follow-up leans."""
        for section, section_card in self._sections.items():
            section_card.show_heard(reading.heard(section))
            section_card.show_coaching(any(finding.section is section for finding in reading.analysis.findings))
        for probe_id, probe_card in self._probes.items():
            probe_card.show_leaning(reading.leanings.get(probe_id))
        if reading.is_whole:
            self._show_bar(reading.bar)

    def _show_bar(self, lines: Sequence[BarLine]) -> None:
        """Each line with a sign, and the words that met it."""
        clear(self._bar)
        for line in lines:
            sign, role = BAR_SIGNS[line.is_met]
            self._bar.addWidget(label(f"{sign} {line.text}", role, wraps=True))
            if line.quotes:
                said = " … ".join(f"“{quote.text}”" for quote in line.quotes)
                self._bar.addWidget(label(said, "quote", wraps=True))

    def _fill_probe(self, probe_id: str, card: ProbeCard | GapProbeCard, answer: Stretch | None) -> None:
        assert self._session
        if probe_id in self._session.declined:
            card.show_answer("", (), "You passed on this one. It will not be asked again in this session.")
        elif answer is None:
            card.show_answer("", (), "Not answered.")
        else:
            speech = answer.take.speech()
            spoken = speech.seconds if speech else (answer.take.end_frame or 0) / RATE_HZ
            card.show_answer(clock_text(spoken), *self._words(answer))

    def _words(self, stretch: Stretch) -> tuple[tuple[Word, ...], str]:
        """What was heard in a stretch of a take, and a line on what is missing."""
        take = stretch.take
        inside = stretch.words(self._so_far.get(take.id))
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
        elif not inside:
            notes.append("A voice was found, but no words.")
        return inside, " ".join(notes)

    def play_section(self, section: Section) -> None:
        """Plays what counts for a section."""
        found = stretch_of(self._session, section) if self._session else None
        if found:
            self._play_section_from(section, found.span.start / RATE_HZ)

    def _play_section_from(self, section: Section, seconds: float) -> None:
        found = stretch_of(self._session, section) if self._session else None
        if found:
            self.play_wished.emit(found.take.id, round(seconds * RATE_HZ), found.span.end)

    def _play_probe(self, probe_id: str) -> None:
        self._play_probe_from(probe_id, 0.0)

    def _play_probe_from(self, probe_id: str, seconds: float) -> None:
        answer = answers_of(self._session).get(probe_id) if self._session else None
        if answer:
            self.play_wished.emit(answer.take.id, round(seconds * RATE_HZ), answer.span.end)

    def _play_take(self, take_id: str) -> None:
        if self._session:
            self.play_wished.emit(take_id, 0, self._session.take(take_id).frames)

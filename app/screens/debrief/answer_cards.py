"""The five sections and the follow-ups of a session, a card each, in the order they were asked."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.keys import Keys
from app.look.page import Made
from app.look.probe_card import GapProbeCard, ProbeCard
from app.look.text import bundle, clear, column, label, polished, put
from app.look.theme import Theme
from app.screens.debrief.reading import Reading
from app.screens.debrief.section_card import SectionCard
from interviewer.findings.bar import BarLine
from interviewer.pattern import GapProbe, Pattern, Probe, Section, SectionGuide
from interviewer.session import Session
from interviewer.stretches import Stretch, answers_of, earlier_takes, lack_of, stretch_of
from interviewer.timing import RATE_HZ, clock_text
from interviewer.transcript import Transcript, Word

BAR_SIGNS = {True: ("● met:", "good"), False: ("○ not yet:", "warn"), None: ("·", "")}
"""A line of the bar for which no rule can tell has a plain dot."""


Card = SectionCard | ProbeCard | GapProbeCard


class AnswerCards(QWidget):
    """Built for a pattern, then filled with one session after the other. Emits take id, first and last frame."""

    play_wished = Signal(str, int, int)
    note_written = Signal(str, str, str)
    """Session id, take id and note."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self._session: Session | None = None
        self._so_far: Mapping[str, Transcript] = {}
        self._has_model = False
        self._pattern: Pattern | None = None
        """What the cards are for."""
        self._sections: dict[Section, SectionCard] = {}
        self._made: dict[str, ProbeCard | GapProbeCard] = {}
        """Every follow-up's that was asked so far."""
        self._probes: dict[str, ProbeCard | GapProbeCard] = {}
        """Those of the session that is shown, in the order they were asked."""
        self._takes: dict[Card, str] = {}
        """The take that each card shows."""
        self._heard: dict[Card, tuple[tuple[object, ...], tuple[Word, ...]]] = {}
        """The words that each card shows, and where they were found."""
        self._boxes: dict[str, QWidget] = {}
        """What holds the cards of the sections, and of the follow-ups."""
        self._lines: tuple[BarLine, ...] = ()
        self._held_to = label("", "heading")
        self._bar = column(spacing=4)
        self._cards = column(spacing=12)
        self._asked = column(spacing=12)
        whole = column(spacing=12)
        for part in (self._cards, self._asked):
            whole.addLayout(part)
        whole.addWidget(self._held_to)
        whole.addLayout(self._bar)
        self.setLayout(whole)

    @property
    def frames(self) -> tuple[QWidget, ...]:
        """From the outermost to those that hold the cards."""
        return (self, *self._boxes.values())

    def set_theme(self, theme: Theme) -> None:
        for card in self._sections.values():
            card.set_theme(theme)

    def build(self, pattern: Pattern, probe_ids: Sequence[str], theme: Theme) -> Made:
        """Makes the cards for a pattern and these follow-ups of it, one a step, where they are not there already. What
        is shown stays as it is until what this returns is called."""
        is_other = pattern != self._pattern
        sections = {} if is_other else self._sections
        made = {} if is_other else self._made
        for section in Section:
            if section not in sections:
                sections[section] = polished(self._section_card(section, pattern.sections[section], theme))
                yield sections[section]
        for probe_id in probe_ids:
            if probe_id not in made:
                made[probe_id] = polished(self._probe_card(pattern.any_probe(probe_id)))
                made[probe_id].setParent(self)
                made[probe_id].hide()
                yield made[probe_id] if is_other else None

        def install() -> None:
            if is_other:
                self._leave_notes()
                for card in self._made.values():
                    card.deleteLater()
                self._pattern, self._sections, self._made, self._probes, self._takes = pattern, sections, made, {}, {}
                self._boxes = {"sections": bundle([label("Section by section", "heading"), *sections.values()], 12)}
                put(self._cards, self._boxes["sections"])
                clear(self._asked)

        return install

    def _section_card(self, section: Section, guide: SectionGuide, theme: Theme) -> SectionCard:
        card = SectionCard(section, guide, theme, self._keys)
        card.play_wished.connect(self.play_section)
        card.word_chosen.connect(self._play_section_from)
        card.earlier_wished.connect(self._play_take)
        card.note_written.connect(partial(self._write_note, card))
        return card

    def _probe_card(self, probe: Probe | GapProbe) -> ProbeCard | GapProbeCard:
        card = ProbeCard(probe) if isinstance(probe, Probe) else GapProbeCard(probe)
        card.play_wished.connect(self._play_probe)
        card.word_chosen.connect(self._play_probe_from)
        card.note_written.connect(partial(self._write_note, card))
        return card

    def _leave_notes(self) -> None:
        """A note that is being written is kept in the session it belongs to."""
        for card in (*self._sections.values(), *self._probes.values()):
            card.own_note.leave()

    def begin(self, session: Session, pattern: Pattern, probe_ids: Sequence[str]) -> None:
        """Another session; its cards have been built."""
        self._leave_notes()
        if list(self._probes) != list(probe_ids):
            self._ask(probe_ids)
        for number, probe_card in enumerate(self._probes.values(), 1):
            probe_card.begin(number)
        earlier = {section: earlier_takes(session, section) for section in Section}
        for section, card in self._sections.items():
            card.begin(earlier[section])
        self._session, self._takes = session, {}
        self._held_to.setText(f"What {session.level.title} is held to")
        lines = tuple(BarLine(text, None) for text in pattern.guide(session.level).bar)
        if lines != self._lines:
            self._lines = lines
            put(self._bar, self._bar_lines(lines))

    def _ask(self, probe_ids: Sequence[str]) -> None:
        """These follow-ups, in this order; the cards of others wait unseen."""
        for card in self._probes.values():
            card.setParent(self)
            card.hide()
        self._probes = {probe_id: self._made[probe_id] for probe_id in probe_ids}
        self._boxes["probes"] = bundle([label("Follow-ups", "heading"), *self._probes.values()], 12)
        put(self._asked, self._boxes["probes"])

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
                card.show_words(*self._words(card, found))
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

    def _write_note(self, card: Card, text: str) -> None:
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

    def other_reading(self, reading: Reading) -> Made:
        """What was heard in each section, and where each follow-up leans."""
        heard: dict[Section, QWidget] = {}
        for section, section_card in self._sections.items():
            if lines := section_card.other_lines(reading.heard(section)):
                heard[section] = lines
                yield lines
        bar = self._bar_lines(reading.bar) if reading.is_whole and reading.bar != self._lines else None
        yield bar

        def show() -> None:
            for section, section_card in self._sections.items():
                if section in heard:
                    section_card.show_lines(reading.heard(section), heard[section])
                section_card.show_coaching(any(finding.section is section for finding in reading.analysis.findings))
            for probe_id, probe_card in self._probes.items():
                probe_card.show_leaning(reading.leanings.get(probe_id))
            if bar:
                self._lines = reading.bar
                put(self._bar, bar)

        return show

    def _bar_lines(self, lines: Sequence[BarLine]) -> QWidget:
        """Each line with a sign, and the words that met it."""
        labels = []
        for line in lines:
            sign, role = BAR_SIGNS[line.is_met]
            labels.append(label(f"{sign} {line.text}", role, wraps=True))
            if line.quotes:
                said = " … ".join(f"“{quote.text}”" for quote in line.quotes)
                labels.append(label(said, "quote", wraps=True))
        return bundle(labels, 4)

    def _fill_probe(self, probe_id: str, card: ProbeCard | GapProbeCard, answer: Stretch | None) -> None:
        assert self._session
        if probe_id in self._session.declined:
            card.show_answer("", (), "You passed on this one. It will not be asked again in this session.")
        elif answer is None:
            card.show_answer("", (), "Not answered.")
        else:
            speech = answer.take.speech()
            spoken = speech.seconds if speech else (answer.take.end_frame or 0) / RATE_HZ
            card.show_answer(clock_text(spoken), *self._words(card, answer))

    def _words(self, card: Card, stretch: Stretch) -> tuple[tuple[Word, ...], str]:
        """What was heard in a stretch of a take, and a line on what is missing. Words are looked for again only where
        the stretch is another one, or there are others."""
        heard = stretch.take.transcript or self._so_far.get(stretch.take.id)
        place = heard, stretch.span, stretch.is_first, stretch.is_last
        known = self._heard.get(card)
        if known is None or known[0] != place:
            known = self._heard[card] = (place, stretch.words(heard))
        return known[1], lack_of(stretch.take, bool(known[1]), self._has_model)

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

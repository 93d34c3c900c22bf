"""One follow-up in the debrief: the person's answer beside a weak and a strong one, why, and the line to keep."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.note_line import NoteLine
from app.look.text import button, column, columns, label, row, set_role
from app.look.transcript_view import TranscriptView
from interviewer.findings.probing import LEANING_WORDS, STRONG, UNRATED, WEAK, Leaning
from interviewer.pattern import GapProbe, Probe
from interviewer.transcript import Word

LEAST_EMS = 18
"""Of each of the three answers."""

LEANINGS = {
    leaning: (f"{sign} {LEANING_WORDS[leaning]}", role)
    for leaning, sign, role in ((STRONG, "◆", "good"), (WEAK, "◇", "warn"), (UNRATED, "–", "muted"))
}
"""The words of each leaning with its sign, and their role."""


class AnswerCard(QFrame):
    """A follow-up and the person's answer. `begin` takes a session, `show_*` fill in what becomes known of it."""

    play_wished = Signal(str)
    word_chosen = Signal(str, float)
    note_written = Signal(str)

    def __init__(self, probe: Probe | GapProbe, tests: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._time = label("", "muted")
        self._number = label("", "label")
        self.play = button("▶ Play")
        self.play.clicked.connect(lambda: self.play_wished.emit(probe.id))
        self._note = label("", "muted", wraps=True)
        self.words = TranscriptView()
        self.words.word_chosen.connect(lambda seconds: self.word_chosen.emit(probe.id, seconds))
        self._leaning = label("", "muted", wraps=True)
        self._because = label("", "small", wraps=True)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(18, 14, 18, 14)
        self.inside.setSpacing(8)
        self.inside.addLayout(row(self._number, self._time, 1, self.play))
        self.inside.addWidget(label(probe.text, "heading", wraps=True))
        self.inside.addWidget(label(tests, "small", wraps=True))
        self.mine = column(
            label("Your answer", "label"), self._note, self.words, self._leaning, self._because, spacing=4
        )
        self.own_note = NoteLine("")
        self.own_note.written.connect(self.note_written)
        self.mine.addWidget(self.own_note)
        self.show_leaning(None)

    def begin(self, number: int) -> None:
        """Another session, of which nothing is known but which follow-up this was."""
        self.own_note.leave()
        self.show_leaning(None)
        self._number.setText(f"Follow-up {number}")
        self.play.setAccessibleName(f"Play the answer to follow-up {number}")
        self.words.setAccessibleName(f"Your answer to follow-up {number}")
        self.own_note.setAccessibleName(f"Note on the answer to follow-up {number}")

    def show_answer(self, time_text: str, words: tuple[Word, ...], note: str) -> None:
        """The answer's time, its words so far, and a line on what is missing."""
        self._time.setText(time_text)
        self.play.setVisible(bool(time_text))
        self.words.show_words(words)
        self.words.setVisible(bool(words))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_leaning(self, judged: Leaning | None) -> None:
        """Which of the two references the answer is closer to, and what says so."""
        text, role = LEANINGS[judged.leaning] if judged else ("", "muted")
        self._leaning.setText(text)
        set_role(self._leaning, role)
        self._because.setText("; ".join(judged.because) if judged else "")
        self._leaning.setVisible(bool(text))
        self._because.setVisible(bool(judged and judged.because))


class GapProbeCard(AnswerCard):
    """A follow-up that a gap of this answer invited: with the reason, and no references."""

    def __init__(self, probe: GapProbe) -> None:
        super().__init__(probe, f"Asked because: {probe.because}")
        self.inside.addLayout(self.mine)


class ProbeCard(AnswerCard):
    """One of the pattern's follow-ups: the answer beside a weak and a strong one, why, and the line to keep."""

    def __init__(self, probe: Probe) -> None:
        super().__init__(probe, f"It tests: {probe.signal}")
        versions = columns(LEAST_EMS, spacing=22)
        self.mine.addStretch(1)
        weak = column(label("A weak version", "label"), label(probe.weak, wraps=True), spacing=4)
        weak.addWidget(label("Why it is weak", "label"))
        weak.addWidget(label(probe.why_weak, "muted", wraps=True))
        weak.addStretch(1)
        strong = column(label("A strong version", "label"), label(probe.strong, wraps=True), spacing=4)
        strong.addWidget(label("The line to keep", "label"))
        strong.addWidget(label(probe.key_line, "good", wraps=True))
        strong.addStretch(1)
        for part in (self.mine, weak, strong):
            versions.addLayout(part)
        self.inside.addLayout(versions)

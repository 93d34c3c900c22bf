"""One follow-up in the debrief: the person's answer beside a weak and a strong one, why, and the line to keep."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from app.widgets.text import button, column, label, row
from app.widgets.transcript_view import TranscriptView
from interviewer.pattern import Probe
from interviewer.transcript import Transcript


class ProbeCard(QFrame):
    """Built once for a session; `show_answer` fills in what becomes known."""

    play_wished = Signal(str)
    word_chosen = Signal(str, float)

    def __init__(self, number: int, probe: Probe) -> None:
        super().__init__()
        self.probe = probe
        self.setProperty("role", "card")
        self._time = label("", "muted")
        self.play = button("▶ Play", name=f"Play the answer to follow-up {number}")
        self.play.clicked.connect(lambda: self.play_wished.emit(probe.id))
        self._note = label("", "muted", wraps=True)
        self._words = TranscriptView()
        self._words.setAccessibleName(f"Your answer to follow-up {number}")
        self._words.word_chosen.connect(lambda seconds: self.word_chosen.emit(probe.id, seconds))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addLayout(row(label(f"Follow-up {number}", "label"), self._time, 1, self.play))
        inside.addWidget(label(probe.text, "heading", wraps=True))
        inside.addWidget(label(f"It tests: {probe.signal}", "small", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        mine = column(label("Your answer", "label"), self._note, self._words, 1, spacing=4)
        weak = column(label("A weak version", "label"), label(probe.weak, wraps=True), spacing=4)
        weak.addWidget(label("Why it is weak", "label"))
        weak.addWidget(label(probe.why_weak, "muted", wraps=True))
        weak.addStretch(1)
        strong = column(label("A strong version", "label"), label(probe.strong, wraps=True), spacing=4)
        strong.addWidget(label("The line to keep", "label"))
        strong.addWidget(label(probe.key_line, "good", wraps=True))
        strong.addStretch(1)
        for place, part in enumerate((mine, weak, strong)):
            grid.addLayout(part, 0, place)
            grid.setColumnStretch(place, 1)
        inside.addLayout(grid)

    def show_answer(self, time_text: str, transcript: Transcript | None, note: str) -> None:
        """The answer's time, its words so far, and a line on what is missing."""
        self._time.setText(time_text)
        self.play.setVisible(bool(time_text))
        self._words.show_words(transcript.words if transcript else ())
        self._words.setVisible(bool(transcript and transcript.words))
        self._note.setText(note)
        self._note.setVisible(bool(note))

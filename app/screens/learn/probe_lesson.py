"""One follow-up taught: what it tests, a weak answer and why, a strong one, the line to keep or one of one's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.note_line import NoteLine
from app.look.text import button, column, columns, label, row
from app.screens.learn.read_button import ReadButton
from interviewer.pattern import Probe

LEAST_EMS = 22
"""Of each of the two answers."""


class ProbeLesson(QFrame):
    """Emits the text to read aloud, the follow-up or the sentence to drill, and one's own line."""

    read_wished = Signal(str)
    drill_wished = Signal(str)
    sentence_wished = Signal(str)
    line_written = Signal(str, str)

    def __init__(self, number: int, probe: Probe, own_line: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        drill = button("Say it now", name=f"Drill follow-up {number} now")
        drill.clicked.connect(lambda: self.drill_wished.emit(probe.id))
        read = ReadButton(probe.strong, f"Read the strong answer to follow-up {number} aloud")
        read.wished.connect(self.read_wished)
        inside.addLayout(row(label(f"Follow-up {number} · {probe.kind}", "label"), 1, read, drill))
        inside.addWidget(label(probe.text, "heading", wraps=True))
        inside.addWidget(label(f"It tests: {probe.signal}", "small", wraps=True))
        weak = column(label("A weak version", "label"), label(probe.weak, wraps=True), spacing=4)
        weak.addWidget(label("Why it is weak", "label"))
        weak.addWidget(label(probe.why_weak, "muted", wraps=True))
        weak.addStretch(1)
        strong = column(label("A strong version", "label"), label(probe.strong, wraps=True), spacing=4)
        strong.addStretch(1)
        versions = columns(LEAST_EMS, spacing=22)
        for part in (weak, strong):
            versions.addLayout(part)
        inside.addLayout(versions)
        inside.addWidget(label("The line to keep", "label"))
        self._line = label(probe.key_line, "good", wraps=True)
        inside.addWidget(self._line)
        self.own = NoteLine(f"Your own line for follow-up {number}")
        self.own.invite("Or a line of your own, to say instead")
        self.own.show_note(own_line)
        self.own.written.connect(lambda text: self.line_written.emit(probe.id, text))
        say = button("Say the line", name=f"Drill the line for follow-up {number}")
        say.clicked.connect(lambda: self.sentence_wished.emit(self.own.text().strip() or probe.key_line))
        line = row(self.own, say)
        line.setStretch(0, 1)
        inside.addLayout(line)

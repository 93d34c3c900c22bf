"""What came of the last attempt in a drill: the one fix first, where a follow-up leans, and what was heard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.probe_card import LEANINGS
from app.look.text import button, clear, column, label, row
from app.screens.drill.sitting import Sitting
from interviewer.findings.finding import Finding


class JudgementCard(QFrame):
    """Hidden while there is nothing to say. Emits the sentence to say now."""

    say_wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[object, ...] = ()
        self._content = column(spacing=6)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.addLayout(self._content)
        self.hide()

    def show_sitting(self, sitting: Sitting) -> None:
        """Built anew only when there is something else to say: a button in it may have the focus."""
        shown = (sitting.findings[:1], sitting.leaning, sitting.words, sitting.is_section)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._content)
        if sitting.findings:
            self._fix(sitting.findings[0])
        elif sitting.words and sitting.is_section:
            self._content.addWidget(label("Nothing missing in this section.", "good"))
        if sitting.leaning:
            text, role = LEANINGS[sitting.leaning.leaning]
            self._content.addWidget(label(text, role))
            self._content.addWidget(label("; ".join(sitting.leaning.because), "small", wraps=True))
        if sitting.words:
            self._content.addWidget(label("What was heard", "label"))
            self._content.addWidget(label(sitting.words, "muted", wraps=True))
        self.setVisible(bool(sitting.words or sitting.findings))

    def _fix(self, finding: Finding) -> None:
        self._content.addWidget(label("Fix this first", "label"))
        self._content.addWidget(label(finding.why, "finding", wraps=True))
        if finding.quote.text:
            self._content.addWidget(label(f"“{finding.quote.text}”", "quote", wraps=True))
        if finding.instead:
            say = button("Say it now", name=f"Say it now: {finding.instead}")
            say.clicked.connect(lambda: self.say_wished.emit(finding.instead))
            line = row(label(f"Say instead: {finding.instead}", wraps=True), say)
            line.setStretch(0, 1)
            self._content.addLayout(line)

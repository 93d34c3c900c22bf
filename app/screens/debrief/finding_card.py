"""One finding: the person's words with their sound, why it matters, and what to say instead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.text import button, label, row
from interviewer.findings.finding import Finding
from interviewer.timing import clock_text


class FindingCard(QFrame):
    """Built for one finding. `play_wished` carries its quote, `dispute_wished` the finding."""

    play_wished = Signal(object)
    dispute_wished = Signal(object)
    switch_off_wished = Signal(str)
    say_wished = Signal(str)
    """The sentence to practise."""

    def __init__(self, finding: Finding, heading: str, is_disputed_often: bool) -> None:
        super().__init__()
        self.finding = finding
        self.setProperty("role", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 12, 18, 12)
        inside.setSpacing(6)
        where = f"{heading} · {finding.section.title}" if finding.section else heading
        unfair = button("Not fair here", "plain", f"Not fair here: {finding.why}")
        unfair.clicked.connect(lambda: self.dispute_wished.emit(finding))
        top = row(label(where.strip(" ·"), "label"), 1, unfair)
        if is_disputed_often:
            off = button("Switch this rule off", "plain", f"Switch the rule {finding.rule} off")
            off.clicked.connect(lambda: self.switch_off_wished.emit(finding.rule))
            top.addWidget(off)
        inside.addLayout(top)
        inside.addWidget(label(finding.why, "finding", wraps=True))
        if finding.quote.text:
            quote = label(f"“{finding.quote.text}”", "quote", wraps=True)
            line = row(quote)
            line.setStretch(0, 1)
            if finding.quote.start is not None:
                self.play = button(f"▶ {clock_text(finding.quote.start)}", name=f"Hear: {finding.quote.text}")
                self.play.clicked.connect(lambda: self.play_wished.emit(finding.quote))
                line.addWidget(self.play)
            inside.addLayout(line)
        if finding.instead:
            say = button("Say it now", "plain", f"Say it now: {finding.instead}")
            say.clicked.connect(lambda: self.say_wished.emit(finding.instead))
            inside.addLayout(row(label("Say instead", "label"), 1, say))
            inside.addWidget(label(finding.instead, wraps=True))

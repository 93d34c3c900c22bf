"""What the answer proves and lacks: six lamps, how a strict listener may take it, one fix first, then the rest."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.widgets.finding_card import FindingCard
from app.widgets.lamp_row import LampRow
from app.widgets.text import button, clear, column, label, row
from interviewer.analysis import MOST_OPEN, Analysis
from interviewer.findings.finding import Finding


class FindingsView(QWidget):
    """Filled anew with each analysis. The Quote to play, the Finding that is not fair, the rule to switch off."""

    play_wished = Signal(object)
    dispute_wished = Signal(object)
    switch_off_wished = Signal(str)
    say_wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lamps = LampRow()
        self._listener = label("", "muted", wraps=True)
        self._cards = column(spacing=10)
        self._rest: tuple[Finding, ...] = ()
        self._often: Collection[str] = ()
        self._more = button("")
        self._more.clicked.connect(self._show_rest)
        whole = column(self._lamps, self._listener, spacing=10)
        whole.addLayout(self._cards)
        whole.addLayout(row(self._more, 1))
        self.setLayout(whole)

    def show_analysis(self, analysis: Analysis, delivery_remarks: int | None, disputed_often: Collection[str]) -> None:
        """All of an analysis. `disputed_often` are rules that may be switched off here."""
        self._lamps.show_lamps(analysis.lamps(delivery_remarks))
        self._listener.setText(analysis.listener())
        self._listener.setVisible(bool(analysis.listener()))
        self._often = disputed_often
        clear(self._cards)
        for number, finding in enumerate(analysis.findings[:MOST_OPEN]):
            self._add(finding, "Fix this first" if not number else "")
        self._rest = analysis.findings[MOST_OPEN:]
        self._more.setText(f"Show {len(self._rest)} more")
        self._more.setVisible(bool(self._rest))

    def clear(self) -> None:
        """Nothing has been read."""
        clear(self._cards)
        self._rest = ()

    def dispute_first(self) -> None:
        """Fix this first is not fair here."""
        item = self._cards.itemAt(0)
        card = item.widget() if item else None
        if isinstance(card, FindingCard):
            self.dispute_wished.emit(card.finding)

    def _show_rest(self) -> None:
        for finding in self._rest:
            self._add(finding, "")
        self._rest = ()
        self._more.hide()

    def _add(self, finding: Finding, heading: str) -> None:
        card = FindingCard(finding, heading, finding.rule in self._often)
        card.play_wished.connect(self.play_wished)
        card.dispute_wished.connect(self.dispute_wished)
        card.say_wished.connect(self.say_wished)
        card.switch_off_wished.connect(self.switch_off_wished)
        self._cards.addWidget(card)

"""What the answer proves and lacks: six lamps, how a strict listener may take it, one fix first, then the rest."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.page import Made
from app.look.text import button, column, label, polished, row
from app.screens.debrief.finding_card import FindingCard
from app.screens.debrief.lamp_row import LampRow
from interviewer.findings.analysis import MOST_OPEN, Analysis
from interviewer.findings.finding import Finding

Shown = tuple[Finding, str, bool]
"""What a card says: the finding, its heading, and whether its rule may be switched off."""


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
        self._made: dict[Shown, FindingCard] = {}
        self._rest: tuple[Shown, ...] = ()
        self._more = button("")
        self._more.clicked.connect(self._show_rest)
        whole = column(self._lamps, self._listener, spacing=10)
        whole.addLayout(self._cards)
        whole.addLayout(row(self._more, 1))
        self.setLayout(whole)

    def other_analysis(self, analysis: Analysis, delivery_remarks: int | None, disputed_often: Collection[str]) -> Made:
        """All of an analysis. `disputed_often` are rules that may be switched off here."""
        found = [
            (finding, "" if number else "Fix this first", finding.rule in disputed_often)
            for number, finding in enumerate(analysis.findings)
        ]
        is_same = found == [*self._made, *self._rest]
        fresh: dict[Shown, FindingCard] = {}
        for shown in () if is_same else found[:MOST_OPEN]:
            if shown not in self._made:
                fresh[shown] = self._card(*shown)
                yield fresh[shown]

        def show() -> None:
            self._lamps.show_lamps(analysis.lamps(delivery_remarks))
            self._listener.setText(analysis.listener())
            self._listener.setVisible(bool(analysis.listener()))
            if not is_same:
                self._show(found[:MOST_OPEN], found[MOST_OPEN:], fresh)

        return show

    def clear(self) -> None:
        """Nothing has been read."""
        self._show((), (), {})

    def dispute_first(self) -> None:
        """Fix this first is not fair here."""
        if self._made:
            finding, _, _ = next(iter(self._made))
            self.dispute_wished.emit(finding)

    def _show_rest(self) -> None:
        self._show((*self._made, *self._rest), (), {shown: self._card(*shown) for shown in self._rest})

    def _show(self, wanted: Sequence[Shown], rest: Sequence[Shown], fresh: Mapping[Shown, FindingCard]) -> None:
        """Cards that say the same as before stay: most changes change one of them."""
        before = self._made
        self._made = {shown: before[shown] if shown in before else fresh[shown] for shown in wanted}
        for shown, card in before.items():
            if shown not in self._made:
                self._cards.removeWidget(card)
                card.hide()
                card.deleteLater()
        for place, card in enumerate(self._made.values()):
            if self._cards.indexOf(card) != place:
                self._cards.insertWidget(place, card)
        self._rest = tuple(rest)
        self._more.setText(f"Show {len(self._rest)} more")
        self._more.setVisible(bool(self._rest))

    def _card(self, finding: Finding, heading: str, is_disputed_often: bool) -> FindingCard:
        card = FindingCard(finding, heading, is_disputed_often)
        card.play_wished.connect(self.play_wished)
        card.dispute_wished.connect(self.dispute_wished)
        card.say_wished.connect(self.say_wished)
        card.switch_off_wished.connect(self.switch_off_wished)
        return polished(card)

"""Tell it for another principle: how to open, what to stress and what to leave out, and how much of it got the time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.look.choice_row import ChoiceRow
from app.look.keys import Keys
from app.look.page import Made
from app.look.text import bundle, clear, column, label, polished, put, row
from app.screens.debrief.delivery_card import DeliveryCard
from app.screens.debrief.reading import Reading, VariantShares


class VariantCard(QFrame):
    """Shows one variant at a time."""

    def __init__(self, shares: Sequence[VariantShares], told_for: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shares = {each.variant.principle: each for each in shares}
        self._choice = ChoiceRow([(each.variant.principle, each.variant.principle) for each in shares], "Tell it for")
        self._choice.chosen.connect(self._show)
        self._opening = label("", wraps=True)
        self._more = label("", wraps=True)
        self._less = label("", wraps=True)
        self._told = label("", "muted", wraps=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(6)
        inside.addLayout(row(label("Tell it for", "label"), self._choice, 1))
        for heading, text in (("Open with", self._opening), ("Emphasise", self._more), ("Downplay", self._less)):
            inside.addWidget(label(heading, "label"))
            inside.addWidget(text)
        inside.addWidget(self._told)
        if shares:
            self._show(told_for if told_for in self._shares else shares[0].variant.principle)

    def _show(self, principle: str) -> None:
        shown = self._shares[principle]
        self._choice.choose(principle)
        self._opening.setText(shown.variant.opening)
        self._more.setText("\n".join(f"· {line}" for line in shown.variant.emphasise))
        self._less.setText("\n".join(f"· {line}" for line in shown.variant.downplay))
        told = f"In this telling, about {_percent(shown.now.emphasised)} of the time went on what {principle} "
        told += f"looks for, and {_percent(shown.now.downplayed)} on what it can do without."
        if shown.before:
            before = f"{_percent(shown.before.emphasised)} and {_percent(shown.before.downplayed)}"
            told += f" Previous telling: {before}."
        self._told.setText(told)


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


class TellingView(QWidget):
    """How it was told: the delivery, and the story for other principles. Each is made anew only when it is another.

    Emits the Sound to hear, and what the person said of it.
    """

    play_wished = Signal(object)
    decided = Signal(object, bool)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self._spoken: object = None
        self._told: object = None
        self._delivery, self._variants = column(), column()
        whole = column(spacing=14)
        whole.addLayout(self._delivery)
        whole.addLayout(self._variants)
        self.setLayout(whole)

    def clear(self) -> None:
        """Nothing has been read."""
        self._spoken = self._told = None
        clear(self._delivery)
        clear(self._variants)

    def other_reading(self, reading: Reading) -> Made:
        """Both, of a reading."""
        hedges = len(reading.analysis.counts.hedges)
        spoken, told = (reading.spoken, hedges), (reading.variants, reading.told_for)
        delivery = variants = None
        if reading.spoken and spoken != self._spoken:
            card = DeliveryCard(reading.spoken, hedges, self._keys)
            card.play_wished.connect(self.play_wished)
            card.decided.connect(self.decided)
            delivery = bundle([label("Delivery", "heading"), card], 10)
            yield delivery
        if told != self._told:
            variants = polished(VariantCard(*told))
            yield variants

        def show() -> None:
            if spoken != self._spoken:
                clear(self._delivery)
                if delivery:
                    put(self._delivery, delivery)
            if variants:
                put(self._variants, variants)
            self._spoken, self._told = spoken, told

        return show

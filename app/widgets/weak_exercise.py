"""The weak answer as an exercise: mark what is wrong with it, then see what is."""

import re

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from app.widgets.text import button, clear, column, label, row
from interviewer.pattern import Fault, WeakAnswer

MISSING = "Something that should be said is missing"
LEAD_WORDS = 3
_BREAK = re.compile(r"(?<=[.,;!?])\s+")


def pieces_of(weak: WeakAnswer) -> dict[str, str]:
    """The weak answer in pieces to be marked, each with the faulty words in it; empty for a piece that would pass.

    A few words before faulty ones belong to them, so that each piece can be read alone.
    """
    rest, pieces = " ".join(weak.text.split()), dict[str, str]()
    quotes = sorted((fault.quote for fault in weak.faults if fault.quote), key=weak.text.index)
    for quote in [*quotes, ""]:
        before, _, rest = rest.partition(quote) if quote else (rest, "", "")
        parts = [part.strip(" .,;") for part in _BREAK.split(before)]
        parts = [part for part in parts if part]
        lead = parts.pop() if quote and parts and len(parts[-1].split()) <= LEAD_WORDS else ""
        pieces |= dict.fromkeys(parts, "")
        if quote:
            pieces[f"{lead} {quote}".strip()] = quote
    return pieces


class WeakExercise(QFrame):
    """Self-contained: nothing it holds is kept."""

    def __init__(self, weak: WeakAnswer) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._weak = weak
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(label("Spot the five" if len(weak.faults) == 5 else "Spot the faults", "heading"))
        inside.addWidget(label(f"“{' '.join(weak.text.split())}”", "quote", wraps=True))
        text = f"Mark the {len(weak.faults)} things that a strict listener would hold against it."
        inside.addWidget(label(text, "muted", wraps=True))
        pieces = pieces_of(weak)
        if any(not fault.quote for fault in weak.faults):
            pieces[MISSING] = MISSING
        self.boxes = {piece: QCheckBox(piece) for piece in pieces}
        self._faulty = {quote: self.boxes[piece] for piece, quote in pieces.items() if quote}
        for box in self.boxes.values():
            inside.addWidget(box)
        self._show = button("Show the solution")
        self._show.clicked.connect(self.solve)
        inside.addLayout(row(self._show, 1))
        self._solution = column(spacing=8)
        inside.addLayout(self._solution)

    def solve(self) -> None:
        """Says what was found, and all that there is to find."""
        clear(self._solution)
        found = [fault for fault in self._weak.faults if self._faulty[fault.quote or MISSING].isChecked()]
        marked = sum(box.isChecked() for box in self.boxes.values())
        text = f"You marked {len(found)} of {len(self._weak.faults)}"
        wrong = marked - len(found)
        text += f", and {wrong} that would pass." if wrong else "."
        self._solution.addWidget(label(text, "finding", wraps=True))
        for fault in self._weak.faults:
            self._solution.addWidget(_fault_card(fault, fault in found))
        self._solution.addWidget(label(f"What a strict listener thinks: {self._weak.listener_view}", wraps=True))


def _fault_card(fault: Fault, was_found: bool) -> QFrame:
    frame = QFrame()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, 4, 0, 4)
    inside.setSpacing(2)
    sign = "✓ found" if was_found else "○ not marked"
    what = f"“{fault.quote}”" if fault.quote else MISSING
    inside.addWidget(label(f"{sign} · {what}", "good" if was_found else "warn", wraps=True))
    inside.addWidget(label(fault.fault, wraps=True))
    inside.addWidget(label(f"Say instead: {fault.instead}", "muted", wraps=True))
    return frame

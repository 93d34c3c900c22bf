"""The weak answer as an exercise: mark what is wrong with it, then see what is."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.option import Option
from app.look.text import announce, button, clear, column, label, row
from interviewer.pattern import Fault, WeakAnswer

MISSING = "Something that should be said is missing"
LEAD_WORDS = 3
_BREAK = re.compile(r"(?<=[.,;!?])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the weak answer and what is wrong with them; no faults for a piece that would pass."""

    text: str
    faults: tuple[Fault, ...] = ()


def pieces_of(weak: WeakAnswer) -> tuple[Piece, ...]:
    """The weak answer in pieces to be marked, and what it does not say at all as the last one.

    A few words before faulty ones belong to them, so that each piece can be read alone.
    """
    rest, pieces = " ".join(weak.text.split()), list[Piece]()
    quotes = sorted({fault.quote for fault in weak.faults if fault.quote}, key=rest.find)
    for quote in [*quotes, ""]:
        before, _, rest = rest.partition(quote) if quote else (rest, "", "")
        parts = [part.strip(" .,;") for part in _BREAK.split(before)]
        parts = [part for part in parts if part]
        lead = parts.pop() if quote and parts and len(parts[-1].split()) <= LEAD_WORDS else ""
        pieces += map(Piece, parts)
        if quote:
            pieces.append(Piece(f"{lead} {quote}".strip(), _faults(weak, quote)))
    unsaid = _faults(weak, "")
    return (*pieces, Piece(MISSING, unsaid)) if unsaid else tuple(pieces)


def _faults(weak: WeakAnswer, quote: str) -> tuple[Fault, ...]:
    return tuple(fault for fault in weak.faults if fault.quote == quote)


class WeakExercise(QFrame):
    """Takes the numbers of the pieces while it has the focus. Nothing it holds is kept."""

    def __init__(self, weak: WeakAnswer) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._weak = weak
        self._pieces = pieces_of(weak)
        self._is_solved = False
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        heading = "Spot the five" if len(weak.faults) == 5 else "Spot the faults"
        self.setAccessibleName(f"{heading} in the weak answer")
        inside.addWidget(label(heading, "heading"))
        inside.addWidget(label(f"“{' '.join(weak.text.split())}”", "quote", wraps=True))
        text = f"Mark the {len(weak.faults)} things that a strict listener would hold against it."
        inside.addWidget(label(text, "muted", wraps=True))
        self.options = tuple(Option(str(number), piece.text) for number, piece in enumerate(self._pieces, 1))
        for option in self.options:
            option.toggled.connect(lambda is_on, option=option: option.mark("✓ marked" if is_on else ""))
            inside.addWidget(option)
        self._show = button("Show the solution")
        self._show.clicked.connect(lambda: self.begin_again() if self._is_solved else self.solve())
        inside.addLayout(row(self._show, 1))
        self._solution = column(spacing=8)
        inside.addLayout(self._solution)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = int(event.text()) if event.text() in "123456789" and event.text() else 0
        if 0 < number <= len(self.options):
            self.options[number - 1].click()
        else:
            super().keyPressEvent(event)

    def solve(self) -> None:
        """Says what was found, and all that there is to find."""
        clear(self._solution)
        self._is_solved = True
        self._show.setText("Again")
        found, wrong = 0, 0
        for piece, option in zip(self._pieces, self.options, strict=True):
            option.settle(True)
            found += len(piece.faults) * option.isChecked()
            wrong += option.isChecked() and not piece.faults
            if option.isChecked():
                option.mark(*(("✓ found", "good") if piece.faults else ("✗ would pass", "bad")))
            elif piece.faults:
                option.mark("○ not marked", "warn")
        text = f"You found {found} of {len(self._weak.faults)}"
        text += f", and marked {wrong} that would pass." if wrong else "."
        announce(self, text)
        self._solution.addWidget(label(text, "finding", wraps=True))
        for piece in self._pieces:
            for fault in piece.faults:
                self._solution.addWidget(_fault_card(fault))
        self._solution.addWidget(label(f"What a strict listener thinks: {self._weak.listener_view}", wraps=True))

    def begin_again(self) -> None:
        """As before the solution."""
        clear(self._solution)
        self._is_solved = False
        self._show.setText("Show the solution")
        for option in self.options:
            option.settle(False)
            option.setChecked(False)
            option.mark("")


def _fault_card(fault: Fault) -> QFrame:
    frame = QFrame()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, 4, 0, 4)
    inside.setSpacing(2)
    inside.addWidget(label(f"“{fault.quote}”" if fault.quote else MISSING, "quote", wraps=True))
    inside.addWidget(label(fault.fault, wraps=True))
    inside.addWidget(label(f"Say instead: {fault.instead}", "muted", wraps=True))
    return frame

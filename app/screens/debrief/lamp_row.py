"""Six lamps: what holds, what is thin, what was not found. A sign and a word each; colour only helps."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel

from app.look.text import column, label, row, set_role
from interviewer.findings.analysis import HOLDS, LAMP_NAMES, NOT_FOUND, THIN, Lamp

SIGNS = {HOLDS: "●", THIN: "◐", NOT_FOUND: "○", "": "–"}
ROLES = {HOLDS: "good", THIN: "warn", NOT_FOUND: "bad", "": "muted"}


class LampRow(QFrame):
    """Shows six lamps side by side, as many on a line as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._states: dict[str, QLabel] = {}
        inside = row(spacing=18)
        inside.setContentsMargins(0, 2, 0, 2)
        for lamp, name in LAMP_NAMES.items():
            self._states[lamp] = label("", "muted")
            inside.addLayout(column(label(name, "label"), self._states[lamp], spacing=1))
        inside.addStretch(1)
        self.setLayout(inside)

    def show_lamps(self, lamps: Sequence[Lamp]) -> None:
        """All six."""
        for lamp in lamps:
            shown = self._states[lamp.id]
            shown.setText(f"{SIGNS[lamp.state]} {lamp.words}")
            set_role(shown, ROLES[lamp.state])
        self.setAccessibleName("; ".join(f"{lamp.name} {lamp.words}" for lamp in lamps))

"""The key sheet: which keys do what, screen by screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.look.commands import SCREENS, commands_of
from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.page import Page
from app.look.text import card, label
from app.look.theme import Theme


class KeysPage(Page):
    """Read only. Keys are chosen in the settings, and are shown here as they are now."""

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=720)
        self._keys = keys
        self._shown: dict[str, QLabel] = {}
        self._grids: list[QGridLayout] = []
        self.body.addWidget(label("Keys", "title"))
        changed = "Most of them can be changed: {everywhere.settings} opens the settings."
        self.body.addWidget(KeyHint(keys, changed))
        for screen, title in SCREENS.items():
            frame, inside = card()
            inside.addWidget(label(title, "heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(20)
            grid.setColumnStretch(1, 1)
            for place, command in enumerate(commands_of(screen)):
                shown = self._shown[command.id] = label(keys.text(command.id), "key")
                grid.addWidget(shown, place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label(command.words, wraps=True), place, 1)
            inside.addLayout(grid)
            self._grids.append(grid)
            self.body.addWidget(frame)
        self.body.addStretch(1)
        keys.changed.connect(self._show)

    def give_air(self) -> None:
        """What keys do stands in one line down the whole page."""
        super().give_air()
        widest = max(shown.sizeHint().width() for shown in self._shown.values())
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, widest)

    def _show(self) -> None:
        for command, shown in self._shown.items():
            shown.setText(self._keys.text(command))
        self.give_air()

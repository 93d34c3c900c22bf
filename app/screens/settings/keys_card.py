"""The settings' section on keys: the commands of one screen at a time, each with its key, which can be another one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.look.commands import BY_ID, SCREENS, Command, commands_of
from app.look.key_names import shown_key
from app.look.keys import Keys
from app.look.text import announce, button, combo, label, put, row
from app.screens.settings.key_button import KeyButton

CHOOSE = "Press a key's button, then the new key. It holds at once, also in hints and on the key sheet."


class KeysCard(QFrame):
    """Emits all keys that were chosen, by command, when one was chosen or given back."""

    chosen = Signal(object)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._keys = keys
        self._buttons: dict[str, KeyButton] = {}
        self._resets: dict[str, QPushButton] = {}
        self._told: dict[str, QLabel] = {}
        self._screen = combo("Keys of which screen", list(SCREENS.values()))
        self._screen.activated.connect(self._list)
        self._lines = QVBoxLayout()
        self._reset_all = button("Reset all keys")
        self._reset_all.clicked.connect(self._give_all_back)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.addWidget(label("Keys", "heading"))
        inside.addWidget(label(CHOOSE, "muted", wraps=True))
        inside.addWidget(self._screen)
        inside.addLayout(self._lines)
        inside.addLayout(row(self._reset_all, 1))
        keys.changed.connect(self._show)
        self._list()

    def show_screen(self, screen: str) -> None:
        """Lists the commands of one of SCREENS."""
        self._screen.setCurrentIndex(list(SCREENS).index(screen))
        self._list()

    def _list(self) -> None:
        """The commands of the chosen screen."""
        self._buttons, self._resets, self._told = {}, {}, {}
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for place, command in enumerate(commands_of(list(SCREENS)[self._screen.currentIndex()])):
            self._add_line(grid, 2 * place, command)
        put(self._lines, lines)
        self._show()
        before: QWidget = self._screen
        for name, key in self._buttons.items():  # Tab goes from line to line, though they are newer than what follows
            for each in (key, self._resets[name]):
                QWidget.setTabOrder(before, each)
                before = each

    def _add_line(self, grid: QGridLayout, line: int, command: Command) -> None:
        """The key, what it does, and below it the place for why another key is refused."""
        grid.addWidget(label(command.words, wraps=True), line, 1)
        if command.is_fixed:
            fixed = label(self._keys.text(command.id), "key")
            fixed.setToolTip("This key cannot be changed.")
            grid.addWidget(fixed, line, 0, Qt.AlignmentFlag.AlignCenter)
            return
        key = self._buttons[command.id] = KeyButton(command.words)
        key.wished.connect(lambda wished: self._choose(command, wished))
        reset = self._resets[command.id] = button("Reset", name=f"{command.words}: back to its own key")
        reset.clicked.connect(lambda: self._give_back(command))
        told = self._told[command.id] = label("", "warn", wraps=True)
        told.hide()
        grid.addWidget(key, line, 0)
        grid.addWidget(reset, line, 2)
        grid.addWidget(told, line + 1, 0, 1, 3)

    def _show(self) -> None:
        """The keys as they are now."""
        for name, key in self._buttons.items():
            now = self._keys.of(name)
            key.show_key(now[0])
            own = BY_ID[name].keys
            self._resets[name].setVisible(now != own)
            self._resets[name].setToolTip(f"Back to {shown_key(own[0])}")
        self._reset_all.setEnabled(bool(self._keys.chosen))

    def _choose(self, command: Command, key: str) -> None:
        reason = self._keys.refusal(command.id, key)
        for name, told in self._told.items():
            told.setText(reason if name == command.id else "")
            told.setVisible(bool(told.text()))
        if reason:
            announce(self, reason)
            return
        others = {name: text for name, text in self._keys.chosen.items() if name != command.id}
        self.chosen.emit(others if (key,) == command.keys else {**others, command.id: key})
        announce(self, f"{command.words}: now {shown_key(key)}")

    def _give_back(self, command: Command) -> None:
        self._buttons[command.id].setFocus()  # the button that was pressed goes away
        self._choose(command, command.keys[0])

    def _give_all_back(self) -> None:
        self._screen.setFocus()
        self.chosen.emit({})

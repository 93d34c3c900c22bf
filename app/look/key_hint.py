"""What follows the keys in force by itself: a line that names keys, the tip of a button, a key that is obeyed wherever
the focus is."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.look.commands import BY_ID
from app.look.keys import Keys
from app.look.words import Words


class KeyHint(Words):
    """Small running text; commands in curly brackets stand for their keys."""

    def __init__(self, keys: Keys, text: str) -> None:
        super().__init__()
        self._keys, self._pattern = keys, text
        self.setProperty("role", "small")
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setText(self._keys.said(self._pattern))


class KeyTip(QObject):
    """Lives with its button, and shows over it what its key does."""

    def __init__(self, button: QAbstractButton, keys: Keys, command: str) -> None:
        super().__init__(button)
        self._button, self._keys, self._command = button, keys, command
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._button.setToolTip(f"{BY_ID[self._command].words} ({self._keys.text(self._command)})")


class KeyShortcut(QShortcut):
    """A command that is obeyed wherever in the window the focus is."""

    def __init__(self, parent: QWidget, keys: Keys, command: str, does: Callable[[], None]) -> None:
        super().__init__(parent)
        self._keys, self._command = keys, command
        self.activated.connect(does)
        keys.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setKeys([QKeySequence(key) for key in self._keys.of(self._command)])

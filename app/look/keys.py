"""The keys in force: which command a key press means on a page, and how its key is called in a hint."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from app.look.commands import BY_ID, COMMANDS
from app.look.key_choice import refusal, settle
from app.look.key_names import key_of, shown_key

NONE = ("", 0)
"""A key press that is no command."""

PLACE = re.compile(r"\{([\w.]+)\}")


class Keys(QObject):
    """One for the whole window, on the GUI thread. Pages hold it, ask it, and repeat hints once it has changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._take({})

    def take(self, chosen: Mapping[str, str]) -> None:
        """The person's own keys by command. What cannot be is passed over, and what is missing has its own key."""
        before = self._keys
        self._take(chosen)
        if self._keys != before:
            self.changed.emit()

    def _take(self, chosen: Mapping[str, str]) -> None:
        self._keys = settle(chosen)
        self._means = {
            (command.page, key): (command.id, place)
            for command in COMMANDS
            for place, key in enumerate(self._keys[command.id])
        }

    @property
    def chosen(self) -> dict[str, str]:
        """The keys in force that are not the commands' own."""
        return {name: keys[0] for name, keys in self._keys.items() if keys != BY_ID[name].keys}

    def pressed(self, event: QKeyEvent, page: str) -> tuple[str, int]:
        """The command that a key press means on a page, and which key of its family it was; NONE for none."""
        return self._means.get((page, key_of(event)), NONE)

    def of(self, command: str) -> tuple[str, ...]:
        """The keys of a command, in the portable form."""
        return self._keys[command]

    def text(self, command: str) -> str:
        """The key of a command, or its family, as a person reads it."""
        return BY_ID[command].family or shown_key(self._keys[command][0])

    def said(self, text: str) -> str:
        """A text in which commands in curly brackets stand for their keys: "{room.hint} a hint"."""
        return PLACE.sub(lambda found: self.text(found[1]), text)

    def refusal(self, command: str, key: str) -> str:
        """Why a command cannot have a key, in a sentence; empty when it can."""
        return refusal(BY_ID[command], key, self._keys)

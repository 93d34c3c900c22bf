"""From screen to screen and back again: the only place that knows which one is shown, and where Esc leads."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.look.commands import BY_ID
from app.look.key_hint import KeyShortcut
from app.look.notices import PAGE
from app.screens.screen import Screen
from app.window.main_window import MainWindow

HOME = "home"


class Navigation(QObject):
    """Lives on the GUI thread; a Way."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._screens: Mapping[str, Screen] = {}
        self._trail: list[str] = []
        """The screens that Esc leads back to, the last one last."""
        self._shown = HOME
        window.back_wished.connect(self.back)

    def register(self, screens: Mapping[str, Screen]) -> None:
        """All there are, and the keys that lead to them from wherever one is. Called once, with Home on the window."""
        self._screens = screens
        for name, screen in screens.items():
            self._window.add_page(screen.page)
            screen.ready.connect(partial(self._show, name))
            if (command := f"everywhere.{name}") in BY_ID:
                KeyShortcut(self._window, self._window.keys_in_force, command, partial(self.go, name))
        search = partial(self.go, "library", searches=True)
        KeyShortcut(self._window, self._window.keys_in_force, "everywhere.search", search)

    @property
    def shown(self) -> str:
        return self._shown

    @property
    def screen(self) -> Screen:
        """The one that is shown."""
        return self._screens[self._shown]

    def go(self, screen: str, *what: Any, **how: Any) -> None:
        if not self.screen.is_shut:
            self._screens[screen].open(*what, **how)

    def back(self) -> None:
        if not self.screen.is_shut:
            self._show(self._trail[-1] if self._trail else HOME)

    def forget(self, screen: str) -> None:
        if screen in self._trail:
            self._trail.remove(screen)

    def say(self, text: str, about: str = PAGE) -> None:
        self._window.show_notice(text, about)

    def _show(self, name: str) -> None:
        before, left = self._shown, self.screen
        if left.is_shut and name != before:
            return  # what was wished for earlier is there now, but somebody speaks
        left.leave()
        if name in self._trail:
            del self._trail[self._trail.index(name) :]  # back to it
        elif before not in (name, HOME) and not left.page.is_room:
            self._trail.append(before)
        if name == HOME:
            self._trail.clear()
        self._shown = name
        self._window.show_level(None)
        self.screen.enter()
        self._window.show_page(self.screen.page)

"""The way into the room and out again: a new session or one to go on with, and where one goes afterwards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.look.page import Page
from app.screens.room.conductor import Conductor
from app.screens.room.script import Script
from app.sound.live_take import LEAST_MINUTES
from app.state.archive import Archive
from app.state.inventory import Inventory, pattern_gone
from app.state.new_session import new_session
from app.state.preferences import Preferences
from app.window.main_window import MainWindow
from interviewer.pattern import Level
from interviewer.session import Session


class Entrance(QObject):
    """Lives on the GUI thread. Wires the room's keys to its conductor."""

    debrief_wished = Signal(str)
    """A session id."""

    def __init__(
        self,
        window: MainWindow,
        archive: Archive,
        inventory: Inventory,
        preferences: Preferences,
        conductor: Conductor,
        show: Callable[[Page], None],
        data: Path,
    ) -> None:
        super().__init__()
        self._window = window
        self._archive = archive
        self._inventory = inventory
        self._preferences = preferences
        self._conductor = conductor
        self._show = show
        self._data = data
        self._session_id = ""
        room = window.room
        room.pressed.connect(conductor.press)
        room.hint_wished.connect(conductor.toggle_hint)
        room.bookmark_wished.connect(conductor.bookmark)
        room.try_again_wished.connect(conductor.try_again)
        room.leave_chosen.connect(conductor.leave)
        room.debrief_wished.connect(lambda: self.debrief_wished.emit(self._session_id))
        room.clock_style_changed.connect(
            lambda style: preferences.change(replace(preferences.settings, clock_style=style))
        )
        conductor.facts_changed.connect(room.show_facts)
        conductor.clock_changed.connect(room.show_clock)
        conductor.left.connect(self._left)
        home = window.home
        home.mock_wished.connect(self._begin)
        home.go_on_wished.connect(lambda session_id: archive.open(session_id, self._enter))
        window.debrief.session_actions.again_wished.connect(self._begin_again)

    @property
    def is_shut(self) -> bool:
        """Somebody speaks in the room: it is left only through its own question."""
        return self._window.page is self._window.room and self._conductor.is_in_use

    def session_for(self, is_private: bool = False) -> Session:
        """A new session with the chosen pattern and level, for an answer made elsewhere, or typed."""
        settings = self._preferences.settings
        return self._new(settings.pattern, Level(settings.level), is_private)

    def _new(self, pattern_id: str, level: Level, is_private: bool) -> Session:
        pattern = self._inventory.library.patterns[pattern_id]
        return new_session(self._archive.new_id(is_private), pattern, level, self._preferences.settings)

    def _begin_again(self) -> None:
        settings = self._preferences.settings
        self._begin(settings.pattern, Level(settings.level))

    def _begin(self, pattern_id: str, level: Level) -> None:
        """A new guided mock interview, if there is room for it on the disk."""
        self._archive.look_for_room(lambda minutes: self._begin_with_room(pattern_id, level, minutes))

    def _begin_with_room(self, pattern_id: str, level: Level, minutes: float) -> None:
        if self._window.page is self._window.room:
            return  # the button was pressed twice
        if minutes < LEAST_MINUTES:
            self._window.show_notice(
                f"Less than five minutes of recording will fit in {self._data}. Free some space first."
            )
            return
        session = self._new(pattern_id, level, self._window.home.is_private)
        self._archive.add(session)
        self._enter(session)

    def _enter(self, session: Session) -> None:
        """A session, new or left to go on later, at its first open turn."""
        pattern, settings = self._inventory.pattern(session.pattern), self._preferences.settings
        if self._window.page is self._window.room or session.drill:
            return  # the button was pressed twice; a drill is no interview
        if pattern is None:
            self._window.show_notice(pattern_gone(session))
            return
        script = Script(pattern, session, settings.gap_probes, settings.rules_off, settings.variant)
        first = script.first_open(session)
        if first is None:
            self.debrief_wished.emit(session.id)
            return
        self._session_id = session.id
        self._window.room.set_clock_style(settings.clock_style)
        self._show(self._window.room)
        self._conductor.begin(session, script, first, settings)

    def _left(self) -> None:
        """The interview is put away; whoever went on to another page meanwhile stays there."""
        if self._window.page in (self._window.room, self._window.home):
            self._show(self._window.home)

"""The way into the room and out again: a new session or one to go on with, and where one goes afterwards."""

from dataclasses import replace

from app.screens.room.conductor import Conductor
from app.screens.room.page import RoomPage
from app.screens.room.script import Script
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.sound.live_take import LEAST_MINUTES
from app.state.inventory import pattern_gone
from interviewer.session import Session


class Room(Screen):
    """Lives on the GUI thread. Wires the room's keys to its conductor."""

    def __init__(self, page: RoomPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._session_id = ""
        self.conductor = conductor = Conductor(services.lease, services.saying, services.archive, services.hearing)
        page.pressed.connect(conductor.press)
        page.hint_wished.connect(conductor.toggle_hint)
        page.bookmark_wished.connect(conductor.bookmark)
        page.try_again_wished.connect(conductor.try_again)
        page.leave_chosen.connect(conductor.leave)
        page.debrief_wished.connect(lambda: way.go("debrief", self._session_id))
        page.clock_style_changed.connect(self._keep_clock)
        conductor.facts_changed.connect(page.show_facts)
        conductor.clock_changed.connect(page.show_clock)
        conductor.left.connect(self._left)
        services.preferences.changed.connect(lambda before, after: page.set_clock_style(after.clock_style))

    @property
    def is_shut(self) -> bool:  # type: ignore[override]  # it changes with the interview
        """Somebody speaks in the room."""
        return self.conductor.is_under_way

    def open(self, session: Session | None = None) -> None:
        """A session to go on with, or a new mock interview, if there is room for it on the disk."""
        if session:
            self._enter(session)
        else:
            self._services.archive.look_for_room(self._begin)

    def close(self) -> None:
        self.conductor.close()

    def _begin(self, minutes: float) -> None:
        if self._way.shown == "room":
            return  # the button was pressed twice
        if minutes < LEAST_MINUTES:
            data = self._services.folders.data
            self._way.say(f"Less than five minutes of recording will fit in {data}. Free some space first.")
            return
        session = self._services.new_session()
        self._services.archive.add(session)
        self._enter(session)

    def _enter(self, session: Session) -> None:
        """A session, new or left to go on later, at its first open turn."""
        settings = self._services.preferences.settings
        pattern = self._services.inventory.pattern(session.pattern)
        if self._way.shown == "room" or session.drill:
            return  # the button was pressed twice; a drill is no interview
        if pattern is None:
            self._way.say(pattern_gone(session))
            return
        script = Script(pattern, session, settings.gap_probes, settings.rules_off, settings.variant)
        first = script.first_open(session)
        if first is None:
            self._way.go("debrief", session.id)
            return
        self._session_id = session.id
        self._page.set_clock_style(settings.clock_style)
        self.ready.emit()
        self.conductor.begin(session, script, first, settings)

    def _keep_clock(self, style: str) -> None:
        preferences = self._services.preferences
        preferences.change(replace(preferences.settings, clock_style=style))

    def _left(self) -> None:
        """The interview is put away; whoever went on to another page meanwhile stays there."""
        if self._way.shown in ("room", "home"):
            self._way.go("home")

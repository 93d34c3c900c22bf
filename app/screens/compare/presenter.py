"""Two sessions of one pattern side by side, with their sound."""

from app.screens.compare.page import ComparePage
from app.screens.screen import Screen, Way
from app.screens.services import Services
from audio.sound_events import Played, Playing
from interviewer.disk.query import Query, Row
from interviewer.findings.comparison import compare
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.stretches import stretch_of

MOST = 200
"""So many sessions can be chosen from, the newest first."""


class Compare(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: ComparePage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._archive = services.archive
        self._lease = services.lease
        self._sides: list[Session] = []
        self._play_id = 0
        page.chosen.connect(self._compare)
        page.play_wished.connect(self._play)
        page.stop_wished.connect(self._stop)
        page.back_wished.connect(way.back)

    def open(self, session_id: str) -> None:
        """A session beside the one before it, of the same pattern."""
        query = Query(pattern=self._archive.get(session_id).pattern, is_whole=True)
        self._services.index.find(query, lambda rows: self._begin(session_id, rows[:MOST]))

    def leave(self) -> None:
        self._stop()

    def _stop(self) -> None:
        """No sound from here."""
        if self._play_id:
            self._play_id = 0
            self._lease.hush()
            self._page.show_playing(False)

    def _heard(self, event: Playing | Played) -> None:
        if isinstance(event, Played) and event.id == self._play_id:
            self._play_id = 0
            self._page.show_playing(False)

    def _begin(self, session_id: str, rows: tuple[Row, ...]) -> None:
        earlier = next((row.id for row in rows if row.id < session_id), "")
        other = earlier or next((row.id for row in rows if row.id != session_id), "")
        first, second = (session_id, other) if other > session_id else (other, session_id)
        self._page.show_rows(rows, first, second)
        if other:
            self._compare(first, second)
        else:
            self._page.show_nothing("There is no other telling of this pattern yet. Tell it again, then compare.")
        self.ready.emit()

    def _compare(self, first: str, second: str) -> None:
        self._archive.open(first, lambda one: self._archive.open(second, lambda two: self._show(one, two)))

    def _show(self, first: Session, second: Session) -> None:
        pattern = self._services.inventory.pattern(first.pattern)
        if pattern:
            self._sides = [first, second]
            self._page.show_comparison(compare(pattern, first, second))

    def _play(self, side: int, section: Section) -> None:
        if side >= len(self._sides):
            return
        session = self._sides[side]
        found = stretch_of(session, section)
        if found is None:
            self._stop()
            return
        path = self._archive.path(session.id, found.take.file)
        self._play_id = self._lease.play(path, found.span.start, found.span.end, on=self._heard)
        self._page.show_playing(True)

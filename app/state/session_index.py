"""All sessions, found at once: the index on a thread of its own. How they are listed is the library's work."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.folders import Folders
from interviewer.disk.index import Index
from interviewer.disk.query import Query, Row
from interviewer.disk.store import Store
from interviewer.session import Session

SETTLING_MS = 400
"""Waited after a change before that is told."""

LISTING, SEARCHING = "listing your sessions", "searching your sessions"


class SessionIndex(QObject):
    """Lives on the GUI thread. Private sessions are never in it."""

    unfinished_found = Signal(object)
    """Ids of sessions with a take that was cut off; told once the index is up to date."""
    waiting_found = Signal(object)
    """Ids of sessions that wait for their words, oldest first."""
    opened = Signal()
    """The index is up to date, at the start or once a backup came."""
    changed = Signal()
    """Sessions came, went, or are others than before: what was found may not hold any more."""
    moved = Signal(int, int)
    """So many of all sessions have been looked at; both nought where that was given up."""

    def __init__(self, folders: Folders, archive: Archive, bridge: Bridge, disk: Disk) -> None:
        super().__init__()
        self._bridge = bridge
        self._disk = disk
        self._is_open = False
        self._index = Index(folders.data / "index.sqlite", Store(folders.data))
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self.changed)
        archive.written.connect(self.take_in)
        archive.gone.connect(self._forget)

    def open(self) -> None:
        """Brings the index up to date; `moved` says how far it is, `opened` when it is."""
        self._disk.do(
            lambda: self._index.open(self._tell), lambda _: self._opened(), LISTING, lambda: self.moved.emit(0, 0)
        )

    def glance(self, query: Query, then: Callable[[tuple[Row, ...], int], None]) -> None:
        """Hands the first of the sessions that fit, as they were when the index was last in use, and how many there
        were to `then`. To be asked before `open`."""
        self._disk.do(lambda: self._index.glance(query), lambda found: then(*found), LISTING)

    def find(
        self, query: Query, then: Callable[[tuple[Row, ...]], None], otherwise: Callable[[], None] | None = None
    ) -> None:
        """Hands the sessions that fit to `then`; calls `otherwise` where the index cannot be asked."""
        self._disk.do(lambda: self._index.rows(query), then, SEARCHING, otherwise)

    def ask(
        self,
        work: Callable[[Index], Any],
        then: Callable[[Any], None],
        doing: str = SEARCHING,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Lets `work` ask the index several things at once, on its thread; see `Disk.do`."""
        self._disk.do(lambda: work(self._index), then, doing, otherwise)

    def count_stories(self, then: Callable[[tuple[Row, ...]], None]) -> None:
        """Hands every session that tells a story of the bank to `then`."""
        self.find(Query(is_told=True), then)

    def take_in(self, session: Session) -> None:
        """A session that is on the disk now."""
        if not Archive.is_private(session.id):
            self._disk.do(lambda: self._update(session), doing=LISTING)
            self._settling.start()

    def close(self) -> None:
        """Stops asking. Blocks until what was asked for is done."""
        self._settling.stop()
        self._disk.do(self._index.close, doing=LISTING)
        self._disk.close()

    def look_for_waiting(self) -> None:
        """Answered by `waiting_found`; before the index is open that comes by itself."""
        if self._is_open:
            self._disk.do(self._waiting, lambda rows: self.waiting_found.emit(_ids(rows)), LISTING)

    def _waiting(self) -> tuple[Row, ...]:
        """Looked for anew in the folders: sessions may have been put there by other means."""
        self._index.catch_up()
        return self._index.rows(Query(is_waiting=True, sort="oldest"))

    def _opened(self) -> None:
        self._is_open = True
        unfinished = Query(is_unfinished=True)
        self._disk.do(
            lambda: self._index.rows(unfinished), lambda rows: self.unfinished_found.emit(_ids(rows)), SEARCHING
        )
        self.look_for_waiting()
        self.opened.emit()

    def _update(self, session: Session) -> None:
        """On the index's thread. Its folder may be on its way to the bin: then there is nothing to take in."""
        try:
            self._index.update(session)
        except FileNotFoundError:
            self._index.remove(session.id)

    def _tell(self, done: int, total: int) -> None:
        self._bridge.post(lambda: self.moved.emit(done, total))

    def _forget(self, session_id: str) -> None:
        self._disk.do(lambda: self._index.remove(session_id), doing=LISTING)
        self._settling.start()


def _ids(rows: tuple[Row, ...]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)

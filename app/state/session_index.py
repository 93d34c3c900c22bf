"""All sessions, found at once: the index on the disk's thread, its page on the GUI's."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.screens.library.page import LibraryPage
from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.folders import Folders
from interviewer.disk.index import Index
from interviewer.disk.query import Query, Row
from interviewer.disk.store import Store
from interviewer.session import Session

TYPING_MS = 60
"""Waited after a key before searching: fast typing asks once."""
SETTLING_MS = 400
"""Waited after a change before the list is read again."""

LISTING, SEARCHING = "listing your sessions", "searching your sessions"


class Library(QObject):
    """Lives on the GUI thread. Private sessions are never in it."""

    unfinished_found = Signal(object)
    """Ids of sessions with a take that was cut off; told once the index is up to date."""
    waiting_found = Signal(object)
    """Ids of sessions that wait for their words, oldest first."""
    notice = Signal(str)
    """Why the index's file cannot be used now; told once."""

    def __init__(self, page: LibraryPage, folders: Folders, archive: Archive, bridge: Bridge, disk: Disk) -> None:
        super().__init__()
        self._page = page
        self._bridge = bridge
        self._disk = disk
        self._is_open = False
        self._index = Index(folders.data / "index.sqlite", Store(folders.data))
        self._query = Query()
        self._asked = 0
        self._is_behind = False
        """Something has changed since the list was read."""
        self._problem = ""
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._settled)
        page.query_changed.connect(self._change_query)
        archive.written.connect(self.take_in)
        archive.gone.connect(self._forget)

    def open(self) -> None:
        """Shows the list as it was, then brings the index up to date; the page says how far it is."""
        query = self._query
        if not self._is_open:
            self._disk.do(lambda: self._index.glance(query), lambda found: self._page.show_rows(*found), LISTING)
        self._disk.do(
            lambda: self._index.open(self._tell),
            lambda _: self._opened(),
            LISTING,
            lambda: self._page.show_progress(0, 0),
        )

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

    def refresh(self) -> None:
        """The list comes to the front."""
        if self._is_behind:
            self._ask()

    def take_in(self, session: Session) -> None:
        """A session that is on the disk now."""
        if not Archive.is_private(session.id):
            self._disk.do(lambda: self._update(session), doing=LISTING)
            self._settling.start()

    def close(self) -> None:
        """Stops asking. Blocks until what was asked for is done."""
        self._typing.stop()
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
        self._ask()

    def _update(self, session: Session) -> None:
        """On the index's thread. Its folder may be on its way to the bin: then there is nothing to take in."""
        try:
            self._index.update(session)
        except FileNotFoundError:
            self._index.remove(session.id)

    def _tell(self, done: int, total: int) -> None:
        self._bridge.post(lambda: self._page.show_progress(done, total))

    def _forget(self, session_id: str) -> None:
        self._disk.do(lambda: self._index.remove(session_id), doing=LISTING)
        self._settling.start()

    def _change_query(self, query: Query) -> None:
        self._query = query
        self._typing.start()

    def _settled(self) -> None:
        """All rows are read again while somebody looks at them, and else when somebody will."""
        if self._page.isVisible():
            self._ask()
        else:
            self._is_behind = True

    def _ask(self) -> None:
        self._is_behind = False
        self._asked += 1
        number, query = self._asked, self._query
        self._disk.do(
            lambda: (self._index.rows(query), self._index.problem), lambda found: self._show(number, *found), SEARCHING
        )

    def _show(self, number: int, rows: tuple[Row, ...], problem: str) -> None:
        """The answer to the last question; older ones are passed over."""
        if problem != self._problem:
            self._problem = problem
            self.notice.emit(problem)
        if number == self._asked:
            self._page.show_rows(rows)


def _ids(rows: tuple[Row, ...]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)

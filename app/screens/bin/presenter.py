"""The bin as the window sees it: listed, put back, deleted; old throws go at the start."""

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from app.screens.bin.page import DiscardsPage
from app.state.bridge import Disk
from app.state.session_index import Library
from interviewer.disk.bin import Bin
from interviewer.disk.index import Index
from interviewer.disk.store import Store
from interviewer.session import Session


class Discards(QObject):
    """Lives on the GUI thread. What is deleted goes on the index's thread, with its words."""

    restored = Signal(object)
    """A Session that is among the others again; None for one whose file cannot be read."""

    notice = Signal(str)

    def __init__(self, page: DiscardsPage, store: Store, library: Library, disk: Disk) -> None:
        super().__init__()
        self._page = page
        self._bin = Bin(store)
        self._library = library
        self._disk = disk
        page.restore_wished.connect(self._restore)
        page.delete_wished.connect(self._delete)
        page.date_confirmed.connect(self._confirm)

    def begin(self) -> None:
        """At the start: finishes what was being deleted, and deletes what has been here for thirty days."""
        now = datetime.now()

        def begin(index: Index) -> tuple[date, date] | None:
            self._bin.begin(now)
            self._bin.finish(index.wipe)
            return self._bin.jump(now)

        self._library.ask(begin, self._begun, "emptying the bin of what is old")

    def show(self) -> None:
        """Brings the page up to date."""
        now = datetime.now()
        self._disk.do(
            lambda: (self._bin.thrown(now), self._bin.jump(now)),
            lambda found: self._page.show_thrown(*found),
            "reading the bin",
        )

    def _begun(self, jump: tuple[date, date] | None) -> None:
        if jump:
            before, today = jump
            self.notice.emit(
                f"The clock jumped from {before} to {today}, so nothing was deleted. The bin asks (Ctrl+2)."
            )
        if self._page.isVisible():
            self.show()

    def _confirm(self) -> None:
        self._disk.do(self._bin.confirm, lambda _: self.show(), "setting the clock of the bin right")

    def _restore(self, session_id: str) -> None:
        def restored(session: Session | None) -> None:
            self.restored.emit(session)
            self.show()

        self._disk.do(lambda: self._bin.restore(session_id), restored, "putting the session back", self.show)

    def _delete(self, session_id: str) -> None:
        def delete(index: Index) -> None:
            self._bin.mark(session_id)
            self._bin.finish(index.wipe)

        self._library.ask(delete, lambda _: self.show(), "deleting the session", self.show)

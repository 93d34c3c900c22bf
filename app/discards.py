"""The bin as the window sees it: listed, put back, deleted; old throws go at the start."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.bridge import Disk
from app.discards_page import DiscardsPage
from interviewer.bin import Bin
from interviewer.session import Session
from interviewer.store import Store


class Discards(QObject):
    """Lives on the GUI thread."""

    restored = Signal(object)
    """A Session that is among the others again; None for one whose file cannot be read."""
    deleted = Signal(str)
    """The id of a session that is gone for good."""

    def __init__(self, page: DiscardsPage, store: Store, disk: Disk) -> None:
        super().__init__()
        self._page = page
        self._bin = Bin(store)
        self._disk = disk
        page.restore_wished.connect(self._restore)
        page.delete_wished.connect(self._delete)

    def purge(self) -> None:
        """Deletes what has been here for thirty days."""
        self._disk.do(lambda: self._bin.purge(datetime.now()), self._tell_deleted, "emptying the bin of what is old")

    def show(self) -> None:
        """Brings the page up to date."""
        self._disk.do(self._bin.thrown, self._page.show_thrown, "reading the bin")

    def _tell_deleted(self, ids: tuple[str, ...]) -> None:
        for session_id in ids:
            self.deleted.emit(session_id)

    def _restore(self, session_id: str) -> None:
        def restored(session: Session | None) -> None:
            self.restored.emit(session)
            self.show()

        self._disk.do(lambda: self._bin.restore(session_id), restored, "putting the session back", self.show)

    def _delete(self, session_id: str) -> None:
        def deleted(_: None) -> None:
            self.deleted.emit(session_id)
            self.show()

        self._disk.do(lambda: self._bin.delete(session_id), deleted, "deleting the session", self.show)

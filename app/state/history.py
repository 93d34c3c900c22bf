"""What has been practised of each pattern: when last, the best take, and the last takes. Read from the index."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.state.archive import Archive
from app.state.inventory import Inventory
from app.state.session_index import SessionIndex
from interviewer.disk.index import Index
from interviewer.disk.query import Query
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.practice.suggestion import LOOKED_AT
from interviewer.session import Session


@dataclass(frozen=True, slots=True)
class Past:
    """Of one pattern. `last` is when anything of it was recorded, ISO 8601, empty for never; `takes` are the last whole
    ones, newest first. A private session leaves no trace here."""

    last: str = ""
    best: Session | None = None
    takes: tuple[Session, ...] = ()


class History(QObject):
    """Lives on the GUI thread. Empty until the index has answered."""

    changed = Signal()

    def __init__(self, index: SessionIndex, store: Store, archive: Archive, inventory: Inventory) -> None:
        super().__init__()
        self._index = index
        self._store = store
        self._inventory = inventory
        self._known: dict[str, Past] = {}
        archive.listed.connect(lambda _: self.read())
        inventory.changed.connect(self.read)

    def of(self, pattern_id: str) -> Past:
        return self._known.get(pattern_id, Past())

    @property
    def is_known(self) -> bool:
        """The index has answered."""
        return bool(self._known)

    def read(self) -> None:
        """Answered by `changed`."""
        ids = tuple(self._inventory.library.patterns)
        if ids:
            self._index.ask(lambda index: {each: self._past(index, each) for each in ids}, self._was_read)

    def _was_read(self, known: dict[str, Past]) -> None:
        if known != self._known:
            self._known = known
            self.changed.emit()

    def _past(self, index: Index, pattern_id: str) -> Past:
        """On the index's thread."""
        whole = Query(pattern=pattern_id, is_whole=True, is_spoken=True, most=LOOKED_AT)
        last = index.rows(Query(pattern=pattern_id, most=1))
        best = index.rows(Query(pattern=pattern_id, is_whole=True, is_spoken=True, sort="best", most=1))
        takes = [session for row in index.rows(whole) if (session := self._load(row.id))]
        return Past(last[0].started if last else "", self._load(best[0].id) if best else None, tuple(takes))

    def _load(self, session_id: str) -> Session | None:
        try:
            return self._store.load(session_id)
        except PracticeError:
            return None

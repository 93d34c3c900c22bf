"""What comes from outside: a sound file becomes a session, a packed session or a backup comes home."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal

from app.exchange.sound_import import Imported, import_sound
from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.inventory import Inventory
from interviewer.disk.backup import Restored, is_backup, restore
from interviewer.disk.foreign import regular_file, shown_name
from interviewer.disk.names import some_of
from interviewer.disk.parcel import unpack
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.session import Session

Begin = Callable[[], Session]
"""A new, empty session with the pattern, level and targets that are chosen now."""


class Incoming(QObject):
    """Lives on the GUI thread; reads on a thread for long works."""

    brought = Signal(object)
    """A Session that is on the disk now."""
    restored = Signal()
    notice = Signal(str)
    reading = Signal(str)
    """A sound file is being read, which `cancel` stops, and the words for it; empty once none is."""

    def __init__(self, folders: Folders, begin: Begin, works: Disk, inventory: Inventory) -> None:
        super().__init__()
        self._folders = folders
        self._begin = begin
        self._works = works
        self._inventory = inventory
        self._store = Store(folders.data)
        self._cancelled = Event()
        self._left = 0
        """Sound files that are still to be read."""
        self._told: list[str] = []
        """Of those that have been read since none was left."""

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files that were chosen, dropped on the window, or named when the program was started."""
        if not self._inventory.library.patterns:  # the program has just started, and there is nothing to begin with
            later = Qt.ConnectionType.SingleShotConnection
            self._inventory.changed.connect(partial(self.take_in, paths), later)
            return
        if not self._left:
            self._told = []
        if not self._left or self._cancelled.is_set():
            self._cancelled = Event()
        for path in paths:
            doing = f"reading {shown_name(path)}"
            if path.suffix.lower() == ".zip":
                self._works.do(partial(self._unpack, path), self._unpacked, doing, is_said=True)
            else:
                self._left += 1
                self.reading.emit(f"Reading {shown_name(path)} … Esc stops it.")
                work = partial(self._import, path, self._begin(), self._cancelled)
                self._works.do(work, self._imported, doing, self._ended)

    def cancel(self) -> None:
        """Gives up the sound files that are being read, or are still to be read."""
        self._cancelled.set()

    def _import(self, path: Path, session: Session, cancelled: Event) -> Imported | PracticeError:
        try:
            return import_sound(self._store, session, path, cancelled=cancelled)
        except PracticeError as error:
            return error

    def _ended(self) -> None:
        self._left -= 1
        if not self._left:
            self.reading.emit("")

    def _imported(self, found: Imported | PracticeError) -> None:
        self._ended()
        if isinstance(found, Imported):
            self._told += found.notices
            self.brought.emit(found.session)
        elif str(found) not in self._told:
            self._told.append(str(found))
        self.notice.emit("\n".join(self._told))

    def _unpack(self, path: Path) -> Session | Restored:
        if is_backup(regular_file(path)):
            return restore(path, self._folders.data, self._folders.settings_file)
        return unpack(path, self._store)

    def _unpacked(self, found: Session | Restored) -> None:
        if isinstance(found, Session):
            self.notice.emit("")
            self.brought.emit(found)
            return
        kept = f" {len(found.kept)} were here before and stayed as they are." if found.kept else ""
        if found.left_out:
            kept += f" Damaged in it, and left out: {some_of(found.left_out)}."
        count = len(found.sessions)
        self.notice.emit(f"{count} {'session' if count == 1 else 'sessions'} came back from the backup.{kept}")
        self.restored.emit()

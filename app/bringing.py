"""What comes from outside: a sound file becomes a session, a packed session or a backup comes home."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.bridge import Disk
from app.folders import Folders
from app.imports import import_sound
from interviewer.backup import Restored, is_backup, restore
from interviewer.parcel import unpack
from interviewer.session import Session
from interviewer.store import Store

Begin = Callable[[], Session]
"""A new, empty session with the pattern, level and targets that are chosen now."""


class Bringing(QObject):
    """Lives on the GUI thread; reads on a thread for long works."""

    brought = Signal(object)
    """A Session that is on the disk now."""
    restored = Signal()
    notice = Signal(str)

    def __init__(self, folders: Folders, begin: Begin, works: Disk) -> None:
        super().__init__()
        self._folders = folders
        self._begin = begin
        self._works = works
        self._store = Store(folders.data)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files that were chosen, or dropped on the window."""
        for path in paths:
            doing = f"reading {path.name}"
            if path.suffix.lower() == ".zip":
                self._works.do(partial(self._unpack, path), self._unpacked, doing, is_said=True)
            else:
                work = partial(import_sound, self._store, self._begin(), path)
                self._works.do(work, self._brought, doing, is_said=True)

    def _unpack(self, path: Path) -> Session | Restored:
        if is_backup(path):
            return restore(path, self._folders.data, self._folders.settings_file)
        return unpack(path, self._store)

    def _unpacked(self, found: Session | Restored) -> None:
        if isinstance(found, Session):
            self._brought(found)
            return
        kept = f" {len(found.kept)} were here before and stayed as they are." if found.kept else ""
        count = len(found.sessions)
        self.notice.emit(f"{count} {'session' if count == 1 else 'sessions'} came back from the backup.{kept}")
        self.restored.emit()

    def _brought(self, session: Session) -> None:
        self.brought.emit(session)

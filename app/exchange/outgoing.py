"""What goes out: a session in one of many formats, or everything as a backup. Asks where, then writes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.exchange.file_choice import ask_where_to_write
from app.exchange.formats import KINDS, write_session
from app.state.archive import Archive
from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.inventory import Inventory
from interviewer.disk.backup import back_up
from interviewer.disk.names import some_of
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern
from interviewer.session import Session


class Outgoing(QObject):
    """Lives on the GUI thread."""

    notice = Signal(str)

    def __init__(self, folders: Folders, archive: Archive, inventory: Inventory, works: Disk) -> None:
        super().__init__()
        self._folders = folders
        self._archive = archive
        self._inventory = inventory
        self._works = works

    def export(self, asker: QWidget, session_id: str) -> None:
        """Asks in front of a page where and as what, then writes."""
        session = self._archive.get(session_id)
        pattern = self._inventory.pattern(session.pattern)
        if pattern:
            ask_where_to_write(
                asker,
                "Export this session",
                f"{session.principle} {session.started[:10]}",
                KINDS,
                lambda path, kind: self._write(session, pattern, path, kind),
            )

    def back_up(self, asker: QWidget) -> None:
        """Asks where in front of a page, then writes everything into one file."""
        name = f"Plainspoken {datetime.now():%Y-%m-%d}"
        ask_where_to_write(asker, "Back up everything", name, {"Backup": "zip"}, lambda path, _: self._pack(path))

    def _write(self, session: Session, pattern: Pattern, path: Path, kind: str) -> None:
        folder = self._archive.path(session.id, "")
        self._works.do(
            lambda: self._written(session, pattern, folder, path, kind),
            lambda _: self._tell(path),
            doing=f"writing {path.name}",
        )

    def _pack(self, path: Path) -> None:
        self._works.do(
            lambda: back_up(self._folders.data, self._folders.settings_file, path),
            lambda done: self._tell(path, done.left_out),
            doing="writing the backup",
            is_said=True,
        )

    def _written(self, session: Session, pattern: Pattern, folder: Path, path: Path, kind: str) -> None:
        """On the works' thread. A session may be thrown away before it is written out, or meanwhile."""
        try:
            write_session(session, pattern, folder, path, kind)
        except (PracticeError, OSError) as error:
            if self._archive.holds(session.id):
                raise
            raise PracticeError("The session was thrown away before all of it was written out.") from error

    def _tell(self, path: Path, left_out: Sequence[str] = ()) -> None:
        without = f". Not in it, for links and odd names do not travel: {some_of(left_out)}" if left_out else ""
        self.notice.emit(f"Written: {path}{without}")

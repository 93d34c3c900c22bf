"""Thrown away, not gone: sessions wait here for thirty days before they are deleted. Calls may block on the disk."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from interviewer.disk.document import LAST_YEAR, is_sane
from interviewer.disk.plain_file import open_plain
from interviewer.disk.whole_file import write_whole
from interviewer.errors import PracticeError
from interviewer.session import Session
from interviewer.store import Store

KEPT = timedelta(days=30)
STAMP = ".thrown-away"
"""A file in a thrown-away folder that says when."""
NEVER = datetime(LAST_YEAR, 1, 1)
"""When something was thrown away of which nothing sensible says when: it is not deleted by itself."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A session in the bin. `session` is None when its file cannot be read; its recordings are there all the same."""

    id: str
    when: datetime
    session: Session | None

    def days_left(self, now: datetime) -> int:
        """Days until it is deleted, a begun one counted whole; at least 0."""
        return max(0, -((now - self.when - KEPT) // timedelta(days=1)))


class Bin:
    """The bin of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.root / "bin"

    def throw_away(self, session_id: str, now: datetime) -> None:
        """Moves a session here. Nothing is deleted; one that was never written is nowhere. Raises OSError."""
        source = self._store.folder(session_id)
        if not source.is_dir():
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not source.is_symlink():  # behind a link is somebody else's folder
            write_whole(source / STAMP, now.isoformat(timespec="seconds").encode())
        os.replace(source, self._folder / session_id)

    def thrown(self) -> tuple[Thrown, ...]:
        """What is here, the newest throw first."""
        if not self._folder.is_dir():
            return ()
        paths = [path for path in self._folder.iterdir() if not path.name.startswith(".")]
        found = [self._thrown(path) for path in paths if path.is_symlink() or path.is_dir()]
        return tuple(sorted(found, key=lambda each: each.when, reverse=True))

    def restore(self, session_id: str) -> Session | None:
        """Puts a session back; None when its file cannot be read. Raises PracticeError when one of that id is there."""
        target = self._store.folder(session_id)
        if os.path.lexists(target):
            raise PracticeError(f"The session {session_id} is here already. Throw that one away first.")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(self._folder / session_id, target)
        if not target.is_symlink():
            (target / STAMP).unlink(missing_ok=True)
        return _read(self._store, session_id)

    def delete(self, session_id: str) -> None:
        """Deletes a session and its sound for good; of a link, the link. Raises OSError, PracticeError for what is no
        session here."""
        path = self._folder / session_id
        if path.parent != self._folder or path.name in ("", ".."):
            raise PracticeError("There is no such session in the bin.")
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)

    def purge(self, now: datetime) -> tuple[str, ...]:
        """Deletes what has been here for thirty days. Returns the ids. Raises OSError."""
        old = [each.id for each in self.thrown() if each.when + KEPT <= now]
        for session_id in old:
            self.delete(session_id)
        return tuple(old)

    def _thrown(self, folder: Path) -> Thrown:
        when = _stamped(folder) or _touched(folder) or NEVER
        return Thrown(folder.name, when, _read(Store(self._store.root, self._folder), folder.name))


def _stamped(folder: Path) -> datetime | None:
    """When the stamp says a folder was thrown away, in local time; None where there is none that can be true."""
    with suppress(OSError, ValueError, OverflowError), open_plain(folder / STAMP) as file:
        when = datetime.fromisoformat(file.read(40).decode("ascii").strip())
        local = when.astimezone().replace(tzinfo=None) if when.tzinfo else when
        return local if is_sane(local) else None
    return None


def _touched(folder: Path) -> datetime | None:
    with suppress(OSError, ValueError, OverflowError):
        when = datetime.fromtimestamp(folder.lstat().st_mtime)
        return when if is_sane(when) else None
    return None


def _read(store: Store, session_id: str) -> Session | None:
    try:
        return store.load(session_id)
    except PracticeError:
        return None

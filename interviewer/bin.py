"""Thrown away, not gone: sessions wait here for thirty days before they are deleted. Calls may block on the disk."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from interviewer.errors import PracticeError
from interviewer.session import Session
from interviewer.store import Store

KEPT = timedelta(days=30)
STAMP = ".thrown-away"
"""A file in a thrown-away folder that says when."""


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
        if not self._store.folder(session_id).is_dir():
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        source = self._store.folder(session_id)
        (source / STAMP).write_text(now.isoformat(timespec="seconds"), encoding="ascii")
        os.replace(source, self._folder / session_id)

    def thrown(self) -> tuple[Thrown, ...]:
        """What is here, the newest throw first."""
        if not self._folder.is_dir():
            return ()
        found = [self._thrown(path) for path in self._folder.iterdir() if path.is_dir()]
        return tuple(sorted(found, key=lambda each: each.when, reverse=True))

    def restore(self, session_id: str) -> Session | None:
        """Puts a session back; None when its file cannot be read. Raises PracticeError when one of that id is there."""
        target = self._store.folder(session_id)
        if target.exists():
            raise PracticeError(f"The session {session_id} is here already. Throw that one away first.")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(self._folder / session_id, target)
        (target / STAMP).unlink(missing_ok=True)
        return _read(self._store, session_id)

    def delete(self, session_id: str) -> None:
        """Deletes a session and its sound for good. Raises OSError."""
        shutil.rmtree(self._folder / session_id)

    def purge(self, now: datetime) -> tuple[str, ...]:
        """Deletes what has been here for thirty days. Returns the ids. Raises OSError."""
        old = [each.id for each in self.thrown() if each.when + KEPT <= now]
        for session_id in old:
            self.delete(session_id)
        return tuple(old)

    def _thrown(self, folder: Path) -> Thrown:
        when = datetime.fromtimestamp(folder.stat().st_mtime)
        with suppress(OSError, ValueError):
            when = datetime.fromisoformat((folder / STAMP).read_text(encoding="ascii"))
        return Thrown(folder.name, when, _read(Store(self._store.root, self._folder), folder.name))


def _read(store: Store, session_id: str) -> Session | None:
    try:
        return store.load(session_id)
    except PracticeError:
        return None

"""Thrown away, not gone: sessions wait here for thirty days before they are deleted. Calls may block on the disk.

What is deleted is first renamed to `.wipe-ID`: from then on it will be gone, also when the program is killed. The name
goes last, when its words are in no file any more.
"""

import os
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from interviewer.disk.document import is_sane
from interviewer.disk.plain_file import open_plain
from interviewer.disk.start_days import read_days, write_days
from interviewer.disk.store import Store
from interviewer.disk.whole_file import sync_folder, write_whole
from interviewer.errors import PracticeError
from interviewer.session import Session

KEPT = timedelta(days=30)
STAMP = ".thrown-away"
"""A file in a thrown-away folder that says when."""
DAYS = ".days"
WIPE = ".wipe-"
STARTS = 3
"""A session is deleted when it was found to be that old at starts on so many days: one wrong clock deletes nothing."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A session in the bin. `session` is None when its file cannot be read; its recordings are there all the same."""

    id: str
    when: datetime
    session: Session | None

    def days_left(self, now: datetime) -> int:
        """Days until it is deleted, a begun one counted whole; at least 0. A throw that is still to come counts from
        now: the clock was wrong then."""
        return max(0, -((now - min(self.when, now) - KEPT) // timedelta(days=1)))


class Bin:
    """The bin of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sessions = store.root / "sessions"
        self._folder = store.root / "bin"

    def throw_away(self, session_id: str, now: datetime) -> None:
        """Moves a session here. Nothing is deleted; one that was never written is nowhere. Raises OSError."""
        source = self._sessions / _one_name(session_id)
        if not (source.is_dir() or source.is_symlink()):
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not source.is_symlink():
            _write_stamp(source, now)
        names = (source.name if number == 1 else f"{source.name}-{number}" for number in count(1))
        os.replace(source, next(path for name in names if not os.path.lexists(path := self._folder / name)))
        self._sync()

    def thrown(self, now: datetime) -> tuple[Thrown, ...]:
        """What is here, the newest throw first."""
        found = [self._thrown(path, now) for path in self._paths()]
        return tuple(sorted(found, key=lambda each: each.when, reverse=True))

    def restore(self, session_id: str) -> Session | None:
        """Puts a session back; None when its file cannot be read. Raises PracticeError when one of that id is there."""
        target = self._sessions / _one_name(session_id)
        if os.path.lexists(target):
            raise PracticeError(f"The session {session_id} is here already. Throw that one away first.")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(self._folder / target.name, target)
        self._sync()
        if not target.is_symlink():  # behind a link is somebody else's folder
            (target / STAMP).unlink(missing_ok=True)
        return _read(self._store, session_id)

    def mark(self, session_id: str) -> None:
        """From now on a session is deleted for good, whatever happens: `finish` does it, here or at the next start.
        Raises OSError."""
        name = f"{WIPE}{_one_name(session_id)}"
        names = (name if number == 1 else f"{name}-{number}" for number in count(1))
        free = next(path for each in names if not os.path.lexists(path := self._folder / each))
        os.replace(self._folder / session_id, free)
        sync_folder(self._folder)

    @property
    def is_unfinished(self) -> bool:
        """Whether something is marked."""
        return bool(self._marked())

    def finish(self, wipe: Callable[[Collection[str]], None]) -> None:
        """Deletes what is marked, once `wipe` has taken its words out of the index. Raises OSError."""
        marked = self._marked()
        if not marked:
            return
        ids = (path.name.removeprefix(WIPE) for path in marked)
        wipe([each for each in ids if not os.path.lexists(self._sessions / each)])
        for path in marked:
            if path.is_symlink() or not path.is_dir():
                path.unlink()
            else:
                shutil.rmtree(path)
        sync_folder(self._folder)

    def begin(self, now: datetime) -> None:
        """At each start: notes the day, and marks what was found to be thirty days old on several of them. Nothing is
        marked after the clock has jumped, until `confirm`. Raises OSError."""
        for path in self._paths():
            when = _stamped(path)
            if (when is None or when > now) and not path.is_symlink():
                _write_stamp(path, now)  # by a wrong clock, or by none: it counts from now
        thrown = self._throws(now)
        if not thrown:
            return
        days = read_days(self._folder / DAYS).with_start(now.date(), [when.date() for when in thrown.values()])
        write_days(self._folder / DAYS, days)
        if days.jump:
            return
        for session_id, when in thrown.items():
            due = when + KEPT
            if due <= now and sum(day >= due.date() for day in days.days) >= STARTS:
                self.mark(session_id)

    def jump(self, now: datetime) -> tuple[date, date] | None:
        """From which day to which the clock has jumped, when something would have been deleted for it; else None."""
        jump = read_days(self._folder / DAYS).jump
        return jump if jump and any(when + KEPT <= now for when in self._throws(now).values()) else None

    def confirm(self) -> None:
        """The date is right, the person says. Raises OSError."""
        write_days(self._folder / DAYS, read_days(self._folder / DAYS).confirmed())

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        paths = [path for path in self._folder.iterdir() if not path.name.startswith(".")]
        return [path for path in paths if path.is_dir() or path.is_symlink()]

    def _throws(self, now: datetime) -> dict[str, datetime]:
        return {path.name: _stamped(path) or now for path in self._paths()}

    def _marked(self) -> list[Path]:
        return sorted(self._folder.glob(f"{WIPE}*"))

    def _thrown(self, folder: Path, now: datetime) -> Thrown:
        return Thrown(folder.name, _stamped(folder) or now, _read(Store(self._store.root, self._folder), folder.name))

    def _sync(self) -> None:
        for folder in (self._folder, self._sessions):
            sync_folder(folder)


def _one_name(session_id: str) -> str:
    """The id, once it names one folder of the bin, be that name odd. Raises PracticeError."""
    if session_id in ("", ".", "..") or Path(session_id).name != session_id:
        raise PracticeError("There is no such session in the bin.")
    return session_id


def _write_stamp(folder: Path, now: datetime) -> None:
    write_whole(folder / STAMP, now.isoformat(timespec="seconds").encode())


def _stamped(folder: Path) -> datetime | None:
    """When the stamp says a folder was thrown away, in local time; None where there is none that can be true."""
    with suppress(OSError, ValueError, OverflowError), open_plain(folder / STAMP) as file:
        when = datetime.fromisoformat(file.read(40).decode("ascii").strip())
        local = when.astimezone().replace(tzinfo=None) if when.tzinfo else when
        return local if is_sane(local) else None
    return None


def _read(store: Store, session_id: str) -> Session | None:
    try:
        return store.load(session_id)
    except PracticeError:
        return None

"""Session folders: `sessions/<id>/session.json` with the takes beside it. They are the truth; nothing else is.

Every write goes beside and is renamed. Calls may block on the disk: never on the GUI thread.
"""

import errno
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from interviewer.errors import PracticeError
from interviewer.pattern import Section
from interviewer.session import Session, Take, from_json, to_json
from interviewer.timing import RATE_HZ, Mark

HEADER_BYTES = 44
"""Before the samples of a take; see audio.wav."""

BYTES_PER_MINUTE = 60 * RATE_HZ * 2

RESERVE_BYTES = 128 * 1024
"""Kept free in the folder of an open session, so that it can be closed properly on a full disk."""

LEAST_SECONDS = 0.3
"""A shorter stump of a take is not offered for recovery."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """A take that never came to its end: the program or the machine stopped while it was being recorded."""

    session: Session
    take: Take

    @property
    def seconds(self) -> float:
        return self.take.frames / RATE_HZ


SET_BACK = timedelta(hours=2)
"""A clock that goes back by less was put right, or summer time has ended: the hour is lived twice, in one order."""


def new_id(now: datetime, others: Iterable[str] = ()) -> str:
    """A readable id that sorts by time; its last six digits count the minute in steps of some four microseconds.

    It comes after the `others` that are there, also where the clock was set back a little meanwhile.
    """
    made = _id_of(now)
    ahead = [before for each in others if each >= made and (before := made_at(each)) and before - now < SET_BACK]
    return _id_of(max(ahead) + timedelta(microseconds=8)) if ahead else made


def made_at(session_id: str) -> datetime | None:
    """The local time in an id, to the minute where it has no steps; None for one that has none."""
    try:
        made = datetime.strptime(session_id[:15], "%Y-%m-%d-%H%M")
    except ValueError:
        return None
    steps = session_id[16:22]
    is_counted = len(steps) == 6 and all(each in "0123456789abcdef" for each in steps)
    return made + timedelta(minutes=int(steps, 16) / 16**6) if is_counted else made


def _id_of(now: datetime) -> str:
    passed = (now.second + now.microsecond / 1_000_000) / 60
    return f"{now:%Y-%m-%d-%H%M}-{int(passed * 16**6):06x}"


class Store:
    """The sessions below one data folder."""

    def __init__(self, root: Path, sessions: Path | None = None) -> None:
        """The sessions below `root`, or those in a folder of it that is not the usual one."""
        self.root = root
        self._sessions = sessions or root / "sessions"

    def folder(self, session_id: str) -> Path:
        return self._sessions / session_id

    def save(self, session: Session) -> None:
        """Writes session.json so that either the old or the new one is there. Raises PracticeError."""
        folder = self.folder(session.id)
        reserve = folder / ".reserve"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not session.is_closed and not (folder / "session.json").exists():
                reserve.write_bytes(bytes(RESERVE_BYTES))
            try:
                _write(session, folder)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                reserve.unlink(missing_ok=True)
                _write(session, folder)
            if session.is_closed:
                reserve.unlink(missing_ok=True)
        except OSError as error:
            raise PracticeError(
                f"The session could not be written to {folder} ({error.strerror}). "
                "The recordings so far are kept; free some space, then try again."
            ) from error

    def recordable_minutes(self) -> float:
        """Minutes of recording that fit on the disk. Raises OSError."""
        folder = next(path for path in (self.root, *self.root.parents) if path.exists())
        return shutil.disk_usage(folder).free / BYTES_PER_MINUTE

    def load(self, session_id: str) -> Session:
        """One session. Raises PracticeError when it is missing or damaged."""
        path = self.folder(session_id) / "session.json"
        try:
            return from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, AttributeError) as error:
            raise PracticeError(f"{path} cannot be read ({error}). The recordings beside it are untouched.") from error

    def stamps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The id of each session there is, readable or not, with what changes when its file is written. Nothing is
        opened."""
        if not self._sessions.is_dir():
            return
        with os.scandir(self._sessions) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and _is_session(entry)]
        for name in names:
            try:
                yield name, self.stamp(name)
            except OSError:
                yield name, (0, 0)

    def stamp(self, session_id: str) -> tuple[int, int]:
        """Time and size of a session's file. Raises OSError."""
        status = (self.folder(session_id) / "session.json").stat()
        return status.st_mtime_ns, status.st_size

    def sessions(self, most: int | None = None) -> tuple[Session, ...]:
        """The readable sessions, newest first, all or so many. A damaged one is left alone and not listed."""
        return tuple(islice(self._readable(), most))

    def cut_off(self, ids: Collection[str] | None = None) -> tuple[CutOff, ...]:
        """Every take that was not finished, newest first, with its length taken from the file's size.

        Of all sessions, or of those with these `ids`.
        """
        found = []
        for session in self._readable(ids):
            for take in session.takes:
                frames = self._frames(session, take)
                if not take.is_finished and frames >= LEAST_SECONDS * RATE_HZ:
                    found.append(CutOff(session, replace(take, frames=frames)))
        return tuple(found)

    def keep(self, cut_off: CutOff) -> Session:
        """Takes a cut-off take into its session as far as it goes."""
        frames = cut_off.take.frames
        session = self.load(cut_off.session.id)
        kept = session.with_take(replace(cut_off.take, end_frame=frames, recovered=True))
        self.save(kept)
        return kept

    def take_in(self, session_id: str, other: "Store", new_id: str) -> Session:
        """Moves a session here from another store under a new id, whole or not at all. Raises PracticeError."""
        session = replace(other.load(session_id), id=new_id)
        beside = self._sessions / f".{new_id}.part"
        try:
            self._sessions.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.rmtree(beside, ignore_errors=True)
            shutil.copytree(other.folder(session_id), beside)
            _write(session, beside)
            os.replace(beside, self.folder(new_id))
            _sync_folder(self._sessions)
        except OSError as error:
            shutil.rmtree(beside, ignore_errors=True)
            why = f"The session could not be moved to {self.root} ({error.strerror}); it is where it was."
            raise PracticeError(f"{why} Free some space.") from error
        other.delete(session_id)
        return session

    def delete(self, session_id: str) -> None:
        """Removes a session for good: only for private ones, which never were on a disk. Raises OSError.

        Under a name that the next start sweeps away, if this one is interrupted.
        """
        beside = self._sessions / f".{session_id}.part"
        shutil.rmtree(beside, ignore_errors=True)
        os.replace(self.folder(session_id), beside)
        shutil.rmtree(beside)

    def _readable(self, ids: Collection[str] | None = None) -> Iterator[Session]:
        if not self._sessions.is_dir():
            return
        names = [path.name for path in self._sessions.glob("[!.]*")] if ids is None else ids
        for name in sorted(names, reverse=True):
            try:
                yield self.load(name)
            except PracticeError:
                continue

    def _frames(self, session: Session, take: Take) -> int:
        try:
            size = (self.folder(session.id) / take.file).stat().st_size
        except OSError:
            return 0
        return max(0, size - HEADER_BYTES) // 2


def new_take(session: Session, turn: str, section: Section | None, spent: Collection[str] = ()) -> Take:
    """The next take of a turn: numbered, never over an older one, nor over one of those that are `spent`. A section's
    take is marked from its first frame."""
    taken = {take.id for take in session.takes}.union(spent)
    free = (f"{turn}-{number}" for number in count(1 + sum(take.turn == turn for take in session.takes)))
    take_id = next(each for each in free if each not in taken)
    marks = (Mark(0, section),) if section else ()
    return Take(id=take_id, turn=turn, file=f"{take_id}.wav", marks=marks)


def _write(session: Session, folder: Path) -> None:
    beside = folder / "session.json.part"
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(to_json(session), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / "session.json")
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _is_session(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is somebody's idea of a session: its folder, or a link to one."""
    return entry.is_dir(follow_symlinks=False) or entry.is_symlink()

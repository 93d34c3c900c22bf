"""Session folders: `sessions/<id>/session.json` with the takes beside it. They are the truth; nothing else is.

A session is called like its folder, whatever its document says; nothing in `sessions` is a link. Every write goes
beside and is renamed. Calls may block on the disk: never on the GUI thread.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from interviewer.disk.document import Odd, as_bytes, read_document
from interviewer.disk.names import is_safe, shown
from interviewer.disk.plain_file import kind_of, plain_files
from interviewer.disk.session_file import MOST_BYTES, session_of, to_json
from interviewer.disk.whole_file import PART, write_whole
from interviewer.disk.whole_folder import whole_folder
from interviewer.errors import PracticeError
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark

SESSION_FILE = "session.json"

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
        """Where a session lies, or would. Raises PracticeError for what can be no session's name."""
        if not is_safe(session_id):
            raise PracticeError(f'"{shown(session_id)}" cannot be the name of a session: give its folder another one.')
        return self._sessions / session_id

    def save(self, session: Session) -> None:
        """Writes session.json so that either the old or the new one is there. Raises PracticeError."""
        folder = self.folder(session.id)
        reserve = folder / ".reserve"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not session.is_closed and not (folder / SESSION_FILE).exists():
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
                f"The session could not be written to {folder} ({_reason(error)}). "
                "The recordings so far are kept; free some space, then try again."
            ) from error

    def recordable_minutes(self) -> float:
        """Minutes of recording that fit on the disk. Raises OSError."""
        folder = next(path for path in (self.root, *self.root.parents) if path.exists())
        return shutil.disk_usage(folder).free / BYTES_PER_MINUTE

    def load(self, session_id: str) -> Session:
        """One session. Raises PracticeError, and nothing else, when it is missing, damaged or no session at all: one
        sentence."""
        folder = self.folder(session_id)
        try:
            if folder.is_symlink():
                raise Odd("is a link to another place and is not followed", "its folder")
            session = session_of(read_document(folder / SESSION_FILE, MOST_BYTES), session_id)
            _check_takes(session, folder)
        except FileNotFoundError as error:
            raise PracticeError("There is no session.json in its folder any more.") from error
        except (Odd, OSError) as error:
            why = error if isinstance(error, Odd) else _reason(error)
            raise PracticeError(
                f"session.json cannot be read, and the recordings beside it are untouched: {why}."
            ) from error
        return session

    def stamps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The id of each session there is, with what changes when its file is written. Nothing is opened.

        A folder of recordings that has lost its file is one too, and so is a link, to be refused.
        """
        for name in self._names():
            try:
                yield name, self.stamp(name)
            except OSError:
                if self._holds_anything(name):
                    yield name, (0, 0)

    def stamp(self, session_id: str) -> tuple[int, int]:
        """Time and size of a session's file. Raises OSError."""
        status = (self._sessions / session_id / SESSION_FILE).lstat()
        return status.st_mtime_ns % (1 << 63), status.st_size

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
        try:
            with whole_folder(self.folder(new_id)) as folder:
                for path in plain_files(other.folder(session_id)):
                    _copy(path, folder / path.name)
                _write(session, folder)
        except OSError as error:
            why = f"The session could not be moved to {self.root} ({_reason(error)}); it is where it was."
            raise PracticeError(f"{why} Free some space.") from error
        other.delete(session_id)
        return session

    def delete(self, session_id: str) -> None:
        """Removes a session for good: only for private ones, which never were on a disk. Raises OSError.

        Under a name that the next start sweeps away, if this one is interrupted.
        """
        beside = self._sessions / f".{session_id}.{secrets.token_hex(4)}{PART}"
        os.replace(self.folder(session_id), beside)
        shutil.rmtree(beside)

    def _names(self) -> list[str]:
        if not self._sessions.is_dir():
            return []
        with os.scandir(self._sessions) as entries:
            return [entry.name for entry in entries if not entry.name.startswith(".")]

    def _holds_anything(self, name: str) -> bool:
        folder = self._sessions / name
        try:
            if folder.is_symlink():
                return True
            with os.scandir(folder) as entries:
                return any(not entry.name.startswith(".") and not entry.name.endswith(PART) for entry in entries)
        except OSError:
            return False

    def _readable(self, ids: Collection[str] | None = None) -> Iterator[Session]:
        for name in sorted(self._names() if ids is None else ids, reverse=True):
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
    data = as_bytes(to_json(session))
    if len(data) > MOST_BYTES:
        raise PracticeError(f"The session holds more than {MOST_BYTES >> 20} MB of text: shorten what was written.")
    write_whole(folder / SESSION_FILE, data)


def _copy(path: Path, target: Path) -> None:
    shutil.copyfile(path, target, follow_symlinks=False)
    with open(target, "rb+") as file:
        os.fsync(file.fileno())


def _check_takes(session: Session, folder: Path) -> None:
    """What is there under a take's name is a file of its own. Raises Odd for anything else, and OSError."""
    names = {take.file for take in session.takes}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in names and not entry.is_file(follow_symlinks=False):
                raise Odd(f"is {kind_of(entry.stat(follow_symlinks=False).st_mode)}, not a file", entry.name)


def _reason(error: OSError) -> str:
    return (error.strerror or "the disk refused").lower()

"""The index of all sessions: lists and searches them at once. A cache over the session folders, never the truth.

One connection, WAL and FULL. A damaged file is set aside and built anew from the folders; one that cannot be used now
is left alone, and a copy in memory is asked until it can be.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TypeVar

from interviewer.disk import index_file
from interviewer.disk.index_entry import Entry, Stamp, checksum, guarded_entry, kept_stamp, stored_id
from interviewer.disk.index_file import FAULTS, OutdatedError
from interviewer.disk.query import EVERYTHING, Query, Row, statement_of
from interviewer.disk.store import Store
from interviewer.disk.whole_file import PART
from interviewer.errors import PracticeError
from interviewer.session import Session

GLANCED = 500
"""Rows that are shown before the index has been checked: more than anybody scrolls through in that time."""

AT_ONCE = 1_000
"""Sessions that are taken in together: what a kill or a full disk leaves is a smaller index, not a damaged one."""

Progress = Callable[[int, int], None]
Answer = TypeVar("Answer")
_ANY = (*FAULTS, OutdatedError, OSError)


class Index:
    """Used by one thread. `open` by whoever holds the program's lock, `read` by anybody else."""

    def __init__(self, path: Path, store: Store) -> None:
        self._path = path
        self._store = store
        self._connection: sqlite3.Connection | None = None
        self._is_copy = False
        self.problem = ""
        """Why the file is not in use; empty while it is. What was changed is taken in when it can be used again."""

    def glance(self, query: Query = EVERYTHING) -> tuple[tuple[Row, ...], int]:
        """The first rows as they were when the index was last used, before anything is checked, and how many there
        are in all; none if that fails."""
        self._leave()
        with suppress(*_ANY):
            self._connection = index_file.open_file(self._path)
            ((total,),) = self._do("SELECT count(*) FROM sessions")
            return tuple(self._select(query, GLANCED)), total
        self._leave()
        return (), 0

    def open(self, on_progress: Progress | None = None) -> int:
        """Opens the index and brings it up to date. Returns the sessions that were read for it. See `problem`."""
        try:
            return self._open(on_progress)
        except _ANY as error:
            return self._recover(error, on_progress)

    def read(self, on_progress: Progress | None = None) -> int:
        """Opens a copy in memory, as up to date as the folders are. Nothing on the disk is changed."""
        self._leave()
        self._is_copy = True
        self._connection = index_file.open_copy(self._path)
        return self._take_up(on_progress)

    def catch_up(self, on_progress: Progress | None = None) -> int:
        """Takes in what has changed in the folders. Returns the sessions that were read for it."""
        if not self._connection or self._is_copy:
            return self.open(on_progress)
        return self._healing(lambda: self._take_up(on_progress))

    def close(self) -> None:
        """Closes the file, without the words that were taken out of it; it stays usable without a repair."""
        if self._connection and not self._is_copy:
            with suppress(sqlite3.Error):
                index_file.forget_for_good(self._connection)
        self._leave()

    def update(self, session: Session) -> None:
        """Takes in a session that was written; one that has gone meanwhile is forgotten. A damaged index is built
        anew."""
        try:
            stamp = kept_stamp(self._store.stamp(session.id))
        except OSError:
            self.remove(session.id)
        else:
            entry = guarded_entry(session.id, lambda _: session, stamp)
            self._healing(lambda: self._whole(lambda: self._put(entry)))

    def remove(self, session_id: str) -> None:
        """Forgets a session, its words included."""
        self._healing(lambda: self._whole(lambda: self._forget(session_id)))

    def wipe(self, session_ids: Collection[str]) -> None:
        """Forgets sessions so that none of their words is left in any file: merged, emptied, cut off. An index that
        cannot do that now goes as a whole, it is built anew. Raises OSError."""
        if not self._connection:
            self.open()
        if not (self._connection and not self._is_copy and self._is_wiped(session_ids)):
            self._leave()
            index_file.remove(self._path)
        index_file.drop_asides(self._path)

    def rows(self, query: Query = EVERYTHING) -> tuple[Row, ...]:
        """The sessions that fit."""
        return self._healing(lambda: tuple(self._select(query)))

    # Inside

    def _open(self, on_progress: Progress | None, is_sound: bool = True) -> int:
        self._leave()
        try:
            self._connection = index_file.open_file(self._path)
        except OutdatedError:
            index_file.remove(self._path)
            self._connection = index_file.open_file(self._path)
        index_file.check(self._connection)
        read = self._take_up(on_progress)
        self.problem = ""
        if is_sound:
            index_file.drop_asides(self._path)
        return read

    def _leave(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection, self._is_copy = None, False

    def _take_up(self, on_progress: Progress | None) -> int:
        """Reads the sessions that the index does not know as they are now, and forgets those that are gone."""
        known: dict[str, Stamp | None] = {}
        for row in self._do("SELECT * FROM sessions"):
            is_sure = row[-1] == checksum(row[1:-1]) and not row[-4]  # one that was unreadable is looked at again
            known[os.fsdecode(row[1])] = row[-3:-1] if is_sure else None
        there = dict(self._there())
        stale = sorted((each for each, stamp in there.items() if known.get(each) != stamp), reverse=True)
        gone = [session_id for session_id in known if session_id not in there]
        with self._transaction():
            for session_id in gone:
                self._forget(session_id)
        for start in range(0, len(stale), AT_ONCE):
            with self._transaction():
                for place, session_id in enumerate(stale[start : start + AT_ONCE], start):
                    self._put(guarded_entry(session_id, self._store.load, there[session_id]))
                    if on_progress and place % 50 == 0:
                        on_progress(place, len(stale))
        if on_progress and stale:
            on_progress(len(stale), len(stale))
        return len(stale)

    def _there(self) -> Iterator[tuple[str, Stamp]]:
        """The sessions that lie in the folders. One that lost its file has the time of its folder; where nothing else
        is in it, a session is about to begin there, or never began."""
        for session_id, stamp in self._store.stamps():
            if any(stamp):
                yield session_id, kept_stamp(stamp)
                continue
            folder = self._store.root / "sessions" / session_id
            with suppress(OSError):
                names = [path.name for path in folder.iterdir()] if folder.is_dir() else ["a link to nowhere"]
                if any(not name.startswith(".") and not name.endswith(PART) for name in names):
                    yield session_id, kept_stamp((folder.lstat().st_mtime_ns, 0))

    def _put(self, entry: Entry) -> None:
        """The words are taken in anew only where they have changed: a mark that was set costs one row."""
        found = self._do("SELECT number FROM sessions WHERE id = ?", (entry.id,)).fetchone()
        number = found[0] if found else None
        is_said = False
        if number is not None:
            self._do("DELETE FROM sessions WHERE number = ?", (number,))
            is_said = self._do("SELECT text FROM words WHERE rowid = ?", (number,)).fetchone() == (entry.text,)
            if not is_said:
                self._do("DELETE FROM words WHERE rowid = ?", (number,))
        row = (number, *entry.values, entry.checksum)
        number = self._do(f"INSERT INTO sessions VALUES ({', '.join('?' * len(row))})", row).lastrowid
        if not is_said:
            self._do("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, entry.text))

    def _forget(self, session_id: str) -> None:
        for (number,) in self._do("SELECT number FROM sessions WHERE id = ?", (stored_id(session_id),)).fetchall():
            self._do("DELETE FROM words WHERE rowid = ?", (number,))
            self._do("DELETE FROM sessions WHERE number = ?", (number,))

    def _is_wiped(self, session_ids: Collection[str]) -> bool:
        assert self._connection
        try:
            with self._transaction():
                for session_id in session_ids:
                    self._forget(session_id)
            return index_file.forget_for_good(self._connection)
        except FAULTS:
            return False

    def _select(self, query: Query, limit: int = -1) -> Iterator[Row]:
        for row in self._do(*statement_of(query, limit)):
            texts: tuple[str, str, str, str] = row[1:5]
            yield Row(os.fsdecode(row[0]), *texts, row[5], bool(row[6]), bool(row[7]), bool(row[8]), *row[9:])

    def _do(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        assert self._connection
        return self._connection.execute(statement, values)

    def _whole(self, change: Callable[[], None]) -> None:
        with self._transaction():
            change()

    def _transaction(self) -> AbstractContextManager[None]:
        assert self._connection
        return index_file.transaction(self._connection)

    def _healing(self, work: Callable[[], Answer]) -> Answer:
        """Does something; when the index turns out to be damaged, or cannot be used, once more in a sound one. Raises
        PracticeError."""
        if not self._connection:
            self.open()
        try:
            return work()
        except FAULTS as error:
            self._recover(error, None)
        try:
            return work()
        except FAULTS as error:
            raise PracticeError(
                f"The list of sessions could not be built ({error}). The recordings are safe."
            ) from error

    def _recover(self, error: Exception, on_progress: Progress | None) -> int:
        """A damaged file makes room for a new one; one that cannot be used now is left alone, and done without."""
        if self._is_copy:
            return self.read(on_progress)
        if index_file.is_damage(error):
            try:
                self._leave()
                index_file.set_aside(self._path)
                return self._open(on_progress, is_sound=False)
            except _ANY as again:
                error = again
        self.problem = index_file.refusal(error)
        return self.read(on_progress)

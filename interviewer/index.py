"""The index of all sessions: lists and searches them at once. A cache over the session folders, never the truth.

One connection, WAL and FULL. Whatever is wrong with the file, it is set aside and built anew from the folders.
"""

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from interviewer.debrief import listed_sentence, total_time
from interviewer.errors import PracticeError
from interviewer.query import EVERYTHING, SORTS, Query, Row, match_expression
from interviewer.session import Session
from interviewer.store import Store

APPLICATION_ID = 0x504C5350
VERSION = 6

_SCHEMA = """
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, pattern TEXT NOT NULL, principle TEXT NOT NULL, level TEXT NOT NULL, started TEXT NOT NULL,
    seconds REAL NOT NULL, inside INTEGER NOT NULL, over_seconds REAL NOT NULL,
    is_over INTEGER NOT NULL, is_marked INTEGER NOT NULL, is_closed INTEGER NOT NULL,
    is_waiting INTEGER NOT NULL, is_unfinished INTEGER NOT NULL, is_drill INTEGER NOT NULL,
    verdict TEXT NOT NULL, story TEXT NOT NULL, stamp INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_start ON sessions (started DESC);
CREATE VIRTUAL TABLE words USING fts5 (id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
"""

GLANCED = 500
"""Rows that are shown before the index has been checked: more than anybody scrolls through in that time."""


class Index:
    """Used by one thread. `open` first."""

    def __init__(self, path: Path, store: Store) -> None:
        self._path = path
        self._store = store
        self._connection: sqlite3.Connection | None = None

    def glance(self, query: Query = EVERYTHING) -> tuple[tuple[Row, ...], int]:
        """The first rows as they were when the index was last used, before anything is checked, and how many there
        are in all; none if that fails."""
        self.close()
        try:
            self._connect()
            ((total,),) = self._do("SELECT count(*) FROM sessions")
            return tuple(self._select(query, GLANCED)), total
        except sqlite3.DatabaseError:
            self.close()
            return (), 0

    def open(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Opens the index and brings it up to date. Returns the sessions that were read for it. Raises OSError."""
        self.close()
        try:
            self._connect()
            self._check()
            return self._catch_up(on_progress)
        except sqlite3.DatabaseError:
            self._set_aside()
        try:
            self._connect()
            return self._catch_up(on_progress)
        except sqlite3.DatabaseError as error:
            raise PracticeError(
                f"The list of sessions could not be built ({error}). The recordings are safe."
            ) from error

    def close(self) -> None:
        """Closes the file; it stays usable without a repair."""
        if self._connection:
            with suppress(sqlite3.DatabaseError):
                self._connection.close()
            self._connection = None

    def update(self, session: Session) -> None:
        """Takes in a session that was written. A damaged index is built anew."""
        self._healing(lambda: self._put(session))

    def remove(self, session_id: str) -> None:
        """Forgets a session, its words included."""
        self._healing(lambda: self._forget(session_id))

    def wipe(self, session_id: str) -> None:
        """Forgets a session so that none of its words is left in any file: merged, emptied, cut off."""
        self._healing(lambda: self._forget(session_id))
        self._healing(lambda: self._do("INSERT INTO words (words) VALUES ('optimize')"))
        self._healing(lambda: self._do("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        for aside in self._path.parent.glob(f"{self._path.name}.damaged-*"):
            aside.unlink()

    def rows(self, query: Query = EVERYTHING) -> tuple[Row, ...]:
        """The sessions that fit."""
        found: list[Row] = []
        self._healing(lambda: found.extend(self._select(query)))
        return tuple(found)

    # Inside

    def _connect(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._connection = connection
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and not application:
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; {_SCHEMA} COMMIT;"
            )
        elif (application, version) != (APPLICATION_ID, VERSION):
            raise sqlite3.DatabaseError("not an index of this version")

    def _check(self) -> None:
        assert self._connection
        connection = self._connection
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")

    def _catch_up(self, on_progress: Callable[[int, int], None] | None) -> int:
        """Reads the sessions that the index does not know as they are now, and forgets those that are gone."""
        rows = self._do("SELECT * FROM sessions")
        known = {row[0]: row[-3:-1] if row[-1] == _checksum(row[:-1]) else None for row in rows}
        there = dict(self._store.stamps())
        stale = [session_id for session_id, stamp in there.items() if known.get(session_id) != stamp]
        gone = [session_id for session_id in known if session_id not in there]
        (words,) = next(iter(self._do("SELECT count(*) FROM words")))
        if words != len(known):
            raise sqlite3.DatabaseError("words and sessions do not match")
        self._do("BEGIN")
        for session_id in gone:
            self._forget(session_id)
        for place, session_id in enumerate(sorted(stale, reverse=True)):
            try:
                self._put(self._store.load(session_id), there[session_id])
            except PracticeError:
                self._forget(session_id)  # it cannot be read now; it is looked at again the next time
            if on_progress and place % 50 == 0:
                on_progress(place, len(stale))
        self._do("COMMIT")
        if on_progress and stale:
            on_progress(len(stale), len(stale))
        return len(stale)

    def _put(self, session: Session, stamp: tuple[int, int] | None = None) -> None:
        times = session.section_times()
        total = total_time(session)
        values = (
            session.id,
            session.pattern,
            session.principle,
            session.level.value,
            session.started,
            total.spoken_seconds,
            sum(bool(time.seconds) and time.over_seconds <= 0 for time in times),
            sum(time.over_seconds for time in times),
            any(time.over_seconds > 0 for time in times),
            any(take.bookmarks for take in session.takes),
            session.is_closed,
            any(take.is_finished and (take.voiced is None or take.transcript is None) for take in session.takes),
            any(not take.is_finished for take in session.takes),
            bool(session.drill),
            listed_sentence(session),
            session.story_id,
            *(stamp or self._store.stamp(session.id)),
        )
        self._forget(session.id)
        row = (*values, _checksum(values))
        self._do(f"INSERT INTO sessions VALUES ({', '.join('?' * len(row))})", row)
        self._do("INSERT INTO words (id, text) VALUES (?, ?)", (session.id, spoken_text(session)))

    def _forget(self, session_id: str) -> None:
        self._do("DELETE FROM words WHERE id = ?", (session_id,))
        self._do("DELETE FROM sessions WHERE id = ?", (session_id,))

    def _select(self, query: Query, limit: int = -1) -> Iterator[Row]:
        where, values = ["1"], list[str]()
        if asked := match_expression(query.words):
            where.append("id IN (SELECT id FROM words WHERE words MATCH ?)")
            values.append(asked)
        for column, value in (("pattern", query.pattern), ("level", query.level), ("story", query.story)):
            if value:
                where.append(f"{column} = ?")
                values.append(value)
        flags = {
            "is_over": query.is_over,
            "is_marked": query.is_marked,
            "is_waiting": query.is_waiting,
            "is_unfinished": query.is_unfinished,
        }
        where += [column for column, is_on in flags.items() if is_on]
        if query.is_whole:
            where.append("NOT is_drill")
        if query.is_spoken:
            where.append("seconds > 0")
        columns = "id, pattern, principle, level, started, seconds, is_over, is_marked, is_closed, verdict, story"
        order = SORTS.get(query.sort, SORTS["newest"])
        most = limit if query.most < 0 else query.most
        statement = f"SELECT {columns} FROM sessions WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {most}"
        for row in self._do(statement, tuple(values)):
            texts: tuple[str, str, str, str, str] = row[:5]
            yield Row(*texts, row[5], bool(row[6]), bool(row[7]), bool(row[8]), row[9], row[10])

    def _do(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        assert self._connection
        return self._connection.execute(statement, values)

    def _healing(self, work: Callable[[], object]) -> None:
        """Does something; when the index turns out to be damaged, builds it anew and does it once more."""
        try:
            work()
        except sqlite3.DatabaseError:
            self._set_aside()
            self.open()
            work()

    def _set_aside(self) -> None:
        """Keeps a damaged index for whoever wants to look at it, and makes room for a new one."""
        self.close()
        stamp = f"{datetime.now():%Y%m%d-%H%M%S-%f}"
        for tail in ("-wal", "-shm"):
            self._path.with_name(self._path.name + tail).unlink(missing_ok=True)
        if self._path.exists():
            self._path.replace(self._path.with_name(f"{self._path.name}.damaged-{stamp}"))


def _checksum(values: tuple[object, ...]) -> int:
    """Over a row: a flipped bit in a text is nothing that SQLite would notice."""
    return zlib.crc32(repr([int(each) if isinstance(each, bool) else each for each in values]).encode())


def spoken_text(session: Session) -> str:
    """All words of a session: spoken, typed, noted, its principle, and the file it came from."""
    spoken = [take.transcript.text for take in session.takes if take.transcript]
    return "\n".join(
        [session.principle, session.source, *spoken, *session.typed.values(), *(take.note for take in session.takes)]
    )

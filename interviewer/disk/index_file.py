"""The file of the index: opened to be written, or copied into memory to be read. What is damage, and what is not.

Only a file that contradicts itself is damaged. A full, failing or read-only disk and somebody else's lock are not.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

APPLICATION_ID = 0x504C5350
VERSION = 7

_SCHEMA = (
    """CREATE TABLE sessions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, place TEXT NOT NULL,
    pattern TEXT NOT NULL, principle TEXT NOT NULL, level TEXT NOT NULL, started TEXT NOT NULL,
    seconds REAL NOT NULL, inside INTEGER NOT NULL, over_seconds REAL NOT NULL,
    is_over INTEGER NOT NULL, is_marked INTEGER NOT NULL, is_closed INTEGER NOT NULL,
    is_waiting INTEGER NOT NULL, is_unfinished INTEGER NOT NULL, is_drill INTEGER NOT NULL,
    verdict TEXT NOT NULL, story TEXT NOT NULL, unreadable TEXT NOT NULL,
    stamp INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL
)""",
    "CREATE INDEX by_place ON sessions (place)",
    "CREATE INDEX by_pattern ON sessions (pattern, place)",
    "CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
)
"""A session and its words have one number."""

PATIENCE_SECONDS = 2.0
"""Waited for somebody else who has the file open."""

_BESIDE = ("-wal", "-shm", "-journal")
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DamagedError(Exception):
    """The file contradicts itself, or is none of this program's."""


class OutdatedError(Exception):
    """The file was written by another version."""


FAULTS = (DamagedError, sqlite3.Error, UnicodeError)
"""What using the file may raise. UnicodeError: a text in it, or the message about it, is none."""


def open_file(path: Path) -> sqlite3.Connection:
    """The index, to be written; an empty one where there was none. Raises one of FAULTS, OutdatedError,
    OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = _connect(str(path))
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _furnish(connection)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    except BaseException:
        connection.close()
        raise
    return connection


def open_copy(path: Path) -> sqlite3.Connection:
    """A copy of the index in memory; an empty one where the file cannot be read. The disk is left as it is."""
    with suppress(*FAULTS, OutdatedError, OSError):
        return _copied(path)
    return open_empty()


def open_empty() -> sqlite3.Connection:
    """An empty index in memory."""
    connection = _connect(":memory:")
    _furnish(connection)
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Reads all of it once. Raises one of FAULTS."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedError(verdict)
    connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    counts = "(SELECT count(*) FROM sessions), (SELECT count(*) FROM words_docsize)"
    pairs = "(SELECT count(*) FROM sessions JOIN words_docsize ON words_docsize.id = sessions.number)"
    sessions, words, both = connection.execute(f"SELECT {counts}, {pairs}").fetchone()
    if not sessions == words == both:
        raise DamagedError("words and sessions do not match")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block, or nothing of it, whatever ends it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def forget_for_good(connection: sqlite3.Connection) -> bool:
    """Leaves nothing in the file of words that were taken out: merged, emptied, cut off. False while somebody reads
    it. Raises sqlite3.Error."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def is_damage(error: Exception) -> bool:
    """Whether an error means that the file is no index any more."""
    if not isinstance(error, sqlite3.Error):
        return isinstance(error, DamagedError | UnicodeError)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.OperationalError)  # a text in it is none
    # A statement of ours that the file does not understand: its schema has changed beneath us.
    return code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_ERROR


def refusal(error: Exception) -> str:
    """What to say of an error that is no damage."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        why, way = "another program has it open", "Close that program"
    elif code == sqlite3.SQLITE_FULL:
        why, way = "the disk is full", "Free some space"
    else:
        why, way = "the disk refused", "Check that the data folder can be written to"
    return f"The list of sessions cannot be kept now: {why}. It still works, only slower. {way}."


def remove(path: Path) -> None:
    """Deletes the index; what lies beside it goes first, so that no later one takes it for its own. Raises OSError."""
    for tail in (*_BESIDE, ""):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def set_aside(path: Path) -> None:
    """Keeps a damaged index until the next good start, for whoever wants to look at it. Raises OSError."""
    for tail in _BESIDE:
        path.with_name(path.name + tail).unlink(missing_ok=True)
    if path.exists():
        path.replace(path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}"))


def drop_asides(path: Path) -> None:
    """Deletes the damaged ones: they hold words too. Raises OSError."""
    for aside in path.parent.glob(f"{path.name}.damaged-*"):
        aside.unlink(missing_ok=True)


def _connect(name: str) -> sqlite3.Connection:
    """Anybody may hold a connection, one thread at a time. Nothing is written to the system's temporary places."""
    connection = sqlite3.connect(
        name, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False, uri=name.startswith("file:")
    )
    try:
        for pragma in ("temp_store = MEMORY", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _furnish(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty file; in any other they have to be there as they are here."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and application in (0, APPLICATION_ID):
        with transaction(connection):
            for statement in (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {VERSION}"):
                connection.execute(statement)
            for statement in _SCHEMA:
                connection.execute(statement)
    elif application != APPLICATION_ID:
        raise DamagedError("no index of this program")
    elif version != VERSION:
        raise OutdatedError(f"version {version}")
    known = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master")}
    if not known.issuperset(_SCHEMA):
        raise DamagedError("other tables")


def _copied(path: Path) -> sqlite3.Connection:
    """Without a write-ahead log nobody is writing: the file can be read as it lies there, from any disk."""
    log = path.with_name(f"{path.name}-wal")
    ways = ("mode=ro", "mode=ro&immutable=1") if log.exists() else ("mode=ro&immutable=1",)
    for way in ways:
        copy = _connect(":memory:")
        try:
            with closing(_connect(f"{path.absolute().as_uri()}?{way}")) as source:
                source.backup(copy)
            _furnish(copy)
            check(copy)
        except (*FAULTS, OutdatedError):
            copy.close()
            if way == ways[-1]:
                raise
        else:
            return copy
    raise AssertionError("one way returns or raises")

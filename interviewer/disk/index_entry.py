"""What the index keeps of one session: its row and its words. One that cannot be read has a row with the reason."""

import math
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from interviewer.disk.store import made_at
from interviewer.errors import PracticeError
from interviewer.findings.verdict_sentence import listed_sentence, total_time
from interviewer.session import Session

Stamp = tuple[int, int]
"""Time and size of a session's file."""

APART = timedelta(hours=3)
"""An id that is this far from when its session began says when it was brought here, not when it was spoken."""
LONGEST_REASON = 500
LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `sessions` without its number and its checksum, and what can be searched."""

    values: tuple[str | bytes | float, ...]
    text: str = ""

    @property
    def id(self) -> str | bytes:
        """As it is stored."""
        return self.values[0]  # type: ignore[return-value]  # the first value is the id

    @property
    def checksum(self) -> int:
        return checksum(self.values)


def guarded_entry(session_id: str, load: Callable[[str], Session], stamp: Stamp) -> Entry:
    """What is kept of a session. One that is odd in whatever way takes the list away from no other."""
    try:
        return entry_of(session_id, load(session_id), stamp)
    except PracticeError as error:
        return unreadable_entry(session_id, str(error), stamp)
    except Exception:
        reason = "session.json says what cannot be. The recordings beside it are untouched."
        return unreadable_entry(session_id, reason, stamp)


def entry_of(session_id: str, session: Session, stamp: Stamp) -> Entry:
    """What is kept of a session that lies in the folder of that name. Raises ValueError for what cannot be kept."""
    times = session.section_times()
    over = float(sum(time.over_seconds for time in times))
    seconds = total_time(session, times).spoken_seconds
    words = spoken_text(session)
    if not (math.isfinite(over) and math.isfinite(seconds)):
        raise ValueError("a time without end")
    values = (
        stored_id(session_id),
        place_of(session_id, session.started),
        session.pattern,
        session.principle,
        session.level.value,
        session.started,
        seconds,
        sum(bool(time.seconds) and time.over_seconds <= 0 for time in times),
        over,
        int(any(time.over_seconds > 0 for time in times)),
        int(any(take.bookmarks for take in session.takes)),
        int(session.is_closed),
        int(any(take.is_finished and (take.voiced is None or take.transcript is None) for take in session.takes)),
        int(any(not take.is_finished for take in session.takes)),
        int(bool(session.drill)),
        listed_sentence(session, times),
        session.story_id,
        "",
        *stamp,
    )
    for each in (*values, words):
        if isinstance(each, str):
            each.encode()
        elif isinstance(each, int) and not -LARGEST < each < LARGEST:
            raise ValueError("a number without end")
    return Entry(values, words)


def unreadable_entry(session_id: str, reason: str, stamp: Stamp) -> Entry:
    """What is kept of a session whose file cannot be read. It is sorted by its folder's name, or by its file's time."""
    made = made_at(session_id)
    if made is None:
        made = datetime.min
        for seconds in (stamp[0] / 1e9, 0.0):
            try:
                made = datetime.fromtimestamp(seconds)
                break
            except (OverflowError, ValueError, OSError):
                continue
    started = made.isoformat(timespec="minutes")
    said = " ".join(reason.split()).encode(errors="backslashreplace").decode()
    if len(said) > LONGEST_REASON:
        said = f"{said[:LONGEST_REASON]} …"
    texts = (stored_id(session_id), place_of(session_id, started), "", "", "", started)
    return Entry((*texts, 0.0, 0, 0.0, *(0,) * 6, said, "", said, *stamp))


def place_of(session_id: str, started: str) -> str:
    """The one key that sessions are ordered by: the id where it tells when the session began, else when it began."""
    name = session_id.encode(errors="backslashreplace").decode()
    if session_id[:15] == started[:16].replace("T", "-").replace(":", ""):
        return name
    made = made_at(session_id)
    try:
        began = datetime.fromisoformat(started).replace(tzinfo=None)
    except ValueError:
        began = made or datetime.min
    if made and abs(made - began) < APART:
        return name
    return f"{began.isoformat(sep='-', timespec='minutes').replace(':', '')}-{name}"


def stored_id(session_id: str) -> str | bytes:
    """A folder's name as SQLite can keep it: one that is no text as the bytes that it is."""
    try:
        session_id.encode()
    except UnicodeEncodeError:
        return os.fsencode(session_id)
    return session_id


def kept_stamp(stamp: Stamp) -> Stamp:
    """A stamp as SQLite can keep it, whatever year a file is said to be of."""
    return stamp[0] % LARGEST, stamp[1] % LARGEST


def checksum(values: tuple[object, ...]) -> int:
    """Over a row: a flipped bit in a text is nothing that SQLite would notice."""
    return zlib.crc32(repr(values).encode())


def spoken_text(session: Session) -> str:
    """All words of a session: spoken, typed, noted, its principle, and the file it came from."""
    spoken = [take.transcript.text for take in session.takes if take.transcript]
    notes = [take.note for take in session.takes]
    return "\n".join([session.principle, session.source, *spoken, *session.typed.values(), *notes])

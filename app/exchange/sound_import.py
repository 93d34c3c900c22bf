"""A recording made elsewhere as a session: any sound file PyAV reads, with or without marks. Blocks."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from audio.decode import decode
from interviewer.disk.foreign import shown_name
from interviewer.disk.store import Store
from interviewer.edges import ANSWER
from interviewer.errors import PracticeError
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark


@dataclass(frozen=True, slots=True)
class Imported:
    """A session that is on the disk now, and what the person should know about its sound, in sentences."""

    session: Session
    notices: tuple[str, ...]


def import_sound(
    store: Store,
    session: Session,
    path: Path,
    marks: Mapping[Section, float] | None = None,
    cancelled: Event | None = None,
) -> Imported:
    """Puts a sound file into a new session as one take, whole or not at all. Raises PracticeError.

    `marks` are seconds where sections begin. Without any, the words propose them once they are there. The session is
    dated as the recording is. It is made beside its place; what is in its place already is never touched.
    """
    place = store.folder(session.id)
    beside = place.with_name(f".{session.id}.part")
    inside = Store(store.root, beside)
    file = f"{ANSWER}-1.wav"
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.mkdir(mode=0o700)
    except OSError as error:
        raise _not_taken(path, error) from error
    try:
        inside.folder(session.id).mkdir(mode=0o700)
        decoded = decode(path, inside.folder(session.id) / file, cancelled)
        take = Take(
            f"{ANSWER}-1", ANSWER, file, placed_marks(path, marks or {}, decoded.frames), decoded.frames, decoded.frames
        )
        dated = replace(session, started=decoded.recorded, source=shown_name(path), is_closed=True)
        whole = dated.with_take(take)
        inside.save(whole)
        inside.folder(session.id).rename(place)
    except OSError as error:
        raise _not_taken(path, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Imported(whole, decoded.notices)


def placed_marks(path: Path, marks: Mapping[Section, float], frames: int) -> tuple[Mark, ...]:
    """Marks at seconds of a file's own clock, as frames of its take. Raises PracticeError for one beyond its end."""
    found = tuple(Mark(round(seconds * RATE_HZ), section) for section, seconds in marks.items())
    for mark in found:
        if mark.frame >= frames:
            at, length = mark.frame / RATE_HZ, frames / RATE_HZ
            raise PracticeError(
                f"{mark.section.title} cannot begin at {at:g} s: {shown_name(path)} is {length:.1f} s long."
            )
    return found


def _not_taken(path: Path, error: OSError) -> PracticeError:
    return PracticeError(f"{shown_name(path)} could not be taken in ({error.strerror or error}).")

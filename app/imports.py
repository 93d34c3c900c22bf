"""A recording made elsewhere as a session: any sound file PyAV reads, with or without marks. Blocks."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from audio.decode import decode
from interviewer.edges import ANSWER
from interviewer.errors import PracticeError
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.store import Store
from interviewer.timing import RATE_HZ, Mark


def import_sound(store: Store, session: Session, path: Path, marks: Mapping[Section, float] | None = None) -> Session:
    """Puts a sound file into a new session as one take, whole or not at all. Raises PracticeError.

    `marks` are seconds where sections begin. Without any, the words propose them once they are there.
    """
    folder = store.folder(session.id)
    file = f"{ANSWER}-1.wav"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        frames = decode(path, folder / file)
        found = tuple(Mark(round(seconds * RATE_HZ), section) for section, seconds in (marks or {}).items())
        for mark in found:
            if mark.frame >= frames:
                at, length = mark.frame / RATE_HZ, frames / RATE_HZ
                raise PracticeError(
                    f"{mark.section.title} cannot begin at {at:g} s: the recording is {length:.1f} s long."
                )
        take = Take(f"{ANSWER}-1", ANSWER, file, found, frames, frames)
        whole = replace(session.with_take(take), is_closed=True)
        store.save(whole)
    except (OSError, PracticeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise PracticeError(f"{path.name} could not be taken in ({error.strerror or error}).") from error
        raise
    return whole

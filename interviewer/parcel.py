"""A session as one ZIP file, and back again byte for byte. What comes from elsewhere is checked before it is let in."""

import json
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from interviewer.errors import PracticeError
from interviewer.session import Session, from_json
from interviewer.store import Store

MOST_FILES = 400
MOST_BYTES = 4 << 30
SESSION_FILE = "session.json"


def pack(store: Store, session_id: str, target: Path) -> None:
    """Writes a session's folder to a ZIP, beside and renamed. Raises PracticeError."""
    folder = store.folder(session_id)
    beside = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as parcel:
            for path in sorted(folder.iterdir()):
                if path.is_file() and not path.name.startswith("."):
                    parcel.write(path, f"{session_id}/{path.name}")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise PracticeError(f"{target} could not be written ({error.strerror}). The session is untouched.") from error


def unpack(parcel_path: Path, store: Store) -> Session:
    """Takes a packed session in, whole or not at all. Raises PracticeError with one sentence."""
    try:
        with zipfile.ZipFile(parcel_path) as parcel:
            session_id, names = _checked(parcel, parcel_path)
            session = _session(parcel, f"{session_id}/{SESSION_FILE}", parcel_path)
            if session.id != session_id:
                raise PracticeError(f"{parcel_path.name} says of itself that it is another session.")
            return _let_in(parcel, names, session, store)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise PracticeError(f"{parcel_path.name} is damaged, or is not a ZIP file ({error}).") from error
    except OSError as error:
        raise PracticeError(f"{parcel_path.name} could not be read ({error.strerror or error}).") from error


def _checked(parcel: zipfile.ZipFile, path: Path) -> tuple[str, list[zipfile.ZipInfo]]:
    """The id and the files of a parcel that holds one session and nothing else."""
    entries = [entry for entry in parcel.infolist() if not entry.is_dir()]
    if not entries or len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise PracticeError(f"{path.name} holds no session, or more than one could be.")
    folders = set()
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if len(parts) != 2 or ".." in parts or "\\" in entry.filename or is_link or parts[1].startswith("."):
            raise PracticeError(f"{path.name} holds a file that would land elsewhere, so nothing was taken in.")
        folders.add(parts[0])
    if len(folders) != 1:
        raise PracticeError(f"{path.name} holds more than one session.")
    return folders.pop(), entries


def _session(parcel: zipfile.ZipFile, name: str, path: Path) -> Session:
    try:
        return from_json(json.loads(parcel.read(name)))
    except (KeyError, ValueError, AttributeError) as error:
        raise PracticeError(f"{path.name} holds no session that can be read.") from error


def _let_in(parcel: zipfile.ZipFile, entries: list[zipfile.ZipInfo], session: Session, store: Store) -> Session:
    folder = store.folder(session.id)
    if folder.exists():
        raise PracticeError(f"The session {session.id} is here already.")
    beside = folder.with_name(f".{session.id}.part")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        for entry in entries:
            with parcel.open(entry) as source, (beside / PurePosixPath(entry.filename).name).open("wb") as out:
                shutil.copyfileobj(source, out)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return session

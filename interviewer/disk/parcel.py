"""A session as one ZIP file, and back again byte for byte. What comes from elsewhere is checked before it is let in."""

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from interviewer.disk.document import Odd, parsed
from interviewer.disk.plain_file import plain_files
from interviewer.disk.session_file import MOST_BYTES, session_of
from interviewer.disk.store import SESSION_FILE, Store
from interviewer.disk.whole_file import whole_file
from interviewer.disk.whole_folder import whole_folder
from interviewer.disk.zip_in import Damaged, ForeignZip, Packed
from interviewer.disk.zip_out import put_file
from interviewer.errors import PracticeError
from interviewer.session import PRIVATE, Session

MOST_FILES = 400
MOST_PACKED_BYTES = 4 << 30


def pack(store: Store, session_id: str, target: Path) -> None:
    """Writes a session's folder to a ZIP, beside and renamed. Raises PracticeError."""
    files = tuple(plain_files(store.folder(session_id)))
    if all(path.name != SESSION_FILE for path in files):
        raise PracticeError(f"The session {session_id} is not here any more, so there is nothing to pack.")
    try:
        with whole_file(target) as file, zipfile.ZipFile(file, "w") as parcel:
            for path in files:
                put_file(parcel, f"{session_id}/{path.name}", path)
    except OSError as error:
        raise PracticeError(f"{target} could not be written ({error.strerror}). The session is untouched.") from error


def unpack(path: Path, store: Store) -> Session:
    """Takes a packed session in, whole or not at all. Raises PracticeError with one sentence."""
    with ForeignZip(path, MOST_FILES, MOST_PACKED_BYTES) as parcel:
        if any(len(packed.parts) != 2 or packed.is_hidden for packed in parcel.files):
            raise parcel.lands_elsewhere()
        folders = {packed.parts[0] for packed in parcel.files}
        if len(folders) != 1:
            raise PracticeError(f"{parcel.name} holds {'more than one' if folders else 'no'} session.")
        name = folders.pop()
        session = packed_session(parcel, parcel.files, name.removesuffix(PRIVATE))
        target = store.folder(session.id)
        if os.path.lexists(target):
            raise PracticeError(f"The session {session.id} is here already.")
        parcel.check_room(parcel.files, target)
        try:
            unpack_folder(parcel, parcel.files, target)
        except OSError as error:
            raise PracticeError(f"{parcel.name} could not be taken in ({error.strerror}): free some space.") from error
    return session


def packed_session(parcel: ForeignZip, files: Iterable[Packed], session_id: str) -> Session:
    """The session that is packed in these files, called like its folder. Raises Damaged, and PracticeError for a newer
    one."""
    document = next((packed for packed in files if packed.name == SESSION_FILE), None)
    if document is None:
        raise Damaged(f"{parcel.name} holds no session.")
    try:
        return session_of(parsed(parcel.read(document, MOST_BYTES)), session_id)
    except Odd as odd:
        raise Damaged(f"{parcel.name} holds no session that can be read: {odd}.") from odd


def unpack_folder(parcel: ForeignZip, files: Iterable[Packed], target: Path) -> None:
    """Unpacks files of one folder, whole or not at all. Raises Damaged, OSError."""
    with whole_folder(target) as folder:
        for packed in files:
            parcel.write(packed, folder / packed.name)

"""What a kill left behind is swept away at the next start: halves of files and folders, and what was kept free.

Only what is older than the start goes: what came later is being written.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from interviewer.disk.bin import STAMP
from interviewer.disk.store import Store
from interviewer.disk.whole_file import PART
from interviewer.errors import PracticeError

FOLDERS = ("sessions", "bin")
FLAT = ("", "quizzes", "patterns")
RESERVE = ".reserve"


def start_of(root: Path) -> int:
    """This moment, in ns, on the clock of the disk that `root` is on. Raises OSError."""
    os.utime(root)
    return root.stat().st_mtime_ns


def sweep(root: Path, before: int) -> None:
    """Below a data folder, or the one of private sessions, from before `before` (see `start_of`). What cannot be
    deleted now is swept the next time."""
    for name in FLAT:
        for entry in _entries(root / name):
            if entry.name.startswith(".") and entry.name.endswith(PART):
                _remove(entry, before)
    for name in FOLDERS:
        store = Store(root, root / name)
        for entry in _entries(root / name):
            if entry.name.startswith("."):
                if entry.name.endswith(PART):
                    _remove(entry, before)
            elif entry.is_dir(follow_symlinks=False):
                _sweep_session(store, entry, before, is_bin=name == "bin")


def _sweep_session(store: Store, folder: "os.DirEntry[str]", before: int, is_bin: bool) -> None:
    is_old, is_empty = _is_old(folder, before), True
    for entry in _entries(Path(folder.path)):
        is_stamp = entry.name == STAMP and not is_bin
        if entry.name.endswith(PART) or is_stamp or (entry.name == RESERVE and (is_bin or _is_closed(store, folder))):
            _remove(entry, before)
        elif entry.name != RESERVE:
            is_empty = False
    if is_empty and is_old and not is_bin:
        shutil.rmtree(folder.path, ignore_errors=True)  # nothing was ever written into it


def _is_closed(store: Store, folder: "os.DirEntry[str]") -> bool:
    try:
        return store.load(folder.name).is_closed
    except PracticeError:
        return False


def _entries(folder: Path) -> "Iterator[os.DirEntry[str]]":
    with suppress(OSError):
        if not folder.is_symlink():
            with os.scandir(folder) as entries:
                yield from list(entries)


def _is_old(entry: "os.DirEntry[str]", before: int) -> bool:
    """A folder that was copied may have the time of the first one; when it was changed cannot be set."""
    try:
        status = Path(entry.path).lstat()
    except OSError:
        return False
    return max(status.st_mtime_ns, status.st_ctime_ns) < before


def _remove(entry: "os.DirEntry[str]", before: int) -> None:
    if _is_old(entry, before):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with suppress(OSError):
                Path(entry.path).unlink()

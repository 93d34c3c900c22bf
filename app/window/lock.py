"""One running program per data folder. The lock is the kernel's, so a killed program leaves none behind."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewer.errors import PracticeError

ALREADY = "Plainspoken is running already with this data folder. Look for its window, or close it first."


class Lock:
    """Held from `take` until the process ends. Raises PracticeError when somebody else holds it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".lock"
        self._file: int | None = None

    def take(self) -> None:
        """Takes the lock, or raises. A folder that cannot be written at all raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError as error:
            os.close(file)
            raise PracticeError(ALREADY) from error
        self._file = file

    def release(self) -> None:
        """Gives it back before the process ends."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def only_program(folder: Path) -> Iterator[None]:
    """No other program changes this data folder during the block. Raises PracticeError."""
    lock = Lock(folder)
    try:
        lock.take()
    except OSError as error:
        why = error.strerror or error
        raise PracticeError(f"{folder} cannot be used ({why}). Make it writable, then start again.") from error
    try:
        yield
    finally:
        lock.release()


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  Windows only

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415  not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

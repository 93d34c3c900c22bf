"""A file is written whole or not at all: beside its place, to the disk, then renamed. Every document is written so.

A kill or a power cut at any moment leaves the old file or the new one. Calls block on the disk.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART = ".part"
"""At the end of the name of a file that is not whole yet. One that a kill left behind is written over the next time."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` at the end of the block, and leaves it as it was after an
    exception. Raises OSError."""
    beside = path.with_name(f".{path.name[:60]}{PART}")
    try:
        with open(beside, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path`. Raises OSError."""
    with whole_file(path) as file:
        file.write(content)


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk, where the system can. Raises OSError."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

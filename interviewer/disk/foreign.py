"""A file that others wrote, before anything reads it: whether it is one at all. What is in it is its readers' matter.

A pipe, a device or a folder under a file's name must not be waited for, so nothing here can block on one.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from interviewer.errors import PracticeError

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def regular_file(path: Path) -> Path:
    """The path, once it is known to be a file that can be read. Raises PracticeError with one sentence."""
    open_file(path).close()
    return path


def open_file(path: Path) -> BinaryIO:
    """The file, open for reading, unbuffered; what was checked is what is open. Raises PracticeError."""
    try:
        _check(path, path.stat().st_mode)  # before it is opened: to open a device may already do something
        file = open(path, "rb", buffering=0, opener=_opened)  # noqa: SIM115  handed on open
    except (OSError, ValueError) as error:
        raise PracticeError(f"{shown_name(path)} could not be read: {_why(error)}.") from error
    try:
        _check(path, os.fstat(file.fileno()).st_mode)
    except PracticeError:
        file.close()
        raise
    return file


def shown_name(path: Path) -> str:
    """The file's name as it may stand in a sentence: one line, nothing unreadable. The name is foreign too."""
    name = path.name or str(path)
    return name if name.isprintable() else repr(name)[1:-1]


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _check(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
    raise PracticeError(f"{shown_name(path)} is {kind}, not a file. Choose a file.")


def _why(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "you are not allowed to read it"
        case BlockingIOError():
            return "another program holds it"
        case OSError():
            return (error.strerror or str(error)).lower()
    return "its name cannot be that of a file"

"""A file of our own folders is a plain file: never a link to elsewhere, and nothing that one would have to wait for."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from interviewer.disk.names import is_safe
from interviewer.disk.whole_file import PART

_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")


class NotPlain(OSError):
    """Something else lies where a file is expected; `strerror` says what."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(0, f"it is {kind_of(mode)}, not a file", str(path))


def open_plain(path: Path) -> BinaryIO:
    """The file, open for reading. Never blocks, follows no link. Raises OSError, NotPlain among them."""
    _check(path, path.lstat().st_mode)
    number = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))
    file = os.fdopen(number, "rb")
    try:
        _check(path, os.fstat(number).st_mode)
    except NotPlain:
        file.close()
        raise
    return file


def kind_of(mode: int) -> str:
    """What something is that is no plain file, by its `st_mode`."""
    return _KINDS.get(stat.S_IFMT(mode), "something else")


def _check(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotPlain(path, mode)


def plain_files(folder: Path) -> Iterator[Path]:
    """The files in a folder that may leave it, in order: plain, visible, whole, and named so that any system takes
    them. None where the folder is a link or not there."""
    if folder.is_symlink() or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    yield from (folder / name for name in sorted(names) if is_safe(name) and not name.endswith(PART))

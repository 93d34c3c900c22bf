"""Files into a ZIP, whatever their dates are and while they may still be growing."""

import os
import stat
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from interviewer.disk.plain_file import open_plain

PIECE_BYTES = 1 << 20
FIRST, LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 59)
"""The dates that a ZIP can hold."""


def put_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """One file, as long as it is now: a take may be growing. One that has gone meanwhile is passed over. Raises
    OSError."""
    try:
        source = open_plain(path)
    except FileNotFoundError:
        return
    with source:
        status = os.fstat(source.fileno())
        left = status.st_size
        entry = zipfile.ZipInfo(name, _date(status.st_mtime))
        entry.external_attr = (stat.S_IFREG | stat.S_IMODE(status.st_mode)) << 16
        entry.file_size = left
        entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".wav" else zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=left > 1 << 31) as out:
            while left and (piece := source.read(min(PIECE_BYTES, left))):
                out.write(piece)
                left -= len(piece)


def put_text(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """A small file of its own."""
    archive.writestr(zipfile.ZipInfo(name, FIRST), text)


def _date(seconds: float) -> tuple[int, int, int, int, int, int]:
    with suppress(OSError, ValueError, OverflowError):
        at = time.localtime(seconds)
        return min(max(FIRST, (at.tm_year, at.tm_mon, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec)), LAST)
    return FIRST

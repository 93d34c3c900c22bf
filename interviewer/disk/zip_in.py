"""A ZIP that came from elsewhere. Nothing it says of itself is believed: not its names, its counts or its sizes.

All entries are checked when it is opened; bytes are counted while they are unpacked, and whether they are what was
packed. It is read by plain copying and deflate alone: the other methods unpack without a limit.
"""

import errno
import io
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewer.disk.foreign import open_file
from interviewer.disk.names import alike, is_safe, shown
from interviewer.errors import PracticeError

MOST_FILES = 150_000
MOST_BYTES = 1 << 40
LARGEST_READ = 32 << 20
"""At once: the list of so many files, or a piece of one."""
PIECE_BYTES = 1 << 20
SPARE_BYTES = 8 << 20
"""Left free on the disk."""
MOST_RATIO = 200
"""A document of words packs to a tenth; one that packs better than this was made to fill a memory."""
SMALL_BYTES = 1 << 20
"""For which no ratio counts."""

_HEADER_BYTES = 30
_CODED = 0x1 | 0x20 | 0x40
"""Flags of an entry that is encrypted or a patch."""
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Damaged(PracticeError):
    """What was packed cannot be unpacked again."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file in a ZIP: the parts of its path, each a safe name but for a dot before the last, and its bytes."""

    parts: tuple[str, ...]
    size: int
    entry: zipfile.ZipInfo

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def is_hidden(self) -> bool:
        return self.name.startswith(".")


class ForeignZip:
    """An open ZIP whose entries have been checked. Used in a `with`. Raises PracticeError with one sentence."""

    def __init__(self, path: Path, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self.name = shown(path.name)
        self._file = _Sips(open_file(path))  # type: ignore[arg-type]
        try:
            with self._sound():
                self._archive = zipfile.ZipFile(self._file)
            self.files = self._checked(most_files, most_bytes)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "ForeignZip":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()
        self._file.close()

    def read(self, packed: Packed, most_bytes: int) -> bytes:
        """A small file's bytes. Raises Damaged, also for one that unpacks to more than it may."""
        size, taken = packed.size, packed.entry.compress_size
        if size > most_bytes or (size > SMALL_BYTES and size > MOST_RATIO * taken):
            raise Damaged(f"{self.name} holds a {shown(packed.name)} that is far larger than such a file can be.")
        return b"".join(self._pieces(packed))

    def write(self, packed: Packed, target: Path) -> None:
        """Unpacks a file to a place where nothing is, and puts it on the disk. Raises Damaged, OSError."""
        with open(target, "xb") as out:
            for piece in self._pieces(packed):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def check_room(self, files: Iterable[Packed], folder: Path) -> None:
        """Raises PracticeError unless they fit on the disk."""
        there = next(path for path in (folder, *folder.parents) if path.exists())
        needed = sum(packed.size for packed in files)
        if shutil.disk_usage(there).free < needed + SPARE_BYTES:
            raise PracticeError(
                f"{self.name} unpacks to {needed / 1e6:,.0f} MB, for which there is no room: free some space."
            )

    def lands_elsewhere(self) -> PracticeError:
        """What is said of a file with no place here."""
        return PracticeError(f"{self.name} holds a file that would land elsewhere, so nothing was taken in.")

    def _pieces(self, packed: Packed) -> Iterator[bytes]:
        """The bytes as they are unpacked: exactly as many as were promised, and the right ones."""
        count = 0
        with self._sound():
            source = self._archive.open(packed.entry)
        with source:
            while True:
                with self._sound():
                    piece = source.read(PIECE_BYTES)
                if not piece:
                    break
                count += len(piece)
                yield piece
        if count != packed.size:
            raise self._damaged()

    def _checked(self, most_files: int, most_bytes: int) -> Sequence[Packed]:
        entries = self._archive.infolist()
        files = [self._packed(entry) for entry in entries if not entry.orig_filename.endswith("/")]
        if len(files) > most_files or sum(packed.size for packed in files) > most_bytes:
            raise PracticeError(f"{self.name} holds more than it could if it came from this program.")
        if len({alike("/".join(packed.parts)) for packed in files}) < len(files):
            raise PracticeError(f"{self.name} holds two files of one name, so nothing was taken in.")
        end = self._archive.start_dir
        for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
            if entry.header_offset + _HEADER_BYTES + entry.compress_size > end:
                raise self._damaged()  # two entries share their bytes
            end = entry.header_offset
        return files

    def _packed(self, entry: zipfile.ZipInfo) -> Packed:
        parts = tuple(entry.orig_filename.split("/"))
        is_link = stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG)
        if is_link or not all(map(is_safe, (*parts[:-1], parts[-1].removeprefix(".")))):
            raise self.lands_elsewhere()
        if entry.flag_bits & _CODED or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PracticeError(f"{self.name} is encrypted or packed in a way that this program does not use.")
        return Packed(parts, entry.file_size, entry)

    def _damaged(self) -> Damaged:
        return Damaged(f"{self.name} is damaged, or is not a ZIP file of this program.")

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Around all that reads the ZIP: what is wrong with it shows in many ways, and is said in one."""
        try:
            yield
        except _DAMAGE as error:
            raise self._damaged() from error
        except OSError as error:
            if error.errno == errno.EINVAL:  # a place before the file's beginning
                raise self._damaged() from error
            why = (error.strerror or "the disk refused").lower()
            raise Damaged(f"{self.name} could not be read ({why}).") from error


class _Sips(io.BufferedReader):
    """A file that is not read in one gulp: zipfile takes as much as the ZIP says its list of files is long."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(LARGEST_READ + 1 if size is None or size < 0 else min(size, LARGEST_READ + 1))
        if len(data) > LARGEST_READ or (len(data) > PIECE_BYTES and data.count(b"PK\x01\x02") > MOST_FILES):
            raise zipfile.BadZipFile("a list of files without an end")
        return data

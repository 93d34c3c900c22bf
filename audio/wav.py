"""A take on disk: a WAV file that is whole after every block, whatever happens next.

Written unbuffered, header rewritten and synced four times a second. After a crash the length comes from the file's
size, so there is nothing to repair before reading.
"""

import os
import struct
import time
from pathlib import Path

import numpy as np

from audio.sound import SAMPLE_BYTES, Samples
from interviewer.disk.whole_file import sync_folder, write_whole
from interviewer.timing import RATE_HZ

HEADER_BYTES = 44
SYNC_SECONDS = 0.25


def header(frame_count: int) -> bytes:
    """The 44 bytes before the samples of a 16-bit mono take."""
    data = frame_count * SAMPLE_BYTES
    layout = ("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + data, b"WAVE", b"fmt ", 16, 1, 1, RATE_HZ)
    return struct.pack(*layout, RATE_HZ * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES, b"data", data)


def frames_in(path: Path) -> int:
    """Whole frames in a take, by the file's size. Raises OSError."""
    return max(0, path.stat().st_size - HEADER_BYTES) // SAMPLE_BYTES


def read_take(path: Path, start: int = 0, end: int | None = None) -> Samples:
    """The samples between two frames of a take, shape (frames,), int16. Raises OSError."""
    stop = frames_in(path) if end is None else min(end, frames_in(path))
    count = max(0, stop - start)
    return np.fromfile(path, dtype="<i2", count=count, offset=HEADER_BYTES + start * SAMPLE_BYTES)


def write_take(path: Path, samples: Samples) -> None:
    """A whole take at once, beside and then renamed. Raises OSError."""
    write_whole(path, header(len(samples)) + samples.astype("<i2").tobytes())


class TakeWriter:
    """Appends blocks to a take and keeps it readable. Used by one thread. An existing take is continued.

    Every method raises OSError when the disk does not take it; all that was written before stays playable.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self.frames = frames_in(path)
        self._write_header()
        os.ftruncate(self._fd, HEADER_BYTES + self.frames * SAMPLE_BYTES)
        os.lseek(self._fd, 0, os.SEEK_END)
        self._sync()
        sync_folder(path.parent)

    def append(self, block: bytes) -> None:
        """Writes one block of 16-bit samples; syncs when it is time."""
        rest = memoryview(block)
        while rest:
            rest = rest[os.write(self._fd, rest) :]
        self.frames += len(block) // SAMPLE_BYTES
        if time.monotonic() - self._synced >= SYNC_SECONDS:
            self._write_header()
            self._sync()

    def close(self) -> None:
        """Last header, last sync. The file is closed whatever happens; `frames` are all that are in it."""
        self.frames = max(0, os.fstat(self._fd).st_size - HEADER_BYTES) // SAMPLE_BYTES
        try:
            self._write_header()
            self._sync()
        finally:
            os.close(self._fd)

    def _write_header(self) -> None:
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, header(self.frames))
        os.lseek(self._fd, 0, os.SEEK_END)

    def _sync(self) -> None:
        os.fsync(self._fd)
        self._synced = time.monotonic()

"""The bytes of an open foreign file, by their place. Whoever waits for it is told of each read."""

import os
from collections.abc import Callable
from typing import BinaryIO


class ForeignBytes:
    """Used by one thread. Raises OSError."""

    def __init__(self, file: BinaryIO, on_read: Callable[[], None]) -> None:
        self.name = str(file.name)
        self.size = os.fstat(file.fileno()).st_size
        """As it was when the file was opened; one that grows is read so far."""
        self._file = file
        self._on_read = on_read

    def at(self, place: int, count: int) -> bytes:
        """Up to `count` bytes from a place on; none at the end."""
        self._file.seek(place)
        found = self._file.read(count)
        self._on_read()
        return found

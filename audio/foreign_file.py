"""A foreign sound file as its decoder should see it: links of a chain one by one, lengths that are wrong put right.

What a header promises is compared with what is there; only where the two differ is anything put in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import SEEK_CUR, SEEK_END
from itertools import pairwise

from audio.chunks import read_chunked
from audio.foreign_bytes import ForeignBytes
from audio.mp3_length import named_seconds
from audio.ogg_links import ogg_links
from audio.raw_frames import runs_of

FLAC = b"fLaC\0\0\0\x22"
"""How such a file begins: nothing else does in one that was not joined to another."""

STEP_BYTES = 1 << 20

Piece = bytes | range
"""Bytes of our own, or the places in the file from which they come."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one decoder reads. `named_seconds` is the length its header names, where that is not left to the decoder;
    `is_wrong` says that the header's lengths do not fit."""

    pieces: tuple[Piece, ...]
    named_seconds: float | None = None
    is_wrong: bool = False
    follows_after: float | None = None
    """It goes on where the part before it broke, after about so many seconds; None where it begins anew."""
    format: str | None = None
    """What the decoder is to take it for, where it could not tell."""


class View:
    """A part as a file object, for reading alone. Raises OSError."""

    def __init__(self, file: ForeignBytes, part: Part) -> None:
        self.name = file.name
        self._file = file
        self._pieces = [piece for piece in part.pieces if len(piece)]
        self._size = sum(map(len, self._pieces))
        self._at = 0

    def read(self, count: int) -> bytes:
        found = b""
        start = 0
        for piece in self._pieces:
            end = start + len(piece)
            if start <= self._at < end:
                found = self._part(piece, self._at - start, count)
                break
            start = end
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int) -> int:
        self._at = max(0, offset + {SEEK_CUR: self._at, SEEK_END: self._size}.get(whence, 0))
        return self._at

    def tell(self) -> int:
        return self._at

    def _part(self, piece: Piece, start: int, count: int) -> bytes:
        if isinstance(piece, bytes):
            return piece[start : start + count]
        return self._file.at(piece.start + start, min(count, len(piece) - start))


def parts_of(file: ForeignBytes) -> tuple[Part, ...]:
    """The parts of an open file, in their order: nearly always one, the whole of it. Raises OSError."""
    whole = range(file.size)
    head = file.at(0, len(FLAC))
    if head == FLAC:
        starts = [*_flac_starts(file), file.size]
        return tuple(Part((range(*each),)) for each in pairwise(starts))
    if head.startswith(b"OggS"):
        links = ogg_links(file)
        return tuple(Part(link.pieces, follows_after=0.0 if link.follows else None) for link in links)
    if chunked := read_chunked(file):
        return tuple(Part(each.pieces, each.named_seconds, each.is_wrong) for each in chunked)
    named = named_seconds(file)
    if raw := runs_of(file):
        first, *others = raw.runs
        parts = [Part((range(first.end),), format=raw.format)]
        parts += [Part((range(run.start, run.end),), None, False, run.lost_seconds, raw.format) for run in others]
        return (*parts[:-1], replace(parts[-1], named_seconds=named))
    return (Part((whole,), named),)


def _flac_starts(file: ForeignBytes) -> Iterator[int]:
    for at in range(0, file.size, STEP_BYTES):
        data = file.at(at, STEP_BYTES + len(FLAC) - 1)
        place = data.find(FLAC)
        while place >= 0:
            yield at + place
            place = data.find(FLAC, place + 1)

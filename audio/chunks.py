"""Files of chunks (WAV, RF64, AIFF, CAF): where their sound really lies, whatever lengths their headers name.

A length is believed when the file ends there or another chunk begins there. Otherwise sound goes on to the file's end,
or to the chunks that close it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from audio.foreign_bytes import ForeignBytes

UNKNOWN = (0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Lengths that a recorder writes which does not know it yet; those close to the limits are taken for them."""

TAIL_BYTES = 4 << 20
"""Closing chunks are looked for so far from the end; the packet table of three hours fits."""

CLOSING = (
    b"pakt",
    b"info",
    b"free",
    b"LIST",
    b"id3 ",
    b"ID3 ",
    b"bext",
    b"iXML",
    b"cue ",
    b"fact",
    b"afsp",
    b"_PMX",
    b"smpl",
)
PLAIN = (b"", b"NONE", b"sowt", b"twos", b"fl32", b"FL32")
"""What AIFF calls sound of which every sample takes the same bytes."""

MOST_CHUNKS = 1_000

Pieces = tuple[bytes | range, ...]


@dataclass(frozen=True, slots=True)
class Chunked:
    """Where the sound of such a file is: what its decoder should read, and the seconds its header names."""

    pieces: Pieces
    named_seconds: float | None
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int
    """Of its body."""
    size: int
    """As it is written there."""

    @property
    def end(self) -> int:
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a family writes its chunks."""

    head: str
    """Layout of a name and a length."""
    first: int
    """Where the first chunk is."""
    sound: bytes
    format: bytes
    is_padded: bool
    before_sound: int
    """Bytes within the sound's chunk before the sound."""


def read_chunked(file: ForeignBytes) -> tuple[Chunked, ...]:
    """What is to be read of such a file, or of several that were joined; nothing for files of another kind. Raises
    OSError."""
    found: list[Chunked] = []
    start = 0
    while start < file.size and len(found) < MOST_CHUNKS and (kind := _kind(file.at(start, 12))):
        reader = _Reader(file, start, kind)
        found.append(reader.read())
        start = reader.end
    return tuple(found)


def _kind(head: bytes) -> _Kind | None:
    match head[:4], head[8:12]:
        case ((b"RIFF" | b"RF64" | b"BW64"), b"WAVE"):
            return _Kind("<4sI", 12, b"data", b"fmt ", True, 0)
        case b"RIFX", b"WAVE":
            return _Kind(">4sI", 12, b"data", b"fmt ", True, 0)
        case b"FORM", (b"AIFF" | b"AIFC"):
            return _Kind(">4sI", 12, b"SSND", b"COMM", True, 8)
        case b"caff", _:
            return _Kind(">4sq", 8, b"data", b"desc", False, 4)
    return None


class _Reader:
    def __init__(self, file: ForeignBytes, start: int, kind: _Kind) -> None:
        self._file, self._start, self._size, self._kind = file, start, file.size, kind
        self._head = file.at(start, 12)
        self.end = file.size
        """Where another file begins that was joined to this one, or the end."""
        self._head_bytes = struct.calcsize(kind.head)
        self._long = 0
        """Length of the sound of an RF64 file, which its own chunk cannot hold."""

    def read(self) -> Chunked:
        kind = self._kind
        before: list[_Chunk] = []
        sounds: list[range] = []
        is_wrong = is_moved = False
        named = 0
        at = self._start + kind.first
        while (chunk := self._chunk(at)) and len(before) + len(sounds) < MOST_CHUNKS:
            if sounds and chunk.name == self._head[:4] and _kind(self._file.at(at, 12)):
                self.end = at
                break
            if chunk.name != kind.sound:
                before.append(chunk)
                if chunk.name == b"ds64":
                    self._long = int.from_bytes(self._file.at(chunk.start + 8, 8), "little")
                if chunk.end > self._size:
                    break
                at = self._after(chunk)
                is_moved = is_moved or at != self._places(chunk.end)[0]
                continue
            start = chunk.start + kind.before_sound
            said = self._length(chunk)
            end = self._size if said is None else max(start, chunk.start + said)
            promised = end
            if said is None or end > self._size or not self._is_end(end):
                end = self._closing(start)
                is_moved = is_moved or said is None or end != min(promised, self._size)
                is_known = promised < end or end < self._size or self._outer_end() == self._size
                is_wrong = is_wrong or (said is not None and is_known)  # otherwise it may have been cut off
            named += (end if said is None or is_wrong else promised) - start
            sounds.append(range(start, end))
            at = self._next(end)
        is_rebuilt = bool(sounds) and (is_moved or len(sounds) > 1)
        pieces = self._rebuilt(before, sounds) if is_rebuilt else (range(self._start, self.end),)
        return Chunked(pieces, self._seconds(before, named), is_wrong)

    def _chunk(self, at: int) -> _Chunk | None:
        head = self._file.at(at, self._head_bytes)
        if len(head) < self._head_bytes:
            return None
        name, size = struct.unpack(self._kind.head, head)
        return _Chunk(name, at + self._head_bytes, size) if all(32 <= sign < 127 for sign in name) else None

    def _length(self, chunk: _Chunk) -> int | None:
        """What the chunk of sound is said to hold; None where nothing is said."""
        if chunk.size == 0xFFFFFFFF and self._long and self._head[:4] in (b"RF64", b"BW64"):
            return self._long
        is_open = chunk.size < 0 or any(0 <= each - chunk.size < 4096 for each in UNKNOWN[1:])
        if is_open or (chunk.size <= self._kind.before_sound and not self._is_end(chunk.end)):
            return None
        return chunk.size

    def _outer_end(self) -> int:
        """Where the file ends by its own first words."""
        layout = ">I" if self._kind.head.startswith(">") else "<I"
        return self._start + 8 + int(struct.unpack(layout, self._head[4:8])[0])

    def _is_end(self, at: int) -> bool:
        """Whether sound can end here: the file does, or chunks follow up to its end."""
        return any(self._closes(place) for place in self._places(at))

    def _closes(self, at: int) -> bool:
        for _ in range(MOST_CHUNKS):
            if self._size - at < self._head_bytes:
                return at <= self._size + 1
            chunk = self._chunk(at)
            if chunk is None or chunk.size < 0:
                return False
            if chunk.name == self._kind.sound:
                return True
            at = self._after(chunk)
        return False

    def _places(self, end: int) -> tuple[int, ...]:
        """Where the next chunk may begin: some leave out the byte that makes an odd length even."""
        return (end + 1, end) if self._kind.is_padded and end % 2 else (end,)

    def _next(self, end: int) -> int:
        return next((place for place in self._places(end) if self._closes(place)), end)

    def _after(self, chunk: _Chunk) -> int:
        places = self._places(chunk.end)
        return next((place for place in places if place >= self._size or self._chunk(place)), places[0])

    def _closing(self, start: int) -> int:
        """The end of sound whose length is wrong: where the closing chunks begin, else the file's end."""
        first = max(start, self._size - TAIL_BYTES)
        tail = self._file.at(first, self._size - first)
        found = sorted(place for name in CLOSING for place in _all(tail, name))
        return next((first + place for place in found if self._closes(first + place)), self._size)

    def _rebuilt(self, before: list[_Chunk], sounds: list[range]) -> Pieces:
        """A file with one chunk of sound whose length is right; what closed it comes before it."""
        kind, head = self._kind, self._head
        length = sum(map(len, sounds)) + kind.before_sound
        size = min(length, 0xFFFFFFFF) if kind.head != ">4sq" else length
        opening = b"RIFF" if head[:4] in (b"RF64", b"BW64") else head[:4]
        pieces: list[bytes | range] = [opening + head[4 : kind.first]]
        for chunk in before:
            if chunk.name not in (b"ds64", b"fact") and chunk.end <= self._size:
                pieces.append(struct.pack(kind.head, chunk.name, chunk.size))
                pieces.append(range(chunk.start, chunk.end))
                pieces.append(bytes(chunk.size % 2 if kind.is_padded else 0))
        return (*pieces, struct.pack(kind.head, kind.sound, size), bytes(kind.before_sound), *sounds)

    def _seconds(self, before: list[_Chunk], named: int) -> float | None:
        """The time of so many bytes of sound, where the format says what a second takes."""
        found = [each for each in before if each.name == self._kind.format]
        body = self._file.at(found[0].start, min(64, found[0].size)) if found else b""
        rate = 0.0
        if self._kind.format == b"fmt " and len(body) >= 12:
            rate = struct.unpack_from("<I" if self._kind.head.startswith("<") else ">I", body, 8)[0]
        elif self._kind.format == b"COMM" and len(body) >= 18:
            channels, _, bits = struct.unpack_from(">hIh", body)
            rate = _extended(body[8:18]) * channels * -(-bits // 8) if body[18:22] in PLAIN else 0.0
        elif self._kind.format == b"desc" and len(body) >= 24:
            hz, _, _, packet, frames = struct.unpack_from(">d4sIII", body)
            rate = hz * packet / frames if frames else 0.0
        return named / rate if rate >= 1 and named else None


def _extended(ten: bytes) -> float:
    """An 80-bit float, as AIFF writes its rate."""
    exponent, fraction = struct.unpack(">HQ", ten)
    return float(fraction) * 2.0 ** (min(exponent & 0x7FFF, 16_400) - 16_446) if exponent < 16_500 else 0.0


def _all(text: bytes, word: bytes) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)

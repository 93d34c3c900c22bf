"""An Ogg file page by page: the links of a chain, and where pages are damaged or missing.

Its own reader stops at a link of another rate, and puts what follows a lost page where that page was. So each stretch
of whole pages is handed on as a file of its own, with the headers of its link before it.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from audio.foreign_bytes import ForeignBytes

PAGE_BYTES = 27
LONGEST_PAGE_BYTES = 65_307
MOST_LINKS = 500
"""A file with more is handed on as it is from there on."""

TIMED = (b"vorbis", b"OpusHead")
"""In the first page of streams of which the place of any page can be told from that page alone."""

_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of whole pages. `follows` where pages are missing between it and the one before."""

    pieces: tuple[range, ...]
    follows: bool


@dataclass(frozen=True, slots=True)
class _Page:
    start: int
    end: int
    is_first: bool
    """A stream begins with it."""
    has_sound: bool
    serial: bytes
    number: int
    is_timed: bool


def ogg_links(file: ForeignBytes) -> tuple[Link, ...]:
    """All stretches of an Ogg file, in their order. Raises OSError."""
    links: list[Link] = []
    headers, begun = 0, False  # the end of the link's headers; whether its sound has begun
    link = start = end = 0
    follows = is_timed = False
    numbers: dict[bytes, int] = {}
    for page in _pages(file):
        is_new = page.is_first and begun
        last = numbers.get(page.serial)
        is_broken = page.start != end or (last is not None and page.number not in (last, last + 1))
        if (is_new or (is_broken and begun and is_timed)) and len(links) < MOST_LINKS:
            links.append(_link(link, headers, start, end, follows))
            start, follows = page.start, not is_new
            if is_new:
                link, headers, begun = page.start, page.start, False
        if page.is_first:
            is_timed = page.is_timed
        if not begun:
            headers, begun = page.start, page.has_sound
        numbers[page.serial] = page.number
        end = page.end
    return (*links, _link(link, headers, start, end if links else file.size, follows))


def _link(link: int, headers: int, start: int, end: int, follows: bool) -> Link:
    return Link((range(link, headers), range(start, end)) if follows else (range(start, end),), follows)


def _pages(file: ForeignBytes) -> Iterator[_Page]:
    """The whole pages; what is damaged is passed over."""
    at = 0
    while at + PAGE_BYTES <= file.size:
        data = file.at(at, LONGEST_PAGE_BYTES)
        if page := _page(data, at):
            yield page
            at = page.end
        else:
            found = data.find(b"OggS", 1)
            at += found if found > 0 else max(1, len(data) - 3)


def _page(data: bytes, at: int) -> _Page | None:
    if not data.startswith(b"OggS\0") or len(data) < PAGE_BYTES:
        return None
    table = data[PAGE_BYTES : PAGE_BYTES + data[26]]
    length = PAGE_BYTES + len(table) + sum(table)
    if len(table) < data[26] or length > len(data) or _checksum(data[:length]) != data[22:26]:
        return None
    has_sound = int.from_bytes(data[6:14], "little", signed=True) > 0
    number = int.from_bytes(data[18:22], "little")
    is_timed = any(name in data[:length] for name in TIMED)
    return _Page(at, at + length, bool(data[5] & 2), has_sound, data[14:18], number, is_timed)


def _checksum(page: bytes) -> bytes:
    """Ogg's own: that of a ZIP with every byte, and the sum, mirrored, and nothing inverted."""
    plain = (page[:22] + bytes(4) + page[26:]).translate(_MIRRORED)
    mirrored = zlib.crc32(plain, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return mirrored.to_bytes(4, "big").translate(_MIRRORED)

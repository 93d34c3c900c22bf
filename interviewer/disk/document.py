"""A JSON document that is not believed: read within limits, then taken apart value by value into what it must be.

A shape is a function that takes any JSON value and returns the one that was wanted, or raises Odd. What a document
holds beyond its shape is passed over: a later version may have added it.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from interviewer.disk.names import is_safe, shown
from interviewer.disk.plain_file import open_plain
from interviewer.disk.whole_file import write_whole

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Shape = Callable[[object], T]

MOST_BYTES = 4 << 20
MOST_VALUES = 600_000
"""Of one document: the words of thirteen hours. A value takes some 70 bytes of memory and may take two in the file."""
DEEPEST = 32
FIRST_YEAR, LAST_YEAR = 1990, 2200

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
"""Or the rest, where its end is missing: a search that fails begins anew at every quote."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NO_OUTLINE = bytes(set(range(256)) - set(rb'[]{}"\\'))


class Odd(ValueError):
    """What in a document is not as it must be. Its text is a clause: the place, and what must be there."""

    def __init__(self, what: str, *places: str) -> None:
        super().__init__(what)
        self.what = what
        self.places = places

    def within(self, place: str) -> "Odd":
        """The same, one level further out."""
        return Odd(self.what, place, *self.places)

    def __str__(self) -> str:
        *outer, last = self.places or ("it",)
        return f"{', '.join(outer)}: {last} {self.what}" if outer else f"{last} {self.what}"


# The file


def read_document(path: Path, most_bytes: int = MOST_BYTES) -> object:
    """What is in a document of ours. Raises Odd for a damaged one, OSError for one that cannot be read."""
    with open_plain(path) as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise Odd(f"is larger than {most_bytes >> 20} MB")
    return parsed(data)


def parsed(data: bytes) -> object:
    """The value that JSON stands for. Raises Odd."""
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise Odd("holds far more values than such a file can")
    _check_depth(data)
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise Odd("is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise Odd(f"breaks off or is garbled in line {error.lineno}") from error
    except ValueError as error:
        raise Odd("holds a number that is none") from error


def write_document(path: Path, document: object) -> None:
    """Writes a document, whole or not at all. Raises OSError."""
    write_whole(path, as_bytes(document))


def as_bytes(document: object) -> bytes:
    """A document as it is written: what cannot be read back, half a character or no number, is never in it."""
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def set_aside(path: Path) -> Path:
    """Renames a damaged document so that a new one can take its place, and returns where it is. Raises OSError."""
    stem = f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{stem}{path.suffix}")
    number = 1
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{stem}-{number}{path.suffix}")
    path.rename(aside)
    return aside


def _check_depth(data: bytes) -> None:
    """Refuses what is nested too deep for a reader that calls itself. Each round takes the innermost pairs away."""
    # Most texts hold neither brackets nor escapes, and nothing is left of them but two quotes. The first that does hold
    # one leaves its opening quote behind: the run of quotes before its bracket is odd.
    brackets = data.translate(None, _NO_OUTLINE).replace(b'""', b"")
    if b'"' in brackets or b"\\" in brackets:
        brackets = _STRING.sub(b"", data).translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    if brackets.count(b"[") + brackets.count(b"{") > DEEPEST:
        raise Odd("is nested far too deep")


def _refuse(constant: str) -> float:
    raise ValueError(constant)


# Shapes


class Record:
    """An object of a document, whose values are asked for by name. Raises Odd for anything else."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise Odd("must be a group of named values")
        self._values: dict[str, object] = value

    def need(self, key: str, shape: Shape[T]) -> T:
        if key not in self._values:
            raise Odd("is missing", key)
        try:
            return shape(self._values[key])
        except Odd as odd:
            raise odd.within(key) from None

    def get(self, key: str, shape: Shape[T], default: T) -> T:
        """The same for a value that an earlier version did not write."""
        return self.need(key, shape) if key in self._values else default


def text(longest: int, least: int = 0) -> Shape[str]:
    """A text without half characters, of so many at most."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not least <= len(value) <= longest:
            raise Odd(f"must be a text of {least} to {longest:,} characters")
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise Odd("holds half a character")
        return value

    return read


short_text = text(1_000)
any_text = text(16 << 20)


def safe_name(value: object) -> str:
    """A name that a file or a folder can have."""
    name = short_text(value)
    if not is_safe(name):
        raise Odd("must be a name that a file can have")
    return name


def is_bool(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise Odd("must be true or false")
    return value


def whole(low: int, high: int) -> Shape[int]:
    """A whole number between two, both included."""

    def read(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Odd(f"must be a whole number from {low:,} to {high:,}")
        return value

    return read


def number(low: float, high: float) -> Shape[float]:
    """A finite number between two, both included."""

    def read(value: object) -> float:
        if type(value) not in (int, float) or not low <= value <= high:  # type: ignore[operator]
            raise Odd(f"must be a number from {low:,g} to {high:,g}")
        return float(value)  # type: ignore[arg-type]

    return read


def one_of(*choices: T) -> Shape[T]:
    """One of these values."""

    def read(value: object) -> T:
        for choice in choices:
            if type(value) is type(choice) and value == choice:
                return choice
        raise Odd(f"must be one of {', '.join(map(str, choices))}")

    return read


def member(kind: type[E]) -> Shape[E]:
    """A member of an Enum, by its value."""
    choose = one_of(*(each.value for each in kind))
    return lambda value: kind(choose(value))


def maybe(shape: Shape[T]) -> Shape[T | None]:
    """Nothing, or that."""
    return lambda value: None if value is None else shape(value)


def list_of(shape: Shape[T], most: int = MOST_VALUES) -> Shape[tuple[T, ...]]:
    """A list of so many at most, each of that shape."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise Odd(f"must be a list of at most {most:,}")
        found: list[T] = []
        try:
            for each in value:
                found.append(shape(each))
        except Odd as odd:
            raise odd.within(f"the {ordinal(len(found) + 1)}") from None
        return tuple(found)

    return read


def row_of(count: int) -> Shape[list[Any]]:
    """A list of exactly so many values."""

    def read(value: object) -> list[Any]:
        if not isinstance(value, list) or len(value) != count:
            raise Odd(f"must be a list of {count}")
        return value

    return read


def map_of(key_shape: Shape[Any], shape: Shape[T], most: int = 10_000) -> Shape[dict[Any, T]]:
    """Values by name."""

    def read(value: object) -> dict[Any, T]:
        if not isinstance(value, dict) or len(value) > most:
            raise Odd(f"must be at most {most:,} named values")
        found: dict[Any, T] = {}
        for key, each in value.items():
            try:
                found[key_shape(key)] = shape(each)
            except Odd as odd:
                raise odd.within(shown(key) or "an empty name") from None
        return found

    return read


def moment(value: object) -> str:
    """A local date and time as it is shown, "2026-11-25T09:30" with or without seconds."""
    found = text(32)(value)
    try:
        when = datetime.fromisoformat(found)
    except ValueError:
        when = None
    if when is None or found[4:5] != "-" or found[10:11] not in ("T", " ") or not is_sane(when):
        raise Odd("must be a date and time such as 2026-11-25T09:30")
    return found


def is_sane(when: datetime) -> bool:
    """Whether a moment is one that somebody may have lived through with this program."""
    return FIRST_YEAR <= when.year <= LAST_YEAR


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"

"""A TOML file from a stranger to plain data, within limits. Knows nothing of patterns."""

import re
import tomllib
from pathlib import Path
from typing import Any

from interviewer.errors import PracticeError

LARGEST_BYTES = 1 << 20
DEEPEST = 8
MOST_KEY_PARTS = 8

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNS_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# tomllib takes 5 s for one key of 20,000 parts, whether they are quoted, inside an inline table or without a value.
# A quoted part longer than 100 characters is not looked for: a megabyte has no room for enough of those to matter,
# and without a limit a line of nothing but escaped quotes would take this search as long.
_KEY_PART = r"""(?:[\w-]+|"(?:[^"\\]|\\.){0,100}"|'[^']{0,100}')"""
_LONG_KEY = re.compile(rf"(?<![\w-]){_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART}){{{MOST_KEY_PARTS}}}")

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_document(path: Path) -> dict[str, Any]:
    """The file's data. Raises PracticeError naming the file, the line where there is one, and what is wrong."""
    text = _text(path)
    for number, line in enumerate(text.split("\n"), 1):
        if what := unwanted_in(line):
            raise PracticeError(f"{file_name(path)}, line {number}: there is {what}.")
        if _LONG_KEY.search(line):
            raise PracticeError(f"{file_name(path)}, line {number}: a key has more than {MOST_KEY_PARTS} parts.")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PracticeError(_syntax_fault(path, str(error))) from error
    except RecursionError as error:
        raise PracticeError(f"{file_name(path)}: it is nested far more than {DEEPEST} deep.") from error
    except ValueError as error:
        raise PracticeError(f"{file_name(path)}: it cannot be read as TOML ({_lower(str(error))[:120]}).") from error
    if _depth(document) > DEEPEST:
        raise PracticeError(f"{file_name(path)}: it is nested more than {DEEPEST} deep.")
    return document


def unwanted_in(text: str) -> str | None:
    """Names the first character that no readable text holds, or None. Tabs and line ends are welcome."""
    if found := _CONTROL.search(text):
        return f"a control character (U+{ord(found[0]):04X})"
    if found := _TURNS_DIRECTION.search(text):
        return f"a mark that turns the writing direction (U+{ord(found[0]):04X})"
    return None


def file_name(path: Path) -> str:
    """A file's name as it may stand in a message: one line, nothing unreadable. The name is foreign too."""
    return path.name if path.name.isprintable() else repr(path.name)[1:-1]


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise PracticeError(f"{file_name(path)} is not an ordinary file.")
        with open(path, "rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise PracticeError(f"{file_name(path)} cannot be opened ({error.strerror}).") from error
    if len(data) > LARGEST_BYTES:
        raise PracticeError(f"{file_name(path)} is larger than 1 MB; a pattern file is a few dozen kilobytes.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PracticeError(f"{file_name(path)}, line {line}: it is not UTF-8 text. Save it as UTF-8.") from error


def _syntax_fault(path: Path, message: str) -> str:
    """tomllib's message with its place brought to the front."""
    what = _lower(_PLACE.sub("", message))[:160]
    place = _PLACE.search(message)
    if place is None:
        return f"{file_name(path)}: {what}."
    return f"{file_name(path)}, line {place[1]}: {what}." if place[1] else f"{file_name(path)}, at its end: {what}."


def _depth(value: Any) -> int:
    """Levels of nesting, without recursion: the file may be hostile."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        inner, depth = waiting.pop()
        deepest = max(deepest, depth)
        if depth > DEEPEST:
            break
        children = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
        waiting.extend((child, depth + 1) for child in children if isinstance(child, dict | list))
    return deepest


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

"""A TOML file from a stranger to plain data, within limits. Knows nothing of patterns."""

import re
import tomllib
from pathlib import Path
from typing import Any

from interviewer.errors import PracticeError

LARGEST_BYTES = 1 << 20
DEEPEST = 8
MOST_KEY_PARTS = 8

_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_HEADER_OR_KEY = re.compile(r"^\s*(?:\[+\s*)?([^=\"'#\[\]]+)")


def read_document(path: Path) -> dict[str, Any]:
    """The file's data. Raises PracticeError naming the file, the line where there is one, and what is wrong."""
    text = _text(path)
    for number, line in enumerate(text.split("\n"), 1):
        _check_line(path, number, line)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PracticeError(f"{path.name}: {_lower(str(error))}.") from error
    except (RecursionError, ValueError) as error:
        raise PracticeError(f"{path.name}: it cannot be read as TOML ({_lower(str(error))[:120]}).") from error
    if _depth(document) > DEEPEST:
        raise PracticeError(f"{path.name}: its tables are nested more than {DEEPEST} deep.")
    return document


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise PracticeError(f"{path.name} cannot be opened ({error.strerror}).") from error
    if len(data) > LARGEST_BYTES:
        raise PracticeError(f"{path.name} is larger than 1 MB; a pattern file is a few dozen kilobytes.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PracticeError(f"{path.name}, line {line}: it is not UTF-8 text. Save it as UTF-8.") from error


def _check_line(path: Path, number: int, line: str) -> None:
    for character in line:
        if (ord(character) < 32 and character != "\t") or ord(character) == 127:
            raise PracticeError(f"{path.name}, line {number}: there is a control character ({ord(character):#04x}).")
        if character in _BIDI:
            raise PracticeError(f"{path.name}, line {number}: there is a mark that turns the writing direction.")
    key = _HEADER_OR_KEY.match(line)
    if key and ("=" in line or line.lstrip().startswith("[")) and key.group(1).count(".") >= MOST_KEY_PARTS:
        raise PracticeError(f"{path.name}, line {number}: a key has more than {MOST_KEY_PARTS} parts.")


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

"""One table of a pattern file, read key by key: each value is checked as it is taken. Knows no pattern."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from content.document import unwanted_in
from interviewer.errors import PracticeError

LONGEST_TEXT = 8_192
LONGEST_ID = 60
LONGEST_SHOWN = 40
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.\[\]-]{1,80}")


class Table:
    """Takes values out of a table; `done` complains of what nobody asked for. A fault names the file and the key."""

    def __init__(self, values: Mapping[str, Any], file: str, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._asked: set[str] = set()

    def fault(self, key: str, what: str) -> PracticeError:
        """The error for one key, ready to raise."""
        return PracticeError(f"{self._file}: {self._name(key)} {what}.")

    def has(self, key: str) -> bool:
        """Whether a key that may be left out is there."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, may_be_empty: bool = False) -> str:
        """A text that is not empty and not endless."""
        return self._checked_text(key, self._take(key), may_be_empty)

    def id(self, key: str) -> str:
        """A name for machines: lower-case words with dashes. Takes are filed under it, so it must not be long."""
        value = self.text(key)
        if len(value) > LONGEST_ID:
            raise self.fault(key, f"is longer than {LONGEST_ID} characters")
        if not _ID.fullmatch(value):
            raise self.fault(key, f'must be lower-case words with dashes, such as "earn-trust", not {shown(value)}')
        return value

    def texts(self, key: str, least: int = 1, most: int = 60) -> tuple[str, ...]:
        """A list of texts of a length between `least` and `most`."""
        values = self._list(key, least, most)
        return tuple(self._checked_text(f"{key}[{place}]", value, False) for place, value in enumerate(values))

    def number(self, key: str, low: float, high: float) -> float:
        """A number within limits, which nan and infinity never are."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, f"must be a number, not {shown(value)}")
        if not low <= value <= high:
            raise self.fault(key, f"must be between {low:g} and {high:g}, not {shown(value)}")
        return float(value)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self._take(key)
        if value not in choices:
            words = " or ".join([", ".join(f'"{word}"' for word in choices[:-1]), f'"{choices[-1]}"'])
            raise self.fault(key, f"must be {words}, not {shown(value)}")
        return str(value)

    def table(self, key: str) -> "Table":
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.fault(key, f"must be a table, not {shown(value)}")
        return Table(value, self._file, self._name(key))

    def tables(self, key: str, least: int, most: int = 400) -> tuple["Table", ...]:
        """A list of tables of a length between `least` and `most`."""
        values = self._list(key, least, most)
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.fault(f"{key}[{place}]", f"must be a table, not {shown(value)}")
        return tuple(Table(value, self._file, f"{self._name(key)}[{place}]") for place, value in enumerate(values))

    def done(self) -> None:
        """Raises PracticeError for a key that is not known."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, 1)
                raise self.fault(key, "is not known here" + (f"; {near[0]} is" if near else ""))

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            near = difflib.get_close_matches(key, self._values, 1, 0.75)
            raise self.fault(key, "is missing" + (f"; {_plain(near[0])} looks like it" if near else ""))
        return self._values[key]

    def _list(self, key: str, least: int, most: int) -> list[Any]:
        values = self._take(key)
        if not isinstance(values, list):
            raise self.fault(key, f"must be a list, not {shown(values)}")
        if not least <= len(values) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise self.fault(key, f"must have {wanted} entries, not {len(values)}")
        return values

    def _checked_text(self, key: str, value: Any, may_be_empty: bool) -> str:
        if not isinstance(value, str):
            raise self.fault(key, f"must be a text, not {shown(value)}")
        if not value.strip() and not may_be_empty:
            raise self.fault(key, "is empty")
        if len(value) > LONGEST_TEXT:
            raise self.fault(key, f"is longer than {LONGEST_TEXT:,} characters")
        if what := unwanted_in(value):
            raise self.fault(key, f"holds {what}")
        return " ".join(value.split())

    def _name(self, key: str) -> str:
        return f"{self._path}.{_plain(key)}" if self._path else _plain(key)


def shown(value: Any) -> str:
    """A value as it may stand in a message: short, and with nothing unreadable in it."""
    match value:
        case str():
            cut = "…" if len(value) > LONGEST_SHOWN else ""
            return f'"{repr(value[:LONGEST_SHOWN])[1:-1]}{cut}"'
        case bool():
            return str(value).lower()
        case int() | float():
            # Python refuses to write out an integer of more than 4,300 digits.
            return f"{value:g}" if isinstance(value, float) or abs(value) < 1e15 else "such a large number"
        case dict():
            return "a table"
        case list():
            return "a list"
    return "a date or time"


def _plain(key: str) -> str:
    """A key as it may stand in a message."""
    return key if _PLAIN_KEY.fullmatch(key) else shown(key)

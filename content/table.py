"""One table of a pattern file, read key by key: each value is checked as it is taken. Knows no pattern."""

import difflib
import math
import re
from collections.abc import Mapping
from typing import Any

from interviewer.errors import PracticeError

LONGEST_TEXT = 8_192
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Table:
    """Takes values out of a table; `done` complains of what nobody took. Every fault names the file and the key."""

    def __init__(self, values: Mapping[str, Any], file: str, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._taken: set[str] = set()

    def fault(self, key: str, what: str) -> PracticeError:
        """The error for one key, ready to raise."""
        return PracticeError(f"{self._file}: {self._name(key)} {what}.")

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, may_be_empty: bool = False) -> str:
        """A text that is not empty and not endless."""
        return self._checked_text(key, self._take(key), may_be_empty)

    def id(self, key: str) -> str:
        """A name for machines: lower-case words with dashes."""
        value = self.text(key)
        if not _ID.fullmatch(value):
            raise self.fault(key, f'must be lower-case words with dashes, such as "earn-trust", not "{value}"')
        return value

    def texts(self, key: str, least: int = 1, most: int = 60) -> tuple[str, ...]:
        """A list of texts of a length between `least` and `most`."""
        values = self._list(key, least, most)
        return tuple(self._checked_text(f"{key}[{place}]", value, False) for place, value in enumerate(values))

    def number(self, key: str, low: float, high: float) -> float:
        """A finite number within limits."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.fault(key, f"must be a number, not {_shown(value)}")
        if not low <= value <= high:
            raise self.fault(key, f"must be between {low:g} and {high:g}, not {value:g}")
        return float(value)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self._take(key)
        if value not in choices:
            words = " or ".join([", ".join(f'"{word}"' for word in choices[:-1]), f'"{choices[-1]}"'])
            raise self.fault(key, f"must be {words}, not {_shown(value)}")
        return str(value)

    def table(self, key: str) -> "Table":
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.fault(key, f"must be a table, not {_shown(value)}")
        return Table(value, self._file, self._name(key))

    def tables(self, key: str, least: int, most: int = 400) -> tuple["Table", ...]:
        """A list of tables of a length between `least` and `most`."""
        values = self._list(key, least, most)
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.fault(f"{key}[{place}]", f"must be a table, not {_shown(value)}")
        return tuple(Table(value, self._file, f"{self._name(key)}[{place}]") for place, value in enumerate(values))

    def done(self) -> None:
        """Raises PracticeError for a key that is not known."""
        for key in self._values:
            if key not in self._taken:
                near = difflib.get_close_matches(key, self._taken, 1)
                raise self.fault(key, "is not known here" + (f"; did you mean {near[0]}?" if near else ""))

    def _take(self, key: str) -> Any:
        self._taken.add(key)
        if key not in self._values:
            near = difflib.get_close_matches(key, self._values, 1, 0.75)
            raise self.fault(key, "is missing" + (f"; is {near[0]} a slip of the pen?" if near else ""))
        return self._values[key]

    def _list(self, key: str, least: int, most: int) -> list[Any]:
        values = self._take(key)
        if not isinstance(values, list):
            raise self.fault(key, f"must be a list, not {_shown(values)}")
        if not least <= len(values) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise self.fault(key, f"must have {wanted} entries, not {len(values)}")
        return values

    def _checked_text(self, key: str, value: Any, may_be_empty: bool) -> str:
        if not isinstance(value, str):
            raise self.fault(key, f"must be a text, not {_shown(value)}")
        if not value.strip() and not may_be_empty:
            raise self.fault(key, "is empty")
        if len(value) > LONGEST_TEXT:
            raise self.fault(key, f"is longer than {LONGEST_TEXT} characters")
        return " ".join(value.split())

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return repr(value)[:40].replace("'", '"')

"""When a foreign recording was made: by its own tags, else by its file's date. Pure rules; nothing is opened."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

TAGS = ("com.apple.quicktime.creationdate", "creation_time", "date_recorded", "tdrc", "icrd", "date", "tdor", "idit")
"""The names that tags of a date have, the most exact ones first; compared without case."""

FIRST_YEAR = 1990
"""No recorder of files is older; what is dated before has a clock that was never set."""

_DATE = re.compile(
    r"\s*(\d{4})(?:[-/.:]?(\d{2})(?:[-/.:]?(\d{2})"
    r"(?:[T ]+(\d{2}):?(\d{2})(?::?\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.IGNORECASE,
)


def recorded(tags: Mapping[str, str], modified: float, now: datetime) -> datetime:
    """Local time. `modified` is the file's date in seconds since 1970. Dates that cannot be right count for nothing."""
    lower = {name.lower(): value for name, value in tags.items()}
    file_date = _local(modified)
    for name in TAGS:
        found = _read(lower.get(name, ""), file_date)
        if found and _is_plausible(found, now):
            return found
    return file_date if file_date and _is_plausible(file_date, now) else now


def _is_plausible(date: datetime, now: datetime) -> bool:
    return date.year >= FIRST_YEAR and date <= now + timedelta(days=1)


def _local(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds)
    except (OverflowError, OSError, ValueError):
        return None


def _read(text: str, file_date: datetime | None) -> datetime | None:
    """A tag's date. Where it names no time of day, the file's date is the better one if the two agree."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        date = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0))
        if hour and zone:
            exact = datetime.fromisoformat(f"{date.isoformat()}{zone.upper().replace('Z', '+00:00')}")
            return exact.astimezone().replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return None
    if not hour and file_date:
        named = [int(part) for part in (year, month, day) if part]
        if [file_date.year, file_date.month, file_date.day][: len(named)] == named:
            return file_date
    return date

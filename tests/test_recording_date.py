"""An imported recording keeps its own date: a tag of its own, else the file's date, else now."""

import os
import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from interviewer.disk.recording_date import recorded

NOW = datetime(2026, 11, 25, 12, 0)
FILE = datetime(2024, 3, 5, 17, 30)


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.parametrize(
    ("tag", "value", "date"),
    [
        ("creation_time", "2023-07-01T10:00:00.000000Z", datetime(2023, 7, 1, 12, 0)),
        ("creation_time", "2023-01-01T23:30:00Z", datetime(2023, 1, 2, 0, 30)),
        ("com.apple.quicktime.creationdate", "2023-07-01T10:00:00+0200", datetime(2023, 7, 1, 10, 0)),
        ("date", "2019-05-04 08:15:30", datetime(2019, 5, 4, 8, 15)),
        ("DATE", "2019-05-04", datetime(2019, 5, 4)),
        ("TDRC", "2019-05", datetime(2019, 5, 1)),
        ("ICRD", "2019", datetime(2019, 1, 1)),
        ("date", "20190504", datetime(2019, 5, 4)),
        ("date", "2024-03-05", FILE),
        ("date", "2024", FILE),
        ("date", "2026-11-26 11:00", datetime(2026, 11, 26, 11, 0)),
        ("date", "1990-01-01", datetime(1990, 1, 1)),
    ],
)
def test_its_own_tag_comes_first(tag: str, value: str, date: datetime) -> None:
    assert recorded({tag: value}, FILE.timestamp(), NOW) == date


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1904-01-01T00:00:00Z",
        "1970-01-01",
        "0000-00-00",
        "2019-13-40",
        "2027-01-01",
        "9999-12-31T23:59:59Z",
        "tomorrow",
    ],
)
def test_a_tag_that_cannot_be_right_is_passed_over(value: str) -> None:
    assert recorded({"date": value}, FILE.timestamp(), NOW) == FILE
    assert recorded({"creation_time": value, "date": "2020-02-03"}, FILE.timestamp(), NOW) == datetime(2020, 2, 3)


@pytest.mark.parametrize("modified", [0.0, -1e18, 1e18, float("inf"), datetime(2107, 1, 1).timestamp()])
def test_a_file_without_any_date_is_of_now(modified: float) -> None:
    assert recorded({}, modified, NOW) == NOW

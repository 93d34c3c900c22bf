"""On which days the program was started while something lay in the bin: one wrong clock must not empty it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from interviewer.disk.whole_file import write_whole

JUMP = timedelta(days=30)
"""Longer without a start: somebody was away, or the clock is wrong. Only the person knows."""
MOST = 60
"""So many days are remembered."""


@dataclass(frozen=True, slots=True)
class StartDays:
    """The days, oldest first, and the jump that the person has not yet called right: from its day to its day."""

    days: tuple[date, ...] = ()
    jump: tuple[date, date] | None = None

    def with_start(self, today: date, known: Sequence[date] = ()) -> "StartDays":
        """After a start. `known` are other days on which the program ran. What was noted of days that are still to come
        was noted by a wrong clock."""
        days = tuple(day for day in self.days if day <= today)
        jump = self.jump if self.jump and self.jump[1] <= today else None
        ran = [day for day in (*days, *known) if day <= today]
        if not jump and ran and today - max(ran) > JUMP:
            jump = (max(ran), today)
        return StartDays((*(day for day in days if day != today), today)[-MOST:], jump)

    def confirmed(self) -> "StartDays":
        """The person says that the date is right."""
        return replace(self, jump=None)


def read_days(path: Path) -> StartDays:
    """What is noted; nothing where that cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        document = json.loads(path.read_text(encoding="ascii"))
        jump = document["jump"] and tuple(map(date.fromisoformat, document["jump"]))
        if jump is None or len(jump) == 2:
            return StartDays(tuple(sorted(map(date.fromisoformat, document["days"]))), jump)
    return StartDays()


def write_days(path: Path, days: StartDays) -> None:
    """Raises OSError."""
    jump = [day.isoformat() for day in days.jump] if days.jump else None
    document = {"days": [day.isoformat() for day in days.days], "jump": jump}
    write_whole(path, json.dumps(document).encode())

"""Whether somebody is speaking, from loudness alone: enough for a quiet line in the room, never for a time."""

from collections import deque

FLOOR_DBFS = -55.0
"""Below this nobody speaks into a working microphone."""

ABOVE_NOISE_DB = 9.0
"""Speech stands out from the room's own noise by at least this."""

WINDOW = 200
"""Readings the room's noise is taken from: ten seconds at twenty a second."""


class Stillness:
    """How long there has been no voice, on the clock of the recording. Fed in order by one thread."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self._last_voice = 0.0

    def feed(self, dbfs: float, at_seconds: float) -> float:
        """One reading at a time of the recording; returns the seconds since the last voice, or the start."""
        self._recent.append(dbfs)
        noise = sorted(self._recent)[len(self._recent) // 10]
        if dbfs > max(FLOOR_DBFS, min(noise + ABOVE_NOISE_DB, -30.0)):
            self._last_voice = at_seconds
        return at_seconds - self._last_voice

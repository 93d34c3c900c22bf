"""How long to wait for what the recogniser has begun, by the pace it has shown. Knows no child and no take."""

import threading
import time
from collections.abc import Callable

TIMES = 3
"""What takes longer than the patience and three times what was to be expected hangs."""

MODEL_SECONDS = 20.0
"""A model may need this long to load, from a slow disk."""

FIRST_PACE, BEST_PACE = 1.0, 0.1
"""Seconds of work for a second of sound: before the first clip was heard, and the least that is reckoned with."""


class Patience:
    """One thing is waited for at a time. Used under the recogniser's lock; `on_lost` is called on a timer's thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pace = FIRST_PACE
        self._begun_at = self._sound_seconds = 0.0
        self._timer: threading.Timer | None = None

    def begin(self, sound_seconds: float | None, on_lost: Callable[[], None]) -> None:
        """Something was begun that long in sound; None for a model that is being loaded."""
        self.end()
        self._begun_at, self._sound_seconds = time.monotonic(), sound_seconds or 0.0
        expected = MODEL_SECONDS if sound_seconds is None else sound_seconds * self._pace
        self._timer = threading.Timer(self._seconds + TIMES * expected, on_lost)
        self._timer.daemon = True
        self._timer.start()

    def heard(self) -> None:
        """A clip was heard in full: its pace is what the next one is measured by."""
        if self._sound_seconds:
            self._pace = max(BEST_PACE, (time.monotonic() - self._begun_at) / self._sound_seconds)

    def end(self) -> None:
        """Nothing is waited for."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

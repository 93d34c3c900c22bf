"""Where the next sound belongs: a foreign file's own time stamps against what has been decoded so far.

Holes are followed, jitter and overlaps are not, and no stamp makes a take much longer than what is in it.
"""

from dataclasses import dataclass

JITTER_SECONDS = 0.1
"""Stamps that are rounded, or that a busy recorder wrote late, are off by less."""

ROUNDING_SECONDS = 0.004
"""Where a packet was lost, the stamps are taken at their word, to a little more than their steps."""

RESTART_SECONDS = 1.0
"""Stamps that go back by more begin anew: a wrap, or another recording behind the first."""

LONGEST_HOLE_SECONDS = 600.0

SPARSE = 20.0
"""Silence a second of sound, above the longest hole: some send one packet in twenty while nobody speaks."""


@dataclass(slots=True)
class ForeignClock:
    """In seconds from the beginning of the file's clock."""

    zero: float
    """The stamp at which the clock begins."""
    now: float = 0.0
    """What has been decoded, silence included."""
    filled: float = 0.0
    """Silence, of all that."""
    is_absurd: bool = False
    """A stamp could not be right and was not followed."""

    def gap(self, stamp: float, after_loss: bool) -> float:
        """Seconds of silence before sound that bears this stamp; mostly none."""
        late = stamp - self.zero - self.now
        if late > self._limit() or late < -RESTART_SECONDS:
            self.zero += late
            self.is_absurd = self.is_absurd or late > 0
            return 0.0
        return late if late > (ROUNDING_SECONDS if after_loss else JITTER_SECONDS) else 0.0

    def allowed(self, seconds: float) -> float:
        """So much of a silence as is plausible."""
        return max(0.0, min(seconds, self._limit()))

    def _limit(self) -> float:
        return min(LONGEST_HOLE_SECONDS, LONGEST_HOLE_SECONDS + SPARSE * (self.now - self.filled) - self.filled)

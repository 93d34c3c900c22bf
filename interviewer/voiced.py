"""Where there is voice in an answer, and how its words follow: asked by place, without walking all of it each time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Voiced:
    """Stretches of voice in seconds, in the order of their starts."""

    spans: tuple[tuple[float, float], ...]
    _starts: tuple[float, ...] = field(init=False)
    _reached: tuple[float, ...] = field(init=False)
    """How far the voice has come by each stretch: sorted, also where one lies inside another."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(start for start, _ in self.spans))
        object.__setattr__(self, "_reached", tuple(accumulate((end for _, end in self.spans), max)))

    def cuts(self, low: float, high: float) -> Iterable[tuple[float, float]]:
        """The stretches that touch what lies between two moments, cut to it, in order."""
        for place in range(bisect_right(self._reached, low), bisect_left(self._starts, high)):
            start, end = self.spans[place]
            if end > low:
                yield max(low, start), min(high, end)

    def seconds(self, low: float, high: float) -> float:
        """From the first to the last voice between two moments; 0 without any."""
        first = next(iter(self.cuts(low, high)), None)
        last = bisect_left(self._starts, high) - 1
        while first and self.spans[last][1] <= low:
            last -= 1
        return min(high, self.spans[last][1]) - first[0] if first else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers as they come, which need not be in order, and which of them is the last one below a bound."""

    values: Sequence[float]
    _lows: tuple[float, ...] = field(init=False)
    """The lowest from each place on: sorted, so it can be bisected."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lows", tuple(accumulate(reversed(self.values), min))[::-1])

    def last_below(self, bound: float) -> int:
        """The last place whose value is below `bound`; -1 without one."""
        return bisect_left(self._lows, bound) - 1

    def last_at(self, bound: float) -> int:
        """The last place whose value is `bound` or below; -1 without one."""
        return bisect_right(self._lows, bound) - 1


def within(ordered: Sequence[float], low: float, high: float) -> int:
    """How many of some sorted numbers are `low` or more, and less than `high`."""
    return max(0, bisect_left(ordered, high) - bisect_left(ordered, low))

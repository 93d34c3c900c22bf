"""What a foreign file lacks, as it is found: where, how long and why; and the sentences that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from interviewer.timing import clock_text

JOINED_SECONDS = 0.5
"""Losses that are no further apart are one place to the person."""

ROUNDING_SECONDS = 0.05
"""A place is named as a player shows it, in whole seconds that have passed; a packet may begin a little early."""

TOLD_SECONDS = 0.5
"""A pause of the recorder is worth a sentence from here on."""


class Why(Enum):
    UNREADABLE = "could not be read"
    PAUSE = "hold no sound"


@dataclass(frozen=True, slots=True)
class Loss:
    """A place that is silent in the take. `at` and `seconds` on the take's clock."""

    at: float
    seconds: float
    why: Why


class Losses:
    """Kept in the order of time, near ones as one."""

    def __init__(self) -> None:
        self._found: list[Loss] = []

    def add(self, loss: Loss) -> None:
        if loss.seconds <= 0:
            return
        if self._found and self._found[-1].why is loss.why:
            last = self._found[-1]
            if loss.at - (last.at + last.seconds) < JOINED_SECONDS:
                self._found[-1] = Loss(last.at, last.seconds + loss.seconds, loss.why)
                return
        self._found.append(loss)

    def sentences(self) -> tuple[str, ...]:
        """One for each kind of loss."""
        unreadable = [loss for loss in self._found if loss.why is Why.UNREADABLE]
        pauses = [loss for loss in self._found if loss.why is Why.PAUSE and loss.seconds >= TOLD_SECONDS]
        return tuple(_sentence(each) for each in (unreadable, pauses) if each)


def _sentence(losses: Sequence[Loss]) -> str:
    total = max(0.1, sum(loss.seconds for loss in losses))
    at, why = clock_text(int(losses[0].at + ROUNDING_SECONDS)), losses[0].why.value
    if len(losses) == 1:
        return f"{total:.1f} s at {at} {why} and are silent."
    return f"{total:.1f} s in {len(losses)} places, the first at {at}, {why} and are silent."

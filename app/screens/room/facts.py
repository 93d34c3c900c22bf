"""What the conductor tells the room page: frozen facts, no words."""

from dataclasses import dataclass
from enum import Enum

from interviewer.interview import State, Turn
from interviewer.timing import ClockReading


class Leaving(Enum):
    """What to do with what was recorded when the person leaves early."""

    KEEP = "keep"
    LATER = "later"
    THROW_AWAY = "throw_away"


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What the room has to show, apart from the clock."""

    state: State
    turns: tuple[Turn, ...]
    index: int
    count_down: int
    problem: str
    hint: str
    recorded_seconds: float

    @property
    def turn(self) -> Turn:
        """The turn being asked or answered; the last one when all is done."""
        return self.turns[min(self.index, len(self.turns) - 1)]


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """The clock of the take that is being recorded, twenty times a second."""

    elapsed_seconds: float
    reading: ClockReading
    still_seconds: float
    dbfs: float

"""The seniority that an answer is held to. What each level asks for stands in the pattern files."""

from collections.abc import Collection
from enum import Enum


class Level(Enum):
    """The seniority the answer is measured against."""

    SDE1 = "sde1"
    SDE2 = "sde2"
    SENIOR = "senior"

    @property
    def title(self) -> str:
        return {"sde1": "SDE 1", "sde2": "SDE 2", "senior": "Senior SDE"}[self.value]


def nearest_level(level: Level, known: Collection[Level]) -> Level:
    """The level itself where it is known, else the one beside it; of two as near, the lower."""
    ladder = list(Level)
    return min(known, key=lambda each: (abs(ladder.index(each) - ladder.index(level)), ladder.index(each)))

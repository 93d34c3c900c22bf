"""The sixteen principles: names and what each asks, for whoever has to tell them apart."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "principles.toml"


@dataclass(frozen=True, slots=True)
class Principle:
    """A name that is public, and our reading of it."""

    name: str
    meaning: str


@cache
def principles() -> tuple[Principle, ...]:
    """All sixteen in their usual order."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Principle(each["name"], each["meaning"]) for each in document["principles"])

"""What the person has chosen. A frozen value and its JSON file; a damaged file means the defaults, never a crash."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from interviewer.pattern import Level, Section

CLOCK_STYLES = ("bar", "digits", "hidden")
THEMES = ("system", "light", "dark", "contrast")
TEXT_PERCENTS = (100, 125, 150, 175, 200)
THINK_SECONDS = (0, 10, 20)
WORDS_PER_MINUTE = (120, 200)
TARGET_SECONDS = (5, 300)
SPEEDS = (0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Of playing a take."""
STORIES = ("pattern", "own")
GAP_PROBES = (0, 1, 2)
PROFILES = ("standard", "relaxed")
OFTEN = 3
"""At the third dispute a rule can be switched off."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `targets` holds the person's own seconds by "pattern/level/section"; absent means the pattern's."""

    microphone: str | None = None
    model_folder: str | None = None
    words_per_minute: int = 160
    speaks: bool = True
    clock_style: str = "bar"
    think_seconds: int = 0
    counts_in: bool = True
    theme: str = "system"
    text_percent: int = 100
    pattern: str = "earn-trust"
    level: str = "sde2"
    targets: Mapping[str, float] = field(default_factory=dict)
    story: str = "pattern"
    gap_probes: int = 2
    profile: str = "standard"
    disputed: tuple[str, ...] = ()
    """The rules that were called not fair, once for each time."""
    rules_off: tuple[str, ...] = ()
    volume: int = 100
    """Of everything that is played, per cent."""
    key_lines: Mapping[str, str] = field(default_factory=dict)
    """The person's own lines to keep, by "pattern/follow-up"."""
    variant: str = ""
    """The principle that the story is told for; empty for the pattern's own."""
    interview: str = ""
    """The date of the interview, ISO 8601; empty while it is not known."""

    @property
    def disputed_often(self) -> frozenset[str]:
        """The rules that may be switched off."""
        return frozenset(rule for rule in self.disputed if self.disputed.count(rule) >= OFTEN)

    def own_targets(self, pattern: str, level: Level) -> dict[Section, float]:
        """The person's own targets for one pattern and level."""
        keys = {section: f"{pattern}/{level.value}/{section.value}" for section in Section}
        return {section: self.targets[key] for section, key in keys.items() if key in self.targets}

    def with_target(self, pattern: str, level: Level, section: Section, seconds: float | None) -> "Settings":
        """These settings with one target changed, or given back to the pattern with None."""
        key = f"{pattern}/{level.value}/{section.value}"
        others = {name: value for name, value in self.targets.items() if name != key}
        return replace(self, targets=others if seconds is None else {**others, key: seconds})


def load_settings(path: Path) -> Settings:
    """The settings in a file. What is missing, of the wrong kind or out of range is the default."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(document, dict):
        return Settings()
    known = {one.name: document[one.name] for one in fields(Settings) if one.name in document}
    fitting = {name: value for name, value in known.items() if _fits(name, value)}
    lists: dict[str, Any] = {name: tuple(value) for name, value in fitting.items() if isinstance(value, list)}
    return Settings(**{**fitting, **lists})


def save_settings(settings: Settings, path: Path) -> None:
    """Writes the file beside and renames it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    os.replace(beside, path)


def _fits(name: str, value: Any) -> bool:
    choices: dict[str, tuple[Any, ...]] = {
        "clock_style": CLOCK_STYLES,
        "theme": THEMES,
        "text_percent": TEXT_PERCENTS,
        "think_seconds": THINK_SECONDS,
        "level": tuple(level.value for level in Level),
        "speaks": (True, False),
        "counts_in": (True, False),
        "story": STORIES,
        "gap_probes": GAP_PROBES,
        "profile": PROFILES,
    }
    if name in choices:
        return value in choices[name]
    if name == "volume":
        return isinstance(value, int) and 0 <= value <= 100
    if name in ("microphone", "model_folder"):
        return value is None or isinstance(value, str)
    if name == "words_per_minute":
        return isinstance(value, int) and WORDS_PER_MINUTE[0] <= value <= WORDS_PER_MINUTE[1]
    if name == "targets":
        low, high = TARGET_SECONDS
        return isinstance(value, dict) and all(
            isinstance(seconds, int | float) and low <= seconds <= high for seconds in value.values()
        )
    if name == "key_lines":
        return isinstance(value, dict) and all(isinstance(line, str) for line in value.values())
    if name == "interview":
        return isinstance(value, str) and (not value or _is_date(value))
    if name in ("disputed", "rules_off"):
        return isinstance(value, list) and all(isinstance(rule, str) for rule in value)
    return isinstance(value, str)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

"""What the person has chosen. A frozen value and its two files: the settings of this computer, and the person's own
words, which lie with the sessions and go into every backup. A damaged file never means a crash.

The settings hold a copy of the words: an earlier version looks for them there, and so does this one if it must.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.state.folders import Folders
from interviewer.disk.document import (
    FIRST_YEAR,
    LAST_YEAR,
    Odd,
    Shape,
    any_text,
    is_bool,
    maybe,
    number,
    one_of,
    read_document,
    set_aside,
    short_text,
    whole,
    write_document,
)
from interviewer.level import Level
from interviewer.pattern import Section

SYSTEM_MICROPHONE = "The system's microphone"
"""How the microphone is called that is used where none was chosen."""
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
OWN = ("targets", "disputed", "rules_off", "key_lines", "interview")
"""The settings that are the person's own words and decisions, and nowhere else."""


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
    keys: Mapping[str, str] = field(default_factory=dict)
    """The keys that were chosen, in Qt's portable form, by the command's id."""

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


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: the settings, files that cannot be read and why, and names of values that were passed over."""

    settings: Settings
    damaged: Mapping[Path, str]
    passed_over: tuple[str, ...]


def read_settings(folders: Folders) -> Reading:
    """The settings in their files, which stay as they are. What is missing, of the wrong kind or out of range is the
    default, value by value."""
    damaged: dict[Path, str] = {}
    known: dict[str, Any] = {}
    passed_over: dict[str, None] = {}
    for path in (folders.settings_file, folders.own_file):
        for name, value in _values(path, damaged).items():
            try:
                known[name] = _fitting(name, value, passed_over)
            except (Odd, KeyError):
                passed_over[name] = None
    return Reading(Settings(**known), damaged, tuple(passed_over))


def load_settings(folders: Folders, tell: Callable[[str], None]) -> Settings:
    """The same; a damaged file is set aside, so that nothing is written over it, and `tell` gets a sentence on it."""
    reading = read_settings(folders)
    for path, why in reading.damaged.items():
        try:
            tell(f"{path.name} could not be read ({why}), so it was set aside as {set_aside(path).name}.")
        except OSError as error:
            tell(f"{path.name} can neither be read ({why}) nor set aside ({error.strerror}).")
    return reading.settings


def save_settings(settings: Settings, folders: Folders) -> None:
    """Writes both files, the person's own words first. Raises OSError."""
    save_own(settings, folders)
    folders.config.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_document(folders.settings_file, asdict(settings))


def save_own(settings: Settings, folders: Folders) -> None:
    """Writes the person's own words; no file as long as there are none, so that a backup can bring some. Raises
    OSError."""
    own = {name: each for name, each in asdict(settings).items() if name in OWN}
    if any(own.values()) or folders.own_file.exists():
        folders.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_document(folders.own_file, own)


def _values(path: Path, damaged: dict[Path, str]) -> dict[str, object]:
    """The values by name in a file; none where there is no file. A settings file may be a link to one elsewhere."""
    try:
        document = read_document(Path(os.path.realpath(path)))
        if not isinstance(document, dict):
            raise Odd("must be a group of named values")
        return document
    except FileNotFoundError:
        return {}
    except (Odd, OSError) as error:
        damaged[path] = str(error) if isinstance(error, Odd) else (error.strerror or "it cannot be read").lower()
        return {}


def _fitting(name: str, value: object, passed_over: dict[str, None]) -> object:
    """A value as the settings hold it; of several, those that fit. Raises Odd, KeyError for what is no setting."""
    if name not in _SEVERAL:
        return _SHAPES[name](value)
    kind, shape = _SEVERAL[name]
    if not isinstance(value, kind):
        raise Odd("must be several values", name)
    found: dict[str, object] = {}
    for key, each in value.items() if isinstance(value, dict) else ((str(at), each) for at, each in enumerate(value)):
        try:
            found[short_text(key)] = shape(each)
        except Odd:
            passed_over[f"{name}: {key}"] = None
    return found if kind is dict else tuple(found.values())


def _day(value: object) -> str:
    """A date, ISO 8601, or nothing."""
    found = short_text(value)
    try:
        if not found or FIRST_YEAR <= date.fromisoformat(found).year <= LAST_YEAR:
            return found
    except ValueError:
        pass
    raise Odd("must be a date such as 2026-11-25")


_SHAPES: Mapping[str, Shape[Any]] = {
    "microphone": maybe(short_text),
    "model_folder": maybe(any_text),
    "words_per_minute": whole(*WORDS_PER_MINUTE),
    "speaks": is_bool,
    "clock_style": one_of(*CLOCK_STYLES),
    "think_seconds": one_of(*THINK_SECONDS),
    "counts_in": is_bool,
    "theme": one_of(*THEMES),
    "text_percent": one_of(*TEXT_PERCENTS),
    "pattern": short_text,
    "level": one_of(*(level.value for level in Level)),
    "story": one_of(*STORIES),
    "gap_probes": one_of(*GAP_PROBES),
    "profile": one_of(*PROFILES),
    "volume": whole(0, 100),
    "variant": short_text,
    "interview": _day,
}
_SEVERAL: Mapping[str, tuple[type[dict[str, Any]] | type[list[Any]], Shape[Any]]] = {
    "targets": (dict, number(*TARGET_SECONDS)),
    "disputed": (list, short_text),
    "rules_off": (list, short_text),
    "key_lines": (dict, any_text),
    "keys": (dict, short_text),
}
"""Of these one value that does not fit spoils no other."""

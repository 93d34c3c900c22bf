"""What is typed after a command, read strictly. Whatever is wrong with it is a PracticeError: one sentence."""

import argparse
import math
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from interviewer.errors import PracticeError
from interviewer.pattern import Section

ALL_MARKS = len(Section)


def called_as() -> str:
    """What starts this program here: in a checkout Python and a module, else a command."""
    return "python -m app" if Path(sys.argv[0]).name == "__main__.py" else "plainspoken"


class Parser(argparse.ArgumentParser):
    """One that raises, where its like prints how everything is used and exits."""

    def error(self, message: str) -> NoReturn:
        raise PracticeError(f"{message[:1].upper()}{message[1:]}. What can be given is told by: {self.prog} --help")


def seconds_between(option: str, least: float, most: float) -> Callable[[str], float]:
    """The reader of an option for so many seconds."""

    def read(text: str) -> float:
        seconds = _finite(text)
        if seconds is None or not least <= seconds <= most:
            raise PracticeError(f"{option} {text}: give seconds between {least:g} and {most:g}.")
        return seconds

    return read


def whole_number_to(option: str, most: int) -> Callable[[str], int]:
    """The reader of an option for a number of that many at most."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most):
            raise PracticeError(f"{option} {text}: give a whole number between 0 and {most}.")
        return int(text)

    return read


def marks(text: str) -> dict[Section, float]:
    """Seconds where the later sections begin; five numbers give the Situation's own start as well."""
    seconds = [number for number in map(_finite, text.split(",")) if number is not None]
    if len(seconds) != text.count(",") + 1:
        raise PracticeError(f"--marks {text}: write seconds with commas between them, such as 30,50,136,159.")
    if len(seconds) > ALL_MARKS:
        raise PracticeError(f"--marks {text}: there are at most four marks: Task, Action, Result, Reflection.")
    starts = seconds if len(seconds) == ALL_MARKS else [0.0, *seconds]
    if any(later <= earlier for earlier, later in pairwise(starts)) or starts[0] < 0:
        raise PracticeError(f"--marks {text}: each section has to begin after the one before it.")
    return dict(zip(Section, starts, strict=False))


def _finite(text: str) -> float | None:
    """A number; None for what is none, and for those that no clock shows."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def named_file(text: str) -> tuple[str, Path]:
    """NAME=FILE in its two parts."""
    name, equals, path = text.partition("=")
    if not equals:
        raise PracticeError(f"{text}: write NAME=FILE, such as action=my-action.wav.")
    return name, Path(path)


def section_called(name: str) -> Section:
    """A section by its name or its letter."""
    for section in Section:
        if name.lower() in (section.value, section.letter.lower()):
            return section
    raise PracticeError(f"{name} is no section. The sections are {', '.join(section.value for section in Section)}.")

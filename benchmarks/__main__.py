"""`python -m benchmarks [NAME ...]`: all measurements, or those that are named."""

import importlib
import os
import sys

from benchmarks import status_of
from tests.screen import Screen

NAMES = ("first_paint", "debrief", "lateness", "recognition", "fillers", "language", "library", "drill")


def main(names: list[str]) -> int:
    """Runs them all. 1 when any missed its goal or heard nothing."""
    screen = Screen()
    is_ours = not os.environ.get("DISPLAY") and not Screen.missing()
    if is_ours:
        screen.start()
    status = 0
    try:
        for name in names or NAMES:
            status |= status_of(importlib.import_module(f"benchmarks.{name}").main)
            print()
    finally:
        if is_ours:
            screen.stop()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m benchmarks [NAME ...]`: all measurements, or those that are named."""

import importlib
import os
import sys

from tests.screen import Screen

NAMES = ("first_paint", "debrief", "lateness", "recognition", "fillers", "language", "library", "drill")


def main(names: list[str]) -> None:
    screen = Screen()
    is_ours = not os.environ.get("DISPLAY") and not Screen.missing()
    if is_ours:
        screen.start()
    try:
        for name in names or NAMES:
            importlib.import_module(f"benchmarks.{name}").main()
            print()
    finally:
        if is_ours:
            screen.stop()


if __name__ == "__main__":
    main(sys.argv[1:])

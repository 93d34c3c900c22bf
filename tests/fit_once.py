"""One window of the program at one scale, in a process of its own: every page looked at, and a picture of each.

    QT_SCALE_FACTOR=1.5 python -m tests.fit_once TEXT_PERCENT [FOLDER FOR PICTURES]

Prints as JSON what does not fit, and how the window lies on its screen. `tests/conftest.py` made the home it lives in.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.state.folders import system_folders
from content.loader import SHIPPED, load_pattern
from tests.filled import Tour, fill
from tests.fitting import unfitting
from tests.program import Program


class Patience:
    """Waits as pytest-qt does, without pytest."""

    def wait(self, milliseconds: int) -> None:
        QTest.qWait(milliseconds)

    def waitExposed(self, window: Any) -> None:
        assert QTest.qWaitForWindowExposed(window, 10_000)

    def waitUntil(self, until: Callable[[], bool], timeout: int) -> None:
        deadline = time.monotonic() + timeout / 1_000
        while not until():
            assert time.monotonic() < deadline, "nothing came of it"
            QTest.qWait(5)


def main() -> None:
    """All pages at the window's first size, nothing changed."""
    os.umask(0o077)
    percent, pictures = int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None
    pattern = load_pattern(SHIPPED / "earn-trust.toml")
    fill(system_folders(), pattern)
    application = QApplication(sys.argv[:1])
    program = Program(application, Patience(), text_percent=percent, counts_in=False, speaks=False)
    window, found = program.window, {}
    tour = Tour(program, pattern)
    for name in tour.pages():
        found[name] = unfitting(window)
        if pictures:
            QTest.qWait(60)
            program.screenshot(pictures / f"{name.replace(', ', '-').replace(' ', '-')}.png")
    frame, screen = window.frameGeometry(), window.screen()
    print(
        json.dumps(
            {
                "faults": {name: faults for name, faults in found.items() if faults},
                "is_on_screen": screen.availableGeometry().contains(frame),
                "frame": frame.getRect(),
                "screen": screen.availableGeometry().getRect(),
                "scale": screen.devicePixelRatio(),
            }
        )
    )
    program.close()


if __name__ == "__main__":
    main()

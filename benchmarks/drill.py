"""Drill: from the Space that stops an attempt to ready again, and to the first recorded block of the next one.

In the real window with a virtual microphone, while the recogniser hears the attempts before.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.state.folders import system_folders
from app.state.settings import Settings
from app.window.controller import Controller
from app.window.opening import make_window
from audio.models import SAMPLE_MODEL
from benchmarks import NothingHeard, status_of
from benchmarks.lateness import percentile
from content.samples import shipped_samples
from interviewer.practice.drill_machine import State
from tests.conftest import folders_in
from tests.pulse import Pulse

ATTEMPTS = 40
SPOKEN_SECONDS = 0.8
GOAL_SECONDS = 0.5
PATIENCE_SECONDS = 120.0


def main() -> None:
    """Prints the times. Raises NothingHeard when not all that was said into the microphone came to words."""
    if reason := Pulse.missing():
        raise NothingHeard(reason)
    pulse = Pulse()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(folders_in(Path(home)))
        pulse.start()
        try:
            ready, again = measured(pulse)
        finally:
            pulse.close()
    print(f"drill, {ATTEMPTS} attempts: seconds after the Space that stops one")
    for name, values in (("ready to record again", ready), ("first block of the next", again)):
        p95 = percentile(sorted(values), 0.95)
        print(f"  {name:24} median {percentile(sorted(values), 0.5):.3f}  p95 {p95:.3f}  worst {max(values):.3f}")
    print(f"  goal: ready within {GOAL_SECONDS} s (p95)")


def measured(pulse: Pulse) -> tuple[list[float], list[float]]:
    """Somebody speaks all the while, or the recogniser would have nothing to do beside it."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    settings = replace(Settings(), model_folder=str(SAMPLE_MODEL))
    window = make_window(application, settings)
    controller = Controller(window, system_folders(), settings)
    window.show()
    controller.start()

    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not until():
            if time.monotonic() > end:
                raise NothingHeard(f"the window did not get there within {PATIENCE_SECONDS:g} s")
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def rest(seconds: float) -> None:
        end = time.perf_counter() + seconds
        wait(lambda: time.perf_counter() > end)

    drill: Any = controller.screens["drill"]
    page, drilling, archive = drill.page.panel, drill.drilling, controller.services.archive
    wait(window.home.start.isEnabled)
    controller.navigation.go("drill")
    wait(page.main.isEnabled)
    ready, again = [], []
    pulse.speak(shipped_samples()[0].path)
    QTest.keyClick(page, Qt.Key.Key_Space)
    wait(lambda: drilling._machine.state is State.RECORDING)
    for _ in range(ATTEMPTS):
        rest(SPOKEN_SECONDS)
        stopped = time.perf_counter()
        QTest.keyClick(page, Qt.Key.Key_Space)
        wait(lambda: page.main.isEnabled() and page.main.text() == "Record")
        ready.append(time.perf_counter() - stopped)
        QTest.keyClick(page, Qt.Key.Key_Space)
        wait(lambda: drilling._machine.state is State.RECORDING)
        again.append(time.perf_counter() - stopped)
    QTest.keyClick(page, Qt.Key.Key_Space)
    session_id = archive.open_ids[-1]
    wait(lambda: all(take.transcript for take in archive.get(session_id).takes))
    takes = archive.get(session_id).takes
    window.close()
    application.processEvents()
    with_words = sum(bool(take.transcript and take.transcript.words) for take in takes)
    if 2 * with_words < ATTEMPTS:  # a few fall into a pause
        raise NothingHeard(f"only {with_words} of {len(takes)} attempts have words")
    return ready, again


if __name__ == "__main__":
    sys.exit(status_of(main))

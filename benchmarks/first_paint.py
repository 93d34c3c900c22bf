"""From the start of the process to the first paint: our window against a bare PySide6 window, pair by pair."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import NothingHeard, status_of

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 20
GOAL = 2.0

PAINTED = """
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is window:
            print(time.time_ns(), flush=True)
            QTimer.singleShot(0, application.quit)
        return False
"""

BARE = f"""
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1180, 780)
{PAINTED}
painted = Painted()
application.installEventFilter(painted)
window.show()
application.exec()
"""

OURS = f"""
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from app.state.folders import system_folders
from app.state.settings import load_settings
from app.window.opening import make_window
application = QApplication(sys.argv[:1])
window = make_window(application, load_settings(system_folders(), print))
{PAINTED}
painted = Painted()
application.installEventFilter(painted)
window.show()
application.exec()
"""


def seconds_to_paint(code: str) -> float:
    """One fresh process."""
    begun = time.time_ns()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps what it has compiled
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise NothingHeard(f"nothing was painted: {(done.stderr.strip().splitlines() or ['no word why'])[-1]}")
    return (int(done.stdout.split()[0]) - begun) / 1e9


def main() -> None:
    seconds_to_paint(BARE)  # both read their files from memory from now on
    seconds_to_paint(OURS)
    bare, ours = [], []
    for _ in range(PAIRS):
        bare.append(seconds_to_paint(BARE))
        ours.append(seconds_to_paint(OURS))
    ratio = statistics.median(our / other for our, other in zip(ours, bare, strict=True))
    print(
        f"First paint, {PAIRS} pairs: bare window {statistics.median(bare):.3f} s, ours {statistics.median(ours):.3f} s"
    )
    print(f"  median ratio {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    sys.exit(status_of(main))

"""How late a 10 ms timer of the GUI thread comes: idle, and while the recogniser transcribes answers."""

import queue
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.state.settings import Settings
from app.window.opening import make_window
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.recogniser import Heard, Recogniser, TakeHeard
from benchmarks import refuse_silence, status_of
from content.samples import shipped_samples
from interviewer.timing import Span

SECONDS = 12
INTERVAL_MS = 10
GOAL_MS = 50


def lateness_ms() -> list[float]:
    """The timer's lateness over SECONDS, sorted, with the window's meter moving meanwhile."""
    late: list[float] = []
    loop = QEventLoop()
    timer = QTimer(interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, (now - last) * 1_000 - INTERVAL_MS))
        last = now

    timer.timeout.connect(tick)
    QTimer.singleShot(SECONDS * 1_000, loop.quit)
    timer.start()
    loop.exec()
    return sorted(late)


def percentile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Prints how late it was. Raises NothingHeard when no answer was transcribed while it was measured."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    window = make_window(application, Settings())
    window.show()
    moving = QTimer(interval=50)
    moving.timeout.connect(lambda: window.show_level(-30 + 20 * (time.time() % 1)))
    moving.start()
    idle = lateness_ms()
    heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    recogniser = Recogniser(heard.put)
    recogniser.start()
    with tempfile.TemporaryDirectory() as folder:
        take = Path(folder) / "answer.wav"
        frames = decode(shipped_samples()[0].path, take).frames
        for number in range(20):
            recogniser.hear(str(number), take, [Span(0, frames)], SAMPLE_MODEL)
        busy = lateness_ms()
        recogniser.stop()
    answers = []
    while not heard.empty():
        if isinstance(event := heard.get(), TakeHeard):
            answers.append(event.transcript)
    window.close()
    refuse_silence(answers, "answers")
    print(f"GUI timer lateness over {SECONDS} s, {len(answers)} answers of 174 s transcribed meanwhile")
    for name, late in (("idle", idle), ("transcribing", busy)):
        p95, p99 = percentile(late, 0.95), percentile(late, 0.99)
        print(f"  {name:13} p95 {p95:5.1f} ms  p99 {p99:5.1f} ms  worst {late[-1]:5.1f} ms")
    print(f"  goal: p99 below {GOAL_MS} ms while transcribing")


if __name__ == "__main__":
    sys.exit(status_of(main))

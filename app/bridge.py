"""The one door from other threads to the GUI thread: an object goes in anywhere and comes out in the event loop."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from interviewer.errors import PracticeError

SWITCH_SECONDS = 0.0005
"""What works in Python beside the window gives way to it so soon: with Python's own 5 ms each of the many calls of a
paint may wait as long (platform.md 5: 26 ms late, with this 2.8)."""


class Bridge(QObject):
    """Lives on the GUI thread; `post` may be called from any thread."""

    arrived = Signal(object)
    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_open = True
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, event: object) -> None:
        """Delivers an event, or calls a function, on the GUI thread."""
        self._posted.emit(event)

    def deliver_now(self) -> None:
        """Delivers what has been posted so far, without going back to the event loop."""
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def close(self) -> None:
        """From now on nothing is delivered, not even what has been posted already."""
        self._is_open = False

    def _deliver(self, event: object) -> None:
        if not self._is_open:
            return
        if callable(event):
            event()
        else:
            self.arrived.emit(event)


class Disk:
    """One thread for all that may wait for the disk, in the order it was asked for."""

    def __init__(self, bridge: Bridge, on_problem: Callable[[str], None]) -> None:
        self._bridge = bridge
        self._on_problem = on_problem
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")

    def do(self, work: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        """Runs `work` on the disk's thread, then `then` with its result on the GUI thread."""
        self._thread.submit(self._run, work, then).add_done_callback(lambda job: job.result())  # a bug is logged

    def close(self) -> None:
        """Finishes what was asked for. Blocks."""
        self._thread.shutdown()

    def _run(self, work: Callable[[], Any], then: Callable[[Any], None] | None) -> None:
        try:
            result = work()
        except PracticeError as error:
            self._tell(str(error))
            return
        except OSError as error:
            place = f" at {error.filename}" if error.filename else ""
            self._tell(f"The disk refused{place} ({error.strerror or error}). Check that it can be written to.")
            return
        if then:
            self._bridge.post(lambda: then(result))

    def _tell(self, text: str) -> None:
        self._bridge.post(lambda: self._on_problem(text))

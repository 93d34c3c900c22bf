"""The one door from other threads to the GUI thread: an object goes in anywhere and comes out in the event loop."""

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from interviewer.errors import PracticeError

SWITCH_SECONDS = 0.0005
"""What works in Python beside the window gives way to it so soon: with Python's own 5 ms each of the many calls of a
paint may wait as long (measured: 26 ms late at the 99th percentile, with this 2.8)."""

_log = logging.getLogger(__name__)


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
    """One thread for all that may wait for the disk, in the order it was asked for. Nothing fails in silence on it.

    `on_notice` is called on the GUI thread with a sentence and what it is about: what was being done. Whatever was
    said about that is taken back, with an empty text, once the same has been done without a fault.
    """

    def __init__(self, bridge: Bridge, on_notice: Callable[[str, str], None]) -> None:
        self._bridge = bridge
        self._on_notice = on_notice
        self._said: set[str] = set()
        """What there is a notice about. Belongs to the disk's thread."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")

    def do(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        doing: str = "reading or writing your files",
        otherwise: Callable[[], None] | None = None,
        is_said: bool = False,
    ) -> None:
        """Called on the GUI thread: runs `work` on the disk's, then `then` with its result, or `otherwise`, back here.

        `doing` says what it is, to be read after "while". With `is_said` that is shown until the work has ended,
        in whatever way.
        """
        if is_said:
            self._on_notice(f"{doing[0].upper()}{doing[1:]} …", doing)
        self._thread.submit(self._run, work, then, doing, otherwise, is_said)

    def close(self) -> None:
        """Finishes what was asked for. Blocks."""
        self._thread.shutdown()

    def _run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None,
        doing: str,
        otherwise: Callable[[], None] | None,
        is_said: bool,
    ) -> None:
        if is_said:
            self._said.add(doing)
        try:
            result = work()
        except Exception as error:  # the edge of this thread: whatever it is, the person who waits for it is told
            self._say(_sentence(error, doing), doing)
            if otherwise:
                self._bridge.post(otherwise)
            return
        if doing in self._said:
            self._say("", doing)
        if then:
            self._bridge.post(lambda: then(result))

    def _say(self, text: str, doing: str) -> None:
        self._said.add(doing) if text else self._said.discard(doing)
        self._bridge.post(lambda: self._on_notice(text, doing))


def _sentence(error: Exception, doing: str) -> str:
    """What to tell of a fault. One that nobody foresaw is a bug, and is logged with its place."""
    if isinstance(error, PracticeError):
        return str(error)
    if isinstance(error, OSError):
        place = f" at {error.filename}" if error.filename else ""
        return f"The disk refused{place} ({error.strerror or error}). Check that it can be written to."
    _log.error("an error while %s", doing, exc_info=error)
    return (
        f"Something went wrong inside ({type(error).__name__}) while {doing}. Your recordings are safe; you can go on."
    )

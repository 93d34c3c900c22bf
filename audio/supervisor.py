"""A child that ends by itself is started again, later each time. What children do and say is not known here.

`Supervisor` keeps one child alive; `BackOff` alone is for one that is started only when it is needed.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping

from audio.child import Child, ChildEnd, Message

FIRST_SECONDS, LONGEST_SECONDS = 0.25, 30.0
"""The rest after a first failure; it doubles with each one more, up to the longest."""

LIVED_SECONDS = 5.0
"""What has lived for so long works: its next failure is a first one."""

TROUBLE_FAILURES = 4
"""After so many failures in a row, at the least two seconds of trying, it is time to tell the person."""

_log = logging.getLogger(__name__)


class BackOff:
    """How long what failed rests before it is tried again. Used by one thread at a time."""

    def __init__(self) -> None:
        self.failures = 0
        self._until = 0.0

    @property
    def rest_seconds(self) -> float:
        """How much of its rest is left."""
        return max(0.0, self._until - time.monotonic())

    def failed(self) -> None:
        """Once more: it rests."""
        doublings = min(self.failures, 20)  # the longest is reached long before
        self._until = time.monotonic() + min(LONGEST_SECONDS, FIRST_SECONDS * 2**doublings)
        self.failures += 1

    def works(self) -> None:
        """It did what it is there for, or somebody wants it tried at once."""
        self.failures, self._until = 0, 0.0


class Supervisor:
    """One child from `start` to `stop`. Lives on a thread of its own, which calls `born`, `ended` and `settled`.

    `born` gets each new child before anything is sent to it, `ended` is told that it ended by itself or was killed, and
    `settled` that one has lived for a while. `said` gets its messages, on the child's reader thread.
    """

    def __init__(
        self,
        module: str,
        born: Callable[[Child], None],
        said: Callable[[Message], None],
        ended: Callable[[], None],
        settled: Callable[[], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._module = module
        self._born = born
        self._said = said
        self._ended = ended
        self._settled = settled
        self._environment = environment
        self._back_off = BackOff()
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._stopped = threading.Event()
        self._wish = threading.Event()
        self._thread = threading.Thread(target=self._keep_alive, name=f"{module} supervisor", daemon=True)

    @property
    def failures(self) -> int:
        """How often in a row the child has ended without having done anything."""
        return self._back_off.failures

    @property
    def is_in_trouble(self) -> bool:
        """It keeps ending; it is tried again all the same."""
        return self._back_off.failures >= TROUBLE_FAILURES

    def start(self) -> None:
        """Returns at once; the child is `born` a moment later."""
        self._thread.start()

    def stop(self, patience_seconds: float = 1.0) -> None:
        """Ends the child, for good. Blocks for as long as that takes, and a second more."""
        self._stopped.set()
        self._wish.set()
        with self._lock:
            child = self._child
        if child:
            child.stop(patience_seconds)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(1.0)

    def works(self) -> None:
        """The child did what it is there for: should it end now, that is a first failure."""
        self._back_off.works()

    def try_now(self) -> None:
        """Somebody wants it: a child that rests is started at once."""
        self._wish.set()

    def _keep_alive(self) -> None:
        while not self._stopped.is_set():
            began = time.monotonic()
            self._live_once()
            if self._stopped.is_set():
                return
            self._wish.clear()
            self._back_off.failed()
            self._ended()
            self._stopped.wait(began + FIRST_SECONDS - time.monotonic())  # no wish, and no storm of them, is faster
            self._wish.wait(self._back_off.rest_seconds)

    def _live_once(self) -> None:
        """A child's whole life."""
        ends: queue.SimpleQueue[ChildEnd] = queue.SimpleQueue()
        with self._lock:
            if self._stopped.is_set():
                return
            try:
                self._child = Child(self._module, self._said, ends.put, self._environment)
            except OSError as error:  # no memory, no process, no file left for it
                _log.error("%s could not be started (%s)", self._module, error)
                return
            child = self._child
        self._born(child)
        try:
            ends.get(timeout=LIVED_SECONDS)
        except queue.Empty:
            self._back_off.works()
            self._settled()
            ends.get()

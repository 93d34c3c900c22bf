"""What a test leaves behind and should not: windows, threads, child processes. Named one by one, and cleared away."""

import gc
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import psutil

Thing = TypeVar("Thing")

PATIENCE_SECONDS = 3.0
"""How long what is ending may take to end."""


class Leftovers:
    """Remembers what there was when it was made; `clear` ends what has come since and is still there."""

    def __init__(self) -> None:
        self._windows = _windows()  # themselves, not their ids: PySide makes a new face for a window nobody holds
        self._threads = set(_threads())
        self._children = set(_children())

    def clear(self, but_not: int | None = None) -> list[str]:
        """Hides windows and kills children (but for one, the test run's own). Returns what there was, in words."""
        _finish_deletions()
        windows = [window for window in _windows() if window not in self._windows]
        threads = _those_that_stay(lambda: [thread for thread in _threads() if thread not in self._threads])
        children = _those_that_stay(
            lambda: [child for child in _children() if child not in self._children and child.pid != but_not]
        )
        found = [f"the window {_name_of(window)}" for window in windows]
        found += [f"the thread {thread.name}" for thread in threads]
        for window in windows:
            window.hide()
        for child in children:
            found.append(f"the child process {_command_of(child)}")
            child.kill()
        return found


def _windows() -> list[Any]:
    """Top-level widgets that nothing owns. Qt is asked only where a test has already loaded it."""
    qt = sys.modules.get("PySide6.QtWidgets")
    if qt is None or qt.QApplication.instance() is None:
        return []
    return [window for window in qt.QApplication.topLevelWidgets() if window.parent() is None]


def _finish_deletions() -> None:
    gc.collect()
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None and qt.QCoreApplication.instance() is not None:
        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete)
        qt.QCoreApplication.processEvents()


def _threads() -> list[threading.Thread]:
    """Daemons too. A dummy is Python's face for a thread that it did not start."""
    ours = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return [thread for thread in ours if thread.name != "tqdm_monitor"]  # of a model that a test itself has run


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if _is_alive(child)]


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _those_that_stay(look: Callable[[], list[Thing]]) -> list[Thing]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (things := look()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return things


def _name_of(window: Any) -> str:
    name = window.objectName() or window.windowTitle()
    return f"{type(window).__name__} {name!r} ({'shown' if window.isVisible() else 'hidden'})"


def _command_of(process: psutil.Process) -> str:
    try:
        return f"{process.pid}: {' '.join(process.cmdline())[:200]}"
    except psutil.NoSuchProcess:
        return str(process.pid)

"""The program as a person has it: its real window, children, disk. Keys go in, what is shown comes out."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.sound.children import MakeChildren, real_children
from app.state.folders import Folders, system_folders
from app.state.settings import load_settings
from app.window.controller import Controller
from app.window.opening import make_window
from interviewer.disk.store import Store
from interviewer.interview import State
from interviewer.session import Session


class Heartbeat:
    """Feels how long the event loop stands still: the longest time between two beats, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forgets what was before."""
        self.longest, self._last = 0.0, time.monotonic()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last - 0.01)
        self._last = now


class Program:
    """One run of the program in this process. `close` ends it as closing the window does."""

    def __init__(self, qapp: Any, qtbot: Any, make_children: MakeChildren = real_children, **settings: Any) -> None:
        self._qtbot = qtbot
        self.folders: Folders = system_folders()
        self.folders.config.mkdir(parents=True, exist_ok=True)
        if settings:
            self.folders.settings_file.write_text(json.dumps(settings))
        chosen = load_settings(self.folders, print)
        self.window = make_window(qapp, chosen)
        self.controller = Controller(self.window, self.folders, chosen, make_children)
        self.services = self.controller.services
        self.screens: Any = SimpleNamespace(**self.controller.screens)
        self.pages: Any = SimpleNamespace(**{name: screen.page for name, screen in self.controller.screens.items()})
        self.heartbeat = Heartbeat()
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, 10)  # or its shortcuts hear nothing
        self.controller.start()
        self.wait(self.pages.home.start.isEnabled, 10)

    def show(self, page: QWidget) -> None:
        """Brings a page to the front, as Esc does on the way back."""
        next(screen for screen in self.controller.screens.values() if screen.page is page).ready.emit()

    @property
    def state(self) -> State:
        facts = self.pages.room._facts
        return facts.state if facts else State.DONE

    @property
    def store(self) -> Store:
        return Store(self.folders.data)

    def session(self) -> Session:
        """The newest session, as it is on the disk."""
        return self.store.sessions()[0]

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys, to whatever has the focus."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def wait(self, until: Callable[[], bool], seconds: float = 20) -> None:
        self._qtbot.waitUntil(until, timeout=round(seconds * 1_000))

    def wait_for(self, state: State, seconds: float = 20) -> None:
        self.wait(lambda: self.state is state, seconds)

    def texts(self, page: QWidget | None = None) -> list[str]:
        """Every text a person can read on the page now."""
        shown = page or self.window.page
        return [each.text() for each in shown.findChildren(QLabel) if each.isVisible() and each.text()]

    def shows(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    @property
    def notice(self) -> str:
        """The sentence over the page; empty for none."""
        return self.window._notice.text()

    def screenshot(self, path: Path) -> None:
        self.window.grab().save(str(path))

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.controller.deleteLater()

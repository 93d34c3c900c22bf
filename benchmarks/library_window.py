"""The real window over a large library, in a process of its own: when the list is there, and how it scrolls.

Prints the seconds from the first paint to the first 500 rows and to all of them, and the times of scrolled frames in
milliseconds, as JSON.
"""

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.screens.library.page import LibraryPage
from app.state.folders import system_folders
from app.state.settings import Settings
from app.window.controller import Controller
from app.window.opening import make_window

FRAMES = 300


class Painted(QObject):
    """Notes when the window was painted first."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = time.perf_counter()
        return False


def main(count: int) -> None:
    application = QApplication([])
    folders = system_folders()
    window = make_window(application, Settings())
    painted = Painted()
    window.installEventFilter(painted)
    window.show()
    while not painted.at:
        application.processEvents()
    controller = Controller(window, folders, Settings())
    controller.start()
    page: Any = controller.screens["library"].page
    controller.navigation.go("library")
    while not page._model.rows or not page._table.isVisible():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # as the event loop waits
    page._table.viewport().repaint()
    listed = time.perf_counter() - painted.at
    while len(page._model.rows) < count:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    whole = time.perf_counter() - painted.at
    settled = QTimer(singleShot=True, interval=3_000)  # the index is being checked; let it finish
    settled.start()
    while settled.isActive():
        application.processEvents()
    print(json.dumps({"listed": listed, "whole": whole, "frames": scrolled(page)}))
    window.close()
    application.processEvents()


def scrolled(page: LibraryPage) -> list[float]:
    """Milliseconds that each of many frames takes while somebody drags the scroll bar from end to end."""
    bar, took = page._table.verticalScrollBar(), []
    for frame in range(FRAMES):
        began = time.perf_counter()
        bar.setValue(round(bar.maximum() * (frame + 1) / FRAMES))
        page._table.viewport().repaint()
        took.append(1_000 * (time.perf_counter() - began))
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]))

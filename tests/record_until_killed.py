"""Run by test_recovery as a process of its own: the real program, brought to recording by keys, until it is killed."""

import sys
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.state.folders import system_folders
from app.state.settings import Settings
from app.window.controller import Controller
from app.window.opening import make_window
from interviewer.interview import State


def main() -> int:
    application = QApplication(sys.argv[:1])
    settings = Settings(counts_in=False)
    window = make_window(application, settings)
    controller = Controller(window, system_folders(), settings)
    room: Any = controller.screens["room"].page
    window.show()
    controller.start()
    said: list[bool] = []

    def press_on() -> None:
        facts = room._facts
        if window.page is window.home and window.home.start.isEnabled():
            QTest.keyClick(window.home.start, Qt.Key.Key_Space)
        elif facts and facts.state in (State.READY, State.ASKING):
            QTest.keyClick(room, Qt.Key.Key_Space)
        elif facts and facts.state is State.RECORDING and not said:
            said.append(True)
            print("recording", flush=True)

    timer = QTimer(interval=50)
    timer.timeout.connect(press_on)
    timer.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())

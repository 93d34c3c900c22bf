"""Where the window is: never larger than the screen, kept between starts, brought back to a screen that is there."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from interviewer.disk.whole_file import write_whole

FILE = "window"
FIRST_SIZE = QSize(1180, 780)
LEAST_SIZE = QSize(480, 320)
FRAME = QSize(8, 40)
"""What a window manager may put around a window, in logical pixels: it is not known before the window is shown."""
MOST_BYTES = 4_096


def take_first_place(window: QWidget) -> None:
    """The size of a window that is not shown yet; the window manager finds it a place."""
    most = _room(window).size() - FRAME
    window.setMinimumSize(LEAST_SIZE.boundedTo(most))
    window.resize(FIRST_SIZE.boundedTo(most))


def take_earlier_place(window: QWidget, state: Path) -> None:
    """The place that was kept, if the screen is still there and the window fits on it; else as near as can be. A file
    that is missing, damaged or from a screen of another size changes nothing."""
    with suppress(OSError):
        with open(state / FILE, "rb") as file:
            kept = file.read(MOST_BYTES)
        if window.restoreGeometry(QByteArray(kept)) and not window.isMaximized() and not window.isFullScreen():
            room = _room(window)
            window.resize(window.size().boundedTo(room.size() - FRAME))
            framed = QRect(window.pos(), window.size() + FRAME)
            left = max(room.left(), min(framed.left(), room.right() + 1 - framed.width()))
            top = max(room.top(), min(framed.top(), room.bottom() + 1 - framed.height()))
            window.move(left, top)


def keep_place(window: QWidget, state: Path) -> None:
    """Writes where the window is, and whether it fills the screen. Called once it is closed and all else is written:
    this may wait for the disk, and nothing waits for it. A disk that refuses costs the place alone."""
    with suppress(OSError):
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(state / FILE, bytes(window.saveGeometry().data()))


def _room(window: QWidget) -> QRect:
    """What the screen has for windows, in logical pixels."""
    screen = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()

"""Opens the window: settings, look, pages, first paint; then the controller with all that takes time."""

import gc
import logging
import signal
import sys
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.crash import CrashReport
from app.folders import NAME, Folders, system_folders
from app.lock import Lock
from app.main_window import MainWindow
from app.settings import Settings, load_settings
from app.theme import chosen_theme
from interviewer.errors import PracticeError

WAKE_MS = 300


def open_window() -> int:
    """Runs until the window is closed. Returns the exit status."""
    folders = system_folders()
    settings = load_settings(folders.settings_file)
    application = QApplication(sys.argv[:1])
    window = make_window(application, settings)
    crash = CrashReport(folders.state)
    _guard(window, crash)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    wake = QTimer(window, interval=WAKE_MS)  # lets Python see Ctrl+C while Qt waits
    wake.timeout.connect(lambda: None)
    wake.start()
    window.show()
    QTimer.singleShot(0, lambda: _start(window, folders, settings, crash))
    return application.exec()


def make_window(application: QApplication, settings: Settings) -> MainWindow:
    """The window in its look, not yet shown, with nothing behind it."""
    application.setApplicationName(NAME)
    window = MainWindow(chosen_theme(settings.theme))
    window.set_look(settings.theme, settings.text_percent)
    window.show_page(window.home)
    return window


def _start(window: MainWindow, folders: Folders, settings: Settings, crash: CrashReport) -> None:
    """The window has been painted; now the children and the disk."""
    from app.controller import Controller  # noqa: PLC0415  numpy and the rest are not needed for the first paint

    lock = Lock(folders.data)
    try:
        lock.take()
        earlier = crash.earlier()
        crash.watch()
    except PracticeError as error:
        window.show_notice(str(error))
        return
    except OSError as error:
        window.show_notice(f"{folders.data} cannot be used ({error.strerror}). Make it writable, then start again.")
        return
    window.furnish()
    window.home.notices.show_crash(earlier)
    window.home.notices.crash_seen.connect(crash.forget)
    controller = Controller(window, folders, settings)
    controller.setParent(window)
    controller.start()
    keep_what_is_here()


def keep_what_is_here() -> None:
    """What the start has made stays to the end, so it is not looked through for garbage again: with the words of long
    sessions beside it that held up the window for 90 ms at a time."""
    gc.freeze()


def _guard(window: MainWindow, crash: CrashReport) -> None:
    """An error in a slot is written down and said in one line; it never ends a recording."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        crash.note(kind, trace)
        logging.getLogger("app").error("an error in the window", exc_info=(kind, error, trace))
        window.show_notice(f"Something went wrong inside ({kind.__name__}). Recordings are safe; you can go on.")

    sys.excepthook = hook

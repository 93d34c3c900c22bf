"""Opens the window: settings, look, pages, first paint; then the controller with all that takes time."""

import gc
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.look.theme import ASSETS, chosen_theme
from app.state.folders import NAME, Folders, system_folders
from app.state.settings import Settings, load_settings, save_own
from app.state.window_place import keep_place, take_earlier_place, take_first_place
from app.window.crash import CrashReport
from app.window.lock import Lock
from app.window.main_window import MainWindow
from interviewer.errors import PracticeError

WAKE_MS = 300

DESKTOP_NAME = "io.github.plainspoken.Plainspoken"
"""What installers/linux calls us: by it a desktop knows whose window this is."""


def open_window(give_up: Callable[[], None], files: Sequence[str] = ()) -> int:
    """Runs until the window is closed. `files` come in as if they were dropped on it. Returns the exit status.

    `give_up` is called when nothing can be shown here, whatever the reason. Where it returns, Qt aborts.
    """
    folders = system_folders()
    damage: list[str] = []
    settings = load_settings(folders, damage.append)
    stop_listening = _listen_to_qt(give_up)
    application = QApplication(sys.argv[:1])
    if not application.screens():
        give_up()
    window = make_window(application, settings)
    take_earlier_place(window, folders.state)
    crash = CrashReport(folders.state)
    _guard(window, crash)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    wake = QTimer(window, interval=WAKE_MS)  # lets Python see Ctrl+C while Qt waits
    wake.timeout.connect(lambda: None)
    wake.start()
    window.show()
    QTimer.singleShot(0, stop_listening)
    QTimer.singleShot(0, lambda: _start(window, folders, settings, crash, damage, files))
    return application.exec()


def _listen_to_qt(give_up: Callable[[], None]) -> Callable[[], None]:
    """Where Qt can show nothing it aborts the process, past everything of Python's; it says so first.

    Qt alone knows all the ways to a display, so nothing else is asked. Returns what to call once the window is there.
    """
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            give_up()
        said.append(text)

    def stop() -> None:
        qInstallMessageHandler(before)
        for text in said:
            print(text, file=sys.stderr)

    before = qInstallMessageHandler(hear)
    return stop


def make_window(application: QApplication, settings: Settings) -> MainWindow:
    """The window in its look, not yet shown, with nothing behind it."""
    application.setApplicationName(NAME)
    application.setDesktopFileName(DESKTOP_NAME)
    application.setWindowIcon(QIcon(str(ASSETS / "plainspoken.svg")))
    window = MainWindow(chosen_theme(settings.theme))
    window.keys_in_force.take(settings.keys)
    take_first_place(window)
    window.set_look(settings.theme, settings.text_percent)
    window.show_page(window.home)
    return window


def _start(
    window: MainWindow,
    folders: Folders,
    settings: Settings,
    crash: CrashReport,
    damage: Sequence[str],
    files: Sequence[str] = (),
) -> None:
    """The window has been painted; now the children and the disk. `damage` is what was wrong with the settings."""
    from app.window.controller import Controller  # noqa: PLC0415  numpy and the rest are not needed for the first paint

    lock = Lock(folders.data)
    try:
        folders.check_data()
        lock.take()
        if not folders.own_file.exists():
            save_own(settings, folders)  # an earlier version kept them among the settings
    except PracticeError as error:
        window.show_notice(str(error), "the start")
        return
    except OSError as error:
        where = f"{error.filename} cannot be used ({error.strerror})"
        window.show_notice(f"{where}. Make it writable, then start again.", "the start")
        return
    earlier = ""
    try:
        earlier = crash.earlier()
        crash.watch()
    except OSError as error:
        window.show_notice(f"{error.filename} cannot be used ({error.strerror}), so a crash would leave no report.")
    window.home.notices.show_crash(earlier)
    window.home.notices.crash_seen.connect(crash.forget)
    controller = Controller(window, folders, settings)
    controller.setParent(window)
    window.closing.connect(lambda: keep_place(window, folders.state))  # after the controller, which saves what counts
    controller.start()
    if damage:
        window.show_notice(" ".join(damage))
    if files:
        window.files_dropped.emit([Path(name).absolute() for name in files])
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
        window.show_notice(
            f"Something went wrong inside ({kind.__name__}). Recordings are safe; you can go on.", "a fault"
        )

    sys.excepthook = hook

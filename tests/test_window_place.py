"""Where the window is: no larger than the screen, where it was the last time, and on a screen that is there."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.state.folders import system_folders
from app.state.window_place import FILE, keep_place, take_earlier_place, take_first_place

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def window(qapp, qtbot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.close()
    made.deleteLater()


def another(qtbot, state: Path) -> QWidget:
    """The window of the next start."""
    made = QWidget()
    qtbot.addWidget(made)
    take_first_place(made)
    take_earlier_place(made, state)
    return made


def is_on_screen(window: QWidget) -> bool:
    return window.screen().availableGeometry().contains(window.frameGeometry())


def test_the_first_window_is_no_larger_than_its_screen(qtbot, window: QWidget) -> None:
    take_first_place(window)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.frameGeometry().height() > window.height())  # the title bar is there
    assert is_on_screen(window)
    assert window.minimumWidth() <= 480
    assert window.minimumHeight() <= 360


def test_the_place_is_kept_between_starts(qtbot, window: QWidget, state: Path) -> None:
    window.setGeometry(140, 90, 733, 455)
    keep_place(window, state)
    assert another(qtbot, state).geometry() == window.geometry()


def test_a_window_that_fills_the_screen_does_so_again(qtbot, window: QWidget, state: Path) -> None:
    window.setGeometry(140, 90, 733, 455)
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    keep_place(window, state)
    second = another(qtbot, state)
    assert second.isMaximized()
    second.show()
    qtbot.waitExposed(second)
    qtbot.waitUntil(lambda: is_on_screen(second))


@pytest.mark.parametrize(
    "place", [(5_000, 3_000, 800, 600), (-900, -700, 800, 600), (0, 0, 4_000, 3_000), (900, 600, 900, 700)]
)
def test_a_screen_that_has_gone_or_shrunk_brings_it_back(qtbot, window: QWidget, state: Path, place) -> None:
    window.setGeometry(*place)
    keep_place(window, state)
    second = another(qtbot, state)
    second.show()
    qtbot.waitExposed(second)
    qtbot.waitUntil(lambda: second.frameGeometry().height() > second.height())
    assert is_on_screen(second), second.frameGeometry()


@pytest.mark.parametrize("content", [b"", b"{}", b"\x01\xd9\xd0\xcb" + b"\xff" * 60, b"\x00" * 100_000])
def test_a_damaged_file_changes_nothing(qtbot, window: QWidget, state: Path, content: bytes) -> None:
    state.mkdir()
    (state / FILE).write_bytes(content)
    take_first_place(window)
    before = window.geometry()
    take_earlier_place(window, state)
    assert window.size() == before.size()
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: is_on_screen(window))


def test_a_folder_that_cannot_be_written_costs_only_the_place(window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep_place(window, tmp_path / "file" / "state")
    take_earlier_place(window, tmp_path / "file" / "state")


def test_closing_the_program_keeps_the_place(qapp, pulse) -> None:
    program = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        folders = system_folders()
        for _ in range(200):
            if (folders.data / "sessions").exists() or (folders.data / "patterns").exists():
                break
            with pytest.raises(subprocess.TimeoutExpired):
                program.wait(0.05)
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(1)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        assert (folders.state / FILE).stat().st_size > 20
    finally:
        program.kill()
        program.wait()
        assert program.stderr
        program.stderr.close()

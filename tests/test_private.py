"""A private session: nothing of it in the data folder until the person decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from audio.wav import frames_in
from interviewer.disk.store import Store
from interviewer.interview import State
from tests.program import Program
from tests.pulse import Pulse
from tests.test_room import begin


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield running
    running.close()


def one_private_session(program: Program) -> Store:
    """Two seconds of Situation; the debrief is shown. Returns the private store."""
    program.pages.home._private.setChecked(True)
    begin(program)
    program._qtbot.wait(2_000)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.home)
    private = Store(program.folders.runtime)
    program.wait(lambda: bool(private.sessions()) and private.sessions()[0].is_closed)
    program.wait(lambda: program.shows("private, in memory only"))
    program.pages.home.session_wished.emit(private.sessions()[0].id)
    program.wait(lambda: program.window.page is program.pages.debrief)
    assert program.shows("This session is private")
    return private


def press(program: Program, text: str) -> None:
    (button,) = [each for each in program.window.page.findChildren(QPushButton) if each.text() == text]
    button.setFocus()
    program.press(Qt.Key.Key_Space)


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.wav") if path.is_file()]


def test_it_is_nowhere_in_the_data_folder_and_gone_when_thrown_away(program: Program) -> None:
    private = one_private_session(program)
    assert everything_in(program.folders.data) == []
    assert len(everything_in(program.folders.runtime)) == 1
    press(program, "Throw it away for good")
    program.wait(lambda: private.sessions() == () and everything_in(program.folders.runtime) == [])
    assert everything_in(program.folders.runtime) == everything_in(program.folders.data) == []


def test_it_moves_among_the_others_when_kept(program: Program) -> None:
    private = one_private_session(program)
    press(program, "Keep it with the others")
    program.wait(lambda: len(program.store.sessions()) == 1)
    program.wait(lambda: not program.shows("This session is private"))
    session = program.session()
    assert not session.id.endswith("-private")
    assert frames_in(program.store.folder(session.id) / session.takes[0].file) == session.takes[0].frames
    program.wait(lambda: private.sessions() == ())


def test_a_later_start_still_knows_of_it(qapp, qtbot, program: Program) -> None:
    one_private_session(program)
    again = Program(qapp, qtbot)
    try:
        again.wait(lambda: again.shows("private, in memory only"))
    finally:
        again.close()

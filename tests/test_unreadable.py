"""A session whose file cannot be read is a row like the others, says why, and takes nothing away from anybody."""

import wave
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.state.folders import system_folders
from interviewer.disk.bin import KEPT, STAMP, Bin
from interviewer.disk.store import Store
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse
from tests.test_index import session as made

CONTROL = Qt.KeyboardModifier.ControlModifier
ODD, CUT_OFF, WHOLE = made(5).id, made(3).id, made(7).id


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    store = Store(system_folders().data)
    for number in (3, 5, 7, 9):
        store.save(made(number, f"I traced number{number}"))
    cut_off = made(3)
    store.save(replace(cut_off, takes=(replace(cut_off.takes[0], end_frame=None, frames=0),), is_closed=False))
    with wave.open(str(store.folder(CUT_OFF) / "situation-1.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(64_000))
    (store.folder(ODD) / "session.json").write_text('{"format": 1, "takes": [[[')
    long_ago = datetime.now() - KEPT - timedelta(days=9)
    Bin(store).throw_away(made(9).id, long_ago)
    running = Program(qapp, qtbot, quiet_children)
    yield running
    running.close()


def test_it_is_a_row_that_says_why_and_can_be_thrown_away(program: Program) -> None:
    library, model = program.pages.library, program.pages.library._model
    program.wait(lambda: program.shows("A recording was cut off"))  # recovery goes on
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.wait(lambda: len(model.rows) == 3)
    assert [row.id for row in model.rows] == [WHOLE, ODD, CUT_OFF]
    place = model.index(1, 4)
    assert "untouched" in model.data(place)
    assert model.data(place, Qt.ItemDataRole.ToolTipRole) == model.data(place)
    assert [model.data(model.index(1, column)) for column in range(4)] == [
        "2026-11-05  19:00",
        "Cannot be read",
        "",
        "",
    ]
    library._table.setFocus()
    library._table.selectRow(1)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: "untouched" in program.window._notice.text())
    assert program.window.page is library
    program.press(Qt.Key.Key_Delete)
    program.wait(lambda: [row.id for row in model.rows] == [WHOLE, CUT_OFF])
    assert (program.folders.data / "bin" / ODD / "session.json").exists()


def test_after_a_jump_of_the_clock_the_bin_asks(program: Program) -> None:
    discards = program.pages.bin
    program.wait(lambda: "The clock jumped" in program.window._notice.text())
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.show(discards)
    program.wait(lambda: program.shows("so nothing was deleted"))
    right = next(each for each in discards.findChildren(QPushButton) if each.text() == "The date is right")
    right.setFocus()
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: not program.shows("so nothing was deleted"))
    assert (program.folders.data / "bin" / made(9).id / STAMP).exists()
    delete = next(each for each in discards.findChildren(QPushButton) if each.text() == "Delete for good")
    delete.setFocus()
    program.press(Qt.Key.Key_Space)
    really = next(each for each in discards.findChildren(QPushButton) if each.text() == "Delete it for good")
    really.setFocus()
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("The bin is empty."))
    assert [path.name for path in (program.folders.data / "bin").iterdir()] == [".days"]

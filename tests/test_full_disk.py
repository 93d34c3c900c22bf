"""A disk that fills up while somebody speaks: everything written is playable, and the session closes properly."""

import os
import random
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from audio.wav import frames_in
from interviewer.disk.store import BYTES_PER_MINUTE
from interviewer.interview import State
from tests.program import Program
from tests.pulse import Pulse
from tests.test_room import begin

DISK_BYTES = 24 << 20


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A data folder on a disk of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    folder = home / "Documents" / "Plainspoken"
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this sandbox allows no mounts")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave_bytes: int) -> Path:
    """Leaves so many bytes free."""
    free = os.statvfs(folder)
    filler = folder / "somebody else's file"
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_bsize - leave_bytes)))
    return filler


def one_full_disk(qapp, qtbot, folder: Path, leave_bytes: int) -> None:
    program = Program(qapp, qtbot, counts_in=False, speaks=False)
    try:
        begin(program)
        filler = fill(folder, leave_bytes)
        program.wait_for(State.DEVICE_LOST, 30)
        assert program.shows("The recording could not be written any further")
        program.press(Qt.Key.Key_N)
        program.wait_for(State.DONE)
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.window.page is program.pages.debrief)
        program.wait(lambda: program.session().is_closed)
        (take,) = program.session().takes
        path = program.store.folder(program.session().id) / take.file
        assert take.frames == take.end_frame == frames_in(path)
        with wave.open(str(path)) as file:
            assert file.getnframes() == take.frames
            assert len(file.readframes(take.frames)) == 2 * take.frames
        filler.unlink()
        program.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
        program.wait(lambda: program.window.page is program.pages.home)
    finally:
        program.close()


def test_a_full_disk_ends_the_take_and_nothing_else(qapp, qtbot, pulse: Pulse, small_disk: Path) -> None:
    one_full_disk(qapp, qtbot, small_disk, 60_000)


def test_after_freeing_some_space_the_take_goes_on(qapp, qtbot, pulse: Pulse, small_disk: Path) -> None:
    program = Program(qapp, qtbot, counts_in=False, speaks=False)
    try:
        begin(program)
        filler = fill(small_disk, 60_000)
        program.wait_for(State.DEVICE_LOST, 30)
        filler.unlink()
        program.press(Qt.Key.Key_Y)
        program.wait_for(State.RECORDING)
        program._qtbot.wait(500)
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.session().takes[0].is_finished)
        take = program.session().takes[0]
        assert len(take.seams) == 1
        assert take.frames == frames_in(program.store.folder(program.session().id) / take.file) > take.seams[0]
    finally:
        program.close()


def test_no_interview_begins_where_less_than_five_minutes_fit(qapp, qtbot, pulse: Pulse, small_disk: Path) -> None:
    program = Program(qapp, qtbot)
    try:
        little = "minutes of recording will fit on the disk"  # 24 MB are under thirty minutes
        program.wait(lambda: program.shows(little))
        fill(small_disk, 4 * BYTES_PER_MINUTE)
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: any("Less than five minutes" in text for text in program.texts(program.window)))
        assert program.window.page is program.pages.home
        assert program.store.sessions() == ()
    finally:
        program.close()


@pytest.mark.prove
@pytest.mark.timeout(1_200)
def test_fifty_full_disks(qapp, qtbot, pulse: Pulse, small_disk: Path) -> None:
    chance = random.Random(50)
    for number in range(50):
        leave = chance.randrange(8_192, 160_000)
        one_full_disk(qapp, qtbot, small_disk, leave)
        print(f"{number + 1:2} of 50: {leave:6} bytes were left; closed, and every frame playable")

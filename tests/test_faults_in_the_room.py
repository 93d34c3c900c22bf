"""What breaks while somebody speaks: one sentence, nothing lost, the session goes on."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from audio.wav import frames_in
from interviewer.interview import State
from interviewer.timing import RATE_HZ
from tests.program import Program
from tests.pulse import Pulse
from tests.test_room import ANSWERS, begin, spoken_seconds

pytestmark = pytest.mark.xdist_group("sound")

Say = Callable[[str], Path]


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False)
    yield running
    running.close()


@pytest.mark.parametrize("fault", ["unplug", "kill", "freeze"])
def test_the_take_goes_on_with_another_microphone(fault: str, program: Program, pulse: Pulse, speech: Say) -> None:
    begin(program)
    said = pulse.speak(speech(ANSWERS["task"]))
    program.wait(lambda: said.poll() is not None)
    program.heartbeat.begin()
    broken = time.monotonic()
    getattr(pulse, fault)()
    program.wait(lambda: program.shows("safe"), 6)
    said_after = time.monotonic() - broken
    program.wait_for(State.DEVICE_LOST, 6)
    stall = program.heartbeat.longest
    print(f"{fault}: said after {said_after:.2f} s, event loop never still for more than {1_000 * stall:.0f} ms")
    assert said_after < 1.5
    assert stall < 0.2
    assert program.shows("The microphone")
    assert program.shows("Everything so far is safe")
    pulse.restart()
    program.press(Qt.Key.Key_Y)
    program.wait_for(State.RECORDING)
    again = pulse.speak(speech(ANSWERS["task"]))
    program.wait(lambda: again.poll() is not None)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.session().takes[0].is_finished and program.session().takes[0].voiced is not None)
    session = program.session()
    (take,) = [take for take in session.takes if take.turn == "situation"]
    path = program.store.folder(session.id) / take.file
    assert take.frames == frames_in(path)
    assert len(take.seams) == 1
    before = [span for span in take.voiced or () if span.end <= take.seams[0]]
    after = [span for span in take.voiced or () if span.start >= take.seams[0]]
    for voiced in (before, after):
        seconds = (voiced[-1].end - voiced[0].start) / RATE_HZ
        assert seconds == pytest.approx(spoken_seconds(speech(ANSWERS["task"])), abs=0.3)


def test_no_microphone_at_the_start_can_be_mended(program: Program, pulse: Pulse) -> None:
    pulse.stop()
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.DEVICE_LOST)
    assert program.shows("microphone")
    pulse.start()
    program.press(Qt.Key.Key_Y)
    program.wait_for(State.READY)


def test_without_any_microphone_one_can_leave_and_nothing_stays_behind(program: Program, pulse: Pulse) -> None:
    pulse.stop()
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.DEVICE_LOST)
    program.press(Qt.Key.Key_N)
    program.wait(lambda: program.window.page is program.pages.home)
    program.wait(lambda: not program.store.sessions())


def test_ending_after_a_lost_microphone_keeps_what_there_is(program: Program, pulse: Pulse, speech: Say) -> None:
    begin(program)
    said = pulse.speak(speech(ANSWERS["task"]))
    program.wait(lambda: said.poll() is not None)
    pulse.kill()
    program.wait_for(State.DEVICE_LOST)
    program.press(Qt.Key.Key_N)
    program.wait_for(State.DONE)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.wait(lambda: bool(program.session().takes[0].voiced))


def test_digital_silence_is_said_within_moments(program: Program) -> None:
    begin(program)
    program.wait(lambda: program.shows("Only digital silence is coming in"), 5)
    assert program.state is State.RECORDING

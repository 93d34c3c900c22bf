"""The whole program killed while it records: at the next start the take is offered, and every sample in it is right.

The microphone hears a ramp that counts the frames, so that loss, repetition and disorder all show.
"""

import os
import random
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from audio.wav import read_take
from interviewer.timing import RATE_HZ
from tests.conftest import ROOT
from tests.program import Program
from tests.pulse import MICROPHONE, Pulse

PRIME = 65_521
"""The ramp begins anew after so many frames: about four seconds."""

TAIL_SECONDS = 0.3


def ramp_at(frames: np.ndarray) -> np.ndarray:
    return (frames % PRIME - PRIME // 2).astype(np.int16)


@pytest.fixture
def ramp(tmp_path: Path) -> Path:
    """A minute of counted frames at the take's own rate."""
    path = tmp_path / "ramp.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(ramp_at(np.arange(60 * RATE_HZ)).tobytes())
    return path


@pytest.fixture
def exact_pulse(pulse: Pulse) -> Pulse:
    pulse.restart(microphone_hz=RATE_HZ)
    return pulse


def killed_while_recording(pulse: Pulse, ramp: Path, after_seconds: float, heard: Path) -> int:
    """Kills the program's whole process group. Returns the ramp's last value that the microphone gave by then."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.record_until_killed"]
    speaker = pulse.speak(ramp)
    with heard.open("wb") as file:
        form = ("--format=s16le", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=10", "--raw")
        witness = subprocess.Popen(["parec", f"--device={MICROPHONE}", *form], stdout=file)
    program = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert program.stdout
    assert program.stdout.readline().strip() == "recording"
    time.sleep(after_seconds)
    os.killpg(program.pid, signal.SIGKILL)
    now = int(np.fromfile(heard, "<i2")[-1])
    program.wait(10)
    program.stdout.close()
    for process in (speaker, witness):
        process.terminate()
        process.wait(10)
    return now


def check_one_kill(qapp, qtbot, pulse: Pulse, ramp: Path, after_seconds: float, heard: Path) -> float:
    """One kill and the next start. Returns the seconds that are missing at the end."""
    now = killed_while_recording(pulse, ramp, after_seconds, heard)
    program = Program(qapp, qtbot)
    try:
        program.wait(lambda: program.shows("A recording was cut off"), 10)
        (session,) = [session for session in program.store.sessions() if not session.takes[0].is_finished]
        keep = [each for each in program.pages.home.findChildren(QPushButton) if each.text().startswith("Keep it")]
        keep[0].setFocus()
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.store.load(session.id).takes[0].recovered)
        take = program.store.load(session.id).takes[0]
        samples = read_take(program.store.folder(session.id) / take.file)
    finally:
        program.close()
    assert len(samples) == take.frames == take.end_frame
    assert take.frames >= (after_seconds - 1.0) * RATE_HZ
    first = int(samples[0]) + PRIME // 2
    assert (samples == ramp_at(first + np.arange(len(samples)))).all(), "a wrong sample"
    return ((now - int(samples[-1])) % PRIME) / RATE_HZ


@pytest.mark.parametrize("after_seconds", [0.6, 1.7])
def test_a_killed_program_loses_no_take(qapp, qtbot, exact_pulse, ramp, tmp_path, after_seconds) -> None:
    assert check_one_kill(qapp, qtbot, exact_pulse, ramp, after_seconds, tmp_path / "heard") <= TAIL_SECONDS


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_twenty_kills_lose_nothing(qapp, qtbot, exact_pulse, ramp, tmp_path) -> None:
    chance = random.Random(20)
    tails = []
    for number in range(20):
        after = chance.uniform(0.3, 3.0)
        tails.append(check_one_kill(qapp, qtbot, exact_pulse, ramp, after, tmp_path / f"heard-{number}"))
        print(f"kill {number + 1:2} after {after:.2f} s of recording: {tails[-1]:.3f} s missing, none wrong")
    print(f"20 of 20 offered; longest tail {max(tails):.3f} s")
    assert max(tails) <= TAIL_SECONDS

"""The ground everything stands on, as measured: PySide6 on this Python, and the sound card the other tests trust."""

import random
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from tests.pulse import MICROPHONE, Pulse

RATE_HZ = 16_000
SECONDS = 5
BLOCK_FRAMES = 512

RECORDER = f"""
import sys, sounddevice
missing = {(SECONDS + 1) * RATE_HZ}
with sounddevice.RawInputStream({RATE_HZ}, {BLOCK_FRAMES}, {MICROPHONE!r}, 1, "int16", "high") as stream:
    stream.read({BLOCK_FRAMES})
    print("listening", file=sys.stderr, flush=True)
    while missing > 0:
        block, overflowed = stream.read({BLOCK_FRAMES})
        assert not overflowed
        sys.stdout.buffer.write(block)
        missing -= {BLOCK_FRAMES}
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost from Python 3.12 on")
def test_qt_gives_back_the_none_it_borrows():
    """PySide6 6.12.0 loses one reference to None a call here, and the program aborts after a second. Hence our pin."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(100):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 50


def test_what_is_spoken_is_what_is_recorded(pulse: Pulse, tmp_path: Path):
    """To the bit, where no rate is converted: so a difference that another test finds is the program's."""
    pulse.restart(microphone_hz=RATE_HZ)
    spoken = random.Random(1).randbytes(2 * SECONDS * RATE_HZ)
    wav = tmp_path / "noise.wav"
    with wave.open(str(wav), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(spoken)
    with subprocess.Popen([sys.executable, "-c", RECORDER], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as recorder:
        assert recorder.stderr
        assert recorder.stderr.readline() == b"listening\n"
        pulse.speak(wav)
        recorded, complaints = recorder.communicate(timeout=30)
    assert complaints == b""
    assert spoken in recorded

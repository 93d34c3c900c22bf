"""Sound files made to hurt: each becomes a take, or is refused in one sentence. Nothing else is left of either.

The decoder's child may do what it likes, as long as this process, which stands for the window's, does not notice.
"""

import io
import random
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from audio.child import child_environment, write_message
from audio.decode import ONE_THREAD, decode, part_of
from audio.wav import frames_in, header
from interviewer.errors import PracticeError

SECONDS = 0.4
KINDS = {"a.wav": ("pcm_s16le", 16_000), "a.flac": ("flac", 48_000), "a.ogg": ("libopus", 48_000)}

SOME, ALL = 60, 300
"""Mutants in each run, and in the long proof: each takes a process of its own."""

LIMIT_SECONDS = 10.0
"""For one tiny file, on a busy machine."""


@pytest.fixture(scope="module")
def sounds(tmp_path_factory) -> dict[str, bytes]:
    """A short noisy tone in each kind of file."""
    folder = tmp_path_factory.mktemp("sounds")
    for name, (codec, rate) in KINDS.items():
        times = np.arange(round(SECONDS * rate)) / rate
        wave = np.sin(2 * np.pi * 300 * times) * 8_000 + np.random.default_rng(1).normal(0, 500, len(times))
        frame = av.AudioFrame.from_ndarray(wave.astype(np.int16)[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        with av.open(str(folder / name), "w") as container:
            stream: Any = container.add_stream(codec, rate=rate, layout="mono")
            resampler = av.AudioResampler("s16", "mono", rate, frame_size=stream.frame_size or 1024)
            for piece in [*resampler.resample(frame), *resampler.resample(None)]:
                container.mux(stream.encode(piece))
            container.mux(stream.encode(None))
    return {name: (folder / name).read_bytes() for name in KINDS}


def mutated(sound: bytes, dice: random.Random) -> bytes:
    """A file with one to six of its bytes, fields or pieces changed; half of the changes hit its first 200 bytes."""
    data = bytearray(sound)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(min(200, len(data)) if dice.random() < 0.5 else len(data))
        end = min(len(data), start + dice.choice((1, 4, 40, 400)))
        match dice.randrange(6):
            case 0:
                data[start] ^= 1 << dice.randrange(8)
            case 1:
                field = dice.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, 0xFFFF, dice.getrandbits(32)))
                data[start : start + 4] = struct.pack(dice.choice("<>") + "I", field)
            case 2:
                del data[start:end]
            case 3:
                data[start:start] = data[start:end] * dice.choice((1, 50))
            case 4:
                data[start:end] = dice.randbytes(end - start)
            case 5:
                del data[dice.randrange(1, len(data) + 1) :]
        if not data:
            break
    return bytes(data)


def wav(form: int, channels: int, rate: int, bits: int, size: int, data: bytes) -> bytes:
    """A WAV file whose header says what it likes."""
    block = channels * bits // 8
    fields = (16, form, channels, rate, rate * block & 0xFFFFFFFF, block & 0xFFFF, bits, b"data", size)
    return struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + size & 0xFFFFFFFF, b"WAVEfmt ", *fields) + data


HOSTILE = {
    "nothing but a header": header(0),
    "four gigabytes promised": wav(1, 1, 16_000, 16, 0xFFFFFFF0, bytes(2_000)),
    "no channel": wav(1, 0, 16_000, 16, 2_000, bytes(2_000)),
    "65,535 channels": wav(1, 65_535, 16_000, 16, 2_000, bytes(200_000)),
    "no rate": wav(1, 1, 0, 16, 2_000, bytes(2_000)),
    "one sample a second": wav(1, 1, 1, 16, 20_000, bytes(20_000)),
    "two thousand million samples a second": wav(1, 1, 0x7FFFFFFF, 16, 2_000, bytes(2_000)),
    "no bits": wav(1, 1, 16_000, 0, 2_000, bytes(2_000)),
    "a format nobody knows": wav(0xBEEF, 1, 16_000, 16, 2_000, bytes(2_000)),
    "floats that are no numbers": wav(3, 1, 16_000, 32, 8_000, struct.pack("<f", float("nan")) * 2_000),
    "an endless chunk before the sound": b"RIFF\xff\xff\xff\xffWAVELIST\xff\xff\xff\xff" + bytes(1_000),
    "a playlist": b"#EXTM3U\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n",
    "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "a page": b"<html><script>alert(1)</script></html>" * 20,
    "a program": b"\x7fELF" + bytes(500),
}

NAMES = (
    "two\nlines.wav",
    "-y.wav",
    "take%03d.wav",
    "concat:a|b.wav",
    "\x1b[31m.wav",
    "\u202evaw.wav",
    "'; rm -rf ~.wav",
)


def assert_harmless(folder: Path, content: bytes, name: str) -> bool:
    """Decodes a file; whether it became a take. Fails when anything but a take or a sentence comes of it."""
    source, target = folder / name, folder / "take.wav"
    source.write_bytes(content)
    start = time.monotonic()
    try:
        frames = decode(source, target).frames
    except PracticeError as error:
        answer, frames = str(error), 0
        shown = name if name.isprintable() else repr(name)[1:-1]
        assert answer.startswith(f"{shown} could not be read as sound: ")
        assert answer.endswith(".")
        assert answer.isprintable()
        if answer.endswith("the decoder stopped."):
            assert "Traceback" not in complaint(source, folder / "again.wav")
    assert time.monotonic() - start < LIMIT_SECONDS
    assert source.read_bytes() == content
    left = sorted(path.name for path in folder.iterdir())
    assert left == sorted([name, "take.wav"] if frames else [name])
    if frames:
        assert frames == frames_in(target)
        assert target.read_bytes()[:44] == header(frames)
        target.unlink()
    source.unlink()
    return bool(frames)


def complaint(source: Path, target: Path) -> str:
    """What the child says on its way down."""
    order = io.BytesIO()
    part = part_of(target)
    write_message(order, {"source": str(source), "part": str(part)})
    command = [sys.executable, "-m", "audio.decode_child"]
    environment = child_environment(ONE_THREAD)
    done = subprocess.run(command, input=order.getvalue(), capture_output=True, env=environment, check=False)
    part.unlink(missing_ok=True)
    return done.stderr.decode(errors="replace")


def try_mutants(folder: Path, sounds: dict[str, bytes], seeds: Sequence[int]) -> None:
    taken = 0
    for seed in seeds:
        name = list(sounds)[seed % len(sounds)]
        try:
            taken += assert_harmless(folder, mutated(sounds[name], random.Random(seed)), name)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
    assert len(seeds) * 0.1 < taken < len(seeds) * 0.95  # neither too tame nor too wild to prove anything


def test_sounds_that_are_whole_become_takes(tmp_path, sounds):
    for name, sound in sounds.items():
        assert assert_harmless(tmp_path, sound, name)


@pytest.mark.timeout(300)
def test_mutated_sounds_are_harmless(tmp_path, sounds):
    try_mutants(tmp_path, sounds, range(SOME))


@pytest.mark.prove
@pytest.mark.timeout(1_200)
def test_many_mutated_sounds_are_harmless(tmp_path, sounds):
    try_mutants(tmp_path, sounds, range(ALL))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sound_made_to_hurt_is_harmless(tmp_path, name):
    assert_harmless(tmp_path, HOSTILE[name], "hostile.wav")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_made_to_hurt_is_harmless(tmp_path, sounds, name):
    assert assert_harmless(tmp_path, sounds["a.wav"], name)
    assert not assert_harmless(tmp_path, b"no sound", name)


def test_a_small_file_that_lasts_for_hours_is_refused(tmp_path):
    """It is decoded up to the limit of three hours, and its part of a take goes."""
    assert not assert_harmless(tmp_path, wav(1, 1, 1, 16, 100_000, bytes(100_000)), "long.wav")

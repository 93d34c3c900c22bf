"""Sound files of other programs become takes, and what is no sound becomes one sentence."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil
import pytest

from audio.decode import decode
from audio.wav import read_take
from interviewer.errors import PracticeError
from interviewer.timing import RATE_HZ

TONE_HZ = 440
SECONDS = 2.0
KINDS = {
    "a.wav": ("pcm_s24le", 44_100, "s32", "stereo"),
    "a.flac": ("flac", 48_000, "s16", "mono"),
    "a.m4a": ("aac", 44_100, "fltp", "stereo"),
    "a.mp3": ("libmp3lame", 44_100, "s16p", "mono"),
    "a.ogg": ("libopus", 48_000, "s16", "mono"),
}


def tone(path: Path, codec: str, rate: int, form: str, layout: str) -> Path:
    """Two seconds of 440 Hz at a third of full scale."""
    wave = np.sin(2 * np.pi * TONE_HZ * np.arange(round(SECONDS * rate)) / rate) * 32767 / 3
    frame = av.AudioFrame.from_ndarray(wave.astype(np.int16)[None, :], format="s16", layout="mono")
    frame.sample_rate = rate
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(format=form, layout=layout, rate=rate, frame_size=stream.frame_size or 1024)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def flac(tmp_path_factory) -> Path:
    return tone(tmp_path_factory.mktemp("tone") / "a.flac", *KINDS["a.flac"])


@pytest.mark.parametrize("name", KINDS)
def test_a_sound_file_becomes_a_take(tmp_path, name):
    source = tone(tmp_path / name, *KINDS[name])
    target = tmp_path / "take of it.wav"
    frames = decode(source, target).frames
    samples = read_take(target)
    assert len(samples) == frames
    assert frames == pytest.approx(SECONDS * RATE_HZ, abs=0.1 * RATE_HZ)
    strengths = np.abs(np.fft.rfft(samples))
    assert strengths.argmax() * RATE_HZ / frames == pytest.approx(TONE_HZ, abs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name, "take of it.wav"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.mp3", b"hello " * 1000),
        ("empty.wav", b""),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:5,\na.flac\n#EXT-X-ENDLIST\n"),
        ("joined.mp3", b"ffconcat version 1.0\nfile 'a.flac'\n"),
        ("noise.m4a", os.urandom(5000)),
    ],
)
def test_what_is_no_sound_is_said_in_one_sentence(tmp_path, flac, name, content):
    (tmp_path / "a.flac").write_bytes(flac.read_bytes())
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PracticeError, match=f"^{name} could not be read as sound: [^.]*\\.$"):
        decode(tmp_path / name, tmp_path / "take.wav")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.flac", name])


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(PracticeError, match=r"gone\.wav could not be read: there is no such file"):
        decode(tmp_path / "gone.wav", tmp_path / "take.wav")
    with pytest.raises(PracticeError, match="is a folder, not a file"):
        decode(tmp_path, tmp_path / "take.wav")


def test_a_place_that_takes_no_file_is_said(tmp_path, flac):
    with pytest.raises(PracticeError, match="could not be written"):
        decode(flac, tmp_path / "nowhere" / "take.wav")


def test_a_file_that_was_cut_off_gives_what_there_is(tmp_path, flac):
    (tmp_path / "half.flac").write_bytes(flac.read_bytes()[: flac.stat().st_size // 2])
    decoded = decode(tmp_path / "half.flac", tmp_path / "take.wav")
    assert 0.5 * RATE_HZ < decoded.frames < 1.5 * RATE_HZ
    assert decoded.notices == ("half.flac: It breaks off at 0:01 of 0:02.",)


def test_a_failure_leaves_the_take_that_was_there(tmp_path, flac):
    frames = decode(flac, tmp_path / "take.wav").frames
    (tmp_path / "text.mp3").write_text("hello")
    with pytest.raises(PracticeError):
        decode(tmp_path / "text.mp3", tmp_path / "take.wav")
    assert len(read_take(tmp_path / "take.wav")) == frames


def test_three_hours_are_the_limit(tmp_path):
    with av.open(str(tmp_path / "long.flac"), "w") as container:
        stream: Any = container.add_stream("flac", rate=8000, layout="mono")
        stream.codec_context.options = {"frame_size": "65535"}
        silence = np.zeros((1, 65_535), np.int16)
        for number in range(round(3.01 * 3600 * 8000 / 65_535)):
            frame = av.AudioFrame.from_ndarray(silence, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 8000, number * 65_535
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(PracticeError, match="longer than three hours"):
        decode(tmp_path / "long.flac", tmp_path / "take.wav")


@pytest.fixture
def hung_decoder() -> Callable[[], None]:
    """Stops the decoder as a disk does that never answers: called while a file is being decoded by another thread."""

    def hang() -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for child in psutil.Process().children():
                if "audio.decode_child" in child.cmdline():
                    os.kill(child.pid, signal.SIGSTOP)
                    return
        pytest.fail("no decoder was started")

    return hang


def decoding(source: Path, target: Path, cancelled: threading.Event) -> tuple[threading.Thread, list[str]]:
    """A file that is being decoded, and in the end what was said of it."""
    said: list[str] = []

    def work() -> None:
        try:
            said.append(str(decode(source, target, cancelled)))
        except PracticeError as error:
            said.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    return thread, said


def test_a_file_from_which_nothing_comes_is_given_up(tmp_path, flac, hung_decoder):
    (tmp_path / "here").mkdir()
    thread, said = decoding(flac, tmp_path / "here" / "take.wav", threading.Event())
    hung_decoder()
    begun = time.monotonic()
    thread.join(30)
    assert said == ["a.flac could not be read as sound: nothing came from it for 10 seconds."]
    assert 9 < time.monotonic() - begun < 15
    assert not list((tmp_path / "here").iterdir())


def test_reading_can_be_stopped_at_any_time(tmp_path, flac, hung_decoder):
    (tmp_path / "here").mkdir()
    cancelled = threading.Event()
    thread, said = decoding(flac, tmp_path / "here" / "take.wav", cancelled)
    hung_decoder()
    begun = time.monotonic()
    cancelled.set()
    thread.join(10)
    assert said == ["a.flac was not taken in: reading it was stopped."]
    assert time.monotonic() - begun < 3
    assert not list((tmp_path / "here").iterdir())


def test_what_is_no_file_is_refused_before_it_is_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    begun = time.monotonic()
    for path in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(PracticeError, match=r"^\S+ is a (pipe|device), not a file\. Choose a file\.$"):
            decode(path, tmp_path / "take.wav")
    assert time.monotonic() - begun < 8

"""The sound card on a real (virtual) device: exact recording and playing, and every way in which devices fail."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.sound_card import SoundCard, refusal_text
from audio.sound_events import (
    DevicesListed,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    Playing,
    TakeEnded,
    TakeStarted,
)
from audio.wav import frames_in, read_take, write_take
from interviewer.timing import RATE_HZ
from tests.pulse import MICROPHONE, SPEAKER_HZ, Pulse


class Heard:
    """A sound card and what it has said."""

    def __init__(self, module: str = "audio.sound_child", asks_early: bool = False) -> None:
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.all: list[Any] = []
        self.card = SoundCard(self._events.put, module)
        if asks_early:
            self.card.list_devices()
            self.card.open(MICROPHONE)
        self.card.start()

    def until(self, kind: type, seconds: float = 10, where: Callable[[Any], bool] = lambda event: True) -> Any:
        """The next event of a kind; fails after some seconds."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                event = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"no {kind.__name__} within {seconds} s; there were {self.all[-5:]}")
            if not isinstance(event, Level | Playing):
                self.all.append(event)
            if isinstance(event, kind) and where(event):
                return event


@pytest.fixture
def heard(pulse: Pulse) -> Iterator[Heard]:
    running = Heard()
    yield running
    running.card.stop()


def open_and_record(heard: Heard, path: Path) -> None:
    heard.card.open(MICROPHONE)
    heard.until(MicrophoneOpened)
    heard.until(Level, where=lambda level: level.age_seconds is not None)
    heard.card.record(path)
    heard.until(TakeStarted)


def test_devices_are_listed_and_one_is_opened_by_name(heard: Heard) -> None:
    heard.card.list_devices()
    assert MICROPHONE in heard.until(DevicesListed).inputs
    heard.card.open(MICROPHONE)
    assert heard.until(MicrophoneOpened).device == MICROPHONE


def test_what_was_ordered_before_the_start_is_done(pulse: Pulse) -> None:
    heard = Heard(asks_early=True)
    try:
        assert MICROPHONE in heard.until(DevicesListed).inputs
        assert heard.until(MicrophoneOpened).device == MICROPHONE
    finally:
        heard.card.stop()


def test_a_take_goes_on_a_quarter_second_after_the_stop(heard: Heard, tmp_path: Path) -> None:
    open_and_record(heard, tmp_path / "take.wav")
    heard.until(Level, where=lambda level: level.take_frames > RATE_HZ)
    heard.card.finish()
    ended = heard.until(TakeEnded)
    assert ended.frames == frames_in(tmp_path / "take.wav")
    assert 0.25 <= (ended.frames - ended.end_frame) / RATE_HZ <= 0.35


def test_the_next_take_begins_while_the_tail_of_the_last_is_written(heard: Heard, tmp_path: Path) -> None:
    open_and_record(heard, tmp_path / "one.wav")
    heard.card.finish()
    heard.card.record(tmp_path / "two.wav")
    assert heard.until(TakeEnded).path.name == "one.wav"
    assert heard.until(TakeStarted).path.name == "two.wav"


def test_the_level_follows_the_voice_and_digital_silence_is_told(heard: Heard, pulse: Pulse, speech) -> None:
    heard.card.open(MICROPHONE)
    quiet = heard.until(Level, where=lambda level: level.zeros_seconds >= 3.0)
    assert quiet.dbfs == -120
    pulse.speak(speech("I noticed a drop rate."))
    loud = heard.until(Level, where=lambda level: level.dbfs > -30)
    assert loud.zeros_seconds == 0


@pytest.mark.parametrize(("start", "end", "seconds"), [(0, None, 2.0), (RATE_HZ, RATE_HZ + 8_000, 0.5)])
def test_a_take_is_played_whole_and_in_part(heard: Heard, pulse: Pulse, tmp_path: Path, start, end, seconds) -> None:
    tone = (np.sin(np.arange(2 * RATE_HZ) * 2 * np.pi * 440 / RATE_HZ) * 12_000).astype(np.int16)
    write_take(tmp_path / "tone.wav", tone)
    spoken = pulse.capture(tmp_path / "speaker.raw")
    play_id = heard.card.play(tmp_path / "tone.wav", start, end)
    frame = heard.until(Playing, where=lambda event: event.frame > start + 1_000).frame
    assert frame <= (end or len(tone))
    assert heard.until(Played).id == play_id
    time.sleep(0.3)  # what was played is on its way to the file
    spoken.terminate()
    samples = np.fromfile(tmp_path / "speaker.raw", "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 1_000)
    assert (loud[-1] - loud[0]) / SPEAKER_HZ == pytest.approx(seconds, abs=0.02)


def test_what_cannot_be_played_is_said(heard: Heard, tmp_path: Path) -> None:
    play_id = heard.card.play(tmp_path / "nothing.wav")
    played = heard.until(Played)
    assert played.id == play_id
    assert played.problem


@pytest.mark.parametrize("fault", ["unplug", "kill"])
def test_a_vanished_microphone_is_told_and_the_take_is_safe(fault: str, heard: Heard, pulse: Pulse, tmp_path) -> None:
    open_and_record(heard, tmp_path / "take.wav")
    heard.until(Level, where=lambda level: level.take_frames > RATE_HZ // 2)
    begun = time.monotonic()
    getattr(pulse, fault)()
    heard.until(MicrophoneLost, 5)
    assert time.monotonic() - begun < 1.5
    heard.card.finish()
    ended = heard.until(TakeEnded)
    assert ended.frames >= RATE_HZ // 2
    assert len(read_take(tmp_path / "take.wav")) == ended.frames


def test_a_hung_server_is_noticed_and_the_take_goes_on_with_the_next_device(heard, pulse: Pulse, tmp_path) -> None:
    open_and_record(heard, tmp_path / "take.wav")
    heard.until(Level, where=lambda level: level.take_frames > RATE_HZ // 2)
    begun = time.monotonic()
    pulse.freeze()
    heard.until(Level, 5, where=lambda level: level.is_stalled)
    assert time.monotonic() - begun < 1.5
    heard.until(MicrophoneLost, 8)
    ended = heard.until(TakeEnded, 5)
    assert ended.frames == frames_in(tmp_path / "take.wav") >= RATE_HZ // 2
    pulse.restart()
    open_and_record(heard, tmp_path / "take.wav")
    heard.until(Level, where=lambda level: level.take_frames > ended.frames + RATE_HZ // 2)
    heard.card.finish()
    assert heard.until(TakeEnded).frames > ended.frames + RATE_HZ // 2


def test_no_sound_server_gets_one_clear_sentence(heard: Heard, pulse: Pulse) -> None:
    pulse.stop()
    heard.card.open(None)
    assert "microphone" in heard.until(MicrophoneRefused).text
    heard.card.open("a microphone that is not there")
    assert heard.until(MicrophoneRefused).text


def test_every_playing_has_one_end(heard: Heard, tmp_path: Path) -> None:
    """Also one in whose place another is played, and one that is stopped."""
    write_take(tmp_path / "still.wav", np.zeros(2 * RATE_HZ, np.int16))
    first, second, third = (heard.card.play(tmp_path / "still.wav", end=end) for end in (None, None, RATE_HZ // 4))
    ends = [heard.until(Played) for _ in range(3)]
    assert [(end.id, end.is_cut_off) for end in ends] == [(first, True), (second, True), (third, False)]
    fourth = heard.card.play(tmp_path / "still.wav")
    heard.until(Playing, where=lambda event: event.id == fourth)
    heard.card.hush()
    end = heard.until(Played)
    assert (end.id, end.is_cut_off) == (fourth, True)
    time.sleep(0.5)
    heard.card.play(tmp_path / "nothing.wav")
    assert heard.until(Played).problem


def test_a_missing_portaudio_names_the_package() -> None:
    heard = Heard("tests.fakes_without_portaudio")
    try:
        heard.card.open(None)
        assert "libportaudio2" in heard.until(MicrophoneRefused).text
        heard.card.list_devices()
        assert heard.until(DevicesListed).inputs == ()
    finally:
        heard.card.stop()


def test_a_refusal_says_what_to_do() -> None:
    assert "libasound2-plugins" in refusal_text("no_device", "")
    assert "Device unavailable" in refusal_text("device", "Device unavailable")


def test_every_take_that_was_ordered_has_an_end(heard: Heard, tmp_path: Path) -> None:
    """Also the second of two on each other's heels when the child dies, and one that cannot be written at all."""
    heard.card.open(MICROPHONE)
    heard.until(Level, where=lambda level: level.age_seconds is not None)
    first, second, nowhere = tmp_path / "a-1.wav", tmp_path / "a-2.wav", tmp_path / "missing" / "a-3.wav"
    heard.card.record(first)
    heard.until(TakeStarted)
    heard.card.finish()
    heard.card.record(second)
    heard.until(TakeEnded, where=lambda end: end.path == first)
    heard.until(TakeStarted)
    child = heard.card._child
    assert child
    child.kill()
    assert heard.until(TakeEnded).path == second
    heard.card.open(MICROPHONE)
    heard.until(Level, where=lambda level: level.age_seconds is not None)
    heard.card.record(nowhere)
    end = heard.until(TakeEnded)
    assert (end.path, end.end_frame, end.frames) == (nowhere, 0, 0)

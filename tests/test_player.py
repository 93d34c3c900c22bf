"""Playing as it is heard: pitch at every speed, the cursor beside the sound, loops, volume. On a real sound card."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.sound.lease import Lease
from app.sound.player import Player
from app.state.bridge import Bridge
from audio.decode import decode
from audio.sound import Samples
from audio.sound_card import SoundCard
from audio.tempo import stretched
from audio.wav import read_take, write_take
from interviewer.timeline import Piece, Timeline
from interviewer.timing import RATE_HZ, Span
from tests.near import assert_near
from tests.pulse import SPEAKER_HZ, Pulse

pytestmark = pytest.mark.xdist_group("sound")

LOW_HZ, HZ_A_SECOND = 300.0, 200.0
"""A tone that rises: its pitch says which moment of the take is heard."""


class Desk:
    """A player on a real sound card, without a window."""

    def __init__(self, qtbot, folder: Path) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.bridge = Bridge()
        self.sound = SoundCard(self.bridge.post)
        lease = Lease(self.sound)
        self.player = Player(lease)
        self.bridge.arrived.connect(lease.dispatch)
        self.sound.start()

    def load(self, *takes: Samples) -> None:
        pieces, start = [], 0
        for number, samples in enumerate(takes):
            write_take(self.folder / f"{number}.wav", samples)
            pieces.append(Piece(str(number), Span(0, len(samples)), start))
            start += len(samples)
        self.player.load(Timeline(tuple(pieces)), lambda take: self.folder / f"{take}.wav")

    def rest(self, seconds: float) -> None:
        self._qtbot.wait(round(1000 * seconds))

    def wait(self, until, seconds: float = 15) -> None:
        self._qtbot.waitUntil(until, timeout=round(1000 * seconds))


@pytest.fixture
def desk(qapp, qtbot, pulse: Pulse, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.player.stop()
    made.sound.stop()
    made.bridge.close()


def tone(hz: float, seconds: float) -> Samples:
    return (9000 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)).astype(np.int16)


def rising(seconds: float) -> Samples:
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (9000 * np.sin(2 * np.pi * (LOW_HZ * at + HZ_A_SECOND / 2 * at * at))).astype(np.int16)


def heard(path: Path) -> Samples:
    return np.fromfile(path, "<i2")


def loudest_hz(wave: Samples) -> float:
    if len(wave) < 512 or not wave.any():
        return 0.0
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 16))
    return float(power.argmax() * SPEAKER_HZ / (1 << 16))


def pitches(wave: Samples, rate_hz: int) -> dict[float, float]:
    """Hz by second, where there is a voice: autocorrelation between 70 and 300 Hz."""
    size, found = round(0.04 * rate_hz), {}
    loud = np.abs(wave.astype(np.float64)).max() * 0.1
    for start in range(0, len(wave) - 2 * size, size // 8):
        piece = wave[start : start + 2 * size].astype(np.float64)
        if np.abs(piece).mean() < loud:
            continue
        match = np.correlate(piece - piece.mean(), (piece - piece.mean())[:size], "valid")
        low, high = rate_hz // 300, rate_hz // 70
        lag = low + int(match[low:high].argmax())
        if match[lag] > 0.7 * match[0] and low < lag < high - 1:
            before, here, after = match[lag - 1 : lag + 2]
            found[start / rate_hz] = rate_hz / (lag + 0.5 * (before - after) / (before - 2 * here + after))
    return found


def pitch_ratio(slow: dict[float, float], fast: dict[float, float], rate: float) -> float:
    """How much higher the faster voice is, at the same places of what is said."""
    times = np.array(sorted(slow))
    ratios = []
    for at, hz in fast.items():
        nearest = float(times[np.abs(times - at * rate).argmin()])
        if abs(nearest - at * rate) < 0.02:
            ratios.append(hz / slow[nearest])
    assert len(ratios) > 40
    return float(np.median(ratios))


@pytest.mark.parametrize("rate", [0.75, 1.25, 1.5, 2.0])
def test_the_pitch_of_a_voice_stays_and_the_length_does_not(speech, tmp_path: Path, rate: float) -> None:
    decode(speech("I pulled the delivery logs and traced the failure to the retry logic myself."), tmp_path / "a.wav")
    take = read_take(tmp_path / "a.wav")
    faster = stretched(take, rate)
    assert len(faster) == round(len(take) / rate)
    assert pitch_ratio(pitches(take, RATE_HZ), pitches(faster, RATE_HZ), rate) == pytest.approx(1.0, rel=0.02)
    assert len(stretched(take[:0], rate)) == 0


def test_at_one_and_a_half_the_loudspeaker_keeps_the_pitch(desk: Desk, pulse: Pulse, speech, tmp_path: Path) -> None:
    decode(speech("I wrote a fix and added an alert, and I shared the design with their lead."), tmp_path / "a.wav")
    voice = read_take(tmp_path / "a.wav")
    voice = voice[np.flatnonzero(np.abs(voice) > 300)[0] : np.flatnonzero(np.abs(voice) > 300)[-1]]
    for name, take in (("tone", tone(220.0, 3.0)), ("voice", voice)):
        captured = tmp_path / f"{name}.raw"
        listening = pulse.capture(captured)
        desk.rest(0.3)
        desk.load(take)
        desk.player.set_speed(1.5)
        desk.player.play(0)
        desk.wait(lambda: not desk.player.is_playing)
        listening.terminate()
        listening.wait(5)
        sound = heard(captured)
        loud = np.flatnonzero(np.abs(sound) > 300)
        assert (loud[-1] - loud[0]) / SPEAKER_HZ == pytest.approx(len(take) / RATE_HZ / 1.5, abs=0.1)
        inside = sound[loud[0] : loud[-1]]
        if name == "tone":
            ratio = loudest_hz(inside[SPEAKER_HZ // 2 :]) / 220.0
        else:
            ratio = pitch_ratio(pitches(take, RATE_HZ), pitches(inside, SPEAKER_HZ), 1.5)
        print(f"{name}: at 1.5x its pitch is {100 * (ratio - 1):+.2f} % off")
        assert ratio == pytest.approx(1.0, rel=0.02)


@pytest.mark.parametrize("speed", [1.0, 1.5])
def test_the_cursor_is_where_the_sound_is(desk: Desk, pulse: Pulse, tmp_path: Path, speed: float) -> None:
    captured = tmp_path / "heard.raw"
    listening = pulse.capture(captured)
    desk.load(rising(14.0))
    desk.player.set_speed(speed)
    desk.player.play(0)
    apart = []
    desk.wait(lambda: desk.player.position > 1.5 * RATE_HZ)
    for _ in range(5):
        desk.rest(0.9)
        size = captured.stat().st_size // 2
        last = heard(captured)[size - SPEAKER_HZ // 25 : size]
        moment = (loudest_hz(last) - LOW_HZ) / HZ_A_SECOND - 0.02 * speed
        apart.append((desk.player.position / RATE_HZ - moment) / speed)
    listening.terminate()
    listening.wait(5)
    print(f"at {speed:g}x the cursor is ahead by", " ".join(f"{1000 * each:.0f}" for each in apart), "ms")
    assert_near(apart, 0.1)


def test_it_goes_on_from_take_to_take_and_back_a_second(desk: Desk) -> None:
    desk.load(tone(300, 0.8), tone(400, 2.0))
    desk.player.toggle()
    desk.wait(lambda: desk.player.position > 1.6 * RATE_HZ)
    desk.player.toggle()
    stopped = desk.player.position
    assert not desk.player.is_playing
    desk.rest(0.2)
    assert desk.player.position == stopped
    desk.player.toggle()
    assert desk.player.position == stopped - RATE_HZ
    desk.wait(lambda: not desk.player.is_playing)
    assert desk.player.position == round(2.8 * RATE_HZ)
    desk.player.toggle()
    assert desk.player.position == 0


def test_a_loop_begins_again_until_it_is_left(desk: Desk) -> None:
    desk.load(tone(300, 5.0))
    desk.player.loop = Span(RATE_HZ, 2 * RATE_HZ)
    seen: list[int] = []
    desk.player.moved.connect(seen.append)
    desk.player.toggle()

    def rounds() -> int:
        return sum(after < before - RATE_HZ // 2 for before, after in pairwise(seen))

    desk.wait(lambda: rounds() >= 2)
    assert min(seen) >= RATE_HZ
    assert max(seen) <= 2 * RATE_HZ
    desk.player.seek(3 * RATE_HZ)
    assert desk.player.loop is None
    desk.wait(lambda: not desk.player.is_playing)
    assert desk.player.position == 5 * RATE_HZ


def test_half_as_loud_is_half_as_loud_and_stays_so_for_a_new_child(desk: Desk, pulse: Pulse, tmp_path: Path) -> None:
    desk.sound.set_volume(0.5)
    desk.load(tone(300, 1.5))
    captured = tmp_path / "heard.raw"
    listening = pulse.capture(captured)
    desk.rest(0.3)
    for _ in range(2):
        desk.player.play(0)
        desk.wait(lambda: not desk.player.is_playing)
        assert desk.sound._child
        desk.sound._child.kill()
        desk.rest(1.5)
    listening.terminate()
    listening.wait(5)
    assert np.abs(heard(captured)).max() == pytest.approx(4500, rel=0.05)


def test_what_cannot_be_played_says_so(desk: Desk) -> None:
    said: list[str] = []
    desk.player.problem.connect(said.append)
    desk.load(tone(300, 1.0))
    (desk.folder / "0.wav").unlink()
    desk.player.play(0)
    desk.wait(lambda: bool(said))
    assert not desk.player.is_playing

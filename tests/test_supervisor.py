"""Children that cannot live: how often they are started, what the person is told, and that they come back."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any

import numpy as np
import psutil
import pytest

from audio.recogniser import BROKEN, ModelRefused, Recogniser, Recovered, TakeHeard
from audio.sound_card import FAILED, RETURNED, SoundCard
from audio.sound_events import MicrophoneOpened, MicrophoneRefused, Played, SoundNews, TakeEnded
from audio.supervisor import LONGEST_SECONDS, BackOff, Supervisor
from audio.voice import Voice
from audio.wav import write_take
from interviewer.timing import RATE_HZ
from tests.program import Program
from tests.pulse import MICROPHONE, Pulse

DYING = "tests.fakes_dying_child"


class Patient:
    """The folder of a child that dies while it is broken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "broken").touch()

    @property
    def starts(self) -> list[float]:
        return sorted(int(path.name.removeprefix("start-")) / 1e9 for path in self._folder.glob("start-*"))

    def heal(self) -> None:
        (self._folder / "broken").unlink()

    def until(self, starts: int) -> None:
        end = time.monotonic() + 20
        while len(self.starts) < starts:
            assert time.monotonic() < end
            time.sleep(0.01)


@pytest.fixture
def sick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Patient]:
    def child(module: str) -> Patient:
        monkeypatch.setenv("DYING_FOLDER", str(tmp_path / module))
        monkeypatch.setenv("DYING_AS", module)
        return Patient(tmp_path / module)

    return child


class Told:
    """What one of the parents' ends has said."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.all: list[Any] = []

    def until(self, kind: type | UnionType, seconds: float = 20) -> Any:
        end = time.monotonic() + seconds
        while True:
            event = self.queue.get(timeout=max(0.0, end - time.monotonic()))
            self.all.append(event)
            if isinstance(event, kind):
                return event

    def of(self, kind: type) -> list[Any]:
        while not self.queue.empty():
            self.all.append(self.queue.get())
        return [event for event in self.all if isinstance(event, kind)]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def card(told: Told) -> Iterator[SoundCard]:
    card = SoundCard(told.queue.put, DYING)
    yield card
    card.stop()


@pytest.fixture
def recogniser(told: Told) -> Iterator[Recogniser]:
    recogniser = Recogniser(told.queue.put, DYING)
    yield recogniser
    recogniser.stop()


def test_each_failure_doubles_the_rest_up_to_a_bound() -> None:
    back_off = BackOff()
    rests = []
    for _ in range(2_000):
        back_off.failed()
        rests.append(back_off.rest_seconds)
    assert rests[:8] == pytest.approx([0.25, 0.5, 1, 2, 4, 8, 16, 30], abs=0.01)
    assert max(rests) <= LONGEST_SECONDS
    back_off.works()
    assert back_off.rest_seconds == 0
    back_off.failed()
    assert back_off.rest_seconds == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("kind", ["sound", "recogniser", "voice"])
def test_a_child_that_dies_at_once_is_started_six_times_in_five_seconds_at_most(
    kind: str, sick: Callable[[str], Patient], tmp_path: Path, told: Told
) -> None:
    patient = sick(f"audio.{kind}_child")
    begun = time.monotonic()
    if kind == "voice":
        voice = Voice(tmp_path / "cache", tmp_path / "voices", 160, told.queue.put, DYING)
        while time.monotonic() < begun + 5:
            voice.say("One, two, three.")
            assert told.until(object).problem
        voice.stop()
    else:
        end = SoundCard(told.queue.put, DYING) if kind == "sound" else Recogniser(told.queue.put, DYING)
        end.start()
        time.sleep(5)
        end.stop()
    assert 4 <= len(patient.starts) <= 6
    gaps = [later - earlier for earlier, later in pairwise(patient.starts)]
    assert all(later > earlier for earlier, later in pairwise(gaps[:4]))
    if kind == "sound":
        assert told.of(SoundNews) == [SoundNews(False, FAILED)]
    if kind == "recogniser":
        assert told.of(ModelRefused) == [ModelRefused(BROKEN)]


def test_whoever_wants_sound_meanwhile_is_answered(sick: Callable[[str], Patient], card: SoundCard, told: Told) -> None:
    sick("audio.sound_child")
    card.start()
    told.until(SoundNews)
    begun = time.monotonic()
    card.open(None)
    play_id = card.play(Path("sentence.wav"))
    card.record(Path("take.wav"))
    assert told.until(MicrophoneRefused).text == FAILED
    assert told.until(TakeEnded) == TakeEnded(Path("take.wav"), 0, 0)
    assert told.until(Played) == Played(play_id, FAILED)
    assert time.monotonic() - begun < 1.5


def test_a_wish_starts_a_healed_sound_child_at_once(
    sick: Callable[[str], Patient], card: SoundCard, told: Told, pulse: Pulse
) -> None:
    patient = sick("audio.sound_child")
    card.start()
    patient.until(starts=5)  # and now it rests for four seconds
    patient.heal()
    begun = time.monotonic()
    card.open(MICROPHONE)
    while isinstance(told.until(MicrophoneOpened | MicrophoneRefused), MicrophoneRefused):
        card.open(MICROPHONE)  # the last of the dying had got the order
    assert time.monotonic() - begun < 2.5
    assert told.of(SoundNews) == [SoundNews(False, FAILED)]
    assert told.until(SoundNews) == SoundNews(True, RETURNED)


def test_no_storm_of_wishes_makes_a_storm_of_starts(sick: Callable[[str], Patient], card: SoundCard) -> None:
    patient = sick("audio.sound_child")
    card.start()
    end = time.monotonic() + 2
    while time.monotonic() < end:
        card.open(None)
        time.sleep(0.005)
    assert len(patient.starts) <= 2 / 0.25 + 1


def test_a_healed_recogniser_comes_back_by_itself_and_with_its_model(
    sick: Callable[[str], Patient], recogniser: Recogniser, told: Told, tmp_path: Path
) -> None:
    patient = sick("tests.fakes_recogniser_child")
    write_take(tmp_path / "well.wav", np.zeros(RATE_HZ, np.int16))
    recogniser.start()
    recogniser.use_model(tmp_path / "model")
    recogniser.hear("first", tmp_path / "well.wav", [])
    assert told.until(TakeHeard).problem == BROKEN
    patient.heal()
    assert told.until(Recovered)
    assert "ModelLoaded" in [type(event).__name__ for event in told.all]
    recogniser.hear("second", tmp_path / "well.wav", [])
    assert told.until(TakeHeard).transcript.text == "word0 word1 word2"
    assert len(told.of(Recovered)) == 1


def test_a_program_that_cannot_be_started_at_all_is_a_failure_like_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "gone"))
    ended: queue.SimpleQueue[float] = queue.SimpleQueue()
    supervisor = Supervisor(
        "tests.any", lambda child: None, lambda message: None, lambda: ended.put(time.monotonic()), lambda: None
    )
    supervisor.start()
    first, second = ended.get(timeout=5), ended.get(timeout=5)
    supervisor.stop()
    assert second - first == pytest.approx(0.25, abs=0.2)


def test_the_window_says_what_does_not_work_and_when_it_does_again(qapp, qtbot, pulse: Pulse) -> None:
    program = Program(qapp, qtbot)

    def is_told() -> bool:
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess):  # or it is just ending
                if "audio.sound_child" in child.cmdline():
                    child.kill()
        return any(FAILED in text for text in program.texts(program.window))

    try:
        program.wait(is_told)
        program.wait(lambda: any(RETURNED in text for text in program.texts(program.window)))
    finally:
        program.close()

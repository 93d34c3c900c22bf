"""Who has the sound card: events of the microphone, ends of takes, playings and sentences each reach one, and the right
one. No sound and no window."""

from pathlib import Path

import pytest

from app.sound.lease import TAKEN, Lease
from app.sound.saying import Saying
from audio.sound_events import (
    DevicesListed,
    DiskRefused,
    Level,
    MicrophoneEvent,
    MicrophoneLost,
    MicrophoneOpened,
    Played,
    Playing,
    SoundNews,
    SourceKnown,
    TakeEnded,
    TakeStarted,
)
from audio.voice import Said
from tests.fakes_children import FakeCard, FakeVoice, Mail


class Page:
    """Has the microphone, and keeps what it is told."""

    def __init__(self, name: str, lease: Lease) -> None:
        self.name = name
        self._lease = lease
        self.heard: list[MicrophoneEvent] = []
        self.takes: list[TakeStarted | TakeEnded] = []
        self.playings: list[Playing | Played] = []

    def hear(self, event: MicrophoneEvent) -> None:
        self.heard.append(event)

    def open(self) -> None:
        self._lease.open(self, self.name)

    def record(self, path: Path) -> None:
        self._lease.record(path, self.takes.append)

    def play(self) -> int:
        return self._lease.play(Path(f"{self.name}.wav"), on=self.playings.append)


class Desk:
    """A lease of a fake card, and two pages."""

    def __init__(self) -> None:
        self._mail = Mail()
        self.card = FakeCard(self._mail.post)
        self.lease = Lease(self.card)
        self.one, self.other = Page("one", self.lease), Page("other", self.lease)

    def deliver(self) -> None:
        self._mail.deliver(self.lease.dispatch)  # type: ignore[arg-type]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_only_the_holder_hears_the_microphone(desk: Desk) -> None:
    assert not desk.lease.is_held
    desk.one.open()
    desk.card.hear(0.1)
    desk.deliver()
    assert desk.lease.is_held
    assert [type(event) for event in desk.one.heard] == [MicrophoneOpened, Level]
    assert desk.other.heard == []


@pytest.mark.parametrize(
    "event",
    [
        Level(-30.0, -20.0, 0.0, 0.1, 0),
        MicrophoneOpened("one"),
        MicrophoneLost("It went away."),
        SourceKnown("one"),
        DiskRefused("It is full."),
        SoundNews(True, "It works again."),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_comes_when_nobody_has_it_concerns_nobody(desk: Desk, event: MicrophoneEvent) -> None:
    desk.one.open()
    desk.deliver()
    desk.one.heard.clear()
    desk.lease.dispatch(event)
    desk.lease.dispatch(DevicesListed(("one",)))
    assert desk.one.heard == [event]
    desk.lease.close(desk.one)
    desk.lease.dispatch(event)
    assert desk.one.heard == [event]
    assert not desk.lease.is_held


def test_whoever_had_it_is_told_when_another_takes_it(desk: Desk, tmp_path: Path) -> None:
    """As if the microphone had been lost, so that a take under way is closed."""
    desk.one.open()
    desk.one.record(tmp_path / "one.wav")
    desk.card.hear(1.0)
    desk.deliver()
    desk.other.open()
    assert desk.one.heard[-1] == MicrophoneLost(TAKEN)
    desk.lease.finish(tmp_path / "one.wav")
    desk.card.hear(0.5)
    desk.deliver()
    assert [type(event) for event in desk.other.heard] == [MicrophoneOpened, Level]
    assert [type(event) for event in desk.one.takes] == [TakeStarted, TakeEnded]
    assert desk.other.takes == []


def test_a_late_close_leaves_the_next_holder_alone(desk: Desk) -> None:
    desk.one.open()
    desk.other.open()
    desk.lease.close(desk.one)
    desk.lease.ask_source(desk.one)
    desk.deliver()
    desk.other.heard.clear()
    desk.card.hear(0.1)
    desk.deliver()
    assert [type(event) for event in desk.other.heard] == [Level]


def test_to_open_another_device_is_no_loss(desk: Desk) -> None:
    desk.one.open()
    desk.one.open()
    desk.deliver()
    assert [type(event) for event in desk.one.heard] == [MicrophoneOpened, MicrophoneOpened]


def test_the_end_of_a_take_comes_to_who_began_it_also_on_another_page(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "first.wav", tmp_path / "second.wav"
    desk.one.open()
    desk.one.record(first)
    desk.card.hear(1.0)
    desk.lease.finish(first)
    desk.lease.close(desk.one)  # its page is left before any of this was delivered
    desk.other.open()
    desk.other.record(second)
    desk.card.hear(2.0)
    desk.deliver()
    assert [event.path for event in desk.one.takes] == [first, first]
    assert [event.path for event in desk.other.takes] == [second]
    desk.lease.finish(second)
    desk.deliver()
    end = desk.other.takes[-1]
    assert isinstance(end, TakeEnded)
    assert end.end_frame == 32_000
    desk.lease.dispatch(TakeEnded(first, 1, 1))  # one that is told twice
    assert len(desk.one.takes) == 2


def test_a_late_finish_ends_only_its_own_take(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "first.wav", tmp_path / "second.wav"
    desk.one.open()
    desk.one.record(first)
    desk.card.hear(1.0)
    desk.one.record(second)  # ends the first
    desk.lease.finish(first)
    desk.card.hear(1.0)
    desk.deliver()
    assert [(type(event), event.path.stem) for event in desk.one.takes] == [
        (TakeStarted, "first"),
        (TakeEnded, "first"),
        (TakeStarted, "second"),
    ]


def test_a_take_that_goes_on_in_its_file_ends_twice(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    for _ in range(2):
        desk.one.open()
        desk.one.record(path)
        desk.card.hear(1.0)
        desk.lease.finish(path)
        desk.deliver()
    assert [type(event) for event in desk.one.takes] == 2 * [TakeStarted, TakeEnded]


def test_a_playing_ends_for_who_began_it(desk: Desk) -> None:
    first = desk.one.play()
    desk.card.end_playing()
    second = desk.other.play()  # before the first end was delivered: it comes late, and to the right one
    desk.lease.dispatch(Playing(second, 100))
    desk.deliver()
    assert desk.one.playings == [Played(first)]
    assert desk.other.playings == [Playing(second, 100)]
    desk.card.end_playing()
    desk.deliver()
    desk.lease.dispatch(Playing(second, 200))
    assert desk.other.playings == [Playing(second, 100), Played(second)]


def test_a_playing_that_is_cut_off_ends_too(desk: Desk) -> None:
    first, second = desk.one.play(), desk.other.play()
    desk.lease.hush()
    desk.deliver()
    assert desk.one.playings == [Played(first, is_cut_off=True)]
    assert desk.other.playings == [Played(second, is_cut_off=True)]


def test_what_nobody_waits_for_is_played_all_the_same(desk: Desk) -> None:
    desk.lease.play(Path("sample.wav"))
    desk.card.end_playing()
    desk.deliver()
    assert desk.card.played == [Path("sample.wav")]


def test_the_same_sentence_asked_by_two_is_answered_twice_each_to_its_own() -> None:
    mail = Mail()
    saying = Saying(FakeVoice(mail.post))
    one: list[Said] = []
    other: list[Said] = []
    saying.say("Why?")  # made ahead: nobody waits for it
    asked = [saying.say("Why?", one.append), saying.say("Why?", other.append)]
    mail.deliver(saying.dispatch)  # type: ignore[arg-type]
    assert [said.id for said in one] == asked[:1]
    assert [said.id for said in other] == asked[1:]
    saying.dispatch(one[0])
    assert len(one) == 1

"""A whole interview by keys, in the room's own page, over sound, voice and recogniser that are handed in: fakes, with
which three minutes of speech are a moment, and the real children, so that both obey one protocol."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.look.keys import Keys
from app.look.theme import chosen_theme
from app.screens.room.conductor import Conductor
from app.screens.room.page import RoomPage
from app.screens.room.script import Script
from app.sound.hearing import Hearing, Recognising
from app.sound.lease import Card, Lease
from app.sound.saying import Saying, Speaker
from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.new_session import new_session
from app.state.settings import Settings
from audio.heard import Heard
from audio.recogniser import Recogniser
from audio.sound_card import SoundCard
from audio.voice import Said, Voice
from audio.wav import frames_in
from interviewer.disk.store import Store
from interviewer.interview import State
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.timing import RATE_HZ, Mark
from tests.fakes_children import FakeCard, FakeRecogniser, FakeVoice, Post


class Fakes:
    """Children in memory: what is said is heard at once."""

    spoken_seconds, most_seconds = 20.0, 1.0
    """How long each answer is at least, and how long all of it may take, in processor time."""

    def __init__(self, post: Post) -> None:
        self._card = FakeCard(post)
        self.card: Card = self._card
        self.voice: Speaker = FakeVoice(post)
        self.recogniser: Recognising = FakeRecogniser(post)

    def tick(self) -> None:
        self._card.hear(0.0)

    def speak(self) -> None:
        self._card.hear(self.spoken_seconds)

    def end_prompt(self) -> None:
        self._card.end_playing()

    def lose_microphone(self) -> None:
        self._card.lose()

    def stop(self) -> None:
        pass


class Children:
    """The real ones, at a microphone into which nobody speaks."""

    spoken_seconds, most_seconds = 0.3, 30.0

    def __init__(self, post: Post, folder: Path) -> None:
        self._card, self._recogniser = SoundCard(post), Recogniser(post)
        self._voice = Voice(folder / "cache", folder / "voices", 450, post)
        self.card: Card = self._card
        self.voice: Speaker = self._voice
        self.recogniser: Recognising = self._recogniser
        self._card.start()
        self._recogniser.start()

    def tick(self) -> None:
        pass

    def speak(self) -> None:
        QTest.qWait(round(1_000 * self.spoken_seconds))

    def end_prompt(self) -> None:
        """It ends by itself."""

    def lose_microphone(self) -> None:
        raise NotImplementedError("test_faults_in_the_room does that")

    def stop(self) -> None:
        self._card.stop()
        self._recogniser.stop()
        self._voice.stop()


class Room:
    """The page and its conductor, with a session on the disk and no window around them."""

    def __init__(self, qtbot, folder: Path, pattern: Pattern, children: Fakes | Children, bridge: Bridge) -> None:
        self.children, self._bridge = children, bridge
        self.store = Store(folder / "data")
        self._disk = Disk(bridge, lambda text, about: self.faults.append(text))
        self.faults: list[str] = []
        self._archive = Archive(self.store, Store(folder / "private"), self._disk)
        self._lease, self._saying = Lease(children.card), Saying(children.voice)
        self._hearing = Hearing(children.recogniser, self._archive)
        self.conductor = Conductor(self._lease, self._saying, self._archive, self._hearing)
        self.page = RoomPage(chosen_theme("light"), Keys())
        qtbot.addWidget(self.page)
        self.debriefs = 0
        self._connect()
        self.page.show()
        settings = Settings(counts_in=False)
        session = new_session(self._archive.new_id(False), pattern, Level.SDE2, settings)
        self._session_id = session.id
        self._archive.add(session)
        self.conductor.begin(session, Script(pattern, session, 0, ()), 0, settings)

    def _connect(self) -> None:
        page, conductor = self.page, self.conductor
        self._bridge.arrived.connect(self._dispatch)
        page.pressed.connect(conductor.press)
        page.bookmark_wished.connect(conductor.bookmark)
        page.debrief_wished.connect(self._wish_debrief)
        page.try_again_wished.connect(conductor.try_again)
        page.leave_chosen.connect(conductor.leave)
        conductor.facts_changed.connect(page.show_facts)
        conductor.clock_changed.connect(page.show_clock)

    def _dispatch(self, event: object) -> None:
        if isinstance(event, Heard):
            self._hearing.dispatch(event)
        elif isinstance(event, Said):
            self._saying.dispatch(event)
        else:
            self._lease.dispatch(event)  # type: ignore[arg-type]

    def _wish_debrief(self) -> None:
        self.debriefs += 1

    @property
    def state(self) -> State:
        facts = self.page._facts
        assert facts
        return facts.state

    @property
    def turn(self) -> str:
        facts = self.page._facts
        assert facts
        return facts.turn.key

    @property
    def session(self) -> Session:
        return self._archive.get(self._session_id)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page, key)

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end, (self.state, self.turn, self.faults)
            self.children.tick()
            QTest.qWait(1)

    def wait_for(self, state: State) -> None:
        self.wait(lambda: self.state is state)

    def hear_prompt(self) -> None:
        """Listens until the question has been asked."""
        self.wait_for(State.ASKING)
        while self.state is State.ASKING:
            self.children.end_prompt()
            QTest.qWait(1)

    def close(self) -> None:
        self.conductor.close()
        self.children.stop()
        self._disk.close()
        self._bridge.close()


@pytest.fixture
def room(request: pytest.FixtureRequest, qapp, qtbot, tmp_path: Path, earn_trust: Pattern) -> Iterator[Room]:
    bridge = Bridge()
    if request.param is Children:
        request.getfixturevalue("pulse")
    children = Fakes(bridge.post) if request.param is Fakes else Children(bridge.post, tmp_path)
    made = Room(qtbot, tmp_path, earn_trust, children, bridge)
    yield made
    made.close()


def answer(room: Room, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Skips the voice, speaks, and ends the answer with a key."""
    room.wait_for(State.ASKING)
    room.press(Qt.Key.Key_Space)
    record(room, key)


def record(room: Room, key: Qt.Key) -> None:
    room.wait_for(State.RECORDING)
    room.children.speak()
    room.wait(lambda: room.page._elapsed >= room.children.spoken_seconds)
    room.press(key)


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(Fakes, id="fakes"),
        pytest.param(Children, id="children", marks=pytest.mark.xdist_group("sound")),
    ],
    indirect=True,
)
def test_a_whole_interview_by_keys(room: Room, earn_trust: Pattern) -> None:
    begun = time.process_time()
    assert room.state is State.READY
    room.press(Qt.Key.Key_Space)
    room.hear_prompt()
    record(room, Qt.Key.Key_B)
    room.press(Qt.Key.Key_Space)
    answer(room, Qt.Key.Key_R)  # the Task is told twice
    record(room, Qt.Key.Key_Space)
    for _ in range(3):
        answer(room)
    room.wait_for(State.ASKING)
    declined = room.turn
    room.press(Qt.Key.Key_S)
    room.wait_for(State.DECLINED)
    room.press(Qt.Key.Key_Space)
    probes = []
    for _ in earn_trust.probes[1:]:
        room.wait_for(State.ASKING)
        probes.append(room.turn)
        answer(room)
    room.wait_for(State.DONE)
    assert room.debriefs == 0
    room.press(Qt.Key.Key_Return)
    assert room.debriefs == 1
    room.wait(lambda: room.conductor._is_over and all(take.voiced is not None for take in room.session.takes))
    spent = time.process_time() - begun
    print(f"{spent:.2f} s of processor time")
    assert spent < room.children.most_seconds

    session = room.session
    sections = [section.value for section in Section]
    assert [take.turn for take in session.takes] == [*sections[:2], *sections[1:], *probes]
    assert session.declined == (declined,)
    assert {declined, *probes} == {probe.id for probe in earn_trust.probes}
    assert session.is_closed
    for take in session.takes:
        path = room.store.folder(session.id) / take.file
        assert take.marks == ((Mark(0, Section(take.turn)),) if take.turn in sections else ())
        assert take.frames == frames_in(path) >= (take.end_frame or 0) >= 0.9 * room.children.spoken_seconds * RATE_HZ
        assert take.seams == ()
    assert [len(take.bookmarks) for take in session.takes] == [1] + [0] * (len(session.takes) - 1)
    latest = session.latest("task")
    assert latest
    assert latest.id == "task-2"
    room.wait(lambda: room.store.load(session.id) == session)
    assert room.faults == []


@pytest.mark.parametrize("room", [pytest.param(Fakes, id="fakes")], indirect=True)
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_take_that_was_cut_off_goes_on_or_stays_as_it_is(room: Room, goes_on: bool) -> None:
    room.press(Qt.Key.Key_Space)
    room.wait_for(State.ASKING)
    room.press(Qt.Key.Key_Space)
    room.wait_for(State.RECORDING)
    room.children.speak()
    room.children.lose_microphone()
    room.wait_for(State.DEVICE_LOST)
    room.wait(lambda: bool(room.session.takes[0].end_frame))
    (before,) = room.session.takes
    room.press(Qt.Key.Key_Y)
    while room.state is not State.ARMED:
        QTest.qWait(1)  # nothing comes in yet
    if goes_on:
        record(room, Qt.Key.Key_Escape)
    else:
        room.press(Qt.Key.Key_Escape)
    room.wait_for(State.LEAVING)
    room.page._keep.click()
    room.wait(lambda: room.conductor._is_over)
    (take,) = room.session.takes
    if goes_on:
        assert take.seams == (before.frames,)
        assert take.frames > before.frames
    else:
        assert take.seams == ()
        assert take.frames == before.frames
    assert take.is_finished

"""The drill's machine: every path a person can take through it, and no other."""

import random

import pytest

from interviewer.interview import ImpossibleMove
from interviewer.practice.drill_machine import DrillMachine, Event, State


def ready() -> DrillMachine:
    machine = DrillMachine()
    machine.handle(Event.ENTER)
    machine.handle(Event.SOUND_CAME)
    return machine


def recording() -> DrillMachine:
    machine = ready()
    machine.handle(Event.BEGIN)
    machine.handle(Event.STARTED)
    return machine


def test_an_attempt_from_the_door_to_the_next() -> None:
    machine = DrillMachine()
    assert machine.handle(Event.ENTER) is State.OPENING
    assert not machine.allows(Event.BEGIN)
    assert machine.handle(Event.SOUND_CAME) is State.READY
    assert machine.handle(Event.BEGIN) is State.ARMED
    assert machine.is_recording
    assert machine.handle(Event.STARTED) is State.RECORDING
    assert machine.handle(Event.STOP) is State.READY
    assert not machine.is_recording
    assert machine.handle(Event.LEAVE) is State.CLOSED


def test_a_microphone_that_stalls_is_known_after_the_stop() -> None:
    machine = recording()
    assert machine.handle(Event.SOUND_STALLED) is State.RECORDING
    assert machine.handle(Event.STOP) is State.OPENING
    assert machine.handle(Event.SOUND_CAME) is State.READY


@pytest.mark.parametrize("event", [Event.STOP, Event.LEAVE, Event.MICROPHONE_LOST])
def test_what_ends_a_recording(event: Event) -> None:
    machine = recording()
    machine.handle(event)
    assert not machine.is_recording


def test_a_lost_microphone_is_opened_again_only_when_the_person_says_so() -> None:
    machine = recording()
    assert machine.handle(Event.MICROPHONE_LOST) is State.NO_MICROPHONE
    assert not machine.allows(Event.SOUND_CAME)
    assert not machine.allows(Event.BEGIN)
    assert machine.handle(Event.REOPEN) is State.OPENING
    assert machine.handle(Event.SOUND_CAME) is State.READY


def test_again_while_the_take_before_is_being_closed_begins_once_it_is_closed() -> None:
    machine = recording()
    machine.handle(Event.STOP)
    machine.handle(Event.CHOOSE)
    assert machine.handle(Event.BEGIN_LATER) is State.WAITING
    assert not machine.is_recording
    assert machine.handle(Event.TAKES_CLOSED) is State.ARMED


@pytest.mark.parametrize("event", [Event.STOP, Event.CHOOSE])
def test_what_is_to_begin_later_can_be_given_up(event: Event) -> None:
    machine = ready()
    machine.handle(Event.BEGIN_LATER)
    assert machine.handle(event) is State.READY
    assert not machine.allows(Event.TAKES_CLOSED)


def test_what_is_to_begin_later_begins_with_sound_or_not_at_all() -> None:
    machine = ready()
    machine.handle(Event.BEGIN_LATER)
    assert machine.handle(Event.SOUND_STALLED) is State.WAITING
    assert machine.handle(Event.TAKES_CLOSED) is State.OPENING


def test_no_other_subject_while_one_is_being_said() -> None:
    machine = ready()
    assert machine.handle(Event.CHOOSE) is State.READY
    machine.handle(Event.BEGIN)
    assert not machine.allows(Event.CHOOSE)
    machine.handle(Event.STARTED)
    assert not machine.allows(Event.CHOOSE)


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.ENTER])
def test_an_impossible_move_raises_and_changes_nothing(event: Event) -> None:
    machine = DrillMachine()
    with pytest.raises(ImpossibleMove):
        machine.handle(event)
    assert machine.state is State.CLOSED


WEIGHTS = [1 if event in (Event.LEAVE, Event.MICROPHONE_LOST) else 8 for event in Event]


class World:
    """What goes on around the machine in a random walk: a microphone that comes and goes, takes that close late."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.machine = DrillMachine()
        self.has_microphone = self.has_sound = False
        self.begun = self.closing = self.ended = 0
        self.seen: set[State] = set()

    def step(self) -> None:
        """One event, with what the driver does about it; an impossible one raises and changes nothing."""
        machine, before = self.machine, self.machine.state
        if self.closing and self._chance.random() < 0.1:
            self.closing, self.ended = self.closing - 1, self.ended + 1
            event = Event.TAKES_CLOSED
            if self.closing or not machine.allows(event):
                return
        else:
            event = self._chance.choices(list(Event), WEIGHTS)[0]
        if (event is Event.BEGIN_LATER and not self.closing) or (event is Event.TAKES_CLOSED and self.closing):
            return  # the driver does not tell what is not so
        if not machine.allows(event):
            with pytest.raises(ImpossibleMove):
                machine.handle(event)
            assert machine.state is before
            return
        state = machine.handle(event)
        self.seen.add(state)
        if event in (Event.ENTER, Event.REOPEN):
            self.has_microphone, self.has_sound = True, False
        elif event in (Event.LEAVE, Event.MICROPHONE_LOST):
            self.has_microphone = self.has_sound = False
        elif event in (Event.SOUND_CAME, Event.SOUND_STALLED):
            self.has_sound = event is Event.SOUND_CAME
        self.begun += event is Event.STARTED
        self.closing += before is State.RECORDING and state is not State.RECORDING
        self._look(before, event, state)

    def _look(self, before: State, event: Event, state: State) -> None:
        """What must be so, whatever happens."""
        machine = self.machine
        assert self.has_microphone or not machine.is_recording, "it records without a microphone"
        assert self.has_microphone is (state not in (State.CLOSED, State.NO_MICROPHONE))
        assert (state is State.RECORDING) + self.closing + self.ended == self.begun, "a take that began has no end"
        assert self.has_sound or state is not State.READY
        if state is State.ARMED and before is not State.ARMED:
            assert event in (Event.BEGIN, Event.TAKES_CLOSED)
            assert self.has_sound, "it begins while nothing comes in"
        if state is State.RECORDING and before is not State.RECORDING:
            assert event is Event.STARTED
        if state is State.WAITING:
            assert self.closing, "it waits for nothing"


def walk(seed: int) -> World:
    world = World(random.Random(seed))
    for _ in range(400):
        world.step()
    return world


@pytest.mark.parametrize("seed", range(50))
def test_any_random_walk_stays_whole(seed: int) -> None:
    machine = walk(seed).machine
    if machine.allows(Event.LEAVE):
        machine.handle(Event.LEAVE)
    assert not machine.is_recording


def test_the_walks_get_everywhere() -> None:
    assert set.union(*(walk(seed).seen for seed in range(20))) == set(State)

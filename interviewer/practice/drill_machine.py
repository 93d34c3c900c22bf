"""The drill as a small Moore machine: its state says what should be going on, `handle` is the only way to move.

It records nothing and reads no clock. Whoever drives it makes the state true and reports what happened.
"""

from enum import Enum

from interviewer.interview import ImpossibleMove


class State(Enum):
    """What should be going on."""

    CLOSED = "closed"
    OPENING = "opening"
    """The microphone is being opened, or has stalled."""
    NO_MICROPHONE = "no_microphone"
    READY = "ready"
    WAITING = "waiting"
    """The next attempt begins by itself, once the takes before are closed."""
    ARMED = "armed"
    RECORDING = "recording"


class Event(Enum):
    """What the person did, or what came to pass."""

    ENTER = "enter"
    LEAVE = "leave"
    CHOOSE = "choose"
    """Another subject."""
    REOPEN = "reopen"
    """Tries a microphone again."""
    SOUND_CAME = "sound_came"
    SOUND_STALLED = "sound_stalled"
    MICROPHONE_LOST = "microphone_lost"
    BEGIN = "begin"
    BEGIN_LATER = "begin_later"
    """Begins, but takes of another session are still being closed."""
    TAKES_CLOSED = "takes_closed"
    STARTED = "started"
    """The first block of the take is on disk."""
    STOP = "stop"
    """The person stops, or nothing more can be written."""


class DrillMachine:
    """One sitting after the other at a microphone. Used by one thread."""

    def __init__(self) -> None:
        self.state = State.CLOSED
        self._has_sound = False
        """Sound comes in, whatever else is going on."""

    @property
    def is_recording(self) -> bool:
        """An attempt is being recorded, or about to be."""
        return self.state in (State.ARMED, State.RECORDING)

    def allows(self, event: Event) -> bool:
        """Whether `handle(event)` has a meaning now."""
        return self._target(event) is not None

    def handle(self, event: Event) -> State:
        """Moves and returns the new state. Raises ImpossibleMove when the event has no meaning here."""
        target = self._target(event)
        if target is None:
            raise ImpossibleMove(f"{event.value} while {self.state.value}")
        if event in _SOUND:
            self._has_sound = _SOUND[event]
        self.state = target
        return target

    def _target(self, event: Event) -> State | None:
        if (self.state, event) in _BACK:
            return State.READY if self._has_sound else State.OPENING
        if (self.state, event) == (State.WAITING, Event.TAKES_CLOSED):
            return State.ARMED if self._has_sound else State.OPENING
        return _MOVES.get((self.state, event))


_SOUND = {
    Event.ENTER: False,
    Event.REOPEN: False,
    Event.SOUND_CAME: True,
    Event.SOUND_STALLED: False,
    Event.MICROPHONE_LOST: False,
}

_OPEN = tuple(state for state in State if state is not State.CLOSED)
_UNDERWAY = (State.WAITING, State.ARMED, State.RECORDING)

_BACK = {(State.WAITING, Event.CHOOSE), *((state, Event.STOP) for state in _UNDERWAY)}
"""Moves to what the microphone is ready for."""

_MOVES: dict[tuple[State, Event], State] = {
    (State.CLOSED, Event.ENTER): State.OPENING,
    (State.NO_MICROPHONE, Event.REOPEN): State.OPENING,
    (State.OPENING, Event.SOUND_CAME): State.READY,
    (State.READY, Event.SOUND_STALLED): State.OPENING,
    (State.READY, Event.BEGIN): State.ARMED,
    (State.READY, Event.BEGIN_LATER): State.WAITING,
    (State.ARMED, Event.STARTED): State.RECORDING,
    **{(state, Event.CHOOSE): state for state in (State.OPENING, State.NO_MICROPHONE, State.READY)},
    **{(state, event): state for state in _UNDERWAY for event in (Event.SOUND_CAME, Event.SOUND_STALLED)},
    **{(state, Event.MICROPHONE_LOST): State.NO_MICROPHONE for state in _OPEN},
    **{(state, Event.LEAVE): State.CLOSED for state in _OPEN},
}

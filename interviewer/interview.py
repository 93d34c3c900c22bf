"""The interview as a small Moore machine: its state says what should be going on, `handle` is the only way to move.

It plays no sound and reads no clock. Whoever drives it makes the state true and reports what happened.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from interviewer.pattern import GapProbe, Pattern, Section
from interviewer.session import Session

GAP_PROBE_SECONDS = 45.0
"""The ceiling of a follow-up for which the pattern names none (product.md A2-8)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the interviewer asks: a section's prompt or a probe. `key` is the section's name or the probe's id."""

    key: str
    section: Section | None
    prompt: str
    target_seconds: float

    @property
    def is_probe(self) -> bool:
        return self.section is None


def guided_turns(pattern: Pattern, targets: Mapping[Section, float], seed: int) -> tuple[Turn, ...]:
    """The guided interview: five section prompts in turn, then the pattern's probes in an order drawn from `seed`.

    The first prompt opens with one of the pattern's main questions, drawn from the same seed.
    """
    chance = random.Random(seed)
    opening = chance.choice(pattern.main_prompts)
    probes = list(pattern.probes)
    chance.shuffle(probes)
    turns = []
    for section in Section:
        prompt = pattern.sections[section].prompt
        if section is Section.SITUATION:
            prompt = f"{opening} {prompt}"
        turns.append(Turn(section.value, section, prompt, targets[section]))
    turns.extend(Turn(probe.id, None, probe.text, probe.ceiling_seconds) for probe in probes)
    return tuple(turns)


def turns_of(pattern: Pattern, session: Session) -> tuple[Turn, ...]:
    """All turns of a session: the guided ones, then the gap probes that its answer has invited so far."""
    gaps = tuple(gap_turn(probe) for probe in pattern.gap_probes if probe.id in session.gap_probes)
    return guided_turns(pattern, session.targets, session.seed) + gaps


def gap_turn(probe: GapProbe) -> Turn:
    return Turn(probe.id, None, probe.text, GAP_PROBE_SECONDS)


class State(Enum):
    """What should be going on."""

    READY = "ready"
    ASKING = "asking"
    THINKING = "thinking"
    ARMED = "armed"
    RECORDING = "recording"
    DECLINED = "declined"
    DEVICE_LOST = "device_lost"
    LEAVING = "leaving"
    DONE = "done"


class Event(Enum):
    """What the person did, or what came to pass."""

    BEGIN = "begin"
    PASS = "pass"
    """The main key: skip the voice, start now, next part."""
    FINISH = "finish"
    """The whole answer, or this probe's answer, is finished."""
    REDO = "redo"
    REPEAT = "repeat"
    DECLINE = "decline"
    MOVE_ON = "move_on"
    PROMPT_ENDED = "prompt_ended"
    THINK_ENDED = "think_ended"
    STARTED = "started"
    """The first block of the take is on disk."""
    DEVICE_LOST = "device_lost"
    DEVICE_FOUND = "device_found"
    LEAVE = "leave"
    STAY = "stay"
    STOP = "stop"
    """End here: what was recorded is kept."""


class ImpossibleMove(Exception):
    """The event has no meaning in the present state: a bug in whoever drives the machine."""


class Interview:
    """One run over a list of turns. Used by one thread."""

    def __init__(self, turns: Sequence[Turn], think_seconds: int = 0, first: int = 0) -> None:
        self.turns = tuple(turns)
        self.think_seconds = think_seconds
        self.index = first
        self.state = State.READY if first < len(self.turns) else State.DONE
        self._resumes = State.READY

    @property
    def turn(self) -> Turn:
        """The turn being asked or answered; the last one when all is done."""
        return self.turns[min(self.index, len(self.turns) - 1)]

    @property
    def is_listening(self) -> bool:
        """A take is being recorded, also while the person is asked whether to leave."""
        return self.state is State.RECORDING or (self.state is State.LEAVING and self._resumes is State.RECORDING)

    @property
    def is_at_last(self) -> bool:
        """The last turn there is so far is being asked or answered."""
        return self.index == len(self.turns) - 1

    def extend(self, turns: Sequence[Turn]) -> None:
        """Asks more after the last turn. Has an effect only before that one is over."""
        self.turns = (*self.turns, *turns)

    def allows(self, event: Event) -> bool:
        """Whether `handle(event)` would move."""
        return self._target(event) is not None

    def handle(self, event: Event) -> State:
        """Moves and returns the new state. Raises ImpossibleMove when the event has no meaning here."""
        target = self._target(event)
        if target is None:
            raise ImpossibleMove(f"{event.value} while {self.state.value}")
        if event in (Event.DEVICE_LOST, Event.LEAVE):
            self._resumes = self.state
        if target is State.ASKING and event not in (Event.BEGIN, Event.REPEAT, Event.STAY, Event.DEVICE_FOUND):
            self.index = self._next_index(event)
        self.state = target if self.index < len(self.turns) else State.DONE
        return self.state

    def _next_index(self, event: Event) -> int:
        if event is Event.FINISH and not self.turn.is_probe:
            return next((i for i, turn in enumerate(self.turns) if turn.is_probe), len(self.turns))
        return self.index + 1

    def _target(self, event: Event) -> State | None:
        if event is Event.DECLINE and not self.turn.is_probe:
            return None
        if event is Event.STAY or event is Event.DEVICE_FOUND:
            return self._back(event)
        return _MOVES.get((self.state, event)) or self._after_prompt(event)

    def _after_prompt(self, event: Event) -> State | None:
        if self.state is State.ASKING and event in (Event.PROMPT_ENDED, Event.PASS):
            return State.THINKING if self.think_seconds else State.ARMED
        return None

    def _back(self, event: Event) -> State | None:
        """After an interruption. A take that was cut off by the device is armed again and goes on in its file."""
        if event is Event.STAY and self.state is State.LEAVING:
            return self._resumes
        if event is Event.DEVICE_FOUND and self.state is State.DEVICE_LOST:
            return State.ARMED if self._resumes is State.RECORDING else self._resumes
        return None


_UNDERWAY = (State.ASKING, State.THINKING, State.ARMED, State.RECORDING)

_MOVES: dict[tuple[State, Event], State] = {
    (State.READY, Event.BEGIN): State.ASKING,
    (State.THINKING, Event.PASS): State.ARMED,
    (State.THINKING, Event.THINK_ENDED): State.ARMED,
    (State.ARMED, Event.STARTED): State.RECORDING,
    (State.RECORDING, Event.PASS): State.ASKING,
    (State.RECORDING, Event.FINISH): State.ASKING,
    (State.RECORDING, Event.REDO): State.ARMED,
    (State.DECLINED, Event.MOVE_ON): State.ASKING,
    (State.DECLINED, Event.PASS): State.ASKING,
    (State.DEVICE_LOST, Event.STOP): State.DONE,
    (State.LEAVING, Event.STOP): State.DONE,
    (State.READY, Event.LEAVE): State.LEAVING,
    (State.DECLINED, Event.LEAVE): State.LEAVING,
    **{(state, Event.LEAVE): State.LEAVING for state in _UNDERWAY},
    **{(state, Event.DEVICE_LOST): State.DEVICE_LOST for state in (State.READY, State.DECLINED, *_UNDERWAY)},
    **{(state, Event.DECLINE): State.DECLINED for state in _UNDERWAY},
    **{(state, Event.REPEAT): State.ASKING for state in (State.ASKING, State.THINKING, State.ARMED)},
}

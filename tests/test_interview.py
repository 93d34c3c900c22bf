"""The interview's machine: every path a person can take through it, and no other."""

import random

import pytest

from interviewer.interview import Event, ImpossibleMove, Interview, State, Turn, guided_turns
from interviewer.level import Level
from interviewer.pattern import Pattern, Section


def turns(probes: int = 2) -> list[Turn]:
    sections = [Turn(section.value, section, f"{section.title}?", 20.0) for section in Section]
    return sections + [Turn(f"probe-{number}", None, "And?", 45.0) for number in range(probes)]


def answer(interview: Interview, event: Event = Event.PASS) -> State:
    interview.handle(Event.PROMPT_ENDED)
    interview.handle(Event.STARTED)
    return interview.handle(event)


def begun(**options: int) -> Interview:
    interview = Interview(turns(), **options)
    interview.handle(Event.BEGIN)
    return interview


def test_a_whole_interview_asks_every_turn_once_and_ends() -> None:
    interview = begun()
    asked = []
    while interview.state is not State.DONE:
        asked.append(interview.turn.key)
        answer(interview)
    assert asked == ["situation", "task", "action", "result", "reflection", "probe-0", "probe-1"]


def test_recording_begins_only_when_the_first_block_is_there() -> None:
    interview = begun()
    assert interview.handle(Event.PROMPT_ENDED) is State.ARMED
    assert not interview.is_listening
    assert interview.handle(Event.STARTED) is State.RECORDING
    assert interview.is_listening


def test_think_time_comes_between_the_question_and_the_recording() -> None:
    interview = begun(think_seconds=10)
    assert interview.handle(Event.PROMPT_ENDED) is State.THINKING
    assert interview.handle(Event.THINK_ENDED) is State.ARMED


def test_finish_goes_straight_to_the_follow_ups() -> None:
    interview = begun()
    answer(interview, Event.FINISH)
    assert interview.turn.key == "probe-0"


def test_finish_ends_the_interview_where_there_are_no_follow_ups() -> None:
    interview = Interview(turns(probes=0))
    interview.handle(Event.BEGIN)
    assert answer(interview, Event.FINISH) is State.DONE


def test_redo_records_the_same_turn_again() -> None:
    interview = begun()
    answer(interview, Event.REDO)
    assert (interview.state, interview.turn.key) == (State.ARMED, "situation")


def test_a_section_cannot_be_declined_but_a_follow_up_is_closed_for_good() -> None:
    interview = begun()
    assert not interview.allows(Event.DECLINE)
    answer(interview, Event.FINISH)
    assert interview.handle(Event.DECLINE) is State.DECLINED
    assert interview.handle(Event.MOVE_ON) is State.ASKING
    assert interview.turn.key == "probe-1"


def test_leaving_is_a_question_and_the_recording_goes_on_meanwhile() -> None:
    interview = begun()
    interview.handle(Event.PROMPT_ENDED)
    interview.handle(Event.STARTED)
    assert interview.handle(Event.LEAVE) is State.LEAVING
    assert interview.is_listening
    assert interview.handle(Event.STAY) is State.RECORDING
    interview.handle(Event.LEAVE)
    assert interview.handle(Event.STOP) is State.DONE
    assert not interview.is_listening


def test_a_lost_microphone_resumes_the_take_that_was_cut_off() -> None:
    interview = begun()
    interview.handle(Event.PROMPT_ENDED)
    interview.handle(Event.STARTED)
    assert interview.handle(Event.DEVICE_LOST) is State.DEVICE_LOST
    assert not interview.is_listening
    assert interview.handle(Event.DEVICE_FOUND) is State.ARMED
    assert interview.turn.key == "situation"


def test_a_microphone_lost_while_asking_asks_again() -> None:
    interview = begun()
    interview.handle(Event.DEVICE_LOST)
    assert interview.handle(Event.DEVICE_FOUND) is State.ASKING
    assert interview.turn.key == "situation"


def test_a_microphone_lost_after_a_declined_follow_up_is_asked_for_before_the_next() -> None:
    interview = begun()
    answer(interview, Event.FINISH)
    interview.handle(Event.DECLINE)
    assert interview.handle(Event.DEVICE_LOST) is State.DEVICE_LOST
    assert interview.handle(Event.DEVICE_FOUND) is State.DECLINED
    assert interview.handle(Event.MOVE_ON) is State.ASKING
    assert interview.turn.key == "probe-1"


def test_it_can_go_on_from_a_later_turn() -> None:
    interview = Interview(turns(), first=3)
    interview.handle(Event.BEGIN)
    assert interview.turn.key == "result"


@pytest.mark.parametrize("event", [Event.PASS, Event.STARTED, Event.STAY, Event.DECLINE, Event.STOP])
def test_an_impossible_move_raises_and_changes_nothing(event: Event) -> None:
    interview = Interview(turns())
    with pytest.raises(ImpossibleMove):
        interview.handle(event)
    assert interview.state is State.READY


@pytest.mark.parametrize("seed", range(50))
def test_any_random_walk_stays_whole(seed: int) -> None:
    """No event order breaks it, and a turn is never asked before the one in front of it."""
    chance = random.Random(seed)
    interview = Interview(turns(), think_seconds=chance.choice([0, 10]))
    highest = 0
    for _ in range(300):
        event = chance.choice([event for event in Event if event is not Event.STOP])
        if interview.allows(event):
            interview.handle(event)
        else:
            with pytest.raises(ImpossibleMove):
                interview.handle(event)
        assert interview.index >= highest
        highest = interview.index
        assert interview.is_listening <= (interview.state in (State.RECORDING, State.LEAVING))


def test_guided_turns_ask_the_five_sections_then_the_probes_in_seeded_order(earn_trust: Pattern) -> None:
    targets = earn_trust.targets(Level.SDE2)
    orders = set()
    for seed in range(30):
        made = guided_turns(earn_trust, targets, seed)
        assert made == guided_turns(earn_trust, targets, seed)
        assert [turn.section for turn in made[:5]] == list(Section)
        assert {turn.key for turn in made[5:]} == {probe.id for probe in earn_trust.probes}
        orders.add(tuple(turn.key for turn in made[5:]))
    assert len(orders) > 5

"""Sessions and takes: which take counts, section times, and the trip to JSON and back."""

import json
from dataclasses import replace

import pytest

from interviewer.disk.session_file import from_json, to_json
from interviewer.disk.store import new_take
from interviewer.errors import PracticeError
from interviewer.findings.verdict_sentence import total_time, verdict_sentence
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span, Verdict
from interviewer.transcript import Transcript, Word

TARGETS = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))


def session(*takes: Take) -> Session:
    return Session("s1", "earn-trust", "Earn Trust", Level.SDE2, "2026-11-23T10:12", 7, TARGETS, 175.0, takes)


def take(section: Section, spoken: float, number: int = 1, voiced: bool = True) -> Take:
    """A take with half a second of silence before and after the voice."""
    end = round((spoken + 1) * RATE_HZ)
    name = f"{section.value}-{number}"
    spans = (Span(RATE_HZ // 2, end - RATE_HZ // 2),) if spoken else ()
    return Take(name, section.value, f"{name}.wav", (Mark(0, section),), end, end, spans if voiced else None)


def all_takes(seconds: tuple[float, ...]) -> list[Take]:
    return [take(section, spoken) for section, spoken in zip(Section, seconds, strict=True)]


def test_times_are_from_first_to_last_voice() -> None:
    time = session(take(Section.TASK, 12)).section_times()[1]
    assert (time.seconds, time.speech_seconds, time.verdict) == (13.0, 12.0, Verdict.INSIDE)


def test_before_the_voice_is_looked_for_the_marks_give_the_time() -> None:
    time = session(take(Section.TASK, 12, voiced=False)).section_times()[1]
    assert (time.seconds, time.speech_seconds, time.verdict) == (13.0, None, Verdict.INSIDE)


def test_a_silent_take_is_missing() -> None:
    assert session(take(Section.TASK, 0)).section_times()[1].verdict is Verdict.MISSING


def test_the_last_finished_take_of_a_turn_counts() -> None:
    first, second = take(Section.TASK, 25), take(Section.TASK, 15, number=2)
    unfinished = Take("task-3", "task", "task-3.wav", (Mark(0, Section.TASK),))
    times = session(first, second, unfinished).section_times()
    assert times[1].speech_seconds == 15.0


def test_a_new_take_never_reuses_a_name() -> None:
    made = new_take(session(take(Section.TASK, 5), take(Section.TASK, 5, number=2)), "task", Section.TASK)
    assert (made.id, made.file, made.marks) == ("task-3", "task-3.wav", (Mark(0, Section.TASK),))


def test_one_take_with_marks_gives_all_five() -> None:
    marks = tuple(Mark(number * 10 * RATE_HZ, section) for number, section in enumerate(Section))
    voiced = tuple(Span((10 * n + 1) * RATE_HZ, (10 * n + 9) * RATE_HZ) for n in range(5))
    whole = Take("answer", "answer", "answer.wav", marks, 50 * RATE_HZ, 50 * RATE_HZ, voiced)
    times = session(whole).section_times()
    assert [time.speech_seconds for time in times] == [8.0] * 5
    assert [time.seconds for time in times] == [10.0] * 5


def test_json_brings_everything_back() -> None:
    words = Transcript((Word("I", 0.5, 0.6, 0.9), Word("noticed", 0.6, 1.0, 0.8)), "base.en")
    full = replace(take(Section.ACTION, 40), transcript=words, bookmarks=(5,), seams=(9,), recovered=True, unheard=1)
    before = replace(session(full, take(Section.TASK, 3, voiced=False)), declined=("p1",), is_closed=True)
    assert from_json(json.loads(json.dumps(to_json(before)))) == before


@pytest.mark.parametrize("damage", [{"takes": None}, {"level": "ceo"}, {"targets": {}}, {"takes": [{"id": "x"}]}])
def test_a_damaged_file_says_so(damage: dict[str, object]) -> None:
    with pytest.raises(PracticeError, match="damaged"):
        from_json({**to_json(session()), **damage})


def test_a_file_of_a_newer_program_is_refused() -> None:
    with pytest.raises(PracticeError, match="newer"):
        from_json({**to_json(session()), "format": 99})


def test_the_verdict_names_the_worst_overrun_first() -> None:
    said = verdict_sentence(session(*all_takes((48, 22, 60, 10, 10))))
    assert said == "Situation took 0:48, 18 s over its 0:30; Task ran over too."


def test_the_verdict_says_what_was_not_found() -> None:
    said = verdict_sentence(session(*all_takes((20, 10, 60, 10, 0))))
    assert said == "I did not find a Reflection."


def test_a_good_shape_is_said_with_its_time() -> None:
    said = verdict_sentence(session(*all_takes((12, 12, 33, 17, 10))))
    assert said == "Every section stayed within its target: 1:24 in all."


def test_the_total_is_the_five_sections_added_up() -> None:
    total = total_time(session(*all_takes((12, 12, 33, 17, 10))))
    assert (total.speech_seconds, total.target_seconds, total.verdict) == (84.0, 175.0, Verdict.INSIDE)

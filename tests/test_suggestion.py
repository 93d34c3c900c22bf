"""What Today suggests and why, how far away the interview is, and what the principles page knows."""

from dataclasses import replace
from datetime import date

import pytest

from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.quiz import QuizVerdict
from interviewer.practice.suggestion import Mode, countdown, suggest
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span

TARGETS = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))


def told(number: int, **seconds: float) -> Session:
    """One interview; sections that are not named stay inside their target."""
    takes = []
    for section in Section:
        frames = round(seconds.get(section.value, 10.0) * RATE_HZ)
        mark = (Mark(0, section),)
        name = f"{section.value}-1"
        takes.append(Take(name, section.value, f"{name}.wav", mark, frames, frames, (Span(0, frames),)))
    day = f"2026-11-{number:02}"
    return Session(
        f"{day}-1000-000000", "earn-trust", "Earn Trust", Level.SDE2, f"{day}T10:00", 1, TARGETS, 175.0, tuple(takes)
    )


def test_without_history_it_is_the_test() -> None:
    found = suggest([], None)
    assert found.mode is Mode.TEST
    assert "No history yet." in found.reason


@pytest.mark.parametrize(
    ("test", "mode"),
    [
        (None, Mode.TEST),
        (QuizVerdict.NOT_YET, Mode.LEARN),
        (QuizVerdict.CLOSE, Mode.LEARN),
        (QuizVerdict.STRONG, Mode.MOCK),
    ],
)
def test_after_a_take_inside_its_targets_the_test_decides(test: QuizVerdict | None, mode: Mode) -> None:
    found = suggest([told(1)], test)
    assert found.mode is mode
    if test:
        assert test.title in found.reason or mode is Mode.MOCK


def test_a_section_that_keeps_running_over_is_drilled() -> None:
    takes = [told(3, result=28.0, action=95.0), told(2, result=30.0), told(1, result=25.0)]
    found = suggest(takes, QuizVerdict.STRONG)
    assert (found.mode, found.section) == (Mode.DRILL, Section.RESULT)
    assert found.reason == "Your Result was over its target in 3 of the last 3 takes. Drill it: four minutes."
    once = suggest([told(2, task=40.0), told(1)], None)
    assert (once.section, once.reason[:44]) == (Section.TASK, "Your Task was over its target in the last ta")


def test_a_section_that_is_inside_again_is_left_alone() -> None:
    assert suggest([told(3), told(2, result=30.0), told(1, result=30.0)], QuizVerdict.STRONG).mode is Mode.MOCK
    assert suggest([told(3, result=22.0)], QuizVerdict.STRONG).mode is Mode.MOCK  # just over
    nothing = replace(told(4), takes=())
    assert suggest([nothing, told(3, result=40.0)], None).section is Section.RESULT


@pytest.mark.parametrize(
    ("interview", "words"),
    [
        ("", ""),
        ("2026-12-03", "Interview on Thu 3 Dec, in 10 days"),
        ("2026-11-24", "Interview on Tue 24 Nov, tomorrow"),
        ("2026-11-23", "Interview today, Mon 23 Nov. You have practised enough; read your lines through once."),
        ("2026-11-20", "The interview was on Fri 20 Nov."),
    ],
)
def test_how_far_away_it_is(interview: str, words: str) -> None:
    assert countdown(interview, date(2026, 11, 23)) == words

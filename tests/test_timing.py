"""Section times, verdict bands and the room's clock."""

from itertools import pairwise

import pytest

from interviewer.pattern import Section
from interviewer.timing import (
    RATE_HZ,
    ClockPhase,
    Mark,
    Span,
    Verdict,
    clock_announcement,
    clock_reading,
    clock_text,
    sections_between,
    speech_in,
    verdict_of,
)


def span(start: float, end: float) -> Span:
    return Span(round(start * RATE_HZ), round(end * RATE_HZ))


@pytest.mark.parametrize(
    ("seconds", "target", "verdict"),
    [
        (0, 30, Verdict.MISSING),
        (0.4, 30, Verdict.INSIDE),
        (30, 30, Verdict.INSIDE),
        (30.1, 30, Verdict.JUST_OVER),
        (34.5, 30, Verdict.JUST_OVER),  # 15 % of 30 s is 4.5 s
        (34.6, 30, Verdict.OVER),
        (18, 15, Verdict.JUST_OVER),  # at least 3 s
        (18.1, 15, Verdict.OVER),
        (60, 30, Verdict.OVER),
        (60.1, 30, Verdict.FAR_OVER),
    ],
)
def test_verdicts_are_the_bands_of_a_ceiling(seconds: float, target: float, verdict: Verdict) -> None:
    assert verdict_of(seconds, target) is verdict


def test_sections_run_from_mark_to_mark_and_the_last_to_the_end() -> None:
    marks = (Mark(0, Section.SITUATION), Mark(100, Section.TASK))
    assert sections_between(marks, 250) == {Section.SITUATION: Span(0, 100), Section.TASK: Span(100, 250)}


def test_speech_keeps_the_pauses_inside_and_drops_the_silence_around() -> None:
    voiced = [span(1.0, 3.0), span(6.0, 9.0)]
    assert speech_in(voiced, 0, 12 * RATE_HZ) == span(1.0, 9.0)


def test_voice_that_begins_a_blink_before_the_mark_belongs_to_the_next_section() -> None:
    voiced = [span(1.0, 3.0), span(9.9, 15.0)]
    mark = 10 * RATE_HZ
    assert speech_in(voiced, 0, mark) == span(1.0, 3.0)
    assert speech_in(voiced, mark, 20 * RATE_HZ) == span(10.0, 15.0)


def test_voice_that_really_runs_across_a_mark_counts_on_both_sides() -> None:
    voiced = [span(1.0, 15.0)]
    mark = 10 * RATE_HZ
    assert speech_in(voiced, 0, mark) == span(1.0, 10.0)
    assert speech_in(voiced, mark, 20 * RATE_HZ) == span(10.0, 15.0)


def test_a_very_short_word_inside_still_counts() -> None:
    assert speech_in([span(2.0, 2.1)], 0, 5 * RATE_HZ) == span(2.0, 2.1)


def test_silence_is_no_speech() -> None:
    assert speech_in([], 0, RATE_HZ) is None


def test_the_clock_is_quiet_then_says_what_is_left_then_how_far_over() -> None:
    assert clock_reading(10, 30).text == ""
    nearly = clock_reading(24, 30)
    assert (nearly.phase, nearly.text) == (ClockPhase.NEARLY, "6 s left")
    assert clock_reading(30, 30).phase is ClockPhase.NEARLY
    over = clock_reading(34.2, 30)
    assert (over.phase, over.text) == (ClockPhase.OVER, "+4 s")


def test_clock_text_rounds_across_the_minute() -> None:
    assert [clock_text(seconds) for seconds in (0, 59.6, 171)] == ["0:00", "1:00", "2:51"]


def test_a_screen_reader_hears_the_clock_four_times() -> None:
    """Half, ten seconds left, time, ten seconds over (product.md D9): each once, whatever the ticks are."""

    def heard(target: float) -> list[str]:
        ticks = [tick * 0.05 for tick in range(int((target + 20) / 0.05))]
        return [text for one, two in pairwise(ticks) if (text := clock_announcement(one, two, target))]

    assert heard(90) == ["Half the time", "Ten seconds left", "Time", "Ten seconds over"]
    assert heard(20) == ["Ten seconds left", "Time", "Ten seconds over"]
    assert heard(5) == ["Time", "Ten seconds over"]

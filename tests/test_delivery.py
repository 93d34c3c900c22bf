"""How it was spoken: every figure by hand, and counts that claim no more than was heard."""

import shutil
from typing import Any

import pytest

from benchmarks.fillers import measure
from interviewer.findings.delivery import RELAXED, STANDARD, Delivery, delivery
from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word


def spans(*seconds: tuple[float, float]) -> list[Span]:
    return [Span(round(start * RATE_HZ), round(end * RATE_HZ)) for start, end in seconds]


def steady(count: int, step: float, start: float = 0.0) -> list[Word]:
    """Words of equal length, one after the other."""
    return [Word(f"word{n}", start + n * step, start + (n + 1) * step, 0.9) for n in range(count)]


def measured(words: list[Word], *voiced: tuple[float, float], **more: Any) -> Delivery:
    return delivery(words, spans(*voiced), more.pop("sections", {}), **more)


def test_the_pace_is_words_a_minute_of_speech() -> None:
    said = measured(steady(50, 0.4), (0.0, 20.0), sections={Section.TASK: (0.0, 12.0), Section.ACTION: (12.0, 20.0)})
    assert said.pace == pytest.approx(150)
    assert said.section_paces == {Section.TASK: pytest.approx(150)}  # eight seconds tell no pace
    assert said.remarks() == ()


@pytest.mark.parametrize(("step", "word"), [(0.8, "about 75"), (0.55, "about 110"), (0.32, "about 190"), (0.25, "240")])
def test_a_pace_outside_the_quiet_zone_is_remarked(step: float, word: str) -> None:
    (remark,) = measured(steady(100, step), (0.0, 100 * step)).remarks()
    assert word in remark
    if 0.25 < step < 0.8:
        assert measured(steady(100, step), (0.0, 100 * step), profile=RELAXED).remarks() == ()


def test_the_fastest_and_slowest_ten_seconds() -> None:
    words = [*steady(20, 0.5), *steady(50, 0.2, 10.0)]
    said = measured(words, (0.0, 20.0))
    assert said.slowest is not None
    assert said.slowest[0] == 0.0
    assert said.slowest[1] == pytest.approx(120)
    assert said.fastest
    assert said.fastest[1] == pytest.approx(300, rel=0.03)
    assert said.fastest[0] == pytest.approx(10.0, abs=0.6)


def test_pauses_come_from_the_voice_and_know_whether_a_sentence_was_over() -> None:
    words = [Word("One.", 0.0, 1.0, 0.9), Word("two", 4.0, 5.0, 0.9), Word("three", 7.5, 8.0, 0.9)]
    said = measured(words, (0.0, 1.0), (4.0, 5.0), (7.5, 8.0))
    assert [(pause.start, pause.end, pause.is_inside) for pause in said.pauses] == [(5.0, 7.5, True)]
    longer = measured(words, (0.0, 1.0), (5.5, 6.0))
    assert [(pause.start, pause.is_inside) for pause in longer.pauses] == [(1.0, False)]
    assert "4 s between sentences" in longer.remarks()[0]
    assert said.speaking_share == pytest.approx(2.5 / 8.0)


def test_fillers_are_counted_in_three_classes() -> None:
    words = [
        Word("So,", 0.0, 0.4, 0.9),
        Word("um,", 0.5, 0.8, 0.9),
        Word("uh", 1.0, 1.2, 0.2),
        Word("we", 3.0, 3.3, 0.9),
    ]
    voiced = ((0.0, 1.3), (1.8, 2.3), (3.0, 3.4))
    said = measured(words, *voiced)
    assert [filler.word for filler in said.heard] == ["um"]
    assert [(filler.start, filler.word) for filler in said.probable] == [(1.0, "uh"), (1.8, "")]
    assert said.filler_words() == "at least 1, perhaps 3"
    confirmed = measured(words, *voiced, confirmed={1.8: True})
    assert confirmed.filler_words() == "at least 2, perhaps 3"
    settled = measured(words, *voiced, confirmed={1.0: False, 1.8: False})
    assert settled.filler_words() == "at least 1"


def test_a_written_filler_without_voice_under_it_was_made_up() -> None:
    words = [Word("um", 0.0, 0.9, 0.9), Word("uh", 0.2, 1.2, 0.2), Word("we", 1.4, 1.8, 0.9)]
    said = measured(words, (1.0, 1.9))
    assert said.heard == ()
    assert [filler.start for filler in said.probable] == [1.0]  # from where there is voice


@pytest.mark.parametrize(("seconds", "heard"), [(0.15, 1), (0.14, 0), (0.0, 0)])
def test_a_written_filler_that_took_no_time_was_made_up_however_sure(seconds: float, heard: int) -> None:
    loop = [Word("Um,", 2.0, 2.0 + seconds, 0.99), *(Word("um,", 3.0, 3.0, 0.97) for _ in range(6))]
    said = measured([Word("queue.", 1.0, 1.9, 0.9), *loop, Word("The", 3.0, 3.5, 0.9)], (1.0, 3.6))
    assert len(said.heard) == heard
    assert said.probable == ()
    assert said.clusters() == ()


def test_many_sounds_worth_checking_are_told_in_figures() -> None:
    for count, told in (
        (1, "one sound worth"),
        (6, "six sounds worth"),
        (7, "7 sounds worth"),
        (12, "12 sounds worth"),
    ):
        said = measured([Word("We", 0.0, 0.5, 0.9)], (0.0, 0.5), *((n + 1.0, n + 1.5) for n in range(count)))
        assert said.filler_words() == f"none in the transcript, {told} checking"


def test_a_decision_is_found_again_though_its_key_was_rounded_on_another_clock() -> None:
    words = [Word("we", 0.0, 0.5, 0.9)]
    voiced = ((0.0, 0.6), (11.808, 12.3))  # its take begins at 10.004, where the sound is at 1.804
    assert len(measured(words, *voiced).probable) == 1
    key = round(round(1.804, 2) + 10.004, 2)
    assert key == 11.8
    assert len(measured(words, *voiced, confirmed={key: True}).confirmed) == 1
    assert measured(words, *voiced, confirmed={key: False}).perhaps == 0
    assert len(measured(words, *voiced, confirmed={11.77: True}).probable) == 1  # another sound's


@pytest.mark.parametrize(
    ("voiced", "found"),
    [
        ([(0.0, 0.6), (0.75, 0.95), (1.1, 2.0)], 1),  # 0.2 s, pauses of 0.15 s
        ([(0.0, 0.6), (0.75, 0.94), (1.1, 2.0)], 0),  # too short
        ([(0.0, 0.6), (0.7, 0.95), (1.05, 2.0)], 0),  # no pause on either side
        ([(0.0, 0.6), (0.7, 0.95), (1.1, 2.0)], 1),  # a pause on one side
        ([(0.0, 2.0)], 0),  # between words without a pause
    ],
)
def test_a_probable_filler_has_a_length_and_a_pause(voiced: list[tuple[float, float]], found: int) -> None:
    words = [Word("we", 0.0, 0.5, 0.9), Word("looked", 1.1, 2.0, 0.9)]
    assert len(measured(words, *voiced).probable) == found


def test_a_sound_of_more_than_a_moment_and_the_tail_of_a_word_are_no_fillers() -> None:
    words = [Word("we", 0.0, 0.5, 0.9)]
    assert len(measured(words, (0.0, 0.5), (1.0, 2.2)).probable) == 1
    assert measured(words, (0.0, 0.5), (1.0, 2.3)).probable == ()
    assert measured(words, (0.0, 0.84)).probable == ()
    assert [sound.start for sound in measured(words, (0.0, 0.86)).probable] == [pytest.approx(0.65)]


@pytest.mark.parametrize(
    ("end", "next_start", "is_listed"),
    [("we", 3.0, True), ("we", 2.99, False), ("done.", 4.9, False), ("done?", 5.0, True), ("done!", 5.0, True)],
)
def test_a_pause_counts_from_its_threshold(end: str, next_start: float, is_listed: bool) -> None:
    words = [Word(end, 0.0, 1.0, 0.9)]
    assert bool(measured(words, (0.0, 1.0), (next_start, 6.0)).pauses) is is_listed
    assert measured(words, (0.0, 1.0), (next_start, 6.0), profile=RELAXED).pauses == ()


def test_fillers_are_no_words_of_the_pace_and_the_first_word_is_timed_by_the_voice() -> None:
    words = [*steady(25, 0.4, 6.0), Word("um", 16.0, 16.4, 0.9)]
    said = measured(words, (6.0, 18.5))
    assert said.pace == pytest.approx(120)
    assert said.first_word_seconds == 6.0
    assert said.speaking_share == 1.0
    assert said.remarks() == ()  # six seconds are shown, without a remark


@pytest.mark.parametrize(
    ("seconds_a_word", "told"),
    [
        (60 / 119, "just under 120"),
        (60 / 176, "just over 175"),
        (60 / 99, "just under 100"),
        (60 / 191, "just over 190"),
    ],
)
def test_a_rounded_pace_never_contradicts_the_threshold_it_passed(seconds_a_word: float, told: str) -> None:
    (remark,) = measured(steady(100, seconds_a_word), (0.0, 100 * seconds_a_word)).remarks()
    assert told in remark


def test_the_wider_profile_speaks_of_its_own_zone() -> None:
    (remark,) = measured(steady(100, 60 / 210), (0.0, 6000 / 210), profile=RELAXED).remarks()
    assert remark == "The pace was about 210 words a minute; anything from 80 to 200 is fine."


@pytest.mark.parametrize(("count", "told"), [(5, ""), (6, "about 6 a minute"), (10, "about 10"), (11, "mind twelve")])
def test_fillers_a_minute_are_remarked_above_five(count: int, told: str) -> None:
    words = [Word("um", n * 5.2, n * 5.2 + 0.3, 0.9) for n in range(count)] + steady(140, 0.01, 59.0)
    remarks = measured(words, (0.0, 60.0)).remarks()
    assert (len(remarks) == 1 and told in remarks[0]) if told else remarks == ()
    assert ("twelve" in "".join(remarks)) is (count > 10)


def test_one_filler_in_a_short_take_makes_no_rate() -> None:
    words = [*steady(25, 0.4), Word("um", 10.0, 10.4, 0.9)]
    assert measured(words, (0.0, 10.5)).remarks() == ()


def test_nothing_heard_is_never_called_none() -> None:
    words = [Word("We", 1.0, 1.4, 0.9)]
    assert measured(words, (1.0, 1.5)).filler_words() == "none in the transcript"
    two = measured(words, (0.0, 0.5), (1.0, 1.5), (2.0, 2.4))
    assert two.filler_words() == "none in the transcript, two sounds worth checking"


def test_a_burst_of_fillers_is_marked_and_many_are_remarked() -> None:
    words = [Word("um", float(n), n + 0.3, 0.9) for n in (1, 3, 5)] + steady(60, 0.4, 6.0)
    said = measured(words, (1.0, 30.0))
    assert said.clusters() == (1.0,)
    assert any(remark.startswith("Fillers: at least 3") for remark in said.remarks())
    assert "Three or more fillers came within ten seconds at 0:01." in said.remarks()
    spread = [Word("um", float(n), n + 0.3, 0.9) for n in (1, 6, 12)]
    assert measured(spread, (1.0, 30.0)).clusters() == ()
    assert measured(words, (1.0, 30.0), profile=RELAXED).remarks() == ()


@pytest.mark.parametrize("words", [[], [Word("We", 0.1, 0.6, 0.9)]])
@pytest.mark.parametrize("voiced", [(), ((0.0, 0.7),)])
def test_little_is_no_error(words: list[Word], voiced: tuple[tuple[float, float], ...]) -> None:
    said = measured(words, *voiced, profile=STANDARD, sections={Section.TASK: (0.0, 30.0)})
    assert said.pace is None
    assert said.section_paces == {}
    assert said.slowest is None
    assert said.fastest is None
    assert said.pauses == ()
    assert said.speaking_share == (1.0 if voiced else 0.0)
    assert said.first_word_seconds == (0.0 if voiced else None)
    assert said.filler_words() == "none in the transcript"
    assert said.remarks() == ()


def test_voice_without_any_words_tells_no_pace() -> None:
    said = measured([], (0.0, 12.0), (17.0, 18.0))
    assert said.pace is None
    assert said.slowest is None
    assert [(pause.start, pause.is_inside) for pause in said.pauses] == [(12.0, False)]


def test_at_least_is_never_above_the_truth_in_twenty_spoken_takes() -> None:
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng not installed: `make test` installs what tests need")
    found = measure()
    assert len(found) == 20
    assert [(truth, said.at_least) for truth, said in found if said.at_least > truth] == []
    assert sum(said.at_least for _, said in found) >= 15  # some are heard, or the rule would be empty

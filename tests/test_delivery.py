"""How it was spoken: every figure by hand, and counts that claim no more than was heard."""

import shutil
from typing import Any

import pytest

from benchmarks.fillers import measure
from interviewer.delivery import RELAXED, STANDARD, Delivery, delivery
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
    assert [filler.start for filler in said.probable] == [1.8]
    assert said.filler_words() == "at least 1, perhaps 2"
    confirmed = measured(words, *voiced, confirmed={1.8: True})
    assert confirmed.filler_words() == "at least 2"
    denied = measured(words, *voiced, confirmed={1.8: False})
    assert denied.filler_words() == "at least 1"


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
    assert measured(words, (1.0, 30.0), profile=RELAXED).remarks() == ()


@pytest.mark.parametrize("voiced", [(), ((0.0, 1.0),)])
def test_little_is_no_error(voiced: tuple[tuple[float, float], ...]) -> None:
    said = measured([], *voiced, profile=STANDARD)
    assert said.pace is None
    assert said.slowest is None
    assert said.remarks() == ()


def test_at_least_is_never_above_the_truth_in_twenty_spoken_takes() -> None:
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng not installed: `make test` installs what tests need")
    found = measure()
    assert len(found) == 20
    assert [(truth, said.at_least) for truth, said in found if said.at_least > truth] == []
    assert sum(said.at_least for _, said in found) >= 15  # some are heard, or the rule would be empty

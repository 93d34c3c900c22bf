"""Word times after repair: inside the voice, in order, no longer than a word can be."""

import random

import pytest

from audio.words import joined, repaired
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word


def spans(*times: tuple[float, float]) -> list[Span]:
    return [Span(round(start * RATE_HZ), round(end * RATE_HZ)) for start, end in times]


def times(words: list[tuple[str, float, float]], *voiced: tuple[float, float]) -> list[tuple[float, float]]:
    return [(word.start, word.end) for word in repaired([Word(*word, 1.0) for word in words], spans(*voiced))]


def test_pieces_without_a_space_before_them_belong_to_the_word_before():
    pieces = [
        (" dropped", 1.0, 1.4, 0.9),
        (" 4", 1.5, 1.6, 0.9),
        (".2", 1.6, 2.0, 0.8),
        ("%", 2.0, 2.4, 0.7),
        (" ", 3, 3, 1),
    ]
    assert joined(pieces) == (Word("dropped", 1.0, 1.4, 0.9), Word("4.2%", 1.5, 2.4, 0.7))


def test_a_word_that_begins_in_silence_moves_to_the_next_onset():
    assert times([("hello", 0.2, 1.4)], (1, 2)) == [(1.0, 1.4)]


def test_a_word_in_silence_moves_to_the_nearest_voice():
    assert times([("one", 2.1, 2.3), ("two", 3.6, 3.8)], (1, 2), (4, 5)) == [(1.9, 2.0), (4.0, 4.1)]


def test_a_word_that_swallowed_what_was_before_it_is_shortened_from_the_front():
    assert times([("so", 1.0, 4.0)], (0, 5)) == [(3.4, 4.0)]


def test_a_figure_may_take_long():
    assert times([("$9,000", 1.0, 2.8)], (0, 5)) == [(1.0, 2.8)]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_comes_lies_in_the_voice_and_never_goes_back(seed):
    rng = random.Random(seed)
    voiced = [(float(start), start + rng.uniform(0.1, 0.9)) for start in range(10)]
    words = [("word", start, start + rng.uniform(-0.5, 3)) for start in (rng.uniform(-2, 14) for _ in range(30))]
    latest = 0.0
    for start, end in times(words, *voiced):
        assert latest <= start <= end
        assert any(first - 0.001 <= start <= last + 0.001 for first, last in voiced)
        assert any(first - 0.001 <= end <= last + 0.001 for first, last in voiced)
        latest = end

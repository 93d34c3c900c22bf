"""Where voice is found and where takes are cut: never inside a pause too long, never inside a word if avoidable."""

import random
from itertools import pairwise

import numpy as np
import pytest

from audio.decode import decode
from audio.segments import Clip, as_wave, clips, halves, voiced_spans
from audio.wav import read_take
from interviewer.timing import RATE_HZ, Span

SENTENCE = "I noticed a drop rate of three percent, and no ticket was open."


def seconds_of(*spans: tuple[float, float]) -> list[Span]:
    return [Span(round(start * RATE_HZ), round(end * RATE_HZ)) for start, end in spans]


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).integers(-3000, 3000, round(seconds * RATE_HZ), dtype=np.int16)


def random_voice(rng: random.Random) -> tuple[list[Span], np.ndarray]:
    """Somebody who pauses at random, for two minutes."""
    spans, now = [], rng.uniform(0, 3)
    while now < 120:
        end = now + rng.choice([rng.uniform(0.05, 0.5), rng.uniform(0.5, 6), rng.uniform(6, 50)])
        spans.append((now, end))
        now = end + rng.choice([rng.uniform(0.1, 0.3), rng.uniform(0.3, 1), rng.uniform(1, 6)])
    return seconds_of(*spans), noise(now)


@pytest.fixture(scope="module")
def spoken(speech, tmp_path_factory) -> np.ndarray:
    """The same sentence every six seconds, for longer than the detector is given at once."""
    path = tmp_path_factory.mktemp("spoken") / "take.wav"
    decode(speech(SENTENCE), path)
    sentence = read_take(path)
    return np.tile(np.pad(sentence, (0, 6 * RATE_HZ - len(sentence))), 7)


def test_voice_is_what_silero_says_in_one_go(spoken):
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_silence_duration_ms=100, speech_pad_ms=0)
    expected = [Span(span["start"], span["end"]) for span in get_speech_timestamps(as_wave(spoken), options)]
    assert list(voiced_spans(spoken)) == expected
    assert len(expected) >= 7


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros(100, np.int16), np.zeros(RATE_HZ, np.int16)])
def test_silence_is_no_voice(samples):
    assert voiced_spans(samples) == ()


@pytest.mark.parametrize("seed", range(20))
def test_clips_hold_all_voice_once_and_no_long_pause(seed):
    rng = random.Random(seed)
    voiced, samples = random_voice(rng)
    marks = [0, *sorted(second * RATE_HZ for second in rng.sample(range(3, 117, 3), 4)), len(samples)]
    found = [clip for start, end in pairwise(marks) for clip in clips(voiced, start, end, samples)]
    kept = np.zeros(len(samples), bool)
    for clip in found:
        assert not kept[clip.start : clip.end].any()
        kept[clip.start : clip.end] = True
        assert 0 <= clip.start <= clip.voiced[0].start < clip.voiced[-1].end <= clip.end <= len(samples)
        assert clip.seconds < 29
        pauses = [after.start - before.end for before, after in pairwise(clip.voiced)]
        assert max(pauses, default=0) < 2 * RATE_HZ
        assert clip.voiced[0].start - clip.start <= 0.25 * RATE_HZ
        assert clip.end - clip.voiced[-1].end <= 0.3 * RATE_HZ
    assert [clip.start for clip in found] == sorted(clip.start for clip in found)
    lost = [span for span in voiced if not kept[span.start : span.end].all() and span.seconds >= 0.6]
    assert lost == []


@pytest.mark.parametrize("seed", range(5))
def test_clips_stay_near_their_marks(seed):
    voiced, samples = random_voice(random.Random(seed))
    start, end = 30 * RATE_HZ, 70 * RATE_HZ
    reach = 0.6 * RATE_HZ  # a word across the mark, and the silence beside it
    for clip in clips(voiced, start, end, samples):
        assert start - reach <= clip.start
        assert clip.end <= end + reach


def test_a_word_across_a_mark_stays_whole_and_is_heard_once():
    voiced, samples = seconds_of((1, 5.2), (6, 9.9), (10.4, 14)), noise(16)
    marks = [0, 5 * RATE_HZ, 10 * RATE_HZ, 16 * RATE_HZ]
    found = [clips(voiced, start, end, samples) for start, end in pairwise(marks)]
    assert [[clip.voiced for clip in section] for section in found] == [[(span,)] for span in voiced]


def test_a_mark_in_the_middle_of_speech_cuts_where_it_is_quiet():
    samples = noise(20)
    samples[round(9.85 * RATE_HZ) : round(9.95 * RATE_HZ)] //= 50
    (before,) = clips(seconds_of((0, 20)), 0, 10 * RATE_HZ, samples)
    (after,) = clips(seconds_of((0, 20)), 10 * RATE_HZ, 20 * RATE_HZ, samples)
    assert before.end == after.start == pytest.approx(9.9 * RATE_HZ, abs=200)


def test_who_never_rests_is_cut_where_it_is_quiet():
    samples = noise(40)
    samples[26 * RATE_HZ : round(26.2 * RATE_HZ)] //= 50
    first, second = clips(seconds_of((0.5, 40)), 0, len(samples), samples)
    assert 26 * RATE_HZ <= first.end <= 26.2 * RATE_HZ
    assert second.start == first.end


def test_a_short_pause_is_better_than_a_word_cut_through():
    samples = noise(40)
    first, _ = clips(seconds_of((0.5, 15), (15.15, 40)), 0, len(samples), samples)
    assert first.voiced[-1].end == 15 * RATE_HZ


def test_a_cough_is_not_decoded():
    assert clips(seconds_of((5, 5.2)), 0, 10 * RATE_HZ, noise(10)) == []


def test_a_clip_is_halved_at_its_widest_pause():
    voiced = tuple(seconds_of((1, 3), (3.2, 5), (5.6, 8)))
    head, tail = halves(Clip(RATE_HZ, 8 * RATE_HZ, voiced))
    assert (head.voiced, tail.voiced) == (voiced[:2], voiced[2:])
    assert head.end <= tail.start
    assert halves(Clip(0, 3 * RATE_HZ, voiced[:1])) == ()

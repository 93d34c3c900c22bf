"""The delivery measured in one sweep is, bit for bit, what it is when each word is held against every other."""

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

import pytest

from interviewer.findings.delivery import (
    BESIDE_PAUSE_SECONDS,
    LEAST_SECONDS,
    PROBABLE_SECONDS,
    PROFILES,
    SAME_SECONDS,
    SHORTEST_SECONDS,
    SOUNDS,
    SURE,
    WORD_TAIL_SECONDS,
    Delivery,
    Filler,
    Pause,
    Profile,
    delivery,
    plain,
)
from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word
from interviewer.voiced import Row, Voiced

Spans = Sequence[tuple[float, float]]


def slow(
    words: Sequence[Word],
    voiced: Sequence[Span],
    sections: Mapping[Section, tuple[float, float]],
    profile: Profile,
    confirmed: Mapping[float, bool],
) -> Delivery:
    """As it was first written: all of it is walked for each part of it."""
    spans = [(span.start / RATE_HZ, span.end / RATE_HZ) for span in voiced]
    whole = spans[-1][1] - spans[0][0] if spans else 0.0
    said = [word for word in words if plain(word.text) not in SOUNDS]
    paces = {section: slow_pace(said, spans, limits) for section, limits in sections.items()}
    windows = slow_windows(said, whole)
    sounds = [*slow_written((word for word in words if word.probability < SURE), spans), *slow_probable(words, spans)]
    decided = [(s, slow_decision(s.start, confirmed)) for s in sorted(sounds, key=lambda sound: sound.start)]
    return Delivery(
        profile=profile,
        pace=slow_pace(said, spans, (0.0, float("inf"))),
        section_paces={section: pace for section, pace in paces.items() if pace is not None},
        slowest=min(windows, key=lambda each: each[1], default=None),
        fastest=max(windows, key=lambda each: each[1], default=None),
        speaking_share=sum(end - start for start, end in spans) / whole if whole else 0.0,
        first_word_seconds=spans[0][0] if spans else None,
        pauses=slow_pauses(words, spans, profile),
        heard=tuple(slow_written((word for word in words if word.probability >= SURE), spans)),
        probable=tuple(sound for sound, was_one in decided if was_one is None),
        confirmed=tuple(sound for sound, was_one in decided if was_one),
        minutes=whole / 60,
    )


def slow_written(words: Iterable[Word], spans: Spans) -> list[Filler]:
    found = []
    for word in words:
        under = [(max(word.start, start), min(word.end, end)) for start, end in spans if plain(word.text) in SOUNDS]
        voice = [(start, end) for start, end in under if round(end - start, 6) >= SHORTEST_SECONDS]
        found += [Filler(start, word.end, plain(word.text)) for start, _ in voice[:1]]
    return found


def slow_decision(start: float, confirmed: Mapping[float, bool]) -> bool | None:
    return next((was_one for key, was_one in confirmed.items() if abs(key - start) <= SAME_SECONDS), None)


def slow_pace(said: Sequence[Word], spans: Spans, limits: tuple[float, float]) -> float | None:
    low, high = limits
    inside = [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
    seconds = inside[-1][1] - inside[0][0] if inside else 0.0
    count = sum(low <= (word.start + word.end) / 2 < high for word in said)
    return 60 * count / seconds if seconds >= LEAST_SECONDS and count else None


def slow_windows(said: Sequence[Word], whole: float) -> list[tuple[float, float]]:
    starts = [word.start for word in said] if whole >= LEAST_SECONDS else []
    full = [start for start in starts if start + LEAST_SECONDS <= said[-1].end]
    return [(at, 60 / LEAST_SECONDS * sum(at <= start < at + LEAST_SECONDS for start in starts)) for at in full]


def slow_pauses(words: Sequence[Word], spans: Spans, profile: Profile) -> tuple[Pause, ...]:
    found = []
    for (_, start), (end, _) in pairwise(spans):
        before = [word for word in words if (word.start + word.end) / 2 < start]
        is_inside = bool(before) and not before[-1].text.rstrip("\"'”’").endswith((".", "!", "?"))
        if round(end - start, 6) >= (profile.pause_inside_seconds if is_inside else profile.pause_seconds):
            found.append(Pause(start, end, is_inside))
    return tuple(found)


def slow_probable(words: Sequence[Word], spans: Spans) -> list[Filler]:
    (shortest, longest), silent = PROBABLE_SECONDS, float("inf")
    found, edges = [], [(-silent, -silent), *spans, (silent, silent)]
    for (_, before), (start, end), (after, _) in zip(edges, spans, edges[2:], strict=False):
        has_pauses = round(start - before, 6) >= BESIDE_PAUSE_SECONDS, round(after - end, 6) >= BESIDE_PAUSE_SECONDS
        near = [word for word in words if word.start < end and word.end + WORD_TAIL_SECONDS > start]
        lows = [start, *accumulate((word.end + WORD_TAIL_SECONDS for word in near), max)]
        for low, high in zip(lows, [*(word.start for word in near), end], strict=True):
            is_beside = (low <= start + 0.01 and has_pauses[0]) or (high >= end - 0.01 and has_pauses[1])
            if is_beside and shortest <= round(high - low, 6) <= longest:
                found.append(Filler(low, high))
    return found if words else []


def made_up(
    dice: random.Random, count: int, kind: str
) -> tuple[list[Word], list[Span], dict[Section, tuple[float, float]], dict[float, bool]]:
    """Words and voice with edges that meet, words without a length, very long ones, and sounds that were decided on."""
    words: list[Word] = []
    at = 0.0
    for _ in range(count):
        start = at + dice.choice([0, 0, 0.01, 0.1, 3 * dice.random()])
        length = dice.choice([0, 0.1, 0.15, 0.2, 0.3, 2 * dice.random(), 30 if dice.random() < 0.02 else 0.1])
        text = dice.choice(["um", "uh,", "we", "did.", "Right?", "so", "Hm."])
        words.append(Word(text, round(start, 2), round(start + length, 2), dice.random()))
        at = start + dice.choice([0, 0.2, 0.4])
    if kind == "words out of order":
        dice.shuffle(words)
    spans, frame = [], 0
    for _ in range(count // 2):
        start = frame + int(dice.random() * dice.choice([0, 100, 3_000, 16_000, 90_000]))
        spans.append(Span(start, start + int(dice.random() * dice.choice([1_000, 5_000, 30_000]))))
        frame = spans[-1].start if kind == "voice within voice" else spans[-1].end
    sections = {section: (low, low + 30 * dice.random()) for section in Section for low in [count * dice.random() / 2]}
    decided = {round(count * dice.random() / 2, 2): dice.random() < 0.5 for _ in range(count)}
    beside = (0, 0.01, 0.015, 0.016, -0.015)
    decided |= {round(word.start + dice.choice(beside), 3): dice.random() < 0.5 for word in words[: count // 3]}
    return words, spans, sections, decided


@pytest.mark.parametrize("kind", ["in order", "words out of order", "voice within voice"])
def test_one_sweep_says_what_many_walks_say(kind: str) -> None:
    dice = random.Random(kind)
    told = 0
    for number in range(600):
        words, spans, sections, decided = made_up(dice, dice.choice([0, 1, 2, 5, 20, 60]), kind)
        profile = list(PROFILES.values())[number % 2]
        quick = delivery(words, spans, sections, profile, decided)
        assert repr(quick) == repr(slow(words, spans, sections, profile, decided))  # every float, to its last bit
        told += len(quick.heard) + len(quick.probable) + len(quick.confirmed) + len(quick.pauses)
    assert told > 500  # or nothing would have been compared


def test_a_decision_that_is_no_number_decides_nothing() -> None:
    words, voiced = [Word("we", 0.0, 0.5, 0.9)], [Span(0, 9_600), Span(16_000, 24_000)]
    assert len(delivery(words, voiced, {}, confirmed={float("nan"): True}).probable) == 1


def test_the_last_place_below_a_bound_is_found_in_any_order() -> None:
    dice = random.Random(2)
    for _ in range(300):
        values = [dice.randrange(9) for _ in range(dice.randrange(12))]
        for bound in range(-1, 10):
            below = [place for place, value in enumerate(values) if value < bound]
            up_to = [place for place, value in enumerate(values) if value <= bound]
            assert Row(values).last_below(bound) == (below[-1] if below else -1)
            assert Row(values).last_at(bound) == (up_to[-1] if up_to else -1)


def test_voice_between_two_moments_reaches_from_the_first_to_the_last_of_it() -> None:
    voice = Voiced(((0.0, 1.0), (2.0, 3.0), (5.0, 9.0)))
    assert list(voice.cuts(0.5, 2.5)) == [(0.5, 1.0), (2.0, 2.5)]
    assert voice.seconds(0.5, 6.0) == 5.5
    assert voice.seconds(3.0, 5.0) == 0.0
    assert Voiced(()).seconds(0.0, 9.0) == 0.0

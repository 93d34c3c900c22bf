"""The same story for another principle: shares of the telling, in words or in time."""

import pytest

from interviewer.findings.telling import telling
from interviewer.language.speech import Speech
from interviewer.pattern import Section, Variant
from interviewer.transcript import Word

DIVE = Variant("Dive Deep", "Open.", ("the search",), ("the talking",), ("I:trace|read log|cause",), ("I:tell|ask",))


def test_a_typed_answer_is_measured_in_words() -> None:
    told = telling(DIVE, {Section.ACTION: Speech.typed("I traced the cause. I told them so today, all of them.")})
    assert told.emphasised == pytest.approx(4 / 12)
    assert told.downplayed == pytest.approx(8 / 12)


def test_a_spoken_answer_is_measured_in_time() -> None:
    words = [
        Word("I", 0.0, 0.5, 0.9),
        Word("traced", 0.5, 1.0, 0.9),
        Word("logs.", 1.0, 9.0, 0.9),
        Word("Yes.", 9.0, 10.0, 0.9),
    ]
    told = telling(DIVE, {Section.ACTION: Speech.heard(words, "a")})
    assert told.emphasised == pytest.approx(0.9)
    assert told.downplayed == 0.0


def test_nothing_said_is_no_share() -> None:
    assert telling(DIVE, {}).emphasised == 0.0


def test_the_shipped_variants_tell_their_own_story_apart(earn_trust) -> None:
    told = {Section.ACTION: Speech.typed(earn_trust.sections[Section.ACTION].example)}
    shares = {variant.principle: telling(variant, told) for variant in earn_trust.variants}
    assert shares["Dive Deep"].emphasised > 0.3
    assert shares["Earn Trust"].emphasised > 0.3
    assert shares["Bias for Action"].emphasised < shares["Dive Deep"].emphasised

"""Twice the length takes twice the time: whatever reads an answer, and whatever it is made of. Growth, never a time."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.screens.debrief.corrections import _as_before
from app.screens.debrief.reading import read
from app.state.settings import Settings
from interviewer.findings.delivery import delivery
from interviewer.language.changes import changes
from interviewer.language.clauses import read_clauses
from interviewer.language.concept import find, parse
from interviewer.language.figures import figures
from interviewer.language.text import Sentence, sentences
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timeline import timeline_of
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word

TIMES = 4
MOST = 8.0
"""At four times the length: what grows as the length does takes four times as long, the square of it sixteen times."""

Work = Callable[[int], Callable[[], Any]]
"""Something of a size, ready to be done."""


def seconds(work: Work, size: int) -> float:
    """Processor time of this thread, the best of three, each on something that no cache has seen."""
    took = []
    for _ in range(3):
        ready = work(size)
        began = time.thread_time()
        ready()
        took.append(time.thread_time() - began)
    return min(took)


def text_of(pattern: Pattern, signs: bool) -> list[str]:
    told = [guide.example for guide in pattern.sections.values()] + [probe.strong for probe in pattern.probes]
    words = " ".join(told).split()
    return words if signs else [word.strip(".,!?;:") for word in words]


def spoken(pattern: Pattern, count: int, signs: bool = True, dice: random.Random | None = None) -> Session:
    """An answer of so many words in one take, its sounds among them decided on, some of its words put right."""
    dice = dice or random.Random()
    texts = text_of(pattern, signs)
    words = tuple(
        Word(
            dice.choice(("um", "uh,")) if dice.random() < 0.03 else f"{texts[n % len(texts)]}{'x' * (n % 7 == 0)}",
            n * 0.4,
            n * 0.4 + 0.3,
            dice.random(),
        )
        for n in range(count)
    )
    frames = round(count * 0.4 * RATE_HZ)
    voiced = tuple(Span(at, at + RATE_HZ) for at in range(0, frames - RATE_HZ, round(1.25 * RATE_HZ)))
    marks = tuple(Mark(frames * place // 5, section) for place, section in enumerate(Section))
    take = Take("answer-1", "answer", "answer-1.wav", marks, frames, frames, voiced, Transcript(words, "m"))
    sounds = {f"answer-1@{span.start / RATE_HZ:.2f}": bool(n % 2) for n, span in enumerate(voiced)}
    return Session(
        "2026-11-23-1000-abcdef", pattern.id, pattern.principle, Level.SDE2, "x", 1, pattern.targets(Level.SDE2),
        175.0, (take,), is_closed=True, sounds=sounds,
    )  # fmt: skip


def takes_of(pattern: Pattern, count: int) -> Session:
    """A session of very many short recordings, each of a turn of its own."""
    session = spoken(pattern, 10)
    takes = tuple(Take(f"t{n}-1", f"t{n}", f"t{n}-1.wav", (), 16_000, 16_000) for n in range(count))
    return replace(session, takes=takes)


def measured(session: Session) -> Any:
    (take,) = session.takes
    assert take.transcript
    limits = {section: (n * 30.0, n * 30.0 + 60) for n, section in enumerate(Section)}
    decided = {span.start / RATE_HZ: True for span in take.voiced or ()}
    return delivery(take.transcript.words, take.voiced or (), limits, confirmed=decided)


def sentence(text: str) -> Sentence:
    return Sentence(text, 0, len(text))


ROW, ANYWHERE = parse("I:asked they:trace .. retry #"), parse("<retry #5% asked>")
LONG = {
    "one word again and again": "retry ",
    "no join in sight": "asked them to trace retry 5% I ",
    "light words": "um well then ",
    "a join at every word": "and I asked them to and retry ",
    "figures": "dropped from 5% to 4% none ",
    "short forms": "Dr. Mr. vs. approx. ",
}


@pytest.mark.parametrize("signs", [True, False], ids=["sentences", "no full stop"])
def test_reading_grows_as_the_answer_does(earn_trust: Pattern, signs: bool) -> None:
    def work(size: int) -> Callable[[], Any]:
        session, before = spoken(earn_trust, size, signs), spoken(earn_trust, size, signs)
        return lambda: read(earn_trust, session, before, Settings())

    assert seconds(work, 4 * 2_000) / seconds(work, 2_000) < MOST


def test_the_delivery_grows_as_the_answer_does(earn_trust: Pattern) -> None:
    def work(size: int) -> Callable[[], Any]:
        session = spoken(earn_trust, size)
        return lambda: measured(session)

    assert seconds(work, 4 * 3_000) / seconds(work, 3_000) < MOST


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize(
    "read_it",
    [
        lambda text: read_clauses(sentence(text)),
        lambda text: find(ROW, sentence(text)),
        lambda text: find(ANYWHERE, sentence(text)),
        figures,
        changes,
        sentences,
    ],
    ids=["clauses", "row", "anywhere", "figures", "changes", "sentences"],
)
def test_one_endless_sentence_is_read_as_fast_as_many(kind: str, read_it: Callable[[str], Any]) -> None:
    def work(size: int) -> Callable[[], Any]:
        text = LONG[kind] * size + str(random.random())
        return lambda: read_it(text)

    assert seconds(work, 4 * 700) / seconds(work, 700) < MOST


def test_many_takes_are_laid_out_and_taken_back_as_fast_as_few(earn_trust: Pattern) -> None:
    def laid(size: int) -> Callable[[], Any]:
        session = takes_of(earn_trust, size)

        def places() -> None:
            line = timeline_of(session)
            assert [line.at(take.id, 5) for take in session.takes[-2:]] == [line.frames - 31_995, line.frames - 15_995]
            for piece in line.pieces:
                assert line.piece_at(piece.start) is piece
                assert line.end_of_take(piece.start) == piece.end

        return places

    def undone(size: int) -> Callable[[], Any]:
        session = takes_of(earn_trust, size)
        return lambda: _as_before(session, replace(session, story_id="one"))

    for work in (laid, undone):
        assert seconds(work, 4 * 500) / seconds(work, 500) < MOST

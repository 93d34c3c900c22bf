"""A session as one stretch of time, and the edges in it: moved, snapped, set, proposed."""

from dataclasses import replace

import pytest

from interviewer.disk.session_file import from_json, to_json
from interviewer.edges import begun_at, can_begin, edge_moved, pauses_of, proposed_marks, snapped
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timeline import Place, timeline_of
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word

S, T, A, R, F = Section
TARGETS = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))


def seconds(number: float) -> int:
    return round(number * RATE_HZ)


DAY = "2026-11-23T10:00"


def session(*takes: Take) -> Session:
    return Session("2026-11-23-1000-abcdef", "earn-trust", "Earn Trust", Level.SDE2, DAY, 1, TARGETS, 175.0, takes)


def answer(*starts: float, length: float = 100.0, voiced: tuple[tuple[float, float], ...] = ()) -> Take:
    marks = tuple(Mark(seconds(start), section) for start, section in zip(starts, Section, strict=False))
    spans = tuple(Span(seconds(start), seconds(end)) for start, end in voiced)
    return Take("answer-1", "answer", "answer-1.wav", marks, seconds(length), seconds(length), spans)


def test_a_whole_answer_and_its_follow_ups_lie_end_to_end() -> None:
    probe = Take("quiet-1", "quiet", "quiet-1.wav", (), seconds(9), seconds(10))
    line = timeline_of(session(answer(2, 20, 30, 80, 95), probe))
    assert [(piece.section, piece.start / RATE_HZ, piece.end / RATE_HZ) for piece in line.pieces] == [
        (None, 0, 2), (S, 2, 20), (T, 20, 30), (A, 30, 80), (R, 80, 95), (F, 95, 100), (None, 100, 110),
    ]  # fmt: skip
    assert line.pieces[-1].probe == "quiet"
    assert line.frames == seconds(110)


def test_every_moment_is_found_both_ways() -> None:
    first = replace(answer(0, length=10), id="situation-1", turn="situation")
    second = Take("task-1", "task", "task-1.wav", (Mark(0, T),), seconds(5), seconds(6))
    line = timeline_of(session(first, second))
    for position in (0, 1, seconds(9.99), seconds(10), seconds(15.5)):
        place = line.place(position)
        assert place
        assert line.at(place.take, place.frame) == position
    assert line.place(seconds(10)) == Place("task-1", 0)
    assert line.end_of_take(seconds(3)) == seconds(10)
    assert line.at("nowhere", 5) is None


def test_a_take_that_was_redone_is_not_on_it() -> None:
    old = Take("task-1", "task", "task-1.wav", (Mark(0, T),), seconds(5), seconds(5))
    line = timeline_of(session(old, replace(old, id="task-2", file="task-2.wav")))
    assert [piece.take for piece in line.pieces] == ["task-2"]
    assert line.at("task-1", 100) is None


def test_a_recording_without_marks_is_there_to_be_heard() -> None:
    line = timeline_of(session(answer()))
    assert [(piece.section, piece.end) for piece in line.pieces] == [(None, seconds(100))]
    assert timeline_of(session()).place(0) is None


def test_an_edge_stops_at_its_neighbours() -> None:
    take = answer(0, 20, 30, 80, 95)
    assert edge_moved(take, A, seconds(50)).marks[2] == Mark(seconds(50), A)
    assert edge_moved(take, A, seconds(5)).marks[2].frame == seconds(20.2)
    assert edge_moved(take, F, seconds(500)).marks[4].frame == seconds(99.8)
    times = session(edge_moved(take, A, seconds(50))).section_times()
    assert [time.seconds for time in times] == [20, 30, 30, 15, 5]


def test_an_edge_goes_to_the_pause_nearby_and_only_there() -> None:
    take = answer(0, voiced=((0, 19.6), (20.4, 60), (60.3, 100)))
    assert pauses_of(take) == (seconds(20), seconds(60.15))
    assert snapped(take, seconds(20.5)) == seconds(20)
    assert snapped(take, seconds(40)) == seconds(40)


def test_sections_are_set_one_after_the_other() -> None:
    take = begun_at(answer(), A, seconds(30))
    assert take.marks == (Mark(0, S), Mark(seconds(30), A))
    take = begun_at(take, T, seconds(20))
    assert [mark.section for mark in take.marks] == [S, T, A]
    take = begun_at(take, T, seconds(25))
    assert take.marks[1] == Mark(seconds(25), T)
    assert can_begin(take, F)
    own = Take("task-1", "task", "task-1.wav", (Mark(0, T),), 9, 9)
    assert not can_begin(own, A)


def test_the_words_propose_where_sections_begin() -> None:
    text = "I noticed that every tenth message was lost. It was not my team's service and nobody had asked me. "
    text += "I pulled the logs. I traced it to the retry code. I wrote a fix and tested it. "
    text += "Lost messages fell from ten per cent to zero. Since then I ask who watches the figure."
    told = text.split()
    words = tuple(Word(word, n, n + 0.8, 0.9) for n, word in enumerate(told))
    marks = proposed_marks(answer(length=60), Transcript(words, "m"))
    assert [mark.section for mark in marks] == [S, T, A, R, F]
    starts = [told[mark.frame // RATE_HZ] for mark in marks]
    assert starts == ["I", "It", "I", "Lost", "Since"]
    assert proposed_marks(answer(), Transcript((), "m")) == ()


@pytest.mark.parametrize(("text", "expected"), [("queue", ["queue"]), ("time out", ["time", "out"]), ("", [])])
def test_a_word_put_right_keeps_its_time_and_what_was_heard(text: str, expected: list[str]) -> None:
    heard = Transcript((Word("the", 0, 0.2, 0.9), Word("cue", 0.2, 0.6, 0.4), Word("filled", 0.6, 1, 0.9)), "m")
    take = replace(answer(0), transcript=heard).corrected(1, text)
    assert take.transcript
    assert [word.text for word in take.transcript.words] == ["the", *expected, "filled"]
    inside = take.transcript.words[1:-1]
    assert all(0.2 <= word.start < word.end <= 0.6 for word in inside)
    assert take.recognised == heard
    assert take.corrected(0, "a").recognised == heard
    kept = from_json(to_json(session(take))).takes[0]
    assert kept == take

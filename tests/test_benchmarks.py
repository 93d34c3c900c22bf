"""A measurement of nothing is refused: no figure is printed, and the status says so."""

from dataclasses import replace
from pathlib import Path

import pytest

import benchmarks.language
import benchmarks.library
import benchmarks.recognition
from app.screens.debrief.reading import read
from app.state.settings import Settings
from benchmarks import NothingHeard, __main__, refuse_silence, status_of
from benchmarks.debrief import refuse_silence as refuse_unread
from benchmarks.debrief import spoken
from benchmarks.first_paint import seconds_to_paint
from interviewer.disk.index import Index
from interviewer.pattern import Pattern
from interviewer.session import Session
from interviewer.transcript import Transcript, Word

HEARD = Transcript((Word("we", 0.0, 0.5, 0.9),), "m")


def test_the_status_says_that_nothing_was_heard(capsys: pytest.CaptureFixture[str]) -> None:
    def nothing() -> int:
        raise NothingHeard("nobody spoke")

    assert status_of(nothing) == 1
    assert capsys.readouterr().out == "not measured: nobody spoke\n"
    assert status_of(lambda: None) == 0
    assert status_of(lambda: 1) == 1


@pytest.mark.parametrize("heard", [[], [None], [Transcript((), "m")], [HEARD, None]])
def test_a_take_without_words_is_no_load(heard: list[Transcript | None]) -> None:
    with pytest.raises(NothingHeard):
        refuse_silence(heard, "takes")
    refuse_silence([HEARD, HEARD], "takes")


def silent(session: Session) -> Session:
    return session.with_take(replace(session.takes[0], transcript=Transcript((), "m")))


def test_a_session_that_was_not_read_whole_gives_no_time(earn_trust: Pattern) -> None:
    session = spoken(earn_trust, 1, 1)
    reading = read(earn_trust, session, None, Settings())
    refuse_unread(reading, session)
    half = session.with_take(replace(session.takes[0], marks=session.takes[0].marks[1:]))
    for some, of in ((None, session), (read(earn_trust, silent(session), None, Settings()), silent(session)), (
        read(earn_trust, half, None, Settings()), half)):  # fmt: skip
        with pytest.raises(NothingHeard, match="words were read"):
            refuse_unread(some, of)


def test_a_labelled_set_of_nothing_is_not_all_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(benchmarks.language, "LABELLED", tmp_path)
    with pytest.raises(NothingHeard, match="of nothing all is right"):
        benchmarks.language.read("cues", "held")


def test_an_empty_library_is_not_searched(tmp_path: Path) -> None:
    store = benchmarks.library.generate(tmp_path, 3)
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    benchmarks.library.refuse_emptiness(index, 3, ["story1", "nowhere"])
    for count, typed in ((4, ["story1"]), (3, ["story7"])):
        with pytest.raises(NothingHeard):
            benchmarks.library.refuse_emptiness(index, count, typed)
    index.close()


def test_samples_that_are_not_there_are_not_recognised(tmp_path: Path) -> None:
    with pytest.raises(NothingHeard, match="samples are not"):
        benchmarks.recognition.main(tmp_path)


def test_a_window_that_paints_nothing_has_no_time() -> None:
    for code in ("pass", "raise SystemExit('no display')"):
        with pytest.raises(NothingHeard, match="nothing was painted"):
            seconds_to_paint(code)


def test_fillers_that_nobody_can_speak_are_not_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")  # no screen of its own
    assert __main__.main(["fillers"]) == 1
    assert "not measured: espeak-ng is not installed" in capsys.readouterr().out

"""Drill: ten attempts by keys alone on a real microphone, the figures behind them, and the same for a file."""

import json
import shutil
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.look.probe_card import LEANINGS
from app.screens.drill.panel import DrillPanel
from app.screens.drill.subject import sentence_subject
from app.terminal.cli import run_command
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from content.samples import shipped_samples
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.drill import Attempt, attempts_of, best, median_seconds, own_pace, surplus, words_that_fit
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span, Verdict, clock_text
from interviewer.transcript import Transcript, Word
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import cards, press, spoken_session

pytestmark = pytest.mark.xdist_group("sound")

CONTROL = Qt.KeyboardModifier.ControlModifier
LOUD = 400
LENGTHS = ("Zero.", "It fell to zero.", "The drop rate fell from four percent to zero in two days.")


def taken(seconds: float, voiced: tuple[float, float] | None, text: str = "", name: str = "result-1") -> Take:
    """A take of some seconds with voice from one to another, its words spread evenly over the voice."""
    frames = round(seconds * RATE_HZ)
    spans, transcript = None, None
    if voiced:
        start, end = voiced
        spans = (Span(round(start * RATE_HZ), round(end * RATE_HZ)),)
        parts = text.split()
        step = (end - start) / max(1, len(parts))
        words = [Word(part, start + n * step, start + (n + 0.9) * step, 0.9) for n, part in enumerate(parts)]
        transcript = Transcript(tuple(words), "m")
    mark = (Mark(0, Section.RESULT),)
    return Take(name, "result", f"{name}.wav", mark, frames, frames, spans, transcript)


def test_best_is_the_one_that_uses_most_of_its_time() -> None:
    def attempt(seconds: float) -> Attempt:
        return Attempt("", seconds + 1, seconds, 20.0)

    assert best([]) is None
    assert best([attempt(25), attempt(12), attempt(19), attempt(21)]) == attempt(19)
    assert best([attempt(25), attempt(22)]) == attempt(22)
    assert best([attempt(0)]) is None
    assert median_seconds([attempt(10), attempt(30), attempt(20)]) == 20
    assert median_seconds([attempt(10), attempt(20)]) == 15
    assert median_seconds([]) is None
    assert attempt(20).verdict is Verdict.INSIDE
    assert attempt(22).verdict is Verdict.JUST_OVER


def test_a_pace_is_known_only_from_enough_speech() -> None:
    assert own_pace([]) is None
    assert own_pace([taken(5, (0.5, 4.5), "one two three")]) is None
    assert own_pace([taken(12, (0.5, 10.5), " ".join(["word"] * 25))]) == pytest.approx(150)
    assert words_that_fit(20, 138) == 46


def test_the_surplus_sentence_is_the_one_that_crosses_the_target() -> None:
    text = "The rate fell to zero. It was worth eight thousand. Others took it up. And then we had lunch together."
    take = taken(22, (1.0, 21.0), text)
    assert surplus(take, 20.0) is None  # twenty seconds of speech
    beyond = surplus(take, 12.0)
    assert beyond
    assert beyond.text == "Others took it up."
    last = surplus(take, 16.0)
    assert last
    assert last.text == "And then we had lunch together."


def test_an_attempt_is_the_speech_once_that_is_known() -> None:
    session = Session("x", "earn-trust", "Earn Trust", Level.SDE2, "2026-11-23T10:00", 1, {}, 1.0)
    session = session.with_take(taken(8.0, None)).with_take(taken(9.0, (1.0, 7.5), "it fell", "result-2"))
    first, second = attempts_of(session, 20.0)
    assert (first.counted_seconds, second.counted_seconds) == (8.0, 6.5)


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL), speaks=False)
    yield running
    running.close()


def voice_seconds(path: Path) -> float:
    """From the first to the last sound of what espeak-ng said."""
    with wave.open(str(path)) as sound:
        frames = sound.readframes(sound.getnframes())
        loud = [
            at
            for at in range(0, len(frames), 2)
            if abs(int.from_bytes(frames[at : at + 2], "little", signed=True)) > 400
        ]
        return (loud[-1] - loud[0]) / 2 / sound.getframerate()


@pytest.mark.timeout(180)
def test_ten_attempts_by_keys_alone(program: Program, pulse: Pulse, speech: Callable[[str], Path]) -> None:
    page = program.pages.drill.panel
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(page.main.isEnabled)
    assert program.shows("Drill: Result")
    expected = []
    for number in range(10):
        wav = speech(LENGTHS[number % len(LENGTHS)])
        expected.append(voice_seconds(wav))
        program.press(Qt.Key.Key_Space if number % 2 else Qt.Key.Key_A)
        program.wait(lambda: program.shows("● Recording"))
        said = pulse.speak(wav)
        program.wait(lambda said=said: said.poll() is not None)  # type: ignore[misc]
        program._qtbot.wait(250)
        program.press(Qt.Key.Key_Space)
        assert program.shows("Space to record")
        assert page.main.isEnabled()
    session = program.session()
    program.wait(lambda: all(take.transcript for take in program.session().takes), 60)
    session = program.session()
    assert session.drill == "result"
    assert len(session.takes) == 10
    found = [attempt.counted_seconds for attempt in attempts_of(session, 20.0)]
    off = [abs(one - other) for one, other in zip(found, expected, strict=True)]
    print(f"ten attempts, at most {1000 * max(off):.0f} ms off")
    assert max(off) < 0.3
    program.wait(lambda: page.strip.texts == tuple(clock_text(seconds) for seconds in found))
    middle = median_seconds(attempts_of(session, 20.0))
    assert middle is not None
    assert f"median {clock_text(middle)} · 10 attempts" in page.figures
    assert "words for you" in " ".join(program.texts())

    # Shorter target, another section, back home: what was said is a session like any other.
    program.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert program.shows("Target 0:10")
    program.press(Qt.Key.Key_1)
    assert program.shows("Drill: Situation")
    assert program.shows("No attempt yet.")
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)
    program.wait(lambda: program.session().is_closed)
    assert program.session().targets[Section.RESULT] == 10.0
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.wait(lambda: any(row.verdict == "Drill: Result, 10 attempts." for row in program.pages.library._model.rows))


def test_leaving_in_the_middle_keeps_what_was_said(program: Program, pulse: Pulse, speech) -> None:
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    said = pulse.speak(speech(LENGTHS[2]))
    program.wait(lambda: said.poll() is not None)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.session().takes[0].is_finished)
    program.wait(lambda: program.session().takes[0].voiced is not None)
    assert program.session().is_closed
    assert program.session().takes[0].frames > 2 * RATE_HZ


def test_closing_the_window_in_the_middle_keeps_what_was_said(qapp, qtbot, pulse: Pulse, speech) -> None:
    program = Program(qapp, qtbot, speaks=False)
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(600)
    program.close()
    (take,) = program.session().takes
    assert take.is_finished
    assert take.frames > 0.5 * RATE_HZ
    assert program.session().is_closed  # nobody goes on with it as an interview


def begin_drill(program: Program) -> DrillPanel:
    """On the Drill page, ready to record."""
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    panel = program.pages.drill.panel
    program.wait(lambda: program.shows("Space to record"))
    return panel


def record(program: Program, milliseconds: int = 600) -> None:
    """Space, some time, Space."""
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(milliseconds)
    program.press(Qt.Key.Key_Space)


def test_the_microphone_check_in_the_middle_loses_nothing(program: Program) -> None:
    """The end of a take comes when another page has the sound card: it is taken all the same."""
    begin_drill(program)
    record(program)
    program.press(Qt.Key.Key_M, modifiers=CONTROL)
    program.wait(lambda: program.session().takes[0].is_finished)
    program.wait(lambda: program.session().takes[0].voiced is not None)
    assert not program.pages.microphone.play.isEnabled()
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.drill and program.shows("Space to record"))
    record(program)
    program.wait(lambda: [take.is_finished for take in program.session().takes] == [True, True])


def test_a_sitting_goes_on_when_it_is_come_back_to(program: Program) -> None:
    panel = begin_drill(program)
    record(program)
    program.press(Qt.Key.Key_Down, Qt.Key.Key_1)
    assert program.shows("No attempt yet.")
    record(program)
    program.press(Qt.Key.Key_4)
    assert len(panel.strip.texts) == 1
    assert program.shows("Target 0:15")
    program.press(Qt.Key.Key_F1, Qt.Key.Key_Escape)
    program.wait(lambda: program.shows("Space to record"))
    record(program)
    program.wait(lambda: len(panel.strip.texts) == 2)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: all(session.is_closed for session in program.store.sessions()))
    told = {session.drill: session for session in program.store.sessions()}
    assert {name: len(session.takes) for name, session in told.items()} == {"result": 2, "situation": 1}
    assert told["result"].targets[Section.RESULT] == 15.0


def test_another_section_at_once_begins_when_the_take_before_is_closed(program: Program) -> None:
    begin_drill(program)
    record(program)
    program.press(Qt.Key.Key_1, Qt.Key.Key_Space)
    assert program.shows("Get ready …")
    program.press(Qt.Key.Key_Space)  # no, not yet
    assert program.shows("Space to record")
    program.press(Qt.Key.Key_Space)
    assert program.shows("Get ready …")
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(300)
    program.press(Qt.Key.Key_Space, Qt.Key.Key_Escape)
    program.wait(lambda: len(program.store.sessions()) == 2)
    program.wait(lambda: all(take.is_finished for session in program.store.sessions() for take in session.takes))
    assert {session.drill: len(session.takes) for session in program.store.sessions()} == {"result": 1, "situation": 1}


def test_a_double_tap_is_no_attempt(program: Program) -> None:
    panel = begin_drill(program)
    program.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    program._qtbot.wait(900)
    assert panel.strip.texts == ()
    assert program.shows("No attempt yet.")
    record(program)
    program.wait(lambda: len(panel.strip.texts) == 1)


def test_an_attempt_stopped_before_its_first_block_leaves_no_trace(program: Program) -> None:
    """Its name is not used again either: no take grows out of the stump of another."""
    panel = begin_drill(program)
    drilling = program.screens.drill.drilling
    record(program)
    program.wait(lambda: len(panel.strip.texts) == 1)
    for _ in range(4):
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: drilling._live.is_recording)
        program.press(Qt.Key.Key_A, Qt.Key.Key_Space)
    program._qtbot.wait(900)
    record(program)
    program.wait(lambda: len(panel.strip.texts) >= 2 and not drilling._live.is_closing)
    program._qtbot.wait(300)
    takes = program.session().takes
    assert all(take.end_frame for take in takes)
    assert len({take.id for take in takes}) == len(takes) == len(panel.strip.texts)
    folder = program.store.folder(program.session().id)
    for take in takes:
        assert (folder / take.file).stat().st_size == 44 + 2 * take.frames


def test_another_level_is_another_session(program: Program) -> None:
    begin_drill(program)
    record(program)
    program.press(Qt.Key.Key_3)
    home = program.pages.home
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    home.choice_changed.emit("earn-trust", Level.SENIOR)
    program.press(Qt.Key.Key_D)
    program.wait(lambda: program.shows("Space to record"))
    assert program.shows("No attempt yet.")
    record(program)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: {session.level for session in program.store.sessions()} == {Level.SDE2, Level.SENIOR})


def test_a_session_that_was_regraded_keeps_its_targets(program: Program) -> None:
    begin_drill(program)
    program.press(Qt.Key.Key_3)
    record(program)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.session().is_closed)
    archive, session_id = program.services.archive, program.session().id
    shorter = {**program.session().targets, Section.ACTION: 62.0}
    archive.change(session_id, lambda now: replace(now, level=Level.SDE1, targets=shorter))
    begin_drill(program)
    program.press(Qt.Key.Key_Escape)
    program._qtbot.wait(300)
    assert program.session().targets[Section.ACTION] == 62.0


def test_looking_at_the_keys_changes_nothing(program: Program) -> None:
    begin_drill(program)
    program.press(Qt.Key.Key_3, Qt.Key.Key_F1, Qt.Key.Key_Escape)
    program.wait(lambda: program.shows("Drill: Action"))


def test_while_it_records_nothing_else_is_chosen(program: Program) -> None:
    begin_drill(program)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program.press(Qt.Key.Key_1)
    assert program.shows("Drill: Result")
    buttons = {each.text(): each for each in program.pages.drill.findChildren(QPushButton)}
    assert not buttons["Situation"].isEnabled()
    program.press(Qt.Key.Key_Space)
    assert buttons["Situation"].isEnabled()
    program.pages.drill.probe_chosen.emit("how-measured")
    assert not any(buttons[section.title].isChecked() for section in Section)


def test_a_follow_up_is_judged_as_in_the_debrief(program: Program, pulse: Pulse, speech) -> None:
    """Where it leans, or that it cannot be rated; never that nothing is missing."""
    begin_drill(program)
    program.pages.drill.probe_chosen.emit("how-measured")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    said = pulse.speak(speech("The drop rate fell."))
    program.wait(lambda: said.poll() is not None)
    program._qtbot.wait(300)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("What was heard"))
    assert not program.shows("Nothing missing")
    assert any(program.shows(text) for text, _ in LEANINGS.values())


def test_where_nothing_can_be_written_it_does_not_say_that_it_records(program: Program) -> None:
    begin_drill(program)
    sessions = program.folders.data / "sessions"
    shutil.rmtree(sessions, ignore_errors=True)
    sessions.write_text("in the way")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("nothing is being recorded"))
    program._qtbot.wait(700)
    assert not program.shows("● Recording")
    assert not program.shows("Get ready …")
    assert "The disk refused" in program.window._notice.text() or "could not be" in program.window._notice.text()
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)
    sessions.unlink()


def test_a_private_drill_is_not_in_the_data_folder(program: Program) -> None:
    program.pages.home._private.setChecked(True)
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program.press(Qt.Key.Key_Space)
    program._qtbot.wait(600)
    assert not list(program.store.sessions())
    session = program.screens.drill.drilling._session
    assert session
    assert program.services.archive.is_private(session.id)
    assert program.shows("Private: in memory only")


def test_a_click_leaves_space_to_the_recording(program: Program) -> None:
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    page = program.pages.drill.panel
    program.wait(page.main.isEnabled)
    for button in program.pages.drill.findChildren(QPushButton):
        if button.text() in ("Task", "+ 5 s"):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            assert program.window.focusWidget() is page, button.text()
    assert program.shows("Drill: Task")
    assert program.shows("Target 0:25")


def test_nothing_said_leaves_no_session(program: Program) -> None:
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)
    assert not list(program.store.sessions())


def test_a_lost_microphone_is_said_and_space_tries_again(program: Program, pulse: Pulse, speech) -> None:
    page = program.pages.drill.panel
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(page.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(700)
    pulse.unplug()
    program.wait(lambda: program.shows("What you said so far is safe."))
    program.wait(lambda: program.session().takes[0].is_finished)
    assert program.session().takes[0].frames > 0.5 * RATE_HZ
    pulse.restart()
    program.press(Qt.Key.Key_Space)
    program.wait(page.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: len([take for take in program.session().takes if take.is_finished]) == 2)


def test_a_follow_up_has_twenty_or_forty_five_seconds(program: Program) -> None:
    page = program.pages.drill.panel
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(page.main.isEnabled)
    program.pages.drill.probe_chosen.emit("how-measured")
    assert program.shows("Drill: a follow-up")
    assert program.shows("Target 0:45")
    page.target_chosen.emit(20.0)
    assert program.shows("Target 0:20")


def test_say_it_now_takes_one_sentence_from_a_finding(program: Program) -> None:
    spoken_session(program, 1)
    card = next(each for each in cards(program) if each.finding.instead)
    press(program, "Say it now")
    program.wait(lambda: program.window.page is program.pages.drill)
    assert program.shows(card.finding.instead)
    assert program.shows("Say it now")
    subject = sentence_subject(card.finding.instead)
    assert program.shows(f"Target {clock_text(subject.turn.target_seconds)}")
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.debrief)


def test_the_example_is_heard_at_the_own_pace(program: Program, pulse: Pulse, tmp_path: Path) -> None:
    page, drilling = program.pages.drill.panel, program.screens.drill.drilling
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(page.main.isEnabled)
    drilling._pace.words_per_minute = 131.4
    program.press(Qt.Key.Key_E)
    program.wait(lambda: drilling._asking._play_id > 0)
    assert program.services.saying.words_per_minute == 131
    program.press(Qt.Key.Key_Escape)
    assert program.services.saying.words_per_minute == 160


def test_one_section_of_a_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The issue's own command: the shipped sample's Result, cut out."""
    sample = shipped_samples()[0]
    decode(sample.path, tmp_path / "whole.wav")
    start, end = sample.marks[Section.RESULT], sample.marks[Section.REFLECTION]
    with wave.open(str(tmp_path / "whole.wav")) as whole, wave.open(str(tmp_path / "result.wav"), "wb") as cut:
        whole.setpos(round(start * RATE_HZ))
        cut.setparams(whole.getparams())
        cut.writeframes(whole.readframes(round((end - start) * RATE_HZ)))
    command = ["drill", "earn-trust", "result", "--take", str(tmp_path / "result.wav"), "--json"]
    assert run_command([*command, "--model", str(SAMPLE_MODEL)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"section", "seconds", "speech_seconds", "target_seconds", "verdict", "words_that_fit"} <= set(found)
    assert found["section"] == "result"
    assert found["seconds"] == pytest.approx(end - start, abs=0.01)
    assert found["seconds"] - 2.5 < found["speech_seconds"] <= found["seconds"]
    assert found["target_seconds"] == 20
    assert found["words_that_fit"] == int(20 * found["words_per_minute"] / 60)
    assert run_command([*command, "--target", "25"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "inside"
    for wrong, says in ((["--target", "0"], "between 1 and 600"), (["--model", "nowhere"], "nowhere")):
        assert run_command([*command, *wrong]) == 2
        assert says in capsys.readouterr().err

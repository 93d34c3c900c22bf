"""The other pages, in the real window: by keys, with real sound."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.look.transcript_view import TranscriptView
from audio.models import SAMPLE_MODEL
from audio.wav import write_take
from content.loader import SHIPPED
from interviewer.disk.store import Store
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word
from tests.program import Program
from tests.pulse import SPEAKER_HZ, Pulse

Say = Callable[[str], Path]


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot)
    yield running
    running.close()


def kept_session(store: Store, pattern: Pattern) -> Session:
    """A finished session: three seconds of a tone as Situation, with four words."""
    words = tuple(
        Word(text, at, at + 0.4, 0.9) for text, at in (("one", 0.2), ("two", 1.0), ("three", 1.8), ("<b>", 2.4))
    )
    frames = 3 * RATE_HZ
    voiced = (Span(RATE_HZ // 5, frames - RATE_HZ // 5),)
    marks = (Mark(0, Section.SITUATION),)
    take = Take("situation-1", "situation", "situation-1.wav", marks, frames, frames, voiced, Transcript(words, "m"))
    targets = pattern.targets(Level.SDE2)
    session = Session(
        "2026-11-23-1012-abc", pattern.id, pattern.principle, Level.SDE2, "2026-11-23T10:12", 4, targets, 175.0, (take,)
    )
    store.save(session)
    tone = (np.sin(np.arange(frames) * 2 * np.pi * 440 / RATE_HZ) * 12_000).astype(np.int16)
    write_take(store.folder(session.id) / take.file, tone)
    return session


def open_debrief(program: Program, session: Session) -> None:
    program.pages.home.session_wished.emit(session.id)
    program.wait(lambda: program.window.page is program.pages.debrief)


def test_the_foot_line_always_says_what_there_is(program: Program) -> None:
    program.wait(lambda: any(text.startswith("Microphone: ") for text in program.texts(program.window)))
    texts = program.texts(program.window)
    assert "On this computer only" in texts
    assert any("No speech model yet" in text for text in texts)


def test_a_sentence_is_recorded_judged_and_heard_back(program: Program, pulse: Pulse, speech: Say, tmp_path) -> None:
    program.press(Qt.Key.Key_M, modifiers=Qt.KeyboardModifier.ControlModifier)
    page = program.pages.microphone
    program.wait(lambda: program.window.page is page)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Recording. Say a sentence"))
    said = pulse.speak(speech("This is my interview voice."))
    program.wait(lambda: said.poll() is not None)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Good. This is a level"))
    spoken = pulse.capture(tmp_path / "speaker.raw")
    program.press(Qt.Key.Key_P)
    program.wait(lambda: (np.abs(np.fromfile(tmp_path / "speaker.raw", "<i2").astype(int)) > 3_000).sum() > 5_000)
    spoken.terminate()
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)


def test_an_earlier_session_is_opened_and_its_sound_played(
    program: Program, pulse: Pulse, earn_trust, tmp_path
) -> None:
    session = kept_session(program.store, earn_trust)
    open_debrief(program, session)
    assert program.shows("0:03 of 0:30, inside")
    assert program.shows("I did not find a Task, an Action, a Result and a Reflection.")
    spoken = pulse.capture(tmp_path / "speaker.raw")
    program.press(Qt.Key.Key_1)
    program.wait(lambda: (np.abs(np.fromfile(tmp_path / "speaker.raw", "<i2").astype(int)) > 3_000).sum() > SPEAKER_HZ)
    program.press(Qt.Key.Key_Space)
    program._qtbot.wait(400)
    length = (tmp_path / "speaker.raw").stat().st_size
    loud = np.abs(np.fromfile(tmp_path / "speaker.raw", "<i2").astype(int)) > 3_000
    assert np.flatnonzero(loud)[-1] < length / 2 - SPEAKER_HZ * 0.05, "it stopped"
    spoken.terminate()


def test_a_word_is_chosen_by_mouse_and_by_keys(program: Program, earn_trust) -> None:
    open_debrief(program, kept_session(program.store, earn_trust))
    view = program.pages.debrief.findChildren(TranscriptView)[0]
    chosen: list[float] = []
    view.word_chosen.connect(chosen.append)
    assert view.toPlainText() == "one two three <b>"
    cursor = view.textCursor()
    cursor.setPosition(5)
    view.setTextCursor(cursor)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect().center())
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen == [1.0, 1.8]


def test_a_session_that_was_left_can_go_on_where_it_was(program: Program, earn_trust) -> None:
    session = kept_session(program.store, earn_trust)
    program.pages.home.go_on_wished.emit(session.id)
    program.wait(lambda: program.window.page is program.pages.room)
    assert program.pages.room._facts
    assert program.pages.room._facts.turn.key == "task"


def test_settings_take_effect_at_once_and_stay(program: Program) -> None:
    program.press(Qt.Key.Key_Comma, modifiers=Qt.KeyboardModifier.ControlModifier)
    page = program.pages.settings
    program.wait(lambda: program.window.page is page)
    before = QApplication.font().pointSizeF()
    page._theme_box.setFocus()
    program.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    page._theme_box.activated.emit(page._theme_box.currentIndex())
    page._text.setCurrentText("200%")
    page._text.activated.emit(page._text.currentIndex())
    assert QApplication.font().pointSizeF() == pytest.approx(2 * before)
    assert program.pages.home.theme.name == "dark"
    page._spins[Section.TASK].setValue(25)
    program.wait(lambda: program.folders.own_file.exists() and "25.0" in program.folders.own_file.read_text())
    page._reset_targets()
    assert page._spins[Section.TASK].value() == 20


def test_a_broken_pattern_of_ones_own_is_named_on_home(program: Program) -> None:
    (program.folders.patterns / "mine.toml").write_text("id = 5\n")
    program.press(Qt.Key.Key_Comma, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: program.window.page is program.pages.settings)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.shows("mine.toml: "))


def test_a_pattern_of_ones_own_can_be_chosen(program: Program) -> None:
    text = (SHIPPED / "earn-trust.toml").read_text().replace('id = "earn-trust"', 'id = "mine"', 1)
    (program.folders.patterns / "mine.toml").write_text(
        text.replace('principle = "Earn Trust"', 'principle = "<i>Mine</i>"', 1)
    )
    program.press(Qt.Key.Key_Comma, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.press(Qt.Key.Key_Escape)
    choice = program.pages.home._pattern
    program.wait(lambda: choice.count() == 2)
    assert choice.itemText(1) == "<i>Mine</i>"


def test_a_take_without_words_gets_them_when_a_model_is_chosen(program: Program, speech: Say, earn_trust) -> None:
    from audio.decode import decode

    session = kept_session(program.store, earn_trust)
    take = session.takes[0]
    frames = decode(speech("Nobody had asked me to investigate."), program.store.folder(session.id) / take.file).frames
    program.store.save(session.with_take(Take(take.id, take.turn, take.file, take.marks, frames, frames)))
    program.pages.settings.changed.emit(program.services.preferences.settings.__class__(model_folder=str(SAMPLE_MODEL)))
    program.wait(lambda: program.session().takes[0].transcript is not None)
    transcript = program.session().takes[0].transcript
    assert transcript
    assert "investigate" in transcript.text


def test_the_key_sheet_is_a_key_away(program: Program) -> None:
    program.press(Qt.Key.Key_F1)
    program.wait(lambda: program.shows("Redo this part; the first attempt is kept"))
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)


def test_a_microphone_that_is_plugged_in_appears_by_itself(program: Program, pulse: Pulse) -> None:
    pulse.stop()
    program.press(Qt.Key.Key_M, modifiers=Qt.KeyboardModifier.ControlModifier)
    choice = program.pages.microphone._device
    program.wait(lambda: choice.count() == 1, 10)  # the system's, whatever that will be
    pulse.start()
    program.wait(lambda: choice.count() > 1, 10)


def test_takes_on_their_way_to_words_are_counted(program: Program) -> None:
    program.window.show_model("Ready: base.en")
    program.window.show_waiting(3)
    assert "Ready: base.en · listening to 3 takes" in program.texts(program.window)
    program.window.show_waiting(0)
    assert "Ready: base.en" in program.texts(program.window)

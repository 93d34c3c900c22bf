"""What is recorded is found, heard, corrected, compared, written out, thrown away and put back: in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from audio.models import SAMPLE_MODEL
from audio.wav import read_take
from interviewer.interview import State
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.timing import RATE_HZ
from tests.near import assert_near
from tests.program import Program
from tests.pulse import SPEAKER_HZ, Pulse
from tests.test_review import press
from tests.test_room import answer

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

FIRST = "I noticed a four percent drop rate in the webhook service. It was owned by the Platform team."
SECOND = "I pulled the delivery logs. I traced the failure to the retry logic. I wrote a fix and an alert."


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL), counts_in=False, speaks=False)
    yield running
    running.close()


def record(program: Program, pulse: Pulse, wav: Path) -> Session:
    """One Situation into the microphone, then home."""
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.READY)
    program.press(Qt.Key.Key_Space)
    answer(program, pulse, wav)
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Space)  # the focus is on Keep
    program.wait(lambda: program.state is State.DONE or program.window.page is program.pages.home)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    if program.window.page is program.pages.room:
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.window.page is program.pages.debrief)
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.wait(lambda: program.session().takes[0].transcript is not None, 30)
    return program.session()


def apart(captured: Path, take: np.ndarray, position: int) -> float:
    """Seconds by which the cursor is ahead of what the loudspeaker has just played."""
    last = np.fromfile(captured, "<i2")[-SPEAKER_HZ * 2 // 5 :: SPEAKER_HZ // RATE_HZ].astype(float)
    first = max(0, position - len(last) - RATE_HZ // 2)
    around = take[first : position + RATE_HZ // 2].astype(float)
    match = np.correlate(around, last, "valid")
    return (position - (first + int(match.argmax()) + len(last))) / RATE_HZ


def choose_file(program: Program, path: Path, kind: str) -> None:
    """Answers the file dialog as a person would: the kind, the name, Enter."""
    dialogs: Callable[[], list[QFileDialog]] = lambda: [  # noqa: E731
        each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible()
    ]
    program.wait(lambda: bool(dialogs()))
    (dialog,) = dialogs()
    dialog.selectNameFilter(next(name for name in dialog.nameFilters() if name.startswith(kind)))
    dialog.filterSelected.emit(dialog.selectedNameFilter())
    dialog.selectFile(str(path))
    dialog.accept()
    program.wait(lambda: not dialogs())


def test_two_takes_from_the_search_to_the_bin_and_back(
    program: Program, pulse: Pulse, speech: Callable[[str], Path], tmp_path: Path
) -> None:
    older = record(program, pulse, speech(FIRST))
    newer = record(program, pulse, speech(SECOND))
    page, review = program.pages.debrief, program.screens.debrief
    player = review.player

    # Search a word, open the session at it, play it.
    program.press(Qt.Key.Key_F, modifiers=CONTROL)
    library = program.pages.library
    program.wait(lambda: len(library._model.rows) == 2)
    program.press(*(Qt.Key[f"Key_{letter}"] for letter in "PLATFORM"))
    program.wait(lambda: len(library._model.rows) == 1)
    program.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is page and page.session_id == older.id)  # type: ignore[attr-defined]
    words = older.takes[0].transcript
    assert words
    searched = next(word for word in words.words if word.text.lower().startswith("platform"))
    assert player.position == round(searched.start * RATE_HZ)
    chosen = page.chosen_word()
    assert chosen
    assert chosen[1] == searched

    # The lit word and the cursor are where the sound is.
    player.seek(0)
    lit: list[tuple[float, float]] = []

    def look(position: int) -> None:
        found = page.chosen_word()
        if found and player.is_playing and (not lit or lit[-1][0] != found[1].start):
            lit.append((found[1].start, position / RATE_HZ))

    player.moved.connect(look)
    captured = tmp_path / "heard.raw"
    listening = pulse.capture(captured)
    program._qtbot.wait(300)
    page.setFocus()
    program.press(Qt.Key.Key_Space)
    take = read_take(program.store.folder(older.id) / older.takes[0].file)

    program.wait(lambda: player.position > 1.2 * RATE_HZ)
    distances = []
    for _ in range(5):
        program._qtbot.wait(500)
        distances.append(apart(captured, take, player.position))
    program.press(Qt.Key.Key_Space)
    assert not player.is_playing
    listening.terminate()
    listening.wait(5)
    starts = {word.start for word in words.words}
    late = [at - start for start, at in lit if start in starts]
    print("cursor ahead of the sound by", " ".join(f"{1000 * each:.0f}" for each in distances), "ms;")
    print(f"{len(late)} words lit, at most {1000 * max(map(abs, late)):.0f} ms from the recogniser's time")
    assert_near(distances, 0.1)
    assert len(late) >= 5
    assert_near(late, 0.15)

    # Move a boundary: the Situation begins later, then its edge is dragged, then all is taken back.
    before = program.store.load(older.id).section_times()[0].seconds
    assert before
    player.seek(RATE_HZ)
    program.press(Qt.Key.Key_1, modifiers=ALT)
    program.wait(lambda: program.store.load(older.id).takes[0].marks[0].frame > 0)
    edge = program.store.load(older.id).takes[0].marks[0].frame
    times = program.store.load(older.id).section_times()
    assert times[0].seconds == pytest.approx(before - edge / RATE_HZ, abs=0.01)
    wave = page.player.wave
    y = wave.height() // 2
    start = QPoint(round(wave._x(edge)), y)
    target = QPoint(round(wave._x(2 * RATE_HZ)), y)
    QTest.mousePress(wave, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(wave, target)
    program._qtbot.wait(50)
    QTest.mouseRelease(wave, Qt.MouseButton.LeftButton, pos=target)
    program.wait(lambda: program.store.load(older.id).takes[0].marks[0].frame != edge)
    assert program.store.load(older.id).takes[0].marks[0].frame == pytest.approx(2 * RATE_HZ, abs=0.7 * RATE_HZ)
    page.setFocus()
    for _ in range(2):
        program.press(Qt.Key.Key_Z, modifiers=CONTROL)
    program.wait(lambda: program.store.load(older.id).takes == older.takes)

    # Put a word right; what the recogniser heard is kept, and the search finds the new word.
    player.seek(round(searched.start * RATE_HZ) + 100)
    program.press(Qt.Key.Key_E)
    program.wait(lambda: page.player.is_asking)
    program.press(*(Qt.Key[f"Key_{letter}"] for letter in "BILLING"))
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.store.load(older.id).takes[0].recognised == words)
    right = program.store.load(older.id).takes[0].transcript
    assert right
    assert "billing" in right.text
    assert program.window.focusWidget() is page

    # A mark and a note.
    program.press(Qt.Key.Key_B)
    program.wait(lambda: len(program.store.load(older.id).takes[0].bookmarks) == 1)
    note = page.answers._sections[Section.SITUATION].own_note  # type: ignore[attr-defined]
    note.setFocus()
    program.press(*(Qt.Key[f"Key_{letter}"] for letter in "SLOWER"), Qt.Key.Key_Return)
    program.wait(lambda: program.store.load(older.id).takes[0].note == "slower")

    # Compare; X switches the sound at the same section.
    page.setFocus()
    program.press(Qt.Key.Key_X)
    program.wait(lambda: program.window.page is program.pages.compare)
    program.wait(lambda: program.shows("Gained in B"))
    program.press(Qt.Key.Key_1)
    program.wait(lambda: program.shows("▶ B · Situation"))
    program.press(Qt.Key.Key_X)
    program.wait(lambda: program.shows("▶ A · Situation"))
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: not program.pages.compare._is_playing)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is page)

    # Write it out.
    for kind, ending in (("Web page", "html"), ("Sound, FLAC", "flac"), ("Everything", "zip")):
        press(program, "Export")
        choose_file(program, tmp_path / f"out.{ending}", kind)
        program.wait((tmp_path / f"out.{ending}").exists)
    assert "billing" in (tmp_path / "out.html").read_text()

    # Throw it away, and put it back as it was.
    folder = program.store.folder(older.id)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    press(program, "To the bin")
    program.wait(lambda: not folder.exists())
    assert program.store.load(newer.id)
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    library._search.clear()
    program.wait(lambda: len(library._model.rows) == 1)
    press(program, "The bin")
    program.wait(lambda: program.shows("30 days left"))
    press(program, "Put back")
    program.wait(folder.exists)
    program.wait(lambda: program.shows("The bin is empty."))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept
    press(program, "Sessions")
    program.wait(lambda: len(library._model.rows) == 2)

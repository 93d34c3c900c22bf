"""Background work that fails: always one sentence, never a "…" that stands, and the program goes on."""

import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.state.bridge import Bridge, Disk
from interviewer.disk.story_file import OwnStory
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse
from tests.test_imports import drop
from tests.test_keys import NEWER, OLDER, keep
from tests.test_private import one_private_session, press
from tests.test_review_walk import choose_file

CONTROL = Qt.KeyboardModifier.ControlModifier
DEEP = "[" * 100_000

FAULTS = [
    KeyError("a\udcff<b>"),
    TypeError("'NoneType' object is not subscriptable"),
    ValueError("nothing"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "no"),
    RecursionError(),
    MemoryError(),
    AssertionError(),
    StopIteration(),
    NotImplementedError(),
    OverflowError(),
    sqlite3.OperationalError("database is locked"),
    zipfile.BadZipFile("no"),
    PracticeError("This is said as it is."),
    IsADirectoryError(21, "Is a directory", "/x"),
    OSError("no number"),
]


class Notices:
    """What the disk says, as the window would show it."""

    def __init__(self) -> None:
        self.bridge = Bridge()
        self.all: list[tuple[str, str]] = []
        self.disk = Disk(self.bridge, lambda *said: self.all.append(said))

    @property
    def shown(self) -> str:
        return {about: text for text, about in self.all}.get("writing the backup", "")


@pytest.fixture
def notices(qapp) -> Iterator[Notices]:
    made = Notices()
    yield made
    made.disk.close()


def raises(fault: Exception) -> Callable[[], None]:
    def work() -> None:
        raise fault

    return work


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_every_fault_is_told_in_one_sentence(qtbot, notices: Notices, fault: Exception) -> None:
    put_right: list[bool] = []
    done: list[int] = []
    disk = notices.disk
    disk.do(raises(fault), done.append, "writing the backup", lambda: put_right.append(True), is_said=True)
    assert notices.shown == "Writing the backup …"
    qtbot.waitUntil(lambda: bool(put_right))
    assert "…" not in notices.shown
    assert notices.shown.endswith(".")
    assert "\n" not in notices.shown
    if isinstance(fault, PracticeError):
        assert notices.shown == "This is said as it is."
    elif isinstance(fault, OSError):
        assert notices.shown.startswith("The disk refused")
    else:
        name = type(fault).__name__
        assert notices.shown.startswith(f"Something went wrong inside ({name}) while writing the backup. ")
        assert str(fault) not in notices.shown or not str(fault), "its message may quote somebody"
    assert done == []
    disk.do(lambda: 7, done.append, "writing the backup", is_said=True)  # its thread is alive
    qtbot.waitUntil(lambda: done == [7])
    assert notices.shown == "", "done at last, so the fault is no more"


def test_what_is_about_something_else_stays(qtbot, notices: Notices) -> None:
    done: list[object] = []
    notices.disk.do(raises(OSError(28, "No space left on device")), doing="writing the backup")
    notices.disk.do(lambda: 1, done.append, "reading the bin")
    qtbot.waitUntil(lambda: bool(done))
    assert "No space left on device" in notices.shown


def test_progress_goes_before_what_comes_of_it(qtbot, notices: Notices) -> None:
    seen: list[str] = []
    notices.disk.do(lambda: 1, lambda _: seen.append(notices.shown), "writing the backup", is_said=True)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [""]


def test_a_fault_in_what_follows_is_the_windows(qtbot, notices: Notices) -> None:
    def follows(_: object) -> None:
        raise KeyError("follows")

    with qtbot.captureExceptions() as exceptions:
        notices.disk.do(lambda: 1, follows)
        qtbot.waitUntil(lambda: bool(exceptions))
    assert exceptions[0][0] is KeyError
    assert notices.all == []


# In the window: each work there is, in a place where it must fail


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield running
    running.close()


def wait_for_the_sentence(program: Program, words: str = "") -> None:
    program.wait(lambda: bool(program.notice) and "…" not in program.notice and words in program.notice)
    assert program.notice.endswith(".")


def nothing_stands(program: Program) -> None:
    """No text that says that something is under way, on whatever page."""
    program.wait(lambda: not any(text.endswith("…") for text in program.texts(program.window)))


def in_the_way(path: Path) -> None:
    """A folder that nothing can be renamed over."""
    path.unlink(missing_ok=True)
    path.mkdir(parents=True, exist_ok=True)
    (path / "something").write_text("in the way")


def damaged(program: Program, name: str, folder: str = "sessions") -> Path:
    """A session whose file nobody foresaw: so many brackets that reading them goes wrong."""
    path = program.folders.data / folder / name
    path.mkdir(parents=True)
    (path / "session.json").write_text(DEEP)
    return path


def test_a_backup_that_fails(program: Program, earn_trust: Pattern, tmp_path: Path) -> None:
    keep(program, earn_trust, OLDER)
    in_the_way(tmp_path / ".all.zip.part")
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    press(program, "Back up everything")
    choose_file(program, tmp_path / "all.zip", "Backup")
    wait_for_the_sentence(program)
    nothing_stands(program)
    shutil.rmtree(tmp_path / ".all.zip.part")
    press(program, "Back up everything")
    choose_file(program, tmp_path / "all.zip", "Backup")
    program.wait(lambda: program.notice == f"Written: {tmp_path / 'all.zip'}")


def test_a_backup_of_a_file_whose_name_is_no_text(program: Program, earn_trust: Pattern, tmp_path: Path) -> None:
    keep(program, earn_trust, OLDER)
    odd = Path(f"{program.store.folder(OLDER)}/\udcff.wav")
    try:
        odd.write_bytes(b"odd")
    except (OSError, UnicodeEncodeError):
        pytest.skip("no such names on this disk")
    program.services.outgoing._pack(tmp_path / "all.zip")
    assert program.notice == "Writing the backup …"
    program.wait(lambda: bool(program.notice) and "…" not in program.notice)
    assert program.notice
    nothing_stands(program)


def test_an_export_that_fails(program: Program, earn_trust: Pattern, tmp_path: Path) -> None:
    keep(program, earn_trust, OLDER)
    take = program.store.folder(OLDER) / "answer-1.wav"
    program.pages.home.session_wished.emit(OLDER)
    program.wait(lambda: program.window.page is program.pages.debrief)
    in_the_way(take)
    for kind, name in (("Sound, WAV", "a.wav"), ("Sound, FLAC", "a.flac")):
        press(program, "Export")
        choose_file(program, tmp_path / name, kind)
        wait_for_the_sentence(program)
        nothing_stands(program)
        program.window._notice.close_shown()
        assert not (tmp_path / name).exists()


def test_what_is_brought_in_and_fails(program: Program, tmp_path: Path) -> None:
    for kind in ("sound", "packed", "backup", "no file"):
        bring_in(program, tmp_path, kind)
    assert program.store.sessions() == ()


def bring_in(program: Program, folder: Path, kind: str) -> None:
    path = folder / f"{kind}.{'mp3' if kind in ('sound', 'no file') else 'zip'}"
    if kind == "sound":
        path.write_bytes(b"\xff\xfb\x90" * 400)
    elif kind != "no file":
        with zipfile.ZipFile(path, "w") as archive:
            if kind == "backup":
                archive.writestr("plainspoken-backup.txt", "Plainspoken backup, format 1\n")
                archive.writestr("sessions/2026-11-23-1012-abcdef/session.json", DEEP)
                archive.writestr("odd/../../odd", "odd")
            else:
                archive.writestr("session.json", DEEP)
    if kind == "no file":  # it was there when it was chosen
        program.services.incoming.take_in([path])
    else:
        drop(program, path)
    assert program.notice.startswith(f"Reading {path.name} …")
    wait_for_the_sentence(program)
    nothing_stands(program)


def test_listing_and_opening(program: Program, earn_trust: Pattern) -> None:
    """One that nobody foresaw hides no other, or it is told that it does."""
    keep(program, earn_trust, OLDER)
    damaged(program, NEWER)
    program.press(Qt.Key.Key_5, modifiers=CONTROL)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    listed = lambda: any(each.startswith("2026-11-22") for each in program.texts())  # noqa: E731
    program.wait(lambda: listed() or bool(program.notice))
    program.pages.home.session_wished.emit(NEWER)
    wait_for_the_sentence(program)
    assert program.window.page is program.pages.home
    program.press(Qt.Key.Key_4, modifiers=CONTROL)
    program.wait(lambda: not program.shows("Reading the takes …"))
    nothing_stands(program)
    program.pages.home.session_wished.emit(OLDER)  # type: ignore[attr-defined]
    program.wait(lambda: program.window.page is program.pages.debrief)


def test_stories_settings_and_tests_that_cannot_be_written(program: Program) -> None:
    in_the_way(program.folders.data / "stories.json")
    program.pages.stories.changed.emit((OwnStory("story-1", "The refund form"),))
    wait_for_the_sentence(program)
    program.window._notice.close_shown()
    in_the_way(program.folders.settings_file)
    preferences = program.services.preferences
    preferences.change(replace(preferences.settings, volume=40))
    wait_for_the_sentence(program)
    shutil.rmtree(program.folders.settings_file)
    preferences.change(replace(preferences.settings, volume=30))
    program.wait(lambda: program.notice == "")  # it could be written, so there is nothing to say any more
    assert json.loads(program.folders.settings_file.read_text())["volume"] == 30
    quizzes = program.folders.data / "quizzes"
    shutil.rmtree(quizzes, ignore_errors=True)
    quizzes.write_text("in the way")
    program.press(Qt.Key.Key_T)
    program.press(Qt.Key.Key_Return, Qt.Key.Key_A)
    wait_for_the_sentence(program)
    assert program.pages.quiz._options, "the test goes on"
    nothing_stands(program)


def test_a_bin_that_cannot_be_read(program: Program) -> None:
    damaged(program, NEWER, "bin")
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.pages.library.bin_wished.emit()
    program.wait(lambda: bool(program.notice) or program.shows("days left"))
    nothing_stands(program)


@pytest.mark.parametrize("wish", ["Put back", "Delete for good"])
def test_what_is_not_in_the_bin_any_more(program: Program, earn_trust: Pattern, wish: str) -> None:
    keep(program, earn_trust, OLDER)
    program.services.archive.throw_away(OLDER)
    program.wait((program.folders.data / "bin" / OLDER).exists)
    program.pages.library.bin_wished.emit()
    program.wait(lambda: program.shows("days left"))
    shutil.rmtree(program.folders.data / "bin" / OLDER)
    press(program, wish)
    if wish == "Delete for good":
        press(program, "Delete it for good")
    wait_for_the_sentence(program)
    program.wait(lambda: program.shows("The bin is empty."))


def test_a_private_session_that_cannot_be_kept_stays_as_it_is(program: Program) -> None:
    private = one_private_session(program)
    shutil.rmtree(program.folders.data / "sessions", ignore_errors=True)
    (program.folders.data / "sessions").write_text("in the way")
    press(program, "Keep it with the others")
    wait_for_the_sentence(program)
    assert program.shows("This session is private")
    page = program.pages.debrief
    page.setFocus()
    program.press(Qt.Key.Key_B)
    program.wait(lambda: len(private.sessions()[0].takes[0].bookmarks) == 1)
    (program.folders.data / "sessions").unlink()
    press(program, "Keep it with the others")
    program.wait(lambda: not program.shows("This session is private"))
    assert len(program.session().takes[0].bookmarks) == 1
    assert program.notice == ""


def test_models_that_cannot_be_looked_for_hide_no_pattern(qapp, qtbot, pulse: Pulse, home: Path) -> None:
    data = home / "Documents" / "Plainspoken"
    data.mkdir(parents=True)
    (data / "models").write_text("in the way")
    program = Program(qapp, qtbot, quiet_children)
    try:
        wait_for_the_sentence(program)
        assert program.pages.home.start.isEnabled()
    finally:
        program.close()


def test_a_take_that_cannot_begin_says_so_and_begins_later(program: Program) -> None:
    """In the drill and in the room nothing stands at "Get ready …" or at "Opening the microphone"."""
    program.press(Qt.Key.Key_D)
    program.wait(lambda: program.shows("Space to record"))
    sessions = program.folders.data / "sessions"
    shutil.rmtree(sessions, ignore_errors=True)
    sessions.write_text("in the way")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("nothing is being recorded"))
    assert program.shows("Space to record")
    sessions.unlink()
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    assert not program.shows("nothing is being recorded")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Space to record"))


def test_works_are_done_in_the_order_they_were_asked_for(qtbot, notices: Notices) -> None:
    gate, order = threading.Event(), list[int]()
    notices.disk.do(gate.wait)
    for number in range(5):
        notices.disk.do(partial(int, number), order.append)
    gate.set()
    qtbot.waitUntil(lambda: order == [0, 1, 2, 3, 4])

"""A session that is thrown away while something is under way for it: what comes too late is dropped, and not told."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.state.bridge import Disk
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.wav import write_take
from interviewer.disk.store import Store
from interviewer.interview import State
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timeline import Place
from interviewer.timing import RATE_HZ, Mark
from tests.program import Program
from tests.pulse import Pulse
from tests.test_keys import NEWER, OLDER, keep, leave_room, newest, open_debrief, open_room
from tests.test_private import one_private_session, press

CONTROL = Qt.KeyboardModifier.ControlModifier
Say = Callable[[str], Path]


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield running
    running.close()


@pytest.fixture
def hearing(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    """With the sample model, so that takes are on their way to words."""
    running = Program(qapp, qtbot, counts_in=False, speaks=False, model_folder=str(SAMPLE_MODEL))
    yield running
    running.close()


class Gate:
    """Holds up a thread of the disk until it is opened."""

    def __init__(self, disk: Disk) -> None:
        self._event = threading.Event()
        disk.do(self._event.wait)

    def open(self) -> None:
        self._event.set()


def nothing_is_said(program: Program, session_id: str) -> None:
    """Not now, nor on any other page; nothing of it is listed, and its folder is not made anew."""
    program._qtbot.wait(600)  # the list is read again a moment after a change
    for key in (Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_1):
        program.press(key, modifiers=CONTROL)
        program._qtbot.wait(60)
        assert program.notice == ""
    assert not program.store.folder(session_id).exists()
    assert not Store(program.folders.runtime).folder(session_id).exists()
    assert session_id not in [row.id for row in program.pages.library._model.rows]
    assert not program.services.archive.holds(session_id)


def in_the_bin(program: Program, session_id: str) -> Path:
    return program.folders.data / "bin" / session_id


def test_while_it_is_recorded(program: Program) -> None:
    for is_private, seconds in ((False, 0.0), (False, 1.0), (True, 0.0), (True, 1.0)):
        program.pages.home._private.setChecked(is_private)
        open_room(program)
        session_id = program.screens.room.conductor._session_id
        program._qtbot.wait(round(1_000 * seconds))
        leave_room(program)
        program.wait(lambda: program.screens.room.conductor._is_over)
        nothing_is_said(program, session_id)
        assert in_the_bin(program, session_id).exists() is not is_private


def test_a_take_of_a_drill_that_is_still_being_closed(program: Program) -> None:
    program.press(Qt.Key.Key_D)
    program.wait(lambda: program.shows("Space to record"))
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(500)
    session_id = program.session().id
    program.press(Qt.Key.Key_2, modifiers=CONTROL)  # leaves the drill; the tail of the take is being written
    program.pages.library.throw_away_wished.emit(session_id)
    assert "In the bin for thirty days" in program.notice
    program._qtbot.wait(800)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    nothing_is_said(program, session_id)


def test_an_interview_left_for_later_and_thrown_away_at_once(program: Program) -> None:
    open_room(program)
    session_id = program.screens.room.conductor._session_id
    program._qtbot.wait(400)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.pages.room._later.click()
    program.services.archive.throw_away(session_id)  # its last take is being closed
    program._qtbot.wait(800)
    program.wait(lambda: program.screens.room.conductor._is_over)
    program.show(program.pages.home)
    nothing_is_said(program, session_id)


def waiting_session(program: Program, pattern: Pattern, wav: Path) -> Session:
    """A take without words, and long enough to be heard for a while."""
    name = OLDER
    session = Session(
        name, pattern.id, pattern.principle, Level.SDE2, f"{name[:10]}T10:12", 4,
        pattern.targets(Level.SDE2), 175.0, is_closed=True,
    )  # fmt: skip
    folder = program.store.folder(name)
    program.store.save(session)
    frames = decode(wav, folder / "situation-1.wav").frames
    sound = np.tile(np.fromfile(folder / "situation-1.wav", "<i2", offset=44), 8)
    write_take(folder / "situation-1.wav", sound)
    marks = (Mark(0, Section.SITUATION),)
    session = session.with_take(Take("situation-1", "situation", "situation-1.wav", marks, frames * 8, frames * 8))
    program.store.save(session)
    return session


def test_while_it_is_heard(hearing: Program, earn_trust: Pattern, speech: Say) -> None:
    program = hearing
    program.wait(lambda: bool(program.services.hearing.model.name))
    session = waiting_session(program, earn_trust, speech("Nobody had asked me to investigate."))
    program.services.index.open()
    program.wait(lambda: program.services.archive.holds(session.id))
    assert program.services.hearing._waiting
    program.services.archive.throw_away(session.id)
    program.wait(lambda: not program.services.hearing._waiting, 60)
    nothing_is_said(program, session.id)


def test_before_it_can_be_heard(program: Program, earn_trust: Pattern) -> None:
    """The index named it among those that wait for words; it was thrown away before it was read."""
    keep(program, earn_trust, OLDER)
    gate = Gate(program.services.disk)
    program.services.hearing.hear_sessions([OLDER])
    program.services.archive.throw_away(OLDER)
    gate.open()
    program.wait(in_the_bin(program, OLDER).exists)
    nothing_is_said(program, OLDER)


def test_between_its_reading_and_its_opening(program: Program, earn_trust: Pattern) -> None:
    keep(program, earn_trust, OLDER)
    archive = program.services.archive
    opened: list[Session] = []
    archive.open(OLDER, opened.append)
    done = threading.Event()
    program.services.disk.do(done.set)
    assert done.wait(5)  # it has been read, and nobody has been told yet
    archive.throw_away(OLDER)
    program.wait(lambda: "There is no session.json" in program.notice)  # the person asked for it, so it is said
    assert opened == []
    program.window._notice.close_shown()
    nothing_is_said(program, OLDER)


def test_changes_that_are_not_written_yet(program: Program, earn_trust: Pattern) -> None:
    """Edits, an undo, a note and a bookmark, before and after."""
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    archive, editing = program.services.archive, program.screens.debrief._listening._editing
    take = newest(program).takes[0]
    written: list[Session] = []
    gate = Gate(program.services.disk)
    editing.toggle_bookmark(NEWER, Place(take.id, RATE_HZ))
    editing.write_note(NEWER, take.id, "a note")
    archive.written.connect(written.append)
    program.screens.debrief._throw_away()
    editing.undo(NEWER)
    editing.write_note(NEWER, take.id, "too late")
    editing.tell_story(NEWER, "story-1")
    archive.change(NEWER, lambda session: session)
    archive.close(NEWER)
    gate.open()
    program.wait(in_the_bin(program, NEWER).exists)
    nothing_is_said(program, NEWER)
    assert NEWER not in [session.id for session in written]
    (thrown,) = Store(program.folders.data, program.folders.data / "bin").sessions()
    assert thrown.takes[0].note == "a note", "what was asked for before is kept"


def test_while_the_index_takes_it_in(program: Program, earn_trust: Pattern) -> None:
    """A change was written and is on its way to the index when the session moves to the bin."""
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    archive, library = program.services.archive, program.services.index
    gate = Gate(library._disk)
    written: list[Session] = []
    archive.written.connect(written.append)
    program.screens.debrief._listening._editing.write_note(NEWER, "answer-1", "a note")
    program.wait(lambda: bool(written))
    archive.throw_away(NEWER)
    program.wait(in_the_bin(program, NEWER).exists)
    gate.open()
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    nothing_is_said(program, NEWER)


def test_while_it_is_written_out(program: Program, earn_trust: Pattern, tmp_path: Path) -> None:
    keep(program, earn_trust, OLDER)
    program.pages.home.session_wished.emit(OLDER)
    program.wait(lambda: program.window.page is program.pages.debrief)
    session = program.services.archive.get(OLDER)
    gate = Gate(program.services.works)
    kinds = ("wav", "flac", "html", "zip", "txt")
    for kind in kinds:
        program.services.outgoing._write(session, earn_trust, tmp_path / f"out.{kind}", kind)
    program.services.archive.throw_away(OLDER)
    program.wait(in_the_bin(program, OLDER).exists)
    gate.open()
    done: list[int] = []
    program.services.works.do(int, done.append)
    program.wait(lambda: bool(done))
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["out.html", "out.txt"], "they need no sound; nothing half is left of the others"
    program.window.show_notice("")
    assert program.notice == "The session was thrown away before all of it was written out."


def test_while_everything_is_backed_up(program: Program, earn_trust: Pattern, tmp_path: Path) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    gate = Gate(program.services.works)
    program.services.outgoing._pack(tmp_path / "all.zip")
    program.services.archive.throw_away(OLDER)
    gate.open()
    program.wait(lambda: program.notice == f"Written: {tmp_path / 'all.zip'}")


def test_a_private_one_is_kept_while_it_is_heard(hearing: Program, speech: Say, pulse: Pulse) -> None:
    """Its words come, and the person sees them."""
    program = hearing
    program.pages.home._private.setChecked(True)
    open_room(program)
    said = pulse.speak(speech("Nobody had asked me to investigate. I pulled the delivery logs. I wrote a fix."))
    program.wait(lambda: said.poll() is not None)
    program._qtbot.wait(400)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.home)
    private = Store(program.folders.runtime)
    program.wait(lambda: bool(private.sessions()) and private.sessions()[0].is_closed)
    program.pages.home.session_wished.emit(private.sessions()[0].id)
    program.wait(lambda: program.window.page is program.pages.debrief)
    press(program, "Keep it with the others")
    program.wait(lambda: len(program.store.sessions()) == 1)
    program.wait(lambda: program.session().takes[0].transcript is not None, 60)
    program.wait(lambda: not program.shows("Still listening to it …"))
    program.wait(lambda: private.sessions() == ())  # the copy among the others comes first
    assert program.notice == ""


def test_what_is_changed_while_it_moves_goes_along(program: Program) -> None:
    private = one_private_session(program)
    gate = Gate(program.services.disk)
    press(program, "Keep it with the others")
    page = program.pages.debrief
    page.setFocus()
    program.press(Qt.Key.Key_B)
    gate.open()
    program.wait(lambda: len(program.store.sessions()) == 1 and bool(program.session().takes[0].bookmarks))
    program.wait(lambda: private.sessions() == ())
    assert program.notice == ""
    assert list((program.folders.runtime / "sessions").iterdir()) == []


def test_a_private_one_thrown_away_while_it_moves_is_nowhere(program: Program) -> None:
    private = one_private_session(program)
    session_id = private.sessions()[0].id
    gate = Gate(program.services.disk)
    press(program, "Keep it with the others")
    press(program, "Throw it away for good")
    gate.open()
    program.wait(lambda: program.window.page is program.pages.home)
    program._qtbot.wait(300)
    nothing_is_said(program, session_id)
    assert not list(program.folders.data.rglob("*.wav"))
    assert not list(program.folders.runtime.rglob("*.wav"))


def test_one_that_never_was_on_the_disk(program: Program) -> None:
    """It could not be written, which is said; to throw it away is no second fault."""
    sessions = program.folders.data / "sessions"
    sessions.mkdir(exist_ok=True)
    for is_private in (False, True):
        archive = program.services.archive
        new = program.services.new_session(is_private)
        archive._open[new.id] = new
        archive.throw_away(new.id)
        program._qtbot.wait(200)
        nothing_is_said(program, new.id)

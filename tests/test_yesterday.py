"""Yesterday's recordings open tomorrow: what version 0.1.0 left on a disk, opened by the program as it is now.

`data/0.1.0` is a whole data folder, its settings, a backup and a packed session, all written by version 0.1.0 itself on
25 November 2026: its real window driven by keys, a synthetic voice in its microphone, its command line for the import,
the backup and the parcel, and two kills while it recorded (one take was kept, one is still cut off). Only the own
pattern was written by hand, as the README tells: a copy of the shipped one. The backup and the parcel are older than
the rest. The folder is never changed; a version that writes otherwise adds one of its own. Documents may grow, and what
was not known may be filled in; nothing may be lost, or say something else.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import zipfile
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.state.folders import Folders, system_folders
from app.state.settings import load_settings, save_settings
from app.terminal.cli import run_command
from audio.models import SAMPLE_MODEL
from audio.wav import frames_in
from content.loader import find_patterns
from interviewer.disk.bin import STAMP, Bin
from interviewer.disk.index import Index
from interviewer.disk.query import Query
from interviewer.disk.store import HEADER_BYTES, Store
from interviewer.disk.story_file import StoryFile
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.practice_book import Practice, PracticeBook
from interviewer.practice.quiz import QuizVerdict, open_one
from interviewer.practice.quiz_shelf import QuizShelf
from interviewer.session import Session
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import cards, press

THEN = Path(__file__).parent / "data" / "0.1.0"
CONTROL = Qt.KeyboardModifier.ControlModifier

WHOLE = "2026-11-25-0207-5d8114"
TOLD = "2026-11-25-0207-1c69da"
LEFT = "2026-11-25-0207-2dac11"
DRILL = "2026-11-25-0207-44211b"
TYPED = "2026-11-25-0207-50bbc8"
IMPORTED = "2026-11-25-0207-595769"
WAITING = "2026-11-25-0207-fcf6dd"
CUT_OFF = "2026-11-25-0208-080829"
THROWN = "2026-11-25-0207-3a8915"
STORY = "story-23c5734b"


class Known(NamedTuple):
    """What is known of a session: of its takes, how many there are, and their frames, words and marks in all."""

    pattern: str
    level: str
    takes: int
    frames: int
    words: int
    marks: int
    is_closed: bool = True
    story: str = "pattern"
    story_id: str = ""
    drill: str = ""
    typed: int = 0
    declined: tuple[str, ...] = ()


KNOWN = {
    WHOLE: Known("earn-trust", "sde2", 10, 487_936, 83, 6, declined=("trust-in-the-fix", "gap-own-part")),
    TOLD: Known("earn-trust", "sde2", 1, 41_984, 9, 1, story_id=STORY),
    LEFT: Known("earn-trust", "sde2", 1, 33_280, 7, 1, is_closed=False),
    DRILL: Known("earn-trust", "sde2", 2, 43_520, 6, 2, drill="result"),
    TYPED: Known("promises-kept", "senior", 0, 0, 0, 0, story="own", typed=5),
    IMPORTED: Known("earn-trust", "sde1", 1, 126_136, 26, 5, story="own"),
    WAITING: Known("earn-trust", "sde2", 1, 17_408, 0, 1),
    CUT_OFF: Known("earn-trust", "sde2", 1, 0, 0, 1, is_closed=False),
}
BACKED_UP = {each: KNOWN[each] for each in (TOLD, LEFT, TYPED)}
BACKED_UP[DRILL] = KNOWN[DRILL]._replace(words=4)  # its second take got its words after the backup
CUT_OFF_FRAMES = 31_232


def known_of(session: Session) -> Known:
    words = sum(len(take.transcript.words) for take in session.takes if take.transcript)
    return Known(
        session.pattern,
        session.level.value,
        len(session.takes),
        sum(take.frames for take in session.takes),
        words,
        sum(len(take.marks) for take in session.takes),
        session.is_closed,
        session.story.value,
        session.story_id,
        session.drill,
        len(session.typed),
        session.declined,
    )


def lost(old: Any, new: Any, at: str = "") -> list[str]:
    """The places where a document no longer says what it did. It may say more, and what was null may be known now."""
    if isinstance(old, dict) and isinstance(new, dict):
        places = {name: lost(value, new.get(name), f"{at}/{name}") for name, value in old.items() if name != "format"}
        return [place for found in places.values() for place in found]
    if isinstance(old, list) and isinstance(new, list) and len(old) <= len(new):
        return [place for n, value in enumerate(old) for place in lost(value, new[n], f"{at}/{n}")]
    return [] if old is None or old == new else [at]


def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def lost_in(now: Path, *sessions: str, folder: str = "sessions") -> list[str]:
    """What is lost in the files of these sessions, of what they said in the folder of then."""
    places = []
    for session_id in sessions:
        path = Path(folder, session_id, "session.json")
        places += lost(document(THEN / "data" / path), document(now / path), session_id)
    return places


def sounds(root: Path) -> dict[str, str]:
    """The recordings below a folder, each with what is in it."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*.wav")
    }


@pytest.fixture
def yesterday(home: Path) -> Folders:
    """The home in which it all lies as it was left. Git keeps no times of files; the index of then knows them."""
    folders = system_folders()
    shutil.copytree(THEN / "data", folders.data)
    shutil.copytree(THEN / "config", folders.config)
    index = sqlite3.connect(folders.data / "index.sqlite")
    for session_id, stamp in index.execute("SELECT id, stamp FROM sessions").fetchall():
        os.utime(folders.data / "sessions" / session_id / "session.json", ns=(stamp, stamp))
    index.close()
    return folders


def test_the_folder_is_as_it_was_written() -> None:
    whole = hashlib.sha256()
    for path in sorted(path for path in THEN.rglob("*") if path.is_file()):
        held = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(THEN).as_posix()} {held}\n".encode())
    assert whole.hexdigest() == "72ac6044d81de4132a0a3b7df12336c4b1891bc2cdb2e21f59fb6932637a4cac"


@pytest.mark.parametrize("has_index", [True, False])
def test_every_session_is_listed(yesterday: Folders, has_index: bool) -> None:
    path = yesterday.data / "index.sqlite"
    if not has_index:
        path.unlink()
    index = Index(path, Store(yesterday.data))
    try:
        index.open()
        rows = {row.id: row for row in index.rows()}
        found = {words: {row.id for row in index.rows(Query(words=words))} for words in ("webhook", "größer", "fix")}
        unfinished = {row.id for row in index.rows(Query(is_unfinished=True))}
        waiting = {row.id for row in index.rows(Query(is_waiting=True))}
        whole = {row.id for row in index.rows(Query(is_whole=True))}
    finally:
        index.close()
    assert set(rows) == set(KNOWN)
    for session_id, row in rows.items():
        known = KNOWN[session_id]
        told = (row.pattern, row.level, row.is_closed, row.story, row.started[:10])
        assert told == (known.pattern, known.level, known.is_closed, known.story_id, "2026-11-25")
    assert {row.id for row in rows.values() if row.is_marked} == {WHOLE}
    assert found == {"webhook": {WHOLE, TOLD}, "größer": {WHOLE, TYPED}, "fix": {WHOLE, TYPED, IMPORTED}}
    assert (unfinished, waiting) == ({CUT_OFF}, {WAITING})
    assert whole == set(KNOWN) - {DRILL}


@pytest.mark.parametrize("session_id", KNOWN)
def test_no_session_loses_anything_when_it_is_read_and_written(yesterday: Folders, session_id: str) -> None:
    store = Store(yesterday.data)
    session = store.load(session_id)
    assert session.id == session_id
    assert known_of(session) == KNOWN[session_id]
    for take in session.takes:
        if take.is_finished:
            assert frames_in(store.folder(session_id) / take.file) == take.frames
    store.save(session)
    assert lost_in(yesterday.data, session_id) == []
    assert sounds(yesterday.data) == sounds(THEN / "data")


def test_what_the_person_did_with_the_interview_is_there(yesterday: Folders) -> None:
    session = Store(yesterday.data).load(WHOLE)
    first = session.take("situation-1")
    assert first.recovered
    assert first.transcript
    assert first.recognised
    assert "a one single drop rate" in first.transcript.text
    assert "a 4% drop rate" in first.recognised.text
    assert first.note == "slower – größer ☂"
    assert (first.bookmarks, session.take("action-2").bookmarks) == ((9_060,), (19_456,))
    assert session.take("task-1").seams == (29_696,)
    assert session.take("how-measured-1").note == "name the reviewer"
    counted = session.latest("action")
    assert counted
    assert counted.id == "action-2"
    assert dict(session.sounds) == {"situation-1@2.73": True, "result-1@3.07": False}
    assert session.disputed == ("my manager asked me to@A", "boundary@T")
    assert session.gap_probes == ("gap-figure", "gap-own-part")
    edges = [mark.frame for mark in Store(yesterday.data).load(IMPORTED).takes[0].marks]
    assert edges == [0, 28_480, 50_400, 81_152, 100_960]
    assert Store(yesterday.data).load(TYPED).typed[Section.RESULT] == "Losses fell from 12 to 0."
    assert Store(yesterday.data).load(DRILL).targets[Section.RESULT] == 15.0


def test_the_take_that_was_cut_off_can_be_kept(yesterday: Folders) -> None:
    store = Store(yesterday.data)
    (cut_off,) = store.cut_off()
    assert (cut_off.session.id, cut_off.take.id, cut_off.take.frames) == (CUT_OFF, "situation-1", CUT_OFF_FRAMES)
    kept = store.keep(cut_off).take("situation-1")
    assert kept.recovered
    assert (kept.frames, kept.end_frame) == (CUT_OFF_FRAMES, CUT_OFF_FRAMES)
    assert (store.folder(CUT_OFF) / kept.file).stat().st_size == HEADER_BYTES + 2 * CUT_OFF_FRAMES


def test_what_was_thrown_away_is_listed_and_comes_back(yesterday: Folders) -> None:
    store = Store(yesterday.data)
    (thrown,) = Bin(store).thrown(datetime(2026, 11, 26))
    assert (thrown.id, thrown.when) == (THROWN, datetime(2026, 11, 25, 2, 7, 15))
    assert thrown.session
    Bin(store).restore(THROWN)
    shutil.copytree(store.folder(THROWN), yesterday.data / "bin" / THROWN)
    assert lost_in(yesterday.data, THROWN, folder="bin") == []
    assert store.load(THROWN) == thrown.session
    transcript = thrown.session.takes[0].transcript
    assert transcript
    assert transcript.text == "I wrote a fix."


def test_the_stories_are_there(yesterday: Folders) -> None:
    bank = StoryFile(yesterday.data)
    first, second = bank.read()
    assert (first.id, first.title, first.principles) == (STORY, "Der Zähler ☂", ("Earn Trust", "Dive Deep"))
    assert first.notes[Section.SITUATION] == "4 % of webhooks lost\ncustomers first"
    assert (second.title, second.notes) == ("The refund form", {Section.ACTION: "logs, fix, alert"})
    bank.write((first, second))
    assert lost(document(THEN / "data" / "stories.json"), document(bank.path)) == []


def test_the_test_that_was_left_goes_on(yesterday: Folders, capsys, monkeypatch) -> None:
    """With the own pattern, whose bank of questions is as it was."""
    done, left = QuizShelf(yesterday.data).all()
    assert (done.pattern, done.right, done.verdict, bool(done.finished)) == (
        "earn-trust", 3, QuizVerdict.NOT_YET, True,
    )  # fmt: skip
    pattern = find_patterns(yesterday.patterns).patterns["promises-kept"]
    assert open_one((done, left), pattern) == left
    monkeypatch.setattr(sys, "stdin", io.StringIO("A\n" * 7))
    assert run_command(["quiz", "promises-kept"]) == 0
    assert "Going on at question 4." in capsys.readouterr().out
    unchanged, finished = QuizShelf(yesterday.data).all()
    assert unchanged == done
    assert finished.id == left.id
    assert finished.finished
    assert finished.questions[:3] == left.questions[:3]
    assert [question.answer for question in finished.questions[:3]] == ["D", "C", "A"]


def test_practice_is_where_it_was_left(yesterday: Folders) -> None:
    answers = {"item-admitted-delay": "A", "item-asked-by-manager": "B"}
    expected = Practice("item-client-call", answers, frozenset({"item-asked-by-manager"}))
    assert PracticeBook(yesterday.data).read() == {"earn-trust": expected}


def test_every_setting_is_in_force(yesterday: Folders) -> None:
    """None of them is the default, so that none of them came from there."""
    then = document(THEN / "config" / "settings.json")
    settings = load_settings(yesterday, print)
    assert lost(then, json.loads(json.dumps(asdict(settings)))) == []
    assert settings.own_targets("earn-trust", Level.SDE2) == {Section.SITUATION: 25.0}
    save_settings(replace(settings, volume=50), yesterday)
    assert lost(then, document(yesterday.settings_file)) == ["/volume"]


def test_the_own_pattern_is_read(yesterday: Folders, capsys) -> None:
    library = find_patterns(yesterday.patterns)
    assert library.problems == ()
    assert library.patterns["promises-kept"].title == "Mine: promises kept, as I tell it"
    assert len(library.patterns["promises-kept"].items) > 10
    assert run_command(["patterns", "show", "promises-kept", "--json"]) == 0


@pytest.mark.parametrize("form", ["text", "markdown", "html", "srt", "vtt", "csv", "wav", "zip"])
def test_each_session_that_was_spoken_goes_out(yesterday: Folders, tmp_path: Path, form: str) -> None:
    for session_id in (WHOLE, IMPORTED):
        out = tmp_path / session_id
        assert run_command(["sessions", "export", session_id, "--format", form, "--to", str(out)]) == 0
        assert out.stat().st_size


def test_the_backup_comes_back_into_an_empty_folder(home: Path) -> None:
    folders = system_folders()
    assert run_command(["sessions", "restore", str(THEN / "backup.zip")]) == 0
    store = Store(folders.data)
    assert {session.id for session in store.sessions()} == set(BACKED_UP)
    assert [thrown.id for thrown in Bin(store).thrown(datetime(2026, 11, 26))] == [THROWN]
    with zipfile.ZipFile(THEN / "backup.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    for session_id, known in BACKED_UP.items():
        name = f"sessions/{session_id}/session.json"
        assert lost(json.loads(packed[name]), document(folders.data / name)) == []
        assert known_of(store.load(session_id)) == known
    recorded = {name: hashlib.sha256(held).hexdigest() for name, held in packed.items() if name.endswith(".wav")}
    assert sounds(folders.data) == recorded
    assert STORY in [story.id for story in StoryFile(folders.data).read()]
    assert len(QuizShelf(folders.data).all()) == 2
    assert "promises-kept" in find_patterns(folders.patterns).patterns
    settings = json.loads(json.dumps(asdict(load_settings(folders, print))))
    assert lost(json.loads(packed["settings.json"]), settings) == []


def test_the_parcel_is_unpacked(home: Path) -> None:
    folders = system_folders()
    assert run_command(["sessions", "import", str(THEN / "parcel.zip")]) == 0
    assert known_of(Store(folders.data).load(TOLD)) == KNOWN[TOLD]
    assert lost_in(folders.data, TOLD) == []
    name = f"sessions/{TOLD}/situation-1.wav"
    assert sounds(folders.data) == {name: sounds(THEN / "data")[name]}


def test_the_window_opens_it_and_reads_it_anew(yesterday: Folders, qapp, qtbot, pulse: Pulse) -> None:
    """Looked at and closed, nothing has changed. Then, on request, takes are kept and words heard anew."""
    stamp = yesterday.data / "bin" / THROWN / STAMP
    stamp.write_text(datetime.now().isoformat(timespec="seconds"))  # thirty days pass
    program = Program(qapp, qtbot)
    open_everything(program)
    program.close()
    assert sounds(yesterday.data) == sounds(THEN / "data")
    assert lost_in(yesterday.data, *KNOWN) == []
    assert lost_in(yesterday.data, THROWN, folder="bin") == []
    for name in ("stories.json", "quizzes/practice.json", "patterns/promises-kept.toml"):
        assert (yesterday.data / name).read_bytes() == (THEN / "data" / name).read_bytes()
    assert lost(document(THEN / "config" / "settings.json"), document(yesterday.settings_file)) == []

    settings = load_settings(yesterday, print)
    save_settings(replace(settings, model_folder=str(SAMPLE_MODEL)), yesterday)
    program = Program(qapp, qtbot)
    try:
        read_anew(program)
    finally:
        program.close()
    assert sounds(yesterday.data) == sounds(THEN / "data")
    assert lost_in(yesterday.data, TOLD, LEFT, DRILL, TYPED, IMPORTED, WAITING) == []


def open_debrief(program: Program, session_id: str) -> None:
    debrief = program.pages.debrief
    program.pages.home.session_wished.emit(session_id)
    program.wait(lambda: program.window.page is debrief and debrief.session_id == session_id)  # type: ignore[attr-defined]


def open_everything(program: Program) -> None:
    """Each page that shows something of then, looked at."""
    program.wait(lambda: program.shows("A recording was cut off on 2026-11-25 at 02:08"))
    program.press(Qt.Key.Key_T)
    program.wait(
        lambda: any(each.text() == "Go on at question 4" for each in program.pages.quiz.findChildren(QPushButton))
    )
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.wait(lambda: {row.id for row in program.pages.library._model.rows} == set(KNOWN))
    press(program, "The bin")
    program.wait(lambda: program.shows("30 days left"))
    program.press(Qt.Key.Key_3, modifiers=CONTROL)
    program.wait(lambda: program.pages.stories.editor.title.text() == "Der Zähler ☂")
    for session_id in KNOWN:
        open_debrief(program, session_id)
    open_debrief(program, WHOLE)
    program.wait(lambda: bool(cards(program)))
    assert program.shows("Asked because: Your result had no number in it.")
    assert program.pages.debrief.answers._sections[Section.SITUATION].own_note.text() == "slower – größer ☂"


def read_anew(program: Program) -> None:
    """The cut-off take is kept, what waits gets its words, and the interview is recognised again."""
    store = program.store
    program.wait(lambda: program.shows("A recording was cut off"))
    press(program, "Keep it in its session")
    program.wait(lambda: all(store.load(each).takes[0].transcript for each in (CUT_OFF, WAITING)))
    assert store.load(CUT_OFF).takes[0].recovered
    before = store.load(WHOLE)
    open_debrief(program, WHOLE)
    press(program, "Recognise again")
    uncorrected = [take.id for take in before.takes if not take.recognised]
    program.wait(lambda: heard_by(store.load(WHOLE), uncorrected) == {SAMPLE_MODEL.name}, 60)
    after = store.load(WHOLE)
    assert len(uncorrected) == 7
    assert any("3 takes have words you put right" in text for text in program.texts(program.window))
    for then, now in zip(before.takes, after.takes, strict=True):
        if then.recognised:
            assert now == then
        assert replace(now, voiced=then.voiced, transcript=then.transcript) == then
    assert replace(after, takes=before.takes) == before
    program.wait(lambda: bool(cards(program)))


def heard_by(session: Session, takes: list[str]) -> set[str]:
    """The names of the models that heard these takes."""
    transcripts = [session.take(take_id).transcript for take_id in takes]
    return {transcript.model for transcript in transcripts if transcript}

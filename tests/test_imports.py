"""Recordings from elsewhere come in by command and by drop, go out as sound, and are heard anew by another model."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.exchange.formats import write_session
from app.exchange.sound_import import import_sound
from app.state.folders import Folders, system_folders
from app.state.new_session import new_session
from app.state.settings import Settings
from app.terminal.cli import run_command
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.wav import header, read_take
from content.samples import shipped_samples
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.timing import RATE_HZ
from tests.foreign import CASES
from tests.foreign import coded as coded_voice
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import press, spoken_session

GOOD = shipped_samples()[0]


@pytest.fixture
def folders(home: Path) -> Folders:
    return system_folders()


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL))
    yield running
    running.close()


def coded(path: Path, codec: str, seconds: float = 8.0) -> Path:
    """The shipped good answer's beginning in another format, as a telephone or a browser would save it."""
    with av.open(str(GOOD.path)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream(codec, rate=48_000)
        assert isinstance(stream, av.AudioStream)
        resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=48_000)
        for frame in source.decode(audio=0):
            if (frame.time or 0.0) > seconds:
                break
            for piece in resampler.resample(frame):
                target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("name", "codec"), [("a.m4a", "aac"), ("a.opus", "libopus"), ("a.mp3", "mp3"), ("a.wav", "")])
def test_any_sound_file_becomes_a_session(folders: Folders, tmp_path: Path, capsys, name: str, codec: str) -> None:
    path = tmp_path / name
    if codec:
        coded(path, codec)
    else:
        decode(GOOD.path, path)
    assert run_command(["import", str(path), "--pattern", "earn-trust", "--marks", "2,4"]) == 0
    session_id = capsys.readouterr().out.split(":")[0]
    session = Store(folders.data).load(session_id)
    (take,) = session.takes
    assert take.frames > 7 * RATE_HZ
    assert [round(mark.frame / RATE_HZ, 3) for mark in take.marks] == [0.0, 2.0, 4.0]
    assert [time.seconds for time in session.section_times()][:2] == [2.0, 2.0]
    assert len(read_take(Store(folders.data).folder(session_id) / take.file)) == take.frames


@pytest.mark.parametrize(
    ("body", "marks", "says"),
    [(b"RIFF not a sound", "", "a.wav"), (b"", "", "a.wav"), (None, "500", "cannot begin at 500 s")],
)
def test_what_cannot_come_in_says_so_and_leaves_nothing(
    folders: Folders, tmp_path: Path, capsys, body: bytes | None, marks: str, says: str
) -> None:
    path = tmp_path / "a.wav"
    if body is None:
        decode(GOOD.path, path)
    else:
        path.write_bytes(body)
    assert run_command(["import", str(path), "--pattern", "earn-trust", *(["--marks", marks] if marks else [])]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert len(told.strip().splitlines()) == 1
    assert not list(Store(folders.data).sessions())
    assert not list((folders.data / "sessions").glob("*")) if (folders.data / "sessions").exists() else True


def test_a_pattern_that_is_not_there_is_named(folders: Folders, tmp_path: Path, capsys) -> None:
    assert run_command(["import", str(GOOD.path), "--pattern", "nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


def test_a_recording_keeps_its_date_and_its_name(folders: Folders, tmp_path: Path, capsys) -> None:
    path = coded_voice(tmp_path / "Küche mit Anna.m4a", "aac", tags={"creation_time": "2023-07-01T12:00:00"})
    assert run_command(["import", str(path), "--pattern", "earn-trust"]) == 0
    told = capsys.readouterr().out
    (session,) = Store(folders.data).sessions()
    assert session.started.startswith("2023-07-01T")
    assert session.source == "Küche mit Anna.m4a"
    assert f"{session.id}: 0:10 of sound, recorded 2023-07-01, " in told
    for words in (["--search", "anna"], ["--search", "küche"]):
        assert run_command(["sessions", *words]) == 0
        assert "Küche mit Anna.m4a" in capsys.readouterr().out
    assert run_command(["sessions", "show", session.id]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(" · Küche mit Anna.m4a")
    assert run_command(["sessions", "show", session.id, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["source"], shown["started"]) == (session.source, session.started)


def test_a_recording_without_a_date_has_that_of_its_file(folders: Folders, tmp_path: Path) -> None:
    path = coded_voice(tmp_path / "a.wav", "pcm_s16le")
    os.utime(path, (0, datetime(2021, 2, 3, 4, 5).timestamp()))
    assert run_command(["import", str(path), "--pattern", "earn-trust"]) == 0
    (session,) = Store(folders.data).sessions()
    assert session.started == "2021-02-03T04:05"


def test_what_a_file_lacks_is_said(folders: Folders, capsys) -> None:
    sentence = "damaged_middle.caf: 0.9 s at 0:03 could not be read and are silent."
    arguments = [str(CASES / "damaged_middle.caf"), "--pattern", "earn-trust"]
    assert run_command(["import", *arguments]) == 0
    assert sentence in capsys.readouterr().out.splitlines()
    rehearsed = ["rehearse", "earn-trust", "--one-take", arguments[0]]
    assert run_command(rehearsed) == 0
    assert sentence in capsys.readouterr().err.splitlines()
    assert run_command([*rehearsed, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notices"] == [sentence]


def test_marks_are_on_the_clock_of_the_file(folders: Folders, capsys) -> None:
    """Its own one: five of its seconds are a pause."""
    arguments = ["import", str(CASES / "pause_of_5s_at_4s.webm"), "--pattern", "earn-trust", "--marks"]
    assert run_command([*arguments, "2,14"]) == 0
    capsys.readouterr()
    assert run_command([*arguments, "2,15"]) == 2
    told = "Action cannot begin at 15 s: pause_of_5s_at_4s.webm is 14.6 s long.\n"
    assert capsys.readouterr().err == told
    assert len(Store(folders.data).sessions()) == 1


def test_what_is_no_file_is_said_and_leaves_nothing(folders: Folders, tmp_path: Path, capsys) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "empty.wav").touch()
    for path in (tmp_path / "pipe.wav", tmp_path, Path("/dev/zero"), tmp_path / "empty.wav", tmp_path / "gone.wav"):
        assert run_command(["import", str(path), "--pattern", "earn-trust"]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(folders.data.glob("sessions/*")) + list(folders.data.glob("sessions/.*"))


def test_a_folder_that_is_there_already_is_never_touched(folders: Folders, earn_trust: Pattern, tmp_path: Path) -> None:
    store = Store(folders.data)
    session = new_session("2026-01-01-1000-000000", earn_trust, Level.SDE2, Settings())
    for place in (store.folder(session.id), store.folder(session.id).with_name(f".{session.id}.part")):
        place.mkdir(parents=True)
        (place / "mine.txt").write_text("mine")
        for path in (GOOD.path, tmp_path / "gone.wav"):
            with pytest.raises(PracticeError):
                import_sound(store, session, path)
        assert [each.name for each in place.iterdir()] == ["mine.txt"]
        shutil.rmtree(place)
    assert not list((folders.data / "sessions").iterdir())


def drop(program: Program, *paths: Path) -> None:
    """As from a file manager."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, modifier = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(300, 300)
    QApplication.sendEvent(program.window, QDragEnterEvent(at.toPoint(), action, mime, button, modifier))
    QApplication.sendEvent(program.window, QDropEvent(at, action, mime, button, modifier))


@pytest.mark.timeout(120)
def test_a_recording_is_dropped_on_the_window(program: Program, tmp_path: Path) -> None:
    """It gets its words, and they propose where its sections begin."""
    drop(program, GOOD.path)
    program.wait(lambda: program.window.page is program.pages.debrief)
    name = program.pages.debrief.session_id
    program.wait(lambda: bool(program.store.load(name).takes[0].transcript), 60)
    marks = program.store.load(name).takes[0].marks
    assert [mark.section for mark in marks][:3] == [Section.SITUATION, Section.TASK, Section.ACTION]
    for mark in marks[1:]:
        assert mark.frame / RATE_HZ == pytest.approx(GOOD.marks[mark.section], abs=2.5)


def test_a_broken_file_is_dropped_on_the_window(program: Program, tmp_path: Path) -> None:
    broken = tmp_path / "holiday.mp3"
    broken.write_bytes(b"\xff\xfb not really" * 50)
    drop(program, broken)
    program.wait(lambda: "holiday.mp3" in program.notice and "…" not in program.notice)
    print(program.notice)
    assert program.window.page is program.pages.home
    assert not list(program.store.sessions())


def test_a_long_file_is_given_up_with_esc(program: Program, tmp_path: Path) -> None:
    """An hour and a half of silence, which takes no room on the disk; behind it another one."""
    path = tmp_path / "long.wav"
    path.write_bytes(header(0))
    os.truncate(path, 1 << 28)
    drop(program, path, GOOD.path)
    program.wait(lambda: "Esc stops it" in program.notice)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: "long.wav was not taken in: reading it was stopped." in program.notice, 5)
    program.wait(lambda: f"{GOOD.path.name} was not taken in" in program.notice, 5)
    assert not list(program.store.sessions())
    assert program.window.page is program.pages.home
    drop(program, GOOD.path)
    program.wait(lambda: program.window.page is program.pages.debrief)


def test_what_is_no_file_is_dropped_on_the_window(program: Program, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    drop(program, tmp_path / "pipe.wav")
    program.wait(lambda: program.notice == "pipe.wav is a pipe, not a file. Choose a file.", 8)


def test_what_a_dropped_file_lacks_is_said_beside_its_debrief(program: Program) -> None:
    drop(program, CASES / "damaged_middle.caf")
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.wait(lambda: "0.9 s at 0:03 could not be read" in program.notice)
    assert program.shows("damaged_middle.caf")


@pytest.mark.timeout(120)
def test_another_model_hears_a_session_anew_but_leaves_what_was_put_right(program: Program, tmp_path: Path) -> None:
    session = spoken_session(program, 1)
    heard = session.takes[0].transcript
    assert heard
    other = tmp_path / "other-model"
    shutil.copytree(SAMPLE_MODEL, other)
    settings = program.services.preferences.settings
    program.services.preferences.change(replace(settings, model_folder=str(other)))
    program.wait(lambda: program.services.hearing.model.name == "other-model")
    press(program, "Recognise again")
    program.wait(lambda: _model(program, session.id) == "other-model", 60)
    again = program.store.load(session.id).takes[0].transcript
    assert again
    assert again.text == heard.text
    assert not program.pages.debrief.session_actions.hear_again.isVisible()


def _model(program: Program, name: str) -> str:
    transcript = program.store.load(name).takes[0].transcript
    return transcript.model if transcript else ""


@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_sound_goes_out_sample_by_sample(
    folders: Folders, earn_trust: Pattern, tmp_path: Path, capsys, kind: str
) -> None:
    assert run_command(["import", str(GOOD.path), "--pattern", "earn-trust"]) == 0
    session = Store(folders.data).sessions()[0]
    folder = Store(folders.data).folder(session.id)
    target, back = tmp_path / f"out.{kind}", tmp_path / "back.wav"
    write_session(session, earn_trust, folder, target, kind)
    decode(target, back)
    take = read_take(folder / session.takes[0].file)
    assert np.array_equal(read_take(back), take)
    assert target.stat().st_size < (0.8 if kind == "flac" else 1.1) * (folder / session.takes[0].file).stat().st_size


def test_a_session_without_sound_says_so(folders: Folders, earn_trust: Pattern, tmp_path: Path, capsys) -> None:
    assert run_command(["import", str(GOOD.path), "--pattern", "earn-trust"]) == 0
    session = replace(Store(folders.data).sessions()[0], takes=())
    with pytest.raises(PracticeError, match="no recording"):
        write_session(session, earn_trust, Store(folders.data).folder(session.id), tmp_path / "x.wav", "wav")


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_a_parcel_of_a_real_recording_comes_back_byte_for_byte(folders: Folders, tmp_path: Path, capsys) -> None:
    """Written, everything wiped, brought in: each file's hash is what it was; ten times."""
    store = Store(folders.data)
    assert run_command(["import", str(GOOD.path), "--pattern", "earn-trust"]) == 0
    session = store.sessions()[0]
    before = hashes(store.folder(session.id))
    for turn in range(10):
        parcel = tmp_path / f"{turn}.zip"
        assert run_command(["sessions", "export", session.id, "--format", "zip", "--to", str(parcel)]) == 0
        shutil.rmtree(folders.data)
        assert run_command(["sessions", "import", str(parcel)]) == 0
        assert hashes(store.folder(session.id)) == before
    capsys.readouterr()
    assert run_command(["sessions", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [session.id]

"""Everything in one file and back: hashes equal, nothing overwritten, nothing lands elsewhere, damage is said."""

import hashlib
import random
import shutil
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from app.state.folders import Folders, system_folders
from app.terminal.cli import run_command
from audio.wav import HEADER_BYTES, TakeWriter, frames_in, read_take
from interviewer.disk.backup import back_up, restore
from interviewer.disk.bin import Bin
from interviewer.disk.store import Store
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.errors import PracticeError
from tests.test_bin import NOW
from tests.test_index import session


@pytest.fixture
def folders(home: Path) -> Folders:
    """A person with sessions, one of them in the bin, a story, a pattern and settings."""
    folders = system_folders()
    folders.make()
    store, dice = Store(folders.data), random.Random(4)
    for number in range(1, 8):
        one = session(number, f"I traced number{number}")
        store.save(one)
        (store.folder(one.id) / "situation-1.wav").write_bytes(b"RIFF" + dice.randbytes(20_000))
    Bin(store).throw_away(session(7).id, NOW)
    StoryFile(folders.data).write([OwnStory("story-1", "The queue")])
    (folders.patterns / "own.toml").write_text("id = 'own'\n")
    folders.settings_file.write_text('{"theme": "dark"}')
    (folders.data / "index.sqlite").write_bytes(b"a cache")
    return folders


def hashes(folders: Folders) -> dict[str, str]:
    """Of all that is the person's; the index and what keeps room free are not."""
    found = {}
    for path in sorted([*folders.data.rglob("*"), folders.settings_file]):
        if path.is_file() and not path.name.startswith("index.sqlite") and path.name not in (".reserve", ".lock"):
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def wipe(folders: Folders) -> None:
    shutil.rmtree(folders.data)
    shutil.rmtree(folders.config)


def test_everything_comes_back(folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, target = hashes(folders), tmp_path / "all.zip"
    assert run_command(["sessions", "backup", "--to", str(target)]) == 0
    wipe(folders)
    assert run_command(["sessions", "restore", str(target)]) == 0
    assert "6 sessions came back" in capsys.readouterr().out
    assert hashes(folders) == before
    assert run_command(["sessions", "restore", str(target)]) == 0
    assert "0 sessions came back, 6 were here" in capsys.readouterr().out


def test_ten_times_while_a_take_is_being_recorded(folders: Folders, tmp_path: Path) -> None:
    """Each backup holds the take as far as it was; every frame of it is the right one."""
    store = Store(folders.data)
    take = store.folder(session(6).id) / "task-1.wav"
    still = {name: value for name, value in hashes(folders).items() if name != str(take)}
    stop = threading.Event()

    def record() -> None:
        writer = TakeWriter(take)
        while not stop.wait(0.002):
            block = np.arange(writer.frames, writer.frames + 512) % 30_000
            writer.append(block.astype("<i2").tobytes())
        writer.close()

    recording = threading.Thread(target=record)
    recording.start()
    while not (take.exists() and frames_in(take)):
        time.sleep(0.01)
    good = 0
    try:
        for number in range(10):
            target = tmp_path / f"{number}.zip"
            back_up(folders.data, folders.settings_file, target)
            elsewhere = tmp_path / f"home-{number}"
            restore(target, elsewhere, elsewhere / "settings.json")
            copy = elsewhere / take.relative_to(folders.data)
            samples = read_take(copy)
            assert len(samples) > 0
            assert (samples == np.arange(len(samples)) % 30_000).all()
            there = {
                str(folders.data / path.relative_to(elsewhere)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in elsewhere.rglob("*")
                if path.is_file() and path != copy and path.name != "settings.json"
            }
            there[str(folders.settings_file)] = hashlib.sha256((elsewhere / "settings.json").read_bytes()).hexdigest()
            good += there == still
            with zipfile.ZipFile(target) as archive:
                assert archive.testzip() is None
    finally:
        stop.set()
        recording.join()
    assert good == 10
    assert take.stat().st_size > HEADER_BYTES


def test_what_is_here_is_never_touched(folders: Folders, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    back_up(folders.data, folders.settings_file, target)
    mine = Store(folders.data).folder(session(2).id) / "situation-1.wav"
    mine.write_bytes(b"newer")
    restored = restore(target, folders.data, folders.settings_file)
    assert restored.sessions == ()
    assert session(2).id in restored.kept
    assert mine.read_bytes() == b"newer"


@pytest.mark.parametrize(
    "name",
    ["../x", "sessions/../../x", "/etc/x", "sessions/a/b/c", "elsewhere/x", "sessions/.a/b", "sessions/a\\b/c",
     "patterns/../x", "lock", "sessions/a/x.part"],
)  # fmt: skip
def test_a_file_that_would_land_elsewhere_stops_it_all(folders: Folders, tmp_path: Path, name: str) -> None:
    target, root = tmp_path / "all.zip", tmp_path / "new"
    back_up(folders.data, folders.settings_file, target)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(PracticeError, match="land elsewhere"):
        restore(target, root, root / "settings.json")
    assert not root.exists()


def test_damage_is_one_sentence_and_no_half_session(folders: Folders, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    back_up(folders.data, folders.settings_file, target)
    whole, dice = target.read_bytes(), random.Random(5)
    for number in range(40):
        body = bytearray(whole)
        if number % 2:
            body = body[: dice.randrange(len(body))]
        else:
            for _ in range(30):
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        broken, root = tmp_path / "broken.zip", tmp_path / f"new-{number}"
        broken.write_bytes(body)
        with suppress(PracticeError):  # many bits say nothing that matters
            restore(broken, root, root / "settings.json")
        for path in root.rglob("*"):
            assert not path.name.endswith(".part")
        for folder in (root / "sessions").glob("*"):
            assert {path.name for path in folder.iterdir()} == {"session.json", "situation-1.wav"}
    with pytest.raises(PracticeError):
        restore(Path(__file__), tmp_path / "new", tmp_path / "new" / "settings.json")


def test_no_room_leaves_nothing_behind(folders: Folders, tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="could not be written"):
        back_up(folders.data, folders.settings_file, tmp_path / "nowhere" / "all.zip")

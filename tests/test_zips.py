"""ZIPs from elsewhere: nothing is believed, nothing lands elsewhere, no bomb goes off. And what goes out comes back."""

import json
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.state.folders import system_folders
from app.terminal.cli import run_command
from interviewer.disk.backup import back_up, is_backup, restore
from interviewer.disk.bin import STAMP, Bin
from interviewer.disk.parcel import pack, unpack
from interviewer.disk.session_file import to_json
from interviewer.disk.store import Store
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.disk.zip_in import ForeignZip
from interviewer.errors import PracticeError
from tests.mutants import one_sentence
from tests.test_index import session

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 12, 0)
ONE = session(8).id
DOCUMENT = json.dumps(to_json(session(8))).encode()
Open = Callable[[Path], object]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "data")
    for number in (1, 8):
        store.save(session(number))
        (store.folder(session(number).id) / "situation-1.wav").write_bytes(b"RIFF" + bytes(range(256)) * number)
    StoryFile(store.root).write([OwnStory("story-1", "The queue")])
    return store


@pytest.fixture(params=["pack", "backup"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def made(path: Path, form: str, *entries: tuple[str | zipfile.ZipInfo, bytes], document: bytes = DOCUMENT) -> Path:
    """A pack or a backup with one session, and what else is wanted in its folder."""
    start = "sessions/" if form == "backup" else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if form == "backup":
            archive.writestr("plainspoken-backup.txt", "Plainspoken backup, format 1\n")
        archive.writestr(f"{start}{ONE}/session.json", document)
        for name, body in entries:
            if isinstance(name, zipfile.ZipInfo):
                name.filename = f"{start}{ONE}/{name.filename}"
                archive.writestr(name, body)
            else:
                archive.writestr(f"{start}{ONE}/{name}", body)
    return path


def take_in(path: Path, form: str, root: Path) -> list[str]:
    """The sessions that are there then."""
    if form == "pack":
        unpack(path, Store(root))
    else:
        restore(path, root, root / "settings.json")
    return [each.id for each in Store(root).sessions()]


def refuse(path: Path, form: str, root: Path, why: str) -> None:
    with pytest.raises(PracticeError, match=why) as caught:
        take_in(path, form, root)
    assert one_sentence(str(caught.value))
    assert not [each for each in root.rglob("*") if each.is_file() or each.name.endswith(".part")]


def without(path: Path, form: str, root: Path, why: str) -> None:
    """A pack is refused, of a backup the session is left out."""
    if form == "pack":
        refuse(path, form, root, why)
    else:
        assert restore(path, root, root / "settings.json").left_out == (f"sessions/{ONE}",)
        assert not [each for each in root.rglob("*") if each.is_file() or each.name.endswith(".part")]


def test_a_session_by_itself_is_taken_in(tmp_path: Path, form: str) -> None:
    assert take_in(made(tmp_path / "x.zip", form, ("situation-1.wav", b"RIFF")), form, tmp_path / "new") == [ONE]


@pytest.mark.parametrize(
    "name", ["../x", "../../evil.txt", "/etc/x", "a/b", "..", "C:x", "a\\b", "a\nb", "con", "x" * 200, "a. ", "\u202ea"]
)
def test_a_name_that_leads_elsewhere(tmp_path: Path, form: str, name: str) -> None:
    refuse(made(tmp_path / "x.zip", form, (name, b"x")), form, tmp_path / "new", "land elsewhere")


@pytest.mark.parametrize("mode", [0o120777, 0o010600, 0o060600, 0o040700, 0o140600])
def test_an_entry_that_is_no_file(tmp_path: Path, form: str, mode: int) -> None:
    entry = zipfile.ZipInfo("situation-1.wav")
    entry.external_attr = mode << 16
    refuse(made(tmp_path / "x.zip", form, (entry, b"/etc/passwd")), form, tmp_path / "new", "land elsewhere")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_unpacks_without_a_limit(tmp_path: Path, form: str, method: int) -> None:
    entry = zipfile.ZipInfo("situation-1.wav")
    entry.compress_type = method
    refuse(made(tmp_path / "x.zip", form, (entry, b"x" * 99)), form, tmp_path / "new", "packed in a way")


@pytest.mark.parametrize("second", ["Situation-1.WAV", "situation-1.wav"])
def test_two_of_one_name(tmp_path: Path, form: str, second: str) -> None:
    with pytest.warns(UserWarning, match="Duplicate") if second == "situation-1.wav" else pytest.MonkeyPatch.context():
        path = made(tmp_path / "x.zip", form, ("situation-1.wav", b"a"), (second, b"b"))
    refuse(path, form, tmp_path / "new", "two files of one name")


@pytest.mark.parametrize(
    ("at", "kind", "value", "why"),
    [
        (8, "<H", 1, "encrypted"),
        (10, "<H", 99, "packed in a way"),
        (16, "<I", 12345, "damaged"),
        (20, "<I", 5, "damaged"),
        (20, "<I", 0x7FFFFFFF, "damaged"),
        (24, "<I", 5, "damaged"),
        (24, "<I", 1 << 20, "damaged"),
        (42, "<I", 0, "damaged"),
        (42, "<I", 0x7FFFFFFF, "damaged"),
    ],
)
def test_a_directory_that_lies(tmp_path: Path, at: int, kind: str, value: int, why: str) -> None:
    """About the last entry: flags, method, checksum, packed bytes, bytes, place."""
    path = made(tmp_path / "x.zip", "pack", ("situation-1.wav", bytes(range(256)) * 9))
    body = bytearray(path.read_bytes())
    struct.pack_into(kind, body, body.rfind(b"PK\x01\x02") + at, value)
    path.write_bytes(body)
    refuse(path, "pack", tmp_path / "new", why)


@pytest.mark.parametrize(
    "body", [b"", b"PK\x03\x04", b"x" * 1_000, b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_zip(tmp_path: Path, form: str, body: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(body)
    refuse(path, form, tmp_path / "new", r"x\.zip ")
    with pytest.raises(PracticeError) if len(body) != 22 or b"\xff" in body else pytest.MonkeyPatch.context():
        assert not is_backup(path)


@pytest.mark.parametrize("name", [".x", "x" * 200 + ".zip", "a\nb.zip", "a\udcffb.zip", "no ending"])
def test_a_file_with_an_odd_name(tmp_path: Path, form: str, name: str) -> None:
    path = tmp_path / name
    made(path, form, document=b"{")
    without(path, form, tmp_path / "new", "holds no session that can be read: it breaks off")
    made(path, form)
    assert take_in(path, form, tmp_path / "new") == [ONE]


def test_a_session_that_cannot_be_read(tmp_path: Path, form: str) -> None:
    odd = json.dumps({**to_json(session(8)), "takes": [{"id": "a", "file": "/etc/passwd"}]}).encode()
    without(made(tmp_path / "x.zip", form, document=odd), form, tmp_path / "new", "file must be one of|is missing")


def test_one_flipped_bit_in_a_take(tmp_path: Path, form: str) -> None:
    entry = zipfile.ZipInfo("situation-1.wav")
    path = made(tmp_path / "x.zip", form, (entry, b"RIFF" + b"sound" * 999))
    path.write_bytes(path.read_bytes().replace(b"soundsoundsound", b"soundsoumdsound", 1))
    without(path, form, tmp_path / "new", "is damaged")


def test_a_backup_without_its_damaged_session_brings_the_others(
    store: Store, tmp_path: Path, capsys, home: Path
) -> None:
    (store.folder(ONE) / "session.json").write_text("{")
    back_up(store.root, tmp_path / "none", tmp_path / "all.zip")
    restored = restore(tmp_path / "all.zip", tmp_path / "new", tmp_path / "new" / "settings.json")
    assert (restored.sessions, restored.left_out) == ((session(1).id,), (f"sessions/{ONE}",))
    assert StoryFile(tmp_path / "new").read()[0].title == "The queue"
    assert run_command(["sessions", "restore", str(tmp_path / "all.zip")]) == 0
    told = capsys.readouterr()
    assert "1 sessions came back" in told.out
    assert told.err == f"sessions/{ONE} is damaged in the backup and was left out.\n"


def test_bombs_take_no_memory_and_leave_nothing(tmp_path: Path) -> None:
    """A document, a take, and a list of files that go on for ever; also from a directory that says nothing of it."""
    if sys.platform != "linux":
        pytest.skip("memory is asked for in Linux's way")
    huge = b"[" + b"0," * (100 << 20) + b"0]"
    for form in ("pack", "backup"):
        path = made(tmp_path / f"document-{form}.zip", form, document=huge)
        assert path.stat().st_size < 300_000
        body = bytearray(path.read_bytes())
        struct.pack_into("<I", body, body.rfind(b"PK\x01\x02") + 24, 1_000)
        (tmp_path / f"lying-{form}.zip").write_bytes(body)
    with zipfile.ZipFile(tmp_path / "files-pack.zip", "w") as archive:
        for number in range(60_000):
            archive.writestr(zipfile.ZipInfo(f"a/{number}"), b"")
    directory = b"PK\x01\x02" + bytes(42) + b""
    count = 400_000
    end = b"PK\x05\x06" + struct.pack("<4xHHIIH", 0xFFFF, 0xFFFF, len(directory) * count, 0, 0)
    (tmp_path / "directory-backup.zip").write_bytes(directory * count + end)
    program = """
import sys
from pathlib import Path
from interviewer.disk.backup import restore
from interviewer.errors import PracticeError
from interviewer.disk.parcel import unpack
from interviewer.disk.store import Store
from tests.mutants import forget_peak, memory
root = Path(sys.argv[1])
for path in sorted(root.glob("*.zip")):
    before = forget_peak()
    try:
        if "pack" in path.name:
            unpack(path, Store(root / "new"))
        else:
            restored = restore(path, root / "new", root / "new" / "settings.json")
            assert restored.left_out and not restored.sessions
    except PracticeError as error:
        pass
    print(path.name, (memory("VmHWM") - before) >> 20)
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    taken = {name: int(megabytes) for name, megabytes in map(str.split, done.stdout.splitlines())}
    assert len(taken) == 6
    assert max(taken.values()) < 150, taken
    assert not [path for path in (tmp_path / "new").rglob("*") if path.is_file()]


def test_more_than_there_is_room_for(tmp_path: Path, form: str) -> None:
    """A take of a terabyte, says the directory; nothing is begun."""
    path = made(tmp_path / "x.zip", form, ("situation-1.wav", b"RIFF"))
    with ForeignZip(path) as archive:
        big = [replace(packed, size=1 << 60) for packed in archive.files]
        with pytest.raises(PracticeError, match="for which there is no room"):
            archive.check_room(big, tmp_path / "not" / "there" / "yet")


@pytest.mark.parametrize("seconds", [-(1 << 33), -1, 0, 1 << 32, 1 << 34])
def test_dates_that_no_zip_can_hold(store: Store, tmp_path: Path, seconds: int) -> None:
    for path in store.root.rglob("*"):
        os.utime(path, (seconds, seconds))
    pack(store, ONE, tmp_path / "pack.zip")
    back_up(store.root, tmp_path / "none", tmp_path / "backup.zip")
    for form in ("pack", "backup"):
        assert ONE in take_in(tmp_path / f"{form}.zip", form, tmp_path / f"new-{form}")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_names_that_are_no_text_and_links_stay_out_of_a_backup_and_are_named(
    store: Store, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of somebody else")
    Bin(store).throw_away(session(1).id, NOW)
    (store.folder(ONE) / "a\udcff.wav").write_bytes(b"x")
    (store.folder(ONE) / "linked.wav").symlink_to(secret)
    (store.root / "sessions" / "odd\udcff").mkdir()
    (store.root / "patterns").mkdir()
    (store.root / "patterns" / "b\udcff.toml").write_text("x")
    (store.root / "patterns" / "mine (2).toml").write_text("x")
    (store.root / "bin" / "linked").symlink_to(tmp_path)
    os.mkfifo(store.folder(ONE) / "pipe.wav")
    pack(store, ONE, tmp_path / "pack.zip")
    done = back_up(store.root, tmp_path / "none", tmp_path / "all.zip")
    assert set(done.left_out) == {"a\\udcff.wav", "linked.wav", "pipe.wav", "odd\\udcff", "b\\udcff.toml", "linked"}
    for path in (tmp_path / "pack.zip", tmp_path / "all.zip"):
        assert secret.read_bytes() not in path.read_bytes()
    restore(tmp_path / "all.zip", tmp_path / "new", tmp_path / "settings.json")
    assert (tmp_path / "new" / "bin" / session(1).id / STAMP).read_text() == "2026-11-23T12:00:00"
    assert (tmp_path / "new" / "patterns" / "mine (2).toml").exists()
    folders = system_folders()
    shutil.copytree(store.root, folders.data, symlinks=True, ignore=lambda *_: ["pipe.wav"])
    assert run_command(["sessions", "backup", "--to", str(tmp_path / "again.zip")]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_no_link_stands_for_a_place_to_write(store: Store, tmp_path: Path, form: str) -> None:
    """A link is where the session would go: what it leads to is nobody's to fill."""
    path = made(tmp_path / "x.zip", form)
    new, outside = tmp_path / "new", tmp_path / "outside"
    outside.mkdir()
    (new / "sessions").mkdir(parents=True)
    (new / "sessions" / ONE).symlink_to(outside)
    if form == "pack":
        with pytest.raises(PracticeError, match="is here already"):
            unpack(path, Store(new))
    else:
        assert restore(path, new, new / "settings.json").kept == (ONE,)
    assert list(outside.iterdir()) == []


def test_a_folder_of_others_beside_it_is_left_alone(tmp_path: Path, form: str) -> None:
    new = tmp_path / "new"
    theirs = new / "sessions" / f".{ONE}.part"
    theirs.mkdir(parents=True)
    (theirs / "mine.txt").write_text("mine")
    assert take_in(made(tmp_path / "x.zip", form), form, new) == [ONE]
    assert (theirs / "mine.txt").read_text() == "mine"


def test_a_renamed_session_comes_home_under_its_new_name(store: Store, tmp_path: Path) -> None:
    store.folder(ONE).rename(store.folder("renamed (2)"))
    pack(store, "renamed (2)", tmp_path / "x.zip")
    assert unpack(tmp_path / "x.zip", Store(tmp_path / "new")).id == "renamed (2)"


def test_a_private_session_that_was_packed_comes_home_as_any_other(store: Store, tmp_path: Path) -> None:
    store.save(replace(session(5), id="five-private"))
    pack(store, "five-private", tmp_path / "x.zip")
    assert unpack(tmp_path / "x.zip", Store(tmp_path / "new")).id == "five"


def test_a_backup_of_the_first_version_with_what_it_swept_along(tmp_path: Path) -> None:
    """It took hidden files and half-written ones, and then refused its own backup for them."""
    path = made(tmp_path / "x.zip", "backup", (".DS_Store", b"x"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("quizzes/practice.part", "{")
        archive.writestr("patterns/own.toml", "id = 'own'")
    restored = restore(path, tmp_path / "new", tmp_path / "settings.json")
    assert restored.sessions == (ONE,)
    there = [file.relative_to(tmp_path / "new").as_posix() for file in (tmp_path / "new").rglob("*") if file.is_file()]
    assert sorted(there) == ["patterns/own.toml", f"sessions/{ONE}/session.json"]

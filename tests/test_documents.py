"""Documents of ours are not believed: types, bounds, names and kinds of files; the reason is one sentence."""

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.exchange.formats import write_session
from interviewer.disk.bin import KEPT, STAMP, Bin
from interviewer.disk.document import MOST_VALUES, Odd, as_bytes, ordinal, parsed
from interviewer.disk.names import alike, is_safe, shown, some_of
from interviewer.disk.parcel import pack
from interviewer.disk.session_file import from_json, to_json
from interviewer.disk.store import Store
from interviewer.disk.whole_folder import whole_folder
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.timing import Mark
from tests.mutants import one_sentence
from tests.test_index import session

NOW = datetime(2026, 11, 23, 12, 0)
needs_links = pytest.mark.skipif(os.name != "posix", reason="links and pipes as Unix has them")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "data")
    for number in (1, 2):
        store.save(session(number, f"I traced number{number}"))
        (store.folder(session(number).id) / "situation-1.wav").write_bytes(b"RIFF" + bytes(99))
    return store


def refused(store: Store, name: str) -> str:
    """Why a session is not read; the good ones are there all the same."""
    with pytest.raises(PracticeError) as caught:
        store.load(name)
    assert one_sentence(str(caught.value))
    assert {session(1).id, session(2).id} <= {each.id for each in store.sessions()}
    assert name in dict(store.stamps())
    store.cut_off()
    return str(caught.value)


def put(store: Store, content: bytes, name: str = "odd") -> str:
    folder = store.root / "sessions" / name
    folder.mkdir()
    (folder / "session.json").write_bytes(content)
    return name


def changed(**values: Any) -> bytes:
    return json.dumps({**to_json(session(9)), **values}).encode()


def take(**values: Any) -> bytes:
    (whole,) = to_json(session(9))["takes"]
    return changed(takes=[whole, {**whole, "id": "task-1", "file": "task-1.wav", **values}])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (changed(format=None), "format must be a whole number from 0 to "),
        (take(frames=""), "takes, the 2nd: frames must be a whole number from 0 to 9,676,800,000."),
        (take(frames=True), "frames must be a whole number"),
        (take(frames=-1), "frames must be a whole number"),
        (take(frames=10**400), "frames must be a whole number"),
        (take(marks=[["soon", "task"]]), "takes, the 2nd, marks: the 1st must be a whole number"),
        (take(marks=[[0, "task", 1]]), "marks: the 1st must be a list of 2"),
        (take(marks=[[90_000, "task"], [5, "action"]]), "marks must follow one another"),
        (take(voiced=[[9, 3]]), "voiced: the 1st must not end before it begins"),
        (
            take(transcript={"model": "m", "words": [["a", 0, 77, 1]]}).replace(b"77", b"1e999"),
            "takes, the 2nd, transcript, words: the 1st must be a number from -60 to 604,800.",
        ),
        (take(file="/etc/passwd"), "takes, the 2nd: file must be one of task-1.wav"),
        (take(id="../../x"), "takes, the 2nd: id must be a name that a file can have"),
        (take(id="situation-1", file="situation-1.wav"), "takes must each have a name of their own"),
        (changed(principle="\ud800"), "principle holds half a character"),
        (changed(typed={"task": "a\ud800"}), "typed: task holds half a character"),
        (changed(started="9999-12-31T23:59"), "started must be a date and time"),
        (changed(started="soon"), "started must be a date and time"),
        (changed(total_seconds=float("nan")), "holds a number that is none"),
        (changed(targets={"task": 20}), "targets: situation is missing"),
        (changed(level="ceo"), "level must be one of sde1, sde2, senior"),
        (changed(is_closed=1), "is_closed must be true or false"),
        (b"[" * 100_000, "it is nested far too deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "it is nested far too deep"),
        (b'["]",' * 40_000, "it is nested far too deep"),
        (b"[" + b"[]," * MOST_VALUES + b"1]", "it holds far more values than such a file can"),
        (b"\xff\xfe{}", "it is not text in UTF-8"),
        (b"9" * 5_000, "it holds a number that is none"),
        (b'{"a": 1,\n "b" 2}', "it breaks off or is garbled in line 2"),
        (b" " * (17 << 20), "it is larger than 16 MB"),
        (b"[]", "it must be a group of named values"),
        (b"", "it breaks off or is garbled in line 1"),
    ],
)
def test_an_odd_session_is_refused_alone_and_the_place_is_named(store: Store, content: bytes, why: str) -> None:
    text = refused(store, put(store, content))
    assert why in text
    assert text.startswith("session.json cannot be read, and the recordings beside it are untouched: ")


def test_a_newer_one_is_not_misread(store: Store) -> None:
    assert "newer version" in refused(store, put(store, changed(format=2, takes="other")))


def test_a_later_version_may_add_to_it_and_a_mark_at_its_front_is_no_fault(store: Store) -> None:
    name = put(store, b"\xef\xbb\xbf" + changed(mood="calm", later={"a": [1]}))
    assert store.load(name) == replace(session(9), id=name)


def test_what_is_written_can_be_read(store: Store) -> None:
    """Half a character may come out of a clipboard; nudged edges may lie past each other on one pause."""
    nudged = (Mark(5, Section.SITUATION), Mark(3_205, Section.TASK), Mark(5, Section.ACTION))
    odd = replace(session(9), typed={Section.TASK: "a \ud83d b ☂ 😀"})
    odd = replace(odd, takes=(replace(odd.takes[0], marks=nudged, note="\udc00"),))
    store.save(odd)
    read = store.load(odd.id)
    assert read.typed == {Section.TASK: "a ? b ☂ 😀"}
    assert read.takes == (replace(odd.takes[0], note="?"),)
    assert from_json(parsed(as_bytes(to_json(session(3))))) == session(3)


def test_more_than_can_be_read_is_not_written(store: Store) -> None:
    before = store.load(session(1).id)
    with pytest.raises(PracticeError, match="more than 16 MB"):
        store.save(replace(before, typed={Section.TASK: "x" * (17 << 20)}))
    assert store.load(before.id) == before


def test_reading_takes_no_more_than_ten_times_the_file(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is asked for in Linux's way")
    program = """
from pathlib import Path
from interviewer.disk.store import Store
from tests.mutants import forget_peak, memory
before = forget_peak()
read = Store(Path("."), Path(".")).load("long")
print(len(read.takes[0].transcript.words), memory("VmHWM") - before)
"""
    words = [[f"word{at}", at * 0.4, at * 0.4 + 0.3, 0.9] for at in range(100_000)]
    long = json.loads(changed())
    long["takes"][0]["transcript"]["words"] = words
    (tmp_path / "long").mkdir()
    path = tmp_path / "long" / "session.json"
    path.write_text(json.dumps(long))
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    count, taken = map(int, done.stdout.split())
    assert count == 100_000
    assert taken < 10 * path.stat().st_size


# Names


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("2026-11-23-1012-abcdef", True),
        ("2026-11-23-1012-abcdef (copy)", True),
        ("2026-11-23-1012-abcdef - Kopie", True),
        ("Zähler", True),
        ("कहानी", True),
        ("console", True),
        ("x" * 100, True),
        ("x" * 101, False),
        ("漢" * 90, False),
        ("", False),
        (".", False),
        ("..", False),
        (".hidden", False),
        ("trailing.", False),
        ("trailing ", False),
        (" leading", False),
        ("a/b", False),
        ("a\\b", False),
        ("C:", False),
        ("a\nb", False),
        ("a\x00b", False),
        ("a\udcffb", False),
        ("\u202eexe.txt", False),
        ("con", False),
        ("NUL.json", False),
        ("lpt1", False),
        (unicodedata.normalize("NFD", "Zähler"), False),
    ],
)
def test_which_names_are_safe(name: str, is_good: bool) -> None:
    assert is_safe(name) is is_good
    assert shown(name).isprintable()


def test_names_in_a_sentence() -> None:
    assert alike("Zähler.WAV") == alike(unicodedata.normalize("NFD", "zähler.wav"))
    assert shown("a\nb\udcff") == "a\\nb\\udcff"
    assert len(shown("x" * 900)) < 90
    assert some_of(["a", "b", "c"]) == "a, b, c"
    assert some_of([*"abcdef"]) == "a, b, c and 3 more"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 112, 1_001)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th", "1,001st",
    ]  # fmt: skip


def test_a_session_is_called_like_its_folder(store: Store) -> None:
    first = store.folder(session(1).id)
    shutil.copytree(first, store.folder("first (copy)"))
    first.rename(store.folder("renamed"))
    assert {each.id for each in store.sessions()} == {session(2).id, "first (copy)", "renamed"}
    renamed = store.load("renamed")
    assert renamed == replace(session(1, "I traced number1"), id="renamed")
    store.save(replace(renamed, is_closed=False))
    assert store.load("first (copy)").is_closed


@pytest.mark.parametrize("name", ["a\nb", "trailing.", "con", "x" * 150, "a\udcffb"])
def test_a_folder_with_an_odd_name_is_refused_and_not_hidden(store: Store, name: str) -> None:
    try:
        put(store, changed(), name)
    except OSError:
        pytest.skip("there can be no such folder here")
    assert "cannot be the name of a session: give its folder another one" in refused(store, name)


@pytest.mark.parametrize("name", ["../x", "/etc", "", "..", "a/b"])
def test_no_name_leads_out_of_the_folder(store: Store, name: str) -> None:
    outside = store.root / "x"
    outside.mkdir()
    for work in (store.folder, store.load, store.delete, Bin(store).restore, Bin(store).mark):
        with pytest.raises(PracticeError):
            work(name)
    with pytest.raises(PracticeError):
        store.save(replace(session(1), id=name))
    assert sorted(path.name for path in store.root.iterdir()) == ["sessions", "x"]


# Kinds of files


@needs_links
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (os.mkfifo, "it is a pipe, not a file"),
        (lambda path: path.mkdir(), "it is a folder, not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a link, not a file"),
        (lambda path: path.symlink_to(path), "it is a link, not a file"),
    ],
)
def test_what_lies_in_place_of_the_document(store: Store, make: Callable[[Path], None], why: str) -> None:
    folder = store.folder("odd")
    folder.mkdir()
    make(folder / "session.json")
    assert why in refused(store, "odd")


@needs_links
def test_no_take_and_no_folder_is_a_link(store: Store, tmp_path: Path, earn_trust: Pattern) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of somebody else")
    name = put(store, changed(takes=to_json(session(9))["takes"]))
    linked = store.folder(name) / "situation-1.wav"
    linked.symlink_to(secret)
    assert "situation-1.wav is a link, not a file" in refused(store, name)
    pack(store, name, tmp_path / "out.zip")
    assert b"situation-1.wav" not in (tmp_path / "out.zip").read_bytes()
    linked.unlink()
    os.mkfifo(linked)
    assert "situation-1.wav is a pipe, not a file" in refused(store, name)
    linked.unlink()
    store.folder(name).rename(tmp_path / "elsewhere")
    store.folder("linked").symlink_to(tmp_path / "elsewhere")
    assert "its folder is a link to another place" in refused(store, "linked")
    Bin(store).throw_away("linked", NOW)
    (thrown,) = Bin(store).thrown(NOW)
    assert thrown.session is None
    Bin(store).mark("linked")
    Bin(store).finish(lambda _: None)
    assert (tmp_path / "elsewhere" / "session.json").exists()
    assert not (tmp_path / "elsewhere" / STAMP).exists()
    assert Bin(store).thrown(NOW) == ()
    assert secret.read_text() == "the secret of somebody else"


def test_a_folder_without_its_document_is_told(store: Store) -> None:
    put(store, b"{}", "odd")
    (store.folder("odd") / "session.json").unlink()
    assert "odd" not in dict(store.stamps())  # nothing is in it
    (store.folder("odd") / "situation-1.wav").write_bytes(b"RIFF")
    assert "no session.json" in refused(store, "odd")


def test_a_date_beyond_all_dates_is_a_stamp_like_any_other(store: Store) -> None:
    path = store.folder(session(1).id) / "session.json"
    for seconds in (-(1 << 33), 1 << 34):
        os.utime(path, (seconds, seconds))
        stamp, _ = store.stamp(session(1).id)
        assert 0 <= stamp < 1 << 63


# The bin


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("2026-11-20T10:00:00", datetime(2026, 11, 20, 10)),
        ("2026-11-20T10:00:00+00:00", datetime.fromisoformat("2026-11-20T10:00:00+00:00").astimezone()),
        ("9999-12-31T23:59:59", None),
        ("0001-01-01T00:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("soon", None),
        ("\xff", None),
        ("", None),
    ],
)
def test_a_stamp_that_cannot_be_true(store: Store, stamp: str, when: datetime | None) -> None:
    bin_ = Bin(store)
    for number in (1, 2):
        bin_.throw_away(session(number).id, NOW)
    folder = store.root / "bin" / session(1).id
    (folder / STAMP).write_text(stamp, encoding="latin-1")
    now = NOW + timedelta(days=9)
    found = {each.id: each.when for each in bin_.thrown(now)}
    assert found[session(1).id] == (when.replace(tzinfo=None) if when else now)
    assert found[session(2).id] == NOW


def test_of_which_nothing_sensible_says_when_counts_from_the_next_start(store: Store) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    (store.root / "bin" / session(1).id / STAMP).unlink()
    later = NOW + 100 * KEPT
    for days in range(5):
        bin_.begin(later + timedelta(days=days))
    assert not bin_.is_unfinished
    assert [each.when for each in bin_.thrown(later + timedelta(days=5))] == [later]


# Folders and files that appear whole


def test_a_folder_that_was_there_is_never_removed(tmp_path: Path) -> None:
    theirs = [tmp_path / "there", tmp_path / ".there.part", tmp_path / ".there"]
    for folder in theirs:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError), whole_folder(tmp_path / "there") as made:
        (made / "x").write_text("x")
    with pytest.raises(Odd), whole_folder(tmp_path / "new"):
        raise Odd("is odd")
    with whole_folder(tmp_path / "good") as made:
        (made / "x").write_text("x")
    assert sorted(tmp_path.iterdir()) == sorted([*theirs, tmp_path / "good"])
    assert all((folder / "mine.txt").read_text() == "mine" for folder in theirs)


def test_keeping_a_private_session_removes_no_folder_of_others(store: Store, tmp_path: Path) -> None:
    private = Store(tmp_path / "runtime")
    private.save(replace(session(5), id="five-private"))
    theirs = store.root / "sessions" / ".five.part"
    theirs.mkdir()
    (theirs / "mine.txt").write_text("mine")
    assert store.take_in("five-private", private, "five") == replace(session(5), id="five")
    assert store.load("five") == replace(session(5), id="five")
    assert (theirs / "mine.txt").read_text() == "mine"
    assert private.sessions() == ()


@pytest.mark.parametrize("kind", ["txt", "md", "srt", "csv", "html", "zip", "wav", "flac"])
def test_an_export_that_fails_leaves_the_earlier_file(
    store: Store, tmp_path: Path, earn_trust: Pattern, kind: str
) -> None:
    """The folder of the takes has gone, or a character cannot be written: what was exported before is there."""
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / f"export.{kind}"
    one: Session = store.load(session(1).id)
    write_session(one, earn_trust, store.folder(one.id), target, kind)
    assert [path.name for path in folder.iterdir()] == [target.name]
    earlier = target.read_bytes()
    (store.folder(one.id) / "situation-1.wav").unlink()
    (store.folder(one.id) / "situation-1.wav").mkdir()
    halves = replace(one, principle="\ud800")
    try:
        write_session(halves, earn_trust, store.folder(one.id), target, kind)
    except PracticeError:
        assert target.read_bytes() == earlier
    assert [path.name for path in folder.iterdir()] == [target.name]

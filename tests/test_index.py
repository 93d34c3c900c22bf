"""The index finds every session at once, and whatever happens to its file costs nothing but a moment."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from interviewer.disk.bin import Bin
from interviewer.disk.index import Index
from interviewer.disk.query import Query, match_expression
from interviewer.disk.store import Store
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import Mark, Span
from interviewer.transcript import Transcript, Word

NOW = datetime(2026, 11, 23)
TARGETS = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))


def session(number: int, text: str = "I traced the failure", **more: object) -> Session:
    words = tuple(Word(word, n, n + 0.5, 0.9) for n, word in enumerate(text.split()))
    frames = 16_000 * (10 + number)
    take = Take(
        "situation-1",
        "situation",
        "situation-1.wav",
        (Mark(0, Section.SITUATION),),
        frames,
        frames,
        (Span(0, frames),),
        Transcript(words, "m"),
        bookmarks=(5,) if number % 3 == 0 else (),
    )
    made = Session(
        id=f"2026-11-{number:02}-1900-abcdef",
        pattern="earn-trust" if number % 2 else "dive-deep",
        principle="Earn Trust" if number % 2 else "Dive Deep",
        level=Level.SDE2,
        started=f"{datetime(2026, 11, 1) + timedelta(days=number - 1):%Y-%m-%d}T19:00",
        seed=1,
        targets=TARGETS,
        total_seconds=175.0,
        takes=(take,),
        is_closed=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for number in range(1, 10):
        store.save(session(number, f"I traced failure number{number} to the retry queue"))
    return store


@pytest.fixture
def index(store: Store, tmp_path: Path) -> Iterator[Index]:
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    yield index
    index.close()


def ids(index: Index, **query: object) -> list[str]:
    return [row.id[8:10] for row in index.rows(Query(**query))]  # type: ignore[arg-type]


def test_all_are_listed_newest_first(index: Index) -> None:
    assert ids(index) == [f"{n:02}" for n in range(9, 0, -1)]
    assert ids(index, sort="oldest")[0] == "01"
    assert ids(index, sort="longest")[0] == "09"


def test_a_search_finds_words_as_far_as_they_are_typed(index: Index) -> None:
    assert ids(index, words="number7") == ["07"]
    assert len(ids(index, words="retry que")) == 9
    assert ids(index, words="retry number4") == ["04"]
    assert ids(index, words="nowhere") == []


@pytest.mark.parametrize(
    "words", ['"', "* OR *", "NEAR(", "a AND", "'; DROP TABLE sessions; --", "(", "-", "^x", "id:1"]
)
def test_nothing_typed_is_an_operator(index: Index, words: str) -> None:
    ids(index, words=words)
    assert len(ids(index)) == 9


def test_filters_can_be_put_together(index: Index) -> None:
    assert ids(index, pattern="dive-deep") == ["08", "06", "04", "02"]
    assert ids(index, is_marked=True) == ["09", "06", "03"]
    assert ids(index, is_marked=True, pattern="dive-deep") == ["06"]
    assert ids(index, is_over=True) == []


def test_it_follows_what_is_written_and_thrown_away(index: Index, store: Store) -> None:
    changed = session(5, "an entirely different word")
    store.save(changed)
    index.update(changed)
    assert ids(index, words="entirely") == ["05"]
    assert ids(index, words="number5") == []
    index.remove(changed.id)
    assert "05" not in ids(index)
    assert ids(index, words="entirely") == []


def test_a_start_reads_only_what_is_new(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    first = Index(path, store)
    assert first.open() == 9
    first.close()
    store.save(session(11))
    Bin(store).throw_away(session(2).id, NOW)
    second = Index(path, store)
    assert second.open() == 1
    assert ids(second) == ["11", "09", "08", "07", "06", "05", "04", "03", "01"]
    second.close()


def test_progress_is_told(store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    index = Index(tmp_path / "other.sqlite", store)
    index.open(lambda done, total: told.append((done, total)))
    assert told[-1] == (9, 9)
    index.close()


def damage(path: Path, dice: random.Random, kind: int, foreign: bytes) -> None:
    """One of the ways a file goes bad."""
    wal = path.with_name(path.name + "-wal")
    body = bytearray(path.read_bytes())
    match kind:
        case 0:
            for _ in range(dice.randrange(1, 40)):
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        case 1:
            del body[dice.randrange(len(body)) :]
        case 2:
            start = 4096 * dice.randrange(len(body) // 4096)
            body[start : start + 4096] = bytes(4096)
        case 3:
            wal.write_bytes(dice.randbytes(dice.randrange(1, 9000)))
        case 4:
            wal.write_bytes(foreign)
        case 5:
            path.unlink()
            return
        case 6:
            body = bytearray(foreign)
        case 7:
            body = bytearray(dice.randbytes(dice.randrange(0, 9000)))
    path.write_bytes(body)


def test_two_hundred_damages_lose_no_session(store: Store, tmp_path: Path) -> None:
    dice = random.Random(7)
    whole = tmp_path / "whole.sqlite"
    first = Index(whole, store)
    first.open()
    first.close()
    other = tmp_path / "foreign.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE sessions (id TEXT)")
    connection.close()
    folder = tmp_path / "damaged"
    for number in range(200):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = folder / "index.sqlite"
        shutil.copy(whole, path)
        damage(path, dice, number % 8, other.read_bytes())
        index = Index(path, store)
        index.open()
        assert len(index.rows()) == 9, number
        assert ids(index, words="number3") == ["03"], number
        changed = session(3, "number3 again")
        index.update(changed)
        assert ids(index, words="again") == ["03"], number
        index.close()
    assert len(store.sessions()) == 9


def test_what_is_typed_becomes_a_search() -> None:
    assert match_expression("drop rat") == '"drop" "rat"*'
    assert match_expression(" \"'; ") == ""


def test_an_index_of_another_version_is_built_anew_in_silence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE sessions (id TEXT); PRAGMA application_id = 1347179344;")
    connection.execute("PRAGMA user_version = 6")
    connection.close()
    index = Index(path, store)
    assert index.glance() == ((), 0)
    assert index.open() == 9
    assert len(index.rows()) == 9
    index.close()
    assert [each.name for each in tmp_path.glob("index*")] == ["index.sqlite"]


def steps_of(index: Index, work: Callable[[], object]) -> int:
    """The steps of SQLite's machine that something takes, in hundreds."""
    assert index._connection
    steps = 0

    def pass_one() -> int:
        nonlocal steps
        steps += 1
        return 0

    index._connection.set_progress_handler(pass_one, 100)
    work()
    index._connection.set_progress_handler(None, 100)
    return steps


def test_a_change_costs_the_same_however_many_there_are(tmp_path: Path) -> None:
    taken = []
    for count in (50, 1000):
        store = Store(tmp_path / str(count))
        for number in range(count):
            store.save(session(3, f"I traced number{number}", id=f"2026-11-03-1900-{number:06x}"))
        index = Index(tmp_path / f"{count}.sqlite", store)
        index.open()
        changed = session(3, "another word", id="2026-11-03-1900-000007")
        taken.append(steps_of(index, lambda: index.update(changed)) + steps_of(index, lambda: index.remove(changed.id)))  # noqa: B023
        index.close()
    assert taken[1] <= taken[0] + 3


def test_a_mark_takes_no_words_in_again(index: Index, store: Store) -> None:
    one = session(5, "I traced failure number5 to the retry queue")
    marked = replace(one, takes=(replace(one.takes[0], bookmarks=(7,)),))
    store.save(marked)
    done: list[str] = []
    assert index._connection
    index._connection.set_trace_callback(done.append)
    index.update(marked)
    index._connection.set_trace_callback(None)
    assert not any("words" in each and not each.startswith("SELECT") for each in done if not each.startswith("--"))
    assert "05" in ids(index, is_marked=True)
    assert ids(index, words="number5") == ["05"]


def test_one_that_has_gone_meanwhile_is_dropped(index: Index, store: Store) -> None:
    Bin(store).throw_away(session(5).id, NOW)
    index.update(session(5, "written late"))
    assert "05" not in ids(index)
    assert ids(index, words="late") == []


ODD = {
    "a lone surrogate": {"principle": "\ud800"},
    "a time without end": {"targets": {**TARGETS, Section.SITUATION: float("-inf")}},
    "no text": {"story_id": 1 << 80},
    "no level": {"level": None},
    "no targets": {"targets": {}},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_one_odd_session_takes_the_list_away_from_no_other(index: Index, odd: dict[str, object]) -> None:
    index.update(session(5, "something odd", **odd))
    rows = index.rows()
    assert [row.id[8:10] for row in rows] == [f"{n:02}" for n in range(9, 0, -1)]
    assert [row.id[8:10] for row in rows if row.unreadable] == ["05"]
    assert ids(index, words="number4") == ["04"]
    assert index.problem == ""


BODIES = {
    "half": b'{"format": 1, "id": "2026',
    "nothing": b"",
    "no JSON": b"\x00\xff",
    "another shape": b"[1, 2]",
    "brackets": b"[" * 100_000,
    "format": b'{"format": null}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_one_that_cannot_be_read_is_a_row_with_its_reason(store: Store, tmp_path: Path, body: bytes) -> None:
    path = store.folder(session(5).id) / "session.json"
    whole = path.read_bytes()
    path.write_bytes(body)
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    row = index.rows()[4]
    assert (row.id, row.started) == (session(5).id, "2026-11-05T19:00")
    assert "untouched" in row.unreadable
    assert "\n" not in row.unreadable
    assert len(row.unreadable) < 600
    assert ids(index, pattern="earn-trust") == ["09", "07", "03", "01"]
    path.write_bytes(whole)
    assert index.catch_up() == 1
    assert not any(row.unreadable for row in index.rows())
    index.close()


def test_a_lost_file_and_odd_names_are_rows_too(store: Store, tmp_path: Path) -> None:
    (store.folder(session(5).id) / "session.json").unlink()
    (store.folder(session(5).id) / "situation-1.wav").write_bytes(b"RIFF")
    (tmp_path / "sessions" / "two\nlines").mkdir()
    (tmp_path / "sessions" / "two\nlines" / "a.wav").write_bytes(b"RIFF")
    odd = os.fsencode(tmp_path / "sessions") + b"/2026-11-04-2000-\xff"
    os.mkdir(odd)  # noqa: PTH102  no text
    with open(odd + b"/a.wav", "wb") as file:
        file.write(b"RIFF")
    (tmp_path / "sessions" / "empty").mkdir()
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    unreadable = [row.id for row in index.rows() if row.unreadable]
    assert sorted(unreadable) == sorted(["two\nlines", session(5).id, os.fsdecode(b"2026-11-04-2000-\xff")])
    listed = [row.id[8:13] for row in index.rows(Query(sort="oldest")) if row.id != "two\nlines"]
    assert listed[3:6] == ["04-19", "04-20", "05-19"]
    assert index.open() == 3
    index.close()


def test_the_order_is_when_they_were_told(tmp_path: Path) -> None:
    """By the id where it tells that; by the session's own date where it was brought here later, or renamed."""
    store = Store(tmp_path)
    for name, started in (
        ("2026-10-25-0250-000001", "2026-10-25T02:00"),
        ("2026-10-25-0250-000000", "2026-10-25T02:50"),
        ("2026-11-20-0900-000000", "2019-05-01T10:00"),
        ("My best one", "2026-10-20T10:00"),
    ):
        store.save(session(1, id=name, started=started))
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    told = [row.id for row in index.rows()]
    assert told == ["2026-10-25-0250-000001", "2026-10-25-0250-000000", "My best one", "2026-11-20-0900-000000"]
    index.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("state", ["none", "sound", "old", "damaged", "foreign"])
def test_reading_changes_nothing_on_the_disk(store: Store, tmp_path: Path, state: str) -> None:
    path = tmp_path / "index.sqlite"
    if state != "none":
        index = Index(path, store)
        index.open()
        index.close()
    if state == "old":
        store.save(session(11, "number11"))
    elif state == "damaged":
        path.write_bytes(path.read_bytes()[:5000])
    elif state == "foreign":
        path.write_bytes(b"not a database" * 99)
    before = contents(tmp_path)
    reader = Index(path, store)
    assert reader.read() == {"sound": 0, "old": 1}.get(state, 9)
    assert len(reader.rows()) == 9 + (state == "old")
    assert ids(reader, words="number3") == ["03"]
    reader.close()
    assert contents(tmp_path) == before


def test_a_reader_beside_a_window_sees_what_it_wrote(index: Index, store: Store, tmp_path: Path) -> None:
    store.save(session(5, "a later word"))
    index.update(session(5, "a later word"))
    reader = Index(tmp_path / "index.sqlite", store)
    assert reader.read() == 0
    assert ids(reader, words="later") == ["05"]
    reader.close()
    assert index.problem == ""
    assert not list(tmp_path.glob("*damaged*"))


def test_an_index_that_somebody_holds_is_no_damage(index: Index, store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "index.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.save(session(5, "written meanwhile"))
    index.update(session(5, "written meanwhile"))
    assert "another program has it open" in index.problem
    assert ids(index, words="meanwhile") == ["05"]
    assert len(ids(index)) == 9
    other.close()
    index.catch_up()
    assert index.problem == ""
    assert ids(index, words="meanwhile") == ["05"]
    assert not list(tmp_path.glob("*damaged*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this sandbox allows no mounts")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("is_full", [True, False])
def test_a_full_or_read_only_disk_is_no_damage(small_disk: Path, is_full: bool, is_there: bool) -> None:
    store, path, filler = Store(small_disk), small_disk / "index.sqlite", small_disk / "filler"
    for number in range(1, 10):
        store.save(session(number, f"I traced number{number}"))
    index = Index(path, store)
    if is_there:
        index.open()
        index.close()
    if is_full:
        free = os.statvfs(small_disk)
        filler.write_bytes(bytes(free.f_bavail * free.f_bsize))
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    index.open()
    index.update(session(5, "I traced another"))
    assert len(index.rows()) == 9
    assert ids(index, words="number3") == ["03"]
    assert "The list of sessions cannot be kept now" in index.problem
    assert "damaged" not in " ".join(each.name for each in small_disk.iterdir())
    if is_full:
        filler.unlink()
    else:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    index.catch_up()
    assert index.problem == ""
    assert len(index.rows()) == 9
    index.close()
    assert path.stat().st_size > 4096


def test_what_is_deleted_on_a_full_disk_is_gone(small_disk: Path) -> None:
    store, secret = Store(small_disk), "xylophonium"
    for number in range(1, 10):
        store.save(session(number, f"I traced {secret if number == 2 else ''}"))
    index = Index(small_disk / "index.sqlite", store)
    index.open()
    thrown = Bin(store)
    thrown.throw_away(session(2).id, NOW)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(bytes(free.f_bavail * free.f_bsize))
    thrown.mark(session(2).id)
    thrown.finish(index.wipe)
    held = [path.name for path in small_disk.rglob("*") if path.is_file() and secret[1:7].encode() in path.read_bytes()]
    assert held == []
    assert len(index.rows()) == 8
    index.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, MemoryError])
def test_whatever_ends_a_change_nothing_of_it_stays(index: Index, error: type[BaseException]) -> None:
    def fail(*_: int) -> None:
        raise error

    for number in range(20, 24):
        index._store.save(session(number))
    with pytest.raises(error):
        index.catch_up(fail)
    assert index._connection
    assert not index._connection.in_transaction
    assert len(index.rows()) == 9
    assert index.catch_up() == 4

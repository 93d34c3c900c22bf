"""Deleted means gone, whenever the program is killed; what a kill leaves behind is swept away, and nothing else."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.disk.bin import Bin
from interviewer.disk.index import Index
from interviewer.disk.store import Store
from interviewer.disk.sweep import start_of, sweep
from tests.conftest import ROOT
from tests.test_bin import NOW, SECRET
from tests.test_index import session


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.parametrize(("operation", "least"), [("delete", 60), ("purge", 60), ("throw_away", 40), ("edit", 60)])
def test_killed_at_any_step_the_next_start_puts_it_right(operation: str, least: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.delete_until_killed", operation, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["status"] == 0
    assert found["steps"] >= least


def words_in(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file() and SECRET[1:7].encode() in path.read_bytes()]


def test_a_word_that_was_put_right_leaves_the_index_when_it_is_closed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(1, 30):
        store.save(session(number, f"I traced {SECRET if number == 5 else ''}"))
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    noted = replace(session(6, "I traced"), takes=(replace(session(6).takes[0], note=SECRET),))
    index.update(noted)
    for one in (session(5, "I traced"), session(6, "I traced")):
        store.save(one)
        index.update(one)
    index.close()
    assert words_in(tmp_path) == []


def test_an_index_that_cannot_forget_goes_as_a_whole(tmp_path: Path) -> None:
    """Its file is used by somebody else for too long, as a reader may."""
    store = Store(tmp_path)
    for number in (1, 2, 3):
        store.save(session(number, f"I traced {SECRET if number == 2 else ''}"))
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    Bin(store).throw_away(session(2).id, NOW)
    Bin(store).mark(session(2).id)
    (tmp_path / "index.sqlite").write_bytes(b"no database" * 400)  # damaged beneath us
    Bin(store).finish(index.wipe)
    assert words_in(tmp_path) == []
    assert [row.id for row in index.rows()] == [session(3).id, session(1).id]
    index.close()
    assert words_in(tmp_path) == []


def test_a_session_restored_meanwhile_stays_listed(tmp_path: Path) -> None:
    """One of the same id came back, from a backup, before what was being deleted had gone."""
    store, bin_ = Store(tmp_path), Bin(Store(tmp_path))
    store.save(session(1))
    bin_.throw_away(session(1).id, NOW)
    bin_.mark(session(1).id)
    store.save(session(1))
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    bin_.finish(index.wipe)
    assert [row.id for row in index.rows()] == [session(1).id]
    assert sorted(path.name for path in (tmp_path / "bin").iterdir()) == []
    index.close()


def test_what_a_kill_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path)
    open_one, closed = replace(session(1), is_closed=False), session(2)
    for one in (open_one, closed):
        store.save(one)
        (store.folder(one.id) / ".reserve").write_bytes(b"kept free")
        (store.folder(one.id) / ".session.json.part").write_text("half")
        (store.folder(one.id) / "situation-1.wav").write_text("sound")
    for folder in ("sessions/.2026-01-01-0900-abcdef.part", "bin/.x.part", "sessions/empty", "quizzes", "models"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("sessions/.2026-01-01-0900-abcdef.part/a.wav", ".stories.json.part", "quizzes/.q.json.part"):
        (tmp_path / name).write_text("half")
    (tmp_path / "models" / ".part-base.en").write_text("goes on where it was interrupted")
    (tmp_path / "mine.part").write_text("the person's own")
    time.sleep(0.01)
    before = start_of(tmp_path)
    (store.folder(closed.id) / ".later.part").write_text("being written")
    sweep(tmp_path, before)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        f"sessions/{open_one.id}/session.json",
        f"sessions/{open_one.id}/situation-1.wav",
        f"sessions/{open_one.id}/.reserve",
        f"sessions/{closed.id}/session.json",
        f"sessions/{closed.id}/situation-1.wav",
        f"sessions/{closed.id}/.later.part",
        "models/.part-base.en",
        "mine.part",
    }
    assert not (tmp_path / "sessions" / "empty").exists()


def test_a_private_session_that_is_thrown_away_leaves_no_half(tmp_path: Path) -> None:
    store = Store(tmp_path)
    private = replace(session(1), id=f"{session(1).id}-private")
    store.save(private)
    os.replace(store.folder(private.id), tmp_path / "sessions" / f".{private.id}.part")  # killed while it was deleted
    time.sleep(0.01)  # the disk's clock ticks
    sweep(tmp_path, start_of(tmp_path))
    assert list((tmp_path / "sessions").iterdir()) == []
    store.save(private)
    store.delete(private.id)
    assert list((tmp_path / "sessions").iterdir()) == []

"""What is thrown away waits, comes back whole, and is gone without a trace only when that is meant."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from interviewer.bin import KEPT, Bin
from interviewer.errors import PracticeError
from interviewer.index import Index
from interviewer.store import Store
from tests.test_index import session

NOW = datetime(2026, 11, 23, 12, 0)
SECRET = "xylophonium"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for number in (1, 2, 3):
        one = session(number, f"I traced number{number} {SECRET if number == 2 else ''}")
        store.save(one)
        (store.folder(one.id) / "situation-1.wav").write_bytes(b"RIFF" + bytes(range(256)) * number)
    return store


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_comes_back_byte_for_byte(store: Store) -> None:
    name, bin_ = session(2).id, Bin(store)
    before = files(store.folder(name))
    bin_.throw_away(name, NOW)
    assert [each.id for each in store.sessions()] == [session(3).id, session(1).id]
    (thrown,) = bin_.thrown()
    assert (thrown.id, thrown.when, thrown.days_left(NOW)) == (name, NOW, 30)
    assert bin_.restore(name) == store.load(name)
    assert files(store.folder(name)) == before
    assert bin_.thrown() == ()


def test_thirty_days_and_not_a_second_less(store: Store) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    bin_.throw_away(session(2).id, NOW + timedelta(days=1))
    assert bin_.purge(NOW + KEPT - timedelta(seconds=1)) == ()
    assert bin_.thrown()[1].days_left(NOW + KEPT - timedelta(seconds=1)) == 1
    assert bin_.purge(NOW + KEPT) == (session(1).id,)
    assert [each.id for each in bin_.thrown()] == [session(2).id]


def test_one_whose_file_is_damaged_can_still_come_back(store: Store) -> None:
    name, bin_ = session(1).id, Bin(store)
    (store.folder(name) / "session.json").write_text("{")
    bin_.throw_away(name, NOW)
    assert bin_.thrown()[0].session is None
    assert bin_.restore(name) is None
    assert (store.folder(name) / "situation-1.wav").exists()


def test_another_one_of_that_name_is_not_written_over(store: Store) -> None:
    name, bin_ = session(1).id, Bin(store)
    bin_.throw_away(name, NOW)
    store.save(session(1, "another"))
    with pytest.raises(PracticeError, match="is here already"):
        bin_.restore(name)
    assert len(bin_.thrown()) == 1


def test_deleted_for_good_leaves_no_word_in_any_file(store: Store) -> None:
    name = session(2).id
    damaged = store.root / "index.sqlite.damaged-20261101-000000-000000"
    damaged.write_text(SECRET)
    index = Index(store.root / "index.sqlite", store)
    index.open()
    Bin(store).throw_away(name, NOW)
    index.remove(name)
    Bin(store).delete(name)
    index.wipe(name)
    held = [path.name for path in store.root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert held == []
    assert len(index.rows()) == 2
    index.close()
    held = [path.name for path in store.root.rglob("*") if path.is_file() and SECRET[:6].encode() in path.read_bytes()]
    assert held == []

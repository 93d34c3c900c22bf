"""What is thrown away waits, comes back whole, and is gone without a trace only when that is meant."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewer.disk.bin import KEPT, STAMP, Bin
from interviewer.disk.index import Index
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
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
    (thrown,) = bin_.thrown(NOW)
    assert (thrown.id, thrown.when, thrown.days_left(NOW)) == (name, NOW, 30)
    assert bin_.restore(name) == store.load(name)
    assert files(store.folder(name)) == before
    assert bin_.thrown(NOW) == ()


def start(bin_: Bin, now: datetime) -> list[str]:
    """A start of the program; the ids that are gone by it."""
    before = {each.id for each in bin_.thrown(now)}
    bin_.begin(now)
    bin_.finish(lambda ids: None)
    return sorted(before - {each.id for each in bin_.thrown(now)})


def test_thirty_days_on_three_days_and_not_a_start_less(store: Store) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    for day in range(30):
        assert start(bin_, NOW + timedelta(days=day)) == []
        if day == 2:
            bin_.throw_away(session(2).id, NOW + timedelta(days=day))
    assert bin_.thrown(NOW)[1].days_left(NOW + KEPT - timedelta(seconds=1)) == 1
    due = NOW + KEPT
    assert start(bin_, due) == []
    assert start(bin_, due + timedelta(hours=1)) == []  # the same day
    assert start(bin_, due + timedelta(days=1)) == []
    assert start(bin_, due + timedelta(days=2)) == [session(1).id]
    assert [each.id for each in bin_.thrown(NOW)] == [session(2).id]


@pytest.mark.parametrize("ahead", [31, 40, 400, 4000])
def test_one_wrong_clock_deletes_nothing(store: Store, ahead: int) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    for day in range(20):
        assert start(bin_, NOW + timedelta(days=day)) == []
    assert start(bin_, NOW + timedelta(days=ahead)) == []
    assert start(bin_, NOW + timedelta(days=20)) == []  # the clock is right again
    assert bin_.jump(NOW + timedelta(days=20)) is None
    assert bin_.thrown(NOW)[0].days_left(NOW + timedelta(days=20)) == 10


def test_after_a_jump_nothing_is_deleted_until_the_date_is_called_right(store: Store) -> None:
    bin_, late = Bin(store), NOW + timedelta(days=400)
    bin_.throw_away(session(1).id, NOW)
    for day in range(10):
        assert start(bin_, late + timedelta(days=day)) == []
    assert bin_.jump(late) == (NOW.date(), late.date())
    bin_.confirm()
    assert bin_.jump(late) is None
    assert start(bin_, late + timedelta(days=10)) == [session(1).id]


def test_a_throw_of_a_clock_that_was_ahead_counts_from_now(store: Store) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW + timedelta(days=400))
    start(bin_, NOW)
    assert [each.when for each in bin_.thrown(NOW)] == [NOW]
    assert bin_.thrown(NOW)[0].days_left(NOW) == 30


@pytest.mark.parametrize("stamp", ["", "9999-12-31T23:59:59", "0001-01-01", "\x00", "yesterday", "9" * 5000])
def test_a_stamp_that_cannot_be_true_counts_from_now(store: Store, stamp: str) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    (store.root / "bin" / session(1).id / STAMP).write_text(stamp)
    assert bin_.thrown(NOW)[0].days_left(NOW) == 30
    start(bin_, NOW)
    assert bin_.thrown(NOW + KEPT)[0].when == NOW


def test_a_stamp_with_a_zone_is_the_same_moment(store: Store) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    (store.root / "bin" / session(1).id / STAMP).write_text(NOW.astimezone(UTC).isoformat())
    assert bin_.thrown(NOW)[0].when == NOW


@pytest.mark.parametrize("noted", ["", "{", "null", "[]", '{"days": 5, "jump": null}', "[" * 100_000])
def test_damaged_days_are_begun_anew(store: Store, noted: str) -> None:
    bin_ = Bin(store)
    bin_.throw_away(session(1).id, NOW)
    (store.root / "bin" / ".days").write_text(noted)
    assert start(bin_, NOW) == []
    assert '"days": ["2026-11-23"]' in (store.root / "bin" / ".days").read_text()


def test_one_of_a_name_that_is_in_the_bin_already_is_thrown_beside_it(store: Store) -> None:
    name, bin_ = session(1).id, Bin(store)
    bin_.throw_away(name, NOW)
    store.save(session(1, "another"))
    bin_.throw_away(name, NOW)
    assert sorted(each.id for each in bin_.thrown(NOW)) == [name, f"{name}-2"]


def test_one_whose_file_is_damaged_can_still_come_back(store: Store) -> None:
    name, bin_ = session(1).id, Bin(store)
    (store.folder(name) / "session.json").write_text("{")
    bin_.throw_away(name, NOW)
    assert bin_.thrown(NOW)[0].session is None
    assert bin_.restore(name) is None
    assert (store.folder(name) / "situation-1.wav").exists()


def test_another_one_of_that_name_is_not_written_over(store: Store) -> None:
    name, bin_ = session(1).id, Bin(store)
    bin_.throw_away(name, NOW)
    store.save(session(1, "another"))
    with pytest.raises(PracticeError, match="is here already"):
        bin_.restore(name)
    assert len(bin_.thrown(NOW)) == 1


def test_deleted_for_good_leaves_no_word_in_any_file(store: Store) -> None:
    name = session(2).id
    damaged = store.root / "index.sqlite.damaged-20261101-000000-000000"
    damaged.write_text(SECRET)
    index = Index(store.root / "index.sqlite", store)
    index.open()
    Bin(store).throw_away(name, NOW)
    index.remove(name)
    Bin(store).mark(name)
    assert Bin(store).thrown(NOW) == ()
    Bin(store).finish(index.wipe)
    held = [path.name for path in store.root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert held == []
    assert len(index.rows()) == 2
    index.close()
    held = [path.name for path in store.root.rglob("*") if path.is_file() and SECRET[:6].encode() in path.read_bytes()]
    assert held == []

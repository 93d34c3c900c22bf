"""The index finds every session at once, and whatever happens to its file costs nothing but a moment."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from interviewer.bin import Bin
from interviewer.index import Index
from interviewer.pattern import Level, Section
from interviewer.query import Query, match_expression
from interviewer.session import Session, Take
from interviewer.store import Store
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
        started=f"2026-11-{number:02}T19:00",
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

"""Session folders: what is written is found again, and what was cut off is offered."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from audio.wav import TakeWriter, frames_in, read_take, write_take
from interviewer.disk.bin import Bin
from interviewer.disk.store import Store, new_id, new_take
from interviewer.errors import PracticeError
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.timing import RATE_HZ

NOW = datetime(2026, 11, 23, 10, 12)


def new_session(store: Store, hour: int = 10) -> Session:
    now = datetime(2026, 11, 23, hour, 12)
    targets = dict.fromkeys(Section, 20.0)
    made = Session(new_id(now), "earn-trust", "Earn Trust", Level.SDE2, now.isoformat(), 1, targets, 100.0)
    store.save(made)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a folder with spaces and ü")


def test_sessions_come_back_newest_first(store: Store) -> None:
    early, late = new_session(store, 9), new_session(store, 18)
    assert store.sessions() == (late, early)


def test_two_of_one_minute_are_in_their_order(store: Store) -> None:
    moments = [NOW.replace(second=second, microsecond=micro) for second in (0, 9, 30, 59) for micro in (0, 5, 999_999)]
    ids = [new_id(moment) for moment in moments]
    assert ids == sorted(set(ids))
    assert {len(each) for each in ids} == {len("2026-11-23-1012-abcdef")}


def test_the_hour_that_is_lived_twice_is_in_its_order() -> None:
    """Summer time ends at 3:00, and it is 2:00 again; then the clock goes on as if nothing had been."""
    clock = [(2, 10), (2, 50), (2, 0), (2, 10), (2, 55), (3, 5)]
    ids: list[str] = []
    for hour, minute in clock:
        ids.append(new_id(datetime(2026, 10, 25, hour, minute), ids))
    assert ids == sorted(set(ids))
    assert ids[-1][:15] == "2026-10-25-0305"
    assert {len(each) for each in ids} == {len("2026-11-23-1012-abcdef")}


def test_a_clock_that_was_far_ahead_once_holds_no_id_back(store: Store) -> None:
    others = ["2027-12-30-1000-000000", "My best one", "2026-11-23-0900-000000"]
    assert new_id(NOW, others) == new_id(NOW)
    assert new_id(NOW, [*others, new_id(NOW)]) > new_id(NOW)


def test_an_empty_data_folder_has_no_sessions(store: Store) -> None:
    assert store.sessions() == ()
    assert store.cut_off() == ()


def test_a_damaged_session_is_left_alone_and_hides_no_other(store: Store) -> None:
    good, bad = new_session(store, 9), new_session(store)
    path = store.folder(bad.id) / "session.json"
    path.write_text("{")
    assert store.sessions() == (good,)
    assert path.read_text() == "{"
    with pytest.raises(PracticeError, match="untouched"):
        store.load(bad.id)


def test_a_take_without_an_end_is_offered_and_can_be_kept(store: Store) -> None:
    session = new_session(store)
    take = new_take(session, "action", Section.ACTION)
    store.save(session.with_take(take))
    ramp = np.arange(2 * RATE_HZ, dtype=np.int16)
    writer = TakeWriter(store.folder(session.id) / take.file)
    writer.append(ramp.tobytes())  # never closed: the program was killed
    (cut_off,) = store.cut_off()
    assert (cut_off.take.id, cut_off.seconds) == ("action-1", 2.0)
    kept = store.keep(cut_off)
    assert kept.take("action-1").end_frame == 2 * RATE_HZ
    assert kept.take("action-1").recovered
    assert store.cut_off() == ()
    assert (read_take(store.folder(session.id) / take.file) == ramp).all()


def test_a_stump_without_sound_is_not_offered(store: Store) -> None:
    session = new_session(store)
    store.save(session.with_take(new_take(session, "task", Section.TASK)))
    assert store.cut_off() == ()


def test_a_finished_take_is_not_offered(store: Store) -> None:
    session = new_session(store)
    take = replace(new_take(session, "task", Section.TASK), end_frame=RATE_HZ, frames=RATE_HZ)
    write_take(store.folder(session.id) / take.file, np.zeros(RATE_HZ, np.int16))
    store.save(session.with_take(take))
    assert store.cut_off() == ()


def test_throwing_away_only_moves_to_the_bin(store: Store) -> None:
    session = new_session(store)
    Bin(store).throw_away(session.id, NOW)
    assert store.sessions() == ()
    assert (store.root / "bin" / session.id / "session.json").is_file()


def test_a_take_is_readable_after_every_block_and_goes_on_after_a_break(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    blocks = np.arange(4 * 512, dtype=np.int16).reshape(4, 512)
    writer = TakeWriter(path)
    for number, block in enumerate(blocks[:2], 1):
        writer.append(block.tobytes())
        assert frames_in(path) == number * 512
    again = TakeWriter(path)
    assert again.frames == 1024
    for block in blocks[2:]:
        again.append(block.tobytes())
    again.close()
    assert (read_take(path) == blocks.ravel()).all()
    assert (read_take(path, 512, 1024) == blocks[1]).all()


def test_a_take_is_a_wav_file_that_others_read(tmp_path: Path) -> None:
    import wave

    path = tmp_path / "take.wav"
    write_take(path, np.arange(1000, dtype=np.int16))
    with wave.open(str(path)) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (1000, RATE_HZ, 1)

"""`python -m benchmarks library [COUNT ...]`: generated sessions, ten and fifty thousand: rebuild, list, search as you
type, and the first number of them in the real window.

What is generated is one answer of two minutes a session, 300 words with their times, 12 kB of session.json.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import NothingHeard, status_of
from interviewer.disk.index import Index
from interviewer.disk.query import Query
from interviewer.disk.session_file import to_json
from interviewer.disk.store import Store
from interviewer.language.stems import word_set
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import Mark, Span
from interviewer.transcript import Transcript, Word

COUNTS = (10_000, 50_000)
MOST_MS = 0.6
"""CPU that a rebuild may take a session, at either number."""
WORDS = sorted(
    word_set(
        "i noticed the drop rate in retry queue service was owned by platform team no ticket existed nobody asked "
        "pulled logs traced failure reproduced wrote fix added alert shared design with lead worried about load test "
        "rolled out dashboard rate dropped percent zero saved dollars month adopted standard learned silence deeper "
        "issue shared definition health "
    )
)


def generate(root: Path, count: int) -> Store:
    """Sessions of five sections, some 300 words each, without their sound."""
    dice = random.Random(3)
    store = Store(root)
    targets = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))
    for number in range(count):
        words = tuple(Word(dice.choice(WORDS), n * 0.4, n * 0.4 + 0.3, 0.9) for n in range(300))
        words = (*words[:5], words[5]._replace(text=f"story{number}"), *words[6:])
        frames = 16_000 * 120
        marks = tuple(Mark(16_000 * at, section) for at, section in zip((0, 25, 40, 90, 110), Section, strict=True))
        take = Take(
            "answer-1", "answer", "answer-1.wav", marks, frames, frames, (Span(0, frames),), Transcript(words, "m")
        )
        day = f"{2020 + number // 3000}-{1 + number % 12:02}-{1 + number % 28:02}"
        name = f"{day}-{number % 24:02}00-{number:06x}"
        session = Session(
            name,
            "earn-trust",
            "Earn Trust",
            Level.SDE2,
            f"{day}T{number % 24:02}:00",
            1,
            targets,
            175.0,
            (take,),
            (),
            True,
        )
        folder = store.folder(name)
        folder.mkdir(parents=True)
        (folder / "session.json").write_text(json.dumps(to_json(session)), encoding="utf-8")
    return store


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def refuse_emptiness(index: Index, count: int, typed: Sequence[str]) -> None:
    """Raises NothingHeard unless every session is listed and a story is found by each of its letters."""
    listed = sum(not row.unreadable for row in index.rows())
    if listed != count:
        raise NothingHeard(f"{listed} of {count} sessions are in the index")
    if lost := [text for text in typed if text.startswith("story") and not index.rows(Query(words=text))]:
        raise NothingHeard(f"nothing was found for {', '.join(lost)}")


def rebuilt(root: Path, store: Store, count: int) -> float:
    """Milliseconds of CPU a session. Everything that is then searched for has to be found."""
    index = Index(root / "index.sqlite", store)
    told: list[tuple[int, int]] = []
    began, began_cpu = time.perf_counter(), time.process_time()
    index.open(lambda *step: told.append(step))
    cpu_ms, seconds = 1_000 * (time.process_time() - began_cpu) / count, time.perf_counter() - began
    named = [number for number in (1, 77, 4321, 9998) if number < count]
    typed = [f"story{number}"[:length] for number in named for length in range(1, 10)]
    typed += ["retry que", "dropped percent", "platform te", "nowhere"]
    refuse_emptiness(index, count, typed)
    print(f"{count} sessions")
    print(f"rebuild          {cpu_ms:7.3f} ms CPU a session, {seconds:.1f} s in all, {len(told)} steps told")
    index.close()
    print(f"open again       {timed(index.open):7.2f} s")
    print(f"list of all      {1_000 * timed(index.rows):7.1f} ms")
    marked = store.load(index.rows(Query(words="story7", most=1))[0].id)
    print(f"an edit          {1_000 * timed(partial(index.update, marked)):7.1f} ms")
    taken = sorted(1_000 * timed(partial(index.rows, Query(words=text))) for text in typed)
    p95 = taken[int(0.95 * len(taken))]
    print(f"search as typed  {statistics.median(taken):7.1f} ms median, {p95:.1f} ms p95 over {len(taken)} searches")
    print(f"close            {timed(index.close):7.2f} s")
    return cpu_ms


def main(*counts: int) -> None:
    counts = counts or COUNTS
    costs = []
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            costs.append(rebuilt(Path(name), generate(Path(name), count), count))
            if count == counts[0]:
                windowed(Path(name), count)
    for count, cost in zip(counts[1:], costs[1:], strict=True):
        print(f"rebuild of {count} to {counts[0]} sessions: {cost / costs[0]:.2f} times the CPU for each")
    print(f"at most {max(costs):.3f} ms CPU a session of {MOST_MS} ms")


def windowed(root: Path, count: int) -> None:
    """The same library in the real window, five fresh processes."""
    home = root / "home"
    (home / "Documents").mkdir(parents=True)
    (home / "Documents" / "Plainspoken").symlink_to(root, target_is_directory=True)
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    places = {name: str(home / name.lower()) for name in names}
    environment = {**os.environ, **places, "HOME": str(home), "XDG_DOCUMENTS_DIR": str(home / "Documents")}
    listed, whole, frames = [], [], []
    for _ in range(5):
        command = [sys.executable, "-m", "benchmarks.library_window", str(count)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
        found = json.loads(done.stdout.splitlines()[-1])
        listed.append(1_000 * found["listed"])
        whole.append(1_000 * found["whole"])
        frames += sorted(found["frames"])
    frames.sort()
    print(f"list in window   {statistics.median(listed):7.1f} ms after the first paint, at most {max(listed):.1f} ms")
    print(f"checked, whole   {statistics.median(whole):7.1f} ms after the first paint, at most {max(whole):.1f} ms")
    print(f"scrolling        {statistics.median(frames):7.1f} ms a frame, p95 {frames[int(0.95 * len(frames))]:.1f} ms")


if __name__ == "__main__":
    sys.exit(status_of(lambda: main(*(int(each) for each in sys.argv[1:]))))

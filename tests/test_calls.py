"""Every call that an operation makes to the disk is refused once in each way, and the process killed at each.

A proof that takes long: `make prove PART=calls`. It prints how many points it tried. strace makes the calls fail; it
counts a call of each kind for each thread. What must hold afterwards stands in `faults`.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from audio.child import child_environment
from tests.operations import CANARIES, EARLIER, OPERATIONS, World, next_start, prepare

CALLS = (
    "write,pwrite64,writev,rename,renameat,renameat2,fsync,fdatasync,unlink,unlinkat,rmdir,"
    "truncate,ftruncate,mkdir,mkdirat,link,linkat,symlink,fallocate"
)
ERRORS = ("ENOSPC", "EIO", "EROFS")
WIPING = ("delete forever", "purge")
LONGEST_SECONDS = 30
_CALL = re.compile(r"^(\d+) +(\w+)\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Point:
    """One fault in one operation: which call of its kind, and what happens there; "statement" is one of SQLite's."""

    operation: str
    call: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Done:
    """How an operation ended, and what it told."""

    code: int
    told: str
    errors: str


def run(name: str, root: Path, *strace: str, **more: str) -> Done:
    """One operation in a process of its own, under strace where that is asked for something."""
    wrapped = ("strace", "-f", "-qqq", "--seccomp-bpf", "-e", "signal=none", *strace) if strace else ()
    ours, its = socket.socketpair()
    with ours, its:
        done = subprocess.run(
            [*wrapped, sys.executable, "-P", "-B", "-m", "tests.operations", name, str(root), str(its.fileno())],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=LONGEST_SECONDS,
            env=child_environment({"PYTHONDONTWRITEBYTECODE": "1", **more}),
            pass_fds=(its.fileno(),),
            check=False,
        )
        its.close()
        told = b"".join(iter(lambda: ours.recv(1 << 16), b""))
    return Done(done.returncode, told.decode(), done.stderr)


def points_of(name: str, root: Path, log: Path) -> Iterator[Point]:
    """Every point of an operation, from one undisturbed run below `root`."""
    done = run(name, root, "-e", f"trace={CALLS}", "-o", str(log))
    assert done.code == 0, f"{name}: {done.told}{done.errors}"
    counts: Counter[tuple[str, str]] = Counter(_CALL.findall(log.read_text(errors="replace")))
    most: Counter[str] = Counter()
    for (_, call), count in counts.items():
        most[call] = max(most[call], count)
    for call, count in sorted(most.items()):
        for number in range(1, count + 1):
            yield from (Point(name, call, number, what) for what in (*ERRORS, "SIGKILL"))
    statements = int(re.findall(r"^statements (\d+)$", done.told, re.MULTILINE)[0])
    yield from (Point(name, "statement", number, "SIGKILL") for number in range(1, statements + 1))


def strike(point: Point, root: Path) -> Done:
    """The operation with the fault of this point."""
    if point.call == "statement":
        return run(point.operation, root, KILL_AT_STATEMENT=str(point.number))
    fault = "signal=SIGKILL" if point.what == "SIGKILL" else f"error={point.what}"
    inject = f"inject={point.call}:{fault}:when={point.number}"
    return run(point.operation, root, "-e", f"trace={point.call}", "-o", os.devnull, "-e", inject)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the disk: documents by place, sound by place, and what lies beside them."""

    documents: dict[str, str]
    sounds: dict[str, str]
    others: dict[str, str]


def look(root: Path) -> Seen:
    """Everything below a root, each file by its path; documents without their layout."""
    documents, sounds, others = {}, {}, {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(("elsewhere/", "data/index.sqlite")):
            continue
        data = path.read_bytes()
        if path.suffix == ".json" and not name.startswith("data/models/"):
            documents[name] = json.dumps(json.loads(data), sort_keys=True)
        elif path.suffix == ".wav" and not name.startswith("outside/"):
            sounds[name] = sha256(data).hexdigest()
        else:
            others[name] = sha256(data).hexdigest()
    return Seen(documents, sounds, others)


def faults(point: Point, root: Path, before: Seen, after: Seen, done: Done) -> list[str]:
    """All that is wrong after the fault and the next start; empty when nothing is."""
    found = []
    if done.code not in (0, 2, -signal.SIGKILL, 128 + signal.SIGKILL):
        found.append(f"ended with {done.code}: {done.errors[-600:]}")
    found += [f"not one sentence: {text}" for text in _said(done) if "\n" in text]
    world = World(root)
    listed, read = next_start(world)
    now = look(root)
    for name in {*before.documents, *now.documents}:
        allowed = {each.documents.get(name) for each in (before, after)}
        is_growing = point.operation in ("record", "keep what was cut off") and name not in before.documents
        if now.documents.get(name) not in allowed and not is_growing:
            found.append(f"{name} is neither as it was nor as it should become")
    kept = set(now.sounds.values())
    lost = {sound for name, sound in before.sounds.items() if sound in after.sounds.values()} - kept
    found += [f"lost the sound {sound[:8]}" for sound in lost]
    found += _of_recording(point, root, done)
    for name in now.others:
        is_needed = name.startswith("data/sessions/") and _is_open(root / name)
        is_left = name.endswith(".part") or (name.endswith(".reserve") and not is_needed)
        if is_left or "damaged" in name or ".wipe" in name:
            found.append(f"left over: {name}")
        if name.startswith("outside/earlier.") and now.others[name] not in {
            sha256(EARLIER).hexdigest(), after.others[name],
        } and name.endswith((".txt", ".html")):  # fmt: skip
            found.append(f"{name} is neither the earlier file nor the whole new one")
    found += [f"left over: {path.name}" for path in root.glob("data/*damaged*")]
    there = {path.parent.name for path in (root / "data" / "sessions").glob("*/session.json")}
    if listed != there:
        found.append(f"listed {sorted(listed)} of {sorted(there)}")
    # An index that cannot be wiped goes as a whole, so that deleted words are gone now and not at the next start.
    may_be_new = point.operation == "build the index" or (point.operation in WIPING and point.what in ERRORS)
    if read > 2 and not may_be_new:
        found.append("the index was built anew")
    if point.operation in CANARIES and _still_somewhere(point.operation, root, before, after):
        found.append("a deleted word is still there")
    return found


def _is_open(reserve: Path) -> bool:
    """A session that is still to be gone on with keeps its reserve: its end has to fit on the disk."""
    document = reserve.with_name("session.json")
    return document.exists() and not json.loads(document.read_text())["is_closed"]


def _said(done: Done) -> list[str]:
    return [json.loads(line.removeprefix("said ")) for line in done.told.splitlines() if line.startswith("said ")]


def _of_recording(point: Point, root: Path, done: Done) -> list[str]:
    """What was written down while recording must be there and be listed, whatever came then."""
    written = [int(number) for number in re.findall(r"^written (\d+)$", done.told, re.MULTILINE)]
    if point.operation != "record" or not written:
        return []
    path = next((root / "data" / "sessions").glob("*-cccccc/situation-1.wav"))
    frames = (path.stat().st_size - 44) // 2
    takes = World(root).store.load(path.parent.name).takes
    return [] if frames >= written[-1] and [take.file for take in takes] == [path.name] else ["lost recorded frames"]


def _still_somewhere(operation: str, root: Path, before: Seen, after: Seen) -> bool:
    """A deletion that was begun is finished at the next start: the word is in no file of the data folder."""
    gone = set(before.documents) - set(after.documents)
    if any((root / name).exists() for name in gone):
        return False  # it never began
    word = CANARIES[operation].encode()
    files = [path for name in ("data", "runtime", "state", "cache") for path in (root / name).rglob("*")]
    return any(word in path.read_bytes().lower() for path in files if path.is_file())


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("world")
    prepare(root)
    return root


@pytest.mark.prove
@pytest.mark.timeout(0)
@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
@pytest.mark.parametrize("name", OPERATIONS)
def test_any_call_may_fail_or_be_the_last(name: str, template: Path, tmp_path: Path, capsys) -> None:
    before, whole = look(template), tmp_path / "whole"
    shutil.copytree(template, whole)
    points = list(points_of(name, whole, tmp_path / "strace.log"))
    next_start(World(whole))
    after = look(whole)

    def one(numbered: tuple[int, Point]) -> list[str]:
        number, point = numbered
        root = tmp_path / f"point-{number}"
        shutil.copytree(template, root)
        found = faults(point, root, before, after, strike(point, root))
        shutil.rmtree(root)
        return [f"{point}: {each}" for each in found]

    with ThreadPoolExecutor(2) as pool:
        wrong = [each for found in pool.map(one, enumerate(points)) for each in found]
    with capsys.disabled():
        print(f" {name}: {len(points)} points, {len(wrong)} wrong", flush=True)
    assert not wrong, "\n".join(wrong[:40])

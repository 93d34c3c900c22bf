"""Kills a child at each of its steps: before every SQLite statement, and every file renamed, removed or opened to be
written. After each kill comes the next start. Run as `python -m tests.delete_until_killed OPERATION FOLDER`; prints
how many steps there were, and each fault.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from interviewer.disk.bin import KEPT, STAMP, Bin
from interviewer.disk.index import Index
from interviewer.disk.start_days import StartDays, write_days
from interviewer.disk.store import Store
from interviewer.disk.sweep import start_of, sweep
from tests.test_bin import NOW, SECRET
from tests.test_index import session

OTHERS = 40
GONE = session(2).id
LATER = NOW + KEPT + timedelta(days=3)
FILE_EVENTS = ("os.remove", "os.rename", "os.rmdir", "os.truncate", "os.mkdir")


def prepare(root: Path, is_thrown: bool) -> None:
    """A library with an index, one session of it in the bin or not, and what older runs left behind."""
    store = Store(root)
    for number in range(1, OTHERS + 1):
        one = session(number, f"I traced number{number} {SECRET if number == 2 else ''}")
        store.save(one)
        (store.folder(one.id) / "situation-1.wav").write_bytes(b"RIFF" + SECRET.encode() * (number == 2))
    index = Index(root / "index.sqlite", store)
    index.open()
    (root / "index.sqlite.damaged-20261101-000000-000000").write_text(SECRET if is_thrown else "")
    if is_thrown:
        Bin(store).throw_away(GONE, NOW)
        write_days(root / "bin" / ".days", StartDays(tuple((LATER - timedelta(days=n)).date() for n in (3, 2, 1))))
        index.remove(GONE)
    index.close()


def delete(store: Store, index: Index) -> None:
    index.open()
    Bin(store).mark(GONE)
    Bin(store).finish(index.wipe)
    index.close()


def purge(store: Store, index: Index) -> None:
    index.open()
    Bin(store).begin(LATER)
    Bin(store).finish(index.wipe)
    index.close()


def throw_away(store: Store, index: Index) -> None:
    index.open()
    Bin(store).throw_away(GONE, NOW)
    index.remove(GONE)
    index.close()


def edit(store: Store, index: Index) -> None:
    """A word is put right, and a session comes."""
    index.open()
    for changed in (session(2, "I traced another word"), session(3, "I traced number3"), session(60)):
        store.save(changed)
        index.update(changed)
    index.close()


OPERATIONS: dict[str, Callable[[Store, Index], None]] = {
    "delete": delete,
    "purge": purge,
    "throw_away": throw_away,
    "edit": edit,
}


def kill_at(step: int) -> None:
    """From now on this process counts its steps."""
    left = [step]

    def pass_one(*_: object) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    connect = sqlite3.connect

    def traced(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **more)
        connection.set_trace_callback(pass_one)
        return connection

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in FILE_EVENTS or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            pass_one()

    sqlite3.connect = traced  # type: ignore[assignment]  # of this child alone
    sys.addaudithook(hook)


def next_start(root: Path, is_thrown: bool) -> list[str]:
    """What is wrong after a start as the window makes it."""
    time.sleep(0.01)  # the disk's clock has ticked since the kill
    store, faults = Store(root), []
    index = Index(root / "index.sqlite", store)
    read = index.open()
    Bin(store).begin(NOW)
    Bin(store).finish(index.wipe)
    sweep(root, start_of(root))
    if read > 3 or index.problem:
        faults.append(f"{read} sessions were read again. {index.problem}")
    faults += [f"{path.name} was set aside" for path in root.glob("*damaged*")]
    kept = (root / "bin" / GONE).is_dir() or (root / "sessions" / GONE).is_dir()
    listed = [row.id for row in index.rows()]
    if set(listed) != {session_id for session_id, _ in store.stamps()} or len(listed) < OTHERS - 1:
        faults.append(f"{len(listed)} sessions are listed")
    index.close()
    faults += [
        f"{path.relative_to(root)} is left over"
        for path in root.rglob("*")
        if path.name.endswith(".part") or (path.name == STAMP and "sessions" in path.parts)
    ]
    if is_thrown and not kept:
        held = [path for path in root.rglob("*") if path.is_file() and SECRET[1:7].encode() in path.read_bytes()]
        faults += [f"{path.relative_to(root)} holds a deleted word" for path in held]
    elif kept and not any((root / place / GONE / "situation-1.wav").is_file() for place in ("bin", "sessions")):
        faults.append("half of a session is there")
    return faults


def main(name: str, scratch: Path) -> None:
    is_thrown = name in ("delete", "purge")
    prepare(scratch / "whole", is_thrown)
    found, root = [], scratch / "data"
    for step in count(1):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(scratch / "whole", root)
        child = os.fork()
        if not child:
            kill_at(step)
            store = Store(root)
            OPERATIONS[name](store, Index(root / "index.sqlite", store))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        found += [f"killed at step {step}: {fault}" for fault in next_start(root, is_thrown)]
        if not os.WIFSIGNALED(status):
            print(json.dumps({"steps": step - 1, "status": status, "faults": found}))
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

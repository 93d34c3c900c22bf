"""What a person does that writes to the disk, each as a child process that can be killed or refused at any call.

`python -P -m tests.operations NAME ROOT SOCKET` does one of them on the world that `prepare` made below ROOT. It exits
with 0 when it is done and with 2 after one sentence, as the program does; anything else is a fault of the program. What
it tells goes through a socket, for what it writes may be refused.
"""

import hashlib
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from app.exchange.formats import write_session
from app.exchange.sound_import import import_sound
from app.state.folders import Folders
from app.state.settings import Settings, load_settings, save_settings
from audio.download_child import Fetch
from audio.manifest import ModelFile, ModelManifest
from audio.wav import TakeWriter, write_take
from content.loader import SHIPPED, load_pattern
from interviewer.disk.backup import back_up, restore
from interviewer.disk.bin import KEPT, Bin
from interviewer.disk.index import Index
from interviewer.disk.parcel import pack, unpack
from interviewer.disk.store import Store, new_take
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.disk.sweep import start_of, sweep
from interviewer.edges import begun_at
from interviewer.errors import PracticeError
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.practice_book import Practice, PracticeBook
from interviewer.practice.quiz import draw, finish
from interviewer.practice.quiz_shelf import QuizShelf
from interviewer.session import PRIVATE, Session, Take
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word
from tests.hub import Hub

NOW = datetime(2026, 11, 20, 19, 0)
FRAMES = RATE_HZ // 2
BLOCK = np.full(800, 900, "<i2").tobytes()
CANARIES = {"delete forever": "heliotrope", "purge": "celandine", "discard a private one": "marigold"}
"""By operation, a word of the session that is deleted; afterwards it may be nowhere."""
EDITED, OTHER, THROWN, OLD, CUT_OFF = (f"2026-11-{day}-1900-aaaaaa" for day in (10, 11, 12, 13, 14))
HIDDEN = f"2026-11-15-1900-aaaaaa{PRIVATE}"
EARLIER = b"an earlier file, whole"
MODEL = {"model.bin": b"weights" * 4000, "config.json": b"{}"}


class World:
    """One person's folders below a root, and where files go out."""

    def __init__(self, root: Path, tell: Callable[[str], object] = print) -> None:
        self.root = root
        self.tell = tell
        self.folders = Folders(*(root / name for name in ("data", "config", "cache", "state", "runtime")))
        self.store = Store(self.folders.data)
        self.private = Store(self.folders.runtime)
        self.bin = Bin(self.store)
        self.outside = root / "outside"
        self.pattern = load_pattern(SHIPPED / "earn-trust.toml")

    def index(self) -> Index:
        index = Index(self.folders.data / "index.sqlite", self.store)
        index.open()
        return index

    def session(self, session_id: str, *words: str) -> Session:
        """A closed session of one take with these words."""
        said = tuple(Word(word, 0.02 * place, 0.02 * place + 0.02, 0.9) for place, word in enumerate(words))
        take = Take(
            "answer-1", "answer", "answer-1.wav", (Mark(0, Section.SITUATION), Mark(2000, Section.TASK)),
            FRAMES, FRAMES, (Span(0, FRAMES),), Transcript(said, "a model"), note="a note on it",
        )  # fmt: skip
        level = Level.SDE2
        return Session(
            session_id, self.pattern.id, self.pattern.principle, level, "2026-11-20T19:00", 1,
            self.pattern.targets(level), 175.0, (take,), is_closed=True,
        )  # fmt: skip

    def put(self, store: Store, session: Session) -> None:
        store.save(session)
        noise = np.random.default_rng(sum(session.id.encode())).integers(-3000, 3000, FRAMES)
        for take in session.takes:
            write_take(store.folder(session.id) / take.file, noise.astype("<i2"))


def prepare(root: Path) -> None:
    """The world that every operation begins with."""
    world = World(root)
    world.folders.make()
    world.outside.mkdir()
    thrown, old, hidden = CANARIES.values()
    for session_id, word in ((EDITED, "wrung"), (OTHER, "kept"), (THROWN, thrown), (OLD, old), (CUT_OFF, "cut")):
        world.put(world.store, world.session(session_id, "I", word, "it."))
    cut_off = world.session(CUT_OFF, "I", "cut", "it.")
    open_take = replace(cut_off.takes[0], end_frame=None, frames=0, voiced=None, transcript=None)
    world.store.save(replace(cut_off, takes=(open_take,), is_closed=False))
    world.put(world.private, world.session(HIDDEN, "A", hidden, "one."))
    StoryFile(world.folders.data).write([OwnStory("story-1", "The one with the stale pool")])
    QuizShelf(world.folders.data).save(draw(world.pattern, "2026-11-19-1900-aaaaaa", "2026-11-19T19:00", 7))
    PracticeBook(world.folders.data).write({"earn-trust": Practice("item-1", {"item-1": "A"})})
    save_settings(Settings(words_per_minute=150), world.folders)
    world.index().close()
    world.bin.throw_away(THROWN, NOW)
    world.bin.throw_away(OLD, NOW - KEPT - timedelta(days=2))
    world.bin.begin(NOW - timedelta(days=2))
    world.index().close()
    elsewhere = World(root / "elsewhere")
    elsewhere.folders.make()
    elsewhere.put(elsewhere.store, elsewhere.session("2026-10-01-1200-bbbbbb", "From", "elsewhere."))
    pack(elsewhere.store, "2026-10-01-1200-bbbbbb", world.outside / "parcel.zip")
    back_up(elsewhere.folders.data, elsewhere.folders.settings_file, world.outside / "backup.zip")
    write_take(world.outside / "foreign.wav", np.full(4000, 700, "<i2"))
    for ending in ("html", "txt", "wav", "flac", "zip", "backup"):
        (world.outside / f"earlier.{ending}").write_bytes(EARLIER)


def next_start(world: World) -> tuple[set[str], int]:
    """What the window does when it is opened: the ids that are listed then, and how many sessions were read for it."""
    before = start_of(world.folders.data)
    index = Index(world.folders.data / "index.sqlite", world.store)
    read = index.open()
    world.bin.begin(NOW - timedelta(days=1))
    world.bin.finish(index.wipe)
    for root in (world.folders.data, world.folders.runtime):
        sweep(root, before)
    listed = {row.id for row in index.rows()}
    index.close()
    return listed, read


Operation = Callable[[World], None]


def _edit(change: Callable[[Session], Session]) -> Operation:
    def edit(world: World) -> None:
        session = change(world.store.load(EDITED))
        world.store.save(session)
        index = world.index()
        index.update(session)
        index.close()

    return edit


def _in_take(change: Callable[[Take], Take]) -> Callable[[Session], Session]:
    return lambda session: session.with_take(change(session.take("answer-1")))


def _record(world: World) -> None:
    """A new session with one take, block by block, as recording does it."""
    session = replace(world.session("2026-11-21-1900-cccccc"), takes=(), is_closed=False)
    world.store.save(session)
    take = new_take(session, "situation", Section.SITUATION)
    session = session.with_take(take)
    world.store.save(session)
    writer = TakeWriter(world.store.folder(session.id) / take.file)
    for _ in range(6):
        writer.append(BLOCK)
        world.tell(f"written {writer.frames}")
    writer.close()
    finished = replace(take, end_frame=writer.frames, frames=writer.frames)
    world.store.save(replace(session.with_take(finished), is_closed=True))


def _throw_away(world: World) -> None:
    world.bin.throw_away(EDITED, NOW)
    index = world.index()
    index.remove(EDITED)
    index.close()


def _put_back(world: World) -> None:
    session = world.bin.restore(THROWN)
    assert session
    index = world.index()
    index.update(session)
    index.close()


def _export(ending: str) -> Operation:
    def export(world: World) -> None:
        session = world.store.load(OTHER)
        target = world.outside / f"earlier.{ending}"
        write_session(session, world.pattern, world.store.folder(OTHER), target, ending)

    return export


def _answer_quiz(world: World) -> None:
    shelf = QuizShelf(world.folders.data)
    (quiz,) = shelf.all()
    shelf.save(finish(quiz, world.pattern, "2026-11-20T19:00"))


def _keep_private(world: World) -> None:
    world.store.take_in(HIDDEN, world.private, HIDDEN.removesuffix(PRIVATE))


def _import(world: World) -> None:
    session = replace(world.session("2026-11-22-1900-dddddd"), takes=(), is_closed=False)
    import_sound(world.store, session, world.outside / "foreign.wav", {Section.SITUATION: 0.0})


def _delete(world: World) -> None:
    index = world.index()
    world.bin.mark(THROWN)
    world.bin.finish(index.wipe)
    index.close()


def _purge(world: World) -> None:
    """The second and the third start on days on which what is old is found old."""
    index = world.index()
    for days in (1, 0):
        world.bin.begin(NOW - timedelta(days=days))
    world.bin.finish(index.wipe)
    index.close()


def _fetch_model(world: World) -> None:
    hub = Hub(MODEL)
    os.environ["PLAINSPOKEN_MIRROR"] = hub.address
    files = tuple(ModelFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in MODEL.items())
    Fetch(ModelManifest("a-model", "some/where", "1", files), world.folders.models, lambda _: None).run()
    hub.close()


def _rebuild(world: World) -> None:
    for path in world.folders.data.glob("index.sqlite*"):
        path.unlink()
    world.index().close()


OPERATIONS: dict[str, Operation] = {
    "put a word right": _edit(_in_take(lambda take: take.corrected(1, "wrote"))),
    "write a note": _edit(_in_take(lambda take: replace(take, note="quite another note"))),
    "bookmark": _edit(_in_take(lambda take: replace(take, bookmarks=(300,)))),
    "move an edge": _edit(_in_take(lambda take: begun_at(take, Section.TASK, 2400))),
    "record": _record,
    "throw away": _throw_away,
    "put back": _put_back,
    "export a web page": _export("html"),
    "export text": _export("txt"),
    "export wav": _export("wav"),
    "export flac": _export("flac"),
    "pack": _export("zip"),
    "keep a private one": _keep_private,
    "answer a question": _answer_quiz,
    "fetch a model": _fetch_model,
    "build the index": _rebuild,
    "import a recording": _import,
    "unpack": lambda world: _kept(unpack(world.outside / "parcel.zip", world.store)),
    "back up": lambda world: _kept(
        back_up(world.folders.data, world.folders.settings_file, world.outside / "earlier.backup")
    ),
    "restore": lambda world: _kept(
        restore(world.outside / "backup.zip", world.folders.data, world.folders.settings_file)
    ),
    "stories": lambda world: StoryFile(world.folders.data).write(
        [OwnStory("story-1", "One"), OwnStory("story-2", "Two")]
    ),
    "practice": lambda world: PracticeBook(world.folders.data).write({"earn-trust": Practice("item-2", {"b": "B"})}),
    "settings": lambda world: save_settings(
        replace(load_settings(world.folders, print), words_per_minute=170, interview="2026-12-24"), world.folders
    ),
    "keep what was cut off": lambda world: _kept(world.store.keep(world.store.cut_off()[0])),
    "delete forever": _delete,
    "purge": _purge,
    "discard a private one": lambda world: world.private.delete(HIDDEN),
}


def _kept(_: object) -> None:
    """What an operation gives back is nothing to the child."""


def main(name: str, root: str, number: str) -> int:
    """Does one operation. KILL_AT_STATEMENT is the number of the SQLite statement before which this process dies."""
    os.umask(0o077)
    parent = socket.socket(fileno=int(number))
    at, done = int(os.environ.get("KILL_AT_STATEMENT", "0")), 0

    def tell(text: str) -> None:
        parent.send(f"{text}\n".encode())

    def count(statement: str) -> None:
        nonlocal done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = opened(*arguments, **named)
        connection.set_trace_callback(count)
        return connection

    opened = sqlite3.connect
    sqlite3.connect = watched  # type: ignore[assignment]  # what the program opens is the same, and is listened to
    try:
        OPERATIONS[name](World(Path(root), tell))
    except PracticeError as error:
        tell(f"said {json.dumps(str(error))}")
        return 2
    except OSError as error:  # the disk's thread of the window says it in one sentence
        tell(f"said {json.dumps(error.strerror or 'refused')}")
        return 2
    tell(f"statements {done}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

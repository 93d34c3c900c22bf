"""`python -m tests.mutants SEED DOCUMENTS ZIPS`: mutants of every kind of file that the program reads, one by one.

Runs in a process of its own, which looks over its own shoulder: what it opens, makes, renames or removes outside the
data folder, and how much memory it takes. Prints what it saw as JSON.
"""

import copy
import hashlib
import io
import json
import os
import random
import re
import shutil
import struct
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.state.folders import Folders
from app.state.settings import Settings, load_settings, save_settings
from content.loader import SHIPPED, load_pattern
from interviewer.disk.backup import back_up, is_backup, restore
from interviewer.disk.bin import Bin
from interviewer.disk.exports import FORMATS
from interviewer.disk.parcel import pack, unpack
from interviewer.disk.session_file import to_json
from interviewer.disk.store import Store
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.errors import PracticeError
from interviewer.findings.verdict_sentence import total_time, verdict_sentence
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.practice_book import Practice, PracticeBook
from interviewer.practice.quiz import draw
from interviewer.practice.quiz_shelf import QuizShelf
from tests.test_index import session

NOW = datetime(2026, 11, 23, 12, 0)
SECRET = b"the secret of somebody else"
PATTERN = load_pattern(SHIPPED / "earn-trust.toml")
FOREIGN_WORDS = re.compile(
    r"Errno|codec|NoneType|Traceback|Exception|Error\b|object|instance|argument|attribute|subscript|unhashable|\bint\b|"
    r"\bstr\b|\bdict\b|0x|<class|utf-8|zlib|struct|unpack requires|invalid"
)
"""What a person at a desk is never told."""

EXTREMES: tuple[Any, ...] = (
    None, True, False, "", " ", "x", "\ud800", "a\nb", "../../evil", "/etc/passwd", ".", "..", "con", "\x00", "\u202e",
    0, -1, 1, 2**31, 2**63, 10**400, -(10**30), 0.5, -0.0, 1e308, float("nan"), float("inf"), -float("inf"),
    [], {}, [[]], [None], {"": None}, {"a": 1}, "9999-12-31T23:59", "0001-01-01T00:00", "2026-11-23T10:00+25:00",
    "x" * 3_000, ["x"] * 500,
)  # fmt: skip
NAMES = (
    "../x", "../../evil/session.json", "/etc/x", "C:/x", "a\\b", "..", ".", "", " ", "a/b/c/d", "con", "nul.txt", ".x",
    "a\nb", "a\x00b", "x" * 300, "\u202ex", "a:b", "session.json/x", "sessions/../../x", "bin/x/.thrown-away",
    "patterns/../../x", "quizzes/../settings.json", "é", "e\u0301", "sessions//x", "sessions/a/./b", "~/x",
)  # fmt: skip


def one_sentence(text: str) -> bool:
    """Whether a text is exactly one sentence that a person can read."""
    return (
        text.isprintable()
        and text.endswith(".")
        and len(text) < 500
        and not re.search(r"[.!?] [A-Z]", text)
        and not FOREIGN_WORDS.search(text)
    )


# Mutants of documents


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document: what holds it, and its key there."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def deep(dice: random.Random) -> str:
    """Far more levels than a reader that calls itself has room for."""
    opening, closing = dice.choice((("[", "]"), ('{"a":', "}")))
    count = dice.choice((100, 5_000, 100_000))
    return opening * count + (dice.choice(("", "1")) + closing * count if dice.random() < 0.7 else "")


def changed_value(good: Any, dice: random.Random) -> bytes:
    """One to three values are others: of another type, out of all bounds, gone, twice there, in each other's place."""
    value = copy.deepcopy(good)
    deepest = ""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        spots = list(places(value))
        if not spots:
            break
        holder, key = dice.choice(spots)
        match dice.randrange(7):
            case 0 | 1 | 2:
                holder[key] = copy.deepcopy(dice.choice(EXTREMES))
            case 3:
                del holder[key]
            case 4 if isinstance(holder, list):
                holder[key:key] = [copy.deepcopy(holder[key])] * dice.choice((1, 2, 300))
            case 5:
                other, other_key = dice.choice(spots)
                with suppress(LookupError):
                    holder[key] = copy.deepcopy(other[other_key])
            case _:
                holder[key], deepest = "(here)", deep(dice)
    text = json.dumps(value, ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.1:
        text = text.replace("{", '{"format": 2, "id": "../../evil", "takes": null, ', 1)
    return text.replace('"(here)"', deepest or "null").encode("utf-8", "surrogatepass")


def changed_bytes(good: bytes, dice: random.Random) -> bytes:
    """Flipped, cut off, or with something put in."""
    body = bytearray(good)
    match dice.randrange(6):
        case 0 | 1:
            for _ in range(dice.choice((1, 3, 30))):
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        case 2:
            del body[dice.randrange(len(body)) :]
        case 3:
            put = (
                b"\x00",
                b"\xff\xfe",
                b"\xef\xbb\xbf",
                b",",
                b"[" * 100_000,
                b"NaN",
                b"1e999",
                b"9" * 5_000,
                b"\\ud800",
            )
            at = dice.choice((0, dice.randrange(len(body)), len(body)))
            body[at:at] = dice.choice(put)
        case 4:
            return dice.choice((b"", b"null", b"[]", b"{}", b'"x"', b"[" * 100_000, b"\xff" * 99, b"0", b"[" + b"[],"
                                * 2_000_000 + b"1]", b" " * (17 << 20), b'{"a":' * 50_000))  # fmt: skip
        case _:
            start, end = sorted(dice.choices(range(len(body)), k=2))
            body[start:start] = body[start:end]
    return bytes(body)


def documents(good: bytes, dice: random.Random, count: int) -> Iterator[bytes]:
    """So many mutants of a document."""
    value = json.loads(good)
    for number in range(count):
        yield changed_bytes(good, dice) if number % 3 == 0 else changed_value(value, dice)


# Mutants of ZIPs

Entries = list[tuple[str, bytes]]


def entries_of(good: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


BOMB = bytes(40 << 20)
"""What some 40 kB unpack to."""


def zipped(entries: Entries, dice: random.Random, method: int = zipfile.ZIP_DEFLATED, mode: int = 0o600) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two names alike
        for name, body in entries:
            entry = zipfile.ZipInfo("x", (dice.choice((1980, 2026, 2107)), 1, 1, 0, 0, 0))
            entry.filename, entry.compress_type, entry.external_attr = name, method, mode << 16
            archive.writestr(entry, body)
    return file.getvalue()


def zips(good: bytes, dice: random.Random, count: int) -> Iterator[bytes]:
    """So many mutants of a ZIP."""
    entries = entries_of(good)
    bombs = [zipped([*entries, (entries[0][0].rsplit("/", 1)[0] + "/bomb.wav", BOMB)], dice)]
    bombs += [zipped([(name, BOMB if name.endswith(".json") else body) for name, body in entries[:3]], dice)]
    bombs += [zipped([(f"{entries[0][0].split('/')[0]}/{at}", b"") for at in range(20_000)], dice)]
    for number in range(count):
        yield changed_zip(good, entries, bombs, dice) if number % 4 else changed_bytes(good, dice)


def changed_zip(good: bytes, entries: Entries, bombs: list[bytes], dice: random.Random) -> bytes:
    """Put together anew with something wrong in it, or with a directory that lies."""
    now = list(entries)
    at = dice.randrange(len(now))
    name, body = now[at]
    folder = name.rpartition("/")[0]
    match dice.randrange(12):
        case 0 | 1:
            now[at] = (dice.choice((dice.choice(NAMES), f"{folder}/{dice.choice(NAMES)}")), body)
        case 2:
            odd = dice.choice(NAMES)
            now = [(other.replace(folder or "x", odd), inner) for other, inner in now]
        case 3:
            return zipped(now, dice, mode=0o120777)
        case 4:
            now[at] = (name, b"../../secret.txt")
            return zipped(now, dice, mode=dice.choice((0o120777, 0o010600, 0o060600)))
        case 5:
            now.append((dice.choice((name, name.upper(), f"{folder}/{name.rpartition('/')[2].swapcase()}")), b"twice"))
        case 6:
            return dice.choice(bombs) if dice.random() < 0.3 else zipped(now[:at], dice)
        case 7:
            return zipped(now, dice, dice.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED)))
        case 8:
            document = next((place for place, (other, _) in enumerate(now) if other.endswith("session.json")), None)
            if document is not None:
                other, inner = now[document]
                now[document] = (other, next(documents(inner, dice, 1)) if dice.random() < 0.5 else changed_value(
                    json.loads(inner), dice))  # fmt: skip
        case 9:
            now.append((f"{folder}x/{dice.choice(('session.json', 'a.wav'))}", b"{}"))
        case 10:
            return lying(good, dice)
        case _:
            return lying(zipped(now, dice), dice) + dice.choice((b"", b"after", b"PK\x05\x06" + bytes(18)))
    return zipped(now, dice)


def lying(good: bytes, dice: random.Random) -> bytes:
    """A directory that says other sizes, places, methods, flags or counts than there are."""
    body = bytearray(good)
    start = body.find(b"PK\x01\x02")
    end = body.rfind(b"PK\x05\x06")
    directory = [found.start() for found in re.finditer(b"PK\x01\x02", bytes(body)) if found.start() >= start]
    lie = dice.choice((0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFE, dice.randrange(1 << 32)))
    match dice.randrange(4):
        case 0:
            struct.pack_into("<I", body, dice.choice(directory) + dice.choice((16, 20, 24, 38, 42)), lie)
        case 1:
            struct.pack_into(
                "<H", body, dice.choice(directory) + dice.choice((6, 8, 10, 12, 14, 28, 30, 32)), lie & 0xFFFF
            )
        case 2:  # the bytes of one entry are those of another as well
            other = dice.choice(directory)
            body[other + 16 : other + 28] = body[directory[0] + 16 : directory[0] + 28]
            body[other + 42 : other + 46] = body[directory[0] + 42 : directory[0] + 46]
        case _:
            struct.pack_into("<H", body, end + dice.choice((4, 6, 8, 10, 20)), lie & 0xFFFF)
            struct.pack_into("<I", body, end + dice.choice((12, 16)), lie)
    return bytes(body)


# The world in which they are read


class World:
    """A data folder with good sessions in it, and what is not ours around it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.secret = root / "secret.txt"
        self.secret.write_bytes(SECRET)
        (root / "elsewhere").mkdir()
        (root / "elsewhere" / "notes.txt").write_bytes(SECRET)
        self.folders = Folders(*(root / name for name in ("data", "config", "cache", "state", "runtime")))
        self.folders.make()
        self.incoming = root / "incoming.zip"
        self.store = Store(self.folders.data)
        for number in (1, 2, 3):
            one = session(number, f"I traced number{number}")
            self.store.save(one)
            (self.store.folder(one.id) / "situation-1.wav").write_bytes(b"RIFF" + bytes(range(256)) * 8)
        self.good = self.store.sessions()
        self.seen: list[str] = []
        """What was found wrong."""
        self.ours = (self.folders.data, self.folders.config, self.incoming)
        self.most_bytes = 0
        """The most memory that reading one thing took."""
        self.is_watched = False

    def watch(self) -> None:
        """From now on every file that this process touches is looked at."""

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if self.is_watched and event in TOUCHES:
                for path in arguments[: TOUCHES[event]]:
                    name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
                    # A bare name is one in a folder that is open already.
                    if os.sep in name and not self.is_ours(Path(name)):
                        self.seen.append(f"{event} of {name}")

        sys.addaudithook(hook)

    def is_ours(self, path: Path) -> bool:
        """Whether a path really lies in a folder of ours, or is one."""
        whole = path.parent.resolve() / path.name
        return any(whole.is_relative_to(each) for each in self.ours)

    def around(self) -> str:
        """A hash of all that is not ours."""
        found = hashlib.sha256()
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not self.is_ours(path):
                found.update(str(path).encode() + path.read_bytes())
        return found.hexdigest()

    def read(self, label: str, work: Callable[[], object]) -> str:
        """Lets the program read something: "read" or "refused"; anything else than one sentence is seen."""
        before = forget_peak()
        self.is_watched = True
        try:
            work()
        except PracticeError as error:
            if not one_sentence(str(error)):
                self.seen.append(f"{label}: {error}")
            return "refused"
        except Exception as error:  # whatever else it is, it is what is looked for here
            self.seen.append(f"{label}: {type(error).__name__}: {error}")
            return "failed"
        finally:
            self.is_watched = False
            self.most_bytes = max(self.most_bytes, memory("VmHWM") - before)
        return "read"

    def check(self, label: str) -> None:
        """Every good session is there as it was, and nothing half-written is."""
        if tuple(each for each in self.store.sessions() if each in self.good) != self.good:
            self.seen.append(f"{label}: a good session is hidden")
        for path in self.folders.data.rglob("*"):
            if path.name.endswith(".part"):
                self.seen.append(f"{label}: left {path.name}")
                shutil.rmtree(path) if path.is_dir() else path.unlink()


TOUCHES = {"open": 1, "os.mkdir": 1, "os.rename": 2, "os.remove": 1, "os.rmdir": 1, "os.scandir": 1, "os.listdir": 1,
           "shutil.rmtree": 1, "os.symlink": 2, "os.link": 2, "os.truncate": 1}  # fmt: skip
"""Audit events, and how many of their arguments are paths."""


def read_sessions(world: World, dice: random.Random, count: int) -> Iterator[str]:
    good = json.dumps(to_json(replace(session(9), typed={Section.TASK: "é ☂"}, drill="task"))).encode()
    folder = world.folders.data / "sessions" / "mutant"
    folder.mkdir()
    (folder / "situation-1.wav").write_bytes(b"RIFF" + bytes(99))

    def work() -> None:
        read = world.store.load("mutant")
        assert read.id == "mutant"
        read.section_times(), total_time(read), verdict_sentence(read)
        for form in FORMATS.values():
            form(read, PATTERN)
        world.store.save(read)
        assert world.store.load("mutant") == read

    for number, body in enumerate(documents(good, dice, count)):
        (folder / "session.json").write_bytes(body)
        yield world.read(f"session {number}", work)
        world.read(f"session {number}", lambda: (world.store.cut_off(), list(world.store.stamps())))
        if number % 10 == 0:
            world.check(f"session {number}")
    shutil.rmtree(folder)


def read_file(
    world: World, dice: random.Random, count: int, path: Path, name: str, work: Callable[[], object]
) -> Iterator[str]:
    """Mutants of a single document; what is set aside is whole."""
    good = path.read_bytes()
    for number, body in enumerate(documents(good, dice, count)):
        path.write_bytes(body)
        how = world.read(f"{name} {number}", work)
        aside = list(path.parent.glob(f"{path.stem}.damaged-*"))
        if how == "refused" and [each.read_bytes() for each in aside] != [body]:
            world.seen.append(f"{name} {number}: not set aside")
        for each in aside:
            each.unlink()
        yield how
    path.write_bytes(good)


def read_quizzes(world: World, dice: random.Random, count: int) -> Iterator[str]:
    shelf = QuizShelf(world.folders.data)
    first = draw(PATTERN, "2026-11-01-0000-000000", "2026-11-01T00:00", 1)
    second = draw(PATTERN, "2026-11-02-0000-000000", "2026-11-02T00:00", 2)
    shelf.save(first)
    shelf.save(second)
    path = world.folders.data / "quizzes" / f"{second.id}.json"
    for number, body in enumerate(documents(path.read_bytes(), dice, count)):
        path.write_bytes(body)
        yield world.read(f"quiz {number}", lambda: shelf.load(second.id))
        if first not in shelf.all():
            world.seen.append(f"quiz {number}: a good one is hidden")
    path.unlink()


def read_settings_files(world: World, dice: random.Random, count: int) -> Iterator[str]:
    own = replace(Settings(), key_lines={"earn-trust/why": "mine ☂"}, interview="2026-12-01", disputed=("a",))
    own = own.with_target("earn-trust", Level.SDE2, Section.TASK, 12.0)
    chosen = replace(own, theme="dark", text_percent=150)
    save_settings(chosen, world.folders)

    def work() -> None:
        told: list[str] = []
        read = asdict(load_settings(world.folders, told.append))
        mended = {name for name in asdict(chosen) if read[name] != asdict(chosen)[name]}
        words = {"key_lines", "interview", "disputed", "targets", "rules_off"}
        assert not mended & (words if path == world.folders.settings_file else set(asdict(chosen)) - words)
        if told:
            raise PracticeError(told[0])

    for path in (world.folders.settings_file, world.folders.own_file):
        yield from read_file(world, dice, count // 2, path, path.name, work)


def read_packs(world: World, dice: random.Random, count: int) -> Iterator[str]:
    other = Store(world.root / "data" / "other")
    other.save(session(8, "I packed this"))
    (other.folder(session(8).id) / "situation-1.wav").write_bytes(b"RIFF" + dice.randbytes(3_000))
    pack(other, session(8).id, world.incoming)
    good = world.incoming.read_bytes()
    before = {path.name for path in (world.folders.data / "sessions").iterdir()}
    for number, body in enumerate(zips(good, dice, count)):
        world.incoming.write_bytes(body)
        yield world.read(f"pack {number}", lambda: world.store.load(unpack(world.incoming, world.store).id))
        world.check(f"pack {number}")
        for path in (world.folders.data / "sessions").iterdir():
            if path.name not in before:
                if any(SECRET in each.read_bytes() for each in path.iterdir()):
                    world.seen.append(f"pack {number}: the secret came in")
                shutil.rmtree(path)


def read_backups(world: World, dice: random.Random, count: int) -> Iterator[str]:
    other = Store(world.root / "data" / "another")
    for number in (5, 6, 7):
        other.save(session(number, f"I kept number{number}"))
        (other.folder(session(number).id) / "situation-1.wav").write_bytes(b"RIFF" + dice.randbytes(900))
    Bin(other).throw_away(session(7).id, NOW)
    StoryFile(other.root).write([OwnStory("story-1", "The queue")])
    back_up(other.root, world.folders.settings_file, world.incoming)
    good = world.incoming.read_bytes()
    root = world.folders.data / "new"

    def work() -> None:
        if is_backup(world.incoming):
            restored = restore(world.incoming, root, root / "settings.json")
            for name in restored.sessions:
                Store(root).load(name)
            if restored.left_out:
                raise PracticeError("Something was left out.")
        Bin(Store(root)).thrown(NOW)

    for number, body in enumerate(zips(good, dice, count)):
        world.incoming.write_bytes(body)
        yield world.read(f"backup {number}", work)
        world.check(f"backup {number}")
        shutil.rmtree(root, ignore_errors=True)


def memory(line: str) -> int:
    """What the system says of this process's memory, in bytes: VmRSS is what it has, VmHWM the most it had."""
    found = re.search(rf"{line}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


def forget_peak() -> int:
    """The memory of this process now, from which the peak is counted anew."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def main(seed: int, document_count: int, zip_count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name).resolve())
        world.watch()
        around, counts = world.around(), {}
        bank, book = StoryFile(world.folders.data), PracticeBook(world.folders.data)
        bank.write([OwnStory("story-1", "Der Zähler ☂", {Section.ACTION: "logs\nfix"}, ("Earn Trust",))] * 2)
        book.write({"earn-trust": Practice("a", {"a": "B"}, frozenset({"a"}))})
        dice = random.Random(seed)
        practice = world.folders.data / "quizzes" / "practice.json"
        kinds = {
            "sessions": read_sessions(world, dice, document_count),
            "stories": read_file(world, dice, document_count, bank.path, "stories", bank.read),
            "practice": read_file(world, dice, document_count, practice, "practice", book.read),
            "quizzes": read_quizzes(world, dice, document_count),
            "settings": read_settings_files(world, dice, document_count),
            "packs": read_packs(world, dice, zip_count),
            "backups": read_backups(world, dice, zip_count),
        }
        for kind, outcomes in kinds.items():
            began = time.monotonic()
            counts[kind] = {**Counter(outcomes), "seconds": round(time.monotonic() - began, 1)}
        world.check("at the end")
        if world.around() != around:
            world.seen.append("something around the data folder is not as it was")
        print(json.dumps({"counts": counts, "seen": world.seen, "most_bytes": world.most_bytes}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Pattern files made to hurt: each is read, or answered by one line that names the file, quickly. Nothing is written.

Not which words a fault is answered with: that is test_loader's.
"""

import copy
import hashlib
import json
import math
import os
import random
import time
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import pytest

from content.lint import lint
from content.loader import SHIPPED, load_pattern
from interviewer.errors import PracticeError

GOOD = (SHIPPED / "earn-trust.toml").read_bytes()
DOCUMENT = tomllib.loads(GOOD.decode("utf-8"))
MUTANTS = 150
"""Of each of the two kinds. Each has its own seed, so one that fails can be run alone."""

LIMIT_SECONDS = 2.0
"""Of processor time, so that a busy machine does not fail the test."""

HTML = '<img src="/etc/passwd"><script>alert(1)</script>&lt;b&gt;'
STRANGE: tuple[Any, ...] = (
    *(
        "",
        " ",
        "x" * 8_193,
        "x" * 8_192,
        "\0",
        "a\nb\tc",
        "\u202eabc",
        "\u2028",
        "\ufeff",
        "e\u0301" * 50,
        HTML,
        "🦊" * 60,
    ),
    *(
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\nul",
        "nul.txt",
        "{0.__class__}",
        "%s%n",
        "$(id)",
        "' or 1=1 --",
        "\x1b[31m",
    ),
    *(0, -1, 1, 2**31, -(2**63), 2**64, 10**400, 0.1, -0.0, 1e308, 5e-324, math.nan, math.inf, -math.inf, True, False),
    *(date(2026, 11, 23), datetime(2026, 11, 23, 1, 2, 3), clock(23, 59)),
    *([], {}, [[]], [{}], ["x"] * 500, [1, "x", {}], {"x": {"y": {}}}, [[[[[[[[[]]]]]]]]], {"": ""}, {"id": "x"}),
)


def toml(value: Any) -> str:
    """A value as inline TOML. What TOML cannot say comes out as it is, for the reader to refuse."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, date | clock):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def file_of(document: dict[str, Any]) -> bytes:
    return "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in document.items()).encode()


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*way, key)
        yield from places(inner, (*way, key))


WAYS = list(places(DOCUMENT))


def at(document: dict[str, Any], way: tuple[Any, ...]) -> Any:
    value: Any = document
    for key in way:
        value = value[key]
    return value


def mutated_structure(dice: random.Random) -> bytes:
    """The shipped file with one to three of its places taken out, doubled, exchanged, renamed or filled strangely."""
    document = copy.deepcopy(DOCUMENT)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        *way, key = dice.choice(list(places(document)))
        inner = at(document, tuple(way))
        match dice.randrange(6):
            case 0:
                del inner[key]
            case 1 if isinstance(inner, list):
                inner.insert(dice.randrange(len(inner) + 1), copy.deepcopy(inner[key]))
            case 1:
                inner[dice.choice(("zzz", f"{key}s", "", "a.b", "\n", HTML))] = copy.deepcopy(inner[key])
            case 2:
                inner[key] = copy.deepcopy(at(DOCUMENT, dice.choice(WAYS)))
            case 3 if isinstance(inner, dict):
                inner[f"{key}{dice.choice('_sx')}"] = inner.pop(key)
            case 4 if isinstance(inner[key], str):
                where = dice.randrange(len(inner[key]) + 1)
                inner[key] = inner[key][:where] + str(dice.choice(STRANGE)) + inner[key][where:]
            case _:
                inner[key] = copy.deepcopy(dice.choice(STRANGE))
        if not document:
            break
    return file_of(document)


def mutated_bytes(dice: random.Random) -> bytes:
    """The shipped file with one to eight pieces of it changed, cut out, doubled or swapped for pieces of TOML."""
    data = bytearray(GOOD)
    tokens = (
        b'"',
        b"'''",
        b"[",
        b"]]",
        b"{",
        b"=",
        b"\n",
        b"\\",
        b"#",
        b"\r",
        b"\0",
        b"\xff",
        b"[[items]]\n",
        b"\xe2\x80\xae",
    )
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(data))
        end = min(len(data), start + dice.choice((1, 1, 2, 10, 200)))
        match dice.randrange(5):
            case 0:
                data[start] = dice.choice(b"09azAZ\"'[]{}=.,#\\ \n")
            case 1:
                del data[start:end]
            case 2:
                data[start:start] = data[start:end]
            case 3:
                data[start:end] = dice.choice(tokens)
            case 4:
                data[start] ^= 1 << dice.randrange(7)
    return bytes(data)


def filled(value: Any, text: str) -> Any:
    """A document with `text` before each of its texts that may be any text."""
    if isinstance(value, dict):
        free = {"id", "kind", "key", "severity", "difficulty", "section", "quote"}
        return {key: inner if key in free else filled(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, text) for inner in value]
    return text + value if isinstance(value, str) else value


def repeated(piece: str, size: int = 1_000_000) -> bytes:
    """A file of just under the size limit; `@` counts up in each piece."""
    count = size // (len(piece.encode()) + 5)
    return "".join(piece.replace("@", str(number)) for number in range(count)).encode()


def with_value(old: str, new: str) -> bytes:
    assert old.encode() in GOOD
    return GOOD.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)


HOSTILE: dict[str, bytes] = {
    "dotted key of 20,000 parts": ".".join("a" * 20_000).encode() + b" = 1",
    "dotted key in quotes": ".".join(['"a"'] * 20_000).encode() + b" = 1",
    "a megabyte of eight-part keys": repeated("a@.b.c.d.e.f.g.h = 1\n"),
    "a megabyte of eight-part tables": repeated("[a.b.c.d.e.f.g.h@]\n"),
    "a megabyte of lists of tables": repeated("[[a]]\n[a.b]\n"),
    "a megabyte of one list": b"x = [" + repeated("1, ") + b"]",
    "a megabyte of empty lines": b"\n" * 1_000_000,
    "a megabyte of one text": b'principle = "' + b"x" * 1_000_000 + b'"',
    "a megabyte of escapes": b'principle = "' + b"\\u0041" * 166_000 + b'"',
    "a megabyte of escaped quotes": b'\\"' * 500_000,
    "a megabyte of one key": b"x" * 1_000_000 + b" = 1",
    "a megabyte of keys nearly right": repeated('"prompts@" = 1\n'),
    "lists in lists": b"x = " + b"[" * 500_000,
    "tables in tables": b"x = " + b"{a = " * 200_000,
    "a number of a million digits": b"x = " + b"9" * 1_000_000,
    "a number of 100,000 hex digits": with_value("target_s = 30", f"target_s = 0x{'f' * 100_000}"),
    "a number beyond all numbers": with_value("target_s = 30", "target_s = 1e999999999"),
    "not a number": with_value("target_s = 30", "target_s = nan"),
    "a date for a number": with_value("total_s = 120", "total_s = 2026-11-23T10:00:00Z"),
    "a day that is not there": with_value("total_s = 120", "total_s = 2026-02-30"),
    "writing turned round": with_value("Earn Trust: plain", "\u202eEarn\u2066 Trust: plain"),
    "NUL": with_value("Earn Trust: plain", "Earn\0Trust: plain"),
    "half a character": with_value("Earn Trust: plain", "Earn \ud800 Trust: plain"),
    "half a character, escaped": with_value("Earn Trust: plain", "Earn \\ud800 Trust: plain"),
    "a terminal's escape": with_value("Earn Trust: plain", "\x1b]0;owned\x07 plain"),
    "the same key twice": with_value("principle = ", 'principle = "x"\nprinciple = '),
    "the same table twice": GOOD + b"\n[sections.S]\ntarget_s = 1\n",
    "an id that is a path": with_value('id = "earn-trust"', 'id = "../../../../tmp/x"'),
    "an id that is a device": with_value('id = "fix-rejected"', 'id = "nul.txt"'),
    "HTML in every text": file_of(filled(DOCUMENT, HTML)),
    "formulas in every text": file_of(filled(DOCUMENT, '=cmd|" /C calc"!A1 ')),
    "eight thousand characters in every text": file_of(filled(DOCUMENT, "xs " * 2_200))[:1_000_000],
    "words of nothing but endings": file_of(
        {
            **DOCUMENT,
            "sections": {letter: {**part, "example": "es" * 4_096} for letter, part in DOCUMENT["sections"].items()},
        }
    ),
    "an archive": b"PK\x03\x04" + random.Random(1).randbytes(5_000),
    "a program": b"\x7fELF" + bytes(5_000),
}

NAMES = ("two\nlines.toml", "\x1b[31mred.toml", "\u202elmot.toml", "no\udcffutf8.toml", "x" * 250 + ".toml", "-rf.toml")


def tree_hash(folder: Path) -> str:
    """One hash of all that lies in a folder: names, contents, and when each was changed."""
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        seen.update(f"{os.fsencode(path)!r} {status.st_mode} {status.st_mtime_ns} {status.st_size}\n".encode())
        seen.update(path.read_bytes() if path.is_file() else b"")
    return seen.hexdigest()


def assert_harmless(home: Path, content: bytes, name: str = "hostile.toml") -> None:
    path = home / "Documents" / name
    path.write_bytes(content)
    before = tree_hash(home)
    start = time.process_time()
    try:
        lint(load_pattern(path))
    except PracticeError as error:
        answer = str(error)
        shown = name if name.isprintable() else repr(name)[1:-1]
        assert answer.startswith(shown)
        assert answer.isprintable()  # which no line end is
        assert len(answer) < 400 + len(shown)
    assert time.process_time() - start < LIMIT_SECONDS
    assert tree_hash(home) == before


def test_the_writer_of_this_file_writes_what_was_read():
    assert tomllib.loads(file_of(DOCUMENT).decode()) == DOCUMENT


@pytest.mark.parametrize("seed", range(MUTANTS))
def test_a_file_with_another_structure_is_harmless(home, seed):
    assert_harmless(home, mutated_structure(random.Random(seed)))


@pytest.mark.parametrize("seed", range(MUTANTS))
def test_a_file_with_other_bytes_is_harmless(home, seed):
    assert_harmless(home, mutated_bytes(random.Random(seed)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_hurt_is_harmless(home, name):
    assert_harmless(home, HOSTILE[name])


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_with_a_name_made_to_hurt_is_harmless(home, name):
    assert_harmless(home, b"id = 1", name)
    assert_harmless(home, b"id = ", name)
    assert_harmless(home, GOOD, name)


def test_the_mutants_reach_every_depth(tmp_path):
    """Most mutants of the structure get past TOML, and a few are whole patterns."""
    answers: list[str] = []
    for seed in range(MUTANTS):
        (tmp_path / "mutant.toml").write_bytes(mutated_structure(random.Random(seed)))
        try:
            load_pattern(tmp_path / "mutant.toml")
            answers.append("read")
        except PracticeError as error:
            answers.append(str(error))
    assert answers.count("read") >= 5
    assert sum(", line " in answer for answer in answers) < MUTANTS / 3
    assert len(set(answers)) > MUTANTS / 2

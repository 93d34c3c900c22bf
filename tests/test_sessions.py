"""Sessions without a window: listed, searched, written out inert, and back again byte for byte."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.state.folders import Folders, system_folders
from app.terminal.cli import run_command
from app.window.lock import ALREADY, Lock
from interviewer.disk.bin import Bin
from interviewer.disk.exports import FORMATS, as_html
from interviewer.disk.index import Index
from interviewer.disk.parcel import pack, unpack
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern, Section
from interviewer.session import Session
from interviewer.transcript import Transcript, Word
from tests.test_index import session as made

NOW = datetime(2026, 11, 23)

HOSTILE = (
    "=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "\u00a0=cmd", "|calc", "%0A=1",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><script>", "javascript:alert(1)",
    "http://example.com/x", "[a](http://example.com)", "![a](http://example.com/p.png)", "<a href='http://x'>",
    "\u202egnp.exe", "\u2066abc\u2069", "a\x00b".replace("\x00", ""), "-->\n\n99\n00:00:01,000 --> 00:00:02,000",
    "NOTE x", "WEBVTT", "<b>bold</b>", "&lt;script&gt;", "'; DROP TABLE", "{{7*7}}", "${7*7}", "`x`", "# heading",
    "* item", "> quote", "---", "| a | b |", "<!-- c -->", "]]>", "<style>*{}</style>", "<iframe src=//x>",
    "data:text/html,x",
)  # fmt: skip


@pytest.fixture
def folders(home: Path) -> Folders:
    return system_folders()


@pytest.fixture
def store(folders: Folders) -> Store:
    store = Store(folders.data)
    for number in (1, 3, 5):
        one = made(number, f"I traced failure number{number}")
        store.save(one)
        (store.folder(one.id) / "situation-1.wav").write_bytes(b"RIFF" + bytes(range(256)) * 40)
    return store


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_command(["sessions", *arguments]) == 0
    return capsys.readouterr().out


def test_they_are_listed_and_searched(capsys, store: Store) -> None:
    rows = json.loads(run(capsys, "--json"))
    assert [row["id"][8:10] for row in rows] == ["05", "03", "01"]
    assert {"id", "pattern", "principle", "level", "started", "seconds", "verdict"} <= set(rows[0])
    assert [row["id"][8:10] for row in json.loads(run(capsys, "--search", "number3", "--json"))] == ["03"]
    assert "number9" in run(capsys, "--search", "number9")


def test_one_is_shown(capsys, store: Store) -> None:
    shown = json.loads(run(capsys, "show", made(3).id, "--json"))
    assert shown["sections"][0]["transcript"] == "I traced failure number3"
    assert "I traced failure number3" in run(capsys, "show", made(3).id)
    assert run_command(["sessions", "show", "nothing"]) == 2
    assert "There is no session nothing" in capsys.readouterr().err


@pytest.mark.parametrize("form", [*FORMATS, "zip"])
def test_one_is_written_out_in_every_format(capsys, store: Store, tmp_path: Path, form: str) -> None:
    written = Path(run(capsys, "export", made(3).id, "--format", form, "--to", str(tmp_path)).strip())
    assert written.parent == tmp_path
    assert written.stat().st_size > 50


def test_a_parcel_comes_back_byte_for_byte(capsys, store: Store, tmp_path: Path) -> None:
    name = made(3).id
    parcel = tmp_path / "one.zip"
    run(capsys, "export", name, "--format", "zip", "--to", str(parcel))
    before = {path.name: path.read_bytes() for path in store.folder(name).iterdir()}
    Bin(store).throw_away(name, NOW)
    assert "is here now" in run(capsys, "import", str(parcel))
    assert {path.name: path.read_bytes() for path in store.folder(name).iterdir()} == before
    assert run_command(["sessions", "import", str(parcel)]) == 2
    assert "is here already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["../x/session.json", "a/../../x", "/etc/x", "a/b/session.json", "a\\b/c", "a/.hidden", "only"]
)
def test_a_parcel_that_would_land_elsewhere_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as parcel:
        parcel.writestr(f"{made(7).id}/session.json", "{}")
        parcel.writestr(name, "x")
    with pytest.raises(PracticeError):
        unpack(path, store)
    assert len(dict(store.stamps())) == 3


def test_what_is_no_parcel_gets_one_sentence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    for body in (b"", b"PK\x03\x04", b"x" * 1000):
        path.write_bytes(body)
        with pytest.raises(PracticeError, match=r"no\.zip"):
            unpack(path, store)


def hostile_session(text: str) -> Session:
    words = tuple(Word(part, n, n + 0.5, 0.9) for n, part in enumerate(text.split() or ["x"]))
    base = made(3)
    take = replace(base.takes[0], transcript=Transcript(words, "m"), note=text)
    return replace(base, principle=text, takes=(take,), typed={Section.TASK: text})


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "img", "a", "link", "object", "form"):
            self.acts.append(tag)
        for name, value in attrs:
            is_remote = name in ("src", "href") and not (value or "").startswith("data:audio/")
            if name.startswith("on") or is_remote:
                self.acts.append(f"{name}={value}")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_said_is_inert_in_every_export(earn_trust: Pattern, text: str) -> None:
    session = hostile_session(text)
    reader = Reader()
    reader.feed(as_html(session, earn_trust))
    assert reader.acts == []
    for row in csv.reader(io.StringIO(FORMATS["csv"](session, earn_trust))):
        assert not any(cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "|", "%")) for cell in row)
    for form in ("srt", "vtt"):
        told = FORMATS[form](session, earn_trust)
        cues = sum(" --> " in line for line in told.splitlines())
        assert cues == len([line for line in told.splitlines() if line[:2].isdigit() and " --> " in line])
        assert "<script" not in FORMATS["vtt"](session, earn_trust)
    marked = FORMATS["markdown"](session, earn_trust)
    assert "](http" not in marked
    assert "<script" not in marked


def test_packing_leaves_nothing_behind_when_there_is_no_place(store: Store, tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="could not be written"):
        pack(store, made(3).id, tmp_path / "nowhere" / "x.zip")


def test_the_index_is_checked_and_says_what_it_did(capsys, store: Store, folders: Folders) -> None:
    assert "3 sessions are listed; 3 were read" in run(capsys, "check")
    (folders.data / "index.sqlite").write_bytes(b"not a database at all" * 99)
    told = run(capsys, "check")
    assert "set aside" in told
    assert "3 sessions are listed" in told
    (store.folder(made(3).id) / "session.json").write_text("{")
    told = run(capsys, "check")
    assert "2 sessions are listed" in told
    assert "1 cannot be read" in told
    assert f"{made(3).id}: " in told
    assert not list(folders.data.glob("*damaged*"))


def test_one_that_cannot_be_read_is_listed_with_its_reason(capsys, store: Store) -> None:
    (store.folder(made(3).id) / "session.json").write_text("{")
    rows = json.loads(run(capsys, "--json"))
    assert [row["id"][8:10] for row in rows] == ["05", "03", "01"]
    assert set(rows[1]) == {"id", "unreadable"}
    assert "untouched" in rows[1]["unreadable"]
    assert "unreadable" not in rows[0]
    assert rows[1]["unreadable"] in run(capsys)
    assert run_command(["sessions", "show", made(3).id]) == 2
    assert "untouched" in capsys.readouterr().err


def test_beside_a_window_reading_works_and_writing_says_so(capsys, store: Store, folders: Folders, tmp_path) -> None:
    parcel = tmp_path / "one.zip"
    run(capsys, "export", made(3).id, "--format", "zip", "--to", str(parcel))
    window = Index(folders.data / "index.sqlite", store)
    lock = Lock(folders.data)
    lock.take()
    window.open()
    before = {path.name: path.read_bytes() for path in folders.data.glob("*[!m]") if path.is_file()}
    assert len(json.loads(run(capsys, "--json"))) == 3
    assert {path.name: path.read_bytes() for path in folders.data.glob("*[!m]") if path.is_file()} == before
    for command in (["check"], ["import", str(parcel)], ["restore", str(parcel)]):
        assert run_command(["sessions", *command]) == 2
        assert capsys.readouterr().err.strip() == ALREADY
    window.update(made(3))
    assert len(window.rows()) == 3
    assert window.problem == ""
    window.close()
    lock.release()
    assert not list(folders.data.glob("*damaged*"))


def test_any_command_finishes_what_was_being_deleted(capsys, store: Store, folders: Folders) -> None:
    run(capsys, "check")
    Bin(store).throw_away(made(3).id, NOW)
    Bin(store).mark(made(3).id)  # and killed
    assert len(json.loads(run(capsys, "--json"))) == 2
    held = [path for path in folders.data.rglob("*") if path.is_file() and b"umber3" in path.read_bytes()]
    assert held == []
    assert list((folders.data / "bin").iterdir()) == []

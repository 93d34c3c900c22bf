"""The command line where things are not as usual: encodings, closed ends, displays, data folders, numbers."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from app.state.folders import system_folders
from app.state.settings import Settings
from app.terminal.cli import run_command
from app.terminal.streams import PLAIN
from app.window.crash import CrashReport
from app.window.opening import _start, make_window
from content.samples import shipped_samples
from interviewer.disk.store import Store
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark
from tests.conftest import ROOT
from tests.pulse import Pulse

SAMPLE = str(shipped_samples()[0].path)
ENCODINGS: dict[str, dict[str, str]] = {
    "iso-8859-1": {"PYTHONIOENCODING": "iso-8859-1"},
    "cp437": {"PYTHONIOENCODING": "cp437"},
    "ascii": {"PYTHONIOENCODING": "ascii:strict"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
ANSWER = "Situation: The café lost 20 × 5 € a day — “every day”, they said…\nAction: I fixed the “naïve” loop 😀.\n"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what is checked here is Linux's")


def run(
    *arguments: str, text: bytes = b"", variables: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.CompletedProcess[bytes]":
    """The program as a person starts it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG")}
    command = [sys.executable, "-m", "app", *arguments]
    whole = {**environment, "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(command, cwd=ROOT, env=whole, input=text, capture_output=True, timeout=100, check=False)


def refused(done: "subprocess.CompletedProcess[bytes]") -> str:
    """The one sentence of a command that did nothing."""
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert len(said.splitlines()) == 1
    assert said.endswith((".\n", "--help\n"))
    assert "Errno" not in said
    return said


# Encodings


@pytest.fixture
def written(tmp_path: Path, home: Path, earn_trust: Pattern) -> Callable[[], list[list[str]]]:
    """Commands that print foreign and typographic signs: of a typed answer, and of a session here."""
    answer = tmp_path / "answer.txt"
    answer.write_text(ANSWER, encoding="utf-8")
    store = Store(system_folders().data)
    marks = (Mark(0, Section.SITUATION),)
    take = Take("situation-1", "situation", "situation-1.wav", marks, RATE_HZ, RATE_HZ, note="naïve “×” 😀")
    targets = earn_trust.targets(Level.SDE2)
    principle, started = earn_trust.principle, "2026-11-23T10:12"
    session = Session("2026-11-23-1012-abc", "earn-trust", principle, Level.SDE2, started, 4, targets, 175.0, (take,))
    store.save(session)
    return lambda: [
        ["analyse", "earn-trust", "--text", str(answer)],
        ["analyse", "earn-trust", "--text", str(answer), "--json"],
        ["rehearse", "earn-trust", "--text", str(answer)],
        ["rehearse", "earn-trust", "--text", str(answer), "--json"],
        ["patterns", "show", "earn-trust"],
        ["sessions", "show", session.id],
        ["sessions", "show", session.id, "--json"],
    ]


@pytest.mark.parametrize("kind", ENCODINGS)
def test_every_command_prints_in_every_encoding(kind: str, written: Callable[[], list[list[str]]]) -> None:
    encoding = "ascii" if kind == "no locale" else kind
    for command in written():
        usual, other = run(*command), run(*command, variables=ENCODINGS[kind])
        assert (other.returncode, other.stderr) == (usual.returncode, b"")
        assert usual.returncode == 0
        if "--json" in command:
            assert json.loads(other.stdout) == json.loads(usual.stdout)
        else:
            plain = "".join(
                sign if sign.encode(encoding, "ignore") else PLAIN.get(sign, "?") for sign in usual.stdout.decode()
            )
            assert other.stdout.decode(encoding) == plain
            assert plain.count("?") < len(plain) / 20


@pytest.mark.parametrize("variables", ENCODINGS.values(), ids=ENCODINGS)
def test_half_a_sign_is_printed_too(variables: dict[str, str]) -> None:
    code = "from app.terminal.streams import *; speak_plainly(); print('\\udcff'); "
    code += "speak_json(); print('\"\\u00e9\\udcff\"')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, check=True
    )
    assert done.stdout == b'?\n"\\u00e9\\udcff"\n'


def test_a_name_that_is_no_text_is_said_all_the_same() -> None:
    done = run("import", os.fsdecode(b"caf\xe9\n\x1b.m4a"), "--pattern", "earn-trust")
    assert (
        refused(done)
        == "There is no file caf\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}.m4a. Check the name.\n"
    )


def test_an_answer_that_is_no_text_is_no_letter() -> None:
    done = run("quiz", "earn-trust", text="é\nQ\n".encode("iso-8859-1"))
    assert done.returncode == 0, done.stderr
    assert b"One letter, please." in done.stdout


@linux_only
def test_closed_and_full_ends_are_no_traceback(tmp_path: Path) -> None:
    def shell(redirection: str, command: str) -> "subprocess.CompletedProcess[str]":
        line = f'"{sys.executable}" -m app {command} {redirection}'
        return subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert shell("<&-", "quiz earn-trust").returncode == 0
    for redirection, command, status, said in (
        ("<&-", "quiz earn-trust", 0, ""),
        (">&-", "patterns", 0, ""),
        ("2>&- >&-", "patterns show none", 2, ""),
        ("| head -n 1 >/dev/null; exit ${PIPESTATUS[0]}", "patterns show earn-trust", 0, ""),
        (">/dev/full", "patterns", 2, "This could not be done (No space left on device).\n"),
        (">/dev/full", "patterns show earn-trust", 2, "This could not be done (No space left on device).\n"),
    ):
        done = shell(redirection, command)
        assert (done.returncode, done.stderr) == (status, said), redirection


# A display that is none


@linux_only
@pytest.mark.parametrize(
    "variables",
    [
        {"DISPLAY": ":77"},
        {"WAYLAND_DISPLAY": "nothing"},
        {"DISPLAY": ":77", "WAYLAND_DISPLAY": "nothing"},
        {"DISPLAY": "localhost:10.0", "XAUTHORITY": "/etc/passwd"},
        {"DISPLAY": "garbage", "XDG_SESSION_TYPE": "wayland"},
        {"QT_QPA_PLATFORM": "nonsense"},
        {"QT_QPA_PLATFORM": "eglfs"},
        {"QT_QPA_PLATFORM": "linuxfb"},
    ],
    ids=str,
)
def test_a_display_that_is_none_is_as_none_at_all(variables: dict[str, str], tmp_path: Path) -> None:
    """Whatever the variables name, the sentence is the first word and nothing of Qt's is said."""
    shown = ("DISPLAY", "QT_", "WAYLAND", "XAUTHORITY")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(shown)}
    command = [sys.executable, "-m", "app"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**environment, **variables, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == (
            "There is no display here, so no window. Rehearsing the shipped sample answer instead.\n"
        )
        if variables == {"DISPLAY": ":77", "WAYLAND_DISPLAY": "nothing"}:  # one of them to the end
            out, complaint = program.communicate(timeout=60)
            assert "Follow-ups:" in out
            assert (program.returncode, complaint) == (0, "")
        else:
            program.kill()
            assert program.communicate()[1] == ""


def test_a_display_that_is_one_is_used_though_another_is_not(qapp, pulse: Pulse, home: Path) -> None:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        pytest.skip("no real screen here")
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    command = [sys.executable, "-m", "app"]
    with subprocess.Popen(command, cwd=ROOT, env={**environment, "WAYLAND_DISPLAY": "nothing"}) as program:
        lock = home / "Documents" / "Plainspoken" / ".lock"
        for _ in range(400):
            if lock.exists() or program.poll() is not None:
                break
            qapp.thread().msleep(50)
        assert program.poll() is None
        program.terminate()
    assert lock.exists()


# A data folder that is none

NEEDY = {
    "sessions": ["sessions"],
    "search": ["sessions", "--search", "queue", "--json"],
    "show": ["sessions", "show", "2026-11-23-1012-abc"],
    "export": ["sessions", "export", "2026-11-23-1012-abc", "--to", "out.md"],
    "check": ["sessions", "check"],
    "take in": ["sessions", "import", "pack.zip"],
    "back up": ["sessions", "backup", "--to", "out.zip"],
    "restore": ["sessions", "restore", "pack.zip"],
    "import": ["import", SAMPLE, "--pattern", "earn-trust"],
    "quiz": ["quiz", "earn-trust", "--seed", "3"],
}
READING = ("sessions", "search", "show", "export", "back up")


def spoil(kind: str, home: Path) -> Path:
    """Makes the data folder one that cannot be used."""
    documents = home / "Documents"
    if kind == "a file":
        (documents / "Plainspoken").write_text("mine")
    elif kind == "below a file":
        documents.rmdir()
        documents.write_text("mine")
    else:
        documents = Path(kind) / "documents"
    return documents


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


@linux_only
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((kind, name) for kind in ("a file", "below a file") for name in NEEDY),
        *(("/proc", name) for name in NEEDY if name not in READING),  # nothing is there, and reading needs no more
    ],
)
def test_a_data_folder_that_cannot_be_used_is_one_sentence(
    kind: str, name: str, home: Path, tmp_path: Path, capfd, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = spoil(kind, home)
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    monkeypatch.chdir(tmp_path)
    before = {**everything(home), **everything(tmp_path)}
    assert run_command(NEEDY[name]) == 2
    out, said = capfd.readouterr()
    assert (out, len(said.splitlines())) == ("", 1)
    assert said.startswith(f"{documents / 'Plainspoken'} cannot be used (")
    assert said.endswith("Make it a folder that you may write to, then start again.\n")
    assert {**everything(home), **everything(tmp_path)} == before


@linux_only
@pytest.mark.parametrize("name", [name for name in NEEDY if name not in READING])
def test_a_data_folder_that_is_only_read_is_one_sentence(name: str, home: Path, tmp_path: Path) -> None:
    """Also for the superuser: the file system itself refuses."""
    documents = home / "Documents"
    read_only = f'mount --bind "{documents}" "{documents}" && mount -o remount,bind,ro "{documents}"'
    alone = ["unshare", "-rm", "sh", "-c", f'{read_only} && exec "$@"', "sh"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this sandbox allows no mount of its own")
    command = [*alone, sys.executable, "-P", "-m", "app", *NEEDY[name]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False)
    assert refused(done).startswith(f"{documents / 'Plainspoken'} cannot be used (Read-only file system). Make it")
    assert list(documents.iterdir()) == []


def test_a_data_folder_is_looked_at_without_a_trace(home: Path) -> None:
    folders = system_folders()
    folders.check_data()
    folders.check_data(writes=False)
    assert list((home / "Documents").iterdir()) == []
    folders.make()
    folders.check_data()
    assert {path.name for path in folders.data.iterdir()} == {"patterns", "models", "voices"}


@pytest.fixture
def opened(qapp, qtbot) -> Iterator[Callable[[], str]]:
    """Opens the window over the folders of this home; what its notice says then."""
    windows = []

    def open_it() -> str:
        folders, settings = system_folders(), Settings()
        window = make_window(qapp, settings)
        windows.append((window, crash := CrashReport(folders.state)))
        window.show()
        _start(window, folders, settings, crash, [])
        return window._notice.text() if window._notice.isVisible() else ""

    yield open_it
    for window, crash in windows:
        crash.close()
        window.close()
        window.deleteLater()


@pytest.mark.parametrize("kind", ["a file", "below a file", "/proc"])
def test_the_window_says_that_the_data_folder_cannot_be_used(kind: str, home: Path, opened, monkeypatch) -> None:
    documents = spoil(kind, home)
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    before = everything(home)
    notice = opened()
    assert notice.startswith(f"{documents / 'Plainspoken'} cannot be used (")
    assert notice.endswith("Make it a folder that you may write to, then start again.")
    assert everything(home) == before


def test_the_window_works_where_a_crash_could_leave_no_report(home: Path, opened, pulse: Pulse) -> None:
    shutil.rmtree(home / "state")
    (home / "state").write_text("in the way")
    assert opened().endswith("so a crash would leave no report.")
    assert (system_folders().data / ".lock").exists()


# Numbers


@pytest.mark.parametrize(
    "marks", ["nan", "inf", "-1", "1e999", "", ",", "30,,50", "30,nan", "-inf", "-1,5", "5,5", "x"]
)
@pytest.mark.parametrize("command", [["rehearse", "earn-trust", "--one-take"], ["import", "--pattern", "earn-trust"]])
def test_marks_that_are_none_are_one_sentence(command: list[str], marks: str, home: Path, capfd) -> None:
    refuse(capfd, [*command, SAMPLE, "--marks", marks], "marks")
    assert not (home / "Documents" / "Plainspoken").exists()


@pytest.mark.parametrize("target", ["nan", "inf", "-1", "0", "1e999", "", "601", "x", "-inf"])
def test_targets_that_are_none_are_one_sentence(target: str, capfd) -> None:
    refuse(capfd, ["drill", "earn-trust", "result", "--take", SAMPLE, "--target", target], "target")


@pytest.mark.parametrize("seed", ["nan", "inf", "-1", "1e9", "", "1.5", "9" * 5_000, "٣", "1000000000"])
def test_seeds_that_are_none_are_one_sentence(seed: str, home: Path, capfd) -> None:
    refuse(capfd, ["quiz", "earn-trust", "--seed", seed], "seed")
    assert not (home / "Documents" / "Plainspoken").exists()


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["rehearse"], ["drill", "earn-trust"], ["quiz", "x", "--level", "z"]]
)
def test_what_cannot_be_understood_is_one_sentence(arguments: list[str], capfd) -> None:
    refuse(capfd, arguments, "--help")


def refuse(capfd, arguments: list[str], names: str) -> None:
    assert run_command(arguments) == 2
    out, said = capfd.readouterr()
    assert (out, len(said.splitlines())) == ("", 1)
    assert names in said

"""A folder full of modules that are not ours: started from there, neither the program nor a child of it runs one."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from content.samples import shipped_samples
from tests.conftest import ROOT
from tests.pulse import Pulse

FOREIGN = (
    "av",
    "json",
    "numpy",
    "argparse",
    "datetime",
    "platformdirs",
    "sounddevice",
    "faster_whisper",
    "PySide6",
    "app",
)
WITNESS = "open(__file__ + '.ran', 'w').close()\n"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """The folder; each of its modules leaves a witness when it is run."""
    folder = tmp_path / "someone's sounds"
    folder.mkdir()
    for name in FOREIGN:
        (folder / f"{name}.py").write_text(WITNESS)
    return folder


def witnesses(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.suffix in (".ran", ".pyc"))


def run(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )


def test_such_a_module_is_run_by_a_plain_python(foreign: Path) -> None:
    subprocess.run([sys.executable, "-c", "import av"], cwd=foreign, check=True)
    assert "av.py.ran" in witnesses(foreign)


@pytest.mark.parametrize(
    "arguments",
    [
        ["rehearse", "earn-trust", "--json"],
        ["import", str(shipped_samples()[0].path), "--pattern", "earn-trust"],
        ["doctor", "--json"],
        ["patterns", "show", "earn-trust", "--json"],
        ["sessions", "--json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_runs_what_lies_in_the_current_folder(arguments: list[str], foreign: Path) -> None:
    (foreign / "app.py").unlink()  # Python itself looks for `app` before any line of ours is run
    done = run(foreign, *arguments)
    assert done.returncode == 0, done.stderr
    if "--json" in arguments:
        assert json.loads(done.stdout) is not None
    if arguments[0] == "doctor":
        assert next(each for each in json.loads(done.stdout)["checks"] if each["name"] == "Recogniser")["state"] == "ok"
    assert witnesses(foreign) == []


@pytest.mark.parametrize("path", [f":{ROOT}", f"{ROOT}:", f".:{ROOT}", f"{ROOT}::"])
def test_an_empty_part_of_the_path_is_the_current_folder_too(path: str, foreign: Path) -> None:
    (foreign / "app.py").unlink()
    assert run(foreign, "patterns", PYTHONPATH=path).returncode == 0
    assert witnesses(foreign) == []


def test_with_the_safe_path_not_even_a_foreign_app_is_run(foreign: Path) -> None:
    done = run(foreign, "patterns", PYTHONSAFEPATH="1")
    assert done.stdout.startswith("earn-trust")
    assert witnesses(foreign) == []


def test_a_folder_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    gone = f'mkdir gone && cd gone && rmdir ../gone && exec "{sys.executable}" -m app patterns'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", gone], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def has_started(program: psutil.Process, modules: set[str]) -> bool:
    """Whether these children of a program are there; every one has to be started with `-P`."""
    children = [child.cmdline() for child in program.children()]
    ours = [line[1:4] for line in children if len(line) > 3 and line[3].startswith("audio.")]
    assert all(line[:2] == ["-P", "-m"] for line in ours)
    return modules <= {line[2] for line in ours}


def test_the_window_runs_nothing_of_it_either(foreign: Path, qapp, pulse: Pulse, home: Path) -> None:
    (foreign / "app.py").unlink()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-m", "app"], cwd=foreign, env=environment) as window:
        program = psutil.Process(window.pid)
        wanted = {"audio.sound_child", "audio.recogniser_child"}
        deadline = time.monotonic() + 30
        while not (has_started(program, wanted) and (home / "Documents" / "Plainspoken" / "voices").is_dir()):
            assert time.monotonic() < deadline
            assert window.poll() is None
            time.sleep(0.05)
        time.sleep(1.5)  # the children's imports
        window.terminate()
    assert witnesses(foreign) == []

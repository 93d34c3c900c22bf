"""Nothing leaves this computer, and nobody else on it reads the recordings."""

import ast
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pulse import Pulse

REHEARSE = [sys.executable, "-m", "app", "rehearse", "earn-trust", "--json"]


def run(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=True).stdout


def test_a_rehearsal_opens_no_internet_socket(tmp_path: Path) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace not installed: `make test` installs what tests need")
    trace = tmp_path / "trace"
    if subprocess.run(["strace", "-o", str(trace), "true"], capture_output=True, check=False).returncode:
        pytest.skip("this sandbox allows no tracing")
    run(["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace), *REHEARSE])
    assert [line for line in trace.read_text().splitlines() if "AF_INET" in line] == []


def test_a_rehearsal_is_the_same_without_any_network() -> None:
    alone = ["unshare", "-rn", *REHEARSE]
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this sandbox allows no network namespaces")
    assert run(alone) == run(REHEARSE)


def test_what_the_program_makes_is_for_its_user_alone(home: Path, qapp, pulse: Pulse) -> None:
    """Started by somebody whose umask lets everyone read."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(
        [sys.executable, "-c", "import os, sys; os.umask(0); from app.__main__ import main; sys.exit(main([]))"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    made = home / "Documents" / "Plainspoken"
    deadline = time.monotonic() + 20
    while not (made / "voices").is_dir() and time.monotonic() < deadline:
        time.sleep(0.05)
    program.terminate()
    program.wait(10)
    paths = [path for folder in (made, home / "state", home / "config") for path in folder.rglob("*")]
    paths = [path for path in [made, *paths] if "plainspoken" in str(path).lower()]
    assert len(paths) > 4
    assert {str(path): oct(path.stat().st_mode) for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077} == {}


def test_only_the_download_can_open_an_internet_socket() -> None:
    """By what is imported: of our own code nothing else names a module that could."""
    could = {
        "aiohttp",
        "ftplib",
        "http",
        "httpx",
        "requests",
        "smtplib",
        "socket",
        "ssl",
        "urllib",
        "urllib3",
        "websockets",
    }
    files = [path for room in ("app", "audio", "content", "interviewer") for path in (ROOT / room).rglob("*.py")]
    guilty = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if could & {name.split(".")[0] for name in names}:
                guilty.add(path.relative_to(ROOT).as_posix())
    assert guilty == {"audio/download_child.py"}

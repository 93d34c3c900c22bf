"""Nothing leaves this computer, and nobody else on it reads the recordings."""

import ast
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from audio.child import QUIET, child_environment
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


def test_no_library_of_ours_can_report_home() -> None:
    """By what stands in it: whoever sends something needs an address. onnxruntime 1.29 had one, and sent."""
    addresses = [b".events.data.", b"OneCollector", b"telemetry.", b"sentry.io", b"google-analytics", b"segment.io"]
    found, looked_at = [], 0
    for name in ("onnxruntime", "ctranslate2", "tokenizers", "faster_whisper", "sounddevice", "av"):
        spec = importlib.util.find_spec(name)
        assert spec
        assert spec.origin
        folder = Path(spec.origin).parent
        for path in folder.rglob("*.so*") if (folder / "__init__.py").exists() else ():
            looked_at += 1
            library = path.read_bytes()
            found += [f"{path.name} names {address.decode()}" for address in addresses if address in library]
    assert looked_at > 5
    assert found == []


@pytest.mark.prove
def test_what_hears_opens_no_internet_socket_in_half_a_minute() -> None:
    """A rehearsal is over before what reports home has collected anything; and under tests some keep still."""
    telling = ("CI", "GITHUB_ACTIONS", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "TF_BUILD")
    environment = {name: value for name, value in child_environment().items() if name not in (*telling, *QUIET)}
    code = "import ctranslate2, time; from faster_whisper.vad import get_vad_model; get_vad_model(); time.sleep(30)"
    with tempfile.NamedTemporaryFile() as trace:
        strace = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", trace.name]
        subprocess.run([*strace, sys.executable, "-P", "-c", code], env=environment, timeout=100, check=True)
        assert [line for line in trace.read().decode().splitlines() if "AF_INET" in line] == []


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

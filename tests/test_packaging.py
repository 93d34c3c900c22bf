"""What an installed program is made of: one command, all data, one version, and children that a bundle finds too.

Not whether it installs on a bare machine: `make try-install` and scripts/bare_debian.sh prove that.
"""

import configparser
import importlib
import os
import re
import signal
import subprocess
import sys
import time
import wave
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app import VERSION
from app.look.theme import ASSETS
from app.window.opening import DESKTOP_NAME
from audio.child import CHILD, child_command
from tests.conftest import ROOT
from tests.pulse import Pulse
from tests.test_requirements import PROJECT

LINUX = ROOT / "installers" / "linux"
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LARGEST_BYTES = 20_000_000
"""Of the wheel: two thirds of it are the samples and the sample model."""


def tracked(*places: str) -> set[str]:
    """The files that Git knows, or would take in, there."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *places]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_the_rooms_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="`make test` installs it")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.iterdir()
    assert wheel.stat().st_size < LARGEST_BYTES
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == tracked(*ROOMS)
    assert any(name.startswith("content/patterns/") for name in names)
    assert {"audio/sample_model/model.bin", "content/samples/samples.toml", "app/look/assets/plainspoken.svg"} <= names


def test_the_source_archive_holds_no_tests() -> None:
    taken = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert set(ROOMS) <= set(taken)
    assert "tests" not in taken
    assert [name for name in taken if not (ROOT / name).exists()] == []


def test_the_command_is_there() -> None:
    module, _, name = PROJECT["project"]["scripts"]["plainspoken"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_the_version_is_one() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"Plainspoken {VERSION}\n"
    assert PROJECT["project"]["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_file_needs_a_display_and_says_so_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform != "linux":
        pytest.skip("elsewhere there always is one")
    done = subprocess.run(
        [sys.executable, "-m", "app", "./my answer.m4a"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no display" in done.stderr


def test_a_file_named_at_the_start_becomes_a_session(qapp, pulse: Pulse, home: Path, tmp_path: Path) -> None:
    """Though the patterns have not been read by then, nor the window been furnished."""
    sound = tmp_path / "my answer.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-P", "-m", "app", sound.name], cwd=tmp_path, env=environment) as window:
        deadline = time.monotonic() + 30
        while not list((home / "Documents" / "Plainspoken").glob("sessions/*/session.json")):
            assert time.monotonic() < deadline
            assert window.poll() is None
            time.sleep(0.05)
        window.send_signal(signal.SIGINT)


def test_in_a_bundle_the_program_answers_for_its_children(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("audio.sound_child") == [sys.executable, "-P", "-m", "audio.sound_child"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # as PyInstaller does
    assert child_command("audio.probe_child", "sound") == [sys.executable, CHILD, "audio.probe_child", "sound"]


def test_where_a_bundle_begins_a_child_is_run_by_its_name() -> None:
    """As the bundle does it, with this Python in its place."""
    start = [sys.executable, str(ROOT / "installers" / "start.py"), CHILD, "audio.probe_child", "libraries"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(start, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('{"missing": {}}\n', "")


def test_the_bundle_holds_every_child_and_a_word_on_every_package() -> None:
    spec = (ROOT / "installers" / "plainspoken.spec").read_text(encoding="utf-8")
    compile(spec, "plainspoken.spec", "exec")
    rooms = re.search(r"for room in \((.*?)\)", spec)
    assert rooms
    assert re.findall(r'"(\w+)"', rooms.group(1)) == ROOMS
    notices = (ROOT / "installers" / "notices.md").read_text(encoding="utf-8").lower()
    for name in ("x264", "x265", "espeak-ng", "qt", "whisper", "openssl", "ctranslate2", "onnx runtime"):
        assert name in notices


def test_the_menu_entry_starts_the_command_with_the_files_that_come_in() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(LINUX / f"{DESKTOP_NAME}.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"].split() == [*PROJECT["project"]["scripts"], "%F"]
    assert entry["Icon"] == DESKTOP_NAME
    assert {"audio/x-wav", "audio/flac", "audio/mpeg", "audio/ogg", "application/zip"} <= {
        *entry["MimeType"].split(";")
    }


def test_software_centres_are_told_the_same() -> None:
    told = ElementTree.parse(LINUX / f"{DESKTOP_NAME}.metainfo.xml").getroot()
    assert told.findtext("id") == DESKTOP_NAME
    assert told.findtext("launchable") == f"{DESKTOP_NAME}.desktop"
    assert told.findtext("project_license") == PROJECT["project"]["license"]
    assert next(each.get("version") for each in told.iter("release")) == VERSION
    assert told.findtext("provides/binary") in PROJECT["project"]["scripts"]


def test_the_icon_is_drawn_to_scale(qapp) -> None:
    from PySide6.QtGui import QIcon

    icon = QIcon(str(ASSETS / "plainspoken.svg"))
    for size in (16, 256):
        picture = icon.pixmap(size, size).toImage()
        assert picture.width() == size
        assert picture.pixelColor(size // 2, size // 2).name() == "#6cc7b3"  # the Action, in the middle

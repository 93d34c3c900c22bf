"""What every test stands on: a home that is not yours, a private screen and sound card, and a look for what was left.

All of it is there before anything imports Qt or sounddevice. A test asks for `pulse`, `speech`, `shared` or pytest-qt's
`qtbot`; what it leaves behind, or raises where nobody catches, fails that test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.loader import SHIPPED, load_pattern
from interviewer.pattern import Pattern
from tests.leftovers import Leftovers
from tests.pulse import Pulse
from tests.screen import Screen

ROOT = Path(__file__).resolve().parent.parent
HOME = pytest.StashKey[Path]()
SCREEN = pytest.StashKey[Screen]()
PULSE = pytest.StashKey[Pulse]()
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Tests touch nothing of the person who runs them: not their files, their screen or their microphone."""
    home = config.stash[HOME] = Path(tempfile.mkdtemp(prefix="home-"))
    os.environ.update(folders_in(home), LANG="C.UTF-8", LC_ALL="C.UTF-8")
    for name in [name for name in os.environ if name.startswith("QT_") and name != "QT_QPA_PLATFORM"]:
        del os.environ[name]
    is_only_in_charge = config.option.numprocesses and not hasattr(config, "workerinput")
    if config.option.collectonly or is_only_in_charge:
        return
    if sys.platform == "linux" and os.environ.get("QT_QPA_PLATFORM") != "offscreen" and not Screen.missing():
        screen = config.stash[SCREEN] = Screen()
        screen.start()
    if not Pulse.missing():
        pulse = config.stash[PULSE] = Pulse()
        pulse.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What speaks, or names the group of those that do, goes one after the other in one worker, and what only has a
    window in another: each has a screen and a sound card of its own."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("xdist_group"):
            pass  # its file says where it goes
        elif "speech" in names:
            item.add_marker(pytest.mark.xdist_group("sound"))
        elif {"qapp", "qtbot", "pulse"} & names:
            item.add_marker(pytest.mark.xdist_group("window"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if PULSE in config.stash:
        config.stash[PULSE].close()
    if SCREEN in config.stash:
        config.stash[SCREEN].stop()
    shutil.rmtree(config.stash[HOME], ignore_errors=True)


def folders_in(home: Path) -> dict[str, str]:
    """The environment of somebody who lives in `home`."""
    places = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "runtime",
        "XDG_DOCUMENTS_DIR": home / "Documents",
    }
    for place in places.values():
        place.mkdir(mode=0o700, exist_ok=True)
    return {name: str(place) for name, place in places.items()}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> Path:
    """A fresh home for each test."""
    home = Path(tempfile.mkdtemp(dir=pytestconfig.stash[HOME]))
    for name, place in folders_in(home).items():
        monkeypatch.setenv(name, place)
    return home


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Iterator[None]:
    """Fails a test that used the screen or the sound card and left a window, a thread or a process."""
    if not {"qapp", "pulse"} & set(request.fixturenames):
        yield
        return
    leftovers = Leftovers()
    yield
    pulse = pytestconfig.stash.get(PULSE, None)
    left = leftovers.clear(but_not=pulse.server_pid if pulse else None)
    # What a failed test left is held by its traceback, and would only hide the reason.
    if left and not request.node.stash.get(FAILED, False):
        pytest.fail("This test left behind: " + "; ".join(left))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def qapp_cls():
    """pytest-qt builds the application from this, once, for whoever needs it."""
    if sys.platform == "linux" and os.environ.get("QT_QPA_PLATFORM") != "offscreen" and (reason := Screen.missing()):
        pytest.skip(reason)
    from PySide6.QtWidgets import QApplication

    return QApplication


@pytest.fixture
def pulse(pytestconfig: pytest.Config) -> Iterator[Pulse]:
    """The sound card. Break it as you like: the next test gets a new one."""
    if reason := Pulse.missing():
        pytest.skip(reason)
    pulse = pytestconfig.stash[PULSE]
    yield pulse
    pulse.restart()


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A sentence as a WAV (22,050 Hz mono), said by espeak-ng: 155 words a minute, medium pitch."""
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng not installed: `make test` installs what tests need")
    folder = tmp_path_factory.mktemp("speech")
    said: dict[str, Path] = {}

    def say(text: str) -> Path:
        if text not in said:
            said[text] = folder / f"{len(said)}.wav"
            command = ["espeak-ng", "-v", "en-us", "-s", "155", "-p", "50", "-w", str(said[text]), "--", text]
            subprocess.run(command, check=True, timeout=30)
        return said[text]

    return say


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with reference material that stands beside the repository where it is developed."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared/ folder beside the repository, so nothing to compare with")
    return folder


@pytest.fixture(scope="session")
def earn_trust() -> Pattern:
    """The shipped pattern."""
    return load_pattern(SHIPPED / "earn-trust.toml")

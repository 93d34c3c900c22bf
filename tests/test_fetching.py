"""A speech model is fetched and removed in the window, and nobody waits for it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QProgressBar

from app.look.keys import Keys
from app.look.theme import LIGHT
from app.screens.home.page import HomePage
from app.screens.settings.model_download import Fetching
from app.screens.settings.page import SettingsPage
from app.state.bridge import Bridge, Disk
from app.state.folders import system_folders
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from app.state.settings import Settings
from audio.manifest import MODELS, ModelFile, ModelManifest
from audio.models import SAMPLE_MODEL
from tests.hub import Hub
from tests.program import Program


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub({path.name: path.read_bytes() for path in SAMPLE_MODEL.iterdir()})
    monkeypatch.setenv("PLAINSPOKEN_MIRROR", hub.address)
    yield hub
    hub.close()


@pytest.fixture
def program(qapp, qtbot, hub: Hub) -> Iterator[Program]:
    running = Program(qapp, qtbot)
    yield running
    running.close()


def press(program: Program, start: str) -> None:
    """Presses the visible button whose text begins so."""
    page = program.window.page
    (one,) = [each for each in page.findChildren(QAbstractButton) if each.isVisible() and each.text().startswith(start)]
    one.click()


def test_home_offers_a_model_with_one_button_and_says_why_none_came(program: Program, hub: Hub) -> None:
    assert program.shows("There is no speech model yet")
    hub.close()
    program.heartbeat.begin()
    press(program, "Get base.en (148 MB)")
    program.wait(lambda: program.shows("cannot be reached"), 10)
    assert program.heartbeat.longest < 0.2
    press(program, "Get base.en")
    program.wait(lambda: program.shows("cannot be reached"), 10)


def test_progress_is_shown_and_stopping_offers_it_again(program: Program, hub: Hub) -> None:
    hub.files["model.bin"] = bytes(MODELS[1].files[0].size)
    hub.pace_seconds = 0.01
    press(program, "Get base.en")
    program.wait(lambda: program.shows("of 148 MB, about"), 10)
    bar = program.window.home.findChild(QProgressBar)
    assert bar is not None
    before = bar.value()
    program.wait(lambda: bar.value() > before, 5)
    press(program, "Stop")
    program.wait(lambda: not bar.isVisible(), 5)
    assert program.shows("There is no speech model yet")
    assert program.controller._inventory.models == ()


def test_what_was_fetched_is_used_and_can_be_removed(qapp, qtbot, hub: Hub) -> None:
    """Over a model that is small enough for a test."""
    home, page = HomePage(LIGHT, Keys()), SettingsPage(LIGHT, Keys())
    qtbot.addWidget(home)
    qtbot.addWidget(page)
    files = tuple(ModelFile(name, len(body), hashlib.sha256(body).hexdigest()) for name, body in hub.files.items())
    small = ModelManifest("sample.en", "ours/sample", "0" * 40, files)
    folders, bridge = system_folders(), Bridge()
    disk = Disk(bridge, lambda text, _: pytest.fail(text))
    inventory = Inventory(folders, disk)
    preferences = Preferences(Settings(), page, inventory, folders, disk)
    fetching = Fetching(folders.models, home, page, inventory, preferences, bridge, disk, (small,), small)
    home.download.fetch_wished.emit("sample.en")
    qtbot.waitUntil(lambda: preferences.settings.model_folder is not None, timeout=10_000)
    folder = Path(preferences.settings.model_folder or "")
    assert folder == small.folder(folders.models)
    page.remove_wished.emit(str(folder))
    qtbot.waitUntil(lambda: preferences.settings.model_folder is None and not folder.exists())
    fetching.cancel()
    disk.close()
    bridge.close()

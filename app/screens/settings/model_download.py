"""Speech models come and go: fetched from the internet on a button and never otherwise, removed on another."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from app.look.download_row import DownloadState, Offer
from app.screens.home.page import HomePage
from app.screens.settings.page import SettingsPage
from app.state.bridge import Bridge, Disk
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from audio.download import Download, DownloadCancelled, DownloadDone, DownloadEvent, DownloadFailed, DownloadMoved
from audio.manifest import MODELS, RECOMMENDED, ModelManifest
from audio.models import remove_model
from interviewer.timing import clock_text

MEGABYTE = 1_000_000
BEGUN = DownloadState(0.0, "Connecting …")


def _offer(model: ModelManifest) -> Offer:
    return Offer(model.name, f"Get {model.name} ({model.total_bytes / MEGABYTE:.0f} MB)")


class Fetching(QObject):
    """Lives on the GUI thread. One download at a time, shown on Home and in the settings alike."""

    def __init__(
        self,
        models: Path,
        home: HomePage,
        page: SettingsPage,
        inventory: Inventory,
        preferences: Preferences,
        bridge: Bridge,
        disk: Disk,
        offered: tuple[ModelManifest, ...] = MODELS,
        recommended: ModelManifest = RECOMMENDED,
    ) -> None:
        super().__init__()
        self._models = models
        self._inventory = inventory
        self._preferences = preferences
        self._bridge = bridge
        self._disk = disk
        self._offered = offered
        self._rows = (home.download, page.download)
        self._download: Download | None = None
        home.download.show_offers((_offer(recommended),))
        page.download.show_offers(tuple(_offer(model) for model in offered))
        page.remove_wished.connect(self._remove)
        for each in self._rows:
            each.fetch_wished.connect(self._begin)
            each.cancel_wished.connect(self.cancel)

    def cancel(self) -> None:
        """Stops; what has come so far is kept."""
        if self._download:
            self._download.cancel()

    def _begin(self, name: str) -> None:
        """Fetches a model, or goes on where that was stopped."""
        if self._download:
            return
        self._show(BEGUN)
        model = next(model for model in self._offered if model.name == name)
        self._download = Download(model, self._models, lambda event: self._bridge.post(lambda: self._dispatch(event)))
        self._download.start()

    def _dispatch(self, event: DownloadEvent) -> None:
        if not isinstance(event, DownloadMoved):
            self._download = None
        match event:
            case DownloadMoved(done_bytes=done, total_bytes=total, seconds_left=left):
                time_left = f", about {clock_text(left)} left" if left is not None else ""
                text = f"{done / MEGABYTE:.0f} of {total / MEGABYTE:.0f} MB{time_left}"
                self._show(DownloadState(done / total, text))
            case DownloadDone(folder=folder):
                self._show(DownloadState())
                self._choose(str(folder))
            case DownloadFailed(text=text):
                self._show(DownloadState(problem=text))
            case DownloadCancelled():
                self._show(DownloadState())

    def _remove(self, folder: str) -> None:
        self._disk.do(
            lambda: remove_model(Path(folder), self._models), lambda _: self._choose(None), "removing the speech model"
        )

    def _choose(self, folder: str | None) -> None:
        self._preferences.change(replace(self._preferences.settings, model_folder=folder))
        self._inventory.read()

    def _show(self, state: DownloadState) -> None:
        for each in self._rows:
            each.show_state(state)

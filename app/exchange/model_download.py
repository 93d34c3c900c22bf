"""Speech models come and go: fetched from the internet on a button and never otherwise, removed on another."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.look.download_row import DownloadState, Offer
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


class ModelDownload(QObject):
    """Lives on the GUI thread. One download at a time, whoever wished for it."""

    changed = Signal(object)
    """A DownloadState."""

    def __init__(
        self,
        inventory: Inventory,
        preferences: Preferences,
        bridge: Bridge,
        disk: Disk,
        models: tuple[ModelManifest, ...] = MODELS,
    ) -> None:
        super().__init__()
        self._inventory = inventory
        self._preferences = preferences
        self._bridge = bridge
        self._disk = disk
        self._models = models
        self._download: Download | None = None
        self.offers = tuple(_offer(model) for model in models)

    @property
    def recommended(self) -> Offer:
        """The one to begin with."""
        return next((offer for offer in self.offers if offer.name == RECOMMENDED.name), self.offers[0])

    def cancel(self) -> None:
        """Stops; what has come so far is kept."""
        if self._download:
            self._download.cancel()

    def fetch(self, name: str) -> None:
        """Fetches a model, or goes on where that was stopped."""
        if self._download:
            return
        self.changed.emit(BEGUN)
        model = next(model for model in self._models if model.name == name)
        folder, post = self._inventory.models_folder, self._bridge.post
        self._download = Download(model, folder, lambda event: post(lambda: self._dispatch(event)))
        self._download.start()

    def _dispatch(self, event: DownloadEvent) -> None:
        if not isinstance(event, DownloadMoved):
            self._download = None
        match event:
            case DownloadMoved(done_bytes=done, total_bytes=total, seconds_left=left):
                time_left = f", about {clock_text(left)} left" if left is not None else ""
                text = f"{done / MEGABYTE:.0f} of {total / MEGABYTE:.0f} MB{time_left}"
                self.changed.emit(DownloadState(done / total, text))
            case DownloadDone(folder=folder):
                self.changed.emit(DownloadState())
                self._choose(str(folder))
            case DownloadFailed(text=text):
                self.changed.emit(DownloadState(problem=text))
            case DownloadCancelled():
                self.changed.emit(DownloadState())

    def remove(self, folder: str) -> None:
        """Deletes a model of ours; another one, or none, is used from now on."""
        ours = self._inventory.models_folder
        self._disk.do(
            lambda: remove_model(Path(folder), ours), lambda _: self._choose(None), "removing the speech model"
        )

    def _choose(self, folder: str | None) -> None:
        self._preferences.change(replace(self._preferences.settings, model_folder=folder))
        self._inventory.read()

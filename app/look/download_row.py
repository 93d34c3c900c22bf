"""Speech models that can be fetched: one button, then progress with the time left, or what went wrong."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout

from app.look.text import button, clear, column, label, row


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be fetched, and what its button says."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DownloadState:
    """What the row says. `share` is None while nothing is being fetched; `problem` is a sentence, or empty."""

    share: float | None = None
    progress: str = ""
    problem: str = ""


class DownloadRow(QFrame):
    """Emits the wish to fetch a model, or to stop fetching. What has come so far is kept."""

    fetch_wished = Signal(str)
    cancel_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._problem = label("", "bad", wraps=True)
        self._buttons: list[QPushButton] = []
        self._offers = column(spacing=8)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1_000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Download")
        self._progress = label("", "small", wraps=True)
        self._cancel = button("Stop", name="Stop the download")
        self._cancel.clicked.connect(self.cancel_wished)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._problem)
        inside.addLayout(self._offers)
        inside.addWidget(self._bar)
        below = row(self._progress, self._cancel)
        below.setStretch(0, 1)
        inside.addLayout(below)
        self.show_state(DownloadState())

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """What can be fetched."""
        clear(self._offers)
        self._buttons = []
        for offer in offers:
            fetch = button(offer.text)
            fetch.clicked.connect(lambda _=False, name=offer.name: self.fetch_wished.emit(name))
            self._offers.addLayout(row(fetch, 1))
            self._buttons.append(fetch)

    def show_state(self, state: DownloadState) -> None:
        """Offers, progress or a problem."""
        is_running = state.share is not None
        for fetch in self._buttons:
            fetch.setVisible(not is_running)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self._bar.setValue(round(1_000 * (state.share or 0.0)))
        self._progress.setText(state.progress)
        for part in (self._bar, self._progress, self._cancel):
            part.setVisible(is_running)

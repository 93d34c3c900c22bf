"""A model on its way from the internet: the parent's end. The child does it; killing the child cancels it."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audio.child import Child, ChildEnd, Message
from audio.manifest import ModelManifest

PACE_SECONDS = 10.0
"""The pace is that of the last ten seconds."""


@dataclass(frozen=True, slots=True)
class DownloadMoved:
    """So much of the model is here. `seconds_left` is None until a pace can be told."""

    done_bytes: int
    total_bytes: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class DownloadDone:
    """The model lies whole and verified in its folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """It did not come. `text` is one sentence; what has come is kept."""

    text: str


@dataclass(frozen=True, slots=True)
class DownloadCancelled:
    """It was stopped. What has come is kept, out of sight."""


DownloadEvent = DownloadMoved | DownloadDone | DownloadFailed | DownloadCancelled


class Download:
    """One try at one model. Events arrive on a thread of its own; the last one is never a DownloadMoved."""

    def __init__(self, model: ModelManifest, models: Path, listener: Callable[[DownloadEvent], None]) -> None:
        self._model = model
        self._models = models
        self._listener = listener
        self._cancelled = False
        self._outcome: DownloadEvent | None = None
        self._paces: deque[tuple[float, int]] = deque()
        self._child: Child | None = None

    def start(self) -> None:
        """Begins, or goes on where an earlier try ended."""
        self._child = Child("audio.download_child", self._on_message, self._on_end)
        self._child.send({"model": self._model.as_document(), "models": str(self._models)})

    def cancel(self) -> None:
        """Ends it at once, without waiting."""
        self._cancelled = True
        if self._child:
            self._child.finish()
            self._child.kill()

    def _on_message(self, message: Message) -> None:
        if "done" in message:
            self._listener(self._moved(int(message["done"])))
            return
        self._outcome = (
            DownloadDone(Path(message["folder"])) if "folder" in message else DownloadFailed(str(message["problem"]))
        )
        assert self._child
        self._child.finish()

    def _on_end(self, end: ChildEnd) -> None:
        if self._outcome is None:
            died = f"The download ended unexpectedly (code {end.code}). What has come is kept; try again."
            self._outcome = DownloadCancelled() if self._cancelled else DownloadFailed(died)
        self._listener(self._outcome)

    def _moved(self, done: int) -> DownloadMoved:
        now = time.monotonic()
        self._paces.append((now, done))
        while now - self._paces[0][0] > PACE_SECONDS:
            self._paces.popleft()
        then, before = self._paces[0]
        pace = (done - before) / (now - then) if now - then > 1.0 else 0.0
        left = (self._model.total_bytes - done) / pace if pace else None
        return DownloadMoved(done, self._model.total_bytes, left)

"""Writes the open take, block by block, on a thread of its own. Knows no sound card; lives in the sound child."""

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from audio.child import Message
from audio.sound import frames
from audio.wav import TakeWriter, frames_in

TAIL_FRAMES = frames(0.25)
"""Recorded after the stop, so that the last word is whole."""

TAIL_LIMIT_SECONDS = 0.6
"""A device that brings no block for this long after the stop brings none at all."""


class Scribe(threading.Thread):
    """Writes blocks to the open take in the order they came from the card. Each `record` is answered by "ended"."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        super().__init__(name="scribe", daemon=True)
        self._send = send
        self._inbox: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._writer: TakeWriter | None = None
        self._path = ""
        self._begun = False
        self._end_frame: int | None = None
        self._deadline = 0.0
        self.frames = 0
        self.idle = threading.Event()
        self.idle.set()

    def block(self, samples: bytes) -> None:
        self._inbox.put(("block", samples))

    def record(self, path: str) -> None:
        self.idle.clear()
        self._inbox.put(("record", path))

    def finish(self) -> None:
        self._inbox.put(("finish", None))

    def run(self) -> None:
        while True:
            try:
                what, value = self._inbox.get(timeout=0.1)
            except queue.Empty:
                what, value = "wait", None
            try:
                self._do(what, value)
            except OSError as error:
                self._send({"say": "disk", "path": self._path, "why": error.strerror or str(error)})
                self._close()

    def _do(self, what: str, value: Any) -> None:
        if what == "record":
            self._close()
            self.idle.clear()
            self._path = value
            self._writer = TakeWriter(Path(value))
            self.frames, self._begun, self._end_frame = self._writer.frames, False, None
        elif what == "block" and self._writer:
            self._writer.append(value)
            if not self._begun:
                self._begun = True
                self._send({"say": "started", "path": self._path, "frame": self.frames})
            self.frames = self._writer.frames
        elif what == "finish" and self._writer and self._end_frame is None:
            self._end_frame = self.frames
            self._deadline = time.monotonic() + TAIL_LIMIT_SECONDS
        if self._end_frame is not None and (
            self.frames >= self._end_frame + TAIL_FRAMES or time.monotonic() > self._deadline
        ):
            self._close()

    def _close(self) -> None:
        path, self._path = self._path, ""
        writer, self._writer = self._writer, None
        count = 0
        with suppress(OSError):  # the disk was full, or would not open the file; all before it is playable
            if writer:
                writer.close()
            elif path:
                count = frames_in(Path(path))
        if path:
            count = writer.frames if writer else count
            end = count if self._end_frame is None else self._end_frame
            self._send({"say": "ended", "path": path, "end_frame": end, "frames": count})
        self._end_frame = None
        self.idle.set()

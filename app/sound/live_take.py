"""The open microphone of one screen, and the take that is being recorded from it: clock, faults, end.

It writes a file and no session: what the take means is the business of whoever records it.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.sound.lease import Lease
from audio.sound_events import (
    DiskRefused,
    Level,
    MicrophoneEvent,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    SoundNews,
    SourceKnown,
    TakeEnded,
    TakeStarted,
)
from interviewer.timing import RATE_HZ

SILENCE_SECONDS = 3.0
"""Digital silence for this long means a muted or forbidden microphone, never a quiet room."""
STALLED = "The microphone has stopped sending sound. Waiting for it; everything so far is safe."
SILENT = (
    "Only digital silence is coming in. The microphone may be muted, "
    "or the system does not allow this program to use it."
)

LEAST_MINUTES = 5.0
"""Less recording than this must fit on the disk to begin."""
LOW_DISK = (
    "Less than five minutes of recording will fit on the disk. You can finish this answer; free some space after it."
)


class LiveTake(QObject):
    """Holds the lease of the microphone while it is open. Lives on the GUI thread."""

    opened = Signal()
    source_known = Signal(object)
    """What the microphone really is, a SourceKnown; only after `ask_source`."""
    refused = Signal(str)
    """It could not be opened: why, and what to do."""
    lost = Signal(str)
    """It went away. No sound comes in; a take that is being recorded should be finished."""
    returned = Signal()
    """There was no sound in the whole program, and there is again."""
    disk_refused = Signal(str)
    """Nothing more can be written. The take should be finished."""
    streaming_changed = Signal(bool)
    """Sound began to come in, or has stalled."""
    level_came = Signal(object)
    trouble_changed = Signal()
    started = Signal()
    """The first block of the take is on the disk: now is the time to speak."""
    ended = Signal(object)
    """A take's file is closed, a TakeEnded; also when the microphone has been closed since."""

    def __init__(self, lease: Lease) -> None:
        super().__init__()
        self._lease = lease
        self._path: Path | None = None
        self._closing: set[Path] = set()
        self._is_disk_low = False
        self.is_streaming = False
        self.trouble = ""
        """What is wrong with the sound that comes in, in a sentence; empty when nothing is."""
        self.elapsed_seconds = 0.0
        """How much of the take that began last is on the disk."""

    @property
    def is_recording(self) -> bool:
        """A take has been ordered, and is neither finished nor at its end."""
        return self._path is not None

    @property
    def is_closing(self) -> bool:
        """A take has been finished and its file is not closed yet."""
        return bool(self._closing)

    def open(self, device: str | None) -> None:
        """Opens a microphone by name, the system's own with None. Answered by `opened` or `refused`."""
        self._fall_silent()
        self._is_disk_low = False
        self._lease.open(self, device)

    def close(self) -> None:
        """Gives the microphone back. A take that is being recorded is finished."""
        self.finish()
        self._fall_silent()
        self._lease.close(self)

    def ask_source(self) -> None:
        self._lease.ask_source(self)

    def record(self, path: Path) -> None:
        """Begins a take with the next block; an existing file is continued."""
        self._path = path
        self._lease.record(path, self._take_told)

    def finish(self) -> None:
        """Ends the take after its tail, if there is one; answered by `ended`."""
        if self._path:
            path, self._path = self._path, None
            self._closing.add(path)
            self._lease.finish(path)

    def tell_room(self, minutes: float) -> None:
        """So many minutes of recording fit on the disk."""
        self._is_disk_low = minutes < LEAST_MINUTES

    def hear(self, event: MicrophoneEvent) -> None:
        """One event of the microphone, from the lease."""
        match event:
            case Level():
                self._measure(event)
            case MicrophoneOpened():
                self.opened.emit()
            case SourceKnown():
                self.source_known.emit(event)
            case MicrophoneRefused(text=text):
                self._fall_silent()
                self.refused.emit(text)
            case MicrophoneLost(text=text):
                self._fall_silent()
                self.lost.emit(text)
            case DiskRefused(text=text):
                self.disk_refused.emit(text)
            case SoundNews(works=True):
                self.returned.emit()

    def _take_told(self, event: TakeStarted | TakeEnded) -> None:
        match event:
            case TakeStarted(path=path, frame=frame) if path == self._path:
                self.elapsed_seconds = frame / RATE_HZ
                self.started.emit()
            case TakeEnded(path=path):
                self._closing.discard(path)
                if path == self._path:
                    self._path = None
                self.ended.emit(event)

    def _measure(self, level: Level) -> None:
        self.elapsed_seconds = level.take_frames / RATE_HZ
        was_streaming = self.is_streaming
        self.is_streaming = level.age_seconds is not None and not level.is_stalled
        if self.is_streaming is not was_streaming:
            self.streaming_changed.emit(self.is_streaming)
        trouble = _trouble(level) or (LOW_DISK if self._is_disk_low else "")
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit()
        self.level_came.emit(level)

    def _fall_silent(self) -> None:
        """Nothing comes in, which is known without a signal: it was ordered, or is told by another."""
        self.is_streaming, self.trouble = False, ""


def _trouble(level: Level) -> str:
    return STALLED if level.is_stalled else SILENT if level.zeros_seconds >= SILENCE_SECONDS else ""

"""The take that is being recorded: on the list before the first block, in the session when its file is closed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.state.archive import Archive
from audio.sound_card import SoundCard
from audio.sound_events import Level, TakeEnded, TakeStarted
from interviewer.interview import Turn
from interviewer.session import Take
from interviewer.timing import RATE_HZ

COUNT_IN_SECONDS = 2

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

REFUSED = "Nothing can be written to the disk, so nothing is being recorded. Free some space, or make it writable."


def trouble(level: Level) -> str:
    """What is wrong with the sound that comes in, in a sentence; empty when nothing is."""
    return STALLED if level.is_stalled else SILENT if level.zeros_seconds >= SILENCE_SECONDS else ""


class Recording(QObject):
    """One session's takes, one after the other. Lives on the GUI thread.

    A take begins only when three things are so: it is in the session on disk, the count-in is over, and sound is
    coming in. Whatever crashes after that, the next start finds it.
    """

    counted = Signal()
    """The count-in moved, or is over."""
    started = Signal()
    """The first block is on the disk."""
    ended = Signal(str)
    """Take id: its file is closed, and it is in the session if anything was recorded."""
    refused = Signal()
    """The take cannot begin: its session cannot be written."""

    def __init__(self, sound: SoundCard, archive: Archive) -> None:
        super().__init__()
        self._sound = sound
        self._archive = archive
        self._session_id = ""
        self._take: Take | None = None
        self._is_saved = self._is_ordered = self._is_streaming = self._is_armed = False
        self._closing: set[str] = set()
        self._clock = QTimer(self, interval=1_000)
        self._clock.timeout.connect(self._count)
        self.count_down = 0

    @property
    def is_closing(self) -> bool:
        """A take has been stopped and its file is not closed yet."""
        return bool(self._closing)

    @property
    def session_id(self) -> str:
        """The session that takes go into; empty before the first."""
        return self._session_id

    def owns(self, path: Path) -> bool:
        """Whether a file is a take that was begun here."""
        is_ours = path.stem in self._closing or (self._take is not None and path.stem == self._take.id)
        return is_ours and path.parent.name == self._session_id

    def enter(self, session_id: str) -> None:
        """Another session; nothing is being recorded."""
        self._session_id = session_id
        self._take = None
        self._is_streaming = self._is_armed = False

    def arm(self, turn: Turn, resumes: bool, counts_in: bool) -> None:
        """Gets a take ready; with `resumes`, the one that was cut off goes on in its file."""
        session = self._archive.get(self._session_id)
        if resumes and self._take:
            before = session.take(self._take.id)
            take = replace(before, end_frame=None, voiced=None, seams=(*before.seams, before.frames))
        else:
            take = self._archive.new_take(session, turn.key, turn.section)
        self._take = take
        self._is_armed, self._is_saved, self._is_ordered = True, False, False
        self._archive.change(
            self._session_id,
            lambda session: session.with_take(take),
            partial(self._saved, take.id),
            partial(self._refused, take.id),
        )
        self.count_down = COUNT_IN_SECONDS if counts_in else 0
        if counts_in:
            self._clock.start()

    def skip_count_in(self) -> None:
        self.count_down = 0
        self._begin_when_ready()

    def disarm(self) -> None:
        """The armed take will not come about: it is closed if its file was begun, else taken out again."""
        assert self._take
        take_id = self._take.id
        if self._is_ordered or self._take.frames:
            self.finish()
        else:
            self._archive.change(self._session_id, lambda session: session.without_take(take_id))
        self._is_armed = False
        self._clock.stop()

    def finish(self) -> None:
        """Ends the take after its tail; answered by `ended`."""
        assert self._take
        self._closing.add(self._take.id)
        self._sound.finish()

    def bookmark(self, elapsed_seconds: float) -> None:
        """Marks a moment of the take."""
        frame = round(elapsed_seconds * RATE_HZ)
        if self._take:
            self._change(self._take.id, lambda take: replace(take, bookmarks=(*take.bookmarks, frame)))

    def dispatch(self, event: Level | TakeStarted | TakeEnded) -> None:
        """What the sound card says of the microphone and of the file."""
        match event:
            case Level(age_seconds=age, is_stalled=is_stalled):
                self._is_streaming = age is not None and not is_stalled
                self._begin_when_ready()
            case TakeStarted(path=path):
                if self._is_armed and self._take and path.stem == self._take.id:
                    self._is_armed = False
                    self._clock.stop()
                    self.started.emit()
            case TakeEnded(path=path, end_frame=end_frame, frames=frames):
                self._closing.discard(path.stem)
                if end_frame:
                    self._change(path.stem, lambda take: replace(take, end_frame=end_frame, frames=frames))
                else:  # stopped before the first block
                    self._archive.drop_take(self._session_id, path)
                self.ended.emit(path.stem)

    def lose_microphone(self) -> None:
        self._is_streaming = False

    def _saved(self, take_id: str) -> None:
        if self._take and take_id == self._take.id:
            self._is_saved = True
            self._begin_when_ready()

    def _refused(self, take_id: str) -> None:
        if self._is_armed and self._take and take_id == self._take.id:
            self.refused.emit()

    def _count(self) -> None:
        self.count_down = max(0, self.count_down - 1)
        if not self.count_down:
            self._clock.stop()
        self._begin_when_ready()
        self.counted.emit()

    def _begin_when_ready(self) -> None:
        ready = self._is_armed and self._is_saved and self._is_streaming and not self.count_down
        if ready and self._take and not self._is_ordered:
            self._is_ordered = True
            self._sound.record(self._archive.path(self._session_id, self._take.file))

    def _change(self, take_id: str, change: Callable[[Take], Take]) -> None:
        self._archive.change(self._session_id, lambda session: session.with_take(change(session.take(take_id))))

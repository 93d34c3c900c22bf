"""The session's takes: on the list before the first block, in the session when the file is closed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.sound.live_take import LiveTake
from app.state.archive import Archive
from audio.sound_events import TakeEnded
from interviewer.interview import Turn
from interviewer.session import Take
from interviewer.timing import RATE_HZ

COUNT_IN_SECONDS = 2

REFUSED = "Nothing can be written to the disk, so nothing is being recorded. Free some space, or make it writable."


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

    def __init__(self, live: LiveTake, archive: Archive) -> None:
        super().__init__()
        self._live = live
        self._archive = archive
        self._session_id = ""
        self._take: Take | None = None
        self._cut_off: Take | None = None
        """The take that goes on, as it was before."""
        self._is_saved = self._is_armed = False
        self._clock = QTimer(self, interval=1_000)
        self._clock.timeout.connect(self._count)
        self.count_down = 0
        live.streaming_changed.connect(self._begin_when_ready)
        live.started.connect(self._started)
        live.ended.connect(self._ended)

    @property
    def session_id(self) -> str:
        """The session that takes go into; empty before the first."""
        return self._session_id

    def enter(self, session_id: str) -> None:
        """Another session; nothing is being recorded, and every take is closed."""
        self._session_id = session_id
        self._take = None
        self._is_armed = False

    def arm(self, turn: Turn, resumes: bool, counts_in: bool) -> None:
        """Gets a take ready; with `resumes`, the one that was cut off goes on in its file."""
        self._archive.look_for_room(self._live.tell_room)
        session = self._archive.get(self._session_id)
        self._cut_off = None
        if resumes and self._take:
            before = self._cut_off = session.take(self._take.id)
            take = replace(before, end_frame=None, voiced=None, seams=(*before.seams, before.frames))
        else:
            take = self._archive.new_take(session, turn.key, turn.section)
        self._take = take
        self._is_armed, self._is_saved = True, False
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
        """The armed take will not come about: it is closed if its file was begun, else put back as it was before."""
        assert self._take
        take_id, before = self._take.id, self._cut_off
        if self._live.is_recording:
            self._live.finish()
        elif before:
            self._change(take_id, lambda _: before)
        else:
            self._archive.change(self._session_id, lambda session: session.without_take(take_id))
        self._is_armed = False
        self._clock.stop()

    def bookmark(self, elapsed_seconds: float) -> None:
        """Marks a moment of the take."""
        frame = round(elapsed_seconds * RATE_HZ)
        if self._take:
            self._change(self._take.id, lambda take: replace(take, bookmarks=(*take.bookmarks, frame)))

    def _started(self) -> None:
        if self._is_armed:
            self._is_armed = False
            self._clock.stop()
            self.started.emit()

    def _ended(self, end: TakeEnded) -> None:
        take_id = end.path.stem
        if end.end_frame:
            self._change(take_id, lambda take: replace(take, end_frame=end.end_frame, frames=end.frames))
        else:  # stopped before the first block
            self._archive.drop_take(self._session_id, end.path)
        self.ended.emit(take_id)

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
        is_ready = self._is_armed and self._is_saved and self._live.is_streaming and not self.count_down
        if is_ready and self._take and not self._live.is_recording:
            self._live.record(self._archive.path(self._session_id, self._take.file))

    def _change(self, take_id: str, change: Callable[[Take], Take]) -> None:
        self._archive.change(self._session_id, lambda session: session.with_take(change(session.take(take_id))))

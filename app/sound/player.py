"""The session's sound under the person's hand: a cursor on its timeline, speed, loop. The sound card plays."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.sound.lease import Lease
from app.state.settings import SPEEDS
from audio.sound_events import Played, Playing
from interviewer.timeline import Timeline
from interviewer.timing import RATE_HZ, Span

REWIND_FRAMES = RATE_HZ
"""Going on after a pause begins so much earlier, so that the sentence is whole."""
CURSOR_MS = 33


class Player(QObject):
    """Lives on the GUI thread. Positions are frames on the timeline."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    problem = Signal(str)

    def __init__(self, lease: Lease) -> None:
        super().__init__()
        self._lease = lease
        self._timeline = Timeline(())
        self._path: Callable[[str], Path] = Path
        self._play_id = 0
        self._take = ""
        self._stop = 0
        """How far the timeline is played in one go: to the end of a take at most."""
        self._until = 0
        self._told = 0
        """Where the sound child last said it was; the time since then is added."""
        self._since = QElapsedTimer()
        self._is_outside = False
        """What is heard is a take that does not count, so the cursor stays."""
        self._cursor = QTimer(self, interval=CURSOR_MS)
        self._cursor.timeout.connect(self._move)
        self.position = 0
        self.speed = 1.0
        self.loop: Span | None = None

    def load(self, timeline: Timeline, path: Callable[[str], Path]) -> None:
        """Another session. `path` says where a take's file is."""
        self.stop()
        self._timeline, self._path, self.loop = timeline, path, None
        self._go(0)

    def reload(self, timeline: Timeline) -> None:
        """The same session with other edges: the sound goes on, the cursor stays at its moment."""
        self._timeline = timeline
        self._go(min(self.position, timeline.frames))

    @property
    def is_playing(self) -> bool:
        return bool(self._play_id)

    def toggle(self) -> None:
        """Plays on, a second earlier, or stops where it is. A loop begins at its start."""
        if self.is_playing:
            self.stop()
        elif self.loop:
            self.play(self.loop.start, self.loop.end)
        elif self.position >= self._timeline.frames:
            self.play(0)
        else:
            self.play(max(0, self.position - REWIND_FRAMES))

    def play(self, start: int, end: int | None = None) -> None:
        """Plays from one position to another, across takes; to the end of everything by default."""
        place = self._timeline.place(start)
        if place is None:
            return
        self._until = self._timeline.frames if end is None else min(end, self._timeline.frames)
        stop = min(self._timeline.end_of_take(start), self._until)
        self._is_outside = False
        self._go(start)
        self._begin(place.take, place.frame, place.frame + stop - start)

    def play_take(self, take: str, start: int, end: int) -> None:
        """Plays frames of a take, whether it counts or not."""
        first, last = self._timeline.at(take, start), self._timeline.at(take, end)
        if first is not None and last is not None:
            self.play(first, last)
        else:
            self._is_outside = True
            self._begin(take, start, end)

    def stop(self) -> None:
        """Stops the sound; the cursor stays."""
        if self._play_id:
            self._play_id = 0
            self._lease.hush()
            self._cursor.stop()
            self.playing_changed.emit(False)

    def seek(self, position: int) -> None:
        """Moves the cursor; what is playing goes on from there."""
        target = max(0, min(position, self._timeline.frames))
        if self.loop and not self.loop.start <= target < self.loop.end:
            self.loop = None
        if self.is_playing:
            self.play(target, self.loop.end if self.loop else None)
        else:
            self._go(target)

    def set_speed(self, speed: float) -> None:
        """How fast, with unchanged pitch; what is playing goes on from where it is."""
        if speed == self.speed:
            return
        self.speed = speed
        if self.is_playing and not self._is_outside:
            self.play(self.position, self._until)

    def step_speed(self, steps: int) -> float:
        """The next speed up or down; returns it."""
        place = max(0, min(len(SPEEDS) - 1, SPEEDS.index(self.speed) + steps))
        self.set_speed(SPEEDS[place])
        return self.speed

    def _hear(self, event: Playing | Played) -> None:
        """What the sound card says of a sound that was begun here; perhaps no longer of the last one."""
        if event.id != self._play_id:
            return
        match event:
            case Playing(frame=frame) if not self._is_outside:
                at = self._timeline.at(self._take, frame)
                self._told = self.position if at is None else at
                self._since.restart()
            case Played(is_cut_off=True):
                self._rest()
            case Played(problem=problem):
                self._ended(problem)

    def _begin(self, take: str, start: int, end: int) -> None:
        was_playing = self.is_playing
        self._take = take
        self._told = self.position
        self._since.invalidate()
        self._play_id = self._lease.play(self._path(take), start, end, self.speed, self._hear)
        self._stop = self.position + end - start
        self._cursor.start()
        if not was_playing:
            self.playing_changed.emit(True)

    def _ended(self, problem: str) -> None:
        if problem:
            self.problem.emit(problem)
        if not self._is_outside and not problem:
            self._go(self._stop)
            if self._stop < self._until:
                self.play(self._stop, self._until)
                return
            if self.loop:
                self.play(self.loop.start, self.loop.end)
                return
        self._rest()

    def _rest(self) -> None:
        self._play_id = 0
        self._cursor.stop()
        self.playing_changed.emit(False)

    def _move(self) -> None:
        if self._since.isValid() and not self._is_outside:
            passed = round(self._since.elapsed() / 1_000 * RATE_HZ * self.speed)
            self._go(min(self._told + passed, self._stop))

    def _go(self, position: int) -> None:
        self.position = position
        self.moved.emit(position)

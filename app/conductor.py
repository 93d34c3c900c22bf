"""Makes the interview's state true: asks, counts in, records, and tells the machine what came to pass."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.archive import Archive
from app.hearing import Hearing
from app.room_facts import ClockFacts, Leaving, RoomFacts
from app.settings import Settings
from audio.sound_card import (
    DiskRefused,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    SoundCard,
    SoundEvent,
    TakeEnded,
    TakeStarted,
)
from audio.voice import Said, Voice, reading_seconds
from interviewer.interview import Event, Interview, State, Turn
from interviewer.session import Session, Take
from interviewer.stillness import Stillness
from interviewer.store import new_take
from interviewer.timing import RATE_HZ, clock_reading

COUNT_IN_SECONDS = 2
DECLINED_MS = 1_400
SILENCE_SECONDS = 3.0
"""Digital silence for this long means a muted or forbidden microphone, never a quiet room."""

STALLED = "The microphone has stopped sending sound. Waiting for it; everything so far is safe."
SILENT = (
    "Only digital silence is coming in. The microphone may be muted, "
    "or the system does not allow this program to use it."
)


class Conductor(QObject):
    """Lives on the GUI thread. Sound and voice events reach it through the bridge."""

    facts_changed = Signal(object)
    clock_changed = Signal(object)
    done = Signal(str)
    """Session id: every turn is over and everything is on the disk."""
    left = Signal(str)
    """Session id: the person left early."""

    def __init__(self, sound: SoundCard, voice: Voice, archive: Archive, hearing: Hearing) -> None:
        super().__init__()
        self._sound = sound
        self._voice = voice
        self._archive = archive
        self._hearing = hearing
        self._interview = Interview(())
        self._settings = Settings()
        self._session_id = ""
        self._hints: Callable[[Turn], str] = lambda turn: ""
        self._take: Take | None = None
        self._resumes_take = False
        self._is_saved = self._is_ordered = self._is_streaming = False
        self._closing: set[str] = set()
        self._count_down = 0
        self._play_id = 0
        self._problem = ""
        self._hint = ""
        self._leaving: Leaving | None = None
        self._stillness = Stillness()
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self._count)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._pause_ended)

    @property
    def is_in_use(self) -> bool:
        """An interview is under way, or its last take is still being closed."""
        return self._interview.state is not State.DONE or bool(self._closing)

    def begin(
        self, session: Session, turns: tuple[Turn, ...], first: int, settings: Settings, hints: Callable[[Turn], str]
    ) -> None:
        """Enters the room with a session that is on the disk already."""
        self._interview = Interview(turns, settings.think_seconds, first)
        self._settings = settings
        self._session_id = session.id
        self._hints = hints
        self._take, self._resumes_take, self._leaving = None, False, None
        self._problem = self._hint = ""
        self._is_streaming = False
        self._voice.words_per_minute = settings.words_per_minute
        self._sound.open(settings.microphone)  # before the first prompt, and warm until the end
        self._prefetch(first)
        self._tell()

    def press(self, event: Event) -> None:
        """A key of the room. One that has no meaning now does nothing."""
        if event is Event.PASS and self._interview.state is State.ARMED:
            self._count_down = 0
            self._record_when_ready()
            self._tell()
        elif event is Event.PASS and self._interview.state is State.READY:
            self._move(Event.BEGIN)
        else:
            self._move(event)

    def leave(self, choice: Leaving) -> None:
        """Ends the interview early; only after "leave?" was asked."""
        if self._interview.state is State.LEAVING:
            self._leaving = choice
            self._move(Event.STOP)

    def try_again(self) -> None:
        """Goes on with the system's own microphone after the chosen one was lost."""
        if self._interview.state is State.DEVICE_LOST:
            self._sound.open(None)

    def toggle_hint(self) -> None:
        self._hint = "" if self._hint else self._hints(self._interview.turn)
        self._tell()

    def bookmark(self, elapsed_seconds: float) -> None:
        """Marks this moment of the take."""
        if self._interview.state is State.RECORDING and self._take:
            frame = round(elapsed_seconds * RATE_HZ)
            self._change_take(self._take.id, lambda take: replace(take, bookmarks=(*take.bookmarks, frame)))

    def dispatch(self, event: SoundEvent | Said) -> None:
        """One event of the sound card or the voice. Without an interview under way there is nothing to do."""
        if not self.is_in_use:
            return
        match event:
            case Level():
                self._level(event)
            case Said(text=text, path=path, seconds=seconds):
                if self._interview.state is State.ASKING and text == self._interview.turn.prompt and not self._play_id:
                    if path:
                        self._play_id = self._sound.play(path)
                    else:
                        self._pause.start(round(1_000 * seconds))
            case Played(id=play_id, problem=problem):
                if play_id == self._play_id and self._interview.state is State.ASKING:
                    if problem:
                        self._pause.start(round(1_000 * reading_seconds(self._interview.turn.prompt)))
                    else:
                        self._move(Event.PROMPT_ENDED)
            case TakeStarted(path=path):
                if self._take and path.stem == self._take.id:
                    self._move(Event.STARTED)
            case TakeEnded(path=path, end_frame=end_frame, frames=frames):
                self._take_ended(path.stem, end_frame, frames)
            case MicrophoneOpened():
                self._problem = ""
                self._move(Event.DEVICE_FOUND) or self._tell()
            case MicrophoneLost(text=text) | MicrophoneRefused(text=text):
                self._microphone_lost(text)
            case DiskRefused(text=text):
                self._problem = text
                self._tell()

    # The machine moved: make the new state true.

    def _move(self, event: Event) -> bool:
        if not self._interview.allows(event):
            return False
        before = self._interview.state
        turn = self._interview.turn
        was_listening = self._interview.is_listening
        state = self._interview.handle(event)
        self._timer.stop()
        self._pause.stop()
        self._play_id = 0
        if before is State.ASKING:
            self._sound.hush()
        if was_listening and not self._interview.is_listening:
            self._finish_take(may_resume=state is State.DEVICE_LOST)
        elif before is State.ARMED and state is not State.RECORDING:
            self._disarm()
        if turn is not self._interview.turn:
            self._hint = ""
        entering = {
            State.ASKING: self._ask,
            State.THINKING: self._think,
            State.ARMED: self._arm,
            State.DECLINED: lambda: self._decline(turn),
            State.DONE: self._end,
        }.get(state)
        if entering:
            entering()
        self._tell()
        return True

    def _ask(self) -> None:
        if self._settings.speaks:
            self._voice.say(self._interview.turn.prompt)
        else:
            self._pause.start(round(1_000 * reading_seconds(self._interview.turn.prompt)))

    def _think(self) -> None:
        self._count_down = self._settings.think_seconds
        self._timer.start()

    def _arm(self) -> None:
        turn = self._interview.turn
        session = self._archive.get(self._session_id)
        if self._take and self._resumes_take:
            take = session.take(self._take.id)
            take = replace(take, end_frame=None, seams=(*take.seams, take.frames))
        else:
            take = new_take(session, turn.key, turn.section)
        self._take, self._resumes_take = take, False
        self._is_saved = self._is_ordered = False
        self._archive.change(self._session_id, lambda session: session.with_take(take), self._saved)
        self._count_down = COUNT_IN_SECONDS if self._settings.counts_in else 0
        if self._count_down:
            self._timer.start()

    def _decline(self, turn: Turn) -> None:
        self._archive.change(
            self._session_id, lambda session: replace(session, declined=(*session.declined, turn.key))
        )
        self._pause.start(DECLINED_MS)

    def _end(self) -> None:
        self._sound.close()
        if not self._closing:
            self._all_safe()

    def _finish_take(self, may_resume: bool) -> None:
        assert self._take
        self._resumes_take = may_resume
        self._closing.add(self._take.id)
        self._sound.finish()

    def _disarm(self) -> None:
        """The armed take will not come about: it is closed if its file was begun, else taken out again."""
        assert self._take
        take_id = self._take.id
        if self._is_ordered or self._take.frames:
            self._finish_take(may_resume=False)
        else:
            self._archive.change(self._session_id, lambda session: session.without_take(take_id))

    def _take_ended(self, take_id: str, end_frame: int, frames: int) -> None:
        self._closing.discard(take_id)
        self._change_take(take_id, lambda take: replace(take, end_frame=end_frame, frames=frames))
        self._hearing.hear(self._session_id, self._archive.get(self._session_id).take(take_id))
        if self._interview.state is State.DONE and not self._closing:
            self._all_safe()
        self._tell()

    def _all_safe(self) -> None:
        if self._leaving is None:
            self._archive.close(self._session_id)
            self.done.emit(self._session_id)
            return
        if self._leaving is Leaving.KEEP:
            self._archive.close(self._session_id)
        elif self._leaving is Leaving.THROW_AWAY:
            self._archive.throw_away(self._session_id)
        self.left.emit(self._session_id)

    # What came to pass.

    def _count(self) -> None:
        self._count_down -= 1
        if self._count_down > 0:
            self._tell()
            return
        self._timer.stop()
        if self._interview.state is State.THINKING:
            self._move(Event.THINK_ENDED)
        else:
            self._record_when_ready()
            self._tell()

    def _pause_ended(self) -> None:
        self._move(Event.MOVE_ON if self._interview.state is State.DECLINED else Event.PROMPT_ENDED)

    def _saved(self) -> None:
        self._is_saved = True
        self._record_when_ready()

    def _record_when_ready(self) -> None:
        """Only when the take is in the session on disk, the count-in is over and sound is coming in."""
        ready = self._is_saved and self._is_streaming and self._count_down <= 0 and not self._is_ordered
        if self._interview.state is State.ARMED and self._take and ready:
            self._is_ordered = True
            self._stillness = Stillness()
            self._sound.record(self._archive.path(self._session_id, self._take.file))
            self._prefetch(self._interview.index + 1)

    def _level(self, level: Level) -> None:
        self._is_streaming = level.age_seconds is not None and not level.is_stalled
        self._record_when_ready()
        problem = STALLED if level.is_stalled else SILENT if level.zeros_seconds >= SILENCE_SECONDS else ""
        if self._interview.state is not State.DEVICE_LOST and problem != self._problem:
            self._problem = problem
            self._tell()
        if self._interview.is_listening:
            elapsed = level.take_frames / RATE_HZ
            reading = clock_reading(elapsed, self._interview.turn.target_seconds)
            still = self._stillness.feed(level.dbfs, elapsed)
            self.clock_changed.emit(ClockFacts(elapsed, reading, still, level.dbfs))
        else:
            self.clock_changed.emit(ClockFacts(0.0, clock_reading(0.0, 1.0), 0.0, level.dbfs))

    def _microphone_lost(self, text: str) -> None:
        self._is_streaming = False
        if self._interview.state is State.LEAVING:
            self._move(Event.STAY)
        self._problem = text
        self._move(Event.DEVICE_LOST) or self._tell()

    def _change_take(self, take_id: str, change: Callable[[Take], Take]) -> None:
        self._archive.change(self._session_id, lambda session: session.with_take(change(session.take(take_id))))

    def _prefetch(self, index: int) -> None:
        """Lets the voice prepare the prompt after this one; its answer is not waited for."""
        if self._settings.speaks and index < len(self._interview.turns):
            self._voice.say(self._interview.turns[index].prompt)

    def _tell(self) -> None:
        session = self._archive.get(self._session_id) if self._archive.holds(self._session_id) else None
        recorded = sum(take.frames for take in session.takes) / RATE_HZ if session else 0.0
        interview = self._interview
        self.facts_changed.emit(
            RoomFacts(
                interview.state,
                interview.turns,
                interview.index,
                self._count_down,
                self._problem,
                self._hint,
                recorded,
            )
        )

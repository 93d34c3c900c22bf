"""Makes the interview's state true: asks, gives time to think, records, and tells the machine what came to pass."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.screens.room.facts import ClockFacts, Leaving, RoomFacts
from app.screens.room.script import Script
from app.sound.asking import Asking
from app.sound.hearing import Hearing
from app.sound.lease import Lease
from app.sound.live_take import LiveTake
from app.sound.recording import REFUSED, Recording
from app.sound.saying import Saying
from app.state.archive import Archive
from app.state.settings import Settings
from audio.sound_events import Level
from interviewer.interview import Event, Interview, State, Turn
from interviewer.session import Session
from interviewer.stillness import Stillness
from interviewer.timing import RATE_HZ, clock_reading

DECLINED_MS = 1_400
LAST_MOVES = {
    *((State.RECORDING, event) for event in (Event.PASS, Event.FINISH)),
    *((State.DECLINED, event) for event in (Event.PASS, Event.MOVE_ON)),
}
"""How a last turn is left: the moment to see whether the answer invites more."""


class Conductor(QObject):
    """Lives on the GUI thread; has the microphone while an interview is under way."""

    facts_changed = Signal(object)
    clock_changed = Signal(object)
    left = Signal(str)
    """Session id: the person left early."""

    def __init__(self, lease: Lease, saying: Saying, archive: Archive, hearing: Hearing) -> None:
        super().__init__()
        self._asking = Asking(lease, saying)
        self._asking.ended.connect(lambda: self._move(Event.PROMPT_ENDED))
        self._archive = archive
        self._hearing = hearing
        self._interview = Interview(())
        self._settings = Settings()
        self._session_id = ""
        self._script: Script | None = None
        self._hint = ""
        self._resumes_take = False
        self._is_over = True
        self._has_microphone = self._goes_on = False
        self._think_left = 0
        self._fault = ""
        """Why nothing is being recorded."""
        self._leaving: Leaving | None = None
        self._stillness = Stillness()
        self._live = LiveTake(lease)
        self._live.opened.connect(self._has_opened)
        self._live.lost.connect(self._lose_microphone)
        self._live.refused.connect(self._lose_microphone)
        self._live.disk_refused.connect(lambda text: self._interrupt(f"{text} Go on?"))
        self._live.trouble_changed.connect(self._tell)
        self._live.level_came.connect(self._show_clock)
        self._recording = Recording(self._live, archive)
        self._recording.started.connect(self._started)
        self._recording.counted.connect(self._tell)
        self._recording.ended.connect(self._take_ended)
        self._recording.refused.connect(lambda: self._interrupt(f"{REFUSED} Go on?"))
        self._think = QTimer(self, interval=1_000)
        self._think.timeout.connect(self._count_thinking)
        self._declining = QTimer(self, singleShot=True, interval=DECLINED_MS)
        self._declining.timeout.connect(lambda: self._move(Event.MOVE_ON))

    @property
    def is_under_way(self) -> bool:
        """Somebody is asked, thinks or speaks."""
        return not self._is_over and self._interview.state is not State.DONE

    def begin(self, session: Session, script: Script, first: int, settings: Settings) -> None:
        """Enters the room with an open session, at the turn `first`."""
        self._interview = Interview(script.turns, settings.think_seconds, first)
        self._settings = settings
        self._session_id = session.id
        self._script = script
        self._hint = self._fault = ""
        self._resumes_take = self._is_over = self._has_microphone = self._goes_on = False
        self._leaving = None
        self._recording.enter(session.id)
        self._live.open(settings.microphone)  # before the first prompt, and warm until the end
        self._prefetch(first)
        self._tell()

    def close(self) -> None:
        """The program ends: nothing more is asked or begun."""
        self._is_over = True
        self._asking.stop()
        for timer in (self._think, self._declining):
            timer.stop()

    def press(self, event: Event) -> None:
        """A key of the room. One that has no meaning now does nothing."""
        if event is Event.PASS and self._interview.state is State.ARMED:
            self._recording.skip_count_in()
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
        """Goes on after an interruption; with the system's own microphone when the chosen one was lost."""
        if self._interview.state is State.DEVICE_LOST:
            self._goes_on, self._fault = True, ""
            if not self._has_microphone:
                self._live.open(None)
            self._resume_when_ready()
            self._tell()

    def toggle_hint(self) -> None:
        self._hint = self._script.hint(self._interview.turn) if self._script and not self._hint else ""
        self._tell()

    def bookmark(self, elapsed_seconds: float) -> None:
        """Marks this moment of the take."""
        if self._interview.state is State.RECORDING:
            self._recording.bookmark(elapsed_seconds)

    # The machine moved: make the new state true.

    def _move(self, event: Event) -> None:
        interview = self._interview
        if not interview.allows(event):
            return
        before, turn, was_listening = interview.state, interview.turn, interview.is_listening
        if self._script and interview.is_at_last and (before, event) in LAST_MOVES:
            interview.extend(self._script.more(self._archive))
        state = interview.handle(event)
        self._think.stop()
        self._declining.stop()
        self._asking.stop()
        if was_listening and not interview.is_listening:
            self._resumes_take = state is State.DEVICE_LOST
            self._live.finish()
        elif before is State.ARMED and state is not State.RECORDING:
            self._recording.disarm()
        if turn is not interview.turn:
            self._hint = ""
        if event is Event.DECLINE:
            self._archive.change(self._session_id, lambda session: _declined(session, turn))
        match state:
            case State.ASKING:
                self._asking.ask(interview.turn.prompt, self._settings.speaks)
            case State.THINKING:
                self._think_left = self._settings.think_seconds
                self._think.start()
            case State.ARMED:
                self._recording.arm(interview.turn, self._resumes_take, self._settings.counts_in)
                self._resumes_take = False
            case State.DECLINED:
                self._declining.start()
            case State.DONE:
                self._live.close()
                self._end_when_safe()
        self._tell()

    def _end_when_safe(self) -> None:
        """The interview is over once every take is closed and in its session."""
        if self._live.is_closing:
            return
        self._is_over = True
        if not self._archive.holds(self._session_id):
            return  # thrown away while its last take was being closed
        session = self._archive.get(self._session_id)
        is_empty = not any(take.is_finished for take in session.takes)
        if is_empty or self._leaving is Leaving.THROW_AWAY:
            self._archive.throw_away(session.id)
        else:
            self._hearing.hear_waiting((session,))
            if self._leaving is not Leaving.LATER:
                self._archive.close(session.id)
        if is_empty or self._leaving:
            self.left.emit(session.id)

    # What came to pass.

    def _started(self) -> None:
        self._stillness = Stillness()
        self._move(Event.STARTED)
        self._prefetch(self._interview.index + 1)

    def _take_ended(self, take_id: str) -> None:
        state = self._interview.state
        if state is State.DONE:
            self._end_when_safe()
        elif state is State.DEVICE_LOST:
            self._resume_when_ready()
        else:
            self._hearing.hear_take(self._session_id, take_id)
        self._tell()

    def _count_thinking(self) -> None:
        self._think_left -= 1
        if self._think_left > 0:
            self._tell()
        else:
            self._move(Event.THINK_ENDED)

    def _show_clock(self, level: Level) -> None:
        elapsed, target, still = 0.0, 1.0, 0.0
        if self._interview.is_listening:
            elapsed, target = self._live.elapsed_seconds, self._interview.turn.target_seconds
            still = self._stillness.feed(level.dbfs, elapsed)
        self.clock_changed.emit(ClockFacts(elapsed, clock_reading(elapsed, target), still, level.dbfs))

    def _has_opened(self) -> None:
        self._fault, self._has_microphone = "", True
        self._resume_when_ready()
        self._tell()

    def _lose_microphone(self, text: str) -> None:
        self._has_microphone = False
        self._interrupt(f"{text} Go on with the system's microphone?")

    def _interrupt(self, text: str) -> None:
        """No sound comes in, or none can be written: asks whether to go on."""
        self._goes_on = False
        if self._interview.state is State.LEAVING:
            self._move(Event.STAY)
        self._move(Event.DEVICE_LOST)
        self._fault = text
        self._tell()

    def _resume_when_ready(self) -> None:
        """Goes on once the person said so, there is a microphone, and the take that was cut off is closed."""
        if self._goes_on and self._has_microphone and not self._live.is_closing:
            self._move(Event.DEVICE_FOUND)

    def _prefetch(self, index: int) -> None:
        """Lets the voice prepare a prompt; its answer is not waited for."""
        if self._settings.speaks and index < len(self._interview.turns):
            self._asking.prepare(self._interview.turns[index].prompt)

    def _tell(self) -> None:
        interview = self._interview
        if not interview.turns or not self._archive.holds(self._session_id):
            return
        takes = self._archive.get(self._session_id).takes
        recorded = sum(take.frames for take in takes) / RATE_HZ
        count = self._think_left if interview.state is State.THINKING else self._recording.count_down
        problem = self._fault or self._live.trouble
        self.facts_changed.emit(
            RoomFacts(interview.state, interview.turns, interview.index, count, problem, self._hint, recorded)
        )


def _declined(session: Session, turn: Turn) -> Session:
    return replace(session, declined=(*session.declined, turn.key))

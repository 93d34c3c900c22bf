"""The drill under way: each attempt a take of its subject's session, judged as soon as voice and words are known."""

from PySide6.QtCore import QObject, Signal

from app.screens.drill.panel import DrillPanel
from app.screens.drill.sessions import DrillSessions
from app.screens.drill.sitting import sitting_of
from app.screens.drill.subject import Subject, sentence_subject
from app.screens.services import Services
from app.sound.asking import Asking
from app.sound.live_take import LiveTake
from app.sound.recording import REFUSED, Recording
from interviewer.practice.drill_machine import DrillMachine, Event, State
from interviewer.session import Session
from interviewer.timing import clock_reading


class Drilling(QObject):
    """Lives on the GUI thread; has the microphone while its panel is open."""

    subject_changed = Signal(object)
    recording_changed = Signal(bool)

    def __init__(self, panel: DrillPanel, sessions: DrillSessions, services: Services) -> None:
        super().__init__()
        self._panel = panel
        self._sessions = sessions
        self._lease = lease = services.lease
        self._archive = services.archive
        self._hearing = services.hearing
        self._preferences = services.preferences
        self._pace = services.pace
        self._keys = services.keys
        self._machine = DrillMachine()
        self._subject: Subject | None = None
        self._device: str | None = None
        self._asking = Asking(lease, services.saying)
        self._asking.trouble.connect(panel.show_problem)
        self._live = LiveTake(lease)
        self._recording = Recording(self._live, self._archive)
        self._connect()

    def _connect(self) -> None:
        live, recording, panel = self._live, self._recording, self._panel
        live.streaming_changed.connect(lambda is_so: self._move(Event.SOUND_CAME if is_so else Event.SOUND_STALLED))
        live.level_came.connect(self._show_clock)
        live.trouble_changed.connect(lambda: panel.show_problem(live.trouble))
        live.lost.connect(lambda text: self._lose_microphone(text, was_refused=False))
        live.refused.connect(lambda text: self._lose_microphone(text, was_refused=True))
        live.disk_refused.connect(lambda text: self._interrupt(Event.STOP, text))
        recording.started.connect(lambda: self._move(Event.STARTED))
        recording.ended.connect(self._take_ended)
        recording.refused.connect(lambda: self._interrupt(Event.STOP, REFUSED))
        panel.toggled.connect(self._toggle)
        panel.again_wished.connect(self._again)
        panel.target_stepped.connect(lambda seconds: self._set_target(self._target + seconds))
        panel.target_chosen.connect(self._set_target)
        panel.hear_wished.connect(self._hear_last)
        panel.example_wished.connect(self._hear_example)
        panel.say_wished.connect(lambda text: self.choose(sentence_subject(text)))
        self._archive.changed.connect(self._changed)
        self._archive.listed.connect(lambda _: self._show_sitting())  # the own pace may be another

    # The panel opens and closes

    def enter(self, subject: Subject) -> None:
        """Opens the microphone, warm until the panel is left; where it is open already, only another subject."""
        if self._machine.allows(Event.ENTER):
            self._device = self._preferences.settings.microphone
            self._move(Event.ENTER)
        self.choose(subject)

    def choose(self, subject: Subject) -> None:
        """Another subject, with the attempts at it so far. Not while one is being recorded."""
        if not self._machine.allows(Event.CHOOSE):
            return
        self._asking.stop()
        self._subject = subject
        self._panel.show_subject(subject)
        self._panel.show_clock(0.0, self._target, None)
        self._move(Event.CHOOSE)
        self._show_sitting()
        self.subject_changed.emit(subject)

    def leave(self) -> None:
        """Stops what is being recorded; every attempt is kept."""
        self._move(Event.LEAVE)
        self._asking.stop()
        self._lease.hush()
        self._live.close()
        self._pace.give_back()
        self._sessions.close()

    @property
    def is_recording(self) -> bool:
        """An attempt is being recorded, or about to be."""
        return self._machine.is_recording

    # What the person does

    def _toggle(self) -> None:
        if self._machine.allows(Event.STOP):
            self._move(Event.STOP)
        elif self._machine.allows(Event.REOPEN):
            self._move(Event.REOPEN)
        else:
            self._begin()

    def _again(self) -> None:
        if self._machine.is_recording:
            self._move(Event.STOP)
        self._begin()

    def _begin(self) -> None:
        """Ready again at once: the tail of a take is written until the next one of its session begins."""
        if not self._machine.allows(Event.BEGIN):
            return
        session = self._session
        is_elsewhere = session is None or session.id != self._recording.session_id
        self._move(Event.BEGIN_LATER if self._live.is_closing and is_elsewhere else Event.BEGIN)

    # The machine moved: make the new state true.

    def _move(self, event: Event) -> None:
        machine, before, was_recording = self._machine, self._machine.state, self.is_recording
        if not machine.allows(event):
            return
        state = machine.handle(event)
        if before is State.RECORDING and state is not before:
            self._live.finish()
        elif before is State.ARMED and not machine.is_recording:
            self._recording.disarm()
        elif state is State.ARMED and state is not before:
            self._arm()
        elif event in (Event.ENTER, Event.REOPEN):
            self._panel.show_problem("")
            self._live.open(self._device)
        if state is not State.CLOSED:
            self._panel.show_state(state)
        if machine.is_recording is not was_recording:
            self.recording_changed.emit(machine.is_recording)

    def _arm(self) -> None:
        assert self._subject
        self._asking.stop()
        self._lease.hush()
        session = self._sessions.begin(self._subject)
        if session.id != self._recording.session_id:
            self._recording.enter(session.id)
        self._recording.arm(self._subject.turn, resumes=False, counts_in=False)
        self._panel.show_problem(self._live.trouble)
        self._panel.show_clock(0.0, self._target, None)

    # What came to pass

    def _take_ended(self, take_id: str) -> None:
        self._hearing.hear_take(self._recording.session_id, take_id)
        if self._machine.state is State.CLOSED:
            self._sessions.drop_if_empty(self._recording.session_id)
        elif not self._live.is_closing:
            self._move(Event.TAKES_CLOSED)

    def _interrupt(self, event: Event, why: str, what_now: str = "") -> None:
        """No sound comes in, or none can be written: the take is closed with all that was recorded. Tells so."""
        safe = " What you said so far is safe." if self._machine.state is State.RECORDING else ""
        self._move(event)
        self._panel.show_problem(why + safe + what_now)

    def _lose_microphone(self, text: str, was_refused: bool) -> None:
        """Space tries the same one again: perhaps it is back. If that is refused, the system's own."""
        chosen = self._preferences.settings.microphone
        self._device = None if was_refused and self._device else chosen
        which = "again" if self._device == chosen else "the system's own microphone"
        self._interrupt(Event.MICROPHONE_LOST, text, f" {self._keys.text('drill.toggle')} tries {which}.")

    def _show_clock(self) -> None:
        if self._machine.state is State.RECORDING:
            elapsed = self._live.elapsed_seconds
            self._panel.show_clock(elapsed, self._target, clock_reading(elapsed, self._target))

    # What is shown

    @property
    def _target(self) -> float:
        assert self._subject
        return self._sessions.target(self._subject)

    @property
    def _session(self) -> Session | None:
        return self._sessions.session(self._subject) if self._subject else None

    def _set_target(self, seconds: float) -> None:
        assert self._subject
        self._sessions.set_target(self._subject, seconds)
        if not self.is_recording:
            self._panel.show_clock(0.0, self._target, None)
        self._show_sitting()

    def _changed(self, session: Session) -> None:
        if self._session and session.id == self._session.id:
            self._show_sitting()

    def _show_sitting(self) -> None:
        pattern, subject = self._sessions.pattern, self._subject
        if pattern and subject and self._machine.state is not State.CLOSED:
            off, pace = self._preferences.settings.rules_off, self._pace.words_per_minute
            self._panel.show_sitting(sitting_of(pattern, self._session, subject.turn, self._target, pace, off))

    # Hearing

    def _hear_last(self) -> None:
        session = self._session
        last = next((take for take in reversed(session.takes) if take.is_finished), None) if session else None
        if session and last and not self.is_recording:
            self._asking.stop()
            self._lease.play(self._archive.path(session.id, last.file), 0, last.frames)

    def _hear_example(self) -> None:
        """The example at the person's own pace, as far as the voice can."""
        if self._subject and self._subject.example and not self.is_recording:
            self._pace.lend()
            self._asking.ask(self._subject.example, speaks=True)

"""The drill under way: each attempt a take of its subject's session, judged as soon as voice and words are known."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.screens.drill.panel import DrillPanel, DrillState
from app.screens.drill.sessions import DrillSessions
from app.screens.drill.sitting import sitting_of
from app.screens.drill.subject import Subject, sentence_subject
from app.screens.services import Services
from app.sound.asking import Asking
from app.sound.recording import LEAST_MINUTES, LOW_DISK, REFUSED, Recording, trouble
from audio.sound_events import (
    DiskRefused,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    SoundEvent,
    TakeEnded,
    TakeStarted,
)
from audio.voice import Said
from interviewer.session import Session
from interviewer.timing import RATE_HZ, clock_reading


class Drilling(QObject):
    """Lives on the GUI thread; active while its panel is open."""

    subject_changed = Signal(object)
    recording_changed = Signal(bool)

    def __init__(self, panel: DrillPanel, sessions: DrillSessions, services: Services) -> None:
        super().__init__()
        self._panel = panel
        self._sessions = sessions
        self._sound = sound = services.card
        self._archive = archive = services.archive
        self._hearing = services.hearing
        self._preferences = services.preferences
        self._pace = services.pace
        self._asking = Asking(sound, services.voice)
        self._asking.trouble.connect(panel.show_problem)
        self._recording = Recording(sound, archive)
        self._recording.started.connect(self._started)
        self._recording.ended.connect(self._take_ended)
        self._recording.refused.connect(lambda: panel.show_problem(self._interrupted(REFUSED)))
        self._subject: Subject | None = None
        self._device: str | None = None
        self._has_microphone = self._is_ready = self._has_started = self._begins_again = False
        self._trouble = self._room = ""
        self.is_active = self.is_recording = False
        panel.toggled.connect(self._toggle)
        panel.again_wished.connect(self._again)
        panel.target_stepped.connect(lambda seconds: self._set_target(self._target + seconds))
        panel.target_chosen.connect(self._set_target)
        panel.hear_wished.connect(self._hear_last)
        panel.example_wished.connect(self._hear_example)
        panel.say_wished.connect(lambda text: self.choose(sentence_subject(text)))
        archive.changed.connect(self._changed)
        archive.listed.connect(lambda _: self._show_sitting())  # the own pace may be another

    # The panel opens and closes

    def enter(self, subject: Subject) -> None:
        """Opens the microphone, warm until the panel is left."""
        self.is_active = True
        self._is_ready = False
        self.choose(subject)
        self._device = self._preferences.settings.microphone
        self._open_microphone()

    def choose(self, subject: Subject) -> None:
        """Another subject, with the attempts at it so far. Not while one is being recorded."""
        if self.is_recording or not self.is_active:
            return
        self._asking.stop()
        self._begins_again = False
        self._subject = subject
        self._panel.show_subject(subject)
        self._panel.show_clock(0.0, self._target, None)
        self._show_state()
        self._show_sitting()
        self.subject_changed.emit(subject)

    def leave(self) -> None:
        """Stops what is being recorded; every attempt is kept."""
        if self.is_recording:
            self._stop()
        self._asking.stop()
        self._sound.hush()
        self._sound.close()
        self._pace.give_back()
        self.is_active = self._begins_again = False
        self._sessions.close()

    def dispatch(self, event: SoundEvent | Said) -> None:
        """One event of the sound card or of the voice."""
        match event:
            case Level():
                self._level(event)
            case MicrophoneOpened():
                self._has_microphone = True
            case MicrophoneRefused(text=text):
                self._lose_microphone(text, was_refused=True)
            case MicrophoneLost(text=text):
                self._lose_microphone(text, was_refused=False)
            case DiskRefused(text=text):
                self._panel.show_problem(self._interrupted(text))
            case Said() | Played():
                self._asking.dispatch(event)
            case TakeStarted() | TakeEnded():
                self._recording.dispatch(event)

    def owns(self, path: Path) -> bool:
        """Whether a file is a take of this, though the panel may have been left."""
        return self._recording.owns(path)

    # Recording

    def _toggle(self) -> None:
        if self.is_recording:
            self._stop()
        elif self._is_ready:
            self._begin()
        elif not self._has_microphone:
            self._open_microphone()

    def _again(self) -> None:
        if self.is_recording:
            self._stop()
        if self._is_ready:
            self._begin()

    def _begin(self) -> None:
        assert self._subject
        self._asking.stop()
        self._sound.hush()
        before = self._sessions.session(self._subject)
        if self._recording.is_closing and (not before or before.id != self._recording.session_id):
            self._begins_again = True  # once the take before is in its session
            self._show_state()
            return
        session = self._sessions.begin(self._subject)
        if session.id != self._recording.session_id:
            self._recording.enter(session.id)
        self._archive.look_for_room(self._room_known)
        self.is_recording, self._has_started = True, False
        self._recording.arm(self._subject.turn, resumes=False, counts_in=False)
        self._trouble = ""
        self._panel.show_problem("")
        self._panel.show_clock(0.0, self._target, None)
        self._show_state()
        self.recording_changed.emit(True)

    def _stop(self) -> None:
        """Ready again at once: the tail of this take is written until the next one begins."""
        if self._has_started:
            self._recording.finish()
        else:
            self._recording.disarm()
        self.is_recording = False
        self._show_state()
        self.recording_changed.emit(False)

    def _started(self) -> None:
        self._has_started = True
        self._show_state()

    def _take_ended(self, take_id: str) -> None:
        self._hearing.hear_take(self._recording.session_id, take_id)
        if self._begins_again:
            self._begins_again = False
            if self._is_ready:
                self._begin()
            else:
                self._show_state()
        elif not self.is_active:
            self._sessions.drop_if_empty(self._recording.session_id)

    def _interrupted(self, text: str) -> str:
        """No sound comes in, or none can be written: the take is closed with all that was recorded. What to tell."""
        self._begins_again = False
        if self.is_recording:
            text += " What you said so far is safe." if self._has_started else ""
            self._stop()
        return text

    def _level(self, level: Level) -> None:
        was_ready, self._is_ready = self._is_ready, level.age_seconds is not None and not level.is_stalled
        self._recording.dispatch(level)
        if self.is_recording and self._has_started:
            elapsed = level.take_frames / RATE_HZ
            self._panel.show_clock(elapsed, self._target, clock_reading(elapsed, self._target))
        elif was_ready is not self._is_ready:
            self._show_state()
        now = trouble(level) or self._room
        if now != self._trouble:
            self._trouble = now
            self._panel.show_problem(now)

    # The microphone

    def _open_microphone(self) -> None:
        self._has_microphone = True  # until it is refused
        self._panel.show_problem("")
        self._sound.open(self._device)
        self._show_state()

    def _lose_microphone(self, text: str, was_refused: bool) -> None:
        """Space tries the same one again: perhaps it is back. If that is refused, the system's own."""
        self._recording.lose_microphone()
        self._has_microphone = self._is_ready = False
        chosen = self._preferences.settings.microphone
        self._device = None if was_refused and self._device else chosen
        which = "again" if self._device == chosen else "the system's own microphone"
        self._panel.show_problem(f"{self._interrupted(text)} Space tries {which}.")
        self._show_state()

    def _room_known(self, minutes: float) -> None:
        self._room = LOW_DISK if minutes < LEAST_MINUTES else ""

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
        if self.is_active and self._session and session.id == self._session.id:
            self._show_sitting()

    def _show_state(self) -> None:
        if self.is_recording or self._begins_again:
            state = DrillState.RECORDING if self.is_recording and self._has_started else DrillState.ARMED
        elif self._is_ready:
            state = DrillState.READY
        else:
            state = DrillState.OPENING if self._has_microphone else DrillState.NO_MICROPHONE
        self._panel.show_state(state)

    def _show_sitting(self) -> None:
        pattern, subject = self._sessions.pattern, self._subject
        if pattern and subject and self.is_active:
            off, pace = self._preferences.settings.rules_off, self._pace.words_per_minute
            self._panel.show_sitting(sitting_of(pattern, self._session, subject.turn, self._target, pace, off))

    # Hearing

    def _hear_last(self) -> None:
        session = self._session
        last = next((take for take in reversed(session.takes) if take.is_finished), None) if session else None
        if session and last and not self.is_recording:
            self._asking.stop()
            self._sound.play(self._archive.path(session.id, last.file), 0, last.frames)

    def _hear_example(self) -> None:
        """The example at the person's own pace, as far as the voice can."""
        if self._subject and self._subject.example and not self.is_recording:
            self._pace.lend()
            self._asking.ask(self._subject.example, speaks=True)

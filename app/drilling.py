"""The drill under way: each attempt a take of one session, judged as soon as its voice and words are known."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.archive import Archive
from app.asking import Asking
from app.drill_subject import Subject, sentence_subject
from app.hearing import Hearing
from app.inventory import Inventory
from app.new_session import new_session
from app.pace import Pace
from app.preferences import Preferences
from app.recording import Recording
from app.settings import TARGET_SECONDS
from app.sitting import sitting_of
from app.widgets.drill_panel import DrillPanel
from audio.sound_card import SoundCard
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
from audio.voice import Said, Voice
from interviewer.pattern import Level as Seniority
from interviewer.pattern import Pattern
from interviewer.session import Session
from interviewer.timing import RATE_HZ, clock_reading


class Drilling(QObject):
    """Lives on the GUI thread; active while its panel is open. Each subject has a session of its own until then."""

    subject_changed = Signal(object)

    def __init__(
        self,
        panel: DrillPanel,
        sound: SoundCard,
        voice: Voice,
        archive: Archive,
        hearing: Hearing,
        inventory: Inventory,
        preferences: Preferences,
        pace: Pace,
        is_private: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._panel = panel
        self._sound = sound
        self._archive = archive
        self._hearing = hearing
        self._inventory = inventory
        self._preferences = preferences
        self._pace = pace
        self._is_private = is_private
        self._asking = Asking(sound, voice)
        self._recording = Recording(sound, archive)
        self._recording.started.connect(self._started)
        self._recording.ended.connect(self._take_ended)
        self._subject: Subject | None = None
        self._session_ids: dict[Subject, str] = {}
        self._targets: dict[Subject, float] = {}
        self._is_ready = self._has_started = self._begins_again = False
        self.is_active = self.is_recording = False
        panel.toggled.connect(self._toggle)
        panel.again_wished.connect(self._again)
        panel.target_stepped.connect(lambda seconds: self._set_target(self._target + seconds))
        panel.target_chosen.connect(self._set_target)
        panel.hear_wished.connect(self._hear_last)
        panel.example_wished.connect(self._hear_example)
        panel.say_wished.connect(lambda text: self.choose(sentence_subject(text)))
        archive.changed.connect(self._changed)

    # The panel opens and closes

    def enter(self, subject: Subject) -> None:
        """Opens the microphone, warm until the panel is left."""
        self.is_active = True
        self._is_ready = False
        self._panel.show_problem("")
        self.choose(subject)
        self._sound.open(self._preferences.settings.microphone)

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
        for session_id in self._session_ids.values():
            self._close(session_id)
        self._session_ids.clear()
        self._targets.clear()

    def dispatch(self, event: SoundEvent | Said) -> None:
        """One event of the sound card or of the voice."""
        match event:
            case Level():
                self._level(event)
            case MicrophoneOpened():
                self._panel.show_problem("")
            case MicrophoneRefused(text=text) | MicrophoneLost(text=text) | DiskRefused(text=text):
                self._fail(text)
            case Said() | Played():
                self._asking.dispatch(event)
            case TakeStarted() | TakeEnded():
                self._recording.dispatch(event)

    def owns(self, event: SoundEvent | Said) -> bool:
        """Whether the end of a take is meant for this, though the panel may have been left."""
        return isinstance(event, TakeEnded) and self._recording.owns(event.path)

    # Recording

    def _toggle(self) -> None:
        if self.is_recording:
            self._stop()
        elif self._is_ready:
            self._begin()
        else:
            self._panel.show_problem("")
            self._sound.open(self._preferences.settings.microphone)  # it went away; perhaps it is back

    def _again(self) -> None:
        if self.is_recording:
            self._stop()
        if self._is_ready:
            self._begin()

    def _begin(self) -> None:
        assert self._subject
        self._asking.stop()
        self._sound.hush()
        if not self._session_id or self._recording.session_id != self._session_id:
            if self._recording.is_closing:
                self._begins_again = True  # once the take before is in its session
                return
            self._recording.enter(self._session_id or self._open_session())
        self.is_recording, self._has_started = True, False
        self._recording.arm(self._subject.turn, resumes=False, counts_in=False)
        self._panel.show_clock(0.0, self._target, None)
        self._show_state()

    def _stop(self) -> None:
        """Ready again at once: the tail of this take is written while the next one may begin."""
        if self._has_started:
            self._recording.finish()
        else:
            self._recording.disarm()
        self.is_recording = False
        self._show_state()

    def _started(self) -> None:
        self._has_started = True

    def _take_ended(self, take_id: str) -> None:
        session_id = self._recording.session_id
        if self._archive.holds(session_id):
            self._hearing.hear(session_id, self._archive.get(session_id).take(take_id))
        if self._begins_again:
            self._begins_again = False
            self._begin()

    def _fail(self, text: str) -> None:
        """The microphone or the disk gave up: the take is closed with all that was recorded."""
        self._recording.lose_microphone()
        if self.is_recording:
            text += " What you said so far is safe." if self._has_started else ""
            self._stop()
        self._is_ready = False
        self._panel.show_problem(f"{text} Space tries again.")
        self._show_state()

    def _level(self, level: Level) -> None:
        was_ready, self._is_ready = self._is_ready, level.age_seconds is not None and not level.is_stalled
        self._recording.dispatch(level)
        if self.is_recording and self._has_started:
            elapsed = level.take_frames / RATE_HZ
            self._panel.show_clock(elapsed, self._target, clock_reading(elapsed, self._target))
        elif was_ready is not self._is_ready:
            self._show_state()

    # The session of a subject

    @property
    def _session_id(self) -> str:
        return self._session_ids.get(self._subject, "") if self._subject else ""

    @property
    def _session(self) -> Session | None:
        return self._archive.get(self._session_id) if self._archive.holds(self._session_id) else None

    def _open_session(self) -> str:
        pattern, settings, subject = self._pattern(), self._preferences.settings, self._subject
        assert pattern
        assert subject
        turn = subject.turn
        session = new_session(self._archive.new_id(self._is_private()), pattern, Seniority(settings.level), settings)
        targets = {**session.targets, turn.section: self._target} if turn.section else session.targets
        self._archive.add(replace(session, drill=turn.key, targets=targets))
        self._session_ids[subject] = session.id
        return session.id

    def _close(self, session_id: str) -> None:
        if self._archive.holds(session_id):
            if self._archive.get(session_id).takes:
                self._archive.close(session_id)
            else:
                self._archive.throw_away(session_id)

    # What is shown

    @property
    def _target(self) -> float:
        """Seconds; the person's own for this sitting, or the subject's."""
        assert self._subject
        return self._targets.get(self._subject, self._subject.turn.target_seconds)

    def _set_target(self, seconds: float) -> None:
        assert self._subject
        low, high = TARGET_SECONDS
        target = self._targets[self._subject] = float(min(high, max(low, seconds)))
        section = self._subject.turn.section
        if self._session and section:
            self._archive.change(self._session_id, lambda now: replace(now, targets={**now.targets, section: target}))
        if not self.is_recording:
            self._panel.show_clock(0.0, target, None)
        self._show_sitting()

    def _changed(self, session: Session) -> None:
        if self.is_active and session.id == self._session_id:
            self._show_sitting()

    def _show_state(self) -> None:
        self._panel.show_state(self.is_recording, self._is_ready)

    def _show_sitting(self) -> None:
        pattern, subject = self._pattern(), self._subject
        if pattern and subject:
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

    def _pattern(self) -> Pattern | None:
        return self._inventory.pattern(self._preferences.settings.pattern)

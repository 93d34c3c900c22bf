"""The drill under way: each attempt a take of one session, judged as soon as its voice and words are known."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from app.archive import Archive
from app.asking import Asking
from app.drill_page import DrillPage
from app.drill_subject import Subject, probe_subject, section_subject
from app.hearing import Hearing
from app.inventory import Inventory
from app.new_session import new_session
from app.preferences import Preferences
from app.recording import Recording
from app.settings import TARGET_SECONDS, WORDS_PER_MINUTE
from app.sitting import sitting_of
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
from interviewer.drill import own_pace
from interviewer.pattern import Level as Seniority
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, clock_reading


class Drilling(QObject):
    """Lives on the GUI thread; active while its page is shown."""

    def __init__(
        self,
        page: DrillPage,
        sound: SoundCard,
        voice: Voice,
        archive: Archive,
        hearing: Hearing,
        inventory: Inventory,
        preferences: Preferences,
        is_private: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._page = page
        self._sound = sound
        self._voice = voice
        self._archive = archive
        self._hearing = hearing
        self._inventory = inventory
        self._preferences = preferences
        self._is_private = is_private
        self._asking = Asking(sound, voice)
        self._recording = Recording(sound, archive)
        self._recording.started.connect(self._started)
        self._recording.ended.connect(self._take_ended)
        self._subject: Subject | None = None
        self._target = 1.0
        self._session_id = ""
        self._pace: float | None = None
        self._takes_before: tuple[Take, ...] = ()
        self._is_recording = self._is_ready = self._has_started = self._begins_again = False
        self.is_active = False
        page.section_chosen.connect(self._choose_section)
        page.probe_chosen.connect(self._choose_probe)
        page.toggled.connect(self._toggle)
        page.again_wished.connect(self._again)
        page.target_stepped.connect(lambda seconds: self._set_target(self._target + seconds))
        page.target_chosen.connect(self._set_target)
        page.hear_wished.connect(self._hear_last)
        page.example_wished.connect(self._hear_example)
        archive.changed.connect(self._changed)
        archive.listed.connect(self._learn_pace)

    def choose(self, subject: Subject) -> None:
        """What the page is opened with."""
        self._change(subject)

    # The page comes and goes

    def enter(self) -> None:
        """Opens the microphone, warm until the page is left."""
        pattern = self._pattern()
        self.is_active = True
        self._is_ready = False
        self._page.show_problem("")
        if pattern:
            self._page.show_probes([(probe.id, probe.text) for probe in pattern.probes])
            subject, self._subject = self._subject, None
            self._change(subject or section_subject(pattern, self._preferences.settings, Section.RESULT))
        self._sound.open(self._preferences.settings.microphone)

    def leave(self) -> None:
        """Stops what is being recorded; every attempt is kept."""
        if self._is_recording:
            self._stop()
        self._asking.stop()
        self._sound.hush()
        self._sound.close()
        self._voice.words_per_minute = self._preferences.settings.words_per_minute
        self.is_active = False
        self._close_session()

    def dispatch(self, event: SoundEvent | Said) -> None:
        """One event of the sound card or of the voice."""
        match event:
            case Level():
                self._level(event)
            case MicrophoneOpened():
                self._page.show_problem("")
            case MicrophoneRefused(text=text) | MicrophoneLost(text=text) | DiskRefused(text=text):
                self._fail(text)
            case Said() | Played():
                self._asking.dispatch(event)
            case TakeStarted() | TakeEnded():
                self._recording.dispatch(event)

    def owns(self, event: SoundEvent | Said) -> bool:
        """Whether the end of a take is meant for this, though the page may have been left."""
        return isinstance(event, TakeEnded) and self._recording.owns(event.path)

    # Recording

    def _toggle(self) -> None:
        if self._is_recording:
            self._stop()
        elif self._is_ready:
            self._begin()
        else:
            self._page.show_problem("")
            self._sound.open(self._preferences.settings.microphone)  # it went away; perhaps it is back

    def _again(self) -> None:
        if self._is_recording:
            self._stop()
        if self._is_ready:
            self._begin()

    def _begin(self) -> None:
        assert self._subject
        self._asking.stop()
        self._sound.hush()
        if not self._session_id:
            if self._recording.is_closing:
                self._begins_again = True  # once the take before is in its session
                return
            self._open_session()
        self._is_recording, self._has_started = True, False
        self._recording.arm(self._subject.turn, resumes=False, counts_in=False)
        self._page.show_clock(0.0, self._target, None)
        self._show_state()

    def _stop(self) -> None:
        """Ready again at once: the tail of this take is written while the next one may begin."""
        if self._has_started:
            self._recording.finish()
        else:
            self._recording.disarm()
        self._is_recording = False
        self._show_state()

    def _started(self) -> None:
        self._has_started = True

    def _take_ended(self, take_id: str) -> None:
        session_id = self._recording.session_id
        if self._archive.holds(session_id):
            self._hearing.hear(session_id, self._archive.get(session_id).take(take_id))
        if self._begins_again and self.is_active:
            self._begin()
        self._begins_again = False

    def _fail(self, text: str) -> None:
        """The microphone or the disk gave up: the take is closed with all that was recorded."""
        self._recording.lose_microphone()
        if self._is_recording:
            self._stop()
            text += " What you said so far is safe."
        self._is_ready = False
        self._page.show_problem(f"{text} Space tries again.")
        self._show_state()

    def _level(self, level: Level) -> None:
        was_ready, self._is_ready = self._is_ready, level.age_seconds is not None and not level.is_stalled
        self._recording.dispatch(level)
        if self._is_recording and self._has_started:
            elapsed = level.take_frames / RATE_HZ
            self._page.show_clock(elapsed, self._target, clock_reading(elapsed, self._target))
        elif was_ready is not self._is_ready:
            self._show_state()

    def _open_session(self) -> None:
        pattern, settings = self._pattern(), self._preferences.settings
        assert pattern
        assert self._subject
        turn = self._subject.turn
        session = new_session(self._archive.new_id(self._is_private()), pattern, Seniority(settings.level), settings)
        targets = {**session.targets, turn.section: self._target} if turn.section else session.targets
        self._archive.add(replace(session, drill=turn.key, targets=targets))
        self._session_id = session.id
        self._recording.enter(session.id)

    def _close_session(self) -> None:
        """What was recorded is kept as a session of its own; the next attempt begins another."""
        session_id, self._session_id = self._session_id, ""
        if session_id and self._archive.holds(session_id):
            if self._archive.get(session_id).takes:
                self._archive.close(session_id)
            else:
                self._archive.throw_away(session_id)

    # What is shown

    def _choose_section(self, section: Section) -> None:
        if pattern := self._pattern():
            self._change(section_subject(pattern, self._preferences.settings, section))

    def _choose_probe(self, probe_id: str) -> None:
        if pattern := self._pattern():
            self._change(probe_subject(pattern, probe_id))

    def _change(self, subject: Subject) -> None:
        if self._is_recording or subject == self._subject:
            return
        self._close_session()
        self._subject, self._target = subject, subject.turn.target_seconds
        turn = subject.turn
        self._page.show_subject(subject.heading, turn.prompt, turn.section, subject.probe, bool(subject.example))
        self._page.show_advice(subject.advice)
        self._page.show_clock(0.0, self._target, None)
        self._show_state()
        self._show_sitting()

    def _set_target(self, seconds: float) -> None:
        low, high = TARGET_SECONDS
        self._target = float(min(high, max(low, seconds)))
        section = self._subject.turn.section if self._subject else None
        if self._session_id and section:
            self._archive.change(
                self._session_id, lambda now: replace(now, targets={**now.targets, section: self._target})
            )
        if not self._is_recording:
            self._page.show_clock(0.0, self._target, None)
        self._show_sitting()

    def _changed(self, session: Session) -> None:
        if session.id == self._session_id and self.is_active:
            self._show_sitting()

    def _show_state(self) -> None:
        self._page.show_state(self._is_recording, self._is_ready)

    def _show_sitting(self) -> None:
        pattern, subject = self._pattern(), self._subject
        if pattern is None or subject is None:
            return
        off = self._preferences.settings.rules_off
        self._page.show_sitting(sitting_of(pattern, self._session, subject.turn, self._target, self._pace, off))

    @property
    def _session(self) -> Session | None:
        return self._archive.get(self._session_id) if self._archive.holds(self._session_id) else None

    # Hearing

    def _hear_last(self) -> None:
        session = self._session
        last = next((take for take in reversed(session.takes) if take.is_finished), None) if session else None
        if session and last and not self._is_recording:
            self._asking.stop()
            self._sound.play(self._archive.path(session.id, last.file), 0, last.frames)

    def _hear_example(self) -> None:
        """The example at the person's own pace, as far as the voice can."""
        if self._subject and self._subject.example and not self._is_recording:
            slow, fast = WORDS_PER_MINUTE
            pace = self._pace or self._preferences.settings.words_per_minute
            self._voice.words_per_minute = round(min(fast, max(slow, pace)))
            self._asking.ask(self._subject.example, speaks=True)

    def _learn_pace(self, sessions: tuple[Session, ...]) -> None:
        """From what was recorded before."""
        self._pace = own_pace([take for session in sessions for take in session.takes if take.is_finished])

    def _pattern(self) -> Pattern | None:
        return self._inventory.pattern(self._preferences.settings.pattern)

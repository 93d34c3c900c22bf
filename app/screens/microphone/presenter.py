"""The microphone check's work: opens the device, records one sentence in the cache, judges it, plays it back."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.screens.microphone.page import MicrophonePage
from app.state.bridge import Disk
from audio.sound import SILENT_DBFS, frames, loudness
from audio.sound_card import SoundCard
from audio.sound_events import (
    DiskRefused,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    SoundEvent,
    SoundNews,
    SourceKnown,
    TakeEnded,
    TakeStarted,
)
from audio.wav import read_take
from interviewer.loudness import Loudness, SoundCheck, verdict

SILENCE_SECONDS = 3.0
INVITATION = "Say a sentence in your interview voice."
RECORDING = "Recording. Say a sentence, then stop."
MOST_FRAMES = frames(120)
"""So much of a sentence is judged."""


class MicrophoneCheck(QObject):
    """Lives on the GUI thread; active while its page is shown. One line says how things are, never two."""

    named = Signal(str)
    """What the open microphone really is, for the foot line, where its name does not say so."""

    def __init__(self, page: MicrophonePage, sound: SoundCard, sentence: Path, disk: Disk) -> None:
        super().__init__()
        self._page = page
        self._sound = sound
        self._sentence = sentence
        self._disk = disk
        self._device: str | None = None
        self._is_recording = self._has_started = self._is_silent = self._was_heard = self._is_loudspeaker = False
        self._lost = self._fault = ""
        """What is wrong with the microphone, and with the recording or the playing."""
        self._verdict: SoundCheck | None = None
        self.is_active = False
        page.record_wished.connect(self._record_or_stop)
        page.play_wished.connect(self._play)

    def enter(self, device: str | None) -> None:
        """Opens the microphone and shows its level."""
        self.is_active, self._device = True, device
        self._is_recording = self._has_started = self._is_silent = self._was_heard = self._is_loudspeaker = False
        self._lost, self._fault, self._verdict = "", "", None
        self._page.show_recording(False, False)
        self._tell()
        self._sound.open(device)

    def leave(self) -> None:
        """Closes the microphone; the sentence is not kept."""
        if self._is_recording:
            self._sound.finish()
        self._sound.hush()
        self._sound.close()
        self.is_active = False

    def owns(self, path: Path) -> bool:
        """Whether a file is the sentence."""
        return path == self._sentence

    def dispatch(self, event: SoundEvent) -> None:
        """One event of the sound card."""
        match event:
            case Level():
                self._level(event)
            case MicrophoneOpened():
                self._lost = ""
                self._sound.ask_source()
            case SourceKnown():
                self._is_loudspeaker = event.is_loudspeaker
                if event.is_loudspeaker:
                    self.named.emit("Microphone: the sound of your loudspeakers")
            case MicrophoneRefused(text=text) | MicrophoneLost(text=text):
                self._lost = text
                if self._is_recording:
                    self._sound.finish()
            case DiskRefused(text=text):
                self._fault = text
            case TakeStarted():
                self._has_started = True
                self._page.show_recording(True, False)
            case SoundNews(works=True):
                self.enter(self._device)
                return
            case TakeEnded(frames=count):
                self._is_recording = self._has_started = False
                self._page.show_recording(False, count > 0)
                self._judge(count)
            case Played(problem=problem) if problem:
                self._fault = problem
        self._tell()

    def _tell(self) -> None:
        """What has to be mended comes before what is going on, and that before what was."""
        if fault := self._fault or self._lost:
            self._page.show_line(fault, "bad")
        elif self._is_loudspeaker:
            self._page.show_line(SoundCheck.LOUDSPEAKERS.text, SoundCheck.LOUDSPEAKERS.role)
        elif self._is_silent and not self._verdict:
            self._page.show_line(SoundCheck.SILENT.text, SoundCheck.SILENT.role)
        elif self._has_started:
            self._page.show_line(RECORDING, "record")
        elif self._verdict:
            self._page.show_line(self._verdict.text, self._verdict.role)
        else:
            self._page.show_line(INVITATION, "")

    def _level(self, level: Level) -> None:
        """A microphone that has been heard may well be silent between words."""
        self._page.show_level(level.dbfs, level.peak_dbfs)
        self._was_heard = self._was_heard or level.dbfs > SILENT_DBFS
        self._is_silent = not self._was_heard and level.zeros_seconds >= SILENCE_SECONDS

    def _judge(self, count: int) -> None:
        def judged(measures: Loudness) -> None:
            if self.is_active and not self._is_recording and not self._fault and not self._lost:
                self._verdict = verdict(measures, self._is_loudspeaker)
                self._tell()

        if not count:
            judged(Loudness(0.0, SILENT_DBFS, SILENT_DBFS, SILENT_DBFS))
        elif self.is_active:
            path, end = self._sentence, min(count, MOST_FRAMES)
            self._disk.do(lambda: loudness(read_take(path, 0, end)), judged, "listening to the sentence")

    def _record_or_stop(self) -> None:
        if self._is_recording:
            self._sound.finish()
            return
        self._sound.hush()
        self._fault, self._verdict = "", None
        try:
            self._sentence.unlink(missing_ok=True)
        except OSError as error:
            self._fault = f"The sentence before cannot be replaced ({error.strerror}). Look at {self._sentence}."
        else:
            self._is_recording = True
            self._sound.record(self._sentence)
        self._tell()

    def _play(self) -> None:
        self._sound.play(self._sentence)

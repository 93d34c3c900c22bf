"""The microphone check's work: opens the device, records one sentence in the cache, plays it back."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.microphone_page import MicrophonePage
from audio.sound_card import SoundCard
from audio.sound_events import (
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    SoundEvent,
    SoundNews,
    TakeEnded,
    TakeStarted,
)

SILENCE_SECONDS = 3.0
SILENT = "Nothing but digital silence. The microphone may be muted, or the system does not let this program use it."


class MicrophoneCheck(QObject):
    """Lives on the GUI thread; active while its page is shown."""

    def __init__(self, page: MicrophonePage, sound: SoundCard, sentence: Path) -> None:
        super().__init__()
        self._page = page
        self._sound = sound
        self._sentence = sentence
        self._readings: list[tuple[float, float]] = []
        self._device: str | None = None
        self._is_recording = self._has_sentence = False
        self.is_active = False
        page.record_wished.connect(self._record_or_stop)
        page.play_wished.connect(self._play)

    def enter(self, device: str | None) -> None:
        """Opens the microphone and shows its level."""
        self.is_active, self._device = True, device
        self._is_recording = self._has_sentence = False
        self._page.show_problem("")
        self._page.show_recording(False, False)
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
                self._page.show_problem("")
            case MicrophoneRefused(text=text) | MicrophoneLost(text=text):
                self._page.show_problem(text)
            case TakeStarted():
                self._page.show_recording(True, False)
            case TakeEnded(frames=frames):
                self._is_recording, self._has_sentence = False, frames > 0
                self._page.show_recording(False, self._has_sentence)
                self._judge()
            case SoundNews(works=True):
                self.enter(self._device)
            case Played(problem=problem):
                self._page.show_problem(problem)

    def _level(self, level: Level) -> None:
        self._page.show_level(level.dbfs, level.peak_dbfs)
        if self._is_recording:
            self._readings.append((level.dbfs, level.peak_dbfs))
        if level.zeros_seconds >= SILENCE_SECONDS:
            self._page.show_problem(SILENT)
        elif level.zeros_seconds == 0:
            self._page.show_problem("")

    def _judge(self) -> None:
        if self._readings:
            levels = sorted(dbfs for dbfs, _ in self._readings)
            noise = levels[len(levels) // 10]
            self._page.show_verdict(max(peak for _, peak in self._readings), noise)

    def _record_or_stop(self) -> None:
        if self._is_recording:
            self._sound.finish()
            return
        self._is_recording = True
        self._readings = []
        self._sound.hush()
        self._sentence.unlink(missing_ok=True)
        self._sound.record(self._sentence)

    def _play(self) -> None:
        self._sound.play(self._sentence)

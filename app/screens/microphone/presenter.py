"""The microphone check's work: opens the device, records one sentence in the cache, judges it, plays it back."""

from dataclasses import replace

from app.screens.microphone.page import MicrophonePage
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.sound.live_take import SILENCE_SECONDS, LiveTake
from audio.sound import SILENT_DBFS, frames, loudness
from audio.sound_events import Level, Played, Playing, SourceKnown, TakeEnded
from audio.wav import read_take
from interviewer.loudness import Loudness, SoundCheck, verdict

INVITATION = "Say a sentence in your interview voice."
RECORDING = "Recording. Say a sentence, then stop."
MOST_FRAMES = frames(120)
"""So much of a sentence is judged."""


class MicrophoneCheck(Screen):
    """Lives on the GUI thread; has the microphone while its page is shown. One line says how things are, never two."""

    def __init__(self, page: MicrophonePage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._lease = services.lease
        self._sentence = services.folders.cache / "microphone-check.wav"
        self._is_shown = self._has_started = self._is_silent = self._was_heard = self._is_loudspeaker = False
        self._lost = self._fault = ""
        """What is wrong with the microphone, and with the recording or the playing."""
        self._verdict: SoundCheck | None = None
        self._live = LiveTake(services.lease)
        self._connect()

    def _connect(self) -> None:
        live, page = self._live, self._page
        live.level_came.connect(self._show_level)
        live.opened.connect(self._opened)
        live.source_known.connect(self._show_source)
        live.lost.connect(self._lose_microphone)
        live.refused.connect(self._lose_microphone)
        live.disk_refused.connect(self._show_fault)
        live.started.connect(self._started)
        live.ended.connect(self._ended)
        live.returned.connect(self._begin)
        page.record_wished.connect(self._record_or_stop)
        page.play_wished.connect(lambda: self._lease.play(self._sentence, on=self._played))
        page.device_chosen.connect(self._choose)
        page.back_wished.connect(self._way.back)
        self._services.microphones.changed.connect(self._show_devices)

    def enter(self) -> None:
        """Opens the microphone and shows its level."""
        self._show_devices()
        self._services.microphones.watch()
        self._begin()

    def _choose(self, device: str | None) -> None:
        preferences = self._services.preferences
        preferences.change(replace(preferences.settings, microphone=device))
        self._begin()

    def _show_devices(self) -> None:
        self._page.show_devices(self._services.microphones.names, self._services.preferences.settings.microphone)

    def _begin(self) -> None:
        self._is_shown = True
        self._has_started = self._is_silent = self._was_heard = self._is_loudspeaker = False
        self._lost, self._fault, self._verdict = "", "", None
        self._page.show_recording(False, False)
        self._tell()
        self._live.finish()
        self._live.open(self._services.preferences.settings.microphone)

    def leave(self) -> None:
        """Closes the microphone; the sentence is not kept."""
        self._services.microphones.rest()
        self._lease.hush()
        self._live.close()
        self._is_shown = False

    @property
    def _is_recording(self) -> bool:
        return self._live.is_recording or self._live.is_closing

    # What came to pass

    def _opened(self) -> None:
        self._lost = ""
        self._live.ask_source()
        self._tell()

    def _show_source(self, source: SourceKnown) -> None:
        self._is_loudspeaker = source.is_loudspeaker
        if source.is_loudspeaker:
            self._services.microphones.named.emit("Microphone: the sound of your loudspeakers")
        self._tell()

    def _lose_microphone(self, text: str) -> None:
        self._lost = text
        self._live.finish()
        self._tell()

    def _show_fault(self, text: str) -> None:
        self._fault = text
        self._tell()

    def _started(self) -> None:
        self._has_started = True
        self._page.show_recording(True, False)
        self._tell()

    def _ended(self, end: TakeEnded) -> None:
        self._has_started = False
        self._page.show_recording(False, end.frames > 0)
        self._judge(end.frames)
        self._tell()

    def _played(self, event: Playing | Played) -> None:
        if isinstance(event, Played) and event.problem:
            self._show_fault(event.problem)

    def _show_level(self, level: Level) -> None:
        """A microphone that has been heard may well be silent between words."""
        self._page.show_level(level.dbfs, level.peak_dbfs)
        self._was_heard = self._was_heard or level.dbfs > SILENT_DBFS
        self._is_silent = not self._was_heard and level.zeros_seconds >= SILENCE_SECONDS
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

    def _judge(self, count: int) -> None:
        def judged(measures: Loudness) -> None:
            if self._is_shown and not self._is_recording and not self._fault and not self._lost:
                self._verdict = verdict(measures, self._is_loudspeaker)
                self._tell()

        if not count:
            judged(Loudness(0.0, SILENT_DBFS, SILENT_DBFS, SILENT_DBFS))
        elif self._is_shown:
            path, end = self._sentence, min(count, MOST_FRAMES)
            self._services.disk.do(lambda: loudness(read_take(path, 0, end)), judged, "listening to the sentence")

    def _record_or_stop(self) -> None:
        if self._is_recording:
            self._live.finish()
            return
        self._lease.hush()
        self._fault, self._verdict = "", None
        try:
            self._sentence.unlink(missing_ok=True)
        except OSError as error:
            self._fault = f"The sentence before cannot be replaced ({error.strerror}). Look at {self._sentence}."
        else:
            self._live.record(self._sentence)
        self._tell()

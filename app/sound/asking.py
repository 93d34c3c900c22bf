"""A prompt being asked: spoken by the voice and played, or shown for as long as it takes to read."""

from PySide6.QtCore import QObject, QTimer, Signal

from audio.sound_card import SoundCard
from audio.sound_events import Played
from audio.voice import Said, Voice, reading_seconds


class Asking(QObject):
    """One prompt at a time. Lives on the GUI thread."""

    ended = Signal()
    """The prompt has been heard, or there was time to read it."""
    trouble = Signal(str)
    """Why it cannot be heard."""

    def __init__(self, sound: SoundCard, voice: Voice) -> None:
        super().__init__()
        self._sound = sound
        self._voice = voice
        self._prompt = ""
        self._play_id = 0
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self._end)

    def ask(self, prompt: str, speaks: bool) -> None:
        """Begins, in place of what is being asked."""
        self.stop()
        self._prompt = prompt
        if speaks:
            self._voice.say(prompt)
        else:
            self._read()

    @property
    def prompt(self) -> str:
        """What is being asked; empty when nothing is."""
        return self._prompt

    def stop(self) -> None:
        """Says no more; `ended` does not come."""
        if self._play_id:
            self._sound.hush()
        self._prompt, self._play_id = "", 0
        self._reading.stop()

    def prepare(self, prompt: str) -> None:
        """Lets the voice make a prompt that will be asked later."""
        self._voice.say(prompt)

    def dispatch(self, event: Said | Played) -> None:
        """What the voice made, or what has been played."""
        match event:
            case Said(text=text, path=path, problem=problem) if text == self._prompt and not self._play_id:
                if path:
                    self._play_id = self._sound.play(path)
                else:
                    self.trouble.emit(problem)
                    self._read()
            case Played(id=play_id, problem=problem) if play_id == self._play_id and self._prompt:
                if problem:
                    self.trouble.emit(problem)
                    self._read()
                else:
                    self._end()

    def _read(self) -> None:
        if not self._reading.isActive():
            self._reading.start(round(1_000 * max(2.0, reading_seconds(self._prompt))))

    def _end(self) -> None:
        self._prompt, self._play_id = "", 0
        self.ended.emit()

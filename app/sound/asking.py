"""A prompt being asked: spoken by the voice and played, or shown for as long as it takes to read."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.sound.lease import Lease
from app.sound.saying import Saying
from audio.sound_events import Played, Playing
from audio.voice import Said, reading_seconds


class Asking(QObject):
    """One prompt at a time. Lives on the GUI thread."""

    ended = Signal()
    """The prompt has been heard, or there was time to read it."""
    trouble = Signal(str)
    """Why it cannot be heard."""

    def __init__(self, lease: Lease, saying: Saying) -> None:
        super().__init__()
        self._lease = lease
        self._saying = saying
        self._prompt = ""
        self._request = self._play_id = 0
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self._end)

    def ask(self, prompt: str, speaks: bool) -> None:
        """Begins, in place of what is being asked."""
        self.stop()
        self._prompt = prompt
        if speaks:
            self._request = self._saying.say(prompt, self._made)
        else:
            self._read()

    @property
    def prompt(self) -> str:
        """What is being asked; empty when nothing is."""
        return self._prompt

    def stop(self) -> None:
        """Says no more; `ended` does not come."""
        if self._play_id:
            self._lease.hush()
        self._forget()
        self._reading.stop()

    def prepare(self, prompt: str) -> None:
        """Lets the voice make a prompt that will be asked later."""
        self._saying.say(prompt)

    def _made(self, said: Said) -> None:
        if said.id != self._request:
            return  # meanwhile something else is asked, or nothing
        if said.path:
            self._play_id = self._lease.play(said.path, on=self._heard)
        else:
            self.trouble.emit(said.problem)
            self._read()

    def _heard(self, event: Playing | Played) -> None:
        if event.id != self._play_id or isinstance(event, Playing):
            return
        if event.problem:
            self.trouble.emit(event.problem)
            self._read()
        else:
            self._end()

    def _read(self) -> None:
        if not self._reading.isActive():
            self._reading.start(round(1_000 * max(2.0, reading_seconds(self._prompt))))

    def _end(self) -> None:
        self._forget()
        self.ended.emit()

    def _forget(self) -> None:
        self._prompt, self._request, self._play_id = "", 0, 0

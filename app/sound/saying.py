"""Sentences on their way to sound: what the voice has made goes to whoever asked for it, and to nobody else."""

from collections.abc import Callable
from typing import Protocol

from audio.voice import Said

OnSaid = Callable[[Said], None]


class Speaker(Protocol):
    """What the voice does for those who ask. It answers through the event loop, never before a call returns."""

    words_per_minute: int

    def say(self, text: str, is_trial: bool = False) -> int: ...


class Saying:
    """Lives on the GUI thread; the voice's answers reach it through the bridge."""

    def __init__(self, voice: Speaker) -> None:
        self._voice = voice
        self._asked: dict[int, OnSaid] = {}

    @property
    def words_per_minute(self) -> int:
        """The rate of the sentences asked for from now on."""
        return self._voice.words_per_minute

    @words_per_minute.setter
    def words_per_minute(self, rate: int) -> None:
        self._voice.words_per_minute = rate

    def say(self, text: str, on: OnSaid | None = None, is_trial: bool = False) -> int:
        """Asks for a sentence. `on` gets the answer, which carries the id returned here; nobody, when it is made ahead.

        With `is_trial` somebody wants to know whether the voice works now.
        """
        request = self._voice.say(text, is_trial)
        if on:
            self._asked[request] = on
        return request

    def dispatch(self, said: Said) -> None:
        """One answer of the voice."""
        if on := self._asked.pop(said.id, None):
            on(said)

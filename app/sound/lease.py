"""Who has the sound card: one holder has the microphone, and what is recorded or played answers to who began it.

Whoever leaves a page gives back the microphone, but still gets the end of each take that was begun there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from audio.sound_events import (
    DevicesListed,
    MicrophoneEvent,
    MicrophoneLost,
    Played,
    Playing,
    SoundEvent,
    TakeEnded,
    TakeStarted,
)

TAKEN = "Another page has the microphone now. Everything so far is safe."

OnTake = Callable[[TakeStarted | TakeEnded], None]
OnPlaying = Callable[[Playing | Played], None]


class Card(Protocol):
    """What the sound card does for its holders. It answers through the event loop, never before a call returns."""

    def open(self, device: str | None) -> None: ...
    def ask_source(self) -> None: ...
    def close(self) -> None: ...
    def record(self, path: Path) -> None: ...
    def finish(self) -> None: ...
    def play(self, path: Path, start: int = 0, end: int | None = None, rate: float = 1.0) -> int: ...
    def set_volume(self, volume: float) -> None: ...
    def hush(self) -> None: ...


class Holder(Protocol):
    """Has the microphone, or had it until somebody else took it."""

    def hear(self, event: MicrophoneEvent) -> None: ...


class Lease:
    """Lives on the GUI thread; the sound card's events reach it through the bridge."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._holder: Holder | None = None
        self._take: Path | None = None
        """The one that `record` began last and nobody has finished."""
        self._takes: dict[Path, OnTake] = {}
        self._playings: dict[int, OnPlaying] = {}

    @property
    def is_held(self) -> bool:
        """Whether somebody has the microphone."""
        return self._holder is not None

    def open(self, holder: Holder, device: str | None) -> None:
        """Takes the microphone and opens it. An earlier holder has lost it by then, and is told so."""
        before, self._holder = self._holder, holder
        if before is not None and before is not holder:
            before.hear(MicrophoneLost(TAKEN))
        self._card.open(device)

    def ask_source(self, holder: Holder) -> None:
        """What the open microphone really is."""
        if holder is self._holder:
            self._card.ask_source()

    def close(self, holder: Holder) -> None:
        """Gives the microphone back. Nothing happens to that of another holder."""
        if holder is self._holder:
            self._holder = None
            self._card.close()

    def record(self, path: Path, on: OnTake) -> None:
        """Begins a take with the next block. `on` gets its start and its end, whoever has the microphone by then."""
        self._take = path
        self._takes[path] = on
        self._card.record(path)

    def finish(self, path: Path) -> None:
        """Ends a take after its tail, unless another has begun since, which ends it as well."""
        if path == self._take:
            self._take = None
            self._card.finish()

    def play(
        self,
        path: Path,
        start: int = 0,
        end: int | None = None,
        rate: float = 1.0,
        on: OnPlaying | None = None,
    ) -> int:
        """Plays frames of a take in place of what is being played. `on` gets what is told of this playing alone."""
        play_id = self._card.play(path, start, end, rate)
        if on:
            self._playings[play_id] = on
        return play_id

    def set_volume(self, volume: float) -> None:
        """How loud everything is played, 0 to 1."""
        self._card.set_volume(volume)

    def hush(self) -> None:
        """Stops whatever is being played; who began it is told."""
        self._card.hush()

    def dispatch(self, event: SoundEvent) -> None:
        """One event of the sound card, to whom it concerns. What the lists of devices say concerns no holder."""
        match event:
            case TakeStarted(path=path):
                if path in self._takes:
                    self._takes[path](event)
            case TakeEnded(path=path):
                if path == self._take:
                    self._take = None
                if on_take := self._takes.pop(path, None):
                    on_take(event)
            case Playing(id=play_id):
                if play_id in self._playings:
                    self._playings[play_id](event)
            case Played(id=play_id):
                if on_playing := self._playings.pop(play_id, None):
                    on_playing(event)
            case DevicesListed():
                pass
            case _:
                if self._holder is not None:
                    self._holder.hear(event)

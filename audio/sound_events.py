"""What the sound child tells of microphone, takes and loudspeaker: plain values."""

from dataclasses import dataclass
from pathlib import Path

STALLED_SECONDS = 0.8
"""Without a block for this long, the microphone has stalled; gaps up to 0.6 s are normal under load."""


@dataclass(frozen=True, slots=True)
class DevicesListed:
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MicrophoneOpened:
    device: str


@dataclass(frozen=True, slots=True)
class SourceKnown:
    """What the sound server calls the open microphone. Only where it could be asked."""

    name: str

    @property
    def is_loudspeaker(self) -> bool:
        """It is what a loudspeaker plays: what PulseAudio and PipeWire call a monitor."""
        return self.name.endswith(".monitor") or self.name.startswith("Monitor of ")


@dataclass(frozen=True, slots=True)
class MicrophoneRefused:
    """The microphone could not be opened. `text` says why and what to do."""

    text: str


@dataclass(frozen=True, slots=True)
class MicrophoneLost:
    """The open microphone went away, or hung and was given up."""

    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """Twenty times a second while a microphone is open. Levels in dBFS, `take_frames` of the take being recorded.

    `zeros_seconds` is how long there has been digital silence; `age_seconds` how long ago the last block came,
    None before the first.
    """

    dbfs: float
    peak_dbfs: float
    zeros_seconds: float
    age_seconds: float | None
    take_frames: int

    @property
    def is_stalled(self) -> bool:
        return self.age_seconds is not None and self.age_seconds > STALLED_SECONDS


@dataclass(frozen=True, slots=True)
class TakeStarted:
    """The first block is on the disk: now is the time to speak. `frame` is where it began."""

    path: Path
    frame: int


@dataclass(frozen=True, slots=True)
class TakeEnded:
    """The take is closed. `end_frame` is where it was stopped, `frames` all that is in the file."""

    path: Path
    end_frame: int
    frames: int


@dataclass(frozen=True, slots=True)
class DiskRefused:
    """A block could not be written. All before it is playable; `TakeEnded` follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Playing:
    id: int
    frame: int


@dataclass(frozen=True, slots=True)
class Played:
    """A playback came to its end, was cut off, or could not begin: then `problem` says why."""

    id: int
    problem: str = ""
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class SoundNews:
    """There is no sound for now, neither in nor out, or there is again. `text` is one sentence for the person."""

    works: bool
    text: str


MicrophoneEvent = MicrophoneOpened | SourceKnown | MicrophoneRefused | MicrophoneLost | Level | DiskRefused | SoundNews
"""Meant for whoever has the microphone."""

SoundEvent = DevicesListed | MicrophoneEvent | TakeStarted | TakeEnded | Playing | Played

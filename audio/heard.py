"""What the recogniser tells of takes and models: plain values. What happens to them is the listener's business."""

from dataclasses import dataclass

from interviewer.timing import Span
from interviewer.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class VoiceFound:
    """Where the voice is in a take: comes before any word of it."""

    job: str
    voiced: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClipHeard:
    """The words of one clip, in the order of the take. So many of the take's clips are `done`."""

    job: str
    words: tuple[Word, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TakeHeard:
    """A take is done. `unheard` counts clips that were passed over.

    `transcript` is None without a model. `voiced` is None when not even the voice could be found; `problem` says why.
    """

    job: str
    voiced: tuple[Span, ...] | None
    transcript: Transcript | None
    unheard: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """The chosen model is ready."""

    name: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class ModelRefused:
    """There will be no words. `text` says why and what to do."""

    text: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """The child died and is started again. `text` is one sentence for the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """It works again, after takes had been given back without words. `text` is one sentence for the person."""

    text: str


Heard = VoiceFound | ClipHeard | TakeHeard | ModelLoaded | ModelRefused | Restarted | Recovered

"""The parent's end of the recogniser child: takes go out by path, frozen events come back. Imports no such library.

A child that dies is started again after 0, 1, then 5 seconds; unfinished takes are read again from their files, clips
that were heard are not decoded again, and a clip that was being decoded at two deaths is passed over.
"""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audio.child import Child, ChildEnd, Message
from audio.models import check_model, is_sample_model
from interviewer.errors import PracticeError
from interviewer.timing import Span
from interviewer.transcript import Transcript, Word

BACK_OFF_SECONDS = (0.0, 1.0, 5.0)
POISON_DEATHS = 2

MALLOC = "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=4294967296:glibc.malloc.top_pad=268435456"
"""Keeps the encoder's big buffers between layers instead of faulting them in again (speech.md 1.7; Linux only)."""


@dataclass(frozen=True, slots=True)
class VoiceFound:
    """Where the voice is in a take: comes before any word of it."""

    job: str
    voiced: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClipHeard:
    """The words of one clip, in the order of the take."""

    job: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TakeHeard:
    """A take is done. `transcript` is None without a model; `unheard` counts clips that were passed over."""

    job: str
    voiced: tuple[Span, ...] | None
    transcript: Transcript | None
    unheard: int


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    name: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class ModelRefused:
    """The model cannot be used. `text` says why and what to do."""

    text: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """The child died and is started again. `text` is one sentence for the person."""

    text: str


Heard = VoiceFound | ClipHeard | TakeHeard | ModelLoaded | ModelRefused | Restarted


@dataclass(slots=True)
class _Job:
    path: Path
    sections: list[list[int]]
    model: Path | None
    voiced: tuple[Span, ...] | None = None
    words: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    poisoned: set[int] = field(default_factory=set)
    deaths: Counter[int] = field(default_factory=Counter)
    decoding: int | None = None


class Recogniser:
    """`listener` is called on threads of this object, never after `stop`. Orders never block."""

    def __init__(self, listener: Callable[[Heard], None], module: str = "audio.recogniser_child") -> None:
        self._listener = listener
        self._module = module
        self._lock = threading.RLock()
        self._child: Child | None = None
        self._model: Path | None = None
        self._jobs: dict[str, _Job] = {}
        self._deaths_in_a_row = 0
        self._is_stopped = False
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        """Starts the child; what was asked for before is done then."""
        with self._lock:
            environment = {"HF_HUB_OFFLINE": "1"}
            if sys.platform == "linux":
                environment["GLIBC_TUNABLES"] = MALLOC
            self._child = Child(self._module, self._said, self._ended, environment)
            if self._model:
                self._send({"do": "model", "folder": str(self._model)})
            for name, job in self._jobs.items():
                self._order(name, job)

    def stop(self) -> None:
        """Ends the child at once; takes that are not done are simply not done. Blocks up to a second."""
        with self._lock:
            self._is_stopped = True
            child, timer = self._child, self._timer
        if timer:
            timer.cancel()
        if child:
            child.stop()

    def use_model(self, folder: Path | None) -> None:
        """Takes another model for the takes to come; None means voice activity only. Answered by an event."""
        threading.Thread(target=self._use_model, args=(folder,), name="model check", daemon=True).start()

    def hear(self, job: str, path: Path, sections: Sequence[Span], model: Path | None = None) -> None:
        """Asks for voice and words of a take; clips never cross a section's edge. `model` overrides the chosen one."""
        with self._lock:
            if job not in self._jobs:
                self._jobs[job] = _Job(path, [[span.start, span.end] for span in sections], model)
                self._order(job, self._jobs[job])

    def _use_model(self, folder: Path | None) -> None:
        try:
            if folder:
                check_model(folder)
        except PracticeError as error:
            self._tell(ModelRefused(str(error)))
            folder = None
        with self._lock:
            self._model = folder
            self._send({"do": "model", "folder": str(folder) if folder else None})

    def _order(self, name: str, job: _Job) -> None:
        done = [*job.words, *job.poisoned]
        model = str(job.model) if job.model else None
        order = {"do": "hear", "job": name, "path": str(job.path), "sections": job.sections, "skip": done}
        self._send({**order, "model": model})

    def _send(self, message: Message) -> None:
        if self._child:
            self._child.send(message)

    def _tell(self, event: Heard) -> None:
        if not self._is_stopped:
            self._listener(event)

    def _said(self, message: Message) -> None:
        say = message["say"]
        if say == "model":
            folder = Path(message["folder"])
            self._tell(ModelLoaded(folder.name, is_sample_model(folder)))
            return
        if say == "refused":
            why = message["why"].splitlines()[0][:200] if message["why"] else "no reason given"
            text = f"The model in {message['folder']} could not be loaded ({why}). Choose another one in the settings."
            self._tell(ModelRefused(text))
            return
        with self._lock:
            job = self._jobs.get(message["job"])
            event = self._job_said(message, job) if job else None
        if event:
            self._tell(event)

    def _job_said(self, message: Message, job: _Job) -> Heard | None:
        name = message["job"]
        match message["say"]:
            case "voice":
                is_new = job.voiced is None
                job.voiced = tuple(Span(start, end) for start, end in message["voiced"])
                return VoiceFound(name, job.voiced) if is_new else None
            case "begin":
                job.decoding = message["clip"]
            case "words":
                job.decoding = None
                self._deaths_in_a_row = 0
                job.words[message["clip"]] = tuple(Word(*word) for word in message["words"])
                return ClipHeard(name, job.words[message["clip"]])
            case "done":
                del self._jobs[name]
                words = tuple(word for clip in sorted(job.words) for word in job.words[clip])
                folder = message.get("model")
                transcript = Transcript(words, Path(folder).name) if folder else None
                return TakeHeard(name, job.voiced, transcript, len(job.poisoned))
        return None

    def _ended(self, end: ChildEnd) -> None:
        with self._lock:
            if self._is_stopped:
                return
            for job in self._jobs.values():
                if job.decoding is not None:
                    job.deaths[job.decoding] += 1
                    if job.deaths[job.decoding] >= POISON_DEATHS:
                        job.poisoned.add(job.decoding)
                    job.decoding = None
            delay = BACK_OFF_SECONDS[min(self._deaths_in_a_row, len(BACK_OFF_SECONDS) - 1)]
            self._deaths_in_a_row += 1
            self._timer = threading.Timer(delay, self.start)
            self._timer.daemon = True
            self._timer.start()
        self._tell(Restarted("The recogniser stopped and is being started again. No recording is affected."))

"""The parent's end of the recogniser child: takes go out by path, frozen events come back. Imports no such library.

The child says what it begins. When it dies or hangs it is started again; unfinished takes are read again from their
files, clips that were heard are not decoded again, and what killed it twice is passed over.
"""

import itertools
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audio.child import Child, Message
from audio.heard import ClipHeard, Heard, ModelLoaded, ModelRefused, Recovered, Restarted, TakeHeard, VoiceFound
from audio.models import model_name
from audio.patience import Patience
from audio.supervisor import Supervisor
from interviewer.timing import Span
from interviewer.transcript import Transcript, Word

__all__ = [
    "ClipHeard",
    "Heard",
    "ModelLoaded",
    "ModelRefused",
    "Recogniser",
    "Recovered",
    "Restarted",
    "TakeHeard",
    "VoiceFound",
]

PATIENCE_SECONDS = 10.0
"""What takes longer, three times what was to be expected put on top, hangs."""

POISON_DEATHS = 2

ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "OPENBLAS_NUM_THREADS": "1"}
"""No network. The features need no threads: with them a take costs 1.7 times the processor time (measured)."""

MALLOC = ":".join(
    f"glibc.malloc.{tunable}"
    for tunable in ("mmap_max=0", "trim_threshold=4294967296", "top_pad=268435456", "hugetlb=1")
)
"""Keeps the encoder's big buffers from layer to layer, on Linux. A window of base.en's shape costs 0.37 s of processor
time instead of 0.61 s, and without the last of them 0.53 s (measured); the sample model is too small to notice."""

RESTARTED = "The recogniser stopped and is being started again. No recording is affected."
BROKEN = (
    "Speech recognition keeps stopping, so there are no words for now; recordings are kept and get theirs "
    "when it works again, which is tried all the time."
)
RECOVERED = "Speech recognition works again."
DEADLY_MODEL = "The model in {} stops the recogniser. Choose another one in the settings."
UNREADABLE = "The recording could not be read: {}."


Begun = tuple[int, int | str | None]
"""What the child began: a job and one of its clips; a job and None, its voice; -1 and a folder, the model there."""


@dataclass(slots=True)
class _Job:
    """A take on its way to words."""

    name: str
    path: Path
    sections: list[list[int]]
    model: str | None
    voiced: tuple[Span, ...] | None = None
    words: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    passed_over: set[int] = field(default_factory=set)

    def order(self, number: int) -> Message:
        skip = sorted([*self.words, *self.passed_over])
        order = {"do": "hear", "job": number, "path": str(self.path), "sections": self.sections, "skip": skip}
        return {**order, "folder": self.model}

    def transcript(self) -> Transcript | None:
        words = (word for number in sorted(self.words) for word in self.words[number])
        return Transcript(tuple(words), model_name(Path(self.model))) if self.model else None


def child_settings() -> dict[str, str]:
    """What the child's environment needs beside the parent's, before it starts."""
    return {**ENVIRONMENT, "GLIBC_TUNABLES": MALLOC} if sys.platform == "linux" else ENVIRONMENT


class Recogniser:
    """Hands takes to the child. Orders may come from any thread and never block.

    `listener` is called on threads of this object, one event at a time, and not after `stop` has returned; it must not
    wait for anything.
    """

    def __init__(
        self,
        listener: Callable[[Heard], None],
        module: str = "audio.recogniser_child",
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._listener = listener
        self._patience = Patience(patience_seconds)
        self._supervisor = Supervisor(module, self._born, self._said, self._ended, self._recover, child_settings())
        self._lock = threading.RLock()
        self._telling = threading.RLock()
        self._stopped = threading.Event()
        self._child: Child | None = None
        self._jobs: dict[int, _Job] = {}
        self._numbers = itertools.count()
        self._model: str | None = None
        self._is_model_awaited = False
        self._begun: Begun | None = None
        self._deaths: Counter[Begun] = Counter()
        self._is_broken = False

    def start(self) -> None:
        """Starts the child; what was asked for before is done then."""
        if not self._stopped.is_set():
            self._supervisor.start()

    def stop(self) -> None:
        """Ends the child at once; takes that are not done are simply not done. Blocks up to a second."""
        self._stopped.set()
        with self._telling, self._lock:
            self._rest()
            self._child = None
        self._supervisor.stop()

    def use_model(self, folder: Path | None) -> None:
        """Chooses the model for the takes to come; None means voice only. A folder is answered by an event."""
        with self._lock:
            self._model = str(folder) if folder else None
            self._is_model_awaited = folder is not None
            if folder:
                self._send({"do": "model", "folder": self._model})
        self._supervisor.try_now()

    def hear(self, job: str, path: Path, sections: Sequence[Span], model: Path | None = None) -> None:
        """Asks for the voice and the words of a take; `job` is the caller's name for it.

        Clips keep to their section; without sections the take is one. Without `model` it is the chosen one of this
        moment. A job that is under way is left alone, or begun anew when its model is another.
        """
        folder = str(model) if model else self._model
        with self._lock:
            if any(known.name == job and known.model == folder for known in self._jobs.values()):
                return
            self.forget(job)
            number = next(self._numbers)
            self._jobs[number] = _Job(job, path, [[span.start, span.end] for span in sections], folder)
            self._send(self._jobs[number].order(number))
        self._supervisor.try_now()

    def forget(self, job: str) -> None:
        """Takes an order back. Nothing more is told of it."""
        with self._lock:
            for number in [number for number, known in self._jobs.items() if known.name == job]:
                del self._jobs[number]
                self._send({"do": "forget", "job": number})

    def _born(self, child: Child) -> None:
        with self._lock:
            if self._stopped.is_set():
                return
            self._child = child
            if self._is_model_awaited:
                self._send({"do": "model", "folder": self._model})
            for number, job in self._jobs.items():
                self._send(job.order(number))

    def _send(self, message: Message) -> None:
        if self._child:
            self._child.send(message)

    def _tell(self, event: Heard) -> None:
        with self._telling:
            if not self._stopped.is_set():
                self._listener(event)

    def _rest(self) -> None:
        """Nothing is under way."""
        self._begun = None
        self._patience.end()

    def _said(self, message: Message) -> None:
        with self._lock:
            if self._stopped.is_set():
                return  # or what it has begun would be waited for, though nobody does
            self._rest()
            event = self._event(message)
        if event:
            self._tell(event)
        self._recover()

    def _recover(self) -> None:
        """Tells that it works again, once it does."""
        with self._lock:
            has_recovered = self._is_broken and not self._supervisor.is_in_trouble
            self._is_broken = self._is_broken and not has_recovered
        if has_recovered:
            self._tell(Recovered(RECOVERED))

    def _event(self, message: Message) -> Heard | None:
        match message["say"]:
            case "begin":
                self._begin((message["job"], message["what"]), message.get("seconds"))
                return None
            case "model" if message["folder"] == self._model:
                self._supervisor.works()
                self._is_model_awaited = False
                return ModelLoaded(model_name(Path(message["folder"])), message["is_sample"])
            case "refused":
                self._supervisor.works()
                return self._refuse(message["folder"], message["why"])
        number = message.get("job", -1)
        job = self._jobs.get(number)
        return self._job_event(number, job, message) if job else None

    def _job_event(self, number: int, job: _Job, message: Message) -> Heard | None:
        match message["say"]:
            case "voice":
                is_new = job.voiced is None
                job.voiced = tuple(Span(start, end) for start, end in message["voiced"])
                return VoiceFound(job.name, job.voiced) if is_new else None
            case "clip":
                self._supervisor.works()
                self._patience.heard()
                words = job.words[message["clip"]] = tuple(Word(*word) for word in message["words"])
                return ClipHeard(job.name, words, len(job.words) + len(job.passed_over), message["total"])
            case "unreadable":
                del self._jobs[number]
                return TakeHeard(job.name, None, None, 0, UNREADABLE.format(message["why"]))
            case "done":
                del self._jobs[number]
                self._supervisor.works()
                return TakeHeard(job.name, job.voiced, job.transcript(), len(job.passed_over))
        return None

    def _refuse(self, folder: str, why: str) -> ModelRefused | None:
        """No take waits for this model any longer. None when none did, because it had been refused before."""
        waiting = [job for job in self._jobs.values() if job.model == folder]
        if not waiting and self._model != folder:
            return None
        for job in waiting:
            job.model = None
        if self._model == folder:
            self._model, self._is_model_awaited = None, False
        return ModelRefused(why)

    def _begin(self, begun: Begun, sound_seconds: float | None) -> None:
        self._begun, child = begun, self._child
        self._patience.begin(sound_seconds, lambda: self._lose_patience(child, begun))

    def _lose_patience(self, child: Child | None, begun: Begun) -> None:
        with self._lock:
            if child and child is self._child and self._begun == begun:
                child.kill()

    def _ended(self) -> None:
        with self._lock:
            begun, self._child = self._begun, None
            self._rest()
            blame = self._blame(begun) if begun else None
            events = [blame] if blame else []
            if self._supervisor.is_in_trouble:
                events += self._give_up()
            elif self._supervisor.failures <= 1:  # the first in a row is told, and then the trouble
                events.append(Restarted(RESTARTED))
        for event in events:
            self._tell(event)

    def _blame(self, begun: Begun) -> Heard | None:
        """Counts a death for what was under way. What was under way at two deaths is passed over from now on."""
        self._deaths[begun] += 1
        if self._deaths[begun] < POISON_DEATHS:
            return None
        self._supervisor.works()
        number, what = begun
        if isinstance(what, str):
            return self._refuse(what, DEADLY_MODEL.format(what))
        job = self._jobs.get(number)
        if job and what is not None:
            job.passed_over.add(what)
        elif job:
            del self._jobs[number]
            return TakeHeard(job.name, None, None, 0, UNREADABLE.format("it stops the recogniser"))
        return None

    def _give_up(self) -> list[Heard]:
        """Nobody is kept waiting; who has been waiting asks again when it works again."""
        jobs = list(self._jobs.values())
        self._jobs.clear()
        told = [] if self._is_broken else [ModelRefused(BROKEN)]
        self._is_broken, self._is_model_awaited = True, self._model is not None
        return [*told, *(TakeHeard(job.name, job.voiced, None, 0, BROKEN) for job in jobs)]

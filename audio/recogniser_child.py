"""The recogniser child: voice activity and words from takes on disk. The only file that imports faster_whisper.

The reader thread takes orders and ends the process when the parent is gone, also in the middle of a decode. The main
thread works: voice of every waiting take first, so that section times are there at once, then clip after clip.
"""

import faulthandler
import os
import sys
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio.child import Message, ParentPipe, leave
from audio.segments import Clip, as_wave, clips, voiced_spans
from audio.wav import read_take
from audio.words import joined, repaired
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word

NICE = 10
BEAM = 5
NEW_TOKENS = 224
"""The brake for a decoder that loops."""


@dataclass(slots=True)
class Job:
    """One take on its way to words."""

    id: str
    path: Path
    sections: tuple[Span, ...]
    skip: frozenset[int]
    uses_sample: str | None
    clips: tuple[Clip, ...] | None = None
    next_clip: int = 0
    voiced: tuple[Span, ...] = field(default=())


class Recognition:
    """Lives on the main thread; orders come in from the reader thread."""

    def __init__(self, pipe: ParentPipe) -> None:
        self._pipe = pipe
        self._jobs: deque[Job] = deque()
        self._orders: deque[Message] = deque()
        self._wake = threading.Condition()
        self._models: dict[str, Any] = {}
        self._chosen: str | None = None

    def order(self, message: Message) -> None:
        with self._wake:
            self._orders.append(message)
            self._wake.notify()

    def work(self) -> None:
        """Until the process ends."""
        while True:
            with self._wake:
                while not self._orders and not self._jobs:
                    self._wake.wait()
                orders = list(self._orders)
                self._orders.clear()
            for order in orders:
                self._take_order(order)
            fresh = next((job for job in self._jobs if job.clips is None), None)
            if fresh:
                self._find_voice(fresh)
            elif self._jobs:
                self._next_clip(self._jobs[0])

    def _take_order(self, order: Message) -> None:
        if order["do"] == "model":
            self._chosen = order["folder"]
            if self._chosen:
                self._load(self._chosen)
        elif order["do"] == "forget":
            self._jobs = deque(job for job in self._jobs if job.id != order["job"])
        else:
            sections = tuple(Span(start, end) for start, end in order["sections"])
            skip = frozenset(order["skip"])
            self._jobs.append(Job(order["job"], Path(order["path"]), sections, skip, order["model"]))

    def _load(self, folder: str) -> Any:
        from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415  0.2 s

        if folder not in self._models:
            try:
                threads = max(1, min(4, (os.cpu_count() or 2) - 1))
                model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads)
            except Exception as error:  # whatever a damaged model makes the libraries raise is one answer here
                self._models[folder] = None
                self._pipe.send({"say": "refused", "folder": folder, "why": str(error)})
                return None
            self._models[folder] = BatchedInferencePipeline(model)
        self._pipe.send({"say": "model", "folder": folder})
        return self._models[folder]

    def _find_voice(self, job: Job) -> None:
        try:
            samples = read_take(job.path)
        except OSError as error:
            self._jobs.remove(job)
            self._pipe.send({"say": "done", "job": job.id, "problem": error.strerror or str(error)})
            return
        self._pipe.send({"say": "looking", "job": job.id})
        job.voiced = voiced_spans(samples)
        job.clips = tuple(clip for section in job.sections for clip in clips(job.voiced, section, samples))
        voiced = [[span.start, span.end] for span in job.voiced]
        self._pipe.send({"say": "voice", "job": job.id, "voiced": voiced, "clips": len(job.clips)})

    def _next_clip(self, job: Job) -> None:
        folder = job.uses_sample or self._chosen
        model = folder and (self._models.get(folder) or (folder not in self._models and self._load(folder)))
        assert job.clips is not None
        while job.next_clip in job.skip:
            job.next_clip += 1
        if not model or job.next_clip >= len(job.clips):
            self._jobs.remove(job)
            self._pipe.send({"say": "done", "job": job.id, "model": folder if model else None})
            return
        number = job.next_clip
        job.next_clip += 1
        self._pipe.send({"say": "begin", "job": job.id, "clip": number})
        words = decode(model, job.path, job.clips[number])
        plain = [[word.text, word.start, word.end, word.probability] for word in words]
        self._pipe.send({"say": "words", "job": job.id, "clip": number, "words": plain})


def decode(model: Any, path: Path, clip: Clip) -> tuple[Word, ...]:
    """The words of one clip: one encoder run, temperature 0, times on the clock of the take."""
    samples = as_wave(read_take(path, clip.span.start, clip.span.end))
    segments, _ = model.transcribe(
        samples,
        language="en",
        beam_size=BEAM,
        temperature=0.0,
        word_timestamps=True,
        without_timestamps=True,
        condition_on_previous_text=False,
        vad_filter=False,
        clip_timestamps=[{"start": 0.0, "end": len(samples) / RATE_HZ}],
        batch_size=1,
        max_new_tokens=NEW_TOKENS,
    )
    pieces = (piece for segment in segments for piece in segment.words or ())
    offset = clip.span.start / RATE_HZ
    return repaired(joined([(piece.word, *_plain(piece, offset)) for piece in pieces]), clip.voiced)


def _plain(piece: Any, offset: float) -> tuple[float, float, float]:
    """Times and probability as plain floats: the library hands out numpy scalars."""
    return offset + float(piece.start), offset + float(piece.end), round(float(piece.probability), 3)


def main() -> None:
    faulthandler.enable()
    with suppress(AttributeError, OSError):
        os.nice(NICE)  # the window and the recorder come first
    pipe = ParentPipe()
    recognition = Recognition(pipe)

    def read_orders() -> None:
        while (message := pipe.receive()) is not None:
            recognition.order(message)
        leave(0)

    threading.Thread(target=read_orders, name="orders", daemon=True).start()
    recognition.work()


if __name__ == "__main__":
    sys.exit(main())

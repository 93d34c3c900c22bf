"""The recogniser child: finds the voice in a take, cuts it into clips and hears the words. Names faster_whisper.

One thread takes the parent's messages, so that its end is noticed even while the decoder is busy; the main thread
works: the voice of every take first, then clip after clip. It says what it begins, so that the parent knows what
killed it.
"""

import faulthandler
import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faster_whisper import BatchedInferencePipeline, WhisperModel

from audio.child import Message, ParentPipe, leave
from audio.manifest import verify_model
from audio.models import check_model, is_sample_model
from audio.segments import Clip, as_wave, clips, halves, voiced_spans
from audio.sound import Samples, seconds
from audio.wav import frames_in, read_take
from audio.words import joined, repaired
from interviewer.errors import PracticeError
from interviewer.timing import Span
from interviewer.transcript import Word

NICENESS = 10
"""The window, the recorder and the player come first."""

UNHEARD_SECONDS = 1.2
"""More voice than this after the last word: the decoder gave up early."""

DECODING: dict[str, Any] = {
    "language": "en",
    "batch_size": 1,
    "beam_size": 5,
    "temperature": 0,
    "word_timestamps": True,
    "without_timestamps": True,
    "condition_on_previous_text": False,
    "vad_filter": False,
    "max_new_tokens": 224,
}
"""One encoder run a clip and no sampling: the same clip gives the same words."""

Send = Callable[[Message], None]


def decoder_threads() -> int:
    """Half of the cores, four at most: more slow the decoder down, and the recorder needs one."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


class Ear:
    """A loaded model. Turns a clip of a take into words."""

    def __init__(self, folder: Path) -> None:
        """Raises PracticeError when files are missing, and whatever the libraries raise when they are damaged."""
        check_model(folder)
        verify_model(folder)
        self.is_sample = is_sample_model(folder)
        self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=decoder_threads())
        self._pipeline = BatchedInferencePipeline(self._model)

    def words(self, samples: Samples, clip: Clip) -> tuple[Word, ...]:
        """The words of one clip, times in seconds of the take.

        A clip whose end stays unheard is heard once more, in two halves. Of the retries in speech.md 3.4 only this one
        lowered the word error rate of the samples (0.135 to 0.078); beam 1 with a repetition penalty raised it.
        """
        heard = list(self._decoded(samples, clip))
        if _unheard_seconds(heard, clip) > UNHEARD_SECONDS:
            again = [word for half in halves(clip) for word in self._decoded(samples, half)]
            if _unheard_seconds(again, clip) < _unheard_seconds(heard, clip):
                heard = again
        return repaired(heard, clip.voiced)

    def unload(self) -> None:
        self._model.model.unload_model()

    def _decoded(self, samples: Samples, clip: Clip) -> tuple[Word, ...]:
        wave = as_wave(samples[clip.start : clip.end])
        whole = [{"start": 0.0, "end": clip.seconds}]
        segments, _ = self._pipeline.transcribe(wave, clip_timestamps=whole, **DECODING)
        offset = seconds(clip.start)
        pieces = (piece for segment in segments for piece in segment.words or ())
        return joined(
            (piece.word, offset + float(piece.start), offset + float(piece.end), float(piece.probability))
            for piece in pieces
        )


def _unheard_seconds(words: Sequence[Word], clip: Clip) -> float:
    """From the last word to the last voice."""
    return seconds(clip.voiced[-1].end) - (words[-1].end if words else seconds(clip.start))


@dataclass(frozen=True, slots=True)
class Work:
    """A take whose voice has been told and whose clips wait to be heard."""

    job: int
    folder: str | None
    samples: Samples
    clips: tuple[Clip, ...]
    waiting: list[int]


class Desk:
    """Does the work, in the main thread. Looks for new orders after every clip."""

    def __init__(self, send: Send, orders: "queue.SimpleQueue[Message]") -> None:
        self._send = send
        self._orders = orders
        self._works: dict[int, Work] = {}
        self._ears: dict[str, Ear] = {}

    def run(self) -> None:
        """Works for ever. An error ends the process: the parent knows what was begun and starts another."""
        while True:
            while not self._works or not self._orders.empty():
                order = self._orders.get()
                getattr(self, "_" + order["do"])(order)
            self._go_on(next(iter(self._works.values())))

    def _model(self, order: Message) -> None:
        folder = order["folder"]
        ear = self._ear(folder)
        if ear:
            self._send({"say": "model", "folder": folder, "is_sample": ear.is_sample})

    def _forget(self, order: Message) -> None:
        self._works.pop(order["job"], None)

    def _hear(self, order: Message) -> None:
        job = order["job"]
        path = Path(order["path"])
        try:
            self._send({"say": "begin", "job": job, "what": None, "seconds": seconds(frames_in(path))})
            samples = read_take(path)
        except OSError as error:
            self._send({"say": "unreadable", "job": job, "why": error.strerror or str(error)})
            return
        voiced = voiced_spans(samples)
        self._send({"say": "voice", "job": job, "voiced": [[span.start, span.end] for span in voiced]})
        sections = [Span(start, end) for start, end in order["sections"]] or [Span(0, len(samples))]
        cut = tuple(clip for part in sections for clip in clips(voiced, part.start, part.end, samples))
        waiting = [number for number in range(len(cut)) if number not in order["skip"]] if order["folder"] else []
        self._works[job] = Work(job, order["folder"], samples, cut, waiting)

    def _go_on(self, work: Work) -> None:
        """Hears the next clip of a take, or says that it is done."""
        ear = self._ear(work.folder) if work.folder and work.waiting else None
        if not ear:
            del self._works[work.job]
            self._send({"say": "done", "job": work.job})
            return
        number = work.waiting.pop(0)
        self._send({"say": "begin", "job": work.job, "what": number, "seconds": work.clips[number].seconds})
        words = ear.words(work.samples, work.clips[number])
        told = [[word.text, word.start, word.end, word.probability] for word in words]
        self._send({"say": "clip", "job": work.job, "clip": number, "words": told, "total": len(work.clips)})

    def _ear(self, folder: str) -> Ear | None:
        """The model in a folder, loaded when it is not yet; None, and the parent told why, when it cannot be."""
        if folder not in self._ears:
            self._send({"say": "begin", "job": -1, "what": folder})
            try:
                ear = Ear(Path(folder))
            except PracticeError as error:
                self._send({"say": "refused", "folder": folder, "why": str(error)})
                return None
            except Exception as error:  # tokenizers raises bare Exception, CTranslate2 several kinds
                why = f"The speech model in {folder} could not be loaded: {_first_line(error)}."
                self._send({"say": "refused", "folder": folder, "why": why})
                return None
            for old in self._ears.values():
                old.unload()
            self._ears = {folder: ear}
        return self._ears[folder]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def main() -> None:
    faulthandler.enable()
    os.environ["HF_HUB_OFFLINE"] = "1"
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    pipe = ParentPipe()
    orders: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def take_orders() -> None:
        while (message := pipe.receive()) is not None:
            orders.put(message)
        leave(0)

    threading.Thread(target=take_orders, name="orders", daemon=True).start()
    Desk(pipe.send, orders).run()


if __name__ == "__main__":
    main()

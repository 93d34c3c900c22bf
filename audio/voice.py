"""The interviewer's voice: a sentence becomes a WAV in the cache, made once by a helper process. Plays nothing.

Standard library only: whatever synthesises speech (the system, Piper, espeak-ng) is behind the voice child.
"""

import hashlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audio.child import Child, Message

LIMIT_SECONDS = 15.0
"""A sentence that is not spoken by then will not be."""

TRIES = 2
CACHE_FILES = 2_000
LONGEST_CHARACTERS = 2_000
WORDS_PER_SECOND = 3.0
"""The reading pause where there is no voice (product.md A2-6)."""

NO_VOICE = (
    "There is no voice on this computer just now: the questions are shown as text. Start the program again to retry."
)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to `say`. Without a voice `path` is None and `seconds` is the time to read the text."""

    text: str
    path: Path | None
    seconds: float
    problem: str = ""


def reading_seconds(text: str) -> float:
    """How long it takes to read a question on the screen: words at three a second, at least two seconds."""
    return max(2.0, len(text.split()) / WORDS_PER_SECOND)


class Voice:
    """One worker thread owns the helper process; `say` never blocks and `listener` is called on that thread."""

    def __init__(
        self,
        cache: Path,
        voices: Path,
        words_per_minute: int,
        listener: Callable[[Said], None],
        module: str = "audio.voice_child",
    ) -> None:
        self.words_per_minute = words_per_minute
        self._cache = cache
        self._voices = voices
        self._listener = listener
        self._module = module
        self._child: Child | None = None
        self._answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._wishes: queue.SimpleQueue[tuple[str, int] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    @property
    def child_pid(self) -> int | None:
        """The helper process, None while there is none: a cached sentence needs none."""
        return self._child.pid if self._child else None

    def say(self, text: str) -> None:
        """Asks for a sentence; answered by one Said."""
        self._wishes.put((text, self.words_per_minute))

    def stop(self) -> None:
        """Ends the helper process. Blocks up to a second."""
        self._wishes.put(None)
        self._answers.put(None)
        self._thread.join(1.0)

    def _work(self) -> None:
        while (wish := self._wishes.get()) is not None:
            text, rate = wish
            self._listener(self._said(text, rate))
        if self._child:
            self._child.stop(0.5)

    def _said(self, text: str, rate: int) -> Said:
        try:
            path = self._file(text, rate)
            if not path.is_file():
                self._make_room()
                self._synthesise(text, rate, path)
        except OSError as error:
            return Said(text, None, reading_seconds(text), f"The voice could not be kept on disk ({error.strerror}).")
        if path.is_file():
            return Said(text, path, 0.0)
        return Said(text, None, reading_seconds(text), NO_VOICE)

    def _file(self, text: str, rate: int) -> Path:
        """One file for a text, a rate and the set of voices; the person's own voice makes others."""
        own = sorted(path.name for path in self._voices.glob("*.onnx")) if self._voices.is_dir() else []
        key = "\n".join([str(rate), *own, text])
        return self._cache / f"{hashlib.sha256(key.encode()).hexdigest()}.wav"

    def _synthesise(self, text: str, rate: int, path: Path) -> None:
        for _ in range(TRIES):
            if not self._child:
                self._child = self._start_child()
            order = {"do": "say", "text": _plain(text), "rate": rate, "path": str(path), "voices": str(self._voices)}
            self._child.send(order)
            try:
                answer = self._answers.get(timeout=LIMIT_SECONDS)
            except queue.Empty:
                answer = None
            if answer is not None:
                return
            self._child.stop(0.0)
            self._child = None

    def _start_child(self) -> Child:
        answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()  # an answer of an earlier child is not ours
        self._answers = answers
        return Child(self._module, answers.put, lambda end: answers.put(None))

    def _make_room(self) -> None:
        """The oldest sentences go when there are too many."""
        self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = sorted(self._cache.glob("*.wav"), key=lambda file: file.stat().st_mtime)
        for file in files[: max(0, len(files) - CACHE_FILES + 1)]:
            file.unlink(missing_ok=True)


def _plain(text: str) -> str:
    """Text from a pattern file as speech: no control characters, no markup, not endless."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return kept.replace("<", " ").replace(">", " ")[:LONGEST_CHARACTERS]

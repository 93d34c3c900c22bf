"""A sentence becomes a WAV, kept by its content. The parent's end: no sound is made or played here.

Speaking happens in `audio.voice_child`, which is started only for a sentence that is not kept yet.
"""

import hashlib
import importlib.util
import itertools
import logging
import queue
import re
import sys
import threading
import time
import unicodedata
import wave
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audio.child import Child, Message
from audio.supervisor import BackOff

LIMIT_SECONDS = 10.0
"""A child that takes longer for one sentence, its start included, hangs."""

LONGEST_CHARACTERS = 1_000
"""About a minute of speech. The rest of a longer text is shown, not said."""

SLOWEST, FASTEST = 80, 450
"""Words a minute that espeak-ng obeys."""

WAITED_SECONDS = 1.0
"""An engine that failed is waited for if its rest is no longer; else it is passed over for this sentence."""

KEPT_FILES = 2_000
KEPT_BYTES = 200_000_000

RECIPE = "1"
"""To be raised when the same sentence shall sound different, so that kept files are not used any more."""

NO_VOICE = "This computer has no voice, so questions are shown as text. Installing Plainspoken again brings one."
NO_WORDS = "This question has no word that the voice can say, so it is shown as text."
BROKEN = "The voice does not work for now, so this question is shown as text; it is tried again with the next ones."
UNSAVED = "What the voice said could not be saved ({why}), so this question is shown as text. Free some disk space."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Engine:
    """What can speak here, and with which voice. `name` is one of the child's; an empty `voice` is the system's own."""

    name: str
    voice: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} {self.voice}" if self.name == "Piper" else self.name


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to `Voice.say(text)`: a WAV of `seconds`, or no path, a pause of `seconds` for reading and the reason.

    `id` is what `say` returned, so that two who ask for the same text are not confused. `engine` is fit for the
    settings, as in "Voice: espeak-ng"; empty when nothing spoke.
    """

    id: int
    text: str
    path: Path | None
    seconds: float
    problem: str
    engine: str


@dataclass(frozen=True, slots=True)
class _Ask:
    id: int
    text: str
    words_per_minute: int
    is_trial: bool


def reading_seconds(text: str) -> float:
    """Seconds to read a sentence that is not heard: three words a second (product.md A2-6)."""
    return len(text.split()) / 3


def speakable(text: str) -> str:
    """Text as an engine may get it: one line, bounded, without control or invisible characters.

    espeak-ng takes orders behind Ctrl+A, `say` and Piper between double square brackets; none of that is left.
    """
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text if unicodedata.category(c) not in ("Cf", "Cs"))
    line = " ".join(re.sub(r"[\[\]]{2,}", " ", "".join(kept)).split())
    if len(line) <= LONGEST_CHARACTERS:
        return line
    return line[: LONGEST_CHARACTERS + 1].rsplit(" ", 1)[0][:LONGEST_CHARACTERS]


def engines(voices: Path) -> list[Engine]:
    """What can speak on this computer, best first; `voices` holds Piper voices. Looks at the disk, runs nothing."""
    found: list[Engine] = []
    if importlib.util.find_spec("piper"):  # a voice that somebody put there is the one they want to hear
        models = sorted(path for path in voices.glob("*.onnx") if path.with_name(path.name + ".json").is_file())
        found += [Engine("Piper", path.stem) for path in models[:1]]
    if sys.platform == "darwin":
        found.append(Engine("say"))
    elif sys.platform == "win32":
        found.append(Engine("System.Speech"))
    if importlib.util.find_spec("espeakng_loader"):
        found.append(Engine("espeak-ng", "en-us"))
    return found


def prune(folder: Path, most_files: int = KEPT_FILES, most_bytes: int = KEPT_BYTES) -> None:
    """Removes the sentences that were not asked for longest until both bounds hold. A file in use stays."""
    sizes: list[tuple[float, Path, int]] = []
    for path in [*folder.glob("*.wav"), *folder.glob("*.part")]:
        with suppress(OSError):
            details = path.stat()
            sizes.append((details.st_mtime, path, details.st_size))
    total = 0
    for count, (_, path, size) in enumerate(sorted(sizes, reverse=True), start=1):
        total += size
        if count > most_files or total > most_bytes:
            with suppress(OSError):
                path.unlink()


class Voice:
    """Says sentences one after the other. Lives on a thread of its own, which owns the child and the cache folder."""

    def __init__(
        self,
        cache: Path,
        voices: Path,
        words_per_minute: int,
        listener: Callable[[Said], None],
        module: str = "audio.voice_child",
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self.words_per_minute = words_per_minute
        self._cache = cache
        self._voices = voices
        self._listener = listener
        self._module = module
        self._limit_seconds = limit_seconds
        self._child: Child | None = None
        self._child_number = 0
        self._rests: defaultdict[Engine, BackOff] = defaultdict(BackOff)
        self._is_stopped = threading.Event()
        self._ids = itertools.count(1)
        self._asks: queue.SimpleQueue[_Ask | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[int, Message | None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    @property
    def words_per_minute(self) -> int:
        """The rate of the sentences asked for from now on."""
        return self._words_per_minute

    @words_per_minute.setter
    def words_per_minute(self, rate: int) -> None:
        self._words_per_minute = min(max(rate, SLOWEST), FASTEST)

    @property
    def child_pid(self) -> int | None:
        """The process that speaks, or None while none has been needed."""
        return self._child.pid if self._child else None

    def say(self, text: str, is_trial: bool = False) -> int:
        """Asks for a sentence. Never blocks; the listener gets one Said for each call, in order, on another thread.

        Returns the id that its Said carries. With `is_trial` somebody wants to know whether the voice works now, so
        that what failed is tried at once.
        """
        ask = _Ask(next(self._ids), text, self._words_per_minute, is_trial)
        self._asks.put(ask)
        return ask.id

    def stop(self) -> None:
        """Ends the child; sentences still waiting are not answered. Blocks for a second or two when the child hangs."""
        self._is_stopped.set()
        self._asks.put(None)
        self._answers.put((0, None))
        if self._thread is not threading.current_thread():
            self._thread.join(5.0)

    def _work(self) -> None:
        while (ask := self._asks.get()) is not None and not self._is_stopped.is_set():
            if ask.is_trial:
                self._rests.clear()
            said = self._said(ask)
            if not self._is_stopped.is_set():
                self._listener(said)
        self._end_child()

    def _said(self, ask: _Ask) -> Said:
        text, rate = ask.text, ask.words_per_minute
        line, problem = speakable(text), NO_VOICE
        if not any(character.isalnum() for character in line):
            return Said(ask.id, text, None, reading_seconds(text), NO_WORDS, "")
        for engine in engines(self._voices):
            problem = BROKEN
            path, rest = self._cache / f"{_key(engine, rate, line)}.wav", self._rests[engine]
            if seconds := _kept_seconds(path):
                return Said(ask.id, text, path, seconds, "", engine.title)
            if rest.rest_seconds > WAITED_SECONDS:
                continue
            answer = self._speak(engine, rate, line, path)
            if seconds := _kept_seconds(path):
                rest.works()
                return Said(ask.id, text, path, seconds, "", engine.title)
            if answer["say"] == "silent":
                problem = NO_WORDS
            elif answer["say"] == "unsaved":
                problem = UNSAVED.format(why=answer["why"])
            elif answer["say"] != "lost":
                rest.failed()
            if answer["say"] != "refused":
                break
        return Said(ask.id, text, None, reading_seconds(text), problem, "")

    def _speak(self, engine: Engine, rate: int, line: str, path: Path) -> Message:
        """Has the child write `path`, twice if need be. Its answer; "lost" when it crashed or hung."""
        order: Message = {"do": "say", "text": line, "path": str(path), "words_per_minute": rate}
        order |= {"engine": engine.name, "voice": engine.voice, "voices": str(self._voices)}
        rest = self._rests[engine]
        for _ in range(2):
            if rest.rest_seconds > WAITED_SECONDS or self._is_stopped.wait(rest.rest_seconds):
                break
            try:
                self._cache.mkdir(parents=True, exist_ok=True)
                self._start_child().send(order)
            except OSError as error:
                return {"say": "unsaved", "why": error.strerror or str(error)}
            answer = self._answer()
            if answer:
                prune(self._cache)
                return answer
            if self._is_stopped.is_set():
                break
            rest.failed()
            self._end_child()
        return {"say": "lost"}

    def _start_child(self) -> Child:
        if not self._child:
            self._child_number = number = self._child_number + 1
            self._child = Child(
                self._module,
                lambda message: self._answers.put((number, message)),
                lambda end: self._answers.put((number, None)),
            )
        return self._child

    def _answer(self) -> Message | None:
        """What this child says next, or None when it ended, hung, or the voice was stopped."""
        end = time.monotonic() + self._limit_seconds
        with suppress(queue.Empty):
            while not self._is_stopped.is_set():
                number, answer = self._answers.get(timeout=max(0.0, end - time.monotonic()))
                if number == self._child_number:
                    return answer
            return None
        _log.error("%s hung and was ended", self._module)
        return None

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child:
            if not self._is_stopped.is_set():
                child.kill()
            child.stop()


def _key(engine: Engine, rate: int, line: str) -> str:
    content = "\0".join((RECIPE, engine.name, engine.voice, str(rate), line))
    return hashlib.sha256(content.encode(errors="replace")).hexdigest()


def _kept_seconds(path: Path) -> float:
    """The length of a kept sentence, which counts as used just now; 0 when there is none or it is damaged."""
    with suppress(OSError, EOFError, wave.Error), wave.open(str(path), "rb") as sound:
        path.touch()
        return sound.getnframes() / max(1, sound.getframerate())
    return 0.0

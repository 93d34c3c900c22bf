"""A foreign sound file to a take: the parent's end. The decoder itself runs in a child with limits.

Nothing of the file is touched in this process: a disk that does not answer holds the child alone.
"""

import queue
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from audio.child import Child, ChildEnd, Message
from audio.wav import frames_in
from interviewer.disk.foreign import shown_name
from interviewer.errors import PracticeError

LIMIT_SECONDS = 60.0
LIMIT_SECONDS_PER_MEGABYTE = 0.2
"""A slow disk and a slow machine; three hours of 48 kHz stereo WAV are 2,000 megabytes."""

LONGEST_SECONDS = 1800.0

SILENT_SECONDS = 10.0
"""Without any progress for so long, the file is given up."""

LOOK_SECONDS = 0.1
"""How often it is asked whether the person has had enough."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Threads reserve address space, and the child's is limited."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came of a foreign file. `recorded` is its own date, local, ISO 8601 to the minute; `notices` are sentences
    that name the file: what the take lacks, or how it differs."""

    frames: int
    recorded: str
    notices: tuple[str, ...] = ()


def decode(source: Path, target: Path, cancelled: Event | None = None) -> Decoded:
    """Decodes any sound file that PyAV reads to a take at `target`. Blocks; ends soon after `cancelled` is set.

    Raises PracticeError with one sentence that names the file. Nothing is at `target` then but what was there before.
    """
    beside = part_of(target)
    said: queue.SimpleQueue[Message | ChildEnd] = queue.SimpleQueue()
    child: Child | None = None
    try:
        child = Child("audio.decode_child", said.put, said.put, ONE_THREAD)
        child.send({"source": str(source.absolute()), "part": str(beside.absolute())})
        answer = _answer(source, said, cancelled or Event())
        child.stop()
        if problem := answer.get("problem"):
            raise _unreadable(source, str(problem))
        if refused := answer.get("refused"):
            raise PracticeError(str(refused))
        beside.replace(target)
        name = shown_name(source)
        notices = tuple(f"{name}: {notice}" for notice in answer["notices"])
        return Decoded(frames_in(target), str(answer["recorded"]), notices)
    except OSError as error:
        raise PracticeError(f"{shown_name(source)} could not be taken in: {error.strerror or error}.") from error
    finally:
        if child:
            child.kill()
            child.stop()
        beside.unlink(missing_ok=True)


def part_of(target: Path) -> Path:
    """Where the child writes: a temporary name beside the take."""
    return target.with_name(f"{target.name}.part")


def _answer(source: Path, said: "queue.SimpleQueue[Message | ChildEnd]", cancelled: Event) -> Message:
    """The child's last word. Raises PracticeError where it does not come, or is not waited for."""
    begun = heard = time.monotonic()
    limit = LIMIT_SECONDS
    while True:
        try:
            message = said.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            message = {}
        now = time.monotonic()
        if cancelled.is_set():
            raise PracticeError(f"{shown_name(source)} was not taken in: reading it was stopped.")
        if isinstance(message, ChildEnd):
            raise _unreadable(source, "the decoder stopped")
        if message:
            heard = now
        if "bytes" in message:
            limit = min(LONGEST_SECONDS, LIMIT_SECONDS + LIMIT_SECONDS_PER_MEGABYTE * message["bytes"] / 1e6)
        elif message and "alive" not in message:
            return message
        if now - heard > SILENT_SECONDS:
            raise _unreadable(source, f"nothing came from it for {SILENT_SECONDS:.0f} seconds")
        if now - begun > limit:
            raise _unreadable(source, "it took too long")


def _unreadable(source: Path, why: str) -> PracticeError:
    return PracticeError(f"{shown_name(source)} could not be read as sound: {why}.")

"""A foreign sound file to a take: the parent's end. The decoder itself runs in a child with limits."""

import subprocess
from pathlib import Path

from audio.child import child_command, child_environment
from audio.wav import frames_in
from interviewer.errors import PracticeError

LIMIT_SECONDS = 60.0
LIMIT_SECONDS_PER_MEGABYTE = 0.2
"""A slow disk and a slow machine; three hours of 48 kHz stereo WAV are 2,000 megabytes."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Threads reserve address space, and the child's is limited."""


def decode(source: Path, target: Path) -> int:
    """Decodes any sound file that PyAV reads to a take at `target`; returns its frames. Blocks.

    Raises PracticeError with one sentence that names the file. Nothing is at `target` then but what was there before.
    """
    try:
        size = source.stat().st_size
    except OSError as error:
        raise _unreadable(source, error.strerror or str(error)) from error
    limit = LIMIT_SECONDS + LIMIT_SECONDS_PER_MEGABYTE * size / 1e6
    command = child_command("audio.decode_child", str(source.resolve()), str(target.resolve()))
    beside = part_of(target)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            env=child_environment({**ONE_THREAD, "PYTHONIOENCODING": "utf-8"}),
            check=False,
        )
        if done.returncode:
            lines = done.stdout.strip().splitlines()
            raise _unreadable(source, lines[-1] if lines else "the decoder stopped")
        beside.replace(target)
        return frames_in(target)
    except subprocess.TimeoutExpired as error:
        raise _unreadable(source, "it took too long") from error
    except OSError as error:
        raise PracticeError(f"{_name(source)} could not be taken in: {error.strerror or error}.") from error
    finally:
        beside.unlink(missing_ok=True)


def part_of(target: Path) -> Path:
    """Where the child writes: a temporary name beside the take."""
    return target.with_name(f"{target.name}.part")


def _unreadable(source: Path, why: str) -> PracticeError:
    return PracticeError(f"{_name(source)} could not be read as sound: {why}.")


def _name(source: Path) -> str:
    """The file's name as it may stand in a sentence: one line, nothing unreadable. The name is foreign too."""
    return source.name if source.name.isprintable() else repr(source.name)[1:-1]

"""A session's takes as one sound file for other programs: WAV or FLAC. The encoder itself runs in a child."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audio.child import child_command, child_environment
from audio.sound import frames
from audio.wav import read_take, write_take
from interviewer.disk.whole_file import whole_file
from interviewer.errors import PracticeError

BETWEEN_FRAMES = frames(0.5)
LIMIT_SECONDS = 300.0


def join_takes(takes: Sequence[Path], target: Path) -> None:
    """Writes takes one after the other to a WAV, half a second between them. Raises PracticeError."""
    pieces = []
    try:
        for path in takes:
            pieces += [read_take(path), np.zeros(BETWEEN_FRAMES, np.int16)]
        write_take(target, np.concatenate(pieces[:-1]) if pieces else np.zeros(0, np.int16))
    except OSError as error:
        raise _unwritten(target, error.strerror or str(error)) from error


def encode_flac(takes: Sequence[Path], target: Path) -> None:
    """The same as FLAC, bit for bit what was recorded. Blocks. Raises PracticeError; nothing is left then."""
    joined = target.with_name(f".{target.name[:60]}.wav")
    try:
        with whole_file(target) as file:
            join_takes(takes, joined)
            _encode(joined.resolve(), Path(file.name).resolve(), target)
    except OSError as error:
        raise _unwritten(target, error.strerror or str(error)) from error
    finally:
        joined.unlink(missing_ok=True)


def _encode(take: Path, flac: Path, target: Path) -> None:
    command = child_command("audio.encode_child", str(take), str(flac))
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LIMIT_SECONDS,
            env=child_environment({"PYTHONIOENCODING": "utf-8"}),
            check=False,
        )
        if done.returncode:
            lines = done.stdout.strip().splitlines()
            raise _unwritten(target, lines[-1] if lines else "the encoder stopped")
    except subprocess.TimeoutExpired as error:
        raise _unwritten(target, "it took too long") from error


def _unwritten(target: Path, why: str) -> PracticeError:
    return PracticeError(f"{target} could not be written: {why}. The recordings are untouched.")

"""A foreign sound file to a take: the parent's end. The decoder itself runs in a child with limits."""

import subprocess
import sys
from pathlib import Path

from audio.child import child_environment
from audio.wav import frames_in
from interviewer.errors import PracticeError

LIMIT_SECONDS = 120.0


def decode(source: Path, target: Path) -> int:
    """Decodes any sound file that PyAV reads to a take; returns its frames. Raises PracticeError. Blocks."""
    command = [sys.executable, "-m", "audio.decode_child", str(source.resolve()), str(target)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LIMIT_SECONDS, env=child_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PracticeError(f"{source.name} took too long to read as sound. Convert it to WAV first.") from error
    if done.returncode:
        lines = done.stdout.strip().splitlines()
        why = lines[-1] if lines else "the decoder stopped"
        raise PracticeError(f"{source.name} could not be read as sound: {why}.")
    return frames_in(target)

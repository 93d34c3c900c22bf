"""Which source of the sound server this process records from: asked of `pactl` where there is one. Takes a moment.

PortAudio sees only ALSA's "default" and "pulse", where the sound of a loudspeaker looks like any microphone.
"""

import os
import re
import shutil
import subprocess

PATIENCE_SECONDS = 1.0
"""A sound server that hangs answers nothing. Less than it takes until this process is given up itself."""


def source_in_use(pid: int, is_default: bool) -> str:
    """The name of the source a process records from, by its stream, else of the server's own where `is_default`.

    Empty where that cannot be known.
    """
    try:
        names = dict(line.split("\t")[:2] for line in _asked("list", "short", "sources").splitlines() if "\t" in line)
        for stream in reversed(_asked("list", "source-outputs").split("Source Output #")):
            source = re.search(r"^\s*Source: (\d+)$", stream, re.MULTILINE)
            if source and f'application.process.id = "{pid}"' in stream:
                return names.get(source[1], "")
        return _asked("get-default-source").strip() if is_default else ""
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""


def _asked(*words: str) -> str:
    """What pactl says, in its own language. Raises OSError and SubprocessError."""
    pactl = shutil.which("pactl") or "pactl"
    done = subprocess.run(
        [pactl, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        env={**os.environ, "LC_ALL": "C"},
        check=True,
    )
    return done.stdout.decode(errors="replace")

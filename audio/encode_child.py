"""`python -m audio.encode_child TAKE TARGET`: one take to a FLAC file. On failure the last line says why."""

import sys
from pathlib import Path

import av
from av.error import FFmpegError

from audio.wav import frames_in, read_take
from interviewer.timing import RATE_HZ

STEP_FRAMES = 4096


def main(source: str, target: str) -> int:
    """Encodes; returns the exit code."""
    try:
        _encode(Path(source), target)
    except (OSError, FFmpegError) as error:
        print(error.strerror or type(error).__name__)
        return 1
    return 0


def _encode(source: Path, target: str) -> None:
    with av.open(target, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE_HZ, layout="mono", format="s16")
        for start in range(0, frames_in(source), STEP_FRAMES):
            block = read_take(source, start, start + STEP_FRAMES)
            frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE_HZ
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

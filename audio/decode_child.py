"""`python -m audio.decode_child SOURCE TARGET`: one sound file to one take, within limits of time and memory."""

import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError

from audio.sound import SAMPLE_BYTES
from audio.wav import TakeWriter
from interviewer.timing import RATE_HZ

MEMORY_BYTES = 4 << 30
LONGEST_SECONDS = 3 * 3600


def main(source: str, target: str) -> int:
    """Prints one line of why on standard output when it fails."""
    _limit_memory()
    beside = Path(target).with_suffix(".part")
    beside.unlink(missing_ok=True)
    try:
        writer = TakeWriter(beside)
        for block in _blocks(source):
            writer.append(block)
            if writer.frames > LONGEST_SECONDS * RATE_HZ:
                print("it is longer than three hours")
                return 1
        writer.close()
    except (FFmpegError, ValueError, MemoryError, OSError) as error:
        print(getattr(error, "strerror", None) or str(error) or type(error).__name__)
        return 1
    if not writer.frames:
        print("there is no sound in it")
        return 1
    beside.replace(target)
    return 0


def _blocks(source: str) -> Iterator[bytes]:
    """The file's first sound stream as 16-bit mono at RATE_HZ."""
    with av.open(source, metadata_errors="ignore") as container:
        if not container.streams.audio:
            raise ValueError("there is no sound in it")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        for frame in container.decode(audio=0):
            frame.pts = None
            for piece in resampler.resample(frame):
                yield _bytes(piece)
        for piece in resampler.resample(None):
            yield _bytes(piece)


def _bytes(piece: av.AudioFrame) -> bytes:
    samples: np.ndarray = piece.to_ndarray()
    return samples.astype("<i2").tobytes()[: piece.samples * SAMPLE_BYTES]


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

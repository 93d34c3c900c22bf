"""`python -m audio.decode_child SOURCE TARGET`: one sound file to a take beside TARGET, within limits of memory.

On failure the last line on standard output says why, and the exit code is 1. The parent renames and cleans up.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
from av.error import ArgumentError, FFmpegError, InvalidDataError

from audio.decode import part_of
from audio.wav import TakeWriter
from interviewer.timing import RATE_HZ

MEMORY_BYTES = 2 << 30
"""Of address space. A two-channel file needs a third of it; a damaged one may ask for anything."""

LONGEST_FRAMES = 3 * 3600 * RATE_HZ

FORMATS = "aac,ac3,aiff,amr,asf,au,avi,caf,flac,flv,matroska,webm,mov,mp3,mp4,m4a,mpeg,mpegts,ogg,w64,wav,wv"
"""Containers of sound. Left out are those that name other files to open, such as playlists."""


class Unfit(Exception):
    """The file holds no sound that can be a take. The text ends a sentence."""


def main(source: str, target: str) -> int:
    """Decodes; returns the exit code."""
    _limit_memory()
    try:
        _decode(source, part_of(Path(target)))
    except (ArgumentError, InvalidDataError):
        print("it is damaged, or of a kind that is not known here")
    except FFmpegError as error:
        print(error.strerror or type(error).__name__)
    except MemoryError:
        print("it asks for too much memory")
    except OSError as error:
        print(f"the take could not be written ({error.strerror or error})")
    except (Unfit, ValueError) as error:
        print(error)
    else:
        return 0
    return 1


def _decode(source: str, target: Path) -> None:
    target.unlink(missing_ok=True)
    writer = TakeWriter(target)
    try:
        for block in _blocks(source):
            writer.append(block)
            if writer.frames > LONGEST_FRAMES:
                raise Unfit("it is longer than three hours")
        if not writer.frames:
            raise Unfit("there is no sound in it")
    finally:
        writer.close()


def _blocks(source: str) -> Iterator[bytes]:
    """The file's first sound stream as 16-bit mono at RATE_HZ, block by block. Damaged packets are skipped."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    with av.open(source, options=options, metadata_errors="ignore") as container:
        if not container.streams.audio:
            raise Unfit("there is no sound in it")
        stream = container.streams.audio[0]
        if not stream.codec_context:
            raise Unfit("its sound is of a kind that is not known here")
        stream.codec_context.thread_count = 1
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        for packet in container.demux(stream):
            with suppress(InvalidDataError):
                for frame in packet.decode():
                    frame.pts = None
                    for piece in resampler.resample(frame):
                        yield piece.to_ndarray().astype("<i2").tobytes()
        for piece in resampler.resample(None):
            yield piece.to_ndarray().astype("<i2").tobytes()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  POSIX only

        with suppress(ValueError, OSError):  # macOS knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

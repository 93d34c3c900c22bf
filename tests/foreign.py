"""Foreign sound files, written here in any codec, and what became of them. The voice in them is synthetic."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from audio.foreign_take import ForeignTake, TakeMaker
from audio.wav import frames_in, read_take
from interviewer.disk.foreign import open_file
from interviewer.timing import RATE_HZ
from tests.conftest import ROOT

CASES = ROOT / "tests" / "data" / "foreign"
SECONDS = 9.598
CODED_HZ = 48_000

Wave = npt.NDArray[np.floating[Any]]
Restamp = Callable[[float], float | None]
"""The time of a packet in seconds to the one it gets; None leaves it out."""


def voice(rate: int = CODED_HZ) -> Wave:
    """One sentence and pauses, 9.6 s."""
    pieces = []
    with av.open(str(CASES / "s.wav")) as container:
        resampler = av.AudioResampler("flt", "mono", rate)
        for frame in container.decode(audio=0):
            pieces += [piece.to_ndarray()[0] for piece in resampler.resample(frame)]
        pieces += [piece.to_ndarray()[0] for piece in resampler.resample(None)]
    return np.concatenate(pieces)


VOICE, TRUE = voice(), voice(RATE_HZ)


def side_by_side(*channels: Wave) -> Wave:
    return np.stack(channels, axis=1)


def packets(stream: Any, wave: Wave, rate: int, layout: str) -> list[Any]:
    """A wave of shape (frames,) or (frames, channels) through a stream's encoder."""
    context = stream.codec_context
    context.open()
    count = context.frame_size or 1024
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave, np.float32).reshape(1, -1), "flt", layout)
    frame.sample_rate = rate
    resampler = av.AudioResampler(context.format, layout, rate, frame_size=count)
    made = []
    for number, piece in enumerate([*resampler.resample(frame), *resampler.resample(None)]):
        piece.pts, piece.time_base = number * count, Fraction(1, rate)
        made += stream.encode(piece)
    return made + stream.encode(None)


def coded(
    path: Path,
    codec: str,
    wave: Wave = VOICE,
    *,
    rate: int = CODED_HZ,
    layout: str = "mono",
    restamp: Restamp | None = None,
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """A wave as a file; `options` are the encoder's."""
    with av.open(str(path), "w") as container:
        container.metadata.update(tags or {})
        stream: Any = container.add_stream(codec, rate=rate, layout=layout, options=options or {})
        for packet in packets(stream, wave, rate, layout):
            if restamp:
                time = restamp(float((packet.pts or 0) * packet.time_base))
                if time is None:
                    continue
                packet.pts = packet.dts = round(time / packet.time_base)
            container.mux(packet)
    return path


def with_picture(path: Path, video: str, audio: str, audio_at: float, video_at: float = 0.0) -> Path:
    """The voice beside moving pictures, each beginning when it is told to."""
    with av.open(str(path), "w") as container:
        screen: Any = container.add_stream(video, rate=10)
        screen.width, screen.height = 64, 48
        screen.pix_fmt = "yuvj420p" if video == "mjpeg" else "yuv420p"
        sound: Any = container.add_stream(audio, rate=CODED_HZ, layout="mono")
        made = [(audio_at, packet) for packet in packets(sound, VOICE, CODED_HZ, "mono")]
        for number in range(110):
            frame = av.VideoFrame(64, 48, screen.pix_fmt)
            frame.pts, frame.time_base = number, Fraction(1, 10)
            made += [(video_at, packet) for packet in screen.encode(frame)]
        made += [(video_at, packet) for packet in screen.encode(None)]
        timed = [(float((packet.pts or 0) * packet.time_base) + late, packet) for late, packet in made]
        for time, packet in sorted(timed, key=lambda each: each[0]):
            packet.pts = packet.dts = round(time / packet.time_base)
            container.mux(packet)
    return path


def several(path: Path, codec: str, tracks: Sequence[Wave], default: int) -> Path:
    """A file with several sound streams, one of which is marked as the usual one."""
    with av.open(str(path), "w") as container:
        streams: list[Any] = [container.add_stream(codec, rate=CODED_HZ, layout="mono") for _ in tracks]
        for place, stream in enumerate(streams):
            usual = av.stream.Disposition.default
            stream.disposition = usual if place == default else av.stream.Disposition(0)
        made = [packets(stream, wave, CODED_HZ, "mono") for stream, wave in zip(streams, tracks, strict=True)]
        for packet in sorted((each for track in made for each in track), key=lambda each: each.pts * each.time_base):
            container.mux(packet)
    return path


def damaged(path: Path, start: float = 0.4, share: float = 0.07, seed: int = 1) -> Path:
    """A copy of a file of which some share of the bytes is noise."""
    data = bytearray(path.read_bytes())
    first, count = int(len(data) * start), int(len(data) * share)
    data[first : first + count] = np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8).tobytes()
    other = path.with_name(f"damaged-{path.name}")
    other.write_bytes(data)
    return other


def taken(path: Path) -> tuple[ForeignTake, Wave]:
    """A file as a take beside it, full scale at 1; decoded in this process, without the child and its limits."""
    target = path.with_name("take.wav")
    with open_file(path) as file:
        take = TakeMaker(file, lambda: None).make(target)
    assert take.frames == frames_in(target)
    return take, read_take(target).astype(np.float32) / 32_768


def level_db(wave: Wave) -> float:
    return float(10 * np.log10(np.square(wave, dtype=np.float64).mean() + 1e-20))


def place_of(wave: Wave, start: float, end: float) -> tuple[float, float]:
    """Where a stretch of the voice is in a take: its shift in seconds, and the correlation there."""
    part = TRUE[round(start * RATE_HZ) : round(end * RATE_HZ)].astype(np.float64)
    size = 1 << (len(wave) + len(part)).bit_length()
    match = np.fft.irfft(np.fft.rfft(wave, size) * np.conj(np.fft.rfft(part, size)), size)[: len(wave)]
    at = int(np.abs(match).argmax())
    there = wave[at : at + len(part)].astype(np.float64)
    likeness = abs(match[at]) / np.sqrt(np.square(part).sum() * np.square(there).sum() + 1e-12)
    return at / RATE_HZ - start, float(likeness)


def loudest_between(wave: Wave, start: float, end: float) -> float:
    return float(np.abs(wave[round(start * RATE_HZ) : round(end * RATE_HZ)]).max(initial=0.0))

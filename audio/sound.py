"""Sound as numbers: the format of every take, its level, and frames against seconds. No device, no file."""

import numpy as np
import numpy.typing as npt

from interviewer.loudness import Loudness
from interviewer.timing import RATE_HZ

SAMPLE_BYTES = 2
"""Takes are 16-bit mono at RATE_HZ."""

BLOCK_FRAMES = 512
"""Frames a callback brings at RATE_HZ: 32 ms, one step of the voice detector."""

SILENT_DBFS = -120.0

Samples = npt.NDArray[np.int16]
Wave = npt.NDArray[np.float32]


def level_dbfs(block: Samples) -> float:
    """Root mean square of a block in dB below full scale; SILENT_DBFS for digital silence."""
    if not block.size:
        return SILENT_DBFS
    wave = block.astype(np.float32) / 32768
    power = float(wave.dot(wave)) / wave.size
    return max(SILENT_DBFS, 10 * float(np.log10(power))) if power > 0 else SILENT_DBFS


def peak_dbfs(block: Samples) -> float:
    """The loudest sample of a block in dB below full scale."""
    loudest = int(np.abs(block.astype(np.int32)).max(initial=0))
    return 20 * float(np.log10(loudest / 32768)) if loudest else SILENT_DBFS


def loudness(samples: Samples) -> Loudness:
    """The measures of a recorded sentence. One without a whole block has no levels."""
    wave = samples.astype(np.float32) / 32768
    count = len(wave) // BLOCK_FRAMES
    if not count:
        return Loudness(len(wave) / RATE_HZ, SILENT_DBFS, SILENT_DBFS, SILENT_DBFS)
    centre = float(wave.mean())
    powers = np.square(wave[: count * BLOCK_FRAMES] - centre).reshape(count, BLOCK_FRAMES).mean(axis=1)
    levels = 10 * np.log10(np.maximum(powers, 10 ** (SILENT_DBFS / 10)))
    loudest = float(np.abs(wave - centre).max())
    return Loudness(
        len(wave) / RATE_HZ,
        20 * float(np.log10(loudest)) if loudest else SILENT_DBFS,
        float(np.percentile(levels, 95)),
        float(np.percentile(levels, 5)),
        float((samples == 0).mean()),
        float((np.abs(samples.astype(np.int32)) >= 32_760).mean()),
        centre,
    )


def frames(seconds: float) -> int:
    """Whole frames in a time."""
    return round(seconds * RATE_HZ)


def seconds(frame_count: int) -> float:
    """The time of a number of frames."""
    return frame_count / RATE_HZ

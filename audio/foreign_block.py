"""A stretch of foreign sound of one format, as numbers. Knows no file and no decoder."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audio.sound import Wave

BROKEN_SAMPLE = 1e6
"""No recorder writes a float so large; it is damage."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sound of one format: shape (channels, frames), full scale at 1."""

    wave: Wave
    rate_hz: int
    is_float: bool
    """It may go beyond full scale."""


def wave_of(samples: npt.NDArray[Any], form: str) -> Wave:
    """Samples of any format as floats with full scale at 1. What is no number is silent."""
    if form.startswith("u8"):
        return (np.ascontiguousarray(samples, np.float32) - np.float32(128)) / np.float32(128)
    if samples.dtype.kind == "i":
        return np.ascontiguousarray(samples, np.float32) / np.float32(2.0 ** (8 * samples.dtype.itemsize - 1))
    wave: Wave = np.ascontiguousarray(samples, np.float32)
    if not (wave.min() > -BROKEN_SAMPLE and wave.max() < BROKEN_SAMPLE):
        wave = np.where(np.abs(wave) < BROKEN_SAMPLE, wave, np.float32(0))
    return wave

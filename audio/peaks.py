"""A take as a picture: how loud each fiftieth of a second is. Blocks on the disk."""

from pathlib import Path

import numpy as np

from audio.sound import frames
from audio.wav import read_take

STEP_FRAMES = frames(0.02)


def peaks_of(path: Path) -> bytes:
    """One byte for each STEP_FRAMES of a take: its loudest sample, 255 at full scale. Raises OSError."""
    take = read_take(path)
    whole = np.abs(take[: len(take) // STEP_FRAMES * STEP_FRAMES].astype(np.int32))
    return bytes((whole.reshape(-1, STEP_FRAMES).max(axis=1) // 129).clip(0, 255).tolist())

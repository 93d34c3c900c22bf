"""A stream of samples at one rate to another, block by block. PyAV does the arithmetic; used in children only."""

import numpy as np

from audio.sound import Samples
from interviewer.timing import RATE_HZ


class Resampler:
    """Keeps its state between blocks, so that a stream comes out without seams."""

    def __init__(self, from_hz: int, to_hz: int = RATE_HZ) -> None:
        import av  # noqa: PLC0415  0.1 s, and only cards that refuse 16 kHz need it

        self._from_hz = from_hz
        self._frame = av.AudioFrame.from_ndarray
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=to_hz)

    def feed(self, block: Samples, last: bool = False) -> Samples:
        """The samples that `block` (shape (n,), int16) completes; with `last`, all that are left as well."""
        frame = self._frame(np.ascontiguousarray(block)[None, :], format="s16", layout="mono")
        frame.sample_rate = self._from_hz
        out = self._resampler.resample(frame)
        if last:
            out += self._resampler.resample(None)
        pieces = [piece.to_ndarray()[0] for piece in out]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

"""Several channels to one, decided over the whole file: as loud as its loudest channel, and nothing cancelled.

Channels are added up. Where that would cancel some of what the loudest says, it is taken alone.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from audio.sound import Wave

Weights = npt.NDArray[np.float32]
"""What each channel counts for."""

STEPS_A_SECOND = 20
CANCELLED_POWER = 0.3
"""The sum of a step has less than this share of its loudest channel's power."""

CANCELLED_SHARE = 0.02
"""So much of the sound, by power, may be cancelled."""

MUDDLED_POWER = 0.6
"""Two channels speak at once, and their sum has less than this share of what the same voice in step would have."""

MUDDLED_SHARE = 0.5
"""So much may be muddled: two people who each have a channel talk at once now and then, two microphones always."""

LIMIT_DB = 0.8
"""Weights stand when they come so close to the loudest channel's level."""

SILENT_POWER = 1e-6
"""-60 dB below full scale: no voice."""


class Downmix:
    """Mixes block after block, and measures as it goes. Weights that are not given are equal ones."""

    def __init__(self, weights: Mapping[int, Weights]) -> None:
        self._given = weights
        self._powers: dict[int, npt.NDArray[np.float64]] = {}
        self._sums: dict[int, float] = {}
        self._cancelled: dict[int, float] = {}
        self._muddled: dict[int, float] = {}
        self._whole: dict[int, float] = {}
        self.loudest_power = 0.0
        """Mean square of the loudest step so far, in its loudest channel."""

    @property
    def is_silent(self) -> bool:
        return self.loudest_power < SILENT_POWER

    def mix(self, block: Wave, rate_hz: int) -> Wave:
        """One channel, shape (frames,), of a block of shape (frames, channels)."""
        channels = block.shape[1]
        self._measure(block, max(1, rate_hz // STEPS_A_SECOND))
        if channels == 1:
            return block[:, 0]
        mixed: Wave = block @ self._given.get(channels, _equal(channels))
        return mixed

    def better(self) -> dict[int, Weights]:
        """The weights by number of channels that should have been used, where others were that do not do."""
        found = {}
        for channels, powers in self._powers.items():
            loudest = int((powers >= 0.9 * powers.max()).argmax())  # the first of those that are as loud
            if powers[loudest] <= 0:
                continue
            whole, used = self._whole[channels], self._given.get(channels, _equal(channels))
            if self._cancelled[channels] > CANCELLED_SHARE * whole or self._muddled[channels] > MUDDLED_SHARE * whole:
                right = np.eye(1, channels, loudest, dtype=np.float32)[0]
                is_close = bool((used == right).all())
            else:
                right = np.full(channels, np.sqrt(powers[loudest] / self._sums[channels]), np.float32)
                is_close = not is_one_alone(used) and abs(20 * np.log10(right[0] / used[0])) < LIMIT_DB
            if not is_close:
                found[channels] = right
        return found

    def _measure(self, block: Wave, step: int) -> None:
        channels = block.shape[1]
        starts = np.arange(0, len(block), step)
        lengths = np.diff(np.append(starts, len(block)))
        powers = np.add.reduceat(np.square(block), starts, axis=0).astype(np.float64)
        loudest = powers.max(axis=1)
        self.loudest_power = max(self.loudest_power, float((loudest / lengths).max()))
        if channels == 1:
            return
        sums = np.add.reduceat(np.square(block.sum(axis=1)), starts).astype(np.float64)
        together = np.square(np.sqrt(powers).sum(axis=1))
        second = np.partition(powers, -2, axis=1)[:, -2]
        is_muddled = (second > loudest / 4) & (sums < MUDDLED_POWER * together)
        self._powers[channels] = self._powers.get(channels, np.zeros(channels)) + powers.sum(axis=0)
        for found, value in (
            (self._sums, sums.sum()),
            (self._cancelled, loudest[sums < CANCELLED_POWER * loudest].sum()),
            (self._muddled, loudest[is_muddled].sum()),
            (self._whole, loudest.sum()),
        ):
            found[channels] = found.get(channels, 0.0) + float(value)


def is_one_alone(weights: Weights) -> bool:
    """Whether these leave out all channels but one."""
    return int(np.count_nonzero(weights)) == 1


def _equal(channels: int) -> Weights:
    return np.full(channels, 1 / channels, np.float32)

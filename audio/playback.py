"""One take, or a part of it, on the loudspeaker. Lives in the sound child, which hands in the sounddevice library."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from audio.child import Message
from audio.resampler import Resampler
from audio.sound import Samples
from audio.tempo import stretched
from audio.wav import read_take
from interviewer.timing import RATE_HZ

LATENCY_SECONDS = 0.2
"""Less gave audible gaps on a busy machine (measured on PulseAudio)."""

PADDING_SECONDS = 0.6
"""Silence after the take: the card drops the last `latency` seconds (measured on PulseAudio)."""


class Playback:
    """One take, or a part of it, on the loudspeaker."""

    def __init__(self, sounddevice: Any, order: Message, volume: float, on_end: Callable[[], None]) -> None:
        self.id = order["id"]
        self.volume = volume
        self._rate = float(order["rate"])
        self._start = int(order["start"])
        self._at = 0
        take = read_take(Path(order["path"]), self._start, order["end"])
        if self._rate != 1.0:
            take = stretched(take, self._rate)
        details = sounddevice.query_devices(None, "output")
        rate_hz, take = self._at_a_rate_the_card_takes(sounddevice, take, int(details["default_samplerate"]))
        self._rate_hz = rate_hz
        self._length = len(take)
        self._sound = np.concatenate([take, np.zeros(int(PADDING_SECONDS * rate_hz), np.int16)])
        self._stream = sounddevice.OutputStream(
            samplerate=rate_hz,
            latency=LATENCY_SECONDS,
            channels=1,
            dtype="int16",
            callback=self._wanted,
            finished_callback=on_end,
        )
        self._stop = sounddevice.CallbackStop
        self._stream.start()

    @staticmethod
    def _at_a_rate_the_card_takes(sounddevice: Any, take: Samples, own_rate_hz: int) -> tuple[int, Samples]:
        try:
            sounddevice.check_output_settings(channels=1, dtype="int16", samplerate=RATE_HZ)
            return RATE_HZ, take
        except sounddevice.PortAudioError:
            return own_rate_hz, Resampler(RATE_HZ, own_rate_hz).feed(take, last=True)

    def _wanted(self, out: Samples, count: int, when: Any, status: Any) -> None:
        piece = self._sound[self._at : self._at + count]
        out[: len(piece), 0] = piece if self.volume == 1.0 else piece * self.volume
        out[len(piece) :, 0] = 0
        self._at += count
        if self._at >= len(self._sound):
            raise self._stop

    @property
    def frame(self) -> int:
        """The frame of the take that is being heard now."""
        heard = max(0, min(self._at, self._length) - int(LATENCY_SECONDS * self._rate_hz))
        return self._start + round(heard * self._rate * RATE_HZ / self._rate_hz)

    def close(self) -> None:
        self._stream.abort()
        self._stream.close()

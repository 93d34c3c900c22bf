"""One open input stream of the sound card. Lives in the sound child, which hands in the sounddevice library."""

import time
from collections.abc import Callable
from typing import Any

from audio.child import Message
from audio.resampler import Resampler
from audio.scribe import Scribe
from audio.sound import BLOCK_FRAMES, SILENT_DBFS, Samples, level_dbfs, peak_dbfs
from interviewer.timing import RATE_HZ

FALLBACK_RATES_HZ = (48_000, 44_100)
"""Tried after 16 kHz and the device's own rate."""


class Microphone:
    """One open input stream. Hands 16 kHz blocks to the scribe; keeps what the ticker tells."""

    def __init__(self, sounddevice: Any, device: int | None, scribe: Scribe, on_lost: Callable[[], None]) -> None:
        self._scribe = scribe
        self._on_lost = on_lost
        self._closing = False
        self._loudest = self._peak = SILENT_DBFS
        self._zeros_since: float | None = None
        self.last_block = 0.0
        details = sounddevice.query_devices(device, "input")
        self.name = str(details["name"])
        self.is_default = device is None
        self._resampler: Resampler | None = None
        self._stream = self._open(sounddevice, device, int(details["default_samplerate"]))
        self._stream.start()

    def _open(self, sounddevice: Any, device: int | None, own_rate_hz: int) -> Any:
        rates = list(dict.fromkeys((RATE_HZ, own_rate_hz, *FALLBACK_RATES_HZ)))
        for rate_hz in rates:
            try:
                stream = sounddevice.InputStream(
                    samplerate=rate_hz,
                    blocksize=BLOCK_FRAMES * rate_hz // RATE_HZ,
                    latency="high",
                    device=device,
                    channels=1,
                    dtype="int16",
                    callback=self._arrived,
                    finished_callback=self._finished,
                )
            except sounddevice.PortAudioError:
                if rate_hz == rates[-1]:
                    raise
                continue
            self._resampler = Resampler(rate_hz) if rate_hz != RATE_HZ else None
            return stream
        raise AssertionError("unreachable: the last rate returns or raises")

    def _arrived(self, block: Samples, count: int, when: Any, status: Any) -> None:
        samples = block[:, 0].copy()
        self.last_block = time.monotonic()
        self._loudest = max(self._loudest, level_dbfs(samples))
        self._peak = max(self._peak, peak_dbfs(samples))
        if samples.any():
            self._zeros_since = None
        elif self._zeros_since is None:
            self._zeros_since = self.last_block
        if self._resampler:
            samples = self._resampler.feed(samples)
        self._scribe.block(samples.tobytes())

    def _finished(self) -> None:
        if not self._closing:
            self._on_lost()

    def reading(self) -> Message:
        """Level since the last reading, seconds of digital silence, seconds since the last block (None before it)."""
        now = time.monotonic()
        level, peak = self._loudest, self._peak
        self._loudest = self._peak = SILENT_DBFS
        return {
            "dbfs": round(level, 1),
            "peak": round(peak, 1),
            "zeros": round(now - self._zeros_since, 2) if self._zeros_since else 0.0,
            "age": round(now - self.last_block, 3) if self.last_block else None,
        }

    def close(self) -> None:
        self._closing = True
        self._stream.abort()
        self._stream.close()

"""A foreign file decoded to a take, with all that is worth knowing of it. Names av; runs in the decoder's child.

Decoded once, and again only where that shows that it must be done otherwise: another stream, other weights for the
channels, a lower level. Each is decided over the whole file; its beginning only gives a first guess of the weights.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import av
import numpy as np

from audio.downmix import Downmix, Weights, is_one_alone
from audio.foreign_block import Block
from audio.foreign_bytes import ForeignBytes
from audio.foreign_clock import ForeignClock
from audio.foreign_file import Part, View, parts_of
from audio.foreign_sound import ForeignSound, Unfit
from audio.losses import Losses
from audio.sound import Wave
from audio.wav import TakeWriter
from interviewer.timing import RATE_HZ, clock_text

LONGEST_FRAMES = 3 * 3600 * RATE_HZ

FORMATS = "aac,ac3,aiff,amr,asf,au,avi,caf,flac,flv,matroska,webm,mov,mp3,mp4,m4a,mpeg,mpegts,ogg,w64,wav,wv"
"""Containers of sound. Left out are those that name other files to open, such as playlists."""

LOOKED_FRAMES = 20 * RATE_HZ
BUFFER_BYTES = 1 << 17
MOST_STREAMS = 16
"""So many are listened to for one that is not silent."""

TOP = 32_735 / 32_768
"""The loudest sample of what was turned down: below the limit, and no quieter than can be heard."""

TOLD_DB = 1.0
FULL_SCALE = 32_767 / 32_768
CLIPPED = 1.12
"""Whole numbers that are clipped already rise by up to 1 dB with another rate; there is nothing left to save."""


@dataclass(frozen=True, slots=True)
class ForeignTake:
    """What became of a file: the take's frames, the file's own tags, and a sentence for each thing worth knowing."""

    frames: int
    tags: Mapping[str, str]
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Pass:
    """One time through the file."""

    downmix: Downmix
    losses: Losses = field(default_factory=Losses)
    tags: dict[str, str] = field(default_factory=dict)
    clock: ForeignClock | None = None
    streams: int = 0
    stream: int = 0
    has_sound: bool = False
    frames: int = 0
    highest: float = 0.0
    lowest: float = 0.0
    is_float: bool = False
    unread_at: float | None = None
    """Where another recording begins in it that is damaged."""
    breaks_off: tuple[float, float] | None = None
    """Where it does, and the length it names."""
    is_absurd: bool = False

    @property
    def peak(self) -> float:
        """Of full scale."""
        return max(self.highest, -self.lowest)

    @property
    def is_over(self) -> bool:
        """Something would be clipped that was not."""
        return self.peak >= (FULL_SCALE if self.is_float else CLIPPED)


Append = Callable[[bytes], None]


class TakeMaker:
    """Makes one take of one open file. `on_progress` is called at least with every second of sound."""

    def __init__(self, file: BinaryIO, on_progress: Callable[[], None]) -> None:
        self._file = ForeignBytes(file, on_progress)
        self._parts = parts_of(self._file)
        self._on_progress = on_progress

    def make(self, target: Path) -> ForeignTake:
        """Writes the take to `target`. Raises Unfit, FFmpegError, OSError and MemoryError."""
        weights = self._through(None, {}, 1.0, _nowhere, LOOKED_FRAMES).downmix.better()
        first = found = self._write(target, None, weights, 1.0)
        if found.downmix.is_silent and (other := self._other_stream(found)) is not None:
            found = self._write(target, other, weights, 1.0)
        if better := found.downmix.better():
            weights = {**weights, **better}
            found = self._write(target, found.stream, weights, 1.0)
        peak = found.peak if found.is_over else 0.0
        if peak:
            found = self._write(target, found.stream, weights, TOP / peak)
        if not found.has_sound:
            raise Unfit("there is no sound in it that can be read")
        return ForeignTake(found.frames, first.tags, tuple(self._notices(found, first, weights, peak)))

    def _notices(self, found: _Pass, first: _Pass, weights: Mapping[int, Weights], peak: float) -> Iterator[str]:
        if found.streams > 1:
            why = "" if found.stream == first.stream else f", because track {first.stream + 1} is silent"
            yield f"Track {found.stream + 1} of {found.streams} was taken{why}."
        if found.unread_at is not None:
            yield f"What follows {clock_text(found.unread_at)} could not be read."
        if found.breaks_off:
            at, named = map(clock_text, found.breaks_off)
            yield f"It breaks off at {at} of {named}."
        yield from found.losses.sentences()
        if found.is_absurd:
            yield "Some of its time stamps cannot be right and were not followed."
        if any(part.is_wrong for part in self._parts):
            yield "The length in its header is wrong. All of its sound was taken."
        if any(map(is_one_alone, weights.values())):
            yield "Its channels cancel each other out, so the loudest one was taken alone."
        if peak and (down := 20 * np.log10(peak)) >= TOLD_DB:
            yield f"It goes beyond full scale and was turned down by {down:.0f} dB."
        if found.downmix.is_silent:
            yield "There is no sound to be heard in it."

    def _other_stream(self, silent: _Pass) -> int | None:
        """The loudest of the other streams, if one is not silent."""
        others = [place for place in range(min(silent.streams, MOST_STREAMS)) if place != silent.stream]
        powers = {}
        for place in others:
            try:
                powers[place] = self._through(place, {}, 1.0, _nowhere).downmix.loudest_power
            except Unfit:
                continue
        best = max(powers, key=lambda place: powers[place], default=None)
        return best if best is not None and powers[best] > silent.downmix.loudest_power else None

    def _write(self, target: Path, stream: int | None, weights: Mapping[int, Weights], gain: float) -> _Pass:
        target.unlink(missing_ok=True)
        writer = TakeWriter(target)
        try:
            return self._through(stream, weights, gain, writer.append)
        finally:
            writer.close()

    def _through(
        self,
        stream: int | None,
        weights: Mapping[int, Weights],
        gain: float,
        append: Append,
        most: int = LONGEST_FRAMES,
    ) -> _Pass:
        """One time through all parts, or through the first `most` frames."""
        now = _Pass(Downmix(weights))
        resampler = _Resampler()
        for number, part in enumerate(self._parts):
            try:
                clock = now.clock if part.follows_after is not None else None
                for block in self._blocks(part, stream, clock, now):
                    now.is_float = now.is_float or block.is_float
                    for wave in resampler.resampled(now.downmix.mix(block.wave, block.rate_hz), block.rate_hz):
                        self._take(wave * np.float32(gain), now, append)
                    if now.frames >= most:
                        return now
            except (ValueError, Unfit):
                if not number or now.frames > LONGEST_FRAMES:
                    raise
                now.unread_at = now.frames / RATE_HZ
        for wave in resampler.rest():
            self._take(wave * np.float32(gain), now, append)
        return now

    def _take(self, wave: Wave, now: _Pass, append: Append) -> None:
        self._on_progress()
        now.highest = max(now.highest, float(wave.max(initial=0.0)))
        now.lowest = min(now.lowest, float(wave.min(initial=0.0)))
        append(np.clip(np.rint(wave * 32_768), -32_768, 32_767).astype("<i2").tobytes())
        now.frames += len(wave)
        if now.frames > LONGEST_FRAMES:
            raise Unfit("it is longer than three hours")

    def _blocks(self, part: Part, place: int | None, clock: ForeignClock | None, now: _Pass) -> Iterator[Block]:
        options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
        view: Any = View(self._file, part)
        with av.open(
            view, format=part.format, options=options, metadata_errors="ignore", buffer_size=BUFFER_BYTES
        ) as container:
            streams = container.streams.audio
            if not streams:
                raise Unfit("there is no sound in it")
            known = [each for each in range(len(streams)) if streams[each].codec_context]
            usual = next((each for each in known if _is_default(streams[each])), known[0] if known else None)
            chosen = usual if place is None else place
            if chosen is None or chosen not in known:
                raise Unfit("its sound is of a kind that is not known here")
            stream = streams[chosen]
            now.streams, now.stream = len(streams), chosen
            now.tags = {**stream.metadata, **container.metadata, **now.tags}
            begin = now.frames / RATE_HZ - (clock.now if clock else 0.0)
            sound = ForeignSound(container, stream, now.losses, begin, clock, part.follows_after)
            now.clock = sound.clock
            if part.named_seconds is not None:
                sound.named = part.named_seconds
            yield from sound.blocks()
            now.has_sound = now.has_sound or sound.has_sound
            if sound.breaks_off:
                now.breaks_off = (begin + sound.clock.now, begin + sound.breaks_off)
            now.is_absurd = now.is_absurd or sound.clock.is_absurd


def _nowhere(block: bytes) -> None:
    """For what is only measured."""


class _Resampler:
    """One channel of any rate to RATE_HZ, rebuilt where the rate changes."""

    def __init__(self) -> None:
        self._rate = RATE_HZ
        self._inner: av.AudioResampler | None = None

    def resampled(self, wave: Wave, rate_hz: int) -> Iterator[Wave]:
        if rate_hz != self._rate:
            yield from self.rest()
            self._rate = rate_hz
            self._inner = av.AudioResampler("flt", "mono", RATE_HZ) if rate_hz != RATE_HZ else None
        if self._inner is None:
            yield wave
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave).reshape(1, -1), "flt", "mono")
        frame.sample_rate = rate_hz
        for piece in self._inner.resample(frame):
            yield piece.to_ndarray()[0]

    def rest(self) -> Iterator[Wave]:
        """What is left in it, at the end or before another rate."""
        inner, self._inner, self._rate = self._inner, None, RATE_HZ
        if inner:
            for piece in inner.resample(None):
                yield piece.to_ndarray()[0]


def _is_default(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.default)

"""A foreign file's sound as blocks of numbers, each at its place: damage skipped and silent, holes filled. Names av.

Whatever a decoder refuses is passed over. Blocks may change in rate, channels and format from one to the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.error import FFmpegError

from audio.foreign_block import Block, wave_of
from audio.foreign_clock import ForeignClock
from audio.losses import Loss, Losses, Why

STAMPED = {"matroska", "webm", "mov", "mp4", "ogg", "asf", "flv", "mpegts", "mpeg", "flac", "caf", "wv"}
"""Containers whose time stamps were written by the recorder. In the others they are counted up by the reader."""

UNNAMED = {"aac", "mp3", "ac3", "eac3", "amr", "amrnb", "amrwb", "ogg", "mpegts", "mpeg"}
"""Containers that do not name their length; what the reader says is a guess, or what is there."""

PACKED = {"matroska", "webm", "flac", "flv"}
"""Containers with next to nothing between one packet and the next."""

PACKED_BYTES = 600
"""More than this between two packets was not understood."""

NEAR_SECONDS = 0.15
"""So close to damage, what is beyond full scale is damage too."""

BETTER = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}
"""Decoders that know the pauses in which a telephone sends nothing."""

MOST_FAILURES = 20_000
"""Failures one after the other, without a packet between them; then this is the end."""

BLOCK_SECONDS = 1.0
BLOCK_SAMPLES = 1 << 20
RATES_HZ = range(1_000, 1_000_000)
LONGEST_NAMED_SECONDS = 24 * 3600.0
"""A file that says it is longer does not know."""

BREAK_SECONDS = 0.5
"""A file that is so much shorter than it says breaks off."""


class Unfit(Exception):
    """The file holds no sound that can be a take. The text ends a sentence."""


@dataclass(frozen=True, slots=True)
class _Shape:
    rate_hz: int
    channels: int
    format: str


class ForeignSound:
    """One sound stream of an open container, read once.

    `begin` is where its clock begins in the take, in seconds. Where it goes on after a break, that is the clock of the
    part before, and `lost_seconds` says how long the break may be.
    """

    def __init__(
        self,
        container: Any,
        stream: Any,
        losses: Losses,
        begin: float,
        clock: ForeignClock | None = None,
        lost_seconds: float | None = None,
    ) -> None:
        names = set(container.format.name.split(","))
        self._container, self._stream = container, stream
        self._losses, self._begin = losses, begin
        self._is_stamped, self._is_packed = bool(names & STAMPED), bool(names & PACKED)
        self.named: float | None = None if names & UNNAMED else _said_seconds(container, stream)
        """Seconds that the file says it has."""
        self._ticks: dict[int, float] = {}
        """Seconds of a time stamp's step, by the stream's index. To work with fractions takes longer than to decode."""
        self._decoder = _decoder(stream)
        self._can_astray = not stream.codec_context.name.startswith("pcm_")
        start = container.start_time
        self.clock = clock or ForeignClock(0.0 if start is None else start / av.time_base)
        self.breaks_off: float | None = None
        """The length it names, where it ends before."""
        self._shape: _Shape | None = None
        self._batch: list[npt.NDArray[Any]] = []
        self._batched = 0
        self._held: tuple[Any, float] | None = None
        """A frame that is late, and by how much: one alone may bear a wrong stamp."""
        self._lost_seconds = lost_seconds or 0.0
        """Of packets that could not be decoded since the last good one."""
        self._is_damaged = lost_seconds is not None
        self._near_until = NEAR_SECONDS if self._is_damaged else 0.0
        """Until here on the clock, what is beyond full scale is damage."""
        self._is_skipped = False
        """The container's reader passed over something."""
        self._packet_end = 0
        self._last_stamp = 0.0
        """The end of the last packet of any stream, on the file's clock or from its beginning."""
        self._frame_seconds = 0.0
        self.has_sound = False
        """Something could be decoded."""

    def blocks(self) -> Iterator[Block]:
        """All of it, in order."""
        for packet in self._packets():
            if not packet.size and packet.pts is not None:
                continue  # it is empty, and not the end
            try:
                frames = self._decoder.decode(packet if packet.size else None)
            except MemoryError:
                raise
            except (FFmpegError, ValueError):
                self._damage(self._length(packet))
                continue
            for frame in frames:
                if frame.is_corrupt and frame.sample_rate:
                    self._damage(frame.samples / frame.sample_rate)
                elif frame.samples and frame.sample_rate:
                    yield from self._placed(frame)
        yield from self._end()

    def _packets(self) -> Iterator[Any]:
        """The stream's packets and the empty one at its end, past what the container's reader refuses."""
        failures = 0
        while failures < MOST_FAILURES:
            try:
                for packet in self._container.demux():
                    failures = 0
                    self._look_at(packet)
                    if packet.stream_index == self._stream.index:
                        yield packet
                return
            except MemoryError:
                raise
            except (FFmpegError, OSError, ValueError):
                failures += 1
                self._damage(0.0)
        yield av.Packet()

    def _length(self, packet: Any) -> float:
        """Seconds of a packet that could not be decoded."""
        if packet.duration and packet.time_base:
            return min(float(packet.duration * packet.time_base), 10.0)
        return self._frame_seconds

    def _look_at(self, packet: Any) -> None:
        """Where a packet of any stream lies, in the file and in time."""
        if not packet.size:
            return
        if packet.pts is not None:
            tick = self._ticks.get(packet.stream_index)
            if tick is None:
                tick = self._ticks[packet.stream_index] = float(packet.time_base or 0)
            end = (packet.pts + (packet.duration or 0)) * tick
            self._last_stamp = max(self._last_stamp, end, end - self.clock.zero)
        if packet.pos is not None and self._is_packed:
            self._is_skipped = self._is_skipped or 0 < self._packet_end < packet.pos - PACKED_BYTES
            self._packet_end = max(self._packet_end, packet.pos + packet.size)

    def _damage(self, seconds: float) -> None:
        """Something cannot be read. What came just before it may be damaged as well."""
        if not self._is_damaged:
            self._distrust(is_told=True)
        self._is_damaged = True
        self._lost_seconds += seconds
        self._near_until = self.clock.now + NEAR_SECONDS

    def _distrust(self, is_told: bool) -> None:
        """Makes the last frames silent that go beyond full scale: no recorder, but a decoder that was led astray."""
        back = 0.0
        for place in range(len(self._batch) - 1, -1, -1):
            if back > NEAR_SECONDS or not self._shape:
                break
            seconds = self._batch[place].shape[1] / self._shape.rate_hz
            back += seconds
            if self._is_astray(self._batch[place]):
                self._batch[place] = np.zeros_like(self._batch[place])
                if is_told:
                    self._losses.add(Loss(self._begin + self.clock.now - back, seconds, Why.UNREADABLE))

    def _is_astray(self, samples: npt.NDArray[Any]) -> bool:
        return self._can_astray and samples.dtype.kind == "f" and not float(np.abs(samples).max(initial=0.0)) <= 1.0

    def _placed(self, frame: Any) -> Iterator[Block]:
        """A frame, after the silence that belongs before it."""
        gap, stamp = 0.0, frame.pts
        tick = self._ticks.get(self._stream.index, 0.0) if self._is_stamped else 0.0
        if stamp is not None and tick:
            gap = self.clock.gap(stamp * tick, self._is_damaged)
        if self._held:
            held, late = self._held
            self._held = None
            if gap > late / 2:
                yield from self._silence(late, Why.UNREADABLE if self._is_skipped else Why.PAUSE)
                self._is_skipped = False
            yield from self._taken(held)
            yield from self._placed(frame)
            return
        if self._is_damaged:
            yield from self._silence(gap if stamp is not None and tick else self._lost_seconds, Why.UNREADABLE)
            self._is_damaged, self._lost_seconds = False, 0.0
            self._near_until = self.clock.now + NEAR_SECONDS
        elif gap:
            self._held = (frame, gap)
            return
        yield from self._taken(frame)

    def _taken(self, frame: Any) -> Iterator[Block]:
        shape = _Shape(frame.sample_rate, frame.layout.nb_channels, frame.format.name)
        if shape != self._shape:
            yield from self._flushed()
            if shape.rate_hz not in RATES_HZ or not shape.channels or shape.format.startswith("s64"):
                raise Unfit("its sound is of a kind that is not known here")
            self._shape = shape
        self.has_sound = True
        array = frame.to_ndarray()
        samples = array if frame.format.is_planar else array.reshape(-1, shape.channels).T
        count = samples.shape[1]
        if self.clock.now < self._near_until and self._is_astray(samples):
            samples = np.zeros_like(samples)
            self._losses.add(Loss(self._begin + self.clock.now, count / shape.rate_hz, Why.UNREADABLE))
        self._batch.append(samples)
        self._batched += count
        self._frame_seconds = count / shape.rate_hz
        self.clock.now += self._frame_seconds
        if self._batched >= shape.rate_hz * BLOCK_SECONDS or self._batched * shape.channels >= BLOCK_SAMPLES:
            yield from self._flushed()

    def _flushed(self) -> Iterator[Block]:
        if self._batch and self._shape:
            wave = wave_of(np.concatenate(self._batch, axis=1), self._shape.format)
            yield Block(wave, self._shape.rate_hz, self._shape.format.startswith(("flt", "dbl")))
        self._batch, self._batched = [], 0

    def _silence(self, seconds: float, why: Why) -> Iterator[Block]:
        yield from self._flushed()
        rate, channels = (self._shape.rate_hz, self._shape.channels) if self._shape else (0, 1)
        rate = rate if rate in RATES_HZ else self._stream.codec_context.sample_rate
        if rate not in RATES_HZ:
            return
        left = round(self.clock.allowed(seconds) * rate)
        self._losses.add(Loss(self._begin + self.clock.now, left / rate, why))
        self.clock.now += left / rate
        self.clock.filled += left / rate
        while left:
            count = min(left, rate)
            yield Block(np.zeros((channels, count), np.float32), rate, False)
            left -= count

    def _end(self) -> Iterator[Block]:
        if self._held:
            yield from self._taken(self._held[0])
        named = self.named if self.named and self.named < LONGEST_NAMED_SECONDS else 0.0
        missing = named - max(self.clock.now + self._lost_seconds, self._last_stamp)
        is_broken_off = missing > BREAK_SECONDS and not self.clock.is_absurd
        if is_broken_off:
            self.breaks_off = self.named
            self._distrust(is_told=False)
        yield from self._flushed()
        if not is_broken_off and self._is_damaged and self._lost_seconds > self._frame_seconds:
            yield from self._silence(self._lost_seconds, Why.UNREADABLE)


def _decoder(stream: Any) -> Any:
    """The stream's own decoder, or a better one."""
    context = stream.codec_context
    name = BETTER.get(context.codec.name)
    if name:
        try:
            context = av.CodecContext.create(name, "r")
        except ValueError:
            return stream.codec_context
    context.thread_count = 1
    return context


def _said_seconds(container: Any, stream: Any) -> float | None:
    """The length that a container names for its sound."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None

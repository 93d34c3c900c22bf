"""Where there is voice in a take, and where to cut it into clips for the recogniser. Cuts, never deletes.

Pure functions of the samples. `voiced_spans` loads Silero through faster_whisper, so call it in a child only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audio.sound import BLOCK_FRAMES, Samples, Wave, frames
from interviewer.timing import RATE_HZ, Span

ON, OFF = 0.5, 0.35
"""Silero's own thresholds: voice begins at one probability and ends below the other."""

SHORTEST_PAUSE_FRAMES = frames(0.1)

LONG_PAUSE_SECONDS = 2.0
"""Always a cut: a recogniser invents text in silence."""

CUTS = ((0.7, 8.0), (0.4, 15.0), (0.2, 22.0))
"""A pause of the first number of seconds cuts a clip that is as long as the second."""

LONGEST_FRAMES = frames(28)
"""Whisper hears 30 s at once."""

SHORTEST_FORCED_FRAMES = frames(8)
QUIET_SEARCH_FRAMES = frames(4)
QUIET_FRAMES = frames(0.1)

SEAM_FRAMES = frames(0.3)
"""A mark is pressed by hand: so far from it a section's first or last word is still whole."""

PAD_BEFORE_FRAMES = frames(0.25)
PAD_AFTER_FRAMES = frames(0.3)
LEAST_VOICE_FRAMES = frames(0.25)

_STRIDE = 1000
"""Blocks given to the detector at once: 32 s. Bounds its memory, changes nothing."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One stretch of a take that is decoded by itself, in frames, and the voice in it."""

    start: int
    end: int
    voiced: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE_HZ


def as_wave(samples: Samples) -> Wave:
    """16-bit samples as the models want them: -1 to 1."""
    return samples.astype(np.float32) / np.float32(32768)


def voiced_spans(samples: Samples) -> tuple[Span, ...]:
    """Every stretch of voice in a take, shape (frames,), int16. No padding; pauses under 0.1 s are not seen."""
    spans: list[Span] = []
    start: int | None = None
    silent_from: int | None = None
    for number, probability in enumerate(_voice_probabilities(samples)):
        frame = number * BLOCK_FRAMES
        if probability >= ON:
            silent_from = None
            start = frame if start is None else start
        elif probability < OFF and start is not None:
            silent_from = frame if silent_from is None else silent_from
            if frame - silent_from >= SHORTEST_PAUSE_FRAMES:
                spans.append(Span(start, silent_from))
                start = silent_from = None
    if start is not None and start < len(samples):
        spans.append(Span(start, len(samples)))
    return tuple(spans)


def clips(voiced: Sequence[Span], start: int, end: int, samples: Samples) -> list[Clip]:
    """The clips of one section, which lies between two frames of a take.

    No clip is longer than 28 s and none holds a pause of 2 s. Cuts lie in pauses where there are any. Clips with
    less than 0.25 s of voice are left out. Both edges move to the nearest pause or quiet place.
    """
    first, last = (_seam(voiced, frame, samples) for frame in (start, end))
    pieces = [Span(max(span.start, first), min(span.end, last)) for span in voiced]
    found = (_padded(group, voiced, samples) for group in _groups([p for p in pieces if p.start < p.end], samples))
    return [clip for clip in found if sum(span.end - span.start for span in clip.voiced) >= LEAST_VOICE_FRAMES]


def halves(clip: Clip) -> tuple[Clip, ...]:
    """A clip in two at its widest pause; nothing when there is no pause in it."""
    pauses = [(after.start - before.end, number) for number, (before, after) in enumerate(pairwise(clip.voiced), 1)]
    if not pauses:
        return ()
    pause, number = max(pauses)
    head, tail = clip.voiced[:number], clip.voiced[number:]
    return (
        Clip(clip.start, head[-1].end + min(PAD_AFTER_FRAMES, pause // 2), head),
        Clip(tail[0].start - min(PAD_BEFORE_FRAMES, pause // 2), clip.end, tail),
    )


def _voice_probabilities(samples: Samples) -> Iterator[float]:
    """Silero's word on every block. Carries its state along, so the result does not depend on the stride."""
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415  onnxruntime stays out of the other processes

    session = get_vad_model().session
    state = cell = np.zeros((1, 1, 128), np.float32)
    context = np.zeros(64, np.float32)
    for start in range(0, len(samples), _STRIDE * BLOCK_FRAMES):
        wave = as_wave(samples[start : start + _STRIDE * BLOCK_FRAMES])
        blocks = np.pad(wave, (0, -len(wave) % BLOCK_FRAMES)).reshape(-1, BLOCK_FRAMES)
        before = np.vstack((context[None, :], blocks[:-1, -64:]))
        heard, state, cell = session.run(None, {"input": np.hstack((before, blocks)), "h": state, "c": cell})
        context = blocks[-1, -64:]
        yield from heard.ravel().tolist()


def _groups(pieces: Sequence[Span], samples: Samples) -> Iterator[list[Span]]:
    """Pieces of voice that are decoded together."""
    group: list[Span] = []
    for piece in pieces:
        if group and _cuts(Span(group[-1].end, piece.start).seconds, Span(group[0].start, group[-1].end).seconds):
            yield group
            group = []
        group.append(piece)
        while group[-1].end - group[0].start > LONGEST_FRAMES:
            head, group = _forced(group, samples)
            yield head
    if group:
        yield group


def _cuts(pause_seconds: float, length_seconds: float) -> bool:
    if pause_seconds >= LONG_PAUSE_SECONDS:
        return True
    return any(pause_seconds >= pause and length_seconds >= length for pause, length in CUTS)


def _forced(group: list[Span], samples: Samples) -> tuple[list[Span], list[Span]]:
    """A group that is too long in two: at its widest pause, or at a quiet place when the voice never rests."""
    start = group[0].start
    pauses = [
        (after.start - before.end, number)
        for number, (before, after) in enumerate(pairwise(group), 1)
        if SHORTEST_FORCED_FRAMES <= before.end - start <= LONGEST_FRAMES
    ]
    if pauses:
        number = max(pauses)[1]
        return group[:number], group[number:]
    latest = min(start + LONGEST_FRAMES, group[-1].end - LEAST_VOICE_FRAMES)
    cut = _quietest(samples, latest - QUIET_SEARCH_FRAMES, latest)
    head = [Span(piece.start, min(piece.end, cut)) for piece in group if piece.start < cut]
    return head, [Span(max(piece.start, cut), piece.end) for piece in group if piece.end > cut]


def _seam(voiced: Sequence[Span], mark: int, samples: Samples) -> int:
    """Where to cut for a mark: in silence right there, else the near end of that voice, else a quiet place nearby."""
    for span in voiced:
        if span.start < mark < span.end:
            distance, edge = min((mark - span.start, span.start), (span.end - mark, span.end))
            return edge if distance <= SEAM_FRAMES else _quietest(samples, mark - SEAM_FRAMES, mark + SEAM_FRAMES)
    return mark


def _quietest(samples: Samples, start: int, end: int) -> int:
    """The frame in the middle of the quietest 0.1 s between two frames."""
    power = np.square(samples[start:end].astype(np.float64)).cumsum()
    return start + int((power[QUIET_FRAMES:] - power[:-QUIET_FRAMES]).argmin()) + QUIET_FRAMES // 2


def _padded(group: Sequence[Span], voiced: Sequence[Span], samples: Samples) -> Clip:
    """A clip with a little silence around its voice: half of the pause at most, so that clips never overlap."""
    first, last = group[0].start, group[-1].end
    before = max((min(span.end, first) for span in voiced if span.start < first), default=-first)
    after = min((max(span.start, last) for span in voiced if span.end > last), default=2 * len(samples) - last)
    start = first - min(PAD_BEFORE_FRAMES, (first - before) // 2)
    return Clip(start, last + min(PAD_AFTER_FRAMES, (after - last) // 2), tuple(group))

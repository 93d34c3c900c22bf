"""The same voice slower or faster: time is stretched, pitch stays. Imports av, so for the sound child only."""

import numpy as np

from audio.sound import Samples
from interviewer.timing import RATE_HZ

STEP_FRAMES = 16_000
"""Handed to the filter at once."""
TAIL_FRAMES = 3_200
"""Silence after the end: the filter keeps its last window to itself, and that would be the last sound."""


def stretched(samples: Samples, rate: float) -> Samples:
    """Samples that last 1 / `rate` as long, 0.5 to 2, with unchanged pitch (FFmpeg's atempo: overlap-add, WSOLA)."""
    import av  # noqa: PLC0415  only who changes the speed pays for it
    from av.filter import Graph  # noqa: PLC0415

    length = round(len(samples) / rate)
    samples = np.concatenate([samples, np.zeros(TAIL_FRAMES, np.int16)])
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE_HZ, format="s16", layout="mono")
    tempo = graph.add("atempo", f"{rate:.3f}")
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    out: list[Samples] = []

    def drain() -> None:
        while True:
            try:
                out.append(graph.pull().to_ndarray().ravel().astype(np.int16))
            except (BlockingIOError, EOFError):
                return

    for start in range(0, len(samples), STEP_FRAMES):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[start : start + STEP_FRAMES]).reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = RATE_HZ
        frame.pts = start
        graph.push(frame)
        drain()
    graph.push(None)
    drain()
    return np.concatenate(out)[:length]

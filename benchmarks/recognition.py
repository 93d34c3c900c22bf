"""`python -m benchmarks.recognition [SAMPLES] [MODEL]`: our way to words against faster-whisper called directly.

Both hear the same clips with the same model, threads and environment, turn and turn about. It prints the word error
rates, the ratio of times (G1 of speech.md 7: without and with the search for voice), and how far section times are off.
"""

import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import jiwer

from audio.child import child_environment
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.recogniser import Heard, ModelLoaded, Recogniser, TakeHeard, VoiceFound, child_settings
from audio.wav import frames_in, read_take
from benchmarks import NothingHeard, status_of
from interviewer.timing import RATE_HZ, Span, speech_in

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "speech" / "samples"
NAMES = ("good_answer", "weak_answer", "wrong_timings")
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """What was said in a sample: its text, where sections start (frames) and how long each is spoken."""

    text: str
    starts: tuple[int, ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """One way through a take: its text and what it cost in wall-clock seconds, looking for the voice included."""

    text: str
    voice_seconds: float
    words_seconds: float


def truth_of(path: Path) -> Truth:
    document = json.loads(path.read_text(encoding="utf-8"))
    sections = document["sections"]
    starts = tuple(round(section["start"] * RATE_HZ) for section in sections)
    return Truth(document["text"], starts, tuple(section["duration_s"] for section in sections))


def word_error_rate(truth: str, text: str) -> float:
    """Case and punctuation do not count. Numbers stay as both wrote them."""
    return float(jiwer.wer(_plain(truth), _plain(text)))


def _plain(text: str) -> str:
    kept = (letter if letter.isalnum() or letter.isspace() else " " if letter == "-" else "" for letter in text.lower())
    return " ".join("".join(kept).split())


class Ours:
    """The recogniser as the program uses it, its child started and the model loaded beforehand."""

    def __init__(self, model: Path) -> None:
        self._events: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._recogniser = Recogniser(self._events.put)
        self._recogniser.start()
        self._recogniser.use_model(model)
        if not isinstance(event := self._events.get(timeout=60), ModelLoaded):
            raise NothingHeard(str(event))
        self._round = 0

    def hear(self, take: Path, sections: list[Span]) -> tuple[Hearing, tuple[Span, ...]]:
        self._round += 1
        begun = found = time.perf_counter()
        self._recogniser.hear(str(self._round), take, sections)
        while True:
            event = self._events.get(timeout=600)
            if isinstance(event, VoiceFound):
                found = time.perf_counter()
            if isinstance(event, TakeHeard):
                now = time.perf_counter()
                text = event.transcript.text if event.transcript else ""
                return Hearing(text, found - begun, now - found), event.voiced or ()

    def stop(self) -> None:
        self._recogniser.stop()


class Direct:
    """A process that calls faster-whisper on the clips of a take, one call a clip, and prints text and seconds."""

    def __init__(self, model: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.recognition", "--direct", str(model)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=child_environment(child_settings())
        )

    def hear(self, take: Path, sections: list[Span]) -> Hearing:
        assert self._process.stdin
        assert self._process.stdout
        order = {"path": str(take), "sections": [[span.start, span.end] for span in sections]}
        print(json.dumps(order), file=self._process.stdin, flush=True)
        heard = json.loads(self._process.stdout.readline())
        return Hearing(heard["text"], heard["voice"], heard["words"])

    def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def direct(model_folder: str) -> None:
    """The other process: takes orders on standard input."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415

    from audio.recogniser_child import DECODING, NICENESS, decoder_threads  # noqa: PLC0415
    from audio.segments import as_wave, clips, voiced_spans  # noqa: PLC0415

    os.nice(NICENESS)  # as our child is, or a busy machine would favour this one
    threads = decoder_threads()
    model = WhisperModel(model_folder, device="cpu", compute_type="int8", cpu_threads=threads)
    pipeline = BatchedInferencePipeline(model)
    for line in sys.stdin:
        order = json.loads(line)
        begun = time.perf_counter()
        samples = read_take(Path(order["path"]))
        voiced = voiced_spans(samples)
        cut = [clip for start, end in order["sections"] for clip in clips(voiced, start, end, samples)]
        found = time.perf_counter()
        text = []
        for clip in cut:
            whole = [{"start": 0.0, "end": clip.seconds}]
            wave = as_wave(samples[clip.start : clip.end])
            text += [segment.text for segment in pipeline.transcribe(wave, clip_timestamps=whole, **DECODING)[0]]
        now = time.perf_counter()
        print(json.dumps({"text": " ".join(text), "voice": found - begun, "words": now - found}), flush=True)


def main(samples: Path = SAMPLES, model: Path = SAMPLE_MODEL) -> int:
    """Prints the table. Returns 1 when a bound is broken: 0.3 s a section, 0.02 of word error rate."""
    if not all((samples / f"{name}.flac").is_file() for name in NAMES):
        raise NothingHeard(f"the samples are not in {samples}")
    ours, other = Ours(model), Direct(model)
    is_within = True
    print(
        f"{'sample':14} {'WER ours':>9} {'direct':>7} {'G1 words':>9} {'G1 whole':>9} {'sections off by at most':>24}"
    )
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for name in NAMES:
                truth = truth_of(samples / f"{name}.json")
                take = Path(folder) / f"{name}.wav"
                decode(samples / f"{name}.flac", take)
                ends = (0, *truth.starts[1:], frames_in(take))
                sections = [Span(start, end) for start, end in pairwise(ends)]
                pairs = [(ours.hear(take, sections), other.hear(take, sections)) for _ in range(ROUNDS + 1)][1:]
                (mine, voiced), theirs = pairs[0]
                off = max(_off(voiced, span, spoken) for span, spoken in zip(sections, truth.seconds, strict=True))
                if not mine.text or not theirs.text:
                    raise NothingHeard(f"no words of {name} were heard by both")
                rates = word_error_rate(truth.text, mine.text), word_error_rate(truth.text, theirs.text)
                words = statistics.median(a.words_seconds / b.words_seconds for (a, _), b in pairs)
                whole = statistics.median(_all(a) / b.words_seconds for (a, _), b in pairs)
                is_within = is_within and off <= 0.3 and rates[0] - rates[1] <= 0.02
                print(f"{name:14} {rates[0]:9.3f} {rates[1]:7.3f} {words:9.2f} {whole:9.2f} {off:22.3f} s")
    finally:
        ours.stop()
        other.stop()
    return 0 if is_within else 1


def _all(hearing: Hearing) -> float:
    return hearing.voice_seconds + hearing.words_seconds


def _off(voiced: tuple[Span, ...], section: Span, spoken_seconds: float) -> float:
    speech = speech_in(voiced, section.start, section.end)
    return abs((speech.seconds if speech else 0.0) - spoken_seconds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--direct"]:
        direct(sys.argv[2])
    else:
        sys.exit(status_of(lambda: main(*map(Path, sys.argv[1:]))))

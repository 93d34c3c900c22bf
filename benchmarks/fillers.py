"""`python -m benchmarks.fillers`: twenty spoken takes with a known number of um and uh, and what we would say of each.

The rule is that "at least" is never above the truth. The takes are spoken by espeak-ng in voices that the sample model
understands, and heard by the real recogniser.
"""

import queue
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.recogniser import Heard, Recogniser, TakeHeard
from benchmarks import NothingHeard, refuse_silence, status_of
from interviewer.findings.delivery import Delivery, delivery
from interviewer.timing import Span

TAKES = 20
MOST_FILLERS = 4
VOICES = ("en-us", "en-us", "en-us+f3", "en-gb")
"""The main voice of the sample model twice, and the two others of espeak-ng with numbers in shared/speech/README.md."""
PHRASES = (
    "I noticed a problem in the retry queue",
    "the service was owned by the Platform team",
    "no ticket existed for it",
    "I pulled the delivery logs",
    "I traced the failure to the retry logic",
    "I wrote a short fix",
    "I added an alert",
    "the drop rate went down",
    "three other teams now use the same dashboard",
    "I shared it with their tech lead",
    "I tested it for two days",
    "the customers were complaining",
)
SOUNDS = ("um", "uh")


def spoken_text(chance: random.Random, sentences: int, fillers: int) -> str:
    """Five phrases in one to three sentences, so many of the four places between them filled."""
    first, *others = chance.sample(PHRASES, MOST_FILLERS + 1)
    filled = chance.sample(range(MOST_FILLERS), fillers)
    full_stops = chance.sample(range(MOST_FILLERS), sentences - 1)
    text = first
    for place, phrase in enumerate(others):
        text += ". " if place in full_stops else ", "
        text += f"{chance.choice(SOUNDS)}, {phrase}" if place in filled else phrase
    return f"{text}."


def make_takes(folder: Path, count: int = TAKES, seed: int = 14) -> list[tuple[Path, int]]:
    """Sound files and how many fillers are in each. The same seed makes the same takes."""
    chance = random.Random(seed)
    takes = []
    for number in range(count):
        fillers = number % (MOST_FILLERS + 1)
        text = spoken_text(chance, 1 + number % 3, fillers)
        path = folder / f"take-{number}.wav"
        voice = VOICES[number % len(VOICES)]
        subprocess.run(["espeak-ng", "-v", voice, "-s", "155", "-p", "50", "-w", str(path), text], check=True)
        takes.append((path, fillers))
    return takes


def hear(takes: list[tuple[Path, int]], folder: Path) -> list[Delivery]:
    """Each take through the recogniser, in order."""
    events: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    recogniser = Recogniser(events.put)
    recogniser.start()
    heard: dict[str, Delivery] = {}
    try:
        recogniser.use_model(SAMPLE_MODEL)
        for number, (path, _) in enumerate(takes):
            wav = folder / f"decoded-{number}.wav"
            frames = decode(path, wav).frames
            recogniser.hear(str(number), wav, [Span(0, frames)])
        while len(heard) < len(takes):
            event = events.get(timeout=120)
            if isinstance(event, TakeHeard):
                refuse_silence([event.transcript], "takes")
                assert event.transcript
                heard[event.job] = delivery(event.transcript.words, event.voiced or (), {})
    finally:
        recogniser.stop()
    return [heard[str(number)] for number in range(len(takes))]


def measure(count: int = TAKES, seed: int = 14) -> list[tuple[int, Delivery]]:
    """The truth and what was measured, take by take."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        takes = make_takes(folder, count, seed)
        return [(truth, said) for (_, truth), said in zip(takes, hear(takes, folder), strict=True)]


def main() -> int:
    """Prints the table. Returns 1 when "at least" is above the truth in any take."""
    if not shutil.which("espeak-ng"):
        raise NothingHeard("espeak-ng is not installed, so no fillers can be spoken")
    measured = measure()
    print("take  truth  at least  perhaps  as told")
    for number, (truth, said) in enumerate(measured, 1):
        print(f"{number:4}{truth:7}{said.at_least:10}{said.perhaps:9}  {said.filler_words()}")
    truths, least, perhaps = (
        sum(column) for column in zip(*((truth, said.at_least, said.perhaps) for truth, said in measured), strict=True)
    )
    above = sum(said.at_least > truth for truth, said in measured)
    print(f" all{truths:7}{least:10}{perhaps:9}  'at least' is above the truth in {above} takes")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(status_of(main))

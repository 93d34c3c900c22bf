"""`python -m benchmarks fillers`: twenty spoken takes with a known number of um and uh, and what we would say of each.

The rule is that "at least" is never above the truth. The takes are spoken by espeak-ng in the voice that the sample
model understands best, and heard by the real recogniser.
"""

import queue
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.recogniser import Heard, Recogniser, TakeHeard
from interviewer.delivery import Delivery, delivery
from interviewer.timing import Span

TAKES = 20
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


def make_takes(folder: Path) -> list[tuple[Path, int]]:
    """Sound files and how many fillers are in each."""
    chance = random.Random(14)
    takes = []
    for number in range(TAKES):
        fillers = number % 5
        phrases = chance.sample(PHRASES, 4)
        places = chance.sample(range(4), fillers) if fillers <= 4 else []
        parts = [
            f"{chance.choice(SOUNDS)}, {phrase}" if place in places else phrase for place, phrase in enumerate(phrases)
        ]
        path = folder / f"take-{number}.wav"
        text = ". ".join(parts) + "."
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "155", "-p", "50", "-w", str(path), text], check=True)
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
            frames = decode(path, wav)
            recogniser.hear(str(number), wav, [Span(0, frames)])
        while len(heard) < len(takes):
            event = events.get(timeout=120)
            if isinstance(event, TakeHeard):
                words = event.transcript.words if event.transcript else ()
                heard[event.job] = delivery(words, event.voiced or (), {})
    finally:
        recogniser.stop()
    return [heard[str(number)] for number in range(len(takes))]


def measure() -> list[tuple[int, Delivery]]:
    """The truth and what was measured, take by take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        takes = make_takes(folder)
        return [(truth, said) for (_, truth), said in zip(takes, hear(takes, folder), strict=True)]


def main() -> None:
    if not shutil.which("espeak-ng"):
        print("espeak-ng is not installed, so no fillers can be spoken.")
        return
    measured = measure()
    print("take  truth  at least  perhaps  as told")
    for number, (truth, said) in enumerate(measured, 1):
        print(f"{number:4}{truth:7}{said.at_least:10}{said.perhaps:9}  {said.filler_words()}")
    above = sum(said.at_least > truth for truth, said in measured)
    found = sum(said.at_least for _, said in measured)
    spoken = sum(truth for truth, _ in measured)
    print(f"{found} of {spoken} counted as heard; 'at least' above the truth in {above} takes")


if __name__ == "__main__":
    main()

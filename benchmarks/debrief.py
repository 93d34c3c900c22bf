"""`python -m benchmarks debrief`: reading at twice the length, and how long the window stands still for the debrief.

The sessions are told by the shipped pattern's own texts, over and over; they are opened and changed in the real window.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.screens.debrief.reading import Reading, read
from app.state.folders import system_folders
from app.state.settings import Settings
from app.window.controller import Controller
from app.window.opening import keep_what_is_here, make_window
from audio.wav import write_take
from benchmarks import NothingHeard, status_of
from content.loader import SHIPPED, load_pattern
from interviewer.disk.store import Store
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word
from tests.conftest import folders_in

ROUNDS = 5
LENGTHS = (3, 6, 12, 24, 48, 96)
"""Minutes: each reading is held against that of half its length."""
GROWTH = 2.2
GOALS_MS = {3: 50, 60: 200}
"""By minutes, how long the window may stand still."""
WORD_SECONDS = 0.4
"""150 words a minute."""
BEAT_MS = 4


def spoken(pattern: Pattern, minutes: float, seed: int) -> Session:
    """A whole answer in one take, with its voice and words, and no two alike."""
    dice = random.Random(seed)
    told = " ".join(guide.example for guide in pattern.sections.values())
    told += " " + " ".join(f"{probe.strong} {probe.weak}" for probe in pattern.probes)
    texts = told.split()
    words: list[Word] = []
    for number in range(round(minutes * 60 / WORD_SECONDS)):
        chance, text = dice.random(), texts[number % len(texts)]
        said = "um," if chance < 0.02 else f"{text[:-1]}{dice.choice('aeiou')}{text[-1:]}" if chance < 0.1 else text
        words.append(Word(said, number * WORD_SECONDS, (number + 0.9) * WORD_SECONDS, 0.2 + 0.8 * dice.random()))
    frames = round(minutes * 60 * RATE_HZ)
    voiced = tuple(Span(at, at + RATE_HZ) for at in range(0, frames - RATE_HZ, round(1.25 * RATE_HZ)))
    marks = tuple(Mark(frames * place // 5, section) for place, section in enumerate(Section))
    take = Take("answer-1", "answer", "answer-1.wav", marks, frames, frames, voiced, Transcript(tuple(words), "m"))
    return Session(
        id=f"2026-11-20-1900-{seed:06x}",
        pattern=pattern.id,
        principle=pattern.principle,
        level=Level.SDE2,
        started="2026-11-20T19:00",
        seed=1,
        targets=pattern.targets(Level.SDE2),
        total_seconds=175.0,
        takes=(take,),
        is_closed=True,
    )


def growth(pattern: Pattern) -> list[tuple[float, float, float]]:
    """Of each length: minutes, processor seconds of a reading that finds nothing in a cache, and the ratio to half."""
    found: list[tuple[float, float, float]] = []
    for minutes in LENGTHS:
        took = []
        for number in range(ROUNDS):
            session, before = (spoken(pattern, minutes, 1000 * minutes + 2 * number + side) for side in (0, 1))
            began = time.thread_time()
            reading = read(pattern, session, before, Settings())
            took.append(time.thread_time() - began)
            refuse_silence(reading, session)
        seconds = min(took)
        found.append((minutes, seconds, seconds / found[-1][1] if found else 0.0))
    return found


def refuse_silence(reading: Reading | None, session: Session) -> None:
    """Raises NothingHeard unless every word of the session was read."""
    words = sum(len(take.transcript.words) for take in session.takes if take.transcript)
    read_words = sum(len(speech.words) for speech in reading.analysis.answer.speeches.values()) if reading else 0
    if not words or read_words != words:
        raise NothingHeard(f"{read_words} of {words} words were read")


class Stalls:
    """Feels how long the event loop stands still: the longest time between two beats, in milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1_000 * (now - self._last) - BEAT_MS)
        self._last = now


class Window:
    """The program's window with a few sessions in its folder; `stall` does something in it and says how it stood."""

    def __init__(self, pattern: Pattern, minutes: int) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self._application, self._pattern = application, pattern
        folders, settings = system_folders(), Settings()
        folders.make()
        store = Store(folders.data)
        self.sessions = [spoken(pattern, minutes, 100 * minutes + number) for number in range(ROUNDS + 1)]
        for session in self.sessions:
            store.save(session)
            noise = np.random.default_rng(1).integers(-8000, 8000, session.takes[0].frames, dtype=np.int16)
            write_take(store.folder(session.id) / "answer-1.wav", noise)
        self.window = make_window(application, settings)
        self.window.show()
        self._controller = Controller(self.window, folders, settings)
        self._controller.start()
        keep_what_is_here()
        self.pages: Any = {name: screen.page for name, screen in self._controller.screens.items()}
        self.review: Any = self._controller.screens["debrief"]
        self._stalls = Stalls()
        self._wait(self.window.home.start.isEnabled)
        self._rest(2.0)

    def close(self) -> None:
        self.window.close()
        self._application.processEvents()

    def stall(self, work: Callable[[], object], is_read: bool) -> float:
        """Milliseconds. With `is_read`, it is waited until what is shown then has been read."""
        before = self.review.reading
        self._stalls.begin()
        work()
        if is_read:
            self._wait(lambda: self.review.reading not in (None, before))
        self._rest(0.7)
        return self._stalls.longest

    def stalls(self) -> dict[str, list[float]]:
        """Milliseconds of each thing that is done in it, each session in turn."""
        found: dict[str, list[float]] = {}
        for number, session in enumerate(self.sessions):
            for name, (work, is_read) in {"nothing": (lambda: None, False), **self._things(session)}.items():
                is_first = name == "open" and not number  # the cards are made then
                found.setdefault("open the first" if is_first else name, []).append(self.stall(work, is_read))
                if name != "nothing":
                    assert self.pages["debrief"].session_id == session.id
            refuse_silence(self.review.reading, self.review.session)
        return found

    def _things(self, session: Session) -> dict[str, tuple[Callable[[], object], bool]]:
        page, player = self.pages["debrief"], self.review.player
        bar, take = page.player, session.takes[0]

        def correct() -> None:
            player.seek(take.frames // 2 + RATE_HZ // 10)
            bar.correct_wished.emit()
            bar.corrected.emit("Righted")

        def move_edge() -> None:
            piece = next(each for each in page.timeline.pieces if each.section is Section.ACTION)
            bar.wave.edge_moved.emit(piece, piece.start + RATE_HZ)

        return {
            "open": (lambda: self.window.home.session_wished.emit(session.id), True),
            "put a word right": (correct, True),
            "move an edge": (move_edge, True),
            "take it back": (bar.undo_wished.emit, True),
            "mark a moment": (bar.mark_wished.emit, False),
            "write a note": (lambda: page.answers.note_written.emit(session.id, take.id, "Slower"), False),
        }

    def _wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there within a minute")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._wait(lambda: time.monotonic() > end)


def windowed(pattern: Pattern, minutes: int) -> dict[str, list[float]]:
    """The stalls of a fresh window over sessions of one length."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        os.environ.update(folders_in(Path(home)))
        shown = Window(pattern, minutes)
        try:
            return shown.stalls()
        finally:
            shown.close()


def main() -> int:
    """Prints both tables. Returns 1 when a goal is missed."""
    pattern = load_pattern(SHIPPED / "earn-trust.toml")
    read_times = growth(pattern)
    is_within = all(ratio <= GROWTH for _, _, ratio in read_times)
    print("read()        seconds  against half the length")
    for minutes, seconds, ratio in read_times:
        print(f"{minutes:6g} min{seconds:10.3f}  {f'{ratio:.2f} x' if ratio else ''}")
    print(f"  goal: at most {GROWTH} x")
    for length, goal in GOALS_MS.items():
        found = windowed(pattern, length)
        idle = max(1.0, statistics.median(found["nothing"]))
        print(f"The window stands still with {length} min, milliseconds: median, longest, against doing nothing")
        for name, values in found.items():
            is_within = is_within and max(values) <= goal
            middle = statistics.median(values)
            print(f"  {name:18}{middle:7.1f}{max(values):8.1f}{middle / idle:8.1f} x")
        print(f"  goal: at most {goal} ms")
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(status_of(main))

"""A person's data folder with something on every page, and the way to each page as they would go it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.look.page import Page
from app.screens.room.facts import ClockFacts, RoomFacts
from app.screens.trends.chart import TrendChart
from app.state.folders import Folders
from audio.wav import write_take
from interviewer.disk.bin import Bin
from interviewer.disk.store import Store
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.interview import State, turns_of
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.practice.suggestion import Mode
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span, clock_reading
from interviewer.transcript import Transcript, Word
from tests.program import Program

SPOKEN = Path(__file__).parent / "data" / "weak_answer.json"
STORIES = (
    "Webhooks that got lost",
    "The refund form nobody could find",
    "Slow orders on Mondays",
    "A migration that was rolled back twice",
)


def told(pattern: Pattern, day: int) -> Session:
    """The shipped weak answer in one take, told on a day of November, with follow-ups answered and passed on."""
    document = json.loads(SPOKEN.read_text())
    words, marks = [], []
    for section, part in zip(Section, document["sections"], strict=False):
        marks.append(Mark(round(part["start"] * RATE_HZ), section))
        for sentence in part["sentences"]:
            each = sentence["text"].split()
            step = (sentence["end"] - sentence["start"]) / len(each)
            words += [
                Word(word, sentence["start"] + at * step, sentence["start"] + (at + 1) * step - 0.02, 0.9)
                for at, word in enumerate(each)
            ]
    frames = round(document["duration_s"] * RATE_HZ)
    voiced = tuple(Span(round(word.start * RATE_HZ), round(word.end * RATE_HZ)) for word in words)
    answer = Take(
        "answer-1", "answer", "answer-1.wav", tuple(marks), frames, frames, voiced, Transcript(tuple(words), "m")
    )
    first, second, *_ = pattern.probes
    reply = replace(
        answer,
        id=f"{first.id}-1",
        turn=first.id,
        file=f"{first.id}-1.wav",
        marks=(),
        transcript=Transcript(tuple(words[:30]), "m"),
    )
    return Session(
        id=f"2026-11-{day:02}-1900-aaaaaa",
        pattern=pattern.id,
        principle=pattern.principle,
        level=Level.SDE2,
        started=f"2026-11-{day:02}T19:00",
        seed=day,
        targets=pattern.targets(Level.SDE2),
        total_seconds=175.0,
        takes=(answer, reply),
        is_closed=True,
        declined=(second.id,),
        gap_probes=("gap-figure",),
    )


def fill(folders: Folders, pattern: Pattern) -> None:
    """Three sessions to be seen and one in the bin, four stories."""
    folders.make()
    store = Store(folders.data)
    for day in (17, 18, 19, 20):
        session = told(pattern, day)
        store.save(session)
        for take in session.takes:
            tone = np.sin(np.arange(take.frames) * 2 * np.pi * 220 / RATE_HZ) * 6_000
            write_take(store.folder(session.id) / take.file, tone.astype(np.int16))
    Bin(store).throw_away("2026-11-17-1900-aaaaaa", datetime(2026, 11, 18))
    notes = dict.fromkeys(Section, "4.2 % of webhooks lost, customers first")
    principles = ("Earn Trust", "Strive to be Earth's Best Employer", "Success and Scale Bring Broad Responsibility")
    StoryFile(folders.data).write(
        [OwnStory(f"story-{at}", title, notes, principles) for at, title in enumerate(STORIES)]
    )


class Tour:
    """Leads to every page there is; what is on them stays the same while the window changes."""

    def __init__(self, program: Program, pattern: Pattern) -> None:
        self.program, self.window, self.pattern = program, program.window, pattern
        self._newest = "2026-11-20-1900-aaaaaa"

    def pages(self) -> Iterator[str]:
        """The name of each page in turn, once it is shown."""
        for name, go in self._ways().items():
            go()
            self.settle()
            yield name

    def settle(self) -> None:
        """Lets the layouts come to rest."""
        for _ in range(8):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def _ways(self) -> dict[str, Callable[[], None]]:
        plain = ("library", "stories", "principles", "microphone", "settings", "typed_answer", "keys")
        room = self._room_states()
        return {
            "home": lambda: self.go(self.program.pages.home),
            **{f"room {name}": partial(self._room, facts) for name, facts in room.items()},
            **{name: partial(self.go, getattr(self.program.pages, name)) for name in plain},
            "trends": self._trends,
            "bin": self._bin,
            "bin, asking": lambda: self._press("Delete for good"),
            "learn": lambda: self._mode(Mode.LEARN, self.program.pages.learn),
            "learn, drill": self._learn_drill,
            "drill": lambda: self._mode(Mode.DRILL, self.program.pages.drill),
            "test": lambda: self._mode(Mode.TEST, self.program.pages.quiz),
            "test, question": lambda: self._press("Go on at question", "Begin the test"),
            "debrief": self._debrief,
            "debrief, a word": lambda: self.program.pages.debrief.player.ask_for_word("webhooks"),
            "compare": self._compare,
        }

    def go(self, page: Page) -> None:
        """As a key leads there."""
        self.program.show(page)
        self.program.wait(lambda: self.window.page is page)
        self.program._qtbot.wait(1)

    def _trends(self) -> None:
        self.go(self.program.pages.trends)
        self.program.wait(lambda: bool(self.program.pages.trends.findChildren(TrendChart)))

    def _mode(self, mode: Mode, page: Page) -> None:
        self.go(self.program.pages.home)
        self.program.pages.home.mode_wished.emit(mode)
        self.program.wait(lambda: self.window.page is page)

    def _press(self, *starts: str) -> None:
        shown = [each for each in self.window.page.findChildren(QAbstractButton) if each.isVisible()]
        next(each for each in shown if each.text().startswith(starts)).click()

    def _bin(self) -> None:
        self.go(self.program.pages.library)
        self.program.pages.library.bin_wished.emit()
        self.program.wait(lambda: self.window.page is self.program.pages.bin)
        self.program.pages.bin.take_escape()
        self.program.wait(lambda: self.program.shows("days left") or self.program.shows("day left"))

    def _learn_drill(self) -> None:
        self._press("Say it now")
        self.program.wait(self.program.pages.learn.panel.main.isEnabled)

    def _debrief(self) -> None:
        self.go(self.program.pages.home)
        self.program.pages.home.session_wished.emit(self._newest)
        self.program.wait(lambda: self.window.page is self.program.pages.debrief)
        self.program.wait(self.program.pages.debrief.player.isVisible)
        self.program.pages.debrief.player.leave_word()

    def _compare(self) -> None:
        self.program.pages.debrief.session_actions.compare_wished.emit()
        self.program.wait(lambda: self.window.page is self.program.pages.compare)

    # The room, told what the conductor would tell it

    def _room(self, facts: RoomFacts) -> None:
        room = self.program.pages.room
        room.set_clock_style("digits" if "digits" in facts.hint else "bar")
        self.window.show_page(room)
        room.show_facts(replace(facts, state=State.RECORDING, hint="", problem=""))
        room.show_facts(facts)
        target = facts.turn.target_seconds
        elapsed = target * 1.2 if "over" in facts.hint else target * 0.9
        room.show_clock(ClockFacts(elapsed, clock_reading(elapsed, target), 7.0, -20.0))

    def _room_states(self) -> dict[str, RoomFacts]:
        turns = turns_of(self.pattern, told(self.pattern, 20))
        probe = next(at for at, turn in enumerate(turns) if turn.is_probe)
        hint = "Who felt it, and how many of them? Say one figure that you are sure of, and where it came from."
        lost = "The microphone has gone. What was said so far is safe. Y goes on once it is back, N ends here."

        def facts(state: State, index: int = 0, problem: str = "", hint: str = "") -> RoomFacts:
            return RoomFacts(state, turns, index, 3, problem, hint, 140.0)

        return {
            "ready": facts(State.READY),
            "asking": facts(State.ASKING),
            "counting in": facts(State.ARMED),
            "recording": facts(State.RECORDING),
            "recording, over": facts(State.RECORDING, 2, hint=f"{hint} over"),
            "recording, digits": facts(State.RECORDING, 2, hint=f"{hint} digits"),
            "follow-up": facts(State.RECORDING, probe),
            "declined": facts(State.DECLINED, probe),
            "lost": facts(State.DEVICE_LOST, 2, lost),
            "leaving": facts(State.LEAVING, 2),
            "over": facts(State.DONE, len(turns) - 1),
        }

"""Every key of the table of commands, pressed on its page as the keyboard opens it: what it does there can be seen.

The table is read, not repeated: a command that is not known here fails, and so does one that is gone from it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QWidget

from app.look.commands import SCREENS, Command, commands_of
from app.look.note_line import NoteLine
from app.look.page import Page
from app.look.transcript_view import TranscriptView
from app.screens.learn.practice_card import PracticeCard
from audio.wav import write_take
from interviewer.disk.story_file import OwnStory, StoryFile
from interviewer.interview import State
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word
from tests.program import Program
from tests.pulse import Pulse

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
MODIFIERS = {"Ctrl": CONTROL, "Alt": Qt.KeyboardModifier.AltModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}
OLDER, NEWER = "2026-11-22-1012-aaaaaa", "2026-11-23-1012-bbbbbb"
TOLD = {
    Section.SITUATION: "I noticed a drop rate in the webhook service.",
    Section.TASK: "My manager asked me to look at it because nobody had the time.",
    Section.ACTION: "I traced the failure to the retry logic and I wrote a fix.",
    Section.RESULT: "The drop rate improved and the team was happy.",
    Section.REFLECTION: "I learned communication is important.",
}
SECTION_SECONDS = 8


# The table


@dataclass(frozen=True)
class Press:
    """One key with what is held. `moved` is the command that has this key only while it is pressed."""

    key: Qt.Key
    held: Qt.KeyboardModifier = PLAIN
    moved: str = ""
    to: str = ""


Check = Callable[["Program", Press, int], None]
"""Presses the key, and sees what comes of it. The number is its place in its family."""


def press_of(key: str, moved: str = "") -> Press:
    """A key of the table, as it is pressed."""
    *before, name = key.split("+") if key != "+" else (key,)
    code = QKeySequence.fromString(name, QKeySequence.SequenceFormat.PortableText)[0].key()  # type: ignore[index]
    held = PLAIN
    for each in before:
        held |= MODIFIERS[each]
    return Press(code, held, moved, key if moved else "")


def presses_of(command: Command) -> tuple[Press, ...]:
    """The keys of a command, as they are pressed."""
    return tuple(press_of(key) for key in command.keys)


# What is there to be opened


def told(pattern: Pattern, name: str) -> Session:
    """A whole answer in one take: each section with its words, and after the first a sound without one."""
    words: list[Word] = []
    voiced: list[Span] = []
    for number, text in enumerate(TOLD.values()):
        start = number * SECTION_SECONDS + 0.6
        parts = text.split()
        step = 5.0 / len(parts)
        words += [Word(part, start + at * step, start + (at + 0.9) * step, 0.95) for at, part in enumerate(parts)]
        voiced.append(Span(round(start * RATE_HZ), round((start + 5.0) * RATE_HZ)))
        if number == 0:
            voiced.append(Span(round(6.6 * RATE_HZ), round(7.1 * RATE_HZ)))
    frames = len(TOLD) * SECTION_SECONDS * RATE_HZ
    marks = tuple(Mark(number * SECTION_SECONDS * RATE_HZ, section) for number, section in enumerate(Section))
    transcript = Transcript(tuple(words), "m")
    take = Take("answer-1", "answer", "answer-1.wav", marks, frames, frames, tuple(voiced), transcript)
    targets = pattern.targets(Level.SDE2)
    started = f"{name[:10]}T10:12"
    return Session(name, pattern.id, pattern.principle, Level.SDE2, started, 4, targets, 175.0, (take,), is_closed=True)


def keep(program: Program, pattern: Pattern, *names: str) -> None:
    """Sessions with their sound, in the list."""
    for name in names:
        session = told(pattern, name)
        program.store.save(session)
        tone = (np.sin(np.arange(session.takes[0].frames) * 2 * np.pi * 440 / RATE_HZ) * 3_000).astype(np.int16)
        write_take(program.store.folder(name) / session.takes[0].file, tone)
    program.services.index.open()
    library = program.pages.library
    program.wait(lambda: {row.id for row in library._model.rows} == {each.name for each in folders(program)})


def folders(program: Program) -> list[Path]:
    return list((program.folders.data / "sessions").iterdir())


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield running
    running.close()


def push(program: Program, press: Press) -> None:
    """One key, to whatever has the keys. Something always has."""
    target = program.window.focusWidget()
    assert target, "nothing has the keys"
    if press.moved:
        program.window.keys_in_force.take({press.moved: press.to})
    QTest.keyClick(target, press.key, press.held)
    program.window.keys_in_force.take({})


def home(program: Program) -> None:
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    assert program.window.page is program.pages.home


def letter(program: Program, key: Qt.Key, page: Page) -> None:
    """Home, then one of its letters."""
    home(program)
    program.press(key)
    program.wait(lambda: program.window.page is page)


def run_row(program: Program, screen: str, open_page: Callable[[Program], None], known: Mapping[str, Check]) -> None:
    """Each key of a screen on its page, opened anew for it, and in its place another one that was chosen. What is known
    has the keys' place in their family."""
    assert {command.id.partition(".")[2] for command in commands_of(screen)} == set(known)
    for command in commands_of(screen):
        presses = presses_of(command)
        if not command.is_fixed:
            presses += (press_of("Ctrl+K" if screen in ("everywhere", "sessions") else "K", command.id),)
        for number, press in enumerate(presses):
            open_page(program)
            known[command.id.partition(".")[2]](program, press, number if command.is_fixed else 0)
            print(f"{command.id}: {press.key.name}")


def place(number: int, check: Check) -> Check:
    """For two commands that are each other's opposite: a check of both, and which of them it is."""
    return lambda program, press, _: check(program, press, number)


# The rows


def leads_to(name: str) -> Check:
    def check(program: Program, press: Press, number: int) -> None:
        push(program, press)
        program.wait(lambda: program.window.page is getattr(program.pages, name), 5)

    return check


def test_home(program: Program) -> None:
    pages = {"mock": "room", "learn": "learn", "test": "quiz", "drill": "drill"}
    pages |= {"recordings": "library", "principles": "principles"}

    def open_home(program: Program) -> None:
        if program.window.page is program.pages.room:
            leave_room(program)
        home(program)

    run_row(program, "home", open_home, {name: leads_to(page) for name, page in pages.items()})


def leave_room(program: Program) -> None:
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    buttons = program.pages.room.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Throw away").setFocus()
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.window.page is program.pages.home)


def full_screen(program: Program, press: Press, number: int) -> None:
    before = program.window.isFullScreen()
    push(program, press)
    assert program.window.isFullScreen() is not before
    push(program, press)
    program.wait(lambda: program.window.isFullScreen() is before)


def leads_back(program: Program, press: Press, number: int) -> None:
    page = program.window.page
    push(program, press)
    program.wait(lambda: program.window.page is not page or page is program.pages.home, 5)


def searches(program: Program, press: Press, number: int) -> None:
    leads_to("library")(program, press, number)
    search = program.pages.library._search
    search.clear()
    assert search.hasFocus() is (number == 1 or not program.pages.library._model.rows)
    program.press(Qt.Key.Key_Q)
    assert search.text() == "q"
    search.clear()
    program._qtbot.wait(80)  # the search waits for a moment after a key


EVERYWHERE = {
    "home": leads_to("home"),
    "library": place(0, searches),
    "search": place(1, searches),
    "stories": leads_to("stories"),
    "trends": leads_to("trends"),
    "principles": leads_to("principles"),
    "microphone": leads_to("microphone"),
    "settings": leads_to("settings"),
    "keys": leads_to("keys"),
    "full_screen": full_screen,
    "back": leads_back,
}


# Drill


def open_drill(program: Program) -> None:
    letter(program, Qt.Key.Key_D, program.pages.drill)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.wait(lambda: program.shows("Space to record"))


def starts_and_stops(program: Program, press: Press, number: int) -> None:
    push(program, press)
    program.wait(lambda: program.shows("● Recording"))
    program._qtbot.wait(400)
    push(program, press)
    program.wait(lambda: program.shows("Space to record"))
    program.wait(program.pages.drill.panel._hear.isEnabled)


def again_at_once(program: Program, press: Press, number: int) -> None:
    starts_and_stops(program, Press(Qt.Key.Key_Space), 0)
    push(program, press)
    program.wait(lambda: program.shows("● Recording"))


def another_section(program: Program, press: Press, number: int) -> None:
    push(program, press)
    program.wait(lambda: program.shows(f"Drill: {list(Section)[number].title}"))


def another_target(program: Program, press: Press, number: int) -> None:
    before = program.screens.drill.drilling._target
    push(program, press)
    assert program.screens.drill.drilling._target == before + (5, -5)[number]


def emits(signal: Callable[[Program], object]) -> Check:
    """What makes a sound is wished for once."""

    def check(program: Program, press: Press, number: int) -> None:
        wishes: list[object] = []
        wished = signal(program)
        wished.connect(lambda *wish: wishes.append(wish))  # type: ignore[attr-defined]
        push(program, press)
        assert len(wishes) == 1

    return check


def test_drill(program: Program) -> None:
    panel = program.pages.drill.panel
    known = {
        "toggle": starts_and_stops,
        "again": again_at_once,
        "section": another_section,
        "target": another_target,
        "hear": emits(lambda _: panel.hear_wished),
        "example": emits(lambda _: panel.example_wished),
    }
    run_row(program, "drill", open_drill, known)


# Test, and the questions in Learn


def open_question(program: Program) -> None:
    """The third question of a test, so that there is one before it and one after it."""
    letter(program, Qt.Key.Key_T, program.pages.quiz)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.pages.quiz._options is not None)
    quizzing = program.screens.quiz
    while quizzing._place != 2:  # it goes on where it was left
        program.press(*((Qt.Key.Key_A, Qt.Key.Key_Return) if quizzing._place < 2 else (Qt.Key.Key_Left,)))


def open_practice(program: Program) -> PracticeCard:
    """Tab leads to the contents of Learn, Space to the practice in it."""
    letter(program, Qt.Key.Key_L, program.pages.learn)
    for _ in range(40):
        focused = program.window.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.text() == "Practice":
            break
        program.press(Qt.Key.Key_Tab)
    program.press(Qt.Key.Key_Space)
    card = program.window.focusWidget()
    assert isinstance(card, PracticeCard)
    return card


def answers(program: Program, press: Press, number: int) -> None:
    quizzing = program.screens.quiz
    push(program, press)
    assert quizzing._quiz
    question = quizzing._quiz.questions[quizzing._place]
    assert question.order.index(question.answer) == number % 4
    card = open_practice(program)
    while card._given is not None or card._place < number % 4:
        program.press(Qt.Key.Key_Right)
    push(program, press)
    assert card._given == number % 4


def goes_on(program: Program, press: Press, number: int) -> None:
    before = program.screens.quiz._place
    program.press(Qt.Key.Key_A)
    push(program, press)
    program.wait(lambda: program.shows(f"Question {before + 2} of 10"))


def another_question(program: Program, press: Press, number: int) -> None:
    before = program.screens.quiz._place
    program.press(Qt.Key.Key_A)
    push(program, press)
    program.wait(lambda: program.shows(f"Question {before + 1 + (-1, 1)[number]} of 10"))
    card = open_practice(program)
    program.press(Qt.Key.Key_Right)
    before = card._place
    push(program, press)
    assert card._place == before + (-1, 1)[number]


def hints(program: Program, press: Press, number: int) -> None:
    card = open_practice(program)
    push(program, press)
    program.wait(lambda: program.shows(f"Hint: {card.item.hint}"))


def solves(program: Program, press: Press, number: int) -> None:
    card = open_practice(program)
    program.press(Qt.Key.Key_A)
    push(program, press)
    program.wait(lambda: program.shows(f"1. {card.item.steps[0]}"))


def test_test_and_practice(program: Program) -> None:
    known = {
        "answer": answers,
        "next": goes_on,
        "move": another_question,
        "hint": hints,
        "solution": solves,
    }
    run_row(program, "questions", open_question, known)


# Room


def open_room(program: Program) -> None:
    """The answer to the first question is being recorded; begun by keys."""
    if program.window.page is program.pages.room:
        if program.state is State.LEAVING:
            program.press(Qt.Key.Key_Escape)
        leave_room(program)
    letter(program, Qt.Key.Key_M, program.pages.room)
    program.wait_for(State.READY)
    for state in (State.ASKING, State.RECORDING):
        program.press(Qt.Key.Key_Space)
        program.wait_for(state)


def turn(program: Program) -> str:
    facts = program.pages.room._facts
    assert facts
    return facts.turn.key


def next_part(program: Program, press: Press, number: int) -> None:
    program._qtbot.wait(200)
    push(program, press)
    program.wait(lambda: turn(program) == "task")


def finishes(program: Program, press: Press, number: int) -> None:
    program._qtbot.wait(200)
    push(program, press)
    program.wait(lambda: "Follow-up 1" in program.pages.room._part.text())


def redoes(program: Program, press: Press, number: int) -> None:
    program._qtbot.wait(400)
    push(program, press)
    program.wait(lambda: [take.turn for take in program.session().takes] == ["situation", "situation"])


def asks_again(program: Program, press: Press, number: int) -> None:
    """Possible until the recording begins, so here with time to think."""
    moves: list[State] = []
    program.screens.room.conductor._settings = program.screens.room.conductor._settings.__class__(
        think_seconds=20, counts_in=False, speaks=False
    )
    program.screens.room.conductor._interview.think_seconds = 20
    for state in (State.ASKING, State.THINKING):
        program.press(Qt.Key.Key_Space)
        program.wait_for(state)
    program.screens.room.conductor.facts_changed.connect(lambda facts: moves.append(facts.state))
    push(program, press)
    program.wait(lambda: State.ASKING in moves)


def declines(program: Program, press: Press, number: int) -> None:
    program._qtbot.wait(200)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: "Follow-up 1" in program.pages.room._part.text())
    probe = turn(program)
    push(program, press)
    program.wait(lambda: program.session().declined == (probe,))


def shows_a_hint(program: Program, press: Press, number: int) -> None:
    assert not program.pages.room._hint.isVisible()
    push(program, press)
    program.wait(program.pages.room._hint.isVisible)


def marks(program: Program, press: Press, number: int) -> None:
    program._qtbot.wait(200)
    push(program, press)
    program.wait(lambda: len(program.session().takes[0].bookmarks) == 1)


def changes_the_clock(program: Program, press: Press, number: int) -> None:
    before = program.services.preferences.settings.clock_style
    push(program, press)
    assert program.services.preferences.settings.clock_style != before


def answers_for_the_microphone(program: Program, press: Press, number: int) -> None:
    """As it is asked when the microphone has gone, which `test_faults_in_the_room.py` lets happen."""
    room, wishes = program.pages.room, list[str]()
    assert room._facts
    room.show_facts(replace(room._facts, state=State.DEVICE_LOST))
    room.try_again_wished.connect(lambda: wishes.append("again"))
    room.pressed.connect(lambda event: wishes.append(event.name))
    push(program, press)
    assert wishes == [("again", "STOP")[number]]


def asks_what_to_keep(program: Program, press: Press, number: int) -> None:
    push(program, press)
    program.wait(lambda: program.shows("Keep what you recorded?"))
    push(program, press)
    program.wait_for(State.RECORDING)


def test_room(program: Program) -> None:
    known = {
        "next": next_part,
        "finish": finishes,
        "redo": redoes,
        "repeat": asks_again,
        "decline": declines,
        "hint": shows_a_hint,
        "mark": marks,
        "clock": changes_the_clock,
        "lost": answers_for_the_microphone,
        "leave": asks_what_to_keep,
    }
    run_row(program, "room", open_room, known)
    open_room(program)
    leave_room(program)


# Debrief


def open_debrief(program: Program) -> None:
    """The newest session, from the list, by keys alone."""
    if program.window.page is program.pages.room:
        leave_room(program)
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.press(Qt.Key.Key_Home, modifiers=CONTROL)
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.debrief)
    player(program).stop()
    player(program).seek(0)


def player(program: Program):
    return program.screens.debrief.player


def newest(program: Program) -> Session:
    return program.services.archive.get(NEWER)


def plays_a_section(program: Program, press: Press, number: int) -> None:
    push(program, press)
    assert player(program).is_playing
    assert player(program).position // (SECTION_SECONDS * RATE_HZ) == number


def disputes(program: Program, press: Press, number: int) -> None:
    first = newest(program).disputed
    push(program, press)
    assert len(newest(program).disputed) == len(first) + 1


def decides(program: Program, press: Press, number: int) -> None:
    def sounds() -> list[QPushButton]:
        pushes = program.pages.debrief.findChildren(QPushButton)
        return [each for each in pushes if "Hear the sound" in each.accessibleName()]

    program.services.archive.change(NEWER, lambda now: replace(now, sounds={}))  # undecided again
    program.wait(lambda: bool(sounds()))
    sounds()[0].click()
    push(program, press)
    assert list(newest(program).sounds.values()) == [number == 0]


def toggles(program: Program, press: Press, number: int) -> None:
    push(program, press)
    assert program.window.page is program.pages.debrief
    assert player(program).is_playing
    push(program, press)
    assert not player(program).is_playing


def seeks(seconds: tuple[float, ...]) -> Check:
    def check(program: Program, press: Press, number: int) -> None:
        player(program).seek(20 * RATE_HZ)
        push(program, press)
        assert player(program).position == (20 + seconds[number]) * RATE_HZ

    return check


def goes_to_a_finding(program: Program, press: Press, number: int) -> None:
    player(program).seek((35, 0)[number] * RATE_HZ)
    before = player(program).position
    push(program, press)
    assert player(program).is_playing
    assert (player(program).position < before) is (number == 0)


def repeats(program: Program, press: Press, number: int) -> None:
    push(program, press)
    assert player(program).loop


def selects(program: Program, press: Press, number: int) -> None:
    player(program).seek(12 * RATE_HZ)
    push(program, press)
    span = program.pages.debrief.player.wave.selection
    assert span
    assert (span.start, span.end)[number] == 12 * RATE_HZ


def changes_the_speed(program: Program, press: Press, number: int) -> None:
    before = player(program).speed
    push(program, press)
    assert (player(program).speed > before) is (number == 1)


def changes_the_volume(program: Program, press: Press, number: int) -> None:
    program.services.preferences.change(program.services.preferences.settings.__class__(volume=50))
    program.pages.debrief.player.show_volume(50)
    push(program, press)
    assert program.services.preferences.settings.volume == (60, 40)[number]


def marks_the_moment(program: Program, press: Press, number: int) -> None:
    before = newest(program).takes[0].bookmarks
    player(program).seek(12 * RATE_HZ)
    push(program, press)
    assert newest(program).takes[0].bookmarks == (() if before else (12 * RATE_HZ,))


def plays_from_the_word(program: Program, press: Press, number: int) -> None:
    """Of the second section: its first word."""
    words = [each for each in program.pages.debrief.findChildren(TranscriptView) if each.isVisible()][1]
    words.setFocus()
    push(program, press)
    assert player(program).is_playing
    assert player(program).position >= SECTION_SECONDS * RATE_HZ


def mark_frames(program: Program) -> list[int]:
    return [mark.frame for mark in newest(program).takes[0].marks]


def begins_a_section(program: Program, press: Press, number: int) -> None:
    """At the nearest pause, and the others stay."""
    before = mark_frames(program)
    player(program).seek(round((number * SECTION_SECONDS + 2.5) * RATE_HZ))
    push(program, press)
    now = mark_frames(program)
    assert now[number] != before[number]
    assert now[:number] == before[:number]
    program.press(Qt.Key.Key_Z, modifiers=CONTROL)


def nudges(program: Program, press: Press, number: int) -> None:
    before = mark_frames(program)
    player(program).seek(10 * RATE_HZ)
    push(program, press)
    assert mark_frames(program)[1] == before[1] + (-1, 1)[number] * RATE_HZ // 10
    program.press(Qt.Key.Key_Z, modifiers=CONTROL)


def puts_a_word_right(program: Program, press: Press, number: int) -> None:
    player(program).seek(round(0.7 * RATE_HZ))
    push(program, press)
    assert program.shows("Heard: “I”")
    program.press(Qt.Key.Key_Escape)
    assert not program.shows("Heard: “I”")


def undoes(program: Program, press: Press, number: int) -> None:
    before = mark_frames(program)
    player(program).seek(10 * RATE_HZ)
    program.press(Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.AltModifier)
    assert mark_frames(program) != before
    push(program, press)
    assert mark_frames(program) == before


DEBRIEF: dict[str, Mapping[str, Check]] = {
    "debrief": {
        "section": plays_a_section,
        "dispute": disputes,
        "again": leads_to("room"),
        "filler": place(0, decides),
        "no_filler": place(1, decides),
        "compare": leads_to("compare"),
    },
    "listening": {
        "toggle": toggles,
        "step": seeks((-2, 2)),
        "back": seeks((-10,)),
        "ahead": seeks((10,)),
        "finding": goes_to_a_finding,
        "loop": repeats,
        "start": place(0, selects),
        "end": place(1, selects),
        "slower": place(0, changes_the_speed),
        "faster": place(1, changes_the_speed),
        "louder": place(0, changes_the_volume),
        "softer": place(1, changes_the_volume),
        "mark": marks_the_moment,
        "word": plays_from_the_word,
    },
    "correcting": {
        "edge": begins_a_section,
        "nudge": nudges,
        "word": puts_a_word_right,
        "undo": undoes,
    },
}


@pytest.mark.parametrize("screen", DEBRIEF)
def test_debrief(program: Program, earn_trust: Pattern, screen: str) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    run_row(program, screen, open_debrief, DEBRIEF[screen])
    if program.window.page is program.pages.room:
        leave_room(program)


# All sessions, microphone check


def test_all_sessions(program: Program, earn_trust: Pattern) -> None:
    def to_the_bin(program: Program, press: Press, number: int) -> None:
        push(program, press)
        program.wait(lambda: not program.store.folder(NEWER).exists())
        assert program.store.folder(OLDER).exists()

    def open_list(program: Program) -> None:
        program.press(Qt.Key.Key_2, modifiers=CONTROL)

    keep(program, earn_trust, OLDER, NEWER)
    run_row(program, "sessions", open_list, {"open": leads_to("debrief"), "bin": to_the_bin})


def test_microphone_check(program: Program) -> None:
    def open_check(program: Program) -> None:
        home(program)
        program.press(Qt.Key.Key_M, modifiers=CONTROL)
        program.wait(lambda: program.window.page is program.pages.microphone)

    def records(program: Program, press: Press, number: int) -> None:
        push(program, press)
        program.wait(lambda: program.shows("Recording. Say a sentence"))
        program._qtbot.wait(300)
        push(program, press)
        program.wait(program.pages.microphone.play.isEnabled)

    def plays(program: Program, press: Press, number: int) -> None:
        records(program, Press(Qt.Key.Key_Space), 0)
        emits(lambda program: program.pages.microphone.play_wished)(program, press, number)

    run_row(program, "microphone", open_check, {"toggle": records, "hear": plays})


# Everywhere: from each page


def open_compare(program: Program) -> None:
    open_debrief(program)
    program.press(Qt.Key.Key_X)
    program.wait(lambda: program.window.page is program.pages.compare)


PAGES = {
    "home": home,
    "library": lambda program: program.press(Qt.Key.Key_2, modifiers=CONTROL),
    "stories": lambda program: program.press(Qt.Key.Key_3, modifiers=CONTROL),
    "trends": lambda program: program.press(Qt.Key.Key_4, modifiers=CONTROL),
    "principles": lambda program: program.press(Qt.Key.Key_5, modifiers=CONTROL),
    "microphone": lambda program: program.press(Qt.Key.Key_M, modifiers=CONTROL),
    "settings": lambda program: program.press(Qt.Key.Key_Comma, modifiers=CONTROL),
    "keys": lambda program: program.press(Qt.Key.Key_F1),
    "learn": lambda program: letter(program, Qt.Key.Key_L, program.pages.learn),
    "quiz": lambda program: letter(program, Qt.Key.Key_T, program.pages.quiz),
    "drill": lambda program: letter(program, Qt.Key.Key_D, program.pages.drill),
    "debrief": open_debrief,
    "compare": open_compare,
    "typed_answer": lambda program: program.pages.home.typing_wished.emit(),
    "bin": lambda program: program.pages.library.bin_wished.emit(),
}


def test_everywhere(program: Program, earn_trust: Pattern) -> None:
    StoryFile(program.folders.data).write([OwnStory("story-1", "The refund form")])
    program.services.stories.read()
    program.wait(lambda: bool(program.services.stories.all))
    keep(program, earn_trust, OLDER, NEWER)
    for name, opens in PAGES.items():

        def open_page(program: Program, name: str = name, opens: Callable[[Program], None] = opens) -> None:
            opens(program)
            program.wait(lambda: program.window.page is getattr(program.pages, name))

        run_row(program, "everywhere", open_page, EVERYWHERE)


# The table and the rule


def test_every_screen_of_the_table_has_a_test() -> None:
    screens = {"everywhere", "home", "drill", "questions", "room", "sessions", "microphone"}
    assert set(SCREENS) == screens | set(DEBRIEF)


def test_who_has_the_keys(program: Program, earn_trust: Pattern) -> None:
    """On each page as opened: never a button or a box that does something by itself, but for the one that is the page's
    purpose; after a click on one still the page; by Tab the first thing on the page, and then it has them."""
    StoryFile(program.folders.data).write([OwnStory("story-1", "The refund form")])
    program.services.stories.read()
    program.wait(lambda: bool(program.services.stories.all))
    keep(program, earn_trust, OLDER, NEWER)
    purpose = {"home": program.pages.home.start, "quiz": None}
    for name, opens in PAGES.items():
        opens(program)
        program.wait(partial(lambda page: program.window.page is page, getattr(program.pages, name)))
        page = program.window.page
        first = program.window.focusWidget()
        assert first is page or page.isAncestorOf(first), name
        if name not in purpose:
            assert not isinstance(first, QAbstractButton | QComboBox), name
        if name == "keys":
            continue  # it is only read
        page.setFocus()
        program.press(Qt.Key.Key_Tab)
        then = program.window.focusWidget()
        assert then is not page, name
        assert page.isAncestorOf(then), name
        if isinstance(then, QAbstractButton):
            pressed = QSignalSpy(then.clicked)
            QTest.keyClick(then, Qt.Key.Key_Return)
            assert pressed.count() == 1, name


def test_a_click_leaves_the_keys_to_the_page(program: Program, earn_trust: Pattern) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    page = program.pages.debrief
    levels = page.session_actions.levels
    QTest.mouseClick(levels.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert program.window.focusWidget() is page
    program.press(Qt.Key.Key_Space)
    assert player(program).is_playing
    program.press(Qt.Key.Key_Space)
    notes: Callable[[], list[NoteLine]] = lambda: [each for each in page.findChildren(NoteLine) if each.isVisible()]  # noqa: E731
    program.wait(lambda: bool(notes()))
    note = notes()[0]
    page.ensureWidgetVisible(note)  # type: ignore[attr-defined]
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    QTest.keyClicks(note, "1 am not a key")
    assert note.text() == "1 am not a key"
    assert not player(program).is_playing
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # type: ignore[attr-defined]
    assert program.window.focusWidget() is page
    program.wait(lambda: newest(program).takes[0].note == "1 am not a key")


def test_what_goes_away_leaves_the_keys_to_the_page(program: Program, earn_trust: Pattern) -> None:
    """Not to its neighbour, which the same key would press."""
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    page = program.pages.debrief
    unfair = next(each for each in page.findChildren(QPushButton) if each.text() == "Not fair here")
    unfair.setFocus()
    program.press(Qt.Key.Key_Space)
    assert len(newest(program).disputed) == 1
    program.wait(lambda: program.window.focusWidget() is page)  # the findings are read beside the window
    heir: QWidget = program.pages.home
    program.show(heir)
    start = program.pages.home.start
    assert start.hasFocus()
    start.setEnabled(False)
    assert heir.hasFocus()


def test_a_held_key_is_one_press(program: Program, earn_trust: Pattern) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    page = program.pages.debrief
    QTest.keyPress(page, Qt.Key.Key_Space)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, PLAIN, " ", True)
        QApplication.sendEvent(page, held)
    assert player(program).is_playing

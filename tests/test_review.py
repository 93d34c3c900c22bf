"""The debrief as a person uses it: findings with their sound, levels, what is not fair, typed answers."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QPushButton

from app.screens.debrief.finding_card import FindingCard
from app.state.settings import load_settings
from audio.decode import decode
from audio.models import SAMPLE_MODEL
from content.samples import shipped_samples
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark
from tests.program import Program
from tests.pulse import Pulse

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL))
    yield running
    running.close()


def spoken_session(program: Program, sample: int, name: str = "2026-11-20-1900-aaaaaa") -> Session:
    """A shipped sample as if somebody had said it in one take; its words come from the sample model."""
    shipped = shipped_samples()[sample]
    pattern = program.services.inventory.library.patterns["earn-trust"]
    session = Session(
        id=name,
        pattern=pattern.id,
        principle=pattern.principle,
        level=Level.SDE2,
        started="2026-11-20T19:00",
        seed=1,
        targets=pattern.targets(Level.SDE2),
        total_seconds=175.0,
        is_closed=True,
        gap_probes=("gap-figure",),
    )
    program.store.save(session)
    frames = decode(shipped.path, program.store.folder(name) / "answer-1.wav").frames
    marks = tuple(Mark(round(seconds * RATE_HZ), section) for section, seconds in shipped.marks.items())
    program.store.save(session.with_take(Take("answer-1", "answer", "answer-1.wav", marks, frames, frames)))
    program.pages.home.session_wished.emit(name)
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.services.index.open()
    program.wait(lambda: program.store.load(name).takes[0].transcript is not None, 60)
    program.wait(lambda: bool(cards(program)))
    return program.store.load(name)


def cards(program: Program) -> list[FindingCard]:
    return [card for card in program.pages.debrief.findChildren(FindingCard) if card.isVisible()]


def first_rule(program: Program) -> str:
    """Of the one fix first; empty while there is none."""
    return cards(program)[0].finding.rule if cards(program) else ""


def press(program: Program, start: str, place: int = 0) -> None:
    """Puts the focus on the visible button whose text begins so, and presses Space."""
    buttons = [each for each in program.window.findChildren(QAbstractButton) if each.isVisible()]
    chosen = [each for each in buttons if each.text().startswith(start)][place]
    chosen.setFocus()
    program.press(Qt.Key.Key_Space)


def test_the_first_fix_is_quoted_and_its_words_can_be_heard(program: Program, pulse: Pulse) -> None:
    spoken_session(program, 1)
    first = cards(program)[0]
    assert first.finding.rule == "my manager asked me to"
    assert program.shows("Fix this first")
    assert program.shows("A strict listener stops at")
    assert len(cards(program)) == 5
    played: list[tuple[str, int, int]] = []
    program.pages.debrief.play_wished.connect(lambda *wish: played.append(wish))
    first.play.setFocus()
    program.press(Qt.Key.Key_Space)
    ((take, start, end),) = played
    assert take == "answer-1"
    assert start / RATE_HZ == pytest.approx(0.6, abs=0.5)
    assert end / RATE_HZ == pytest.approx(4.3, abs=0.6)
    program.wait(lambda: not program.screens.debrief.player.is_playing, 10)


def test_more_is_shown_on_a_key(program: Program) -> None:
    spoken_session(program, 1)
    press(program, "Show ")
    program.wait(lambda: len(cards(program)) > 5)


def test_another_level_asks_for_other_things_without_a_new_recording(program: Program) -> None:
    spoken_session(program, 0)
    assert program.shows("0:20")
    press(program, "Senior SDE")
    program.wait(lambda: program.store.load("2026-11-20-1900-aaaaaa").level is Level.SENIOR)
    program.wait(lambda: program.shows("What Senior SDE is held to"))
    press(program, "SDE 1")
    program.wait(lambda: program.store.load("2026-11-20-1900-aaaaaa").targets[Section.SITUATION] == 20.0)
    program.wait(lambda: program.shows("over its 0:20"))


def test_what_is_not_fair_goes_and_comes_back_for_nobody(program: Program) -> None:
    session = spoken_session(program, 1)
    rule = cards(program)[0].finding.rule
    program.pages.debrief.setFocus()
    program.press(Qt.Key.Key_F)
    program.wait(lambda: first_rule(program) not in ("", rule))
    program.wait(lambda: rule in load_settings(program.folders, print).disputed)
    program.wait(lambda: program.store.load(session.id).disputed == (f"{rule}@S",))
    for number in (2, 3):
        spoken_session(program, 1, f"2026-11-20-190{number}-aaaaaa")
        if number == 3:
            break
        program.wait(lambda: first_rule(program) == rule)
        press(program, "Not fair here")
        program.wait(lambda: first_rule(program) not in ("", rule))
    program.wait(lambda: first_rule(program) == rule)
    press(program, "Not fair here")
    program.wait(lambda: load_settings(program.folders, print).disputed.count(rule) == 3)
    spoken_session(program, 1, "2026-11-20-1909-aaaaaa")
    press(program, "Switch this rule off")
    program.wait(lambda: load_settings(program.folders, print).rules_off == (rule,))
    program.wait(lambda: all(card.finding.rule != rule for card in cards(program)))


def test_a_gap_probe_says_why_it_was_asked(program: Program) -> None:
    spoken_session(program, 1)
    assert program.shows("Asked because: Your result had no number in it.")


def test_the_same_story_for_another_principle(program: Program) -> None:
    spoken_session(program, 0)
    press(program, "Dive Deep")
    assert program.shows("Open with the hunt for the cause")
    assert program.shows("of the time went on what Dive Deep looks for")


def test_a_typed_answer_is_read_like_a_spoken_one(program: Program) -> None:
    press(program, "Type an answer")
    program.wait(lambda: program.window.page is program.pages.typed_answer)
    text = "My manager asked me to look into it. We figured it out together. The team was happy."
    for letter in text:
        program.pages.typed_answer._text.insertPlainText(letter)
    press(program, "Read it")
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.wait(lambda: bool(cards(program)))
    assert cards(program)[0].finding.rule == "my manager asked me to"
    assert not [each for each in cards(program)[0].findChildren(QPushButton) if each.text().startswith("▶")]
    session = program.session()
    assert session.is_closed
    assert session.takes == ()
    assert " ".join(session.typed.values()) == text


def test_headings_alone_are_no_answer_and_a_pasted_one_keeps_every_word(program: Program) -> None:
    press(program, "Type an answer")
    page = program.pages.typed_answer
    program.wait(lambda: program.window.page is page)
    page._text.setPlainText("Situation:\nTask:\nActions:\nResults:\nLearnings:")
    press(program, "Read it")
    program.wait(lambda: program.window._notice.text().startswith("There is no answer in the text."))
    assert program.window.page is page
    text = "We were late every day.\n**Actions (90s)**\nI moved the start.\n## Results\nWe were late once in May."
    page._text.setPlainText(text)  # type: ignore[attr-defined]
    press(program, "Read it")
    program.wait(lambda: program.window.page is program.pages.debrief)
    assert program.session().typed == {
        Section.SITUATION: "We were late every day.",
        Section.ACTION: "I moved the start.",
        Section.RESULT: "We were late once in May.",
    }


PASTED = """Sure! Here is a STAR answer you can use:

**S – Situation (30 sec):** Our payment service dropped one order in fifty every Friday evening. Nobody knew why.

**T – Task (20 sec):** Nobody had asked me, but I wanted the cause before the sale.

**A – Action (90 sec):**
1. I wrote a replay tool for the queue.
2. Then I compared two weeks of logs. Result: none of them showed it, so I asked the vendor's engineers.
3. I fixed the race with them.

**R – Result (20 sec):** Lost orders fell from 2 % to zero.

**R – Reflection (15 sec):** Next time I'd add the replay test on day one.
"""


def test_of_a_pasted_answer_with_bold_headings_every_sentence_is_shown_and_no_part_missed(program: Program) -> None:
    press(program, "Type an answer")
    QGuiApplication.clipboard().setText(PASTED)
    program.pages.typed_answer._text.setFocus()
    program.press(Qt.Key.Key_V, modifiers=CONTROL)
    press(program, "Read it")
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.wait(lambda: bool(cards(program)))
    for line in filter(None, PASTED.splitlines()):
        words = line.rpartition(":** ")[2]
        assert words.startswith("**") or program.shows(words), words
    assert not program.shows("I did not find this section")
    assert not any("**" in text or "sec)" in text for text in program.texts())
    assert all(program.session().typed[section] for section in Section)
    press(program, "Show ")
    program.wait(lambda: len(cards(program)) > 3)
    missed = [card.finding.rule for card in cards(program) if "missing" in card.finding.rule]
    assert missed == []


def test_a_word_that_was_said_finds_its_session(program: Program) -> None:
    spoken_session(program, 1)
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    page = program.pages.library
    program.wait(lambda: program.window.page is page)
    program.wait(lambda: program.shows("1 session"))
    program.press(*(Qt.Key[f"Key_{letter}"] for letter in "PIPELI"))
    program.wait(lambda: program.shows("1 session") and len(page._model.rows) == 1)
    program.press(Qt.Key.Key_X)
    program.wait(lambda: program.shows("Nothing fits"))
    program.press(Qt.Key.Key_Backspace)
    program.wait(lambda: len(page._model.rows) == 1)
    program.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.debrief)

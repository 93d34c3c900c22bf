"""Learn and Test in the real window: every part is there, answers are kept, a test goes on after a kill."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from app.screens.learn.concept_card import ConceptCard
from app.screens.learn.practice_card import PracticeCard
from app.screens.learn.probe_lesson import ProbeLesson
from app.screens.learn.weak_exercise import WeakExercise, pieces_of
from content.loader import SHIPPED, load_pattern
from interviewer.level import Level
from interviewer.pattern import LETTERS, Pattern, Section
from interviewer.practice.practice_book import Practice, PracticeBook
from interviewer.practice.quiz import draw, misses
from interviewer.practice.quiz_shelf import QuizShelf
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import press

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot)
    yield running
    running.close()


def open_mode(program: Program, key: Qt.Key) -> None:
    """From Home, by its letter."""
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.pages.home.start.setFocus()
    program.press(key)


def see(program: Program, words: str) -> None:
    """What has just been put on the page shows with the next turn of the event loop."""
    program.wait(lambda: program.shows(words), 5)


def all_texts(program: Program) -> str:
    """Everything on the Learn page, hidden or not."""
    page = program.pages.learn
    shown = [each.text() for each in page.findChildren(QLabel)]
    shown += [each.toPlainText() for each in page.findChildren(QPlainTextEdit)]
    return "\n".join(shown)


@pytest.mark.parametrize("level", list(Level))
def test_all_of_the_pattern_is_on_the_page(program: Program, earn_trust: Pattern, level: Level) -> None:
    """A-03, A-09 to A-16, A-23, A-34 to A-52: what the pattern holds, Learn shows."""
    open_mode(program, Qt.Key.Key_L)
    program.wait(lambda: program.window.page is program.pages.learn)
    program.pages.learn.level_chosen.emit(level)
    text = all_texts(program)
    pattern = earn_trust
    wanted = [pattern.meaning, " ".join(pattern.overview.split()), " ".join(pattern.summary.split())]
    wanted += [*(f"• {each}" for each in pattern.listens_for)]
    wanted += [each.text for each in pattern.takeaways]
    for guide in pattern.sections.values():
        wanted += [guide.prompt, guide.extra_examples.get(level, guide.example), guide.coaching, guide.mistake]
        wanted += [cue.text for cue in guide.cues]
    for probe in pattern.probes:
        wanted += [probe.text, probe.signal, probe.weak, probe.why_weak, probe.strong, probe.key_line]
    for variant in pattern.variants:
        wanted += [variant.principle, variant.opening, *variant.emphasise, *variant.downplay]
    chosen = pattern.levels[level]
    wanted += [chosen.focus, chosen.reflection, *chosen.bar]
    for check in pattern.concept_checks:
        wanted += [check.question, *check.options, check.why]
    missing = [each for each in wanted if each not in text]
    assert missing == []
    for section, target in pattern.targets(level).items():
        assert f"up to {int(target) // 60}:{int(target) % 60:02}" in text, section
    assert program.services.preferences.settings.level == level.value


def test_cues_are_marked_in_the_examples(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_L)
    program.wait(lambda: program.window.page is program.pages.learn)
    for section, guide in earn_trust.sections.items():
        card = program.pages.learn.part(section.letter)
        (example,) = card.findChildren(QPlainTextEdit)
        marked = [selection.cursor.selectedText() for selection in example.extraSelections()]
        assert len(marked) >= len(guide.cues) - 2, section
        assert all(selection.format.fontUnderline() for selection in example.extraSelections())


def test_the_example_can_be_hidden_and_read_aloud(program: Program) -> None:
    open_mode(program, Qt.Key.Key_L)
    learning = program.screens.learn
    card = program.pages.learn.part("S")
    (example,) = card.findChildren(QPlainTextEdit)
    press(program, "Hide the example")
    assert example.isHidden()
    press(program, "Show the example")
    assert not example.isHidden()
    card.read_wished.emit("I noticed it.")
    program.wait(lambda: learning._asking._play_id > 0)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    assert learning._asking._play_id == 0


def test_the_weak_answer_is_an_exercise(program: Program, earn_trust: Pattern) -> None:
    weak = earn_trust.weak_answer
    open_mode(program, Qt.Key.Key_L)
    exercise = program.pages.learn.part("weak_answer")
    assert isinstance(exercise, WeakExercise)
    for fault in weak.faults:
        assert not fault.quote or fault.instead not in exercise_texts(exercise)
    exercise.setFocus()
    program.press(
        Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_6
    )  # one that would pass, "They handled it", and what is missing
    assert [option.accessibleDescription() for option in exercise.options].count("✓ marked") == 3
    press(program, "Show the solution")
    see(program, "You found 2 of 5, and marked 1 that would pass.")
    text = exercise_texts(exercise)
    marks = [option.accessibleDescription() for option in exercise.options]
    assert marks == ["✗ would pass", "○ not marked", "✓ found", "○ not marked", "○ not marked", "✓ found"]
    for fault in weak.faults:
        assert fault.fault in text
        assert f"Say instead: {fault.instead}" in text
    assert weak.listener_view in text
    program.press(Qt.Key.Key_2)  # it is over
    assert not exercise.options[1].isChecked()
    press(program, "Again")
    assert "You found" not in exercise_texts(exercise)
    assert not any(option.isChecked() or option.accessibleDescription() for option in exercise.options)


def exercise_texts(exercise: WeakExercise) -> str:
    return "\n".join(each.text() for each in exercise.findChildren(QLabel) if not each.isHidden())


def test_the_pieces_of_a_weak_answer_hold_every_fault(earn_trust: Pattern) -> None:
    """Also where somebody's own pattern has one quote twice, or several things that are missing."""
    weak = earn_trust.weak_answer
    assert all(len(piece.text.split()) > 3 for piece in pieces_of(weak) if not piece.faults)
    twice = replace(weak.faults[1], fault="Something else.")
    unsaid = replace(weak.faults[4], fault="No lesson.")
    strange = replace(
        weak, text=f"{weak.text} They handled the fix, again & again.", faults=(*weak.faults, twice, unsaid)
    )
    for each in (weak, strange):
        told = [fault for piece in pieces_of(each) for fault in piece.faults]
        assert sorted(map(repr, told)) == sorted(map(repr, each.faults))


def test_a_concept_check_says_why_at_once(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_L)
    card = program.pages.learn.part("checks")
    assert isinstance(card, ConceptCard)
    assert card.why.isHidden()
    right = LETTERS.index(earn_trust.concept_checks[0].key)
    card.setFocus()
    program.press(Qt.Key[f"Key_{LETTERS[(right + 1) % 4]}"])
    assert not card.why.isHidden()
    assert card.options.options[right].accessibleDescription() == "✓ the right one"
    assert card.options.options[(right + 1) % 4].accessibleDescription() == "✗ not this one"
    program.press(Qt.Key[f"Key_{LETTERS[right]}"])  # one answer is enough
    assert card.options.options[(right + 1) % 4].isChecked()
    assert program.window.focusWidget() is card
    press(program, "Again")
    assert card.why.isHidden()
    program.press(Qt.Key[f"Key_{right + 1}"])
    assert card.options.options[right].accessibleDescription() == "✓ right"


def test_practice_by_keys_with_hint_and_solution(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_L)
    practice = program.pages.learn.part("practice")
    assert isinstance(practice, PracticeCard)
    practice.setFocus()
    program.press(Qt.Key.Key_Right, Qt.Key.Key_H)
    item = practice.item
    assert item == earn_trust.items[1]
    assert f"Hint: {item.hint}" in all_texts(program)
    assert item.steps[0] not in all_texts(program)
    program.press(Qt.Key.Key_S)  # nothing before the answer
    assert item.steps[0] not in all_texts(program)
    wrong = next(letter for letter in LETTERS if letter != item.key)
    program.press(Qt.Key[f"Key_{wrong}"])
    assert f"Why not {wrong}: {item.why_not_of(wrong)}" in all_texts(program)
    for step in item.steps:
        assert step not in all_texts(program)
        program.press(Qt.Key.Key_S)
        assert step in all_texts(program)
    for letter in LETTERS:
        assert letter == item.key or item.why_not_of(letter) in all_texts(program)
    assert item.mistake in all_texts(program)
    book = PracticeBook(program.folders.data)
    expected = Practice(item.id, {item.id: wrong}, frozenset({item.id}))
    program.wait(lambda: book.read().get("earn-trust") == expected)


def test_practice_tells_how_it_went_and_stays_where_it_is(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_L)
    learn = program.pages.learn
    learn.scroll_to("practice")
    practice = learn.part("practice")
    assert isinstance(practice, PracticeCard)
    program.wait(lambda: program.window.focusWidget() is practice)
    first, second = earn_trust.items[:2]
    program.press(Qt.Key[f"Key_{first.key}"], Qt.Key.Key_S, Qt.Key.Key_S, Qt.Key.Key_S)
    assert program.window.focusWidget() is practice
    program.press(Qt.Key.Key_Right, Qt.Key.Key_H)
    program.press(Qt.Key[f"Key_{next(letter for letter in LETTERS if letter != second.key)}"])
    assert program.shows("Right so far: easy 1 of 2 · 1 with a hint")
    for button in practice.findChildren(QPushButton):
        if button.text() in ("Easy", "All"):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            assert practice.item == second  # it is an easy one
    assert program.window.focusWidget() is practice


def test_another_look_takes_nothing_away(program: Program, earn_trust: Pattern) -> None:
    """Text size and colours change under a line that was just written and a question that was just answered."""
    open_mode(program, Qt.Key.Key_L)
    learn = program.pages.learn
    card, check = learn.part("probes"), learn.part("checks")
    assert isinstance(card, ProbeLesson)
    assert isinstance(check, ConceptCard)
    card.own.setFocus()
    program.press(Qt.Key.Key_M, Qt.Key.Key_Y, Qt.Key.Key_Return)
    check.setFocus()
    program.press(Qt.Key.Key_A)
    program.window.set_look("dark", 200)
    assert card.own.text() == "my"
    assert not check.why.isHidden()
    program.window.set_look("light", 100)
    preferences = program.services.preferences
    own = preferences.settings.with_target("earn-trust", Level.SDE2, Section.SITUATION, 55.0)
    preferences.change(own)
    open_mode(program, Qt.Key.Key_L)
    see(program, "up to 0:55")
    again = learn.part("probes")
    assert isinstance(again, ProbeLesson)
    assert again.own.text() == "my"


def test_the_keys_work_in_a_page_that_was_filled_anew(program: Program) -> None:
    open_mode(program, Qt.Key.Key_L)
    learn = program.pages.learn
    next(each for each in learn.part("R").findChildren(QPushButton) if each.text() == "Say it now").setFocus()
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.pages.home.choice_changed.emit("earn-trust", Level.SDE1)
    open_mode(program, Qt.Key.Key_L)
    program._qtbot.wait(100)
    assert program.window.focusWidget() is learn


def test_new_patterns_take_no_question_away(program: Program) -> None:
    open_mode(program, Qt.Key.Key_T)
    program.press(Qt.Key.Key_Space, Qt.Key.Key_B)
    see(program, "Question 1 of 10")
    program.services.inventory.changed.emit()
    see(program, "Question 1 of 10")
    assert program.window.focusWidget() is program.pages.quiz


def test_reading_aloud_ends_at_a_second_press(program: Program) -> None:
    open_mode(program, Qt.Key.Key_L)
    learning = program.screens.learn
    press(program, "Read it aloud")
    program.wait(lambda: learning._asking._play_id > 0)
    press(program, "Stop reading")
    assert learning._asking._play_id == 0
    assert not [each for each in program.pages.learn.findChildren(QPushButton) if each.text() == "Stop reading"]


def test_esc_stops_what_is_read_aloud_and_then_leads_back(program: Program) -> None:
    open_mode(program, Qt.Key.Key_L)
    learning = program.screens.learn
    press(program, "Read it aloud")
    program.wait(lambda: learning._asking._play_id > 0)
    program.press(Qt.Key.Key_Escape)
    assert learning._asking._play_id == 0
    assert program.window.page is program.pages.learn
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)


def test_an_own_line_takes_the_place_of_the_line_to_keep(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_L)
    card = program.pages.learn.part("probes")
    assert isinstance(card, ProbeLesson)
    card.own.setFocus()
    program.press(*(Qt.Key[f"Key_{letter}"] for letter in "MINE"), Qt.Key.Key_Return)
    key = f"earn-trust/{earn_trust.probes[0].id}"
    assert program.services.preferences.settings.key_lines == {key: "mine"}
    card.sentence_wished.emit(card.own.text())
    see(program, "mine")
    assert program.pages.learn.panel.isVisible()
    program.press(Qt.Key.Key_Escape)
    assert not program.pages.learn.panel.isVisible()
    assert program.window.page is program.pages.learn


@pytest.mark.timeout(60)
def test_a_section_is_said_below_its_card_by_keys_alone(program: Program, pulse: Pulse, speech) -> None:
    """The example stays in sight; Esc gives the keys back to the button they came from."""
    open_mode(program, Qt.Key.Key_L)
    learn = program.pages.learn
    card = learn.part("T")
    opener = next(each for each in card.findChildren(QPushButton) if each.text() == "Say it now")
    opener.setFocus()
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: learn.panel.isVisible() and learn.panel.main.isEnabled())
    assert program.window.focusWidget() is learn.panel
    assert learn.panel.mapTo(learn, learn.panel.rect().topLeft()).y() < learn.height() / 2
    assert program.shows("Target 0:20")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    learn.read_wished.emit("Nothing is read into a recording.")
    said = pulse.speak(speech("There was no ticket, and nobody had asked."))
    program.wait(lambda: said.poll() is not None)
    program._qtbot.wait(300)
    program.press(Qt.Key.Key_Space)
    assert program.screens.learn._asking._play_id == 0
    program.wait(lambda: len(learn.panel.strip.texts) == 1)
    program.wait(lambda: learn.panel.strip.texts[0] != "0:00")
    program.press(Qt.Key.Key_Escape)
    assert program.window.page is learn
    assert program.window.focusWidget() is opener
    program.wait(lambda: program.session().is_closed)
    assert program.session().drill == "task"
    assert len(program.session().takes) == 1
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)
    open_mode(program, Qt.Key.Key_L)
    assert program.window.focusWidget() is opener


def test_what_is_being_said_comes_before_another_card(program: Program) -> None:
    open_mode(program, Qt.Key.Key_L)
    learn, in_learn = program.pages.learn, program.screens.learn.drilling
    learn.section_wished.emit(Section.RESULT)
    program.wait(learn.panel.main.isEnabled)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("● Recording"))
    learn.section_wished.emit(Section.ACTION)
    assert in_learn._subject
    assert in_learn._subject.turn.section is Section.RESULT
    program.press(Qt.Key.Key_Down)
    learn.level_chosen.emit(Level.SENIOR)  # another page altogether: what was said is kept
    assert not learn.panel.isVisible()
    program.wait(lambda: program.session().is_closed and program.session().takes[0].is_finished)
    assert program.session().targets[Section.RESULT] == 15.0


def answer(program: Program, pattern: Pattern, wrong: int) -> None:
    """All ten by keys, the first `wrong` of them wrongly."""
    keys = {item.id: item.key for item in pattern.items}
    quizzing = program.screens.quiz
    for number in range(10):
        quiz = quizzing._quiz
        assert quiz
        question = quiz.questions[quizzing._place]
        place = LETTERS.index(question.shown(keys[question.item]))
        place = (place + 1) % 4 if number < wrong else place
        program.press(Qt.Key[f"Key_{LETTERS[place]}"] if number % 2 else Qt.Key[f"Key_{place + 1}"], Qt.Key.Key_Return)


def test_a_test_with_a_known_seed_to_its_verdict(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_T)
    program.wait(lambda: program.shows("Begin") or program.window.page is program.pages.quiz)
    program.screens.quiz._begin(seed=23)
    quiz = program.screens.quiz._quiz
    assert quiz
    expected = draw(earn_trust, quiz.id, quiz.started, 23)
    assert quiz.questions == expected.questions
    see(program, "Question 1 of 10")
    program.press(Qt.Key.Key_H)  # no hints here
    assert not any("Hint" in text for text in program.texts())
    program.press(Qt.Key.Key_Return)  # nothing without an answer
    see(program, "Question 1 of 10")
    program.press(Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Left)
    see(program, "Question 1 of 10")
    answer(program, earn_trust, 3)
    done = QuizShelf(program.folders.data)
    program.wait(lambda: bool(done.all()) and bool(done.all()[-1].finished))
    finished = done.all()[-1]
    assert len(misses(finished, earn_trust)) == 3
    see(program, f"{finished.verdict.title}: 7 of 10 right.")
    for item in misses(finished, earn_trust):
        see(program, item.stem)
        see(program, item.steps[2])
    press(program, "In Learn:")
    program.wait(lambda: program.window.page is program.pages.learn)
    program.press(Qt.Key.Key_Escape)  # the other misses are still there
    program.wait(lambda: program.window.page is program.pages.quiz)
    see(program, misses(finished, earn_trust)[2].stem)
    open_mode(program, Qt.Key.Key_T)
    program.wait(lambda: program.pages.quiz._main.text() == "Begin the test")
    press(program, finished.finished.replace("T", ", "))  # and later, from the history
    see(program, f"{finished.verdict.title}: 7 of 10 right.")
    see(program, misses(finished, earn_trust)[2].stem)


def test_strong_only_with_every_hard_one(program: Program, earn_trust: Pattern) -> None:
    open_mode(program, Qt.Key.Key_T)
    program.press(Qt.Key.Key_Space)
    answer(program, earn_trust, 0)
    see(program, "Strong: 10 of 10 right.")
    program.press(Qt.Key.Key_Return, Qt.Key.Key_Space)  # pressed twice: no other test begins
    see(program, "Strong: 10 of 10 right.")
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    see(program, "Next: Mock interview. The last test was strong.")


KILLED = """
import sys, tests.conftest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.window.controller import Controller
from app.state.folders import system_folders
from app.state.settings import Settings
from app.window.opening import make_window
application = QApplication([])
folders = system_folders()
window = make_window(application, Settings())
controller = Controller(window, folders, Settings())
window.show()
controller.start()
while not window.home.start.isEnabled():
    application.processEvents()
controller.navigation.go("quiz")
controller.screens["quiz"]._begin(seed=5)
for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_C):
    QTest.keyClick(window.focusWidget(), key)
print("three", flush=True)
while True:
    application.processEvents()
"""


def test_a_test_goes_on_after_a_kill_in_the_middle(program: Program, earn_trust: Pattern) -> None:
    """Another window on the same data is killed after three answers; this one goes on at the fourth question."""
    root = Path(__file__).resolve().parent.parent
    killed = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, cwd=root)
    assert killed.stdout
    assert killed.stdout.readline() == "three\n"
    shelf = QuizShelf(program.folders.data)
    program.wait(lambda: bool(shelf.all()) and shelf.all()[0].place == 3)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    killed.stdout.close()
    program.services.quizzes.read()
    program.wait(lambda: bool(program.services.quizzes.all))
    open_mode(program, Qt.Key.Key_T)
    press(program, "Go on at question 4")
    see(program, "Question 4 of 10")
    quiz = program.screens.quiz._quiz
    assert quiz
    assert [each.shown(each.answer) for each in quiz.questions[:3]] == ["A", "B", "C"]


def test_a_pattern_of_ones_own_with_five_items_has_a_test_too(program: Program, tmp_path: Path) -> None:
    text = (SHIPPED / "earn-trust.toml").read_text(encoding="utf-8")
    parts = text.split("\n[[items]]")
    own = "\n[[items]]".join(parts[:6]).replace('id = "earn-trust"', 'id = "own"', 1)
    path = program.folders.patterns / "own.toml"
    path.write_text(own, encoding="utf-8")
    assert len(load_pattern(path).items) == 5
    program.services.inventory.read()
    program.wait(lambda: "own" in program.services.inventory.library.patterns)
    settings = program.services.preferences
    settings.change(replace(settings.settings, pattern="own"))
    open_mode(program, Qt.Key.Key_T)
    see(program, "5 questions")

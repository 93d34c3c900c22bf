"""Today, its keys, the principles page, and what a screen reader finds on every page of the practice modes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QDateEdit, QLineEdit, QWidget

from app.look.theme import THEMES, Theme
from app.screens.principles.mini_bars import MiniBars
from app.state.settings import load_settings
from audio.models import SAMPLE_MODEL
from content.loader import SHIPPED
from content.principles import principles
from interviewer.interview import State
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.practice.suggestion import Mode
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import press, spoken_session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL))
    yield running
    running.close()


@pytest.mark.parametrize(
    ("key", "page"),
    [("L", "learn"), ("T", "quiz"), ("D", "drill"), ("M", "room"), ("R", "library"), ("P", "principles")],
)
def test_a_letter_opens_each_way_to_practise(program: Program, key: str, page: str) -> None:
    program.press(Qt.Key[f"Key_{key}"])
    program.wait(lambda: program.window.page is getattr(program.pages, page))


def test_a_letter_is_only_a_letter_where_one_types(program: Program) -> None:
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.press(Qt.Key.Key_L, Qt.Key.Key_T)
    assert program.window.page is program.pages.library


def test_today_carries_one_badge_and_its_reason(program: Program) -> None:
    cards = program.pages.home._modes
    program.wait(lambda: [mode for mode in Mode if cards.buttons[mode].accessibleDescription()] == [Mode.TEST])
    assert [text for text in program.texts() if text == "★ Recommended"] == ["★ Recommended"]
    spoken_session(program, 2)  # the shipped sample with the long Situation
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.wait(lambda: program.shows("Next: Drill. Your Situation was over its target in the last take."))
    program.press(Qt.Key.Key_D)
    program.wait(lambda: program.shows("Drill: Situation"))


def test_home_follows_what_is_chosen_elsewhere(program: Program) -> None:
    """The level chosen in Learn is the one that a mock interview begins with."""
    program.press(Qt.Key.Key_L)
    program.wait(lambda: program.window.page is program.pages.learn)
    program.pages.learn.level_chosen.emit(Level.SENIOR)
    program.press(Qt.Key.Key_Escape)
    assert program.pages.home._choice() == ("earn-trust", Level.SENIOR)


def test_escape_leads_back_step_by_step_and_ends_at_home(program: Program) -> None:
    window = program.window
    program.press(Qt.Key.Key_P)
    program.press(Qt.Key.Key_4, modifiers=CONTROL)
    program.press(Qt.Key.Key_F1)
    program.press(Qt.Key.Key_5, modifiers=CONTROL)  # back to a page one came from
    assert window.page is program.pages.principles
    program.press(Qt.Key.Key_4, modifiers=CONTROL)
    program.press(Qt.Key.Key_F1)
    for page in (program.pages.trends, program.pages.principles, program.pages.home, program.pages.home):
        program.press(Qt.Key.Key_Escape)
        assert window.page is page


def test_escape_leads_back_to_the_list_a_session_was_opened_from(program: Program) -> None:
    spoken_session(program, 0)
    window = program.window
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    assert window.page is program.pages.library
    program.pages.library.session_wished.emit(program.session().id, "")  # type: ignore[attr-defined]
    program.wait(lambda: window.page is program.pages.debrief)
    program.press(Qt.Key.Key_Escape)
    assert window.page is program.pages.library
    program.pages.library.throw_away_wished.emit(program.session().id)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: window.page is program.pages.home)


def test_a_date_that_is_being_changed_is_left_alone(program: Program) -> None:
    press(program, "When is your interview?")
    box = program.pages.home.findChild(QDateEdit)
    assert box
    program.pages.home.choice_changed.emit("earn-trust", Level.SENIOR)
    assert not box.isHidden()


def test_many_drills_hide_no_interview(program: Program) -> None:
    """Today and the principles ask the index, not the newest sessions."""
    spoken_session(program, 2)
    session = program.session()
    for number in range(45):
        later = f"2026-11-21-{1000 + number}-000000"
        drill = replace(session, id=later, started="2026-11-21T10:00", drill="result")
        program.services.archive.add(drill)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.wait(lambda: program.shows("Next: Drill. Your Situation was over its target in the last take."))
    program.press(Qt.Key.Key_5, modifiers=CONTROL)
    program.wait(lambda: program.shows("Last practised 2026-11-21, 10:00"))
    (bars,) = [each for each in program.pages.principles.findChildren(MiniBars) if each.isVisible()]
    assert "Situation 2" in bars.accessibleName()  # more than twice its target


def test_a_wheel_over_a_box_scrolls_the_page_and_letters_are_the_pages(program: Program) -> None:
    box = program.pages.home._variant
    box.setFocus()
    before = box.currentText()
    QTest.keyClick(box, Qt.Key.Key_D)
    program.wait(lambda: program.window.page is program.pages.drill)
    assert box.currentText() == before
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turn)
    assert box.currentText() == before


def test_two_patterns_of_one_principle_are_both_there(program: Program) -> None:
    text = (SHIPPED / "earn-trust.toml").read_text(encoding="utf-8")
    own = text.replace('id = "earn-trust"', 'id = "own"', 1).replace("title = ", 'title = "Mine" # ', 1)
    (program.folders.patterns / "own.toml").write_text(own, encoding="utf-8")
    program.press(Qt.Key.Key_5, modifiers=CONTROL)
    program.services.inventory.read()
    program.wait(lambda: program.shows("Mine"))
    assert program.shows("Earn Trust: plain talk")


def test_a_chosen_pattern_that_is_gone_gives_way(qapp, qtbot, pulse: Pulse) -> None:
    program = Program(qapp, qtbot, pattern="gone")
    program.wait(lambda: program.services.preferences.settings.pattern == "earn-trust")
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    program.close()


def test_the_story_is_told_for_another_principle(program: Program, earn_trust: Pattern) -> None:
    """Chosen on Home; said in the drill, in the room's hint, and preselected in the debrief."""
    home = program.pages.home
    home.variant_changed.emit("Dive Deep")
    variant = earn_trust.variant("Dive Deep")
    assert variant
    program.press(Qt.Key.Key_D)
    program.wait(lambda: program.shows(variant.advice))
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    home.start.setFocus()
    program.press(Qt.Key.Key_M)
    program.wait_for(State.READY)
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_H)
    program.wait(lambda: program.shows("Told for Dive Deep: "))
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.window.page is home)


def test_the_date_of_the_interview_is_kept(program: Program) -> None:
    press(program, "When is your interview?")
    box = program.pages.home.findChild(QDateEdit)
    assert box
    box.setDate(box.date().addDays(3))
    day = box.date().toString("yyyy-MM-dd")
    press(program, "Keep")
    program.wait(lambda: load_settings(program.folders, print).interview == day)
    assert program.shows("in 13 days")
    press(program, "Change the date")
    program.press(Qt.Key.Key_Escape)  # it stays as it was
    assert program.window.page is program.pages.home
    assert program.shows("in 13 days")
    press(program, "Change the date")
    program.press(Qt.Key.Key_Return)
    assert program.shows("in 13 days")
    press(program, "Change the date")
    press(program, "No date")
    program.wait(lambda: load_settings(program.folders, print).interview == "")


def test_all_sixteen_principles_and_what_is_known_of_them(program: Program) -> None:
    program.press(Qt.Key.Key_5, modifiers=CONTROL)
    text = "\n".join(program.texts())
    for principle in principles():
        assert principle.name in text
        assert principle.meaning in text
    assert text.count("No pattern yet.") == 15
    assert "Not practised yet." in text
    assert not program.pages.principles.findChildren(MiniBars)
    spoken_session(program, 0)
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program._qtbot.wait(300)
    program.press(Qt.Key.Key_5, modifiers=CONTROL)
    assert program.shows("Last practised 2026-11-20, 19:00")
    (bars,) = [each for each in program.pages.principles.findChildren(MiniBars) if each.isVisible()]
    assert "Situation" in bars.accessibleName()
    press(program, "Learn")
    program.wait(lambda: program.window.page is program.pages.learn)


def unnamed(page: QWidget) -> list[str]:
    """Everything on a page that can be used and that a screen reader would call nothing."""
    found = []
    for each in page.findChildren(QWidget):
        if not isinstance(each, QAbstractButton | QComboBox | QLineEdit | QDateEdit) or not each.isVisibleTo(page):
            continue
        if isinstance(each, QLineEdit) and isinstance(each.parent(), QAbstractSpinBox):
            continue
        seen = QAccessible.queryAccessibleInterface(each)
        if not seen or not seen.text(QAccessible.Text.Name).strip():
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def test_a_screen_reader_finds_a_name_for_everything(program: Program) -> None:
    spoken_session(program, 0)
    window = program.window
    for page in window.pages:
        if page in (program.pages.room, program.pages.compare):
            continue
        program.show(page)
        program._qtbot.wait(150)
        assert unnamed(page) == [], type(page).__name__


def test_states_are_told_as_well_as_names(program: Program) -> None:
    """Which answer is chosen, which section is drilled, and what the bars say."""
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.press(Qt.Key.Key_T)
    program.press(Qt.Key.Key_Space, Qt.Key.Key_B)
    assert program.pages.quiz._options
    chosen = [
        QAccessible.queryAccessibleInterface(option).state().checked for option in program.pages.quiz._options.options
    ]
    assert chosen == [0, 1, 0, 0]
    program.press(Qt.Key.Key_1, modifiers=CONTROL)
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_D)
    program.wait(program.pages.drill.panel.main.isEnabled)
    assert program.pages.drill.panel.strip.accessibleDescription() == "none yet"
    program.press(Qt.Key.Key_3)
    buttons = {each.text(): each for each in program.pages.drill.findChildren(QAbstractButton)}
    assert [QAccessible.queryAccessibleInterface(buttons[each.title]).state().checked for each in Section] == [
        0, 0, 1, 0, 0
    ]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative, as WCAG 2.1 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    least = 7.0 if theme.name == "contrast" else 4.5
    for ground in (theme.window, theme.surface, theme.raised):
        for text in (theme.text, theme.muted, theme.accent, theme.good, theme.warn, theme.bad, theme.record):
            assert contrast(text, ground) >= least, (text, ground)
    assert contrast(theme.on_accent, theme.accent) >= least

"""Goes through Today, the principles, Learn, Test and Drill and saves a picture of every screen: `make screens`."""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.look.page import Page
from app.screens.learn.concept_card import ConceptCard
from app.screens.learn.weak_exercise import WeakExercise
from app.state.settings import Settings
from audio.models import SAMPLE_MODEL
from tests.program import Program
from tests.pulse import Pulse

CONTROL = Qt.KeyboardModifier.ControlModifier
SHORT = "The drop rate fell to zero."
LONG = "The drop rate went from four percent to zero and saved eight thousand dollars a week for merchants."


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 200), ("contrast", 100)])
def test_every_mode_has_its_pictures(
    qapp, qtbot, pulse: Pulse, speech: Callable[[str], Path], tmp_path: Path, theme: str, percent: int
) -> None:
    folder = Path(os.environ.get("SCREENS", tmp_path)) / f"{theme}-{percent}"
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(theme=theme, text_percent=percent, model_folder=str(SAMPLE_MODEL))
    program = Program(qapp, qtbot, **asdict(settings))
    program.window.resize(1280, 800)

    def shot(name: str) -> None:
        qtbot.wait(250)
        program.screenshot(folder / f"modes-{name}.png")

    def scrolled(page: Page, name: str, most: int = 9) -> None:
        bar = page.verticalScrollBar()
        for number in range(most):
            shot(f"{name}-{number}")
            if bar.value() >= bar.maximum():
                break
            bar.setValue(bar.value() + page.viewport().height() - 60)

    try:
        shot("home")
        program.pages.home.interview_changed.emit("2026-12-03")
        program.pages.home.show_interview("2026-12-03")
        scrolled(program.pages.home, "home-date", 3)
        program.press(Qt.Key.Key_P)
        scrolled(program.pages.principles, "principles", 2)
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_T)
        shot("test-start")
        program.press(Qt.Key.Key_Space)
        shot("test-question")
        program.press(Qt.Key.Key_B)
        shot("test-answered")
        for _ in range(10):
            program.press(Qt.Key.Key_C, Qt.Key.Key_Return)
        scrolled(program.pages.quiz, "test-result", 2)
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_L)
        qtbot.wait(300)
        scrolled(program.pages.learn, "learn", 16)
        practice, exercise, check = (program.pages.learn.part(name) for name in ("practice", "weak_answer", "checks"))
        practice.setFocus()
        program.press(Qt.Key.Key_H, Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_S, Qt.Key.Key_S)
        qtbot.wait(200)
        program.pages.learn.ensureWidgetVisible(practice)
        shot("practice")
        assert isinstance(exercise, WeakExercise)
        for option in exercise.options[:2]:
            option.click()
        exercise.solve()
        qtbot.wait(200)
        program.pages.learn.scroll_to("weak_answer")
        shot("exercise")
        assert isinstance(check, ConceptCard)
        check.options.options[0].click()
        program.pages.learn.scroll_to("checks")
        shot("check")
        program.pages.learn.scroll_to("T")
        qtbot.wait(200)
        program.press(Qt.Key.Key_Space)
        program.wait(program.pages.learn.panel.main.isEnabled)
        shot("learn-drill")
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_D)
        program.wait(program.pages.drill.panel.main.isEnabled)
        shot("drill")
        for text in (LONG, SHORT):
            program.press(Qt.Key.Key_Space)
            qtbot.wait(400)
            said = pulse.speak(speech(text))
            qtbot.wait(1_000)
            shot("drill-recording")
            program.wait(lambda said=said: said.poll() is not None)  # type: ignore[misc]
            program.press(Qt.Key.Key_Space)
        program.press(*[Qt.Key.Key_Down] * 3)
        qtbot.wait(3_000)
        scrolled(program.pages.drill, "drill-after", 2)
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        qtbot.wait(1_000)
        shot("home-after")
    finally:
        program.close()
    assert len(list(folder.glob("modes-*.png"))) > 20

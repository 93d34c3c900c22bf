"""Goes through all that is done with sessions afterwards and saves a picture of every screen: `make screens`."""

import os
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.state.settings import Settings
from audio.models import SAMPLE_MODEL
from interviewer.pattern import Section
from tests.program import Program
from tests.test_review import spoken_session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 200)])
def test_review_has_its_pictures(qapp, qtbot, pulse, tmp_path: Path, theme: str, percent: int) -> None:
    folder = Path(os.environ.get("SCREENS", tmp_path)) / f"{theme}-{percent}"
    folder.mkdir(parents=True, exist_ok=True)
    program = Program(
        qapp, qtbot, **asdict(Settings(theme=theme, text_percent=percent, model_folder=str(SAMPLE_MODEL)))
    )
    program.window.resize(1280, 800)

    def shot(name: str) -> None:
        qtbot.wait(250)
        program.screenshot(folder / f"review-{name}.png")

    try:
        program.press(Qt.Key.Key_2, modifiers=CONTROL)
        shot("library-empty")
        program.press(Qt.Key.Key_3, modifiers=CONTROL)
        shot("stories-empty")
        spoken_session(program, 2, "2026-11-19-1900-aaaaaa")
        spoken_session(program, 1, "2026-11-20-1900-aaaaaa")
        spoken_session(program, 0, "2026-11-21-1900-aaaaaa")
        shot("session")
        page = program.pages.debrief
        page.setFocus()
        program.press(Qt.Key.Key_Space)
        qtbot.wait(4000)
        shot("session-playing")
        program.press(Qt.Key.Key_E)
        shot("session-word")
        program.press(Qt.Key.Key_Escape)
        page.setFocus()
        program.press(Qt.Key.Key_L)
        qtbot.wait(800)
        shot("session-loop")
        program.press(Qt.Key.Key_L, Qt.Key.Key_B, Qt.Key.Key_Space)
        shot("session-marked")
        page.session_actions.compare_wished.emit()
        program.wait(lambda: program.window.page is program.pages.compare)
        shot("compare")
        bar = program.pages.compare.verticalScrollBar()
        bar.setValue(bar.maximum())
        shot("compare-end")
        program.press(Qt.Key.Key_4, modifiers=CONTROL)
        qtbot.wait(1500)
        shot("trends")
        program.press(Qt.Key.Key_3, modifiers=CONTROL)
        stories = program.pages.stories
        stories.new.click()
        stories.editor.title.setFocus()
        program.press(*[Qt.Key[f"Key_{c}"] for c in "WEBHOOKS"])
        stories.editor.notes[Section.SITUATION].setPlainText("4.2 % of webhooks lost, customers first")
        stories.editor.principles["Earn Trust"].setChecked(True)
        stories.new.click()
        program.press(*[Qt.Key[f"Key_{c}"] for c in "REFUNDS"])
        shot("stories")
        stories.verticalScrollBar().setValue(9999)
        shot("stories-end")
        program.press(Qt.Key.Key_2, modifiers=CONTROL)
        qtbot.wait(500)
        shot("library")
        program.pages.library._table.setFocus()
        program.press(Qt.Key.Key_Delete)
        qtbot.wait(800)
        shot("library-deleted")
        program.pages.library.bin_wished.emit()
        qtbot.wait(500)
        shot("bin")
        program.pages.bin._ask("2026-11-19-1900-aaaaaa")
        shot("bin-ask")
        program.window.files_dropped.emit([Path(__file__)])
        qtbot.wait(2000)
        shot("import-broken")
    finally:
        program.close()
    assert len(list(folder.glob("review-*.png"))) > 15

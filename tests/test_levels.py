"""A level that a pattern file lacks is held to the nearest one that it has: everywhere, and said by the linter."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.state.folders import system_folders
from app.terminal.cli import run_command
from content.lint import lint
from content.loader import SHIPPED
from content.schema import read_pattern
from content.table import Table
from interviewer.errors import PracticeError
from interviewer.level import Level, nearest_level
from interviewer.pattern import Pattern, Section
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse
from tests.test_review import cards, press

GOOD = (SHIPPED / "earn-trust.toml").read_text(encoding="utf-8")
SDE1, SDE2, SENIOR = Level


MISSING = [(SDE1,), (SDE2,), (SENIOR,), (SDE2, SENIOR), (SDE1, SENIOR), (SDE1, SDE2)]
ANSWER = (
    "Situation: I noticed a drop of 3% in another team's service.\nTask: Nobody had asked me.\nAction: I traced it.\n"
    "Result: It stopped.\nReflection: I look at the dashboard first now."
)


def own(*gone: Level) -> str:
    """A file of one's own that lacks some levels."""
    text = GOOD.replace('id = "earn-trust"', 'id = "own-trust"', 1)
    for level in gone:
        text = re.sub(rf"(?ms)^\[levels\.{level.value}\b.*?(?=^\[\[?(?!levels\.{level.value}\b))", "", text)
    return text


def without(*levels: Level) -> Pattern:
    document = tomllib.loads(GOOD)
    for level in levels:
        del document["levels"][level.value]
    return read_pattern(Table(document, "pattern.toml"))


@pytest.mark.parametrize(
    ("gone", "held"),
    [
        ((), (SDE1, SDE2, SENIOR)),
        ((SENIOR,), (SDE1, SDE2, SDE2)),
        ((SDE1,), (SDE2, SDE2, SENIOR)),
        ((SDE2,), (SDE1, SDE1, SENIOR)),
        ((SDE1, SDE2), (SENIOR, SENIOR, SENIOR)),
        ((SDE2, SENIOR), (SDE1, SDE1, SDE1)),
    ],
)
def test_a_missing_level_is_held_to_the_nearest(gone, held):
    pattern, whole = without(*gone), without()
    for level, nearest in zip(Level, held, strict=True):
        assert nearest_level(level, pattern.levels) is nearest
        assert pattern.guide(level) == whole.levels[nearest]
        assert pattern.targets(level) == whole.targets(nearest)
        assert pattern.total_seconds(level) == whole.total_seconds(nearest)
    assert [each.key for each in lint(pattern) if each.key in ("levels.sde1", "levels.sde2", "levels.senior")] == [
        f"levels.{level.value}" for level in gone
    ]


def test_what_is_said_of_a_level_holds_for_those_that_fall_back_to_it():
    def needed(pattern: Pattern) -> set[tuple[Level, ...]]:
        return {signal.levels for guide in pattern.sections.values() for signal in guide.signals}

    assert (SDE1, SDE2) in needed(without())
    assert (SDE1, SDE2) not in needed(without(SENIOR))
    examples = without().sections[Section.RESULT].extra_examples
    assert list(examples) == [SDE1]
    assert list(without(SDE2).sections[Section.RESULT].extra_examples) == [SDE1, SDE2]


def test_no_level_at_all_is_a_fault_and_a_misspelt_one_is_named():
    with pytest.raises(PracticeError, match=r"levels\.sde2 is missing; a pattern needs at least one level"):
        without(*Level)
    document = tomllib.loads(GOOD)
    document["levels"]["senoir"] = document["levels"].pop("senior")
    with pytest.raises(PracticeError, match=r"levels\.senoir is not known here; senior is"):
        read_pattern(Table(document, "pattern.toml"))


def test_a_rehearsal_goes_through_at_a_level_that_the_file_lacks(monkeypatch, tmp_path: Path, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "documents"))
    folder = system_folders().patterns
    folder.mkdir(parents=True)
    (folder / "own-trust.toml").write_text(own(SENIOR), encoding="utf-8")
    text = tmp_path / "answer.txt"
    text.write_text("Situation: I noticed a drop of 3%.\nAction: I traced it.\nResult: It stopped.", encoding="utf-8")
    assert run_command(["rehearse", "own-trust", "--text", str(text), "--level", "senior"]) == 0
    assert "Senior SDE" in capsys.readouterr().out


@pytest.fixture
def program(request: pytest.FixtureRequest, qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    folder = system_folders().patterns
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own-trust.toml").write_text(own(*request.param), encoding="utf-8")
    running = Program(qapp, qtbot, quiet_children, pattern="own-trust", level=request.param[0].value, speaks=False)
    yield running
    running.close()


@pytest.mark.parametrize(("program", "gone"), [(gone, gone) for gone in MISSING], indirect=["program"])
def test_each_level_is_chosen_on_each_page_whatever_the_file_lacks(program: Program, gone: tuple[Level, ...]):
    window = program.window
    pattern = program.services.inventory.library.patterns["own-trust"]
    assert set(Level) - set(pattern.levels) == set(gone)
    for level in Level:
        program.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
        press(program, level.title)
        for key, page in (
            (Qt.Key.Key_L, program.pages.learn),
            (Qt.Key.Key_D, program.pages.drill),
            (Qt.Key.Key_T, program.pages.quiz),
        ):
            program.pages.home.start.setFocus()
            program.press(key)
            program.wait(lambda page=page: window.page is page)  # type: ignore[misc]
            program.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.pages.home.start.setFocus()
    program.press(Qt.Key.Key_L)
    for level in Level:
        press(program, level.title)
        program.wait(lambda level=level: program.shows(f"The bar for {level.title}"))  # type: ignore[misc]
    program.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    press(program, "Type an answer")
    program.pages.typed_answer._text.setPlainText(ANSWER)
    press(program, "Read it")
    program.wait(lambda: window.page is program.pages.debrief and bool(cards(program)))
    for level in (*Level, *reversed(Level)):
        press(program, level.title)
        program.wait(lambda level=level: program.session().level is level)  # type: ignore[misc]
        program.wait(lambda level=level: program.shows(f"What {level.title} is held to"))  # type: ignore[misc]
        assert program.session().targets == pattern.targets(level)
    assert not program.notice

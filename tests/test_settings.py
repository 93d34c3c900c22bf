"""Settings: kept, read back, and never a reason to fail."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import Settings, load_settings, save_settings
from interviewer.pattern import Level, Section


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = replace(Settings(), theme="dark", text_percent=150).with_target("p", Level.SDE1, Section.TASK, 12.0)
    save_settings(chosen, path)
    assert load_settings(path) == chosen


def test_a_target_of_ones_own_and_the_way_back() -> None:
    own = Settings().with_target("p", Level.SDE1, Section.TASK, 12.0)
    assert own.own_targets("p", Level.SDE1) == {Section.TASK: 12.0}
    assert own.own_targets("p", Level.SDE2) == {}
    assert own.with_target("p", Level.SDE1, Section.TASK, None) == Settings()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', "\x00"])
def test_a_damaged_file_means_the_defaults(content: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(
    "bad",
    [
        {"theme": "pink"},
        {"text_percent": 4000},
        {"words_per_minute": "fast"},
        {"targets": {"x": 1e9}},
        {"targets": []},
        {"microphone": 5},
        {"speaks": "yes"},
        {"unknown": 1},
    ],
)
def test_one_bad_value_spoils_no_other(bad: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"clock_style": "digits", **bad}))
    assert load_settings(path) == replace(Settings(), clock_style="digits")

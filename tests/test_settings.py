"""Settings: kept, read back, and never a reason to fail. The person's own words outlive what happens to the rest."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.state.folders import Folders, system_folders
from app.state.settings import OWN, Settings, load_settings, read_settings, save_own, save_settings
from app.terminal.cli import run_command
from interviewer.disk.backup import back_up, restore
from interviewer.level import Level
from interviewer.pattern import Section

WORDS = replace(
    Settings(),
    key_lines={"earn-trust/why-not": "I asked whoever owned it, é ☂ 😀"},
    disputed=("hedging", "hedging"),
    rules_off=("fillers",),
    interview="2026-12-01",
).with_target("earn-trust", Level.SDE1, Section.TASK, 12.0)


@pytest.fixture
def folders(home: Path) -> Folders:
    folders = system_folders()
    folders.make()
    return folders


def load(folders: Folders) -> Settings:
    """Where nothing is wrong."""
    told: list[str] = []
    settings = load_settings(folders, told.append)
    assert told == []
    return settings


def test_settings_come_back(folders: Folders) -> None:
    chosen = replace(WORDS, theme="dark", text_percent=150, microphone="USB é")
    save_settings(chosen, folders)
    assert load(folders) == chosen


def test_a_target_of_ones_own_and_the_way_back() -> None:
    own = Settings().with_target("p", Level.SDE1, Section.TASK, 12.0)
    assert own.own_targets("p", Level.SDE1) == {Section.TASK: 12.0}
    assert own.own_targets("p", Level.SDE2) == {}
    assert own.with_target("p", Level.SDE1, Section.TASK, None) == Settings()


def test_ones_own_words_lie_with_the_sessions(folders: Folders) -> None:
    save_settings(Settings(), folders)
    assert not folders.own_file.exists()  # a backup may still bring some
    save_settings(WORDS, folders)
    assert set(json.loads(folders.own_file.read_text(encoding="utf-8"))) == set(OWN)
    assert folders.own_file.parent == folders.data


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"x"', "\x00", '{"theme": "dark",}', "[" * 100_000, '{"a":' * 100_000, '{"volume": 1e999',
     '{"volume": ' + "9" * 5_000 + "}"],
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_said_and_ones_own_words_are_there(content: str, folders: Folders) -> None:
    save_settings(replace(WORDS, theme="dark"), folders)
    folders.settings_file.write_text(content)
    told: list[str] = []
    assert load_settings(folders, told.append) == WORDS
    (aside,) = folders.config.glob("settings.damaged-*.json")
    assert aside.read_text() == content
    (sentence,) = told
    assert sentence.startswith("settings.json could not be read (it ")
    assert sentence.endswith(f", so it was set aside as {aside.name}.")
    assert load(folders) == WORDS


def test_damaged_words_are_set_aside_and_come_from_their_copy(folders: Folders) -> None:
    save_settings(replace(WORDS, theme="dark"), folders)
    whole = folders.own_file.read_text(encoding="utf-8")
    for damaged in (whole.replace("{", "{,", 1), whole[:-5]):
        folders.own_file.write_text(damaged, encoding="utf-8")
        told: list[str] = []
        assert load_settings(folders, told.append) == replace(WORDS, theme="dark")
        assert len(told) == 1
        assert load(folders) == replace(WORDS, theme="dark")
    kept = {path.read_text(encoding="utf-8") for path in folders.data.glob("own.damaged-*.json")}
    assert len(kept) == 2  # within one second, and neither in place of the other


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as Unix has them")
def test_a_pipe_is_not_waited_for_and_a_linked_settings_file_is_read(folders: Folders, tmp_path: Path) -> None:
    os.mkfifo(folders.settings_file)
    told: list[str] = []
    assert load_settings(folders, told.append) == Settings()
    assert "it is a pipe, not a file" in told[0]
    elsewhere = tmp_path / "dotfiles.json"
    elsewhere.write_text('{"theme": "dark"}')
    folders.settings_file.symlink_to(elsewhere)
    assert load(folders).theme == "dark"


@pytest.mark.parametrize(
    "bad",
    [
        {"theme": "pink"},
        {"text_percent": 4000},
        {"text_percent": True},
        {"words_per_minute": "fast"},
        {"words_per_minute": 10**400},
        {"targets": {"x": 1e9}},
        {"targets": []},
        {"microphone": 5},
        {"microphone": "\ud800"},
        {"speaks": "yes"},
        {"speaks": 1},
        {"interview": "9999-99-99"},
        {"interview": "0001-01-01"},
        {"key_lines": ["a"]},
        {"unknown": 1},
    ],
)
def test_one_bad_value_spoils_no_other(bad: dict[str, object], folders: Folders) -> None:
    folders.settings_file.write_text(json.dumps({"clock_style": "digits", **bad}))
    reading = read_settings(folders)
    assert reading.settings == replace(Settings(), clock_style="digits")
    assert len(reading.passed_over) == 1


def test_one_bad_line_spoils_no_other_line(folders: Folders) -> None:
    folders.own_file.write_text(
        json.dumps({"key_lines": {"a/b": "mine", "a/c": 5}, "targets": {"x": 1e9, "y": 20}, "disputed": ["a", None]})
    )
    assert load(folders) == replace(Settings(), key_lines={"a/b": "mine"}, targets={"y": 20.0}, disputed=("a",))
    assert read_settings(folders).passed_over == ("key_lines: a/c", "targets: x", "disputed: 1")


def test_words_that_an_earlier_version_kept_among_the_settings(folders: Folders) -> None:
    earlier = {"theme": "dark", "key_lines": dict(WORDS.key_lines), "targets": dict(WORDS.targets),
               "disputed": ["hedging", "hedging"], "rules_off": ["fillers"], "interview": "2026-12-01"}  # fmt: skip
    folders.settings_file.write_text(json.dumps(earlier))
    before = folders.settings_file.read_bytes()
    settings = load(folders)
    assert settings == replace(WORDS, theme="dark")
    save_own(settings, folders)
    assert folders.settings_file.read_bytes() == before
    folders.settings_file.write_text("{,")
    assert load_settings(folders, print) == WORDS
    changed = replace(WORDS, interview="")
    save_settings(changed, folders)
    folders.settings_file.write_bytes(before)  # the earlier version was used once more; what is newer counts
    assert load(folders) == replace(changed, theme="dark")


def test_a_backup_brings_them(folders: Folders, tmp_path: Path) -> None:
    save_settings(WORDS, folders)
    back_up(folders.data, folders.settings_file, tmp_path / "all.zip")
    folders.own_file.unlink()
    folders.settings_file.unlink()
    save_settings(replace(Settings(), theme="dark"), folders)
    restore(tmp_path / "all.zip", folders.data, folders.settings_file)
    assert load(folders) == replace(WORDS, theme="dark")


def test_a_command_says_what_was_set_aside(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    folders.settings_file.write_text("{,")
    assert run_command(["import", "/nowhere.wav", "--pattern", "earn-trust"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("settings.json could not be read (it breaks off or is garbled in line 1), so it was set")

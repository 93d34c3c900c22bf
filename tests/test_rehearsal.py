"""The interview without a window: sound files and texts in; section times, words, verdicts and probes out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jiwer
import pytest

from app.terminal.cli import run_command
from content.samples import shipped_samples
from interviewer.pattern import Section
from tests.conftest import ROOT

SECTIONS = [section.value for section in Section]
VERDICTS = {"inside", "just_over", "over", "far_over", "thin", "missing"}


def truth(sample_id: str) -> dict[str, Any]:
    return json.loads((ROOT / "tests" / "data" / f"{sample_id.replace('-', '_')}.json").read_text())


def rehearse(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert run_command(["rehearse", "earn-trust", *map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run_command(["rehearse", "earn-trust", *map(str, arguments)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    return captured.err


def plain(text: str) -> str:
    kept = "".join(c if c.isalnum() or c in "%$.'" else " " for c in text.lower())
    return " ".join(word.strip(".") for word in kept.split())


@pytest.mark.parametrize("sample", shipped_samples(), ids=lambda sample: sample.id)
def test_the_samples_section_times_and_words(sample, capsys) -> None:
    true = truth(sample.id)
    starts = [section["start"] for section in true["sections"]]
    report = rehearse(capsys, "--one-take", sample.path, "--marks", ",".join(map(str, starts[1:])))
    assert [section["section"] for section in report["sections"]] == SECTIONS
    for section in true["sections"]:
        found = report["sections"][SECTIONS.index(section["name"].lower())]
        assert found["speech_seconds"] == pytest.approx(section["duration_s"], abs=0.3)
        assert found["verdict"] in VERDICTS
        for word in found["words"]:
            assert section["start"] - 0.5 <= word["start"] <= word["end"] <= section["end"] + 0.5
            assert 0 <= word["probability"] <= 1
    heard = " ".join(section["transcript"] for section in report["sections"])
    assert jiwer.wer(plain(true["text"]), plain(heard)) <= 0.2
    assert len(report["probes"]) == 4
    assert all(probe["answer"] is None for probe in report["probes"])


def test_a_section_without_a_mark_is_missing(capsys) -> None:
    sample = next(sample for sample in shipped_samples() if sample.id == "wrong-timings")
    report = rehearse(capsys, "--one-take", sample.path, "--marks", "71.385,74.959,88.836")
    verdicts = {section["section"]: section["verdict"] for section in report["sections"]}
    assert verdicts["reflection"] == "missing"
    assert verdicts["situation"] == "far_over"
    assert report["verdict_sentence"].startswith("Situation took 1:09, 39 s over its 0:30.")


def test_without_files_the_shipped_sample_is_rehearsed_for_reading(capsys) -> None:
    assert run_command(["rehearse", "earn-trust"]) == 0
    out = capsys.readouterr().out
    assert "sample model, which understands only the synthetic voices" in out
    for words in ("Situation ", "Reflection ", "duplicate rate", "Follow-ups:", "4. "):
        assert words in out


def test_takes_by_section_and_answers_to_probes(capsys, speech: Callable[[str], Path]) -> None:
    action = speech("I traced the failure to the retry logic. I wrote a fix.")
    probe = speech("I brought a complete fix with tests.")
    model = ROOT / "audio" / "sample_model"
    arguments = ("--take", f"action={action}", "--probe", f"trust-in-the-fix={probe}", "--model", model)
    report = rehearse(capsys, *arguments, "--level", "sde1")
    assert report["level"] == "sde1"
    assert [section["target_seconds"] for section in report["sections"]] == [20, 14, 62, 14, 10]
    assert report["total"]["target_seconds"] == 120
    verdicts = [section["verdict"] for section in report["sections"]]
    assert verdicts == ["missing", "missing", "inside", "missing", "missing"]
    assert "retry" in report["sections"][2]["transcript"]
    (answered,) = [probe for probe in report["probes"] if probe["answer"]]
    assert answered["id"] == "trust-in-the-fix"
    assert 1 < answered["answer"]["speech_seconds"] < 4
    assert "fix" in answered["answer"]["transcript"]


def test_a_persons_own_file_without_a_model_has_times_and_no_words(capsys, speech) -> None:
    report = rehearse(capsys, "--take", f"task={speech('No ticket existed for it.')}")
    task = report["sections"][1]
    assert task["speech_seconds"] > 0.8
    assert (task["transcript"], task["words"]) == ("", [])


def test_a_text_has_words_and_no_times(capsys, tmp_path: Path) -> None:
    text = tmp_path / "answer.txt"
    text.write_text("Situation: It broke. People waited.\nTask: Nobody asked me.\nAction: I fixed it.\n")
    report = rehearse(capsys, "--text", text)
    assert [section["transcript"] for section in report["sections"]][:3] == [
        "It broke. People waited.",
        "Nobody asked me.",
        "I fixed it.",
    ]
    assert report["sections"][0]["speech_seconds"] is None
    assert report["sections"][0]["verdict"] is None
    assert report["sections"][3]["verdict"] == "missing"
    assert report["total"]["seconds"] is None


def test_a_text_without_headings_is_spread_over_the_sections(capsys, tmp_path: Path) -> None:
    text = tmp_path / "answer.txt"
    text.write_text(truth("good-answer")["text"])
    report = rehearse(capsys, "--text", text)
    assert all(section["transcript"] for section in report["sections"])
    assert " ".join(section["transcript"] for section in report["sections"]) == truth("good-answer")["text"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--one-take", "nowhere.wav"], "There is no file nowhere.wav"),
        (["--take", "action"], "write NAME=FILE"),
        (["--take", "finale=x.wav"], "finale is no section"),
        (["--one-take", str(shipped_samples()[0].path), "--marks", "50,30"], "has to begin after"),
        (["--one-take", str(shipped_samples()[0].path), "--marks", "30,x"], "seconds with commas"),
        (["--one-take", str(shipped_samples()[0].path), "--marks", "30,5000"], "cannot begin at 5000 s"),
        (["--one-take", str(ROOT / "README.md")], "README.md could not be read as sound"),
        (["--model", "nowhere"], "nowhere"),
        (["--text", "nowhere.txt"], "there is no such file"),
        (["--probe", f"nosuch={shipped_samples()[0].path}"], "has no probe nosuch"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(arguments: list[str], says: str, capsys) -> None:
    assert says in refused(capsys, *arguments)


def test_an_unknown_pattern_names_the_known_ones(capsys) -> None:
    assert run_command(["rehearse", "nosuch"]) == 2
    assert "The patterns here are: earn-trust" in capsys.readouterr().err


def test_patterns_are_listed_and_shown_whole(capsys) -> None:
    assert run_command(["patterns"]) == 0
    assert capsys.readouterr().out.startswith("earn-trust")
    assert run_command(["patterns", "show", "earn-trust", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sections"]["S"]["target_s"] == 30


def test_without_a_display_the_program_says_so_and_rehearses() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DISPLAY", "QT_", "WAYL"))}
    command = [sys.executable, "-m", "app"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("There is no display here, so no window.")
    assert "Follow-ups:" in done.stdout

"""The command that reads a text: its JSON as promised, its quotes spans of the text, its errors one sentence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.terminal.cli import run_command
from interviewer.findings.probing import leaning
from interviewer.language.written import read_written
from interviewer.pattern import Section
from tests.test_findings import GOOD

WHOLE = " ".join(GOOD.values())


def analyse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, *more: str) -> Any:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run_command(["analyse", "earn-trust", "--text", "-", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def quotes(report: Any) -> list[str]:
    found = [each["quote"] for name in ("cues", "signals", "disqualifiers", "findings") for each in report[name]]
    counts = report["counts"]
    return [*found, *(each["quote"] for name in ("figures", "changes", "fillers", "hedges") for each in counts[name])]


def test_a_whole_answer_has_every_key_and_every_quote_is_in_it(capsys, monkeypatch) -> None:
    report = analyse(capsys, monkeypatch, WHOLE)
    assert set(report) >= {"sentences", "cues", "signals", "disqualifiers", "findings", "counts", "probe"}
    assert set(report["counts"]) == {"i", "we", "figures", "changes", "fillers", "hedges"}
    assert [each["text"] for each in report["sentences"]] == [each.text for each in read_written(WHOLE).sentences]
    assert {each["section"] for each in report["sentences"]} == {section.value for section in Section}
    assert all(quote in WHOLE for quote in quotes(report))
    assert {cue["heard"] for cue in report["cues"]} <= {"literal", "paraphrase", None}
    assert len(report["cues"]) == 21
    assert report["probe"] is None


def test_a_section_alone_misses_no_other(capsys, monkeypatch) -> None:
    report = analyse(capsys, monkeypatch, "We figured it out together.", "--section", "A")
    assert [each["section"] for each in report["sentences"]] == ["action"]
    assert {finding["section"] for finding in report["findings"]} == {"action"}
    assert "missing-section" not in {finding["rule"] for finding in report["findings"]}


def test_cues_and_disqualifiers_do_not_depend_on_the_level(capsys, monkeypatch) -> None:
    reports = [analyse(capsys, monkeypatch, WHOLE, "--level", level) for level in ("sde1", "sde2", "senior")]
    for name in ("cues", "disqualifiers"):
        assert reports[0][name] == reports[1][name] == reports[2][name]


@pytest.mark.parametrize(
    ("probe", "text", "expected"),
    [
        ("trust-in-the-fix", "I did escalate it. I sent them a Slack message and they handled it.", "weak"),
        ("trust-in-the-fix", "I did not escalate it. I sat down with their lead and changed two things.", "strong"),
        ("fix-rejected", "I would just escalate to my manager to push it through.", "weak"),
        ("fix-rejected", "I'd ask their engineers what worries them, and rework the change with them.", "strong"),
        ("why-not-wait", "I didn't want to wait because I thought it was urgent.", "weak"),
        ("why-not-wait", "Nobody owned it, and each day cost merchants money. So I began.", "strong"),
        ("how-measured", "The drop rate improved and the team was happy.", "weak"),
        ("how-measured", "By hand: I counted eleven before and one after.", "strong"),
        ("how-measured", "Could you repeat the question, please?", "unrated"),
        ("how-measured", "I don't have an example for that.", "unrated"),
    ],
)
def test_a_follow_up_leans_for_reasons(capsys, monkeypatch, probe: str, text: str, expected: str) -> None:
    report = analyse(capsys, monkeypatch, text, "--probe", probe)
    assert report["probe"]["leaning"] == expected
    assert bool(report["probe"]["because"]) is (expected != "unrated")


def test_the_references_lean_where_they_belong(earn_trust) -> None:
    for probe in earn_trust.probes:
        assert leaning(earn_trust, probe, probe.strong).leaning == "strong", probe.id
        assert leaning(earn_trust, probe, probe.weak).leaning == "weak", probe.id


def test_headings_are_believed() -> None:
    written = read_written("Result: It fell by half.\nAction: I did this. I did that.")
    assert written.by_section() == {
        Section.ACTION: "I did this. I did that.",
        Section.RESULT: "It fell by half.",
    }


def test_a_file_is_read_and_what_is_wrong_gets_one_sentence(capsys, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(WHOLE, encoding="utf-8")
    assert run_command(["analyse", "earn-trust", "--text", str(path)]) == 0
    assert "Evidence: holds" in capsys.readouterr().out
    path.write_text(" ", encoding="utf-8")
    for arguments, said in (
        (["--text", str(path)], "There is no answer in the text."),
        (["--text", str(tmp_path / "no.txt")], "no.txt could not be read: there is no such file."),
        (["--text", str(path), "--probe", "nothing"], "earn-trust has no probe nothing."),
        (["--text", str(path), "--section", "Q"], "Q is no section."),
    ):
        assert run_command(["analyse", "earn-trust", *arguments]) == 2
        assert said in capsys.readouterr().err

"""The editor's remarks on a pattern that can be read: each rule, and the command that prints them."""

import re
from pathlib import Path

import pytest

from app.terminal.cli import run_command
from content.lint import lint
from content.loader import SHIPPED, load_pattern
from interviewer.language.cues import listen
from interviewer.language.text import sentences
from interviewer.pattern import Phrase

SHIPPED_FILE = SHIPPED / "earn-trust.toml"
GOOD = SHIPPED_FILE.read_text(encoding="utf-8")


def remarks(folder: Path, text: str) -> list[str]:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return [f"{remark.key}: {remark.text}" for remark in lint(load_pattern(path))]


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, count)


def without(pattern: str, keep: int) -> str:
    """The shipped file with all but the first `keep` tables of a list."""
    tables = re.split(r"(?=^\[)", GOOD, flags=re.MULTILINE)
    kept = 0
    left = []
    for table in tables:
        if table.startswith(pattern):
            kept += 1
            if kept > keep:
                continue
        left.append(table)
    return "".join(left)


def test_the_shipped_pattern_is_ready():
    assert lint(load_pattern(SHIPPED_FILE)) == ()


# What is changed in the shipped file, into what, and the one remark
REMARKS = {
    "example over its own target": (
        "Beneath the race",
        "Well, " * 10 + "beneath the race",
        "sections.F.extra_examples.senior: takes 19 s at 140 words a minute, and the target is 15 s; "
        "cut 8 of its 43 words.",
    ),
    "main example over its target": (
        "target_s = 15",
        "target_s = 10",
        "sections.F.example: takes 15 s at 140 words a minute, and the target is 10 s; cut 10 of its 33 words.",
    ),
    "main example over a level's target": (
        "targets = { S = 30, T = 20, A = 90, R = 20, F = 15 }\n\n[levels.senior]",
        "targets = { S = 30, T = 12, A = 90, R = 20, F = 15 }\n\n[levels.senior]",
        "sections.T.example: takes 19 s at 140 words a minute, and the target is 12 s; cut 16 of its 44 words.",
    ),
    "reflection over its target": (
        "so I had both agree",
        "so in the end " + "and then " * 4 + "I had both agree",
        "levels.senior.reflection: takes 19 s at 140 words a minute, and the target is 15 s; cut 9 of its 44 words.",
    ),
    "strong answer over its ceiling": (
        "ceiling_s = 45",
        "ceiling_s = 15",
        "probes[0].strong: takes 21 s at 140 words a minute, and the ceiling is 15 s; cut 13 of its 48 words.",
    ),
    "targets over the total": (
        "total_s = 175",
        "total_s = 170",
        "levels.sde2.total_s: the targets add up to 175 s, the total is 170 s; raise it or lower a target.",
    ),
    "cue not said": (
        '"I added"',
        '"I rewrote all of it"',
        'sections.A.cues[4]: "I rewrote all of it" is in none of the examples of the section; '
        "say it in one, or change the cue.",
    ),
    "cue with another figure": (
        '"0.3% drop rate"',
        '"0.4% drop rate"',
        'sections.S.cues[1]: "0.4% drop rate" is in none of the examples of the section; '
        "say it in one, or change the cue.",
    ),
    "bar of one": (
        'bar = [\n    "Takes on a nearby problem without being pushed",\n    "Finds a fault and fixes it properly",\n'
        '    "Tells the people concerned what was done",\n]\nbar_needs = ["noticed took-on", "change", "told"]',
        'bar = ["Takes on a nearby problem"]',
        "levels.sde1.bar: has 1 entry; write at least 3.",
    ),
    "nothing hypothetical": (
        'kind = "hypothetical"',
        'kind = "factual"',
        'probes: none is "hypothetical"; ask one that begins with "Suppose".',
    ),
    "not for its own principle": (
        '[[variants]]\nprinciple = "Earn Trust"',
        '[[variants]]\nprinciple = "Think Big"',
        "variants: none is for Earn Trust itself; add one.",
    ),
    "a stem twice": (
        'stem = "What does an interviewer hear',
        'stem = "“Before anybody had noticed -- I told the finance team that my export had sent them wrong totals, '
        "that the fault was mine, and that they would have the right ones by noon.” Which principle does this "
        'sentence signal MOST?"\nhint = "x"\nsteps = ["a", "b", "c"]\nmistake = "x"\noptions = ["a", "b", "c", "d"]\n'
        'key = "C"\n'
        'why_not = ["a", "b", "d"]\n'
        '[[items]]\nid = "another"\nlearn = "T"\nkind = "meaning_of_phrase"\ndifficulty = "medium"\n'
        'stem = "What does an interviewer hear',
        "items[3].stem: asks the same as items[2].stem; change one or leave one out.",
    ),
}


@pytest.mark.parametrize("name", REMARKS)
def test_each_rule_makes_its_remark(tmp_path, name):
    old, new, remark = REMARKS[name]
    assert remarks(tmp_path, changed(old, new, -1 if name.startswith("cue ") else 1)) == [remark]


def test_a_single_cue_is_too_few(tmp_path):
    text = changed('cues = ["not my team", "no ticket", "nobody had asked"]', 'cues = ["no ticket"]')
    text = text.replace('cue = "not my team"', 'cue = "no ticket"').replace(
        'cue = "nobody had asked"', 'cue = "no ticket"'
    )
    assert remarks(tmp_path, text) == ["sections.T.cues: has 1 entry; write at least 2."]


def test_no_fatal_phrase_is_remarked(tmp_path):
    text = changed('severity = "fatal"', 'severity = "weakens"', -1)
    assert remarks(tmp_path, text) == [
        'disqualifiers: none is "fatal"; name a phrase that costs the listener\'s belief.'
    ]


@pytest.mark.parametrize(
    ("table", "keep", "remark"),
    [
        ("[[probes]]", 3, "probes: has 3 entries; write at least 4."),
        ("[[concept_checks]]", 2, "concept_checks: has 2 entries; write at least 4."),
        ("[[items]]", 1, "items: has 1 entry; write at least 15."),
        ("[[disqualifiers]]", 2, "disqualifiers: has 2 entries; write at least 3."),
    ],
)
def test_missing_parts_are_remarked(tmp_path, table, keep, remark):
    assert remarks(tmp_path, without(table, keep)) == [remark]


def test_no_gap_probes_is_remarked(tmp_path):
    text = without("[[gap_probes]]", 0).replace("\nlistens_for", "\ngap_probes = []\nlistens_for")
    assert remarks(tmp_path, text) == ["gap_probes: has no entries; write at least 1."]


def test_a_weak_answer_without_a_fault_that_is_only_missing_is_fine(tmp_path):
    text = changed('quote = ""', 'quote = "They handled the fix"')
    assert remarks(tmp_path, text) == []


def test_keys_that_are_all_alike_are_remarked(tmp_path):
    text = re.sub(r'^key = "[A-D]"', 'key = "C"', GOOD, flags=re.MULTILINE)
    assert remarks(tmp_path, text) == [
        "items: every key is C; put the right answers in different places.",
        "concept_checks: every key is C; put the right answers in different places.",
    ]


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("0.3% drop rate to zero", "It went from a drop rate of zero point three percent to 0."),
        ("$8K recovered per week", "We were recovering eight thousand dollars a week."),
        ("$8K recovered", "8,000 dollars were recovered"),
        ("two hundred and fifty requests", "I saw 250 requests"),
        ("$1.5M saved", "It saved one point five million dollars."),
        ("twenty-five thousand users", "for 25k users"),
        ("adopted my pattern as standard", "As a standard the Platform team adopted my alert pattern."),
        ("Platform team's service", "a service of the Platform team"),
        ("organizational gap", "an organisational gap"),
        ("40 per cent", "forty percent"),
        ("lack of shared SLO", "a lack of any shared SLOs"),
    ],
)
def test_a_cue_is_found_in_another_spelling(cue, said):
    assert listen(Phrase(cue), sentences(said)).heard == "literal"


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("not my team", "it was my team"),
        ("no ticket", "a ticket"),
        ("0.3% drop rate", "a 0.3 drop rate"),
        ("$8K", "eight hundred dollars"),
        ("25 users", "twenty users, five of them new"),
        ("I traced", "I searched"),
    ],
)
def test_a_cue_that_is_not_said_is_not_found(cue, said):
    assert not listen(Phrase(cue), sentences(said))


def test_the_command_prints_a_line_for_each_remark(tmp_path, capsys):
    assert run_command(["patterns", "check", str(SHIPPED_FILE)]) == 0
    assert capsys.readouterr().out == "earn-trust.toml: nothing to remark.\n"
    (tmp_path / "mine.toml").write_text(without("[[probes]]", 1), encoding="utf-8")
    assert run_command(["patterns", "check", str(tmp_path / "mine.toml")]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "mine.toml: probes: has 1 entry; write at least 4.",
        'mine.toml: probes: none is "hypothetical"; ask one that begins with "Suppose".',
    ]
    (tmp_path / "mine.toml").write_text("id = ", encoding="utf-8")
    assert run_command(["patterns", "check", str(tmp_path / "mine.toml")]) == 2
    assert capsys.readouterr() == ("", "mine.toml, at its end: invalid value.\n")

"""Reading pattern files: how a bad one is answered, where own ones are found. Not what Earn Trust says."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content.loader import SHIPPED, find_patterns, load_pattern, pattern_document
from interviewer.errors import PracticeError
from interviewer.level import Level
from interviewer.pattern import Section

GOOD = (SHIPPED / "earn-trust.toml").read_text(encoding="utf-8")

MANY_PARTS = ".".join("a" * 20_000)
MANY_QUOTED_PARTS = ".".join(['"a"'] * 20_000)
TOO_MANY_PARTS = "pattern.toml, line 1: a key has more than 8 parts."


def written(folder: Path, text: str | bytes, name: str = "pattern.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def changed(old: str, new: str) -> str:
    """The shipped file with the first `old` replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def answer_to(path: Path) -> str:
    """What a bad file is answered: always one line that opens with the file's name and ends as a sentence."""
    with pytest.raises(PracticeError) as caught:
        load_pattern(path)
    answer = str(caught.value)
    assert re.fullmatch(rf"{re.escape(path.name)}.{{1,300}}\.", answer)
    assert answer.isprintable()
    return answer


# What is changed in the shipped file, into what, and the answer after "pattern.toml: "
BROKEN = {
    "top level: missing": ('principle = "Earn Trust"\n', "", "principle is missing."),
    "top level: misspelt": ("summary =", "sumary =", "summary is missing; sumary looks like it."),
    "top level: unknown": ("id = ", "zzz = 1\nid = ", "zzz is not known here."),
    "unknown, one is near": (
        "target_s = 30",
        "target_s = 30\ntargets = 9",
        "sections.S.targets is not known here; target_s is.",
    ),
    "unknown, strange": ("target_s = 30", 'target_s = 30\n"a\\nb" = 9', 'sections.S."a\\nb" is not known here.'),
    "optional, misspelt": (
        "[sections.F.extra_examples]",
        "[sections.F.extra_example]",
        "sections.F.extra_example is not known here; extra_examples is.",
    ),
    "level, misspelt": ("\nsenior = ", "\nsenoir = ", "sections.F.extra_examples.senoir is not known here; senior is."),
    "level missing": ("[levels.senior]", "[levels.staff]", "levels.staff is not known here."),
    "text: empty": ('principle = "Earn Trust"', 'principle = " "', "principle is empty."),
    "text: a number": ('principle = "Earn Trust"', "principle = 3", "principle must be a text, not 3."),
    "text: a date": (
        'principle = "Earn Trust"',
        "principle = 2026-11-23",
        "principle must be a text, not a date or time.",
    ),
    "text: too long": ('"Earn Trust"', f'"{"x" * 8_193}"', "principle is longer than 8,192 characters."),
    "text: escaped NUL": ('"Earn Trust"', r'"Earn\u0000"', "principle holds a control character (U+0000)."),
    "text: escaped direction": (
        '"Earn Trust"',
        r'"Earn\u202eTrust"',
        "principle holds a mark that turns the writing direction (U+202E).",
    ),
    "id: capitals": (
        'id = "earn-trust"',
        'id = "Earn Trust"',
        'id must be lower-case words with dashes, such as "earn-trust", not "Earn Trust".',
    ),
    "id: a path": (
        'id = "fix-rejected"',
        'id = "../fix"',
        'probes[1].id must be lower-case words with dashes, such as "earn-trust", not "../fix".',
    ),
    "id: too long": ('id = "fix-rejected"', f'id = "{"x" * 61}"', "probes[1].id is longer than 60 characters."),
    "id: twice in a list": (
        'id = "fix-rejected"',
        'id = "trust-in-the-fix"',
        'probes[1].id is "trust-in-the-fix", which probes[0].id has already.',
    ),
    "id: twice in the file": (
        'id = "item-hidden-we"',
        'id = "fix-rejected"',
        'items[4].id is "fix-rejected", which probes[1].id has already.',
    ),
    "id: a section's": (
        'id = "fix-rejected"',
        'id = "action"',
        'probes[1].id is "action", which section A has already.',
    ),
    "id: the answer's": (
        'id = "fix-rejected"',
        'id = "answer"',
        'probes[1].id is "answer", which the whole answer has already.',
    ),
    "number: a text": ("target_s = 30", 'target_s = "30"', 'sections.S.target_s must be a number, not "30".'),
    "number: true": ("target_s = 30", "target_s = true", "sections.S.target_s must be a number, not true."),
    "number: nought": ("target_s = 30", "target_s = 0", "sections.S.target_s must be between 1 and 600, not 0."),
    "number: large": ("target_s = 30", "target_s = 600.5", "sections.S.target_s must be between 1 and 600, not 600.5."),
    "number: nan": ("target_s = 30", "target_s = nan", "sections.S.target_s must be between 1 and 600, not nan."),
    "number: infinite": (
        "ceiling_s = 45",
        "ceiling_s = inf",
        "probes[0].ceiling_s must be between 1 and 600, not inf.",
    ),
    "number: 400 digits": (
        "total_s = 120",
        f"total_s = {'9' * 400}",
        "levels.sde1.total_s must be between 1 and 600, not such a large number.",
    ),
    "number: 6,000 hex digits": (
        "S = 20, T",
        f"S = 0x{'f' * 6_000}, T",
        "levels.sde1.targets.S must be between 1 and 600, not such a large number.",
    ),
    "choice: another word": (
        'kind = "factual"',
        'kind = "funny"',
        'probes[0].kind must be "factual" or "hypothetical", not "funny".',
    ),
    "choice: a list": (
        'difficulty = "easy"',
        'difficulty = ["easy"]',
        'items[0].difficulty must be "easy", "medium" or "hard", not a list.',
    ),
    "choice: severity": (
        'severity = "fatal"',
        'severity = "Fatal"',
        'disqualifiers[0].severity must be "fatal" or "weakens", not "Fatal".',
    ),
    "choice: letter of a section": (
        'section = "T"',
        'section = "X"',
        'takeaways[0].section must be "S", "T", "A", "R" or "F", not "X".',
    ),
    "choice: key of an item": (
        'key = "A"',
        'key = "E"',
        'concept_checks[1].key must be "A", "B", "C" or "D", not "E".',
    ),
    "list: three options": (
        'options = ["Bias for Action", "Earn Trust", "Deliver Results", "Dive Deep"]',
        'options = ["Bias for Action", "Earn Trust", "Deliver Results"]',
        "items[0].options must have 4 entries, not 3.",
    ),
    "list: the same option twice": (
        '"Earn Trust", "Deliver Results", "Dive Deep"]',
        '"Earn Trust", "Deliver Results", "Earn  Trust"]',
        "items[0].options has the same answer twice.",
    ),
    "a bar that needs no signal": (
        'bar_needs = ["boundary took-on"',
        'bar_needs = ["boundary charm"',
        'levels.sde2.bar_needs[0] names "charm", which is no signal of this pattern.',
    ),
    "a line of the bar without its needs": (
        'bar_needs = ["noticed took-on", "change", "told"]',
        'bar_needs = ["noticed took-on", "change"]',
        "levels.sde1.bar_needs must have 3 entries, one for each line of the bar, not 2.",
    ),
    "list: four steps": ("\nsteps = [", '\nsteps = [\n    "One more",', "items[0].steps must have 3 entries, not 4."),
    "list: six signals": (
        "listens_for = [",
        'listens_for = ["a", "b",',
        "listens_for must have 3 to 5 entries, not 7.",
    ),
    "list: a number among texts": ('cues = ["not my team"', "cues = [7", "sections.T.cues[0] must be a text, not 7."),
    "list: a text": (
        'cues = ["not my team", "no ticket", "nobody had asked"]',
        'cues = "x"',
        'sections.T.cues must be a list, not "x".',
    ),
    "list: empty": (
        'cues = ["not my team", "no ticket", "nobody had asked"]',
        "cues = []",
        "sections.T.cues must have 1 to 60 entries, not 0.",
    ),
    "list: four takeaways": (
        "[[takeaways]]\n",
        "[[takeaways]]\n[[takeaways]]\n",
        "takeaways must have 3 entries, not 4.",
    ),
    "quote not said": (
        'quote = "They handled the fix"',
        'quote = "They fixed it"',
        'weak_answer.findings[1].quote must be words of the weak answer, not "They fixed it".',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_key_is_answered_with_its_path(tmp_path, name):
    old, new, answer = BROKEN[name]
    assert answer_to(written(tmp_path, changed(old, new))) == f"pattern.toml: {answer}"


# A file that is no TOML, or none to be read, and the whole answer
UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "too large": ("#" * (1 << 20) + "\n", "pattern.toml is larger than 1 MB; a pattern file is a few dozen kilobytes."),
    "Latin-1": (
        'id = "x"\ntitle = "Café"\n'.encode("latin-1"),
        "pattern.toml, line 2: it is not UTF-8 text. Save it as UTF-8.",
    ),
    "UTF-16": (GOOD.encode("utf-16"), "pattern.toml, line 1: it is not UTF-8 text. Save it as UTF-8."),
    "NUL": ('id = "x"\n\n# \0\n', "pattern.toml, line 3: there is a control character (U+0000)."),
    "lone carriage return": ('id = "x"\r', "pattern.toml, line 1: there is a control character (U+000D)."),
    "C1 control": ('id = "x\u0085"', "pattern.toml, line 1: there is a control character (U+0085)."),
    "direction": (
        '# a\nid = "\u202ex"',
        "pattern.toml, line 2: there is a mark that turns the writing direction (U+202E).",
    ),
    "no value": ('id = "x"\ntitle =\n', "pattern.toml, line 2: invalid value."),
    "same key twice": ('id = "x"\nid = "y"\n', "pattern.toml, line 2: cannot overwrite a value."),
    "never closed": ('id = """x\n', "pattern.toml, at its end: unterminated string."),
    "nested without end": ("x = " + "[" * 100_000, "pattern.toml: it is nested far more than 8 deep."),
    "nested nine deep": ("x = [[[[[[[[1]]]]]]]]", "pattern.toml: it is nested more than 8 deep."),
    "dotted key": (MANY_PARTS + " = 1", TOO_MANY_PARTS),
    "dotted key, quoted": (MANY_QUOTED_PARTS + " = 1", TOO_MANY_PARTS),
    "dotted key, spaced": (MANY_PARTS.replace(".", " .\t") + " = 1", TOO_MANY_PARTS),
    "dotted key, no value": (MANY_PARTS, TOO_MANY_PARTS),
    "dotted key, inline": ("x = { " + MANY_PARTS + " = 1 }", TOO_MANY_PARTS),
    "dotted header": (f"[{MANY_PARTS}]", TOO_MANY_PARTS),
    "nothing": ("", "pattern.toml: prompts is missing."),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_answered_with_its_line(tmp_path, name):
    content, answer = UNREADABLE[name]
    assert answer_to(written(tmp_path, content)) == answer


def test_a_number_of_5000_digits_is_answered(tmp_path):
    path = written(tmp_path, f"x = {'9' * 5_000}")
    assert answer_to(path).startswith("pattern.toml: it cannot be read as TOML (")


def test_eight_key_parts_and_dotted_prose_are_no_attack(tmp_path):
    text = changed("It sounds small", "See 1.2.3.4.5.6.7.8, or not ... It sounds small")
    assert "1.2.3.4.5.6.7.8" in load_pattern(written(tmp_path, text)).sections[Section.SITUATION].example


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_answered(tmp_path):
    assert answer_to(tmp_path / "none.toml") == "none.toml cannot be opened (No such file or directory)."
    (tmp_path / "folder.toml").mkdir()
    assert answer_to(tmp_path / "folder.toml") == "folder.toml is not an ordinary file."
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        assert answer_to(tmp_path / "pipe.toml") == "pipe.toml is not an ordinary file."


@pytest.mark.parametrize(
    "text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD], ids=["Windows line ends", "byte order mark"]
)
def test_a_file_saved_on_another_system_is_read_alike(tmp_path, text):
    assert load_pattern(written(tmp_path, text)) == load_pattern(SHIPPED / "earn-trust.toml")


def places_in(value: Any, path: str = "", keys: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every key of a document with its path; of a list only the first entry, as the others are read alike."""
    if isinstance(value, dict):
        for key, inner in value.items():
            inner_path = f"{path}.{key}" if path else key
            yield inner_path, (*keys, key)
            yield from places_in(inner, inner_path, (*keys, key))
    elif isinstance(value, list):
        yield f"{path}[0]", (*keys, 0)
        yield from places_in(value[0], f"{path}[0]", (*keys, 0))


def value_at(keys: tuple[Any, ...]) -> Any:
    """What the shipped file holds at `keys`."""
    value: Any = tomllib.loads(GOOD)
    for key in keys:
        value = value[key]
    return value


PLACES = dict(places_in(tomllib.loads(GOOD)))
OPTIONAL = re.compile(
    r".*\bextra_examples(\.\w+)?|.*\]|.*\.(in_other_words|\w*says|unless|gap|is_problem|levels|bar_needs)|levels\.(sde1|sde2|senior)|disqualifiers\[0\]\.instead"
)
"""What may be left out: a level, examples of other levels, concept patterns, and an entry of a list of any length."""


def toml(value: Any) -> str:
    """A value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def without_or_with(keys: tuple[Any, ...], *values: Any) -> str:
    """The shipped file as TOML without the key at `keys`, or with another value there."""
    document = tomllib.loads(GOOD)
    *way, last = keys
    inner: Any = document
    for key in way:
        inner = inner[key]
    if values:
        inner[last] = values[0]
    else:
        del inner[last]
    return "\n".join(f"{key} = {toml(value)}" for key, value in document.items())


def test_the_shipped_file_written_anew_is_the_same_pattern(tmp_path):
    text = without_or_with(("id",), "earn-trust")
    assert load_pattern(written(tmp_path, text)) == load_pattern(SHIPPED / "earn-trust.toml")


@pytest.mark.parametrize("path", [path for path in PLACES if not OPTIONAL.fullmatch(path)])
def test_no_key_may_be_left_out(tmp_path, path):
    answer = answer_to(written(tmp_path, without_or_with(PLACES[path])))
    assert answer.startswith(f"pattern.toml: {path} is missing")


@pytest.mark.parametrize("path", PLACES)
def test_every_key_wants_its_own_kind_of_value(tmp_path, path):
    answer = answer_to(written(tmp_path, without_or_with(PLACES[path], True)))
    assert answer.startswith(f"pattern.toml: {path} must be ")
    assert answer.endswith(", not true.")


@pytest.mark.parametrize("path", ["", *(path for path, keys in PLACES.items() if isinstance(value_at(keys), dict))])
def test_no_table_takes_an_unknown_key(tmp_path, path):
    text = without_or_with((*PLACES.get(path, ()), "zzz"), "x")
    answer = answer_to(written(tmp_path, text))
    assert answer == f"pattern.toml: {path}.zzz is not known here.".replace(" .zzz", " zzz")


def test_other_examples_may_be_left_out(tmp_path):
    text = without_or_with(("sections", "F", "extra_examples"))
    assert load_pattern(written(tmp_path, text)).sections[Section.REFLECTION].extra_examples == {}


def test_a_pattern_holds_what_its_file_says(tmp_path):
    text = changed("target_s = 30", "target_s = 31.5").replace("A = 62", "A = 63")
    pattern = load_pattern(written(tmp_path, text))
    assert pattern.sections[Section.SITUATION].target_seconds == 31.5
    assert pattern.levels[Level.SDE1].targets[Section.ACTION] == 63
    assert pattern.sections[Section.REFLECTION].prompt == "What do you see now that you didn't then?"
    assert "\n" not in pattern.overview


def test_a_document_is_plain_data_that_survives_json():
    document = pattern_document(SHIPPED / "earn-trust.toml")
    assert document == tomllib.loads(GOOD)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_document_is_checked_as_well(tmp_path):
    with pytest.raises(PracticeError, match=r"^pattern\.toml: principle is missing\.$"):
        pattern_document(written(tmp_path, changed('principle = "Earn Trust"\n', "")))


def own(folder: Path, pattern_id: str, name: str) -> Path:
    return written(folder, changed('id = "earn-trust"', f'id = "{pattern_id}"'), name)


def test_the_shipped_patterns_are_found_without_an_own_folder(tmp_path):
    for folder in (None, tmp_path / "none", written(tmp_path, GOOD)):
        library = find_patterns(folder)
        assert set(library.patterns) == {path.stem for path in SHIPPED.glob("*.toml")} == set(library.paths)
        assert library.problems == ()


def test_own_patterns_stand_beside_the_shipped_ones(tmp_path):
    path = own(tmp_path, "my-own", "mine.toml")
    library = find_patterns(tmp_path)
    assert library.paths["my-own"] == path
    assert library.patterns["my-own"].id == "my-own"
    assert library.paths["earn-trust"] == SHIPPED / "earn-trust.toml"


def test_an_own_pattern_takes_the_place_of_a_shipped_one(tmp_path):
    path = written(tmp_path, changed('principle = "Earn Trust"', 'principle = "Trust, my way"'))
    library = find_patterns(tmp_path)
    assert library.paths["earn-trust"] == path
    assert library.patterns["earn-trust"].principle == "Trust, my way"
    assert library.problems == ()


def test_broken_own_files_are_told_and_hide_nothing(tmp_path):
    own(tmp_path, "my-own", "b-mine.toml")
    written(tmp_path, "id =\n", "a-broken.toml")
    written(tmp_path, b"\xff", "c-broken.toml")
    (tmp_path / "d-folder.toml").mkdir()
    library = find_patterns(tmp_path)
    assert {"earn-trust", "my-own"} <= set(library.patterns)
    assert library.problems == (
        "a-broken.toml, line 1: invalid value.",
        "c-broken.toml, line 1: it is not UTF-8 text. Save it as UTF-8.",
        "d-folder.toml is not an ordinary file.",
    )


def test_a_broken_own_file_leaves_the_shipped_pattern_of_its_id(tmp_path):
    written(tmp_path, changed('principle = "Earn Trust"\n', ""), "earn-trust.toml")
    library = find_patterns(tmp_path)
    assert library.paths["earn-trust"] == SHIPPED / "earn-trust.toml"
    assert library.problems == ("earn-trust.toml: principle is missing.",)


def test_of_two_own_files_with_one_id_the_second_is_told(tmp_path):
    first = own(tmp_path, "my-own", "a.toml")
    own(tmp_path, "my-own", "b.toml")
    library = find_patterns(tmp_path)
    assert library.paths["my-own"] == first
    assert library.problems == ('b.toml: id is "my-own", which a.toml has already.',)


def test_hidden_files_of_editors_are_passed_over(tmp_path):
    written(tmp_path, "half a fi", ".#mine.toml")
    written(tmp_path, "half a fi", "mine.toml~")
    assert find_patterns(tmp_path).problems == ()

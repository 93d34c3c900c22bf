"""The shape of the house, as tests: who may import whom, what things are called, how long a file may get."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "audio", "content", "interviewer")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST = 300
EMPTY_WORDS = {"manager", "helper", "handler", "util", "utils", "misc", "service", "base", "info"}
"""A name with one of these says what kind of thing it is in a framework, not what it is in an interview."""

DANGEROUS = {"pickle", "shelve", "joblib", "marshal"}
"""Reading a file with these can run whatever the file says."""

NATIVE = ("av", "ctranslate2", "faster_whisper", "onnxruntime", "sounddevice")
"""What can hang or abort the process that imports it."""

# Spelt apart, so that this file does not name them.
REGISTRIES = [
    name.replace(" ", ".")
    for name in (
        "pypi org",
        "pythonhosted org",
        "deb debian org",
        "security debian org",
        "archive ubuntu com",
        "registry npmjs org",
    )
]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level packages a file names in its imports, also within functions."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_imports_go_one_way():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_the_core_needs_python_and_nothing_else():
    allowed = {*sys.stdlib_module_names, "interviewer", "content"}
    strangers = [
        f"{short(path)} imports {name}"
        for path in SOURCES
        if short(path).startswith(("interviewer/", "content/"))
        for name in imports_of(path)
        if name not in allowed
    ]
    assert not strangers


def test_the_window_is_there_before_anything_heavy():
    pages = "app.window.main_window, app.window.screens"
    code = f"import sys, {pages}\nprint(*[name for name in {NATIVE!r} if name in sys.modules])"
    assert run_python(code).split() == []


def test_names_say_what_things_are():
    named = [(short(path), path.stem) for path in SOURCES]
    for path in SOURCES:
        classes = (node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef))
        named += [(f"{short(path)}: class {name}", name) for name in classes]
    assert [place for place, name in named if words_of(name) & EMPTY_WORDS] == []


def test_a_file_fits_in_the_head():
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_file_opens_with_what_it_is():
    assert [short(path) for path in SOURCES if not ast.get_docstring(tree_of(path))] == []


def test_nothing_reads_what_can_run():
    assert [(short(path), name) for path in SOURCES for name in imports_of(path) if name in DANGEROUS] == []


def test_every_child_is_started_in_one_way():
    """By `child_command`, which keeps the current folder off its path."""
    starting = [short(path) for path in SOURCES if "sys.executable" in path.read_text(encoding="utf-8")]
    assert starting == ["audio/child.py"]


def test_no_pattern_asks_for_what_the_first_releases_of_3_11_match_wrongly():
    """Possessive repeats and atomic groups lose matches up to 3.11.4, and Debian 12 has 3.11.2."""
    wrong, seen = [], 0
    for path in SOURCES:
        if "re.compile(" in path.read_text(encoding="utf-8") and not path.stem.endswith("_child"):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    seen += 1
                    parsed = str(re._parser.parse(value.pattern, value.flags))  # type: ignore[attr-defined]
                    if "POSSESSIVE_REPEAT" in parsed or "ATOMIC_GROUP" in parsed:
                        wrong.append(f"{short(path)}: {name}")
    assert seen > 20
    assert wrong == []


def test_no_file_names_a_registry():
    """Where packages come from is each machine's own business."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so no list of the project's files")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    places = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            text = path.read_bytes()
            places += [f"{name} names {host}" for host in REGISTRIES if host.encode() in text]
    assert not places

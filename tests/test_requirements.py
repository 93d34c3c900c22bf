"""What is promised to run is what is locked and tested: one list of Pythons, one set of packages for all of them."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKS = ("run", "dev", "bundle")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def of_makefile(name: str) -> list[str]:
    """A variable of the Makefile, in words."""
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return next(line.partition(":=")[2].split() for line in lines if line.startswith(f"{name} :="))


PYTHONS = of_makefile("PYTHONS")


def locked(lock: str) -> list[Requirement]:
    """The lines of a lock without their hashes."""
    return [Requirement(line.split(" \\")[0]) for line in lock.splitlines() if re.match(r"[\w.-]+==", line)]


def never_tested(lock: str) -> list[str]:
    """Of the packages with several versions, those versions that no tested Python installs on this kind of machine."""
    lines = locked(lock)
    versions = [{"python_version": version, "python_full_version": f"{version}.0"} for version in PYTHONS]
    forked = [line for line in lines if len({str(o.specifier) for o in lines if o.name == line.name}) > 1]
    return [
        str(line) for line in forked if line.marker and not any(line.marker.evaluate(version) for version in versions)
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_version_is_tested(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert len(locked(lock)) > 20
    assert never_tested(lock) == []


@pytest.mark.parametrize(
    ("marker", "other", "found"),
    [
        ("python_full_version < '3.12'", "python_full_version >= '3.12'", []),
        ("python_full_version < '3.14'", "python_full_version >= '3.14'", ["2"]),
        ("python_full_version < '3.11'", "python_full_version >= '3.11'", ["1"]),
        ("sys_platform != 'win32'", "sys_platform == 'win32'", ["2"]),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the last row is told from elsewhere")
def test_a_version_that_is_never_tested_is_found(marker: str, other: str, found: list[str]) -> None:
    lock = f"av==1 ; {marker} \\\n    --hash=sha256:0\nav==2 ; {other} \\\n    --hash=sha256:1\nb==1 ; {other} \\\n"
    assert [line.split(";")[0] for line in never_tested(lock)] == [f"av=={version}" for version in found]


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_has_two_bounds_and_the_lock_keeps_them(name: str) -> None:
    lock = {
        canonicalize_name(line.name): str(line.specifier).removeprefix("==")
        for line in locked((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))
    }
    asked = list(map(Requirement, PROJECT["project"]["dependencies"]))
    asked += map(Requirement, PROJECT["dependency-groups"].get(name, ()))
    for each in asked:
        bounds = {bound.operator for bound in each.specifier}
        assert bounds in ({"=="}, {">=", "<"}), each
        assert each.specifier.contains(lock[canonicalize_name(each.name)]), each


def test_one_list_of_pythons_is_promised_everywhere() -> None:
    first, last = PYTHONS[0], PYTHONS[-1]
    after = f"3.{int(last.partition('.')[2]) + 1}"
    assert [f"3.{minor}" for minor in range(11, int(after.partition(".")[2]))] == PYTHONS
    assert SpecifierSet(PROJECT["project"]["requires-python"]) == SpecifierSet(f">={first},<{after}")
    assert PROJECT["tool"]["mypy"]["python_version"] == first
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{first.replace('.', '')}"
    words = f"Python {first} to {last}"
    edges = tuple(version.replace(".", ", ") for version in (first, after))
    for path, code in (
        ("Makefile", "({}) <= v < ({})"),
        ("app/terminal/computer.py", "({}) <= sys.version_info[:2] < ({})"),
    ):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert words in text
        assert code.format(*edges) in text
    assert words in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"--python-version {first} " in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_tests_that_run_on_each_python_are_there() -> None:
    named = [Path(name) for name in of_makefile("ON_EACH")]
    assert len(named) > 10
    assert [str(path) for path in named if not (ROOT / path).is_file()] == []


def test_a_python_that_is_not_here_is_said_and_stops_nothing() -> None:
    done = subprocess.run(
        ["sh", "scripts/test_pythons.sh", "3.99"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Python 3.99: not on this machine\n")

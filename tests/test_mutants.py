"""Thousands of damaged and malicious files: each is read or refused in one sentence, nothing else is touched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants import one_sentence

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("sessions", "stories", "practice", "quizzes", "settings")
ZIPS = ("packs", "backups")


def survive(seed: int, documents: int, zips: int, seconds: float) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is asked for in Linux's way")
    command = [sys.executable, "-m", "tests.mutants", str(seed), str(documents), str(zips)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=True)
    report = json.loads(done.stdout)
    print(report)
    assert report["seen"] == []
    for kinds, count in ((DOCUMENTS, documents), (ZIPS, zips)):
        for kind in kinds:
            outcomes = report["counts"][kind]
            assert outcomes["read"] + outcomes["refused"] == count
            assert min(outcomes["read"], outcomes["refused"]) > count / 40  # neither everything nor nothing
    assert report["most_bytes"] < 150 << 20


def test_four_hundred_of_each_document_and_six_hundred_of_each_zip() -> None:
    survive(2, 400, 600, 110)


@pytest.mark.prove
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", range(10, 20))
def test_ten_times_as_many(seed: int) -> None:
    survive(seed, 800, 1_200, 600)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("takes, the 2nd: frames must be a whole number from 0 to 9,676,800,000.", True),
        ("The disk is full. Free some space.", False),
        ("The disk is full", False),
        ("'NoneType' has no takes.", False),
        ("It is\nfull.", False),
    ],
)
def test_what_one_sentence_is(text: str, is_one: bool) -> None:
    assert one_sentence(text) is is_one

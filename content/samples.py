"""The shipped sample answers: sound files with their section marks. They are the only takes for the sample model."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.pattern import Section

FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """One shipped answer. `marks` are the seconds at which its sections begin."""

    id: str
    path: Path
    sha256: str
    title: str
    marks: Mapping[Section, float]


def shipped_samples() -> tuple[Sample, ...]:
    """All shipped samples; the first is the one that is rehearsed when no file is named."""
    document = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))
    letters = {section.letter: section for section in Section}
    return tuple(
        Sample(
            id=entry["id"],
            path=FOLDER / entry["file"],
            sha256=entry["sha256"],
            title=entry["title"],
            marks={letters[letter]: float(seconds) for letter, seconds in entry["marks"].items()},
        )
        for entry in document["samples"]
    )


def is_sample(path: Path) -> bool:
    """Whether a sound file is one of the shipped samples, wherever it lies. Raises OSError."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest() in {sample.sha256 for sample in shipped_samples()}

"""Speech models on disk: what a usable folder holds, which folders there are, and which one is the sample model."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import PracticeError

SAMPLE_MODEL = Path(__file__).parent / "sample_model"
"""Ships with the program. It understands only the synthetic voices of the shipped sample answers, never a person."""

SAMPLE_SHA256 = "0a6f3d61ef3153668b42dce6a836124c99f1b9b494dcdc89c2be10b0aaaab6a3"
SAMPLE_BYTES = 5_205_261

NEEDED = ("config.json", "model.bin", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Model:
    """One usable model folder."""

    name: str
    folder: Path


def check_model(folder: Path) -> None:
    """Raises PracticeError with one sentence when a folder is no model that can be loaded without a network."""
    if not folder.is_dir():
        raise PracticeError(f"There is no model folder {folder}. Choose another one in the settings.")
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append("vocabulary.json")
    if missing:
        raise PracticeError(
            f"{folder} is no complete speech model: {' and '.join(missing)} is missing. "
            "Choose a folder in faster-whisper's format."
        )


def is_sample_model(folder: Path) -> bool:
    """Whether a folder is the sample model or a copy of it."""
    weights = folder / "model.bin"
    try:
        if weights.stat().st_size != SAMPLE_BYTES:
            return False
        return hashlib.sha256(weights.read_bytes()).hexdigest() == SAMPLE_SHA256
    except OSError:
        return False


def find_models(folder: Path) -> tuple[Model, ...]:
    """The usable models below a folder, two levels deep, by name."""
    found = [Model(str(path.relative_to(folder)), path) for path in _folders(folder, DEEPEST) if _is_usable(path)]
    return tuple(sorted(found, key=lambda model: model.name))


def _folders(folder: Path, depth: int) -> list[Path]:
    if not depth or not folder.is_dir():
        return []
    inside = [path for path in folder.iterdir() if path.is_dir()]
    return inside + [deeper for path in inside for deeper in _folders(path, depth - 1)]


def _is_usable(folder: Path) -> bool:
    try:
        check_model(folder)
    except PracticeError:
        return False
    return True

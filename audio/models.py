"""Speech models on disk: what a usable folder holds, which there are, and the sample model. No download here."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import PracticeError

SAMPLE_MODEL = Path(__file__).resolve().parent / "sample_model"
"""Ships with the program. Understands the synthetic voices of the shipped samples and nobody else."""

NEEDED_FILES = ("config.json", "model.bin", "tokenizer.json")
"""Without tokenizer.json faster-whisper would go online. A vocabulary of either kind is needed as well."""

_SAMPLE_BYTES = 5_205_261
_SAMPLE_SHA256 = "0a6f3d61ef3153668b42dce6a836124c99f1b9b494dcdc89c2be10b0aaaab6a3"
_REVISION = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Model:
    """A folder that holds a whole speech model, and what to call it."""

    name: str
    folder: Path


def check_model(folder: Path) -> None:
    """Raises PracticeError, naming what is missing, unless the folder holds a whole speech model."""
    if not folder.is_dir():
        raise PracticeError(f"There is no folder {folder}. Choose the folder that holds the speech model.")
    for name in NEEDED_FILES:
        file = folder / name
        if not file.is_file() or not file.stat().st_size:
            raise PracticeError(f"The folder {folder} holds no whole speech model: {name} is missing or empty.")
    if not any(folder.glob("vocabulary.*")):
        raise PracticeError(f"The folder {folder} holds no whole speech model: vocabulary.json or .txt is missing.")


def is_sample_model(folder: Path) -> bool:
    """Whether the folder holds the sample model or a copy of it, by the hash of its weights. Raises OSError."""
    weights = folder / "model.bin"
    if weights.stat().st_size != _SAMPLE_BYTES:
        return False
    return hashlib.sha256(weights.read_bytes()).hexdigest() == _SAMPLE_SHA256


def model_name(folder: Path) -> str:
    """What to call the model in a folder: the folder's name, or its parent's when the name is a revision."""
    whole = folder.resolve()
    return whole.parent.name if _REVISION.fullmatch(whole.name) else whole.name


def remove_model(folder: Path, models_folder: Path) -> None:
    """Removes a model that lies in the program's own models folder. Raises PracticeError elsewhere, and OSError."""
    whole, home = folder.resolve(), models_folder.resolve()
    if home not in whole.parents:
        raise PracticeError(f"{folder} is a folder of your own; Plainspoken removes only what it fetched.")
    shutil.rmtree(whole)
    if whole.parent != home and not any(whole.parent.iterdir()):
        whole.parent.rmdir()


def find_models(models_folder: Path) -> tuple[Model, ...]:
    """The whole models in a folder's subfolders, up to two levels deep, by name."""
    found = (Model(model_name(folder), folder) for folder in _subfolders(models_folder, 2) if _is_whole(folder))
    return tuple(sorted(found, key=lambda model: (model.name, model.folder)))


def _subfolders(folder: Path, levels: int) -> Iterator[Path]:
    try:
        inside = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return
    for path in inside:
        yield path
        if levels > 1:
            yield from _subfolders(path, levels - 1)


def _is_whole(folder: Path) -> bool:
    try:
        check_model(folder)
    except (PracticeError, OSError):
        return False
    return True

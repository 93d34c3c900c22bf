"""Which speech models can be fetched, to the last byte: pinned revisions, sizes and hashes. Source: speech.md 1.5."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from interviewer.disk.document import read_document
from interviewer.errors import PracticeError

MANIFEST_NAME = "manifest.json"
"""Written into a model's folder last, so that a folder that has one was whole once."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model: its name, bytes and SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str

    def is_whole(self, folder: Path) -> bool:
        """Whether the file in a folder is this file, byte for byte. Reads all of it; raises OSError."""
        path = folder / self.name
        if path.stat().st_size != self.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """A model at one revision of its repository on the model hub."""

    name: str
    repository: str
    revision: str
    files: tuple[ModelFile, ...]

    @property
    def total_bytes(self) -> int:
        return sum(file.size for file in self.files)

    def folder(self, models: Path) -> Path:
        """Where it lies once it is whole."""
        return models / self.name / self.revision

    def part_folder(self, models: Path) -> Path:
        """Where it grows. Hidden, so that nothing takes it for a model."""
        return models / f".part-{self.name}-{self.revision}"

    def as_document(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Any) -> "ModelManifest":
        """From JSON. Raises LookupError, TypeError or ValueError on anything else."""
        files = tuple(
            ModelFile(str(file["name"]), int(file["size"]), str(file["sha256"])) for file in document["files"]
        )
        if any(Path(file.name).name != file.name for file in files):
            raise ValueError("a file outside its folder")
        return cls(str(document["name"]), str(document["repository"]), str(document["revision"]), files)


def verify_model(folder: Path) -> None:
    """Raises PracticeError unless every file of a fetched model is still what was published.

    A folder without a manifest was chosen by the person and says nothing of itself. Reads every byte.
    """
    path = folder / MANIFEST_NAME
    if not path.exists():
        return
    advice = "Remove it in the settings and fetch it again."
    try:
        manifest = ModelManifest.from_document(read_document(path))
        damaged = [file.name for file in manifest.files if not file.is_whole(folder)]
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise PracticeError(f"The model in {folder} is damaged ({error}). {advice}") from error
    if damaged:
        raise PracticeError(f"The model in {folder} is damaged: {damaged[0]} is not what was published. {advice}")


_TOKENIZER = ModelFile("tokenizer.json", 2_128_466, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df")
_VOCABULARY = ModelFile("vocabulary.txt", 422_309, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf")


def _english(name: str, revision: str, config: tuple[int, str], weights: tuple[int, str]) -> ModelManifest:
    files = (ModelFile("model.bin", *weights), _TOKENIZER, _VOCABULARY, ModelFile("config.json", *config))
    return ModelManifest(name, f"Systran/faster-whisper-{name}", revision, files)


MODELS = (
    _english(
        "tiny.en",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        (2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
        (75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
    ),
    _english(
        "base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        (2_227, "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb"),
        (145_216_508, "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef"),
    ),
    _english(
        "small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        (2_657, "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
        (483_545_366, "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"),
    ),
)
"""By size. English only: the interview is."""

RECOMMENDED = MODELS[1]
"""Keeps up with speech on two cores; `small.en` hears better and needs a faster machine."""

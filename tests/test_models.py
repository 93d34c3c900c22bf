"""What counts as a speech model, and that a copy of the sample model does not pass for a real one."""

import shutil
from pathlib import Path

import pytest

from audio.models import NEEDED_FILES, SAMPLE_MODEL, check_model, find_models, is_sample_model, model_name
from interviewer.errors import PracticeError


def a_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in (*NEEDED_FILES, "vocabulary.txt"):
        (folder / name).write_text("something")
    return folder


def test_the_sample_model_is_whole_and_known():
    check_model(SAMPLE_MODEL)
    assert is_sample_model(SAMPLE_MODEL)


def test_a_copy_of_the_sample_model_is_known_under_any_name(tmp_path):
    assert is_sample_model(Path(shutil.copytree(SAMPLE_MODEL, tmp_path / "base.en")))


def test_others_are_not_taken_for_the_sample_model(tmp_path):
    model = a_model(tmp_path / "base.en")
    assert not is_sample_model(model)
    (model / "model.bin").write_bytes(bytes((SAMPLE_MODEL / "model.bin").stat().st_size))
    assert not is_sample_model(model)


@pytest.mark.parametrize("missing", [*NEEDED_FILES, "vocabulary"])
def test_what_is_missing_is_named_in_one_sentence(tmp_path, missing):
    model = a_model(tmp_path / "model")
    for file in model.glob(f"{missing}*"):
        file.unlink()
    with pytest.raises(PracticeError, match=missing):
        check_model(model)


def test_an_empty_file_is_a_missing_one(tmp_path):
    (a_model(tmp_path / "model") / "model.bin").write_bytes(b"")
    with pytest.raises(PracticeError, match=r"model\.bin"):
        check_model(tmp_path / "model")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(PracticeError, match="nowhere"):
        check_model(tmp_path / "nowhere")


def test_models_are_found_two_levels_deep(tmp_path):
    revision = "3d3d5dee26484f91867d81cb899cfcf72b96be6c"
    a_model(tmp_path / "small.en")
    a_model(tmp_path / "base.en" / revision)
    a_model(tmp_path / "too" / "deep" / "here")
    a_model(tmp_path / ".hidden")
    (tmp_path / "broken").mkdir()
    (tmp_path / "a file").write_text("")
    found = [(model.name, model.folder.relative_to(tmp_path)) for model in find_models(tmp_path)]
    assert found == [("base.en", Path("base.en") / revision), ("small.en", Path("small.en"))]
    assert find_models(tmp_path / "nowhere") == ()


def test_a_model_is_called_what_its_folder_is_called():
    assert model_name(SAMPLE_MODEL) == "sample_model"

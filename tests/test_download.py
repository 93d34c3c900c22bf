"""A model comes from a hub on this computer: whole, once, or not at all."""

import hashlib
import queue
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio.download import Download, DownloadCancelled, DownloadDone, DownloadEvent, DownloadFailed, DownloadMoved
from audio.manifest import MODELS, RECOMMENDED, ModelFile, ModelManifest, verify_model
from audio.models import SAMPLE_MODEL, check_model, find_models, model_name, remove_model
from interviewer.errors import PracticeError
from tests.hub import Hub

REVISION = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub({path.name: path.read_bytes() for path in SAMPLE_MODEL.iterdir()})
    monkeypatch.setenv("PLAINSPOKEN_MIRROR", hub.address)
    yield hub
    hub.close()


@pytest.fixture
def model(hub: Hub) -> ModelManifest:
    files = tuple(
        ModelFile(name, len(body), hashlib.sha256(body).hexdigest()) for name, body in sorted(hub.files.items())
    )
    return ModelManifest("sample.en", "ours/sample", REVISION, files)


def fetch(model: ModelManifest, models: Path) -> list[DownloadEvent]:
    """All events of one try."""
    events: queue.SimpleQueue[DownloadEvent] = queue.SimpleQueue()
    Download(model, models, events.put).start()
    seen = [events.get(timeout=40)]
    while isinstance(seen[-1], DownloadMoved):
        seen.append(events.get(timeout=40))
    return seen


def files_under(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_model_comes_whole_with_progress(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    hub.pace_seconds = 0.03
    *moves, done = fetch(model, tmp_path)
    assert done == DownloadDone(model.folder(tmp_path))
    told = [move.done_bytes for move in moves if isinstance(move, DownloadMoved)]
    assert len(told) > 4
    assert told == sorted(told)
    assert told[-1] == model.total_bytes
    assert any(move.seconds_left is not None for move in moves if isinstance(move, DownloadMoved))
    check_model(done.folder)
    verify_model(done.folder)
    assert model_name(done.folder) == "sample.en"
    assert [found.folder for found in find_models(tmp_path)] == [done.folder]
    assert all(path.stat().st_mode & 0o077 == 0 for path in done.folder.iterdir())
    assert set(hub.paths) == {f"/ours/sample/resolve/{REVISION}/{file.name}" for file in model.files}


def test_a_cut_line_is_gone_on_from_and_no_byte_comes_twice(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    whole = len(hub.files["model.bin"])
    cut = round(0.37 * whole)
    hub.cuts["model.bin"] = cut
    assert fetch(model, tmp_path)[-1] == DownloadDone(model.folder(tmp_path))
    assert hub.sent["model.bin"] == [(0, cut), (cut, whole)]


def test_a_later_program_goes_on_inside_the_file(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    weights = hub.files["model.bin"]
    part = model.part_folder(tmp_path)
    part.mkdir(parents=True)
    (part / "model.bin").write_bytes(weights[: len(weights) * 37 // 100])
    assert isinstance(fetch(model, tmp_path)[-1], DownloadDone)
    assert hub.sent["model.bin"] == [(len(weights) * 37 // 100, len(weights))]


def test_a_hub_that_knows_no_ranges_sends_it_all(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    hub.ranges_are_known = False
    hub.cuts["model.bin"] = 1_000_000
    assert isinstance(fetch(model, tmp_path)[-1], DownloadDone)


def test_a_wrong_byte_is_refused(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    body = bytearray(hub.files["model.bin"])
    body[4_000_000] ^= 1
    hub.files["model.bin"] = bytes(body)
    failed = fetch(model, tmp_path)[-1]
    assert isinstance(failed, DownloadFailed)
    assert "model.bin is not what was published" in failed.text
    assert find_models(tmp_path) == ()
    assert "model.bin" not in files_under(tmp_path)
    hub.files["model.bin"] = bytes(body[:4_000_000]) + bytes([body[4_000_000] ^ 1]) + bytes(body[4_000_001:])
    assert isinstance(fetch(model, tmp_path)[-1], DownloadDone)


def test_too_many_bytes_are_refused(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    hub.files["config.json"] += b" " * 5_000_000
    failed = fetch(model, tmp_path)[-1]
    assert isinstance(failed, DownloadFailed)
    assert "config.json is not what was published" in failed.text


def test_cancelling_leaves_nothing_that_looks_like_a_model(hub: Hub, model: ModelManifest, tmp_path: Path) -> None:
    hub.pace_seconds = 0.05
    events: queue.SimpleQueue[DownloadEvent] = queue.SimpleQueue()
    download = Download(model, tmp_path, events.put)
    download.start()
    for _ in range(4):
        assert isinstance(events.get(timeout=20), DownloadMoved)
    download.cancel()
    event = events.get(timeout=5)
    while isinstance(event, DownloadMoved):
        event = events.get(timeout=5)
    assert event == DownloadCancelled()
    assert find_models(tmp_path) == ()
    assert [path.name for path in tmp_path.iterdir()] == [model.part_folder(tmp_path).name]
    assert model.part_folder(tmp_path).name.startswith(".")


def test_without_any_hub_there_is_one_sentence(model: ModelManifest, hub: Hub, tmp_path: Path) -> None:
    hub.close()
    (failed,) = fetch(model, tmp_path)
    assert isinstance(failed, DownloadFailed)
    assert failed.text.startswith(f"{hub.address} cannot be reached (")
    assert failed.text.count("\n") == 0


@pytest.mark.parametrize("code", [401, 404])
def test_a_hub_that_has_it_not_gives_one_sentence(hub: Hub, model: ModelManifest, tmp_path: Path, code: int) -> None:
    hub.code = code
    (failed,) = fetch(model, tmp_path)
    assert failed == DownloadFailed(f"{hub.address} has no sample.en to give (answer {code}).")


def test_a_mirror_that_is_no_address_gives_one_sentence(
    model: ModelManifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAINSPOKEN_MIRROR", "file:///etc")
    (failed,) = fetch(model, tmp_path)
    assert failed == DownloadFailed(
        "PLAINSPOKEN_MIRROR is 'file:///etc', which is no web address. Set it right or unset it."
    )


def test_a_proxy_is_used(hub: Hub, model: ModelManifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub is no proxy, yet it sees the whole address that a proxy is asked for."""
    monkeypatch.setenv("PLAINSPOKEN_MIRROR", "http://hub.invalid")
    monkeypatch.setenv("http_proxy", hub.address)
    monkeypatch.delenv("no_proxy", raising=False)
    assert isinstance(fetch(model, tmp_path)[-1], DownloadDone)
    assert all(path.startswith("http://hub.invalid/ours/sample/resolve/") for path in hub.paths)


def test_a_folder_that_cannot_be_written_gives_one_sentence(model: ModelManifest, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    (failed,) = fetch(model, tmp_path / "models")
    assert isinstance(failed, DownloadFailed)
    assert failed.text.startswith("The model could not be written to ")


def test_damage_after_the_download_is_found_before_the_model_is_loaded(
    hub: Hub, model: ModelManifest, tmp_path: Path
) -> None:
    folder = model.folder(tmp_path)
    fetch(model, tmp_path)
    weights = (folder / "model.bin").read_bytes()
    dice = random.Random(5)
    for round_number in range(100):
        damaged = bytearray(weights)
        name = "model.bin"
        match round_number % 4:
            case 0:
                damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
            case 1:
                del damaged[dice.randrange(len(damaged)) :]
            case 2:
                damaged.append(0)
            case 3:
                name = "config.json"
                damaged = bytearray((folder / "tokenizer.json").read_bytes())
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(damaged)
        with pytest.raises(PracticeError, match=r"is damaged.*Remove it in the settings and fetch it again"):
            verify_model(folder)
        (folder / name).write_bytes(before)
    verify_model(folder)


def test_a_fetched_model_can_be_removed_and_a_chosen_folder_cannot(
    hub: Hub, model: ModelManifest, tmp_path: Path
) -> None:
    models, own = tmp_path / "models", tmp_path / "own"
    folder = model.folder(models)
    fetch(model, models)
    remove_model(folder, models)
    assert list(models.iterdir()) == []
    own.mkdir()
    for elsewhere in (own, models, models / ".." / "own"):
        with pytest.raises(PracticeError, match="a folder of your own"):
            remove_model(elsewhere, models)
    assert own.is_dir()


def test_the_manifest_names_pinned_revisions_and_whole_hashes() -> None:
    assert RECOMMENDED in MODELS
    assert RECOMMENDED.name == "base.en"
    for model in MODELS:
        assert len(model.revision) == 40
        assert {file.name for file in model.files} >= {"model.bin", "tokenizer.json"}
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in model.files)

"""The doctor: what it says on this machine, with its parts taken away, and while things hang. Not how it looks."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.state.folders import system_folders
from app.terminal import computer, doctor
from app.terminal.cli import run_command
from app.terminal.computer import MISSING, NOTE, OK, Check, ask
from audio.models import SAMPLE_MODEL
from tests.pulse import MICROPHONE, SPEAKER

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    *("Python", "Python packages", "Display", "Window libraries", "PortAudio", "Sound plug-in", "Microphone"),
    *("Loudspeaker", "Voice", "Recogniser", "Speech model", "Recordings", "Disk space", "Settings folder"),
    *("Cache folder", "State folder", "Settings", "Patterns"),
)

FORBIDDEN = ("PySide6", "av", "ctranslate2", "espeakng_loader", "faster_whisper", "onnxruntime", "sounddevice")

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what is checked here is Linux's")


def kept_checks() -> dict[str, Check]:
    """The checks of the person's own files, which need no child."""
    folders = system_folders()
    checks = [*doctor._models(folders), *doctor._folders(folders)]
    return {check.name: check for check in [*checks, doctor._settings(folders), doctor._patterns(folders)]}


def set_up(**settings: object) -> None:
    folders = system_folders()
    folders.make()
    folders.settings_file.write_text(json.dumps(settings))


@linux_only
def test_here_all_is_found_that_tests_bring(pulse, qapp):
    checks = {check.name: check for check in doctor.examine(system_folders())}
    assert tuple(checks) == NAMES
    states = {name: check.state for name, check in checks.items()}
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        assert states.pop("Display") == NOTE
    assert states.pop("Speech model") == MISSING
    assert set(states.values()) == {OK}, checks
    assert MICROPHONE in checks["Microphone"].text
    assert SPEAKER in checks["Loudspeaker"].text
    assert "espeak-ng spoke for" in checks["Voice"].text
    assert re.search(r"Room for [\d,]+ minutes", checks["Disk space"].text)


@linux_only
def test_without_a_sound_server_the_devices_are_missing_and_portaudio_is_not(pulse):
    pulse.stop()
    portaudio, microphone, loudspeaker = computer._sound(ask("sound", (), 10.0))
    assert portaudio.state == OK
    assert microphone.state == loudspeaker.state == MISSING
    assert "pactl info" in microphone.advice


@linux_only
def test_a_frozen_sound_server_costs_the_patience_and_no_more(pulse):
    pulse.freeze()
    start = time.monotonic()
    portaudio, *devices = computer._sound(ask("sound", (), 2.0))
    assert time.monotonic() - start < 4
    assert (portaudio.state, portaudio.text) == (MISSING, "It hangs: no answer within 2 s")
    assert "restart the sound server" in portaudio.advice
    assert [device.state for device in devices] == [MISSING, MISSING]


@linux_only
def test_a_display_that_does_not_answer_is_missing(monkeypatch):
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":9876")
    check = computer._display(lambda question, *names: ask(question, names, 10.0))
    assert (check.state, check.text) == (MISSING, "DISPLAY is :9876, but nothing lets us in there")
    monkeypatch.delenv("DISPLAY")
    check = computer._display(lambda question, *names: ask(question, names, 10.0))
    assert "Neither DISPLAY nor WAYLAND_DISPLAY is set" in check.text
    assert "rehearse" in check.advice
    monkeypatch.setenv("WAYLAND_DISPLAY", "nothing")
    check = computer._display(lambda question, *names: ask(question, names, 10.0))
    assert (check.state, check.text) == (MISSING, "WAYLAND_DISPLAY is nothing, but nothing is there")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("import os; os.kill(os.getpid(), 4)", "it crashed (Illegal instruction)"),
        ("import sys; sys.exit(3)", "it ended without a word"),
        ("raise ImportError('no such thing')", "ImportError: no such thing"),
        ("print('noise')", "it ended without a word"),
        ("print('[1]')", "it ended without a word"),
        ("print('{}', flush=True); import time; time.sleep(60)", ""),
        ("import time; time.sleep(60)", "no answer within 1 s"),
    ],
)
def test_however_a_child_ends_is_an_answer(tmp_path, monkeypatch, body, problem):
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / "__init__.py").touch()
    (tmp_path / "audio" / "probe_child.py").write_text(body)
    monkeypatch.setattr(computer, "child_environment", lambda: {**os.environ, "PYTHONPATH": str(tmp_path)})
    monkeypatch.chdir(tmp_path)
    assert ask("sound", (), 1.0) == computer.Asked({}, problem)


def test_a_library_that_is_missing_is_named():
    assert ask("libraries", (), 10.0) == computer.Asked({"missing": {}})
    reply = ask("libraries", ("libnothing-of-the-kind.so.7",), 10.0)
    assert list(reply.answer["missing"]) == ["libnothing-of-the-kind.so.7"]


@linux_only
def test_without_portaudio_its_package_is_named():
    portaudio, *devices = computer._sound(computer.Asked({"missing": "PortAudio library not found"}))
    assert portaudio.advice == "On Debian or Ubuntu: sudo apt-get install libportaudio2"
    assert [device.advice for device in devices] == ["See PortAudio above."] * 2


@linux_only
def test_libraries_that_are_missing_are_named_with_their_packages():
    gone = {"libGL.so.1": "no such file", "libxcb-cursor.so.0": "no such file"}
    check = computer._window(lambda *asked: computer.Asked({"missing": gone}))
    assert check.text == "Not there: libGL.so.1, libxcb-cursor.so.0"
    assert check.advice == "On Debian or Ubuntu: sudo apt-get install libgl1 libxcb-cursor0"


def test_what_to_install_is_what_the_set_up_installs():
    listed = set(re.findall(r"^[\w|. +-]+$", (ROOT / "apt" / "run.txt").read_text(), re.MULTILINE))
    packages = {name.strip() for line in listed for name in line.split("|")}
    assert {*computer.WINDOW.values(), *computer.X_WINDOW.values(), "libportaudio2", "libasound2-plugins"} <= packages


def test_a_first_start_finds_folders_to_make():
    checks = kept_checks()
    assert checks["Recordings"].text.endswith("will be made at the first start")
    assert checks["Settings"].text == "Nothing is set yet, so the usual settings are used"
    assert checks["Patterns"].text == "1 can be read: earn-trust"
    assert checks["Speech model"].state == MISSING
    assert not system_folders().data.exists()


def test_models_are_told_apart(tmp_path):
    set_up()
    model = system_folders().models / "tiny.en"
    model.mkdir()
    for path in SAMPLE_MODEL.iterdir():
        (model / path.name).write_bytes(path.read_bytes())
    assert (kept_checks()["Speech model"].state, kept_checks()["Speech model"].text) == (
        NOTE,
        "Found and not chosen: tiny.en",
    )
    set_up(model_folder=str(model))
    assert kept_checks()["Speech model"].text.startswith("The sample model is chosen")
    with (model / "model.bin").open("ab") as file:
        file.write(b"x")
    assert (kept_checks()["Speech model"].state, kept_checks()["Speech model"].text) == (
        OK,
        f"tiny.en is chosen: {model}",
    )
    (model / "tokenizer.json").unlink()
    assert kept_checks()["Speech model"].text.endswith(
        "holds no whole speech model: tokenizer.json is missing or empty"
    )
    set_up(model_folder=str(tmp_path / "gone"))
    assert kept_checks()["Speech model"].state == MISSING


def test_settings_that_are_passed_over_are_named():
    set_up(theme="dark", level="staff", colour="red")
    check = kept_checks()["Settings"]
    assert check.state == NOTE
    assert check.text.endswith("passed over 'level', 'colour'")
    set_up(theme="dark")
    assert kept_checks()["Settings"].state == OK
    for text in ("{", "[]"):
        system_folders().settings_file.write_text(text)
        assert kept_checks()["Settings"].state == NOTE


def test_a_pattern_that_cannot_be_read_is_told():
    set_up()
    (system_folders().patterns / "mine.toml").write_text("id = ")
    check = kept_checks()["Patterns"]
    assert (check.state, check.text) == (NOTE, "1 can be read: earn-trust; 1 cannot")
    assert check.advice == "mine.toml, at its end: invalid value."


def test_a_foreign_name_stays_on_its_line(monkeypatch):
    monkeypatch.setattr(
        doctor, "look_at_machine", lambda *asked: (Check("Microphone", OK, "two\nlines\udcff\x1b[31m"),)
    )
    check = doctor.examine(system_folders())[0]
    assert check.text == "two�lines��[31m"


def test_a_place_that_cannot_be_written_is_missing():
    folders = system_folders()
    folders.data.parent.mkdir(exist_ok=True)
    folders.data.write_text("a file where the folder should be")
    check = kept_checks()["Recordings"]
    assert check.state == MISSING
    assert "cannot be written: " in check.text
    assert "a folder that you may write to" in check.advice


@pytest.mark.parametrize(("minutes", "state"), [(4, MISSING), (29, NOTE), (31, OK)])
def test_space_is_counted_in_minutes(monkeypatch, tmp_path, minutes, state):
    free = type("Usage", (), {"free": minutes * 1_920_000 + 5})
    monkeypatch.setattr(doctor, "disk_usage", lambda path: free)
    check = doctor._space(tmp_path)
    assert (check.state, check.text) == (state, f"Room for {minutes} minutes of recording")


def test_the_command_ends_well_and_says_the_same_both_ways(capsys, monkeypatch):
    checks = (Check("Python", OK, "fine"), Check("Voice", MISSING, "none", "Get one."), Check("Disk", NOTE, "little"))
    monkeypatch.setattr(doctor, "examine", lambda folders: checks)
    assert run_command(["doctor"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok      Python: fine",
        "missing Voice: none",
        "          Get one.",
        "note    Disk: little",
        "",
        "Missing here: Voice. Under each stands what to do.",
    ]
    assert run_command(["doctor", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["checks"][1] == {"name": "Voice", "state": "missing", "text": "none", "advice": "Get one."}


def test_the_doctor_loads_nothing_that_can_be_missing_or_hang(home):
    code = (
        "import sys; from app.terminal.cli import run_command; run_command(['doctor', '--json']); "
        f"print([name for name in {FORBIDDEN!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"
    assert [check["name"] for check in json.loads(done.stdout)["checks"]][:2] == ["Python", "Python packages"]
    # PulseAudio's own library leaves its cookie
    assert not [path for path in home.rglob("*") if path.is_file() and path.parent.name != "pulse"]

"""What there is on this computer for the program to run with, and what to do where something is missing.

Loads nothing that can hang, crash or be missing: children are asked, with time limits. Changes nothing.
"""

import importlib.util
import json
import os
import platform
import queue
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import disk_usage
from typing import Any

from app.folders import Folders
from app.settings import load_settings
from audio.child import child_environment
from audio.models import SAMPLE_MODEL, check_model, find_models, is_sample_model, model_name
from audio.voice import Said, Voice
from content.loader import find_patterns
from interviewer.errors import PracticeError

OK, MISSING, NOTE = "ok", "missing", "note"

PATIENCE_SECONDS = 20.0
"""For one child. An honest one needs a second; the first start of a day on a slow disk ten."""

MINUTE_BYTES = 1_920_000
"""A minute of a take: 16 kHz, 16 bit, one channel."""

LITTLE_MINUTES, LEAST_MINUTES = 30, 5

PACKAGES = ("PySide6", "av", "ctranslate2", "espeakng_loader", "faster_whisper", "numpy", "platformdirs", "sounddevice")

WINDOW = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND_WINDOW = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""What Qt needs on Linux, and where Debian keeps it (platform.md 1.3). The last word is Qt's own plug-in's."""

AGAIN = "Install Plainspoken's packages again with `make setup`."
SERVER = "Log out and in again, or restart the sound server: systemctl --user restart pipewire pipewire-pulse."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its state is OK, MISSING or NOTE; `advice` is empty when there is nothing to do."""

    name: str
    state: str
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a child said to a question, or the problem: why it said nothing."""

    answer: dict[str, Any]
    problem: str = ""


def examine(folders: Folders, patience_seconds: float = PATIENCE_SECONDS) -> tuple[Check, ...]:
    """All checks, in the order to mend things in. Blocks for seconds, with a frozen sound server for `patience`."""

    def asked(question: str, *names: str) -> Asked:
        return ask(question, names, patience_seconds)

    with ThreadPoolExecutor(max_workers=6) as children:
        sound = children.submit(asked, "sound")
        others = [
            children.submit(lambda: [_display(asked)]),
            children.submit(lambda: [_window(asked)]),
            children.submit(lambda: [_alsa(asked)] if sys.platform == "linux" else []),
            children.submit(lambda: [_voice(folders, patience_seconds)]),
            children.submit(lambda: [_recognition(asked)]),
        ]
        here = [_python(), _packages()]
        kept = [*_models(folders), *_folders(folders), _settings(folders), _patterns(folders)]
        display, window, bridge, voice, recognition = (other.result() for other in others)
        portaudio, *devices = _sound(sound.result())
    return (*here, *display, *window, portaudio, *bridge, *devices, *voice, *recognition, *kept)


def ask(question: str, names: Sequence[str], patience_seconds: float) -> Asked:
    """Puts a question to `audio.probe_child`. However that ends, it is an answer."""
    command = [sys.executable, "-m", "audio.probe_child", question, *names]
    pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, env=child_environment()) as child:
        try:
            out, complaint = child.communicate(timeout=patience_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return Asked({}, f"no answer within {patience_seconds:g} s")
    try:
        return Asked(dict(json.loads(out)))
    except ValueError:
        if child.returncode < 0:
            return Asked({}, f"it crashed ({signal.Signals(-child.returncode).name})")
        lines = complaint.decode(errors="replace").strip().splitlines()
        return Asked({}, lines[-1] if lines else "it ended without a word")


def _python() -> Check:
    text = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if (3, 11) <= sys.version_info[:2] < (3, 15):
        return Check("Python", OK, text)
    return Check("Python", MISSING, text, "Plainspoken needs Python 3.11 to 3.14.")


def _packages() -> Check:
    missing = [name for name in PACKAGES if not importlib.util.find_spec(name)]
    if missing:
        return Check("Python packages", MISSING, f"Not there: {', '.join(missing)}", AGAIN)
    return Check("Python packages", OK, f"All {len(PACKAGES)} are there")


def _display(asked: Callable[..., Asked]) -> Check:
    if sys.platform != "linux":
        return Check("Display", OK, "The system's own")
    if wayland := os.environ.get("WAYLAND_DISPLAY"):
        return Check("Display", OK, f"WAYLAND_DISPLAY is {wayland}")
    name = os.environ.get("DISPLAY")
    if not name:
        advice = "Start it in a desktop session. Without one, `python -m app rehearse` runs over sound files."
        return Check("Display", MISSING, "Neither DISPLAY nor WAYLAND_DISPLAY is set", advice)
    reply = asked("display")
    if reply.problem:
        return Check("Display", NOTE, f"DISPLAY is {name}; whether it answers is not known ({reply.problem})")
    if not reply.answer["is_open"]:
        advice = "Start it from a terminal in the desktop session itself, as the user who is logged in there."
        return Check("Display", MISSING, f"DISPLAY is {name}, but nothing lets us in there", advice)
    return Check("Display", OK, f"DISPLAY is {name}, and it answers")


def _window(asked: Callable[..., Asked]) -> Check:
    """Whether what Qt's window needs can be loaded, and at last its plug-in itself."""
    if sys.platform != "linux":
        return Check("Window libraries", OK, "They come with the Python packages")
    only_wayland = bool(os.environ.get("WAYLAND_DISPLAY")) and not os.environ.get("DISPLAY")
    wanted = {**WINDOW, **(WAYLAND_WINDOW if only_wayland else X_WINDOW)}
    plugin = _qt_plugin("libqwayland.so" if only_wayland else "libqxcb.so")
    reply = asked("libraries", *wanted, *([str(plugin)] if plugin else []))
    if reply.problem:
        return Check("Window libraries", MISSING, f"They could not be tried: {reply.problem}", AGAIN)
    missing: dict[str, str] = reply.answer["missing"]
    if packages := [package for name, package in wanted.items() if name in missing]:
        names = ", ".join(name for name in wanted if name in missing)
        return Check("Window libraries", MISSING, f"Not there: {names}", _install(*packages))
    if missing:
        return Check("Window libraries", MISSING, "; ".join(missing.values()), "Install the library it names.")
    return Check("Window libraries", OK, f"All {len(wanted)} are there" + (", and Qt's own loads" if plugin else ""))


def _qt_plugin(name: str) -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0], "Qt", "plugins", "platforms", name) if folders else None
    return path if path and path.is_file() else None


def _sound(reply: Asked) -> Iterator[Check]:
    """PortAudio, microphones, loudspeakers: all from one child, for they stand and fall together."""
    microphones, speakers = reply.answer.get("microphones", []), reply.answer.get("speakers", [])
    advice = "See PortAudio above."
    if reply.problem.startswith("no answer"):
        yield Check("PortAudio", MISSING, f"It hangs: {reply.problem}", SERVER)
    elif reply.problem:
        yield Check("PortAudio", MISSING, f"It could not be asked: {reply.problem}", AGAIN)
    elif "missing" in reply.answer:
        yield Check("PortAudio", MISSING, reply.answer["missing"], _install("libportaudio2"))
    else:
        yield Check("PortAudio", OK, reply.answer["version"])
        advice = "Plug one in."
        if sys.platform == "linux":
            advice += " If there is one, see that a sound server (PipeWire or PulseAudio) runs: pactl info."
    for name, devices in (("Microphone", microphones), ("Loudspeaker", speakers)):
        if devices:
            yield Check(name, OK, ", ".join(devices))
        else:
            yield Check(name, MISSING, "None was found", advice)


def _alsa(asked: Callable[..., Asked]) -> Check:
    """On Linux PortAudio sees a sound server's devices only through a plug-in of ALSA's."""
    name, advice = "Sound plug-in", _install("libasound2-plugins")
    reply = asked("alsa")
    if reply.problem:
        return Check(name, MISSING, f"ALSA could not be asked: {reply.problem}", advice)
    if not reply.answer["bridges"]:
        return Check(name, MISSING, f"No plug-in for PulseAudio or PipeWire in {reply.answer['folder']}", advice)
    return Check(name, OK, f"{', '.join(reply.answer['bridges'])} in {reply.answer['folder']}")


def _voice(folders: Folders, patience_seconds: float) -> Check:
    """Has the voice say something into a folder that goes at once."""
    answers: queue.SimpleQueue[Said] = queue.SimpleQueue()
    try:
        with tempfile.TemporaryDirectory(prefix="plainspoken-", ignore_cleanup_errors=True) as scratch:
            voice = Voice(Path(scratch), folders.voices, 160, answers.put)
            voice.say("One, two, three.")
            try:
                said = answers.get(timeout=patience_seconds)
            finally:
                voice.stop()
    except queue.Empty:
        return Check("Voice", MISSING, f"It did not speak within {patience_seconds:g} s", "Questions are shown as text.")
    except OSError as error:
        return Check("Voice", NOTE, f"It could not be tried ({error.strerror or error})", "Free some disk space.")
    if said.problem:
        return Check("Voice", MISSING, said.problem, AGAIN)
    return Check("Voice", OK, f"{said.engine} spoke for {said.seconds:.1f} s")


def _recognition(asked: Callable[..., Asked]) -> Check:
    reply = asked("recognition")
    if reply.problem:
        advice = f"{AGAIN} Without it, a session is recorded and timed, and has no words."
        return Check("Recogniser", MISSING, f"It could not be loaded: {reply.problem}", advice)
    return Check("Recogniser", OK, ", ".join(reply.answer["versions"]))


def _models(folders: Folders) -> Iterator[Check]:
    found = find_models(folders.models)
    chosen = load_settings(folders.settings_file).model_folder
    names = ", ".join(model.name for model in found)
    choose = "Choose a folder with a whole faster-whisper model in the settings."
    if chosen:
        try:
            check_model(Path(chosen))
            if is_sample_model(Path(chosen)):
                text = "The sample model is chosen, which understands only the voices of the shipped samples"
                yield Check("Speech model", NOTE, text, choose)
            else:
                yield Check("Speech model", OK, f"{model_name(Path(chosen))} is chosen: {chosen}")
        except (PracticeError, OSError) as error:
            yield Check("Speech model", MISSING, str(error).rstrip("."), choose)
    elif found:
        yield Check("Speech model", NOTE, f"Found and not chosen: {names}", "Choose one in the settings.")
    else:
        advice = f"{choose} Such folders are also found in {folders.models}. Without one there are times but no words."
        yield Check("Speech model", MISSING, "There is none but the sample model", advice)
    try:
        check_model(SAMPLE_MODEL)
        is_whole = is_sample_model(SAMPLE_MODEL)
    except (PracticeError, OSError):
        is_whole = False
    if not is_whole:
        yield Check("Sample model", MISSING, f"Damaged or not there: {SAMPLE_MODEL}", "Get Plainspoken's files again.")


def _folders(folders: Folders) -> Iterator[Check]:
    for name, folder in (
        ("Recordings", folders.data),
        ("Settings folder", folders.config),
        ("Cache folder", folders.cache),
        ("State folder", folders.state),
    ):
        there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        try:
            with tempfile.TemporaryFile(dir=there):
                text = f"{folder} can be written" if there == folder else f"{folder} will be made at the first start"
                yield Check(name, OK, text)
        except OSError as error:
            why = error.strerror or str(error)
            advice = f"Free some disk space, or make {there} a folder that you may write to."
            yield Check(name, MISSING, f"{folder} cannot be written: {why}", advice)
        if folder == folders.data:
            yield _space(there)


def _space(folder: Path) -> Check:
    try:
        minutes = disk_usage(folder).free // MINUTE_BYTES
    except OSError as error:
        return Check("Disk space", NOTE, f"It could not be asked: {error.strerror or error}")
    text = f"Room for {minutes:,} minutes of recording"
    if minutes < LEAST_MINUTES:
        return Check("Disk space", MISSING, text, f"Free some disk space: at least {LEAST_MINUTES} minutes are needed.")
    return Check("Disk space", *((NOTE, text, "Free some disk space soon.") if minutes < LITTLE_MINUTES else (OK, text)))


def _settings(folders: Folders) -> Check:
    path = folders.settings_file
    advice = "The usual settings are used in its place. It is written anew when something is set in the program."
    if not path.exists():
        return Check("Settings", OK, "Nothing is set yet, so the usual settings are used")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Check("Settings", NOTE, f"{path} cannot be read ({str(error)[:120]})", advice)
    if not isinstance(document, dict):
        return Check("Settings", NOTE, f"{path} holds no settings", advice)
    used = asdict(load_settings(path))
    if passed_over := [name for name, value in document.items() if name not in used or used[name] != value]:
        return Check("Settings", NOTE, f"{path}: passed over {', '.join(map(repr, passed_over))[:200]}", advice)
    return Check("Settings", OK, f"{path} can be read")


def _patterns(folders: Folders) -> Check:
    library = find_patterns(folders.patterns)
    text = f"{len(library.patterns)} can be read: {', '.join(library.patterns)}"
    if library.problems:
        advice = " ".join(library.problems)
        return Check("Patterns", NOTE if library.patterns else MISSING, f"{text}; {len(library.problems)} cannot", advice)
    return Check("Patterns", OK, text)


def _install(*packages: str) -> str:
    return f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"


def as_text(checks: Sequence[Check]) -> str:
    """A line for each check, its advice under it, and one sentence at the end."""
    lines: list[str] = []
    for check in checks:
        lines.append(f"{check.state:8}{check.name}: {check.text}")
        if check.advice:
            lines.append(f"{'':10}{check.advice}")
    return "\n".join([*lines, "", _verdict(checks)])


def as_json(checks: Sequence[Check]) -> dict[str, Any]:
    return {"checks": [asdict(check) for check in checks]}


def _verdict(checks: Sequence[Check]) -> str:
    missing = [check.name for check in checks if check.state == MISSING]
    if missing:
        return f"Missing here: {', '.join(missing)}. Under each stands what to do."
    notes = any(check.state == NOTE for check in checks)
    return "All that Plainspoken needs is here" + ("; look at the notes." if notes else ".")

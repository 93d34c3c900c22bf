"""What the machine has for the program to run with: Python, display, sound, voice, recogniser. Not the person's files.

Loads nothing that can hang, crash or be missing: children are asked, with time limits.
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.state.folders import Folders
from app.terminal.options import called_as
from audio.child import child_command, child_environment
from audio.voice import Said, Voice

OK, MISSING, NOTE = "ok", "missing", "note"

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

AGAIN = "Install Plainspoken again; in a checkout `make setup` does."
IN_SESSION = "Start it from a terminal in the desktop session itself, as the user who is logged in there."
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


def look_at_machine(folders: Folders, patience_seconds: float) -> tuple[Check, ...]:
    """The machine's checks, in the order to mend things in. With a frozen sound server it takes `patience_seconds`."""

    def asked(question: str, *names: str) -> Asked:
        return ask(question, names, patience_seconds)

    with ThreadPoolExecutor(max_workers=6) as children:
        sound = children.submit(asked, "sound")
        display = children.submit(_display, asked)
        window = children.submit(_window, asked)
        bridge = children.submit(_bridge, asked)
        voice = children.submit(_voice, folders.voices, patience_seconds)
        recognition = children.submit(_recognition, asked)
    portaudio, *devices = _sound(sound.result())
    bridges = [bridge.result()] if sys.platform == "linux" else []
    here = (_python(), _packages(), display.result(), window.result())
    return (*here, portaudio, *bridges, *devices, voice.result(), recognition.result())


def ask(question: str, names: Sequence[str], patience_seconds: float) -> Asked:
    """Puts a question to `audio.probe_child`. However that ends, it is an answer."""
    command = child_command("audio.probe_child", question, *names)
    pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, env=child_environment()) as child:
        try:
            out, complaint = child.communicate(timeout=patience_seconds)
        except subprocess.TimeoutExpired as late:  # or a sound server that it started still holds its pipes
            child.kill()
            out, complaint = late.output or b"", f"no answer within {patience_seconds:g} s".encode()
    with suppress(ValueError):
        answer = json.loads(out)
        if isinstance(answer, dict):
            return Asked(answer)
    lines = complaint.decode(errors="replace").strip().splitlines()
    if child.returncode < 0 and not lines:
        return Asked({}, f"it crashed ({signal.strsignal(-child.returncode) or -child.returncode})")
    return Asked({}, lines[-1] if lines else "it ended without a word")


def _python() -> Check:
    text = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Check("Python", OK, text)
    return Check("Python", MISSING, text, "Plainspoken needs Python 3.11 to 3.13.")


def _packages() -> Check:
    missing = [name for name in PACKAGES if not importlib.util.find_spec(name)]
    if missing:
        return Check("Python packages", MISSING, f"Not there: {', '.join(missing)}", AGAIN)
    return Check("Python packages", OK, f"All {len(PACKAGES)} are there")


def _display(asked: Callable[..., Asked]) -> Check:
    if sys.platform != "linux":
        return Check("Display", OK, "The system's own")
    platform_name = os.environ.get("QT_QPA_PLATFORM", "")
    if platform_name and not platform_name.startswith(("xcb", "wayland")):
        return Check("Display", NOTE, f"QT_QPA_PLATFORM is {platform_name}, so no display is asked for")
    wayland, name = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if wayland and Path(os.environ.get("XDG_RUNTIME_DIR", ""), wayland).is_socket():
        return Check("Display", OK, f"WAYLAND_DISPLAY is {wayland}")
    if wayland and not name:
        return Check("Display", MISSING, f"WAYLAND_DISPLAY is {wayland}, but nothing is there", IN_SESSION)
    if not name:
        advice = f"Start it in a desktop session. Without one, `{called_as()} rehearse` runs over sound files."
        return Check("Display", MISSING, "Neither DISPLAY nor WAYLAND_DISPLAY is set", advice)
    reply = asked("display")
    if reply.problem:
        return Check("Display", NOTE, f"DISPLAY is {name}; whether it answers is not known ({reply.problem})")
    if not reply.answer["is_open"]:
        return Check("Display", MISSING, f"DISPLAY is {name}, but nothing lets us in there", IN_SESSION)
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


def _bridge(asked: Callable[..., Asked]) -> Check:
    """On Linux PortAudio sees a sound server's devices only through a plug-in of ALSA's."""
    name, advice = "Sound plug-in", _install("libasound2-plugins")
    reply = asked("alsa")
    if reply.problem:
        return Check(name, MISSING, f"ALSA could not be asked: {reply.problem}", advice)
    if not reply.answer["bridges"]:
        return Check(name, MISSING, f"No plug-in for PulseAudio or PipeWire in {reply.answer['folder']}", advice)
    return Check(name, OK, f"{', '.join(reply.answer['bridges'])} in {reply.answer['folder']}")


def _voice(voices: Path, patience_seconds: float) -> Check:
    """Has the voice say something into a folder that goes at once."""
    answers: queue.SimpleQueue[Said] = queue.SimpleQueue()
    try:
        with tempfile.TemporaryDirectory(prefix="plainspoken-", ignore_cleanup_errors=True) as scratch:
            voice = Voice(Path(scratch), voices, 160, answers.put)
            voice.say("One, two, three.")
            try:
                said = answers.get(timeout=patience_seconds)
            finally:
                voice.stop()
    except queue.Empty:
        return Check(
            "Voice", MISSING, f"It did not speak within {patience_seconds:g} s", "Questions are shown as text."
        )
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


def _install(*packages: str) -> str:
    return f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"

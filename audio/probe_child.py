"""`python -m audio.probe_child QUESTION [NAME ...]`: asks for the doctor what may be missing, hang or crash here.

The answer is one JSON object, the last line on standard output. It opens no window and no microphone.
"""

import ctypes
import importlib.metadata
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audio.child import leave

Answer = dict[str, Any]

ALSA_BRIDGES = ("libasound_module_pcm_pulse.so", "libasound_module_pcm_pipewire.so")
"""Either shows PortAudio the devices of a sound server."""


def libraries(*names: str) -> Answer:
    """Which shared libraries cannot be loaded, each with the loader's reason."""
    missing: dict[str, str] = {}
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError as error:
            missing[name] = str(error)
    return {"missing": missing}


def display() -> Answer:
    """Whether the X server that DISPLAY names lets us in. Nothing is drawn."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return {"is_open": bool(x11.XOpenDisplay(None))}


def sound() -> Answer:
    """PortAudio's version, and the devices that it shows for its default way into the system."""
    try:
        import sounddevice  # noqa: PLC0415  its import needs PortAudio, which may be missing
    except OSError as error:
        return {"missing": str(error)}
    microphones: list[str] = []
    speakers: list[str] = []
    if len(sounddevice.query_devices()):
        for index in sounddevice.query_hostapis(sounddevice.default.hostapi)["devices"]:
            device = sounddevice.query_devices(index)
            if device["max_input_channels"] > 0:
                microphones.append(device["name"])
            if device["max_output_channels"] > 0:
                speakers.append(device["name"])
    version = sounddevice.get_portaudio_version()[1].split(",")[0]
    return {"version": version, "microphones": microphones, "speakers": speakers}


def alsa() -> Answer:
    """Where ALSA looks for its plug-ins, and which of those for a sound server are there. Linux only."""
    ctypes.CDLL("libasound.so.2")
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    library = next(Path(line.split(maxsplit=5)[5]) for line in lines if "/libasound.so" in line)
    folder = Path(os.environ.get("ALSA_PLUGIN_DIR") or library.parent / "alsa-lib")
    return {"folder": str(folder), "bridges": [name for name in ALSA_BRIDGES if (folder / name).is_file()]}


def recognition() -> Answer:
    """Loads what turns speech into words; an unfit processor ends this process. Reads no model."""
    import faster_whisper  # noqa: F401, PLC0415  takes a second, and may not be there

    names = ("faster-whisper", "ctranslate2", "onnxruntime")
    return {"versions": [f"{name} {importlib.metadata.version(name)}" for name in names]}


QUESTIONS: dict[str, Callable[..., Answer]] = {
    question.__name__: question for question in (libraries, display, sound, alsa, recognition)
}


def main(question: str, *names: str) -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    answers.write(json.dumps(QUESTIONS[question](*names)) + "\n")
    answers.flush()
    leave(0)  # past exit hooks that may wait for a sound server


if __name__ == "__main__":
    main(*sys.argv[1:])

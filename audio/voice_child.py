"""The voice child: one sentence after the other to a take-shaped WAV. Tries the system's voice, Piper, then espeak-ng.

A process of its own: a synthesiser that crashes or hangs must not touch the window, and espeak-ng is GPL code.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from audio.child import Message, ParentPipe, leave
from audio.resampler import Resampler
from audio.sound import Samples
from audio.wav import write_take
from interviewer.timing import RATE_HZ

PEAK = 0.7
"""About -3 dB below full scale."""

SILENT_SAMPLE = 200
LEAD_FRAMES = RATE_HZ // 10
TRAIL_FRAMES = RATE_HZ // 5

ESPEAK_VOICE = b"en-us"
ESPEAK_SYNCHRONOUS, ESPEAK_NO_EXIT, ESPEAK_UTF8, ESPEAK_RATE = 2, 0x8000, 1, 1
PIPER_WORDS_PER_MINUTE = 160
"""What a Piper voice speaks at length scale 1, roughly."""

Speak = Callable[[str, int], tuple[int, Samples]]


def espeak() -> Speak:
    """espeak-ng from its wheel. Raises ImportError or OSError where it cannot be had."""
    import espeakng_loader  # noqa: PLC0415  optional: other voices do without

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate_hz = library.espeak_Initialize(ESPEAK_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), ESPEAK_NO_EXIT)
    if rate_hz <= 0 or library.espeak_SetVoiceByName(ESPEAK_VOICE) != 0:
        raise OSError("espeak-ng has no English voice")
    pieces: list[Samples] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def collect(samples, count, events):  # type: ignore[no-untyped-def]
        if samples and count:
            pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    library.espeak_SetSynthCallback(collect)

    def speak(text: str, words_per_minute: int) -> tuple[int, Samples]:
        pieces.clear()
        library.espeak_SetParameter(ESPEAK_RATE, words_per_minute, 0)
        data = text.encode() + b"\0"
        library.espeak_Synth(data, len(data), 0, 1, 0, ESPEAK_UTF8, None, None)
        return rate_hz, np.concatenate([np.zeros(0, np.int16), *pieces])

    speak.__dict__["keep"] = collect  # the library calls it; it must not be collected
    return speak


def piper(voices: Path) -> Speak | None:
    """The first Piper voice the person has put into the voices folder, where piper-tts is installed."""
    models = sorted(path for path in voices.glob("*.onnx") if path.with_name(path.name + ".json").is_file())
    if not models:
        return None
    try:
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415  an optional extra
    except ImportError:
        return None
    voice = PiperVoice.load(models[0])

    def speak(text: str, words_per_minute: int) -> tuple[int, Samples]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            with wave.open(str(path), "wb") as file:
                scale = PIPER_WORDS_PER_MINUTE / words_per_minute
                voice.synthesize_wav(text, file, SynthesisConfig(length_scale=scale))
            return _read(path)

    return speak


def system_voice() -> Speak | None:
    """The system's own voice: `say` on macOS, System.Speech on Windows. None elsewhere."""
    commands = {"darwin": _say_macos, "win32": _say_windows}
    make = commands.get(sys.platform)
    if make is None:
        return None

    def speak(text: str, words_per_minute: int) -> tuple[int, Samples]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            make(text, words_per_minute, path)
            return _read(path)

    return speak


def _say_macos(text: str, words_per_minute: int, path: Path) -> None:
    command = ["say", "-r", str(words_per_minute), "-o", str(path), "--data-format=LEI16@22050", "-f", "-"]
    subprocess.run(command, input=text, text=True, check=True)


def _say_windows(text: str, words_per_minute: int, path: Path) -> None:
    """The text goes over standard input, never into the command."""
    script = (
        "Add-Type -AssemblyName System.Speech; $v = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
        f"$v.Rate = {round((words_per_minute - 160) / 16)}; $v.SetOutputToWaveFile($env:SAID); "
        "$v.Speak([Console]::In.ReadToEnd()); $v.Dispose()"
    )
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]
    subprocess.run(command, input=text, text=True, check=True, env={**os.environ, "SAID": str(path)})


def _read(path: Path) -> tuple[int, Samples]:
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return file.getframerate(), samples.reshape(-1, file.getnchannels())[:, 0].copy()


def as_take(rate_hz: int, samples: Samples) -> Samples:
    """At RATE_HZ, with short silences around and its peak at PEAK."""
    if rate_hz != RATE_HZ:
        samples = Resampler(rate_hz).feed(samples, last=True)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > SILENT_SAMPLE)
    if not loud.size:
        return samples
    spoken = samples[loud[0] : loud[-1] + 1].astype(np.float32)
    spoken *= PEAK * 32767 / np.abs(spoken).max()
    around = (np.zeros(LEAD_FRAMES, np.int16), np.zeros(TRAIL_FRAMES, np.int16))
    return np.concatenate([around[0], spoken.astype(np.int16), around[1]])


def voice(voices: Path) -> Speak | None:
    """The best voice there is."""
    try:
        return system_voice() or piper(voices) or espeak()
    except (ImportError, OSError) as error:
        print(f"no voice: {error}", file=sys.stderr)
        return None


def main() -> None:
    pipe = ParentPipe()
    speak: Speak | None = None
    while (message := pipe.receive()) is not None:
        speak = speak or voice(Path(message["voices"]))
        pipe.send({"say": "said", "ok": bool(speak) and _say(speak, message)})
    leave(0)


def _say(speak: Speak | None, message: Message) -> bool:
    assert speak
    try:
        rate_hz, samples = speak(message["text"], message["rate"])
        write_take(Path(message["path"]), as_take(rate_hz, samples))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        print(f"could not say it: {error}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    main()

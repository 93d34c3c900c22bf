"""The voice child: speaks one sentence after the other into WAV files. Names speech engines.

It plays nothing and keeps nothing; which engine, which voice and where to write comes with every order.
"""

import ctypes
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import av
import numpy as np

from audio.child import Message, ParentPipe, leave
from audio.resampler import Resampler
from audio.sound import Samples, frames, peak_dbfs
from audio.wav import write_take
from interviewer.timing import RATE_HZ

PEAK_DBFS = -3.0
LEAD_SECONDS = 0.05
TAIL_SECONDS = 0.15
"""Silence left before and after the speech."""

SILENCE_DB = 45.0
"""So far below its peak a voice is not speaking: the noise floor of a neural voice lies lower, a soft consonant not."""

FAINTEST_DBFS = -60.0
"""A peak below this is no speech at all."""

LONGEST_SECONDS = 180.0
"""A thousand digits could be read for a quarter of an hour."""

TOOL_SECONDS = 8.0
"""For `say` and PowerShell; less than the parent's patience, so that they never outlive this process."""

PIPER_WORDS_PER_MINUTE = 170
"""What Piper's English voices speak at length_scale 1. From knowledge, not measured here."""

SAPI_WORDS_PER_MINUTE = 180
"""What Windows voices speak at rate 0; each step is a tenth of a factor three. From knowledge, not measured here."""

POWERSHELL = """
$ErrorActionPreference = 'Stop';
Add-Type -AssemblyName System.Speech;
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer;
if ($speaker.Voice.Culture.TwoLetterISOLanguageName -ne 'en') {
    $english = $speaker.GetInstalledVoices() | Where-Object {
        $_.Enabled -and $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq 'en' } | Select-Object -First 1;
    if (-not $english) { throw 'no English voice' };
    $speaker.SelectVoice($english.VoiceInfo.Name);
};
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono');
$speaker.Rate = [int]$env:PLAINSPOKEN_RATE;
$speaker.SetOutputToWaveFile($env:PLAINSPOKEN_WAV, $format);
$speaker.Speak([System.IO.File]::ReadAllText($env:PLAINSPOKEN_TEXT));
$speaker.Dispose();
""".replace("\n", " ")
"""Constant: text and paths come through a file and the environment, never into a command. `Speak` knows no SSML."""


class Espeak:
    """espeak-ng as a library. One per process, used by one thread."""

    CHARS_UTF8 = 1  # without espeakSSML (0x10) and espeakPHONEMES (0x100): everything is plain text

    def __init__(self) -> None:
        import espeakng_loader  # noqa: PLC0415  another engine may be all there is

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = os.fsencode(espeakng_loader.get_data_path())
        self._rate_hz = self._library.espeak_Initialize(2, 0, data, 0x8000)  # synchronous; does not end the process
        if self._rate_hz <= 0:
            raise RuntimeError("espeak-ng did not find its data")
        self._pieces: list[Samples] = []
        self._heard = 0
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, words_per_minute: int) -> Samples:
        """Samples at RATE_HZ. Raises RuntimeError when espeak-ng refuses."""
        self._pieces, self._heard = [], 0
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise RuntimeError(f"espeak-ng has no voice {voice}")
        self._library.espeak_SetParameter(1, words_per_minute, 0)
        line = text.encode() + b"\0"
        if self._library.espeak_Synth(line, ctypes.c_size_t(len(line)), 0, 1, 0, self.CHARS_UTF8, None, None):
            raise RuntimeError("espeak-ng did not speak")
        return _at_take_rate(self._pieces, self._rate_hz)

    def _hear(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
            self._heard += count
        return int(self._heard > LONGEST_SECONDS * self._rate_hz)  # 1 ends the sentence


@cache
def _espeak() -> Espeak:
    return Espeak()


@cache
def _piper(model: Path) -> Any:
    from piper import PiperVoice  # noqa: PLC0415  the optional extra

    return PiperVoice.load(model)


def _speak_espeak(order: Message, text: str, rate: int) -> Samples:
    return _espeak().speak(text, order["voice"], rate)


def _speak_piper(order: Message, text: str, rate: int) -> Samples:
    from piper import SynthesisConfig  # noqa: PLC0415  the optional extra

    voice = _piper(Path(order["voices"]) / f"{order['voice']}.onnx")
    chunks = voice.synthesize(text, SynthesisConfig(length_scale=PIPER_WORDS_PER_MINUTE / rate))
    return _at_take_rate([chunk.audio_int16_array for chunk in chunks], voice.config.sample_rate)


def _speak_say(order: Message, text: str, rate: int) -> Samples:
    def command(written: Path, spoken: Path) -> list[str]:
        return ["/usr/bin/say", "-r", str(rate), "--data-format=LEI16@22050", "-o", str(spoken), "-f", str(written)]

    return _speak_with_tool(text, command, {"LC_ALL": "en_US.UTF-8"})


def _speak_windows(order: Message, text: str, rate: int) -> Samples:
    def command(written: Path, spoken: Path) -> list[str]:
        shell = Path(os.environ["SYSTEMROOT"], "System32", "WindowsPowerShell", "v1.0", "powershell.exe")
        return [str(shell), "-NoProfile", "-NonInteractive", "-Command", POWERSHELL]

    steps = round(10 * math.log(rate / SAPI_WORDS_PER_MINUTE, 3))
    return _speak_with_tool(text, command, {"PLAINSPOKEN_RATE": str(min(max(steps, -10), 10))})


def _speak_with_tool(text: str, command: Callable[[Path, Path], list[str]], environment: dict[str, str]) -> Samples:
    """Runs a program of the system that reads a text file and writes a WAV. Raises RuntimeError when it fails."""
    with tempfile.TemporaryDirectory(prefix="plainspoken-", ignore_cleanup_errors=True) as folder:
        written, spoken = Path(folder, "sentence.txt"), Path(folder, "sentence.wav")
        written.write_text(text, encoding="utf-8")
        paths = {"PLAINSPOKEN_TEXT": str(written), "PLAINSPOKEN_WAV": str(spoken)}
        done = subprocess.run(
            command(written, spoken),
            check=False,
            env={**os.environ, **environment, **paths},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TOOL_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace").strip()[-400:])
        return _decode(spoken)


def _decode(path: Path) -> Samples:
    """A mono or stereo sound file as samples at RATE_HZ. Raises OSError or av.FFmpegError."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    with av.open(str(path)) as container:
        decoded = [*container.decode(audio=0), None]
        pieces = [out.to_ndarray()[0] for frame in decoded for out in resampler.resample(frame)]
    return np.concatenate([np.zeros(0, np.int16), *pieces])


def _at_take_rate(pieces: list[Samples], rate_hz: int) -> Samples:
    samples = np.concatenate([np.zeros(0, np.int16), *pieces])
    return Resampler(rate_hz).feed(samples, last=True) if samples.size else samples


def dressed(samples: Samples) -> Samples:
    """Speech with little silence at either end and its peak at PEAK_DBFS, shape (frames,); empty without speech."""
    if peak_dbfs(samples) < FAINTEST_DBFS:
        return np.zeros(0, np.int16)
    wave = samples[: frames(LONGEST_SECONDS)].astype(np.float64)
    wave /= np.abs(wave).max(initial=1)
    loud = np.flatnonzero(np.abs(wave) > 10 ** (-SILENCE_DB / 20))
    speech = wave[max(0, loud[0] - frames(LEAD_SECONDS)) : loud[-1] + frames(TAIL_SECONDS)] if loud.size else wave[:0]
    return np.round(speech * 32767 * 10 ** (PEAK_DBFS / 20)).astype(np.int16)


ENGINES: dict[str, Callable[[Message, str, int], Samples]] = {
    "say": _speak_say,
    "System.Speech": _speak_windows,
    "Piper": _speak_piper,
    "espeak-ng": _speak_espeak,
}


def answer(order: Message) -> Message:
    """Speaks one order into its file: "said", "silent" (nothing to hear), "refused" (by the engine) or "unsaved"."""
    try:
        samples = dressed(ENGINES[order["engine"]](order, order["text"], order["words_per_minute"]))
    except Exception as error:  # the loop of a child: whatever an engine raises, another may do better
        sys.stderr.write(f"{order['engine']}: {error!r}\n")
        return {"say": "refused"}
    if not samples.size:
        return {"say": "silent"}
    try:
        write_take(Path(order["path"]), samples)
    except OSError as error:
        return {"say": "unsaved", "why": error.strerror or str(error)}
    return {"say": "said"}


def main() -> NoReturn:
    pipe = ParentPipe()
    while (order := pipe.receive()) is not None:
        pipe.send(answer(order))
    leave(0)


if __name__ == "__main__":
    main()

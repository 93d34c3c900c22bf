"""The microphone check: one verdict for every sentence, in one line of the window, with what is really wrong."""

import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from audio.sound import Samples, loudness
from audio.sound_events import DiskRefused, MicrophoneLost, SourceKnown
from audio.source import source_in_use
from interviewer.loudness import Loudness, SoundCheck, verdict
from interviewer.timing import RATE_HZ
from tests.program import Program
from tests.pulse import FEED, MICROPHONE, SPEAKER, Pulse

pytestmark = pytest.mark.xdist_group("sound")

CONTROL = Qt.KeyboardModifier.ControlModifier
LOUDSPEAKERS = "This is the sound of your loudspeakers, not a microphone."


def sentence(level: float, noise: float = 0.0005, gate: bool = False) -> Samples:
    """Five seconds: words of a quarter of a second with as long between them. Amplitudes are shares of full scale."""
    time = np.arange(5 * RATE_HZ) / RATE_HZ
    speaks = (time % 0.5) < 0.25
    wave = level * np.sin(time * 2 * np.pi * 180) * speaks
    rng = np.random.default_rng(7)
    wave = wave + noise * rng.standard_normal(len(time)) * (speaks if gate else 1)
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)


def pushed(samples: Samples, share: float) -> Samples:
    return np.clip(samples.astype(int) + round(share * 32768), -32768, 32767).astype(np.int16)


CASES = {
    "usual": (sentence(0.3), SoundCheck.GOOD),
    "soft": (sentence(0.03), SoundCheck.GOOD),
    "cut off between words": (sentence(0.3, gate=True), SoundCheck.GOOD),
    "far too loud": (sentence(3.0), SoundCheck.CLIPPED),
    "too loud and cut off between words": (sentence(3.0, gate=True), SoundCheck.CLIPPED),
    "nearly too loud": (sentence(0.85), SoundCheck.GOOD),
    "whispered": (sentence(0.004, 0.0001), SoundCheck.QUIET),
    "muted": (np.zeros(5 * RATE_HZ, np.int16), SoundCheck.SILENT),
    "muted, off its centre": (np.full(5 * RATE_HZ, 900, np.int16), SoundCheck.SILENT),
    "one step of noise": (np.tile(np.array([0, 1, 0, -1], np.int16), RATE_HZ), SoundCheck.SILENT),
    "one click in silence": (np.eye(1, 5 * RATE_HZ, 40_000, dtype=np.int16)[0] * 20_000, SoundCheck.SILENT),
    "pushed to one side": (pushed(sentence(0.3), 0.2), SoundCheck.OFF_CENTRE),
    "pushed so far that it is cut off": (pushed(sentence(0.6), 0.7), SoundCheck.OFF_CENTRE),
    "hum": (sentence(0.0, 0.1), SoundCheck.NO_VOICE),
    "a noisy room": (sentence(0.2, 0.065), SoundCheck.NOISY),
    "a moment": (sentence(0.3)[: RATE_HZ // 10], SoundCheck.NOTHING),
    "nothing": (np.zeros(0, np.int16), SoundCheck.NOTHING),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_gets_the_verdict_that_fits(name: str) -> None:
    samples, right = CASES[name]
    assert verdict(loudness(samples), is_loudspeaker=False) is right
    assert verdict(loudness(samples), is_loudspeaker=True) is SoundCheck.LOUDSPEAKERS


def test_there_is_always_one_and_it_says_what_to_do() -> None:
    chance = random.Random(21)
    seen = set()
    for _ in range(20_000):
        quiet, loud = sorted((chance.uniform(-120, 0), chance.uniform(-120, 0)))
        shares = [chance.choice((0.0, 1e-5, 1e-3, 0.6, 1.0)) for _ in range(3)]
        seen.add(verdict(Loudness(chance.choice((0.0, 5.0)), chance.uniform(loud, 0), loud, quiet, *shares), False))
    assert seen == set(SoundCheck) - {SoundCheck.LOUDSPEAKERS}
    texts = [each.text for each in SoundCheck]
    assert len(set(texts)) == len(texts)
    for one, other in itertools.permutations(SoundCheck, 2):
        assert one.text not in other.text
    assert {each.role for each in SoundCheck} == {"good", "warn", "bad"}


def test_the_measures_are_right() -> None:
    full = (np.sin(np.arange(RATE_HZ * 2) * 2 * np.pi * 440 / RATE_HZ) * 16_384).astype(np.int16)
    measures = loudness(full)
    assert measures.seconds == 2.0
    assert measures.loudest_dbfs == pytest.approx(-6.02, abs=0.01)
    assert measures.speech_dbfs == pytest.approx(-9.03, abs=0.1)
    assert measures.off_centre == pytest.approx(0.0, abs=1e-3)
    assert measures.clipped_share == 0.0
    assert loudness(pushed(full, 0.25)).off_centre == pytest.approx(0.25, abs=1e-3)
    assert loudness(pushed(full, 0.25)).loudest_dbfs == pytest.approx(-6.02, abs=0.02)


@pytest.mark.parametrize(
    ("name", "is_loudspeaker"),
    [
        ("alsa_output.pci-0000_00_1f.3.analog-stereo.monitor", True),
        ("Monitor of Built-in Audio Analog Stereo", True),
        ("alsa_input.usb-Blue_Yeti-00.analog-stereo", False),
        ("my.monitor.microphone", False),
        ("default", False),
    ],
)
def test_a_loudspeaker_is_known_by_its_name(name: str, is_loudspeaker: bool) -> None:
    assert SourceKnown(name).is_loudspeaker is is_loudspeaker


# In the window


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot)
    yield running
    running.close()


def verdicts_shown(program: Program) -> list[str]:
    """All that the page says of the sound."""
    known = [each.text for each in SoundCheck]
    said = [text for text in program.texts() if any(text.startswith(each[:12]) for each in known)]
    return said + [text for text in program.texts() if "digital silence" in text and text not in said]


def record(program: Program, seconds: float) -> None:
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.pages.microphone.record.text() == "Stop")
    program._qtbot.wait(round(1_000 * seconds))
    program.press(Qt.Key.Key_Space)
    program.wait(program.pages.microphone.play.isEnabled)


def open_check(program: Program) -> None:
    program.press(Qt.Key.Key_M, modifiers=CONTROL)
    program.wait(lambda: program.window.page is program.pages.microphone)


def test_too_loud_and_silent_between_words_is_one_verdict(
    program: Program, pulse: Pulse, speech: Callable[[str], Path], tmp_path: Path
) -> None:
    """The microphone here sends zeros whenever nobody speaks."""
    import wave

    with wave.open(str(speech("This is far too loud."))) as quiet, wave.open(str(tmp_path / "loud.wav"), "wb") as loud:
        loud.setparams(quiet.getparams())
        samples = np.frombuffer(quiet.readframes(quiet.getnframes()), "<i2").astype(int) * 20
        loud.writeframes(np.clip(samples, -32768, 32767).astype("<i2").tobytes())
    open_check(program)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Recording. Say a sentence"))
    said = pulse.speak(tmp_path / "loud.wav")
    program.wait(lambda: said.poll() is not None)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Too loud"))
    program._qtbot.wait(3_500)  # silence for longer than it takes to call it digital
    assert verdicts_shown(program) == [SoundCheck.CLIPPED.text]


def test_nothing_but_silence_is_one_verdict(program: Program) -> None:
    open_check(program)
    record(program, 0.6)
    program.wait(lambda: program.shows("Nothing but digital silence"))
    assert verdicts_shown(program) == [SoundCheck.SILENT.text]


def test_the_sound_of_the_loudspeakers_is_named(program: Program, pulse: Pulse) -> None:
    pulse._control("set-default-source", f"{SPEAKER}.monitor")
    open_check(program)
    program.wait(lambda: program.shows(LOUDSPEAKERS), 5)
    assert any("Microphone: the sound of your loudspeakers" in text for text in program.texts(program.window))
    record(program, 0.5)
    assert verdicts_shown(program) == [SoundCheck.LOUDSPEAKERS.text]
    pulse._control("set-default-source", MICROPHONE)
    program.press(Qt.Key.Key_Escape)
    open_check(program)
    program._qtbot.wait(600)
    assert SoundCheck.LOUDSPEAKERS.text not in verdicts_shown(program)


def test_what_cannot_be_known_is_not_said(pulse: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pactl, one that fails, one that hangs, one that says something else."""
    pulse._control("set-default-source", f"{FEED}.monitor")
    assert source_in_use(1, is_default=True) == f"{FEED}.monitor"
    assert source_in_use(1, is_default=False) == ""
    shell = shutil.which("sh")
    for script in (None, "exit 1", "sleep 30", "printf 'Source Output #1\\n\\tSource: x\\n\\377'"):
        path = tmp_path / "pactl"
        path.unlink(missing_ok=True)
        if script:
            path.write_text(f"#!{shell}\nPATH=/usr/bin:/bin\n{script.replace('sleep', 'exec sleep')}\n")
            path.chmod(0o755)
        with monkeypatch.context() as without:
            without.setenv("PATH", str(tmp_path))
            assert not SourceKnown(source_in_use(1, is_default=True)).is_loudspeaker


def test_a_disk_that_refuses_is_shown_and_stays(program: Program) -> None:
    """The cache has gone, and a file is in its place."""
    open_check(program)
    cache = program.folders.cache
    shutil.rmtree(cache)
    cache.write_text("in the way")
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("cannot be replaced") or program.shows("could not be written"))
    program._qtbot.wait(400)
    assert program.shows("cannot be replaced") or program.shows("could not be written")
    assert SoundCheck.LOUDSPEAKERS.text not in verdicts_shown(program)
    assert program.pages.microphone.record.text() == "Record a sentence"
    cache.unlink()
    cache.mkdir()
    record(program, 0.4)
    program.wait(lambda: verdicts_shown(program) == [SoundCheck.SILENT.text])


def test_a_disk_that_fills_up_meanwhile_is_shown(program: Program) -> None:
    open_check(program)
    shutil.rmtree(program.folders.cache)  # nothing can be begun there
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("could not be written any further"))
    program._qtbot.wait(300)
    assert program.shows("could not be written any further")
    assert SoundCheck.LOUDSPEAKERS.text not in verdicts_shown(program)


def test_a_microphone_that_goes_while_it_records(program: Program, pulse: Pulse) -> None:
    """It does not say that it records for ever."""
    open_check(program)
    program.press(Qt.Key.Key_Space)
    program.wait(lambda: program.shows("Recording. Say a sentence"))
    pulse.unplug()
    program.wait(lambda: program.shows("The microphone"), 6)
    program.wait(lambda: program.pages.microphone.record.text() == "Record a sentence")
    program._qtbot.wait(300)
    assert program.shows("The microphone")
    assert not program.shows("Recording.")
    assert SoundCheck.LOUDSPEAKERS.text not in verdicts_shown(program)


def test_a_fault_is_followed_by_no_verdict(program: Program) -> None:
    open_check(program)
    for fault in (MicrophoneLost("The microphone went away."), DiskRefused("The disk is full.")):
        program.services.lease.dispatch(fault)
        assert program.shows(fault.text)
        assert verdicts_shown(program) == []

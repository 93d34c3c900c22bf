"""A whole mock interview in the real window: a voice into the microphone, only keys pressed, the debrief read."""

import json
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import jiwer
import numpy as np
import pytest
from PySide6.QtCore import Qt

from audio.models import SAMPLE_MODEL
from interviewer.interview import State
from interviewer.pattern import Section
from interviewer.timing import RATE_HZ
from tests.program import Program
from tests.pulse import Pulse

pytestmark = pytest.mark.xdist_group("sound")

Say = Callable[[str], Path]

ANSWERS = {
    "situation": "I noticed a four percent drop rate in the webhook service. It was owned by the Platform team.",
    "task": "No ticket existed, and nobody had asked me to investigate.",
    "action": "I pulled the delivery logs. I traced the failure to the retry logic. I wrote a fix and an alert.",
    "result": "The drop rate went from four percent to zero.",
    "reflection": "I now start by proactively monitoring the services.",
}
PROBE_ANSWERS = (
    "I brought a complete fix with tests.",
    "I talked to their engineers and we agreed on a review.",
    "The merchants were losing money every week.",
    "I counted the failures before and after the fix.",
)


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL), counts_in=False)
    yield running
    running.close()


def spoken_seconds(wav: Path) -> float:
    """First to last sample that can be heard."""
    with wave.open(str(wav)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        loud = np.flatnonzero(np.abs(samples.astype(int)) > 300)
        return float(loud[-1] - loud[0]) / file.getframerate()


def likeness(recorded: Path, played: Path) -> float:
    """How much of what was played is in a recording, wherever it begins there: 1 for all of it, and in one piece."""
    from faster_whisper.audio import decode_audio

    heard, said = (decode_audio(str(wav)) for wav in (recorded, played))
    size = len(heard) + len(said)
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    return float(match.max() / (np.linalg.norm(heard) * np.linalg.norm(said)))


def directly(wav: Path) -> str:
    """What faster-whisper makes of a recording without this program."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel
    from faster_whisper.audio import decode_audio

    sound = decode_audio(str(wav))
    model = BatchedInferencePipeline(WhisperModel(str(SAMPLE_MODEL), device="cpu", compute_type="int8"))
    segments, _ = model.transcribe(
        sound,
        language="en",
        beam_size=5,
        temperature=0.0,
        word_timestamps=True,
        without_timestamps=True,
        condition_on_previous_text=False,
        vad_filter=False,
        clip_timestamps=[{"start": 0.0, "end": len(sound) / RATE_HZ}],
        batch_size=1,
    )
    return " ".join(segment.text.strip() for segment in segments)


def plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum() or c in " %'")


def answer(program: Program, pulse: Pulse, wav: Path) -> None:
    """Skips the voice once it is heard, speaks when the room says so, and goes on with Space."""
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.RECORDING)
    said = pulse.speak(wav)
    program.wait(lambda: said.poll() is not None, 30)
    program._qtbot.wait(400)  # the sound is still on its way through the server
    program.press(Qt.Key.Key_Space)


def test_a_whole_interview_by_keys_and_voice(program: Program, pulse: Pulse, speech: Say) -> None:
    program.press(Qt.Key.Key_Space)  # the focus is on Start
    program.wait_for(State.READY)
    assert program.shows("Space to begin")
    program.press(Qt.Key.Key_Space)
    for text in (*ANSWERS.values(), *PROBE_ANSWERS):
        answer(program, pulse, speech(text))
    program.wait(lambda: len(program.session().gap_probes) == 2)  # what this answer left open is asked as well
    for _ in range(2):
        program.wait_for(State.ASKING)
        program.press(Qt.Key.Key_S)
    program.wait_for(State.DONE)
    assert program.shows("Your notes are nearly ready")
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.window.page is program.pages.debrief)
    program.wait(lambda: all(take.transcript for take in program.session().takes), 60)

    session = program.session()
    assert [take.turn for take in session.takes][:5] == [section.value for section in Section]
    assert len(session.takes) == 9
    assert session.is_closed
    played = list(ANSWERS.values()) + list(PROBE_ANSWERS)
    heard, reference, truth = [], [], []
    for take, text in zip(session.takes, played, strict=True):
        speech_span = take.speech()
        assert speech_span
        assert abs(speech_span.seconds - spoken_seconds(speech(text))) <= 0.3, take.id
        assert take.transcript
        recorded = program.store.folder(session.id) / take.file
        like = likeness(recorded, speech(text))
        print(f"{take.id}: {like:.3f} of what was played is in it")
        assert like >= 0.9, take.id
        heard.append(plain(take.transcript.text))
        reference.append(plain(directly(recorded)))
        truth.append(plain(text))
    live, direct = jiwer.wer(truth, heard), jiwer.wer(truth, reference)
    print(
        f"word error rate live {live:.3f}, direct {direct:.3f}; live against direct {jiwer.wer(reference, heard):.3f}"
    )
    print(*(f"{d} | {h}" for d, h in zip(reference, heard, strict=True) if d != h), sep="\n")
    assert live <= direct + 0.05
    for section, time in zip(Section, session.section_times(), strict=True):
        assert time.speech_seconds is not None
        assert abs(time.speech_seconds - spoken_seconds(speech(ANSWERS[section.value]))) <= 0.3
    assert program.shows("Every section stayed within its target")
    assert program.shows("Asked because: ")
    program.wait(lambda: program.shows("Fix this first"))  # it is read beside the window
    assert set(session.gap_probes) <= set(session.declined)
    written = json.loads((program.store.folder(session.id) / "session.json").read_text())
    assert written["is_closed"]


def begin(program: Program) -> None:
    """To the recording of the Situation."""
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.READY)
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_Space)
    program.wait_for(State.RECORDING)


def test_redo_keeps_the_first_take_and_counts_the_second(program: Program, pulse: Pulse, speech: Say) -> None:
    begin(program)
    first = pulse.speak(speech("Let me start again."))
    program.wait(lambda: first.poll() is not None)
    program.press(Qt.Key.Key_R)
    program.wait(lambda: len(program.session().takes) == 2 and program.state is State.RECORDING)
    second = pulse.speak(speech(ANSWERS["task"]))
    program.wait(lambda: second.poll() is not None)
    program.press(Qt.Key.Key_Return)  # the answer is finished: straight to the follow-ups
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Return)  # Keep
    program.wait(lambda: program.window.page is program.pages.home)
    program.wait(lambda: program.session().is_closed and all(take.voiced for take in program.session().takes))
    session = program.session()
    assert [take.id for take in session.takes] == ["situation-1", "situation-2"]
    time = session.section_times()[0].speech_seconds
    assert time is not None
    assert abs(time - spoken_seconds(speech(ANSWERS["task"]))) <= 0.3


def test_a_declined_follow_up_is_closed_for_good(program: Program) -> None:
    begin(program)
    program.press(Qt.Key.Key_Return)
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_S)
    program.wait_for(State.DECLINED)
    assert program.shows("Fair enough, next one.")
    program.wait_for(State.ASKING)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)  # Keep and go on later
    program.wait(lambda: program.window.page is program.pages.home)
    program.wait(lambda: len(program.session().declined) == 1)
    assert not program.session().is_closed


def test_escape_in_the_room_asks_and_stays(program: Program) -> None:
    begin(program)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    assert program.shows("Keep what you recorded?")
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.RECORDING)
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    program.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return)  # Throw away
    program.wait(lambda: program.window.page is program.pages.home)
    program.wait(lambda: not program.store.sessions())
    assert list((program.folders.data / "bin").iterdir())


def test_six_seconds_of_silence_get_a_quiet_line_and_nothing_more(program: Program) -> None:
    begin(program)
    program.wait(lambda: program.shows("Take your time. Space when you are done."), 12)
    assert program.state is State.RECORDING


def test_the_clock_counts_up_after_the_target(program: Program) -> None:
    program.press(Qt.Key.Key_Comma, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: program.window.page is program.pages.settings)
    target = program.pages.settings._spins[Section.SITUATION]
    target.setFocus()
    target.setValue(5)
    program.press(Qt.Key.Key_Escape)
    program.wait(lambda: program.window.page is program.pages.home)
    begin(program)
    program.wait(lambda: "left" in program.pages.room._clock.words, 10)
    program.wait(lambda: program.pages.room._clock.words == "+2 s", 10)
    assert program.state is State.RECORDING


def test_closing_the_window_while_recording_keeps_the_take(qapp, qtbot, pulse: Pulse, speech: Say) -> None:
    first = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL), counts_in=False)
    begin(first)
    said = pulse.speak(speech(ANSWERS["task"]))
    first.wait(lambda: said.poll() is not None)
    first.close()
    (take,) = first.session().takes
    assert take.is_finished
    second = Program(qapp, qtbot, model_folder=str(SAMPLE_MODEL), counts_in=False)
    try:
        second.wait(lambda: second.session().takes[0].transcript is not None)
        assert not second.shows("cut off")
        assert not second.session().is_closed
    finally:
        second.close()


def test_a_button_that_is_pressed_twice_begins_one_session(qapp, qtbot, pulse: Pulse) -> None:
    program = Program(qapp, qtbot)
    try:
        program.press(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space)
        program.wait_for(State.READY)
        program.wait(lambda: len(program.store.sessions()) == 1)
    finally:
        program.close()

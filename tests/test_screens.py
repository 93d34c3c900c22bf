"""Goes through the program on real sound and saves a picture of every screen, for people to look at: `make screens`."""

import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.state.settings import Settings
from audio.decode import decode
from audio.manifest import RECOMMENDED
from audio.models import SAMPLE_MODEL
from content.samples import shipped_samples
from interviewer.interview import State
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.session import Take
from interviewer.timing import RATE_HZ, Mark
from tests.hub import Hub
from tests.program import Program
from tests.pulse import Pulse

CONTROL = Qt.KeyboardModifier.ControlModifier

ANSWERS = (
    "I noticed a four percent drop rate in the webhook service. The service was owned by the Platform team.",
    "No ticket existed, and nobody had asked me to investigate.",
    "I pulled the delivery logs. I traced the failure to the retry logic. I wrote a fix and added an alert.",
    "The drop rate went from four percent to zero.",
    "I now start every project with a dashboard and a clear owner.",
    "I brought a complete fix with tests.",
    "I talked to their engineers and we agreed on a review.",
)


class Tour:
    """One walk, in one look."""

    def __init__(self, program: Program, pulse: Pulse, speech: Callable[[str], Path], folder: Path) -> None:
        self.program, self.pulse, self.speech, self.folder = program, pulse, speech, folder
        program.window.resize(1280, 800)

    def rest(self, seconds: float) -> None:
        self.program._qtbot.wait(round(1_000 * seconds))

    def shot(self, name: str) -> None:
        self.rest(0.15)
        self.program.screenshot(self.folder / f"{name}.png")

    def pages(self) -> None:
        program = self.program
        self.shot("home-empty")
        program.press(Qt.Key.Key_M, modifiers=CONTROL)
        self.rest(0.5)
        program.press(Qt.Key.Key_Space)
        said = self.pulse.speak(self.speech("This is my interview voice, as loud as I will be."))
        self.rest(1.5)
        self.shot("microphone-recording")
        program.wait(lambda: said.poll() is not None)
        program.press(Qt.Key.Key_Space)
        self.rest(0.8)
        self.shot("microphone")
        program.press(Qt.Key.Key_Escape)
        program.press(Qt.Key.Key_Comma, modifiers=CONTROL)
        self.rest(0.5)
        self.shot("settings")
        bar = program.pages.settings.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.shot("settings-end")
        program.press(Qt.Key.Key_Escape, Qt.Key.Key_F1)
        self.shot("keys")
        program.press(Qt.Key.Key_Escape)

    def answer(self, number: int) -> None:
        program = self.program
        program.wait_for(State.ASKING)
        self.rest(1.0)
        self.shot(f"room-{number}-asking")
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.ARMED)
        self.shot(f"room-{number}-count-in")
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.RECORDING)
        said = self.pulse.speak(self.speech(ANSWERS[number]))
        if number == 0:
            self.clock()
        elif number == 2:
            self.keys()
        program.wait(lambda: said.poll() is not None)
        if number == 3:
            self.lose_the_microphone()
        self.shot(f"room-{number}-recording")
        program.press(Qt.Key.Key_Space)

    def clock(self) -> None:
        """The Situation's target is five seconds here."""
        clock = self.program.pages.room._clock
        self.program.wait(lambda: "left" in clock.words)
        self.shot("room-nearly")
        self.program.wait(lambda: clock.words == "+3 s")
        self.shot("room-over")

    def keys(self) -> None:
        self.rest(2.0)
        self.program.press(Qt.Key.Key_H)
        self.shot("room-hint")
        self.program.press(Qt.Key.Key_C)
        self.shot("room-digits")
        self.program.press(Qt.Key.Key_C, Qt.Key.Key_C, Qt.Key.Key_Escape)
        self.shot("room-leave")
        self.program.press(Qt.Key.Key_Escape)

    def lose_the_microphone(self) -> None:
        self.pulse.unplug()
        self.program.wait_for(State.DEVICE_LOST)
        self.shot("room-lost")
        self.pulse.restart()
        self.program.press(Qt.Key.Key_Y)
        self.program.wait_for(State.ARMED)
        self.program.press(Qt.Key.Key_Space)
        self.program.wait_for(State.RECORDING)

    def interview(self) -> None:
        program = self.program
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.READY)
        self.shot("room-ready")
        program.press(Qt.Key.Key_Space)
        for number in range(len(ANSWERS)):
            self.answer(number)
        program.wait_for(State.ASKING)
        program.press(Qt.Key.Key_S)
        self.shot("room-declined")
        program.wait_for(State.ASKING)
        program.press(Qt.Key.Key_S)
        program.wait_for(State.DECLINED)
        for _ in range(2):
            program.wait_for(State.ASKING)
            self.shot("room-gap")
            program.press(Qt.Key.Key_S)
            program.wait_for(State.DECLINED)
        program.wait_for(State.DONE)
        self.shot("room-done")

    def sample(self) -> None:
        """The shipped sample with the long Situation, as if somebody had spoken it in one take."""
        program, shipped = self.program, shipped_samples()[2]
        session = replace(program.session(), id="2026-11-22-1940-5a5a5a", started="2026-11-22T19:40", declined=())
        frames = decode(shipped.path, program.store.folder(program.session().id) / "answer.wav").frames
        marks = tuple(Mark(round(seconds * RATE_HZ), section) for section, seconds in shipped.marks.items())
        take = Take("answer-1", "answer", "answer-1.wav", marks, frames, frames)
        targets = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))
        program.store.save(replace(session, takes=(take,), targets=targets, total_seconds=175.0))
        folder = program.store.folder(session.id)
        (program.store.folder(program.session().id) / "answer.wav").rename(folder / take.file)
        program.pages.home.session_wished.emit(session.id)
        program.wait(lambda: program.window.page is program.pages.debrief)
        program.services.index.open()
        program.wait(lambda: program.store.load(session.id).takes[0].transcript is not None)
        self.shot("debrief-sample")

    def debrief(self) -> None:
        program = self.program
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: all(take.transcript for take in program.session().takes if take.is_finished), 60)
        page = program.pages.debrief
        bar = page.verticalScrollBar()
        for number in range(8):
            self.shot(f"debrief-{number}")
            bar.setValue(min(bar.maximum(), bar.value() + page.height() - 60))
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        self.rest(0.8)
        self.shot("home")

    # Findings

    def findings(self) -> None:
        """The shipped weak answer in one take, at two levels; then the same answer typed."""
        program = self.program
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        shipped = shipped_samples()[1]
        session = replace(program.session(), id="2026-11-22-1950-6b6b6b", declined=(), gap_probes=("gap-figure",))
        folder = program.store.folder(session.id)
        program.store.save(replace(session, takes=()))
        frames = decode(shipped.path, folder / "answer-1.wav").frames
        marks = tuple(Mark(round(seconds * RATE_HZ), section) for section, seconds in shipped.marks.items())
        take = Take("answer-1", "answer", "answer-1.wav", marks, frames, frames)
        targets = dict(zip(Section, (30.0, 20.0, 90.0, 20.0, 15.0), strict=True))
        program.store.save(replace(session, takes=(take,), targets=targets, total_seconds=175.0))
        program.pages.home.session_wished.emit(session.id)
        program.wait(lambda: program.window.page is program.pages.debrief)
        program.services.index.open()
        program.wait(lambda: program.store.load(session.id).takes[0].transcript is not None)
        self.rest(0.5)
        page = program.pages.debrief
        bar = page.verticalScrollBar()
        for number in range(9):
            self.shot(f"findings-{number}")
            bar.setValue(min(bar.maximum(), bar.value() + page.height() - 60))
        bar.setValue(0)
        page.session_actions.level_wished.emit(Level.SENIOR)
        self.rest(0.5)
        self.shot("findings-senior")
        program.press(Qt.Key.Key_2, modifiers=CONTROL)
        self.rest(1.0)
        self.shot("library")
        program.press(*(Qt.Key[f"Key_{letter}"] for letter in "PIPELINE"))
        self.rest(0.5)
        self.shot("library-search")
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        program.pages.home.typing_wished.emit()
        self.rest(0.3)
        self.shot("typing-empty")
        program.pages.typed_answer._text.setPlainText(" ".join(ANSWERS[:5]))
        self.shot("typed_answer")
        program.pages.typed_answer.written.emit(" ".join(ANSWERS[:5]))
        program.wait(lambda: program.window.page is program.pages.debrief)
        self.rest(0.5)
        for number in range(3):
            self.shot(f"typed-{number}")
            bar.setValue(min(bar.maximum(), bar.value() + page.height() - 60))

    # Faults

    def home_in_need(self, hub: Hub) -> None:
        """No model, a crash report, a broken pattern file, little room: all at once and one by one."""
        program, home = self.program, self.program.pages.home
        self.shot("fault-no-model")
        hub.pace_seconds = 0.05
        home.download.fetch_wished.emit("base.en")
        program.wait(lambda: program.shows("left"), 10)
        self.shot("fault-download-running")
        home.download.cancel_wished.emit()
        self.rest(0.5)
        hub.close()
        home.download.fetch_wished.emit("base.en")
        program.wait(lambda: program.shows("cannot be reached"), 10)
        self.shot("fault-download-failed")
        program.press(Qt.Key.Key_Comma, modifiers=CONTROL)
        self.rest(0.5)
        self.shot("fault-settings-download")
        program.press(Qt.Key.Key_Escape)
        (program.folders.patterns / "broken.toml").write_text("id = 'broken'\n[sections.S\n")
        program.services.inventory.read()
        home.notices.show_crash("a report")
        home.show_room(12)
        self.rest(0.3)
        self.shot("fault-home")
        home.notices.show_crash("")
        (program.folders.patterns / "broken.toml").unlink()
        program.services.inventory.read()
        self.rest(0.3)

    def private_session(self) -> None:
        program = self.program
        program.pages.home._private.setChecked(True)
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.READY)
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.ASKING)
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.ARMED)
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.RECORDING)
        self.rest(6.0)
        self.shot("fault-digital-silence")
        self.pulse.freeze()
        program.wait_for(State.DEVICE_LOST)
        self.shot("fault-frozen")
        self.pulse.restart()
        program.press(Qt.Key.Key_N)
        program.wait_for(State.DONE)
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.window.page is program.pages.debrief)
        self.rest(1.0)
        self.shot("fault-private-debrief")
        program.press(Qt.Key.Key_1, modifiers=CONTROL)
        self.pulse.stop()
        program.pages.home.start.setFocus()
        program.press(Qt.Key.Key_Space)
        program.wait_for(State.DEVICE_LOST)
        self.shot("fault-no-microphone")
        program.press(Qt.Key.Key_N)
        program.wait(lambda: program.window.page is program.pages.home)


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 200)])
def test_every_fault_has_its_picture(
    qapp, qtbot, pulse, speech, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str, percent: int
) -> None:
    folder = Path(os.environ.get("SCREENS", tmp_path)) / f"{theme}-{percent}"
    folder.mkdir(parents=True, exist_ok=True)
    hub = Hub({"model.bin": bytes(RECOMMENDED.files[0].size)})
    monkeypatch.setenv("PLAINSPOKEN_MIRROR", hub.address)
    program = Program(qapp, qtbot, **asdict(Settings(theme=theme, text_percent=percent)))
    try:
        tour = Tour(program, pulse, speech, folder)
        tour.home_in_need(hub)
        tour.private_session()
    finally:
        program.close()
    assert len(list(folder.glob("fault-*.png"))) == 9


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 100), ("light", 200), ("dark", 200)])
def test_every_screen_has_its_picture(qapp, qtbot, pulse, speech, tmp_path: Path, theme: str, percent: int) -> None:
    folder = Path(os.environ.get("SCREENS", tmp_path)) / f"{theme}-{percent}"
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(theme=theme, text_percent=percent, model_folder=str(SAMPLE_MODEL))
    settings = settings.with_target("earn-trust", Level.SDE2, Section.SITUATION, 5.0)
    program = Program(qapp, qtbot, **asdict(settings))
    try:
        tour = Tour(program, pulse, speech, folder)
        tour.pages()
        tour.interview()
        tour.debrief()
        tour.sample()
        tour.findings()
    finally:
        program.close()
    assert len(list(folder.glob("*.png"))) > 30

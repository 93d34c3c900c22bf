"""One part against the clock, again and again: the same on the Drill page and inside Learn. Space starts and stops."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.look.choice_row import ChoiceRow
from app.look.key_hint import KeyHint, KeyTip
from app.look.keys import Keys
from app.look.room_clock import RoomClock
from app.look.text import announce, button, label, row, set_role
from app.look.theme import Theme
from app.screens.drill.attempt_strip import AttemptStrip
from app.screens.drill.judgement_card import JudgementCard
from app.screens.drill.sitting import Sitting
from app.screens.drill.subject import Subject
from interviewer.practice.drill_machine import State
from interviewer.timing import ClockReading, clock_text

STEP_SECONDS = 5
PROBE_SECONDS = (20.0, 45.0)
KEYS = (
    "{drill.toggle} starts and stops · {drill.again} again at once · {drill.target} target · {drill.hear} hear it · "
    "{drill.example} hear the example"
)


SHOWN = {
    State.OPENING: ("Opening the mic …", "Record"),
    State.READY: ("{drill.toggle} to record", "Record"),
    State.WAITING: ("Get ready …", "Stop"),
    State.ARMED: ("Get ready …", "Stop"),
    State.RECORDING: ("● Recording", "Stop"),
    State.NO_MICROPHONE: ("No microphone", "Try again"),
}
"""What is going on, and what the main button does about it."""


class DrillPanel(QWidget):
    """Emits its keys and buttons, and the sentence to say now. Only a key or a button ends an attempt."""

    toggled = Signal()
    again_wished = Signal()
    target_stepped = Signal(float)
    target_chosen = Signal(float)
    hear_wished = Signal()
    example_wished = Signal()
    say_wished = Signal(str)

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__()
        self._keys, self._shown_state = keys, State.OPENING
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._prompt = label("", "question", wraps=True)
        self._advice = label("", "muted", wraps=True)
        self._clock = RoomClock(theme)
        self._clock.set_style("digits")
        self._state = label("", "calm")
        self._problem = label("", "warn", wraps=True)
        self.strip = AttemptStrip(theme)
        self._figures = label("", "finding", wraps=True)
        self._fit = label("", wraps=True)
        self._surplus = label("", "quote", wraps=True)
        self._judgement = JudgementCard()
        self._judgement.say_wished.connect(self._say)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        self._problem.hide()
        above: tuple[QWidget, ...] = (self._problem, self._prompt, self._advice, self._clock)
        below: tuple[QWidget, ...] = (self.strip, self._figures, self._fit, self._surplus, self._judgement)
        for each in above:
            inside.addWidget(each)
        inside.addLayout(self._build_buttons())
        inside.addLayout(self._build_target())
        for each in below:
            inside.addWidget(each)
        inside.addWidget(KeyHint(keys, KEYS))
        keys.changed.connect(self._repeat_keys)

    def _build_buttons(self) -> QLayout:
        self.main = button("Record", "main", "Start or stop recording")
        self.main.clicked.connect(self.toggled)
        again = button("Again", name="Stop and begin again at once")
        again.clicked.connect(self.again_wished)
        self._hear = button("Hear it", name="Hear the last attempt")
        self._hear.clicked.connect(self.hear_wished)
        self._example = button("Hear the example")
        self._example.clicked.connect(self.example_wished)
        for each, command in (
            (self.main, "drill.toggle"),
            (again, "drill.again"),
            (self._hear, "drill.hear"),
            (self._example, "drill.example"),
        ):
            KeyTip(each, self._keys, command)
        return row(1, self._state, self.main, again, self._hear, self._example, 1)

    def _build_target(self) -> QLayout:
        less = button("– 5 s", name="Target five seconds less")
        less.clicked.connect(lambda: self.target_stepped.emit(-STEP_SECONDS))
        more = button("+ 5 s", name="Target five seconds more")
        more.clicked.connect(lambda: self.target_stepped.emit(STEP_SECONDS))
        self._target = label("", "finding")
        self._ceilings = ChoiceRow([(f"{seconds:g} s", seconds) for seconds in PROBE_SECONDS], "Ceiling")
        self._ceilings.chosen.connect(self.target_chosen.emit)
        self._ceilings.hide()
        return row(1, less, self._target, more, self._ceilings, 1)

    def set_lean(self, is_lean: bool) -> None:
        """A smaller prompt and a clock of one line, where the window is low: what records stays in view."""
        set_role(self._prompt, "stem" if is_lean else "question")
        self._clock.set_lean(is_lean)

    def set_theme(self, theme: Theme) -> None:
        self._clock.set_theme(theme)
        self.strip.set_theme(theme)

    def show_subject(self, subject: Subject) -> None:
        """What is practised: a section, a follow-up or one sentence."""
        self.setAccessibleName(f"{subject.heading}. {subject.turn.prompt}")
        self._prompt.setText(subject.turn.prompt)
        self._advice.setText(subject.advice)
        self._advice.setVisible(bool(subject.advice))
        self._ceilings.setVisible(bool(subject.probe))
        self._example.setEnabled(bool(subject.example))

    def show_state(self, state: State) -> None:
        """What is going on; said aloud by a screen reader when a recording begins and when it can begin again."""
        words, does = SHOWN[state]
        words, self._shown_state = self._keys.said(words), state
        is_recording = state is State.RECORDING
        if words != self._state.text() and state in (State.RECORDING, State.READY):
            announce(self, words.strip("● "))
        self._state.setText(words)
        set_role(self._state, "record" if is_recording else "calm")
        if self.main.hasFocus():
            self.setFocus()  # before it may be out of use: Space stays with the recording
        self.main.setText(does)
        self.main.setEnabled(state is not State.OPENING)

    def _repeat_keys(self) -> None:
        self.show_state(self._shown_state)

    def show_clock(self, elapsed_seconds: float, target_seconds: float, reading: ClockReading | None) -> None:
        self._clock.show_time(elapsed_seconds, target_seconds, reading)

    def show_problem(self, text: str) -> None:
        """One line above all else; an empty text takes it away."""
        if text and text != self._problem.text():
            announce(self, text)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def show_sitting(self, sitting: Sitting) -> None:
        """The strip, what came of the last attempt, and what fits."""
        figures = _figures(sitting)
        if sitting.attempts and figures != self._figures.text():
            announce(self, figures)
        self._target.setText(f"Target {clock_text(sitting.target_seconds)}")
        self._ceilings.choose(sitting.target_seconds)
        self.strip.show_attempts(sitting.attempts, sitting.target_seconds)
        self._figures.setText(figures)
        self._fit.setText(sitting.fit)
        self._surplus.setText(f"Leave out or shorten: “{sitting.surplus}”" if sitting.surplus else "")
        self._surplus.setVisible(bool(sitting.surplus))
        self._hear.setEnabled(bool(sitting.attempts))
        self._judgement.show_sitting(sitting)

    @property
    def figures(self) -> str:
        """Best, median and count, in words."""
        return self._figures.text()

    def _say(self, text: str) -> None:
        self.setFocus()  # the button that was pressed goes away
        self.say_wished.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, place = self._keys.pressed(event, "drill")
        simple = {
            "drill.toggle": self.toggled,
            "drill.again": self.again_wished,
            "drill.hear": self.hear_wished,
            "drill.example": self.example_wished,
        }
        if command in simple:
            if not event.isAutoRepeat():
                simple[command].emit()
        elif command == "drill.target":
            self.target_stepped.emit(-STEP_SECONDS if place else STEP_SECONDS)
        else:
            super().keyPressEvent(event)


def _figures(sitting: Sitting) -> str:
    if not sitting.attempts:
        return "No attempt yet."
    last, count = sitting.attempts[-1], len(sitting.attempts)
    parts = [f"Last {last.words}"]
    if sitting.best:
        parts.append(f"best {clock_text(sitting.best.counted_seconds)}")
    if sitting.median_seconds is not None:
        parts.append(f"median {clock_text(sitting.median_seconds)}")
    parts.append(f"{count} {'attempt' if count == 1 else 'attempts'}")
    if sitting.in_a_row > 1:
        parts.append(f"{sitting.in_a_row} in a row inside")
    return " · ".join(parts)

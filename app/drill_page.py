"""Drill: one part against the clock, again and again. Space starts and stops; nothing else ends an attempt."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.page import Page
from app.sitting import Sitting
from app.theme import Theme
from app.widgets.attempt_strip import AttemptStrip
from app.widgets.choice_row import ChoiceRow
from app.widgets.room_clock import RoomClock
from app.widgets.text import button, card, clear, column, combo, label, row, set_role
from interviewer.pattern import Section
from interviewer.timing import ClockReading, clock_text

STEP_SECONDS = 5
PROBE_SECONDS = (20.0, 45.0)
NO_PROBE = "A follow-up …"
SECTION_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
WAITING, READY, RECORDING = "Opening the mic …", "Space to record", "● Recording"


class DrillPage(Page):
    """Emits what to practise and the keys."""

    section_chosen = Signal(object)
    probe_chosen = Signal(str)
    toggled = Signal()
    again_wished = Signal()
    target_stepped = Signal(float)
    target_chosen = Signal(float)
    hear_wished = Signal()
    example_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._probes: tuple[str, ...] = ()
        self._heading = label("Drill", "title")
        back = button("Back")
        back.clicked.connect(self.back_wished)
        self._sections = ChoiceRow([(section.title, section) for section in Section], "Drill")
        self._sections.chosen.connect(self._choose_section)
        self._probe = combo("Follow-up to drill")
        self._probe.setSizeAdjustPolicy(self._probe.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._probe.setMinimumContentsLength(24)
        self._probe.activated.connect(self._choose_probe)
        self._prompt = label("", "question", wraps=True)
        self._advice = label("", "muted", wraps=True)
        self._clock = RoomClock(theme)
        self._clock.set_style("digits")
        self._state = label("", "calm")
        self._problem = label("", "warn", wraps=True)
        self._problem.hide()
        self.body.addLayout(row(self._heading, 1, back))
        self.body.addLayout(row(self._sections, 1))
        self.body.addLayout(row(self._probe, 1))
        self.body.addWidget(self._prompt)
        self.body.addWidget(self._advice)
        self.body.addWidget(self._clock)
        self.body.addWidget(self._problem)
        self.body.addLayout(self._build_buttons())
        self.body.addLayout(self._build_target())
        self._strip = AttemptStrip(theme)
        self.body.addWidget(self._strip)
        self._figures = label("", "finding", wraps=True)
        self._fit = label("", wraps=True)
        self._surplus = label("", "quote", wraps=True)
        for each in (self._figures, self._fit, self._surplus):
            self.body.addWidget(each)
        self._last = column(spacing=8)
        self.body.addLayout(self._last)
        keys = "Space starts and stops · A again at once · 1 to 5 section · ↑ ↓ target · P hear it · E hear the example"
        self.body.addWidget(label(keys, "small", wraps=True))
        self.body.addStretch(1)
        for push in self.findChildren(QPushButton):
            push.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space still starts and stops

    def _build_buttons(self) -> QHBoxLayout:
        self.main = button("Record", "main", "Start or stop recording")
        self.main.clicked.connect(self.toggled)
        self._again = button("Again", name="Stop and begin again at once")
        self._again.clicked.connect(self.again_wished)
        self._hear = button("Hear it", name="Hear the last attempt")
        self._hear.clicked.connect(self.hear_wished)
        self._example = button("Hear the example")
        self._example.clicked.connect(self.example_wished)
        return row(1, self._state, self.main, self._again, self._hear, self._example, 1)

    def _build_target(self) -> QHBoxLayout:
        less = button("– 5 s", name="Target five seconds less")
        less.clicked.connect(lambda: self.target_stepped.emit(-STEP_SECONDS))
        more = button("+ 5 s", name="Target five seconds more")
        more.clicked.connect(lambda: self.target_stepped.emit(STEP_SECONDS))
        self._target = label("", "finding")
        self._ceilings = ChoiceRow([(f"{seconds:g} s", seconds) for seconds in PROBE_SECONDS], "Ceiling")
        self._ceilings.chosen.connect(self.target_chosen.emit)
        self._ceilings.hide()
        return row(1, less, self._target, more, self._ceilings, 1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._clock.set_theme(theme)
        self._strip.set_theme(theme)

    def show_probes(self, probes: Sequence[tuple[str, str]]) -> None:
        """Ids and questions of the follow-ups."""
        self._probes = tuple(probe for probe, _ in probes)
        with QSignalBlocker(self._probe):
            self._probe.clear()
            self._probe.addItems([NO_PROBE, *(text for _, text in probes)])

    def show_subject(self, heading: str, prompt: str, section: Section | None, probe: str, has_example: bool) -> None:
        """What is practised: a section, a follow-up, or neither for one sentence."""
        self._heading.setText(heading)
        self._prompt.setText(prompt)
        self._sections.choose(section)
        with QSignalBlocker(self._probe):
            self._probe.setCurrentIndex(self._probes.index(probe) + 1 if probe in self._probes else 0)
        self._ceilings.setVisible(bool(probe))
        self._example.setEnabled(has_example)

    def show_advice(self, text: str) -> None:
        """How to tell it for another principle; an empty text takes it away."""
        self._advice.setText(text)
        self._advice.setVisible(bool(text))

    def show_state(self, is_recording: bool, is_ready: bool) -> None:
        """Whether an attempt is being recorded, or could be."""
        self._state.setText(RECORDING if is_recording else READY if is_ready else WAITING)
        set_role(self._state, "record" if is_recording else "calm")
        self.main.setText("Stop" if is_recording else "Record")
        self.main.setEnabled(is_recording or is_ready)

    def show_clock(self, elapsed_seconds: float, target_seconds: float, reading: ClockReading | None) -> None:
        self._clock.show_time(elapsed_seconds, target_seconds, reading)

    def show_problem(self, text: str) -> None:
        """One line; an empty text takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def show_sitting(self, sitting: Sitting) -> None:
        """The strip, what came of the last attempt, and what fits."""
        self._target.setText(f"Target {clock_text(sitting.target_seconds)}")
        self._ceilings.choose(sitting.target_seconds)
        self._strip.show_attempts(sitting.attempts, sitting.target_seconds)
        self._figures.setText(_figures(sitting))
        self._fit.setText(sitting.fit)
        self._surplus.setText(f"Leave out or shorten: “{sitting.surplus}”" if sitting.surplus else "")
        self._surplus.setVisible(bool(sitting.surplus))
        self._hear.setEnabled(bool(sitting.attempts))
        clear(self._last)
        if sitting.words or sitting.findings:
            self._last.addWidget(_judgement(sitting))

    @property
    def strip(self) -> AttemptStrip:
        """For whoever reads what is shown."""
        return self._strip

    @property
    def figures(self) -> str:
        """Best, median and count, in words."""
        return self._figures.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return
        simple = {
            Qt.Key.Key_Space: self.toggled,
            Qt.Key.Key_A: self.again_wished,
            Qt.Key.Key_P: self.hear_wished,
            Qt.Key.Key_E: self.example_wished,
        }
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in simple:
            simple[key].emit()
        elif key in SECTION_KEYS:
            self.section_chosen.emit(list(Section)[SECTION_KEYS.index(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.target_stepped.emit(STEP_SECONDS if key == Qt.Key.Key_Up else -STEP_SECONDS)
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget:
        return self

    def _choose_section(self, section: Section) -> None:
        self.section_chosen.emit(section)
        self.setFocus()  # Space records

    def _choose_probe(self, place: int) -> None:
        if place:
            self.probe_chosen.emit(self._probes[place - 1])
        self.setFocus()


def _figures(sitting: Sitting) -> str:
    if not sitting.attempts or sitting.median_seconds is None:
        return "No attempt yet."
    last, count = sitting.attempts[-1], len(sitting.attempts)
    parts = [f"Last {clock_text(last.counted_seconds)}, {last.verdict.value.replace('_', ' ')}"]
    if sitting.best:
        parts.append(f"best {clock_text(sitting.best.counted_seconds)}")
    parts.append(f"median {clock_text(sitting.median_seconds)}")
    parts.append(f"{count} {'attempt' if count == 1 else 'attempts'}")
    return " · ".join(parts)


def _judgement(sitting: Sitting) -> QWidget:
    frame, inside = card(spacing=6)
    if sitting.findings:
        first = sitting.findings[0]
        inside.addWidget(label("The one fix first", "label"))
        inside.addWidget(label(first.why, "finding", wraps=True))
        if first.quote.text:
            inside.addWidget(label(f"“{first.quote.text}”", "quote", wraps=True))
        inside.addWidget(label(f"Say instead: {first.instead}", wraps=True))
    elif sitting.words:
        inside.addWidget(label("Nothing missing in this section.", "good"))
    if sitting.words:
        inside.addWidget(label(sitting.words, "muted", wraps=True))
    return frame

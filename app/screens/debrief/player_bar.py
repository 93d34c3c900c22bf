"""The strip under a session: its wave, what plays it, and the line that puts a word right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSlider, QWidget

from app.look.key_hint import KeyTip
from app.look.keys import Keys
from app.look.row import em
from app.look.text import BY_TAB, button, column, combo, label, row
from app.look.theme import Theme
from app.screens.debrief.waveform import Waveform
from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, clock_text

STEP_SECONDS = 2.0
LONG_STEP_SECONDS = 10.0
VOLUME_STEP = 10

MEDIA = {Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPause}

WAVE_EMS = 16
"""Of a wave that shares its line: what else there is goes behind a button before the wave is narrower."""


def _least(widget: QWidget) -> int:
    """Pixels that a part of the line takes."""
    return min(widget.sizeHint().width(), widget.maximumWidth())


class PlayerBar(QFrame):
    """Emits wishes; shows what it is told."""

    toggle_wished = Signal()
    step_wished = Signal(float)
    finding_wished = Signal(int)
    loop_wished = Signal()
    limit_wished = Signal(bool)
    """The selection begins (True) or ends here."""
    speed_wished = Signal(int)
    speed_chosen = Signal(float)
    volume_changed = Signal(int)
    mark_wished = Signal()
    correct_wished = Signal()
    corrected = Signal(str)
    edge_wished = Signal(object)
    """A Section that begins at the cursor."""
    nudge_wished = Signal(int)
    undo_wished = Signal()
    grown = Signal()
    """The strip needs more room now, or less."""

    def __init__(self, theme: Theme, keys: Keys, speeds: tuple[float, ...]) -> None:
        super().__init__()
        self._keys = keys
        self.setProperty("role", "foot")
        self.wave = Waveform(theme)
        self._play = button("▶ Play", name="Play or stop")
        self._play.clicked.connect(self.toggle_wished)
        self._where = label("0:00 of 0:00")
        self._speeds = speeds
        self._speed = combo("Speed", [f"{speed:g}×" for speed in speeds])
        self._speed.setCurrentIndex(speeds.index(1.0))
        self._speed.activated.connect(lambda place: self.speed_chosen.emit(speeds[place]))
        self.loop = button("Loop", "choice")
        self.loop.setCheckable(True)
        self.loop.clicked.connect(self.loop_wished)
        mark = button("Mark", name="Mark this moment, or take the mark away")
        mark.clicked.connect(self.mark_wished)
        correct = button("Put a word right")
        correct.clicked.connect(self.correct_wished)
        back = button("– 2 s", name="Two seconds back")
        back.clicked.connect(lambda: self.step_wished.emit(-STEP_SECONDS))
        ahead = button("+ 2 s", name="Two seconds ahead")
        ahead.clicked.connect(lambda: self.step_wished.emit(STEP_SECONDS))
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setAccessibleName("Volume")
        self._volume.setFocusPolicy(BY_TAB)
        self._volume.setToolTip("Volume")
        self._volume.setRange(0, 100)
        self._volume.setValue(100)
        self._volume.setSingleStep(VOLUME_STEP)
        self._volume.setMaximumWidth(140)
        self._volume.valueChanged.connect(self.volume_changed)
        self._more = button("More", name="More that the player does")
        self._more.setCheckable(True)
        self._more.toggled.connect(self.grown)
        self._extras: tuple[QWidget, ...] = (self._speed, self.loop, back, ahead, mark, correct, self._volume)
        """The first ones are those that are seen where there is no room for all."""
        self._editor = self._build_editor()
        tips = {"listening.toggle": self._play, "listening.step": back, "listening.loop": self.loop}
        tips |= {"listening.mark": mark, "correcting.word": correct}
        for command, each in tips.items():
            KeyTip(each, keys, command)
        parts = (back, ahead, self.loop, mark, correct, self._speed, self._volume, self._more)
        self._strip = row(self._play, self._where, 1, *parts)
        self._whole = column(self.wave, self._editor, spacing=8)
        self._whole.addLayout(self._strip)
        self.setLayout(self._whole)
        self._is_lean = False

    def _build_editor(self) -> QFrame:
        """The line that puts a word right."""
        self._word = QLineEdit()
        self._word.setAccessibleName("The right word")
        self._word.returnPressed.connect(self._keep_word)
        text = "Enter keeps it, Esc leaves it as it was. What the recogniser heard is kept too."
        self._hint = label(text, "small", wraps=True)
        self._heard = label("")
        line = row(self._heard, self._word)
        line.setStretch(1, 1)
        lines = column(self._hint, spacing=4)
        lines.insertLayout(0, line)
        editor = QFrame()
        editor.setLayout(lines)
        editor.hide()
        return editor

    def set_theme(self, theme: Theme) -> None:
        self.wave.set_theme(theme)

    def fit(self, width: int, is_lean: bool) -> int:
        """Takes what there is room for into one line, the rest behind a button. A lean one has its wave in that line.
        Returns the height it needs, in pixels."""
        if is_lean != self._is_lean:
            self._is_lean = is_lean
            self.wave.set_lean(is_lean)
            if is_lean:
                self._whole.removeWidget(self.wave)
                self._strip.insertWidget(2, self.wave, 100)
            else:
                self._strip.removeWidget(self.wave)
                self._whole.insertWidget(0, self.wave)
        self._whole.setContentsMargins(*((14, 6, 14, 6) if is_lean else (28, 8, 28, 10)))
        self._hint.setVisible(not is_lean)
        around = self._whole.contentsMargins()
        room = width - around.left() - around.right() - sum(_least(each) + 10 for each in (self._play, self._where))
        room -= round(WAVE_EMS * em()) + 10 if is_lean else 0
        wanted = sum(_least(each) + 10 for each in self._extras)
        is_short = wanted > room
        room -= _least(self._more) + 10 if is_short else 0
        for each in self._extras:
            room -= _least(each) + 10
            each.setVisible(room >= 0 or self._more.isChecked())
        self._more.setVisible(is_short)
        self._more.setText("Less" if self._more.isChecked() else "More")
        return self._whole.totalHeightForWidth(width)

    def show_position(self, frame: int, frames: int, name: str) -> None:
        """Where the cursor is."""
        self.wave.show_cursor(frame)
        text = f"{clock_text(frame / RATE_HZ)} of {clock_text(frames / RATE_HZ)}"
        if text != self._where.text():
            self._where.setText(text)
            self.wave.setAccessibleDescription(f"{name}, {text}")

    def show_playing(self, is_playing: bool) -> None:
        self._play.setText("■ Stop" if is_playing else "▶ Play")

    def show_speed(self, speed: float) -> None:
        self._speed.setCurrentIndex(self._speeds.index(speed))

    def show_volume(self, percent: int) -> None:
        self._volume.setValue(percent)

    def ask_for_word(self, heard: str) -> None:
        """Opens the line that puts a word right."""
        self._heard.setText(f"Heard: “{heard}”")
        self._word.setText(heard)
        self._word.selectAll()
        self._editor.show()
        self.grown.emit()
        self._word.setFocus()

    @property
    def is_asking(self) -> bool:
        return self._editor.isVisible()

    def leave_word(self) -> None:
        """Closes that line, and nothing is changed."""
        self._editor.hide()
        self.grown.emit()
        parent = self.parentWidget()
        if parent:
            parent.setFocus()

    def _keep_word(self) -> None:
        self.leave_word()
        self.corrected.emit(self._word.text())

    def take_key(self, event: QKeyEvent) -> bool:
        """Does what a key of the player stands for. False when it is none."""
        command, place = self._keys.pressed(event, "debrief")
        may_be_held: dict[str, Callable[[], None]] = {
            "listening.step": lambda: self.step_wished.emit((-STEP_SECONDS, STEP_SECONDS)[place]),
            "listening.back": lambda: self.step_wished.emit(-LONG_STEP_SECONDS),
            "listening.ahead": lambda: self.step_wished.emit(LONG_STEP_SECONDS),
            "listening.finding": lambda: self.finding_wished.emit((-1, 1)[place]),
            "listening.louder": lambda: self._volume.setValue(self._volume.value() + VOLUME_STEP),
            "listening.softer": lambda: self._volume.setValue(self._volume.value() - VOLUME_STEP),
            "correcting.edge": lambda: self.edge_wished.emit(list(Section)[place]),
            "correcting.nudge": lambda: self.nudge_wished.emit((-1, 1)[place]),
            "correcting.undo": self.undo_wished.emit,
        }
        once: dict[str, Callable[[], None]] = {
            "listening.toggle": self.toggle_wished.emit,
            "listening.loop": self.loop_wished.emit,
            "listening.start": lambda: self.limit_wished.emit(True),
            "listening.end": lambda: self.limit_wished.emit(False),
            "listening.slower": lambda: self.speed_wished.emit(-1),
            "listening.faster": lambda: self.speed_wished.emit(1),
            "listening.mark": self.mark_wished.emit,
            "correcting.word": self.correct_wished.emit,
        }
        if command in may_be_held:
            may_be_held[command]()
        elif event.isAutoRepeat() and event.text():
            return True
        elif command in once:
            once[command]()
        elif event.key() in MEDIA:
            self.toggle_wished.emit()
        else:
            return False
        return True

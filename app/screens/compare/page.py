"""Two tellings of the same pattern side by side. X switches the sound between them, at the same section."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.look.badge import Badge
from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.page import Page
from app.look.text import button, card, clear, column, columns, combo, label, row
from app.look.theme import Theme
from interviewer.disk.query import Row
from interviewer.findings.comparison import Comparison, SectionPair
from interviewer.pattern import Section

FIRST, SECOND = 0, 1
LETTERS = "AB"
LEAST_EMS = 24
"""Of one side; below it the two stand one under the other."""


class ComparePage(Page):
    """Emits which sessions to put side by side, and which side of which section to play."""

    chosen = Signal(str, str)
    play_wished = Signal(int, object)
    stop_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=1120)
        self._keys = keys
        self._rows: tuple[Row, ...] = ()
        self._comparison: Comparison | None = None
        self._section = Section.SITUATION
        self._side = SECOND
        self._is_playing = False
        self._sides = tuple(combo(f"Telling {letter}") for letter in LETTERS)
        for box in self._sides:
            box.setMinimumContentsLength(22)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._choose)
        back = button("Back")
        back.clicked.connect(self.back_wished)
        self._now = label("", "good")
        self.body.addLayout(row(label("Two tellings", "title"), 1, back))
        top = columns(LEAST_EMS, most=2)
        for letter, box in zip(LETTERS, self._sides, strict=True):
            side = row(label(letter, "heading"), box)
            side.setStretch(1, 1)
            top.addLayout(side)
        self.body.addLayout(top)
        told = "{debrief.section} play a section · {debrief.compare} the same section of the other telling · "
        line = row(KeyHint(keys, told + "{listening.toggle} plays and stops"), self._now)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self._pairs = column(spacing=12)
        self.body.addLayout(self._pairs)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        if self._comparison:
            self.show_comparison(self._comparison)

    def show_rows(self, rows: Sequence[Row], first: str, second: str) -> None:
        """The sessions to choose from, and the two that are chosen."""
        self._rows = tuple(rows)
        ids = [each.id for each in rows]
        for box, chosen in zip(self._sides, (first, second), strict=True):
            box.clear()
            box.addItems([f"{each.started.replace('T', ', ')} · {each.verdict}" for each in rows])
            box.setCurrentIndex(ids.index(chosen) if chosen in ids else -1)

    def show_nothing(self, text: str) -> None:
        """Why there is nothing to compare."""
        self._comparison = None
        clear(self._pairs)
        self._pairs.addWidget(label(text, "muted", wraps=True))

    def show_comparison(self, comparison: Comparison) -> None:
        """Both tellings, section by section."""
        self._comparison = comparison
        clear(self._pairs)
        for pair in comparison.pairs:
            self._pairs.addWidget(self._card(pair))

    def show_playing(self, is_playing: bool) -> None:
        self._is_playing = is_playing
        self._now.setText(f"▶ {LETTERS[self._side]} · {self._section.title}" if is_playing else "")

    def _card(self, pair: SectionPair) -> QWidget:
        frame, inside = card(spacing=8)
        inside.addLayout(row(Badge(pair.section, self.theme), label(pair.section.title, "heading"), 1))
        sides = columns(LEAST_EMS, most=2, spacing=22)
        for side, told in enumerate((pair.first, pair.second)):
            play = button(f"▶ {LETTERS[side]}", name=f"Play {pair.section.title} of telling {LETTERS[side]}")
            play.clicked.connect(lambda _=False, side=side: self._play(side, pair.section))
            play.setEnabled(bool(told.time.seconds))
            head = row(play, label(told.time.words, "muted"), 1)
            text = column(spacing=6)
            text.addLayout(head)
            text.addWidget(label(told.words or "No words here.", "" if told.words else "muted", wraps=True))
            text.addStretch(1)
            sides.addLayout(text)
        inside.addLayout(sides)
        for sign, what, names in (("+", "Gained in B", pair.gained), ("–", "Lost in B", pair.lost)):
            if names:
                inside.addWidget(label(f"{sign} {what}", "good" if sign == "+" else "warn"))
                inside.addWidget(label("; ".join(names), "small", wraps=True))
        return frame

    def _choose(self) -> None:
        places = [box.currentIndex() for box in self._sides]
        if min(places) >= 0:
            self.chosen.emit(self._rows[places[0]].id, self._rows[places[1]].id)

    def _play(self, side: int, section: Section) -> None:
        self._side, self._section = side, section
        self.play_wished.emit(side, section)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the debrief, from which one comes here."""
        command, place = self._keys.pressed(event, "debrief")
        if command == "debrief.compare":
            self._play(1 - self._side, self._section)
        elif command == "debrief.section":
            self._play(self._side, list(Section)[place])
        elif command == "listening.toggle":
            self.stop_wished.emit() if self._is_playing else self._play(self._side, self._section)
        else:
            super().keyPressEvent(event)

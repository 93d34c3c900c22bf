"""How the room is put into a window: everything in view at once, since nobody scrolls while they speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.look.level_meter import LevelMeter
from app.look.push import Push
from app.look.room_clock import RoomClock
from app.look.text import row, set_role
from app.look.theme import Theme, style_sheet
from app.look.words import Standing, Words
from app.screens.room.turn_dots import TurnDots

LEAST_PERCENT = 75
"""Of the usual text size: smaller is not read. Where even that does not fit, the room scrolls."""
METER_PIXELS, LEAN_METER_PIXELS = 180, 90


@dataclass(frozen=True, slots=True)
class Fold:
    """One way to lay the room out: margins and space between lines in pixels, the question's type, whether the dots
    share a line with the part's name, whether the clock has one line and the main button stands beside the keys, and
    the share of the chosen text size."""

    margins: tuple[int, int, int, int]
    spacing: int
    question: str
    is_close: bool
    is_lean: bool
    text_percent: int = 100


FOLDS = (
    Fold((28, 24, 28, 24), 14, "question", is_close=False, is_lean=False),
    Fold((24, 12, 24, 12), 8, "question", is_close=True, is_lean=False),
    Fold((24, 12, 24, 12), 8, "stem", is_close=True, is_lean=False),
    Fold((20, 10, 20, 10), 6, "stem", is_close=True, is_lean=True),
    *(Fold((14, 8, 14, 8), 4, "stem", True, True, percent) for percent in (90, 80, 70, 60, 50, 40)),
)
"""From the roomiest on."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the room consists of, from top to bottom."""

    dots: TurnDots
    part: Words
    question: Standing
    status: Words
    meter: LevelMeter
    clock: RoomClock
    line: Standing
    frames: tuple[QWidget, ...]
    main: Push
    keys: Standing


@dataclass(frozen=True, slots=True)
class Longest:
    """Texts that may stand in the room while it looks as it does: their places keep the height of the longest one, so
    that nothing moves from turn to turn."""

    prompts: Sequence[str]
    status: str
    line: str
    keys: Sequence[str]
    main: Sequence[str]


class RoomLayout:
    """Moves the room's parts about inside a page's column."""

    def __init__(self, parts: Parts, across: QHBoxLayout, body: QVBoxLayout, theme: Theme) -> None:
        """`body` is laid out in the column, and `across` around it."""
        column = body.parentWidget()
        assert column
        self._parts, self._across, self._body, self._column = parts, across, body, column
        for comes_and_goes in (parts.clock, parts.meter):
            policy = comes_and_goes.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            comes_and_goes.setSizePolicy(policy)
        self.set_look(theme, 100)

    def set_look(self, theme: Theme, text_percent: int) -> None:
        """The theme and the text size that were chosen."""
        self._theme, self._text_percent = theme, text_percent
        self.fold: Fold | None = None
        self._take(FOLDS[0])

    def fit(self, room: QSize, longest: Longest) -> bool:
        """Takes the roomiest fold that needs no more than `room`. Whether there is one; else it is the tightest."""
        for fold in FOLDS:
            self._take(fold)
            self._keep_heights(fold, room.width(), longest)
            self._settle()
            if self._across.totalHeightForWidth(room.width()) <= room.height():
                return True
        return False

    def _settle(self) -> None:
        """Layouts hear of other texts and types only from the event loop; this asks them at once, from inside out."""
        insides = [frame.layout() for frame in self._parts.frames]
        for layout in (*insides, self._body, self._across):
            if layout:
                layout.activate()

    def _keep_heights(self, fold: Fold, width: int, longest: Longest) -> None:
        parts, around = self._parts, self._across.contentsMargins()
        width = min(width - around.left() - around.right(), self._column.maximumWidth())
        main = max(parts.main.width_of(text) for text in longest.main)
        parts.main.setMinimumWidth(main if fold.is_lean else 0)
        beside = main + 10 if fold.is_lean else 0
        parts.question.keep(max(parts.question.height_of(text, width) for text in longest.prompts))
        parts.keys.keep(max(parts.keys.height_of(text, width - beside) for text in longest.keys))
        said = parts.status.line_width(longest.status) + LEAN_METER_PIXELS + 20 if fold.is_lean else 0
        parts.line.keep(parts.line.height_of(longest.line, width - said))

    def _take(self, fold: Fold) -> None:
        if fold == self.fold:
            return
        self.fold, parts, body = fold, self._parts, self._body
        size = max(self._text_percent * fold.text_percent // 100, min(LEAST_PERCENT, self._text_percent))
        self._column.setStyleSheet("" if fold.text_percent == 100 else style_sheet(self._theme, size))
        set_role(parts.question, fold.question)
        parts.clock.set_lean(fold.is_lean)
        parts.dots.set_lean(fold.is_lean)
        top_middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        parts.keys.setAlignment(Qt.AlignmentFlag.AlignVCenter if fold.is_lean else top_middle)
        self._across.setContentsMargins(*fold.margins)
        body.setSpacing(fold.spacing)
        _empty(body)
        if fold.is_close:
            body.addLayout(row(parts.part, 1, parts.dots))
        else:
            body.addLayout(row(1, parts.dots, 1))
            body.addStretch(2)
            body.addWidget(parts.part)
        body.addWidget(parts.question)
        body.addStretch(1)
        parts.meter.setMaximumWidth(LEAN_METER_PIXELS if fold.is_lean else METER_PIXELS)
        if fold.is_lean:
            said = QHBoxLayout()
            said.setSpacing(10)
            said.addWidget(parts.status)
            said.addWidget(parts.line, 1)
            said.addWidget(parts.meter)
            body.addLayout(said)
            body.addWidget(parts.clock)
        else:
            body.addLayout(row(parts.status, 1, parts.meter))
            body.addWidget(parts.clock)
            body.addWidget(parts.line)
        for frame in parts.frames:
            body.addWidget(frame)
        body.addStretch(1 if fold.is_close else 2)
        if fold.is_lean:
            foot = row(parts.keys, parts.main)
            foot.setStretch(0, 1)
            body.addLayout(foot)
        else:
            body.addLayout(row(1, parts.main, 1))
            body.addWidget(parts.keys)


def _empty(layout: QLayout) -> None:
    """Takes everything out, to be put in again in another way.

    Widgets by their own call: an item of theirs that is still there when the next one is made would keep that one from
    hearing that they need another height.
    """
    while (item := layout.itemAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget:
            layout.removeWidget(widget)
            continue
        layout.takeAt(0)
        if inner:
            _empty(inner)
            inner.deleteLater()

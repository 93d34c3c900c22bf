"""Where one is in the interview: the five section badges, then a dot for each follow-up."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.section_bars import draw_badge
from app.look.theme import Theme
from interviewer.interview import Turn


class TurnDots(QWidget):
    """Past turns are filled, the present one is ringed, those to come are pale."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._turns: tuple[Turn, ...] = ()
        self._index = 0
        self._is_lean = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_turns(self, turns: Sequence[Turn], index: int) -> None:
        self._turns, self._index = tuple(turns), index
        self.setAccessibleName(f"Part {min(index + 1, len(turns))} of {len(turns)}")
        self.updateGeometry()
        self.update()

    def set_lean(self, is_lean: bool) -> None:
        """Smaller, where the window is low."""
        self._is_lean = is_lean
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        badge, gap = self._natural()
        return QSize(max(1, len(self._turns)) * (badge + gap) + gap, badge + (8 if self._is_lean else 14))

    def _natural(self) -> tuple[int, int]:
        badge = self.fontMetrics().height() + (-2 if self._is_lean else 8)
        return badge, badge // 2

    def _sizes(self) -> tuple[int, int]:
        """Of a badge and of a gap, in pixels: no larger than there is room for all of them."""
        badge, gap = self._natural()
        fitting = int(self.width() / (1.5 * max(1, len(self._turns)) + 0.5))
        return min((badge, gap), (fitting, fitting // 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        badge, gap = self._sizes()
        for place, turn in enumerate(self._turns):
            box = QRectF(gap + place * (badge + gap), (self.height() - badge) / 2, badge, badge)
            pale = place > self._index
            if turn.section:
                colour = QColor(theme.line) if pale else theme.section(turn.section)
                draw_badge(painter, box, turn.section, colour, QColor(theme.muted if pale else theme.window))
            else:
                painter.setPen(QPen(QColor(theme.line if pale else theme.accent), 2))
                painter.setBrush(QColor(theme.window if pale else theme.accent))
                painter.drawEllipse(box.center(), badge / 4, badge / 4)
            if place == self._index:
                painter.setPen(QPen(QColor(theme.text), 2))
                below = box.bottom() + (3 if self._is_lean else 5)
                painter.drawLine(QPointF(box.left() + 4, below), QPointF(box.right() - 4, below))

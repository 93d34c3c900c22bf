"""The last attempts of a drill as upright bars against the target: the newest on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.theme import Theme
from interviewer.practice.drill import SHOWN, Attempt
from interviewer.timing import clock_text

BAR_SHARE = 0.6
"""Of a place's width."""


class AttemptStrip(QWidget):
    """Ten places, filled from the left. What is over the target is hatched, and each bar has its time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._attempts: tuple[Attempt, ...] = ()
        self._target = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Last attempts")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_attempts(self, attempts: Sequence[Attempt], target_seconds: float) -> None:
        """The newest ten of them."""
        self._attempts, self._target = tuple(attempts[-SHOWN:]), target_seconds
        self.setAccessibleDescription("; ".join(each.words for each in self._attempts) or "none yet")
        self.update()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands under the bars."""
        return tuple(clock_text(each.counted_seconds) for each in self._attempts)

    def sizeHint(self) -> QSize:
        return QSize(560, 110 + 2 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, metrics = self._theme, self.fontMetrics()
        bottom = self.height() - metrics.height() - 6.0
        top = metrics.height() + 2.0
        room = metrics.horizontalAdvance("Target 00:00") + 14.0
        place = (self.width() - room) / SHOWN
        longest = max([self._target, *(each.counted_seconds for each in self._attempts)]) * 1.05
        scale = (bottom - top) / longest
        line = bottom - self._target * scale
        for at, attempt in enumerate(self._attempts):
            left = at * place + place * (1 - BAR_SHARE) / 2
            width = place * BAR_SHARE
            inside = min(attempt.counted_seconds, self._target) * scale
            painter.fillRect(QRectF(left, bottom - inside, width, inside), QColor(theme.accent))
            over = (attempt.counted_seconds - self._target) * scale
            if over > 0:
                painter.setPen(QPen(QColor(theme.bad), 1.5))
                painter.setBrush(QBrush(QColor(theme.bad), Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(left, line - over, width, over))
            painter.setPen(QColor(theme.bad if over > 0 else theme.text))
            below = QRectF(at * place, bottom + 4, place, metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, clock_text(attempt.counted_seconds))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width() - room, bottom))
        painter.setPen(QPen(QColor(theme.text), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, line), QPointF(self.width() - room, line))
        painter.setPen(QColor(theme.text))
        words = QPointF(self.width() - room + 10, line + (metrics.ascent() - metrics.descent()) / 2)
        painter.drawText(words, f"Target {clock_text(self._target)}")

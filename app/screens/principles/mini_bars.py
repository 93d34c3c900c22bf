"""Five small bars: how much of each section's target was spoken. What is over stands above the line, hatched."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.theme import Theme
from interviewer.timing import SectionTime

MOST = 1.6
"""Bars end at this share of the target."""


class MiniBars(QWidget):
    """Shows one take."""

    def __init__(self, times: Sequence[SectionTime], theme: Theme) -> None:
        super().__init__()
        self._times = tuple(times)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        told = [f"{time.section.title} {_share(time):.0%} of its target" for time in times]
        self.setAccessibleName("; ".join(told))
        self.setToolTip("\n".join(told))

    def sizeHint(self) -> QSize:
        return QSize(5 * self.fontMetrics().horizontalAdvance("M") * 2, self.fontMetrics().height() * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        bottom = self.height() - metrics.height() - 1.0
        line = bottom - bottom / MOST
        place = self.width() / len(self._times)
        for at, time in enumerate(self._times):
            share = min(_share(time), MOST)
            left, width = at * place + place * 0.2, place * 0.6
            inside = min(share, 1.0) * bottom / MOST
            painter.fillRect(QRectF(left, bottom - inside, width, inside), self._theme.section(time.section))
            if share > 1:
                bad = QColor(self._theme.bad)
                over = (share - 1) * bottom / MOST
                painter.setPen(QPen(bad, 1.2))
                painter.setBrush(QBrush(bad, Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(left, line - over, width, over))
            painter.setPen(QColor(self._theme.muted))
            below = QRectF(at * place, bottom, place, metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, time.section.letter)
        painter.setPen(QPen(QColor(self._theme.text), 1.2))
        painter.drawLine(QPointF(0, line), QPointF(self.width(), line))


def _share(time: SectionTime) -> float:
    return time.spoken_seconds / time.target_seconds

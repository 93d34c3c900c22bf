"""One figure over takes: a line of dots, and the target where there is one. Drawing only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.theme import Theme


@dataclass(frozen=True, slots=True)
class Series:
    """Values oldest first, None where nothing is known; `targets` of the same length, or empty."""

    title: str
    values: Sequence[float | None]
    targets: Sequence[float] = ()
    text: Callable[[float], str] = str
    note: str = ""

    @property
    def known(self) -> list[float]:
        return [value for value in self.values if value is not None]


class TrendChart(QWidget):
    """One series. Its values stand in its accessible description as well."""

    def __init__(self, theme: Theme, series: Series) -> None:
        super().__init__()
        self._theme = theme
        self._series = series
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(series.title)
        values = ", ".join("unknown" if value is None else series.text(value) for value in series.values)
        target = f"; target {series.text(series.targets[-1])}" if series.targets else ""
        self.setAccessibleDescription(f"Oldest first: {values}{target}")
        self.setToolTip(f"{series.title}. Oldest first: {values}{target}")

    def sizeHint(self) -> QSize:
        return QSize(260, 6 * self.fontMetrics().height() + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, series, metrics = self._theme, self._series, self.fontMetrics()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        line = metrics.height()
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(12, 8 + metrics.ascent()), series.title)
        known = series.known
        last = series.text(known[-1]) if known else "nothing yet"
        painter.drawText(QPointF(self.width() - 12 - metrics.horizontalAdvance(last), 8 + metrics.ascent()), last)
        top, bottom = 18 + line, self.height() - 14 - line
        highest = max([*known, *series.targets, 1.0]) * 1.1
        self._draw_line(painter, top, bottom, highest)
        painter.setPen(QColor(theme.muted))
        foot = f"target {series.text(series.targets[-1])}" if series.targets else series.note
        painter.drawText(
            QPointF(12, self.height() - 10), metrics.elidedText(foot, Qt.TextElideMode.ElideRight, self.width() - 24)
        )

    def _draw_line(self, painter: QPainter, top: float, bottom: float, highest: float) -> None:
        theme, series = self._theme, self._series
        left, right, count = 18.0, self.width() - 18.0, len(series.values)

        def x(place: int) -> float:
            return (left + right) / 2 if count == 1 else left + place * (right - left) / (count - 1)

        def y(value: float) -> float:
            return bottom - value / highest * (bottom - top)

        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(left - 6, bottom), QPointF(right + 6, bottom))
        if series.targets:
            painter.setPen(QPen(QColor(theme.warn), 1.5, Qt.PenStyle.DashLine))
            for place in range(max(1, count - 1)):
                begin, end = (x(place), x(place + 1)) if count > 1 else (left, right)
                level = y(series.targets[min(place + 1, count - 1)])
                painter.drawLine(
                    QPointF(begin if count > 1 else left, level), QPointF(end if count > 1 else right, level)
                )
        points = [QPointF(x(place), y(value)) for place, value in enumerate(series.values) if value is not None]
        painter.setPen(QPen(QColor(theme.accent), 2))
        for before, after in pairwise(points):
            painter.drawLine(before, after)
        painter.setBrush(QColor(theme.accent))
        for point in points:
            painter.drawEllipse(point, 3.5, 3.5)

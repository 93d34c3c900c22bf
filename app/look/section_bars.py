"""Five bars on one time axis, each section's target a notch. The debrief's picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.theme import Theme
from interviewer.pattern import Section
from interviewer.timing import SectionTime, Verdict, clock_text

LEAST_BARS = 4
"""Of the longest bar, in line heights: below it the titles make room, since the badges name the sections too."""
STEPS_SECONDS = (5, 10, 15, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Bar:
    """One section's row: its time and the words for its verdict."""

    time: SectionTime
    verdict_text: str


class SectionBars(QWidget):
    """Shows the times; a click asks for a section."""

    section_clicked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._has_titles = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Section times")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        spoken = [f"{bar.time.section.title} {bar.verdict_text}" for bar in self._bars]
        self.setAccessibleDescription("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, len(Section) * self._row_height() + self.fontMetrics().height() + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def mousePressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        row = int(event.position().y() // self._row_height())
        if 0 <= row < len(self._bars):
            self.section_clicked.emit(self._bars[row].time.section)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, longest = self._axis()
        scale = (right - left) / longest
        self._draw_axis(painter, left, scale, longest)
        for row, bar in enumerate(self._bars):
            self._draw_bar(painter, row, bar, left, right, scale)

    def _axis(self) -> tuple[float, float, float]:
        """Left and right of the bars in pixels, and the seconds between them."""
        metrics = self.fontMetrics()
        left = self._badge_size() + 12
        right = self.width() - max(metrics.horizontalAdvance(bar.verdict_text) for bar in self._bars) - 22
        titles = max(metrics.horizontalAdvance(section.title) for section in Section) + 14
        self._has_titles = right - left - titles >= LEAST_BARS * metrics.height()
        left += titles if self._has_titles else 0
        spoken = [bar.time.spoken_seconds for bar in self._bars]
        longest = max(*spoken, *(bar.time.target_seconds for bar in self._bars)) * 1.04
        return float(left), max(float(left) + 60, float(right)), longest

    def _draw_axis(self, painter: QPainter, left: float, scale: float, longest: float) -> None:
        metrics = self.fontMetrics()
        bottom = len(self._bars) * self._row_height()
        room = metrics.horizontalAdvance("0:00") * 2
        step = next((step for step in STEPS_SECONDS if step * scale > room), STEPS_SECONDS[-1])
        at = 0
        while at <= longest:
            x = left + at * scale
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.drawLine(QPointF(x, 2), QPointF(x, bottom + 3))
            painter.setPen(QColor(self._theme.muted))
            text = clock_text(at)
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, bottom + 5 + metrics.ascent()), text)
            at += step

    def _draw_bar(self, painter: QPainter, row: int, bar: Bar, left: float, right: float, scale: float) -> None:
        theme, metrics = self._theme, self.fontMetrics()
        height = self._row_height()
        top = row * height
        middle = top + height / 2
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        colour = theme.section(bar.time.section)
        size = self._badge_size()
        badge = QRectF(2, middle - size / 2, size, size)
        draw_badge(painter, badge, bar.time.section, colour, QColor(theme.window))
        if self._has_titles:
            painter.setPen(QColor(theme.text))
            painter.drawText(QPointF(size + 12, baseline), bar.time.section.title)
        spoken, target = bar.time.spoken_seconds, bar.time.target_seconds
        thick = max(12.0, height * 0.42)
        inside = QRectF(left, middle - thick / 2, min(spoken, target) * scale, thick)
        painter.fillRect(inside, colour)
        if spoken > target:
            over = QRectF(inside.right(), inside.top(), (spoken - target) * scale, thick)
            painter.fillRect(over, QBrush(QColor(theme.bad), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(theme.bad), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(over)
        notch = left + target * scale
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(notch, middle - thick / 2 - 5), QPointF(notch, middle + thick / 2 + 5))
        painter.setPen(QColor(_verdict_colour(bar.time.verdict, theme)))
        painter.drawText(QPointF(right + 14, baseline), bar.verdict_text)

    def _badge_size(self) -> int:
        return self.fontMetrics().height() + 4

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 20


def draw_badge(painter: QPainter, box: QRectF, section: Section, colour: QColor, letter_colour: QColor) -> None:
    """A section's sign: its letter in a shape and a colour of its own, so that colour is never the only sign."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match section:
        case Section.SITUATION:
            painter.drawEllipse(box)
        case Section.TASK:
            painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        case Section.ACTION:
            painter.drawPolygon(_polygon(box, ((0, 0.18), (0.62, 0.18), (1, 0.5), (0.62, 0.82), (0, 0.82))))
        case Section.RESULT:
            painter.drawPolygon(_polygon(box, ((0.5, -0.06), (1.06, 0.5), (0.5, 1.06), (-0.06, 0.5))))
        case Section.REFLECTION:
            painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 9, 9)
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(round(box.height() * 0.58))
    painter.setFont(font)
    painter.setPen(letter_colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, section.letter)
    painter.restore()


def _polygon(box: QRectF, shares: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in shares])


def _verdict_colour(verdict: Verdict | None, theme: Theme) -> str:
    if verdict in (Verdict.JUST_OVER, Verdict.MISSING):
        return theme.warn
    return theme.bad if verdict and verdict.is_over else theme.text

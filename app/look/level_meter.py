"""A bar for the microphone's level with its three zones named below."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.theme import Theme
from interviewer.loudness import CLIPPING_DBFS, QUIET_DBFS

LOWEST_DBFS = -60.0


def zone(peak_dbfs: float) -> str:
    """The word for a level: too quiet, good or clipping."""
    if peak_dbfs < QUIET_DBFS:
        return "too quiet"
    return "clipping" if peak_dbfs >= CLIPPING_DBFS else "good"


class LevelMeter(QWidget):
    """Shows one level at a time; the zones carry words, so colour is not the only sign."""

    def __init__(self, theme: Theme, with_zones: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._with_zones = with_zones
        self._dbfs = LOWEST_DBFS
        self._peak = LOWEST_DBFS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Microphone level")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_level(self, dbfs: float, peak_dbfs: float) -> None:
        """A new reading; the bar falls slower than it rises."""
        self._dbfs = max(dbfs, self._dbfs - 2.0)
        self._peak = max(peak_dbfs, self._peak - 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().height() + 6 if self._with_zones else 0
        return QSize(240, (18 if self._with_zones else 8) + text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = 18.0 if self._with_zones else float(self.height())
        bar = QRectF(0, 0, self.width(), height)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        colours = {"too quiet": self._theme.muted, "good": self._theme.good, "clipping": self._theme.bad}
        painter.setBrush(QColor(colours[zone(self._peak)]))
        painter.drawRoundedRect(QRectF(0, 0, self._x(self._dbfs), height), height / 2, height / 2)
        if self._with_zones:
            self._draw_zones(painter, height)

    def _draw_zones(self, painter: QPainter, height: float) -> None:
        edges = (LOWEST_DBFS, QUIET_DBFS, CLIPPING_DBFS - 5, 0.0)
        metrics = self.fontMetrics()
        for name, left, right in zip(("too quiet", "good", "clipping"), edges, edges[1:], strict=False):
            painter.setPen(QColor(self._theme.line))
            if left > LOWEST_DBFS:
                painter.drawLine(int(self._x(left)), 0, int(self._x(left)), int(height) + 4)
            painter.setPen(QColor(self._theme.muted))
            width = metrics.horizontalAdvance(name)
            middle = (self._x(left) + self._x(right)) / 2
            x = min(max(0.0, middle - width / 2), self.width() - width)
            painter.drawText(int(x), int(height) + 4 + metrics.ascent(), name)

    def _x(self, dbfs: float) -> float:
        share = (dbfs - LOWEST_DBFS) / -LOWEST_DBFS
        return max(0.0, min(1.0, share)) * self.width()

"""The room's one clock: a bar, digits or nothing. It changes shape at 80 % and at the target, and never blinks."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.text import announce
from app.look.theme import Theme
from interviewer.timing import ClockPhase, ClockReading, clock_announcement, clock_text

BAR_HEIGHT = 14.0
LEAN_DIGITS = 1.5
"""How much larger than the text the digits are where the window is low."""
ROOM_SHARE = 1.25
"""The bar ends this far beyond the target, so that an overrun has somewhere to go."""


class RoomClock(QWidget):
    """Shows one reading. In every style the words of the last seconds and the overrun are written out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._style = "bar"
        self._elapsed = 0.0
        self._target = 1.0
        self._reading: ClockReading | None = None
        self._is_lean = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Clock")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_style(self, style: str) -> None:
        """bar, digits or hidden."""
        self._style = style
        self.updateGeometry()
        self.update()

    def set_lean(self, is_lean: bool) -> None:
        """On one line, where the window is low."""
        self._is_lean = is_lean
        self.updateGeometry()
        self.update()

    def show_time(self, elapsed_seconds: float, target_seconds: float, reading: ClockReading | None) -> None:
        """A moment of the take; None for the reading while nothing is recorded."""
        if reading and (text := clock_announcement(self._elapsed, elapsed_seconds, target_seconds)):
            announce(self, text)
        self._elapsed, self._target, self._reading = elapsed_seconds, target_seconds, reading
        self.update()

    @property
    def words(self) -> str:
        """What the clock says in words: "6 s left", "+4 s", or nothing."""
        return self._reading.text if self._reading and self._style != "hidden" else ""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().height()
        if self._is_lean:
            return QSize(420, round(words * LEAN_DIGITS) + 4 if self._style == "digits" else words + 10)
        return QSize(420, self._digits_height() + words if self._style == "digits" else 3 * words + 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._style == "hidden":
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_lean:
            self._draw_line(painter)
        elif self._style == "digits":
            self._draw_digits(painter)
        else:
            self._draw_bar(painter)

    def _colour(self) -> QColor:
        phase = self._reading.phase if self._reading else ClockPhase.RUNNING
        names = {ClockPhase.RUNNING: "accent", ClockPhase.NEARLY: "warn", ClockPhase.OVER: "bad"}
        return QColor(getattr(self._theme, names[phase]))

    def _draw_line(self, painter: QPainter) -> None:
        """Bar, or digits, and to the right of it how long this may take and what is left or over."""
        metrics = self.fontMetrics()
        target = f"of {clock_text(self._target)}"
        words = f"{self.words} · {target}" if self.words else target
        room = metrics.horizontalAdvance(f"00 s left · {target}") + 16
        middle = self.height() / 2
        right = QRectF(self.width() - room, 0, room, self.height())
        painter.setPen(self._colour() if self.words else QColor(self._theme.muted))
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if self._style == "digits":
            painter.setPen(QColor(self._theme.text) if self._reading else QColor(self._theme.muted))
            left = QRectF(0, 0, self.width() - room, self.height())
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * LEAN_DIGITS)
            painter.setFont(font)
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, clock_text(int(self._elapsed)))
        else:
            self._draw_track(painter, self.width() - room - 4.0, middle)

    def _draw_digits(self, painter: QPainter) -> None:
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 3.6)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text) if self._reading else QColor(self._theme.muted))
        top = QRectF(0, 0, self.width(), self._digits_height())
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, clock_text(int(self._elapsed)))
        painter.setFont(self.font())
        below = QRectF(0, self._digits_height(), self.width(), self.fontMetrics().height())
        painter.setPen(self._colour())
        words = self.words or f"of {clock_text(self._target)}"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_bar(self, painter: QPainter) -> None:
        middle = self.height() / 2
        notch = self._draw_track(painter, self.width() - 4.0, middle)
        painter.setPen(QColor(self._theme.muted))
        metrics = self.fontMetrics()
        target = clock_text(self._target)
        under = middle + BAR_HEIGHT / 2 + 12 + metrics.ascent()
        painter.drawText(QPointF(notch - metrics.horizontalAdvance(target) / 2, under), target)
        if self.words:
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(self._colour())
            above = QRectF(0, 0, self.width(), middle - BAR_HEIGHT)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self.words)

    def _draw_track(self, painter: QPainter, width: float, middle: float) -> float:
        """The bar, `width` pixels long. Returns where the target is."""
        theme = self._theme
        notch = 2 + width / ROOM_SHARE
        track = QRectF(2, middle - BAR_HEIGHT / 2, width, BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(track, 7, 7)
        share = min(self._elapsed / self._target, ROOM_SHARE)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(QRectF(2, track.top(), min(share, 1.0) * width / ROOM_SHARE, BAR_HEIGHT), 7, 7)
        if share > 1.0:
            over = QRectF(notch, track.top(), (share - 1.0) * width / ROOM_SHARE, BAR_HEIGHT)
            painter.setBrush(QBrush(QColor(theme.bad), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(theme.bad), 1.5))
            painter.drawRect(over)
        self._draw_notch(painter, notch, middle)
        return notch

    def _draw_notch(self, painter: QPainter, x: float, middle: float) -> None:
        """Open while there is time, filled from 80 % on."""
        nearly = self._reading is not None and self._reading.phase is not ClockPhase.RUNNING
        painter.setPen(QPen(self._colour() if nearly else QColor(self._theme.text), 2))
        painter.setBrush(self._colour() if nearly else QColor(self._theme.window))
        painter.drawEllipse(QPointF(x, middle), 8, 8)

    def _digits_height(self) -> int:
        return round(self.fontMetrics().height() * 4.2)

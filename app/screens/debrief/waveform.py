"""The picture of a session's sound: five bands, follow-ups, a cursor, edges that can be dragged. Draws only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.section_bars import draw_badge
from app.look.theme import Theme
from interviewer.timeline import Piece, Timeline
from interviewer.timing import RATE_HZ, Span, clock_text

GRAB_PIXELS = 7
"""So near to an edge, a press takes hold of it."""
DRAG_PIXELS = 5
SNAP_PIXELS = 14


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. Positions are frames on the timeline; `peaks` a byte for each `step` frames of a take."""

    timeline: Timeline = field(default_factory=lambda: Timeline(()))
    peaks: Mapping[str, bytes] = field(default_factory=dict)
    step: int = 320
    pauses: Sequence[int] = ()
    bookmarks: Sequence[int] = ()
    findings: Sequence[int] = ()


class Waveform(QWidget):
    """A click asks for a place, a drag selects, a drag on an edge moves it."""

    seek_wished = Signal(int)
    selected = Signal(object)
    edge_moved = Signal(object, int)
    """The Piece whose beginning was moved, and the position it was moved to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = Picture()
        self._cursor = 0
        self.selection: Span | None = None
        self._pressed: float | None = None
        self._edge: Piece | None = None
        self._edge_at = 0
        self._drawn: QPixmap | None = None
        self._is_lean = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Recording")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def show_picture(self, picture: Picture) -> None:
        if picture != self._picture:
            self._picture = picture
            self._redraw()

    def set_lean(self, is_lean: bool) -> None:
        """Without the line of badges, where the window is low."""
        self._is_lean = is_lean
        self.updateGeometry()
        self._redraw()

    def show_cursor(self, position: int) -> None:
        """Only the cursor moves: two narrow strips are painted."""
        before, now = self._x(self._cursor), self._x(position)
        self._cursor = position
        for x in (before, now):
            self.update(int(x) - 2, 0, 5, self.height())

    def show_selection(self, span: Span | None) -> None:
        """The stretch that is selected, or played in a loop."""
        self.selection = span
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(6 * line, 10 + line) if self._is_lean else QSize(600, 30 + 2 * line)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._redraw()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().x()
            self._edge = self._edge_near(self._pressed)
            self._edge_at = self._edge.start if self._edge else 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._pressed is None:
            over = self._edge_near(x)
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.PointingHandCursor)
        elif self._edge:
            self._edge_at = self._snapped(x)
            self.update()
        elif abs(x - self._pressed) > DRAG_PIXELS:
            first, last = sorted((self._position(self._pressed), self._position(x)))
            self.show_selection(Span(first, last))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        pressed, edge = self._pressed, self._edge
        self._pressed = self._edge = None
        x = event.position().x()
        if edge:
            if abs(x - pressed) > 1:
                self.edge_moved.emit(edge, self._edge_at)
            self.update()
        elif abs(x - pressed) > DRAG_PIXELS:
            self.selected.emit(self.selection)
        else:
            self.seek_wished.emit(self._position(x))

    def _edge_near(self, x: float) -> Piece | None:
        """The piece whose beginning is here, if it can be moved: there is more of the same take before it."""
        pieces = self._picture.timeline.pieces
        for before, piece in pairwise(pieces):
            if piece.section and before.take == piece.take and abs(self._x(piece.start) - x) <= GRAB_PIXELS:
                return piece
        return None

    def _snapped(self, x: float) -> int:
        position = self._position(x)
        near = [pause for pause in self._picture.pauses if abs(self._x(pause) - x) <= SNAP_PIXELS]
        return min(near, key=lambda pause: abs(pause - position), default=position)

    # Drawing

    def _x(self, position: int) -> float:
        return position / max(1, self._picture.timeline.frames) * self.width()

    def _position(self, x: float) -> int:
        share = max(0.0, min(1.0, x / max(1, self.width())))
        return round(share * self._picture.timeline.frames)

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            ratio = self.devicePixelRatioF()
            self._drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(QColor(self._theme.surface))
            self._draw_still(self._drawn)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        wave = self._wave_box()
        if self.selection:
            shade = QColor(self._theme.accent)
            shade.setAlpha(60)
            left, right = self._x(self.selection.start), self._x(self.selection.end)
            painter.fillRect(QRectF(left, wave.top(), right - left, wave.height()), shade)
            painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            painter.drawRect(QRectF(left, wave.top() + 1, right - left, wave.height() - 2))
        if self._edge and self._pressed is not None:
            painter.setPen(QPen(QColor(self._theme.accent), 2, Qt.PenStyle.DashLine))
            x = self._x(self._edge_at)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(QColor(self._theme.text), 2))
        x = max(1.0, min(self._x(self._cursor), self.width() - 1.0))
        painter.drawLine(QPointF(x, wave.top() - 3), QPointF(x, wave.bottom()))

    def _wave_box(self) -> QRectF:
        """Below the line of badges."""
        top = 4 if self._is_lean else self.fontMetrics().height() + 6
        return QRectF(0, top, self.width(), self.height() - top)

    def _draw_still(self, target: QPixmap) -> None:
        """All that does not move with the cursor."""
        painter = QPainter(target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        theme, box = self._theme, self._wave_box()
        probes = 0
        for number, piece in enumerate(self._picture.timeline.pieces):
            probes += bool(piece.probe)
            name = piece.section.title if piece.section else f"Follow-up {probes}" if piece.probe else ""
            self._draw_piece(painter, piece, box, number, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        for mark in self._picture.bookmarks:
            x, y = self._x(mark), box.top() + 6
            painter.drawPolygon([QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)])
        painter.setBrush(QColor(theme.bad))
        for found in self._picture.findings:
            x, y = self._x(found), box.bottom() - 1
            painter.drawPolygon([QPointF(x, y - 9), QPointF(x + 5, y), QPointF(x - 5, y)])
        painter.end()

    def _draw_piece(self, painter: QPainter, piece: Piece, box: QRectF, number: int, name: str) -> None:
        theme, metrics = self._theme, self.fontMetrics()
        left, right = self._x(piece.start), self._x(piece.end)
        colour = theme.section(piece.section) if piece.section else QColor(theme.muted)
        shade = QColor(colour)
        shade.setAlpha(38)
        painter.fillRect(QRectF(left, box.top(), right - left, box.height()), shade)
        painter.fillRect(QRectF(left, box.top() - 3, right - left, 3), colour)
        self._draw_peaks(painter, piece, box, colour)
        if number:
            painter.setPen(QPen(QColor(theme.window), 2))
            painter.drawLine(QPointF(left, box.top() - 3), QPointF(left, box.bottom()))
        if self._is_lean:
            return
        side = metrics.height() + 1
        place = left + 3
        if piece.section and right - left > side + 4:
            draw_badge(painter, QRectF(place, 0, side, side), piece.section, colour, QColor(theme.window))
            place += side + 5
        name = f"{name} {clock_text((piece.end - piece.start) / RATE_HZ)}"
        painter.setPen(QColor(theme.muted))
        if metrics.horizontalAdvance(name) < right - place - 4:
            painter.drawText(QPointF(place, metrics.ascent()), name)

    def _draw_peaks(self, painter: QPainter, piece: Piece, box: QRectF, colour: QColor) -> None:
        peaks, step = self._picture.peaks.get(piece.take, b""), self._picture.step
        left, right = int(self._x(piece.start)), int(self._x(piece.end))
        middle, half = box.center().y(), box.height() / 2 - 8
        lines = []
        for x in range(left, right):
            first = (piece.span.start + max(0, self._position(x) - piece.start)) // step
            last = (piece.span.start + max(0, self._position(x + 1) - piece.start)) // step
            loudest = max(peaks[first : max(last, first + 1)], default=0)
            reach = max(0.5, (loudest / 255) ** 0.6 * half)
            lines.append(QLineF(x + 0.5, middle - reach, x + 0.5, middle + reach))
        painter.setPen(QPen(colour, 1))
        painter.drawLines(lines)

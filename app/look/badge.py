"""A section's sign: its letter, colour and shape."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.section_bars import draw_badge
from app.look.theme import Theme
from interviewer.pattern import Section


class Badge(QWidget):
    """A section's sign."""

    def __init__(self, section: Section, theme: Theme) -> None:
        super().__init__()
        self._section = section
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Its colour, and its size with the text."""
        self._theme = theme
        self.ensurePolished()
        side = self.fontMetrics().height() + 10
        self.setFixedSize(QSize(side, side))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letter = QColor(self._theme.surface)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        draw_badge(painter, box, self._section, self._theme.section(self._section), letter)

"""Things side by side that break into lines where the window is too narrow: nothing lies beyond its edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLayout, QLayoutItem

from app.look.words import Phrase, Words

READABLE_EMS = 15
"""Running text is not squeezed below this width: what stands beside it goes to the next line instead."""


def em() -> float:
    """The width of an M in the program's text, in logical pixels: what widths are measured in, so that they grow with
    the text."""
    return QFontMetricsF(QApplication.font()).horizontalAdvance("M")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of one thing in a row: its place, and widths in pixels. `wish` is the width below which a line is
    broken, `most` the one that it would like. Holds no item: Qt deletes those without a word."""

    at: int
    stretch: int
    is_space: bool
    wish: int = 0
    most: int = 0
    limit: int = 0
    grows: bool = True


Line = list[tuple[_Part, int]]
"""What stands on one line, each with its width in pixels."""


class Row(QHBoxLayout):
    """One line while there is room, several where there is not. A stretch at an end counts for every line."""

    def __init__(self) -> None:
        super().__init__()
        self._known: list[_Part] | None = None
        self._laid: dict[int, list[Line]] = {}
        self._heights: dict[int, int] = {}
        """By width, as the lines are. All three until something in the row changes: Qt asks many times."""

    def invalidate(self) -> None:
        self._known, self._laid, self._heights = None, {}, {}
        super().invalidate()

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items()), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), super().minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            margins = self.contentsMargins()
            lines = self._lines(width - margins.left() - margins.right())
            gaps = max(0, len(lines) - 1) * self._line_gap
            self._heights[width] = sum(map(self._height, lines)) + gaps + margins.top() + margins.bottom()
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        lines = self._lines(inside.width())
        top = inside.top()
        for line in lines:
            # A single line takes all the height there is, so that its parts are centred as in any row.
            height = inside.height() if len(lines) == 1 else self._height(line)
            left = inside.left()
            for part, width in line:
                if not part.is_space and (item := self.itemAt(part.at)):
                    item.setGeometry(QRect(left, top, width, height))
                left += width + (0 if part.is_space else self.spacing())
            top += height + self._line_gap

    def _items(self) -> list[QLayoutItem]:
        return [item for at in range(self.count()) if (item := self.itemAt(at))]

    @property
    def _line_gap(self) -> int:
        return max(6, self.spacing())

    def _height(self, line: Line) -> int:
        heights = [0]
        for part, width in line:
            if not part.is_space and (item := self.itemAt(part.at)):
                heights.append(item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height())
        return max(heights)

    def _lines(self, width: int) -> list[Line]:
        if width not in self._laid:
            if self._known is None:
                self._known = [part for at, item in enumerate(self._items()) if (part := self._part(at, item))]
            self._laid[width] = self._lay(self._known, width)
        return self._laid[width]

    def _part(self, at: int, item: QLayoutItem) -> _Part | None:
        if item.spacerItem():
            return _Part(at, self.stretch(at), True, limit=1 << 20)
        if item.isEmpty():
            return None
        most, widget = item.sizeHint().width(), item.widget()
        grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
        # Running text, and what takes any width, can do with less than it would like.
        can_shrink = not isinstance(widget, Phrase) if isinstance(widget, Words | QComboBox) else grows
        wish = max(min(most, round(READABLE_EMS * em())), item.minimumSize().width()) if can_shrink else most
        return _Part(at, self.stretch(at), False, wish, most, item.maximumSize().width(), grows)

    def _lay(self, parts: Sequence[_Part], width: int) -> list[Line]:
        first = [parts[0]] if len(parts) > 1 and parts[0].is_space else []
        last = [parts[-1]] if len(parts) > 1 and parts[-1].is_space else []
        lines: list[list[_Part]] = [[]]
        used = 0
        for part in parts[len(first) : len(parts) - len(last)]:
            needed = used + part.wish + (self.spacing() if used else 0)
            if needed > width and used:
                lines.append([])
                needed = part.wish
            lines[-1].append(part)
            used = needed
        return [self._shared_out([*first, *line, *last], width) for line in lines if line]

    def _shared_out(self, parts: Sequence[_Part], width: int) -> Line:
        """Gives each part its wish, then what it would like, then the rest to those that stretch."""
        gaps = self.spacing() * max(0, sum(not part.is_space for part in parts) - 1)
        widths = [min(part.wish, width) for part in parts]
        rest = width - gaps - sum(widths)
        rest = _share(rest, widths, [part.most for part in parts], [not part.is_space for part in parts])
        weights = [part.stretch for part in parts]
        if not any(weights):
            weights = [int(part.grows) for part in parts]
        _share(rest, widths, [part.limit for part in parts], weights)
        return list(zip(parts, widths, strict=True))


def _share(rest: int, widths: list[int], limits: Sequence[int], weights: Sequence[int]) -> int:
    """Adds `rest` pixels to the widths by weight, up to each one's limit. Returns what is left over."""
    while rest > 0:
        open_ones = [at for at, weight in enumerate(weights) if weight and widths[at] < limits[at]]
        if not open_ones:
            break
        whole, before = sum(weights[at] for at in open_ones), rest
        for at in open_ones:
            more = min(max(1, before * weights[at] // whole), limits[at] - widths[at], rest)
            widths[at] += more
            rest -= more
    return rest


class Columns(Row):
    """Columns of one width: as many side by side as are wide enough to be read, the others below."""

    def __init__(self, least_ems: float, most: int = 9) -> None:
        super().__init__()
        self._least_ems = least_ems
        self._most = most

    def _lay(self, parts: Sequence[_Part], width: int) -> list[Line]:
        gap = self.spacing()
        fitting = max(1, min(int((width + gap) // (self._least_ems * em() + gap)), self._most))
        lines = max(1, ceil(len(parts) / fitting))
        count = max(1, ceil(len(parts) / lines))  # four are two and two rather than three and one
        each = max(0, (width - gap * (count - 1)) // count)
        return [[(part, each) for part in parts[at : at + count]] for at in range(0, len(parts), count)]

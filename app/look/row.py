"""Things side by side that break into lines where the window is too narrow: nothing lies beyond its edge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QLayoutItem

from app.look.words import Words

READABLE_EMS = 15
"""Running text is not squeezed below this width: what stands beside it goes to the next line instead."""


def em() -> float:
    """The width of an M in the program's text, in logical pixels: what widths are measured in, so that they grow with
    the text."""
    return QFontMetricsF(QApplication.font()).horizontalAdvance("M")


@dataclass(slots=True)
class _Part:
    """One thing in a row. `wish` is the width below which a line is broken, `most` the width that it would like."""

    item: QLayoutItem
    stretch: int
    is_space: bool
    wish: int = 0
    most: int = 0

    def height(self, width: int) -> int:
        if self.is_space:
            return 0
        item = self.item
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


Line = list[tuple[_Part, int]]
"""What stands on one line, each with its width in pixels."""


class Row(QHBoxLayout):
    """One line while there is room, several where there is not. A stretch at an end counts for every line."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        """By width, until something in the row changes: Qt asks many times."""

    def invalidate(self) -> None:
        self._heights = {}
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
            heights = [max(part.height(wide) for part, wide in line) for line in lines]
            gaps = max(0, len(lines) - 1) * self._line_gap
            self._heights[width] = sum(heights) + gaps + margins.top() + margins.bottom()
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
            height = inside.height() if len(lines) == 1 else max(part.height(width) for part, width in line)
            left = inside.left()
            for part, width in line:
                part.item.setGeometry(QRect(left, top, width, height))
                left += width + (0 if part.is_space else self.spacing())
            top += height + self._line_gap

    def _items(self) -> list[QLayoutItem]:
        return [item for at in range(self.count()) if (item := self.itemAt(at))]

    @property
    def _line_gap(self) -> int:
        return max(6, self.spacing())

    def _parts(self) -> list[_Part]:
        parts = []
        for at, item in enumerate(self._items()):
            if item.spacerItem():
                parts.append(_Part(item, self.stretch(at), True))
            elif not item.isEmpty():
                most = item.sizeHint().width()
                parts.append(_Part(item, self.stretch(at), False, self._wish(item, most), most))
        return parts

    def _wish(self, item: QLayoutItem, most: int) -> int:
        """Running text, and what takes any width, can do with less than it would like."""
        widget = item.widget()
        if isinstance(widget, Words):
            can_shrink = widget.is_running
        else:
            can_shrink = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
        return max(min(most, round(READABLE_EMS * em())) if can_shrink else most, item.minimumSize().width())

    def _lines(self, width: int) -> list[Line]:
        parts = self._parts()
        first = [parts.pop(0)] if len(parts) > 1 and parts[0].is_space else []
        last = [parts.pop()] if len(parts) > 1 and parts[-1].is_space else []
        lines: list[list[_Part]] = [[]]
        used = 0
        for part in parts:
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

        def share(rest: int, weight: Callable[[_Part], int], limit: Callable[[_Part], int]) -> int:
            """Shares pixels out by weight, up to each part's limit. Returns what is left over."""
            while rest > 0:
                open_ones = [at for at, part in enumerate(parts) if weight(part) and widths[at] < limit(part)]
                whole = sum(weight(parts[at]) for at in open_ones)
                if not whole:
                    break
                before = rest
                for at in open_ones:
                    more = min(max(1, before * weight(parts[at]) // whole), limit(parts[at]) - widths[at], rest)
                    widths[at] += more
                    rest -= more
            return rest

        rest = share(width - gaps - sum(widths), lambda part: 0 if part.is_space else 1, lambda part: part.most)
        rest = share(rest, lambda part: part.stretch, lambda part: part.item.maximumSize().width())
        if not any(part.stretch for part in parts):
            grows = Qt.Orientation.Horizontal
            share(
                rest,
                lambda part: int(bool(part.item.expandingDirections() & grows)),
                lambda part: part.item.maximumSize().width(),
            )
        return list(zip(parts, widths, strict=True))


class Columns(Row):
    """Columns of one width: as many side by side as are wide enough to be read, the others below."""

    def __init__(self, least_ems: float, most: int = 9) -> None:
        super().__init__()
        self._least_ems = least_ems
        self._most = most

    def _lines(self, width: int) -> list[Line]:
        parts, gap = self._parts(), self.spacing()
        fitting = max(1, min(int((width + gap) // (self._least_ems * em() + gap)), self._most))
        lines = max(1, ceil(len(parts) / fitting))
        count = max(1, ceil(len(parts) / lines))  # four are two and two rather than three and one
        each = max(0, (width - gap * (count - 1)) // count)
        return [[(part, each) for part in parts[at : at + count]] for at in range(0, len(parts), count)]

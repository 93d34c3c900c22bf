"""What does not fit in a window: text that is cut, things that lie on each other or beyond the edge. In words."""

import re
import tempfile
from collections.abc import Iterator
from xml.etree import ElementTree

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyleOptionButton,
    QTableView,
    QWidget,
)

from app.look.fitted_text import FittedText
from app.look.option import Option
from app.look.words import Phrase
from app.window.main_window import MainWindow

SLACK = 1
"""Pixels of rounding."""


def unfitting(window: MainWindow) -> list[str]:
    """One line for each thing on the shown page, and in the line at the foot, that is not as it should be."""
    page = window.page
    found = []
    inside, seen = page.widget(), page.viewport()
    assert inside
    if inside.width() > seen.width():
        wide = [each for each in _visible(inside) if each.minimumSizeHint().width() > seen.width() - 80]
        names = ", ".join(f"{_name(each)} {each.minimumSizeHint().width()}" for each in wide)
        found.append(f"the page is {inside.width()} pixels wide and {seen.width()} are to be seen, for {names}")
    if page.is_room and page.verticalScrollBar().maximum():
        found.append("the room is to be scrolled")
    for widget in _visible(window):
        name = _name(widget)
        found += [
            f"{name}: {fault}" for fault in (*_text_faults(widget), *_place_faults(widget), *_drawn_faults(widget))
        ]
    return found


def unseen(window: MainWindow, *texts: str) -> list[str]:
    """Those of the texts on the page that are not in view as the page stands."""
    view = window.page.viewport()
    shown = [each for each in _visible(window.page) if isinstance(each, QLabel | QAbstractButton)]
    in_view = [
        each.text() for each in shown if view.rect().contains(QRect(each.mapTo(window.page, QPoint(0, 0)), each.size()))
    ]
    return [text for text in texts if not any(text in each for each in in_view)]


def _visible(widget: QWidget) -> Iterator[QWidget]:
    return (each for each in widget.findChildren(QWidget) if each.isVisible() and not each.isWindow())


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:60]!r}"


def _text_faults(widget: QWidget) -> Iterator[str]:
    metrics, tip = widget.fontMetrics(), widget.toolTip()
    if isinstance(widget, QLabel):
        room, shown = widget.contentsRect(), QLabel.text(widget)
        wraps = Qt.TextFlag.TextWordWrap if widget.wordWrap() else Qt.TextFlag(0)
        needed = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), wraps, shown)
        if shown != widget.text().replace("\u200b", "") and "…" in shown:
            if tip != widget.text():
                yield "shortened, and no tip says the whole of it"
        elif isinstance(widget, Phrase) and _is_broken_too_early(widget):
            yield "is broken though there is room"
        elif needed.width() > room.width() + SLACK or needed.height() > room.height() + SLACK:
            yield f"its text needs {_wide(needed.size())} and has {_wide(room.size())}"
    elif isinstance(widget, QPushButton | QCheckBox) and not isinstance(widget, Option):
        hint = _native_hint(widget)
        if hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK:
            yield f"needs {_wide(hint)} and has {_wide(widget.size())}"
    elif isinstance(widget, QComboBox):
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), widget.mapToGlobal(QPoint(2, 2))))
        if widget.toolTip() != widget.currentText():
            yield "its tip is not its text"
        if widget.height() < metrics.height():
            yield "lower than its text"
    elif isinstance(widget, FittedText):
        lines = widget.document().size().height()
        if lines * QFontMetricsF(widget.font()).lineSpacing() > widget.viewport().height() + 2:
            yield f"{lines:g} lines do not fit"
    elif isinstance(widget, QLineEdit):
        if isinstance(widget.parentWidget(), QAbstractSpinBox):
            if metrics.horizontalAdvance(widget.text()) > widget.width():
                yield "its number is cut"
        elif (
            metrics.horizontalAdvance(widget.placeholderText()) > widget.width() - 18
            and tip != widget.placeholderText()
        ):
            yield "what it is for is cut, and no tip says it"
    elif isinstance(widget, QTableView) and widget.horizontalScrollBar().maximum():
        yield "is to be scrolled sideways"


def _is_broken_too_early(label: Phrase) -> bool:
    """On several lines, in a place that is twice as wide as it would need."""
    place, needed = label.parentWidget(), label.line_width(label.text())
    assert place
    return "\n" not in label.text() and label.width() < needed - 1 and place.width() > 2 * needed


def _native_hint(widget: QPushButton | QCheckBox) -> QSize:
    """What Qt asks for the text that is painted, line breaks and all."""
    option = QStyleOptionButton()
    widget.initStyleOption(option)
    whole = QPushButton.sizeHint(widget) if isinstance(widget, QPushButton) else QCheckBox.sizeHint(widget)
    metrics = widget.fontMetrics()
    painted, text = option.text.split("\n"), widget.text()
    wide = max(metrics.horizontalAdvance(line) for line in painted) - metrics.horizontalAdvance(text)
    return whole + QSize(wide, (len(painted) - 1) * metrics.lineSpacing())


def _place_faults(widget: QWidget) -> Iterator[str]:
    """Beyond the edge of what holds it, or on a neighbour."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractSpinBox | QComboBox | QTableView | QPlainTextEdit | QLineEdit):
        return
    if parent.layout() is None:
        return
    if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        place = f"{type(parent).__name__}, {_wide(parent.size())}"
        yield f"at {widget.geometry().getRect()}, beyond the edge of its {place}"
    for other in parent.children():
        if isinstance(other, QWidget) and other.isVisible() and id(other) > id(widget):
            shared = other.geometry().intersected(widget.geometry())
            if shared.width() > SLACK and shared.height() > SLACK:
                yield f"lies on {_name(other)}"


# What is drawn

DRAWN = {"RoomClock", "TurnDots", "LevelMeter", "SectionBars", "AttemptStrip", "MiniBars", "TrendChart", "Waveform"}


def _drawn_faults(widget: QWidget) -> Iterator[str]:
    """Texts that a widget draws itself, beyond its edge or on each other."""
    if type(widget).__name__ not in DRAWN:
        return
    texts = _drawn_texts(widget)
    for text, box in texts:
        if box.left() < -2 or box.right() > widget.width() + 2 or box.top() < -4 or box.bottom() > widget.height() + 4:
            yield f"draws {text!r} at {box.getRect()} in {_wide(widget.size())}"
    for at, (text, box) in enumerate(texts):
        for other, beside in texts[at + 1 :]:
            shared = box.intersected(beside)
            if shared.width() > 2 and shared.height() > 4:
                yield f"draws {text!r} on {other!r}"


def _drawn_texts(widget: QWidget) -> list[tuple[str, QRect]]:
    with tempfile.NamedTemporaryFile(suffix=".svg") as file:
        drawing = QSvgGenerator()
        drawing.setFileName(file.name)
        drawing.setSize(widget.size())
        drawing.setViewBox(widget.rect())
        widget.render(drawing, QPoint(0, 0))
        del drawing
        tree = ElementTree.parse(file.name)
    return [each for group in tree.iter("{http://www.w3.org/2000/svg}g") for each in _texts_in(group)]


def _texts_in(group: ElementTree.Element) -> Iterator[tuple[str, QRect]]:
    matrix = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", group.get("transform", ""))] or [
        1,
        0,
        0,
        1,
        0,
        0,
    ]
    for each in group.findall("{http://www.w3.org/2000/svg}text"):
        text = each.text or ""
        font = QFont(each.get("font-family", ""))
        font.setPixelSize(max(1, round(float(each.get("font-size", "10")))))
        font.setWeight(QFont.Weight(int(each.get("font-weight", "400"))))
        metrics = QFontMetricsF(font)
        left, base = (
            float(each.get("x", "0")) * matrix[0] + matrix[4],
            float(each.get("y", "0")) * matrix[3] + matrix[5],
        )
        box = (left, base - metrics.ascent(), metrics.horizontalAdvance(text), metrics.height())
        yield text, QRect(*(round(number) for number in box))


def _wide(size: QSize) -> str:
    return f"{size.width()} x {size.height()}"

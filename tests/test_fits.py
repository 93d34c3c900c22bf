"""Every page fits every window: nothing is cut or beyond the edge, nothing lies on anything, the room is in view."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from app.state.folders import system_folders
from interviewer.pattern import Pattern
from tests.filled import Tour, fill
from tests.fitting import unfitting
from tests.program import Program
from tests.pulse import Pulse
from tests.screen import Screen

ROOT = Path(__file__).resolve().parent.parent

# What a title bar and a frame leave of a screen, in logical pixels
SIZES = {
    "1366x768": (1358, 728),
    "1366x768 at 150 %": (902, 472),
    "1366x768 at 200 %": (675, 344),
    "1920x1080 at 150 %": (1272, 680),
    "1280x800": (1272, 760),
    "720x400": (720, 400),
}
TEXT_PERCENTS = (100, 150, 200)


@pytest.fixture
def tour(qapp, qtbot, pulse: Pulse, earn_trust: Pattern, home: Path) -> Iterator[Tour]:
    fill(system_folders(), earn_trust)
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield Tour(running, earn_trust)
    running.close()


def faults_of(tour: Tour, sizes: Mapping[str, tuple[int, int]], percents: tuple[int, ...]) -> str:
    """A line for all that does not fit. The window is resized: it is the same one all the time."""
    window, faults = tour.window, list[str]()
    for percent in percents:
        window.set_look("light", percent)
        for name in tour.pages():
            for screen, size in sizes.items():
                window.resize(*size)
                tour.program.wait(lambda size=size: (window.width(), window.height()) == size)  # type: ignore[misc]
                tour.settle()
                faults += [f"{name}, {screen}, text {percent} %: {each}" for each in unfitting(window)]
    return "\n".join(faults)


def test_every_page_fits_a_small_window(tour: Tour) -> None:
    tight = {screen: SIZES[screen] for screen in ("1366x768 at 150 %", "1366x768 at 200 %")}
    assert faults_of(tour, tight, (100, 200)) == ""


@pytest.mark.prove
@pytest.mark.timeout(600)
def test_every_page_fits_every_window(tour: Tour) -> None:
    assert faults_of(tour, SIZES, TEXT_PERCENTS) == ""
    assert faults_of(tour, {"the least": (480, 320)}, (100,)) == ""


def test_what_has_the_focus_is_in_view(tour: Tour) -> None:
    window = tour.window
    window.set_look("light", 150)
    window.resize(*SIZES["1366x768 at 200 %"])
    for page in (tour.program.pages.settings, tour.program.pages.stories):
        tour.go(page)
        seen = set()
        for _ in range(60):
            tour.program.press(Qt.Key.Key_Tab)
            tour.settle()
            now = QApplication.focusWidget()
            if now is None or now is page or now in seen:
                break
            seen.add(now)
            if now is page:  # it has the keys itself
                continue
            at = QRect(now.mapTo(page.viewport(), QPoint(0, 0)), now.size())
            is_high = now.height() > page.viewport().height() // 2
            assert page.viewport().rect().intersects(at) if is_high else page.viewport().rect().contains(at), now
        assert len(seen) > 9
        assert page.verticalScrollBar().value() > 0


def test_the_wheel_scrolls_the_page_wherever_the_pointer_is(tour: Tour) -> None:
    window = tour.window
    window.resize(*SIZES["1366x768 at 200 %"])
    tour.go(tour.program.pages.settings)
    tour.settle()
    bar = tour.program.pages.settings.verticalScrollBar()
    boxes: list[QComboBox | QSpinBox] = [*tour.program.pages.settings.findChildren(QComboBox)]
    boxes += tour.program.pages.settings.findChildren(QSpinBox)

    def value(box: QComboBox | QSpinBox) -> int:
        return box.currentIndex() if isinstance(box, QComboBox) else box.value()

    for widget in boxes:
        tour.program.pages.settings.ensureWidgetVisible(widget)
        was_at = bar.value()
        before = value(widget)
        at = widget.mapTo(window, widget.rect().center())
        QTest.wheelEvent(window.windowHandle(), at, QPoint(0, -120))
        tour.settle()
        assert bar.value() > was_at or was_at == bar.maximum(), widget.accessibleName()
        assert value(widget) == before


# A screen of its own, at a scale of its own: both are settled when a process begins


def on_screen(
    monkeypatch: pytest.MonkeyPatch, size: str, scale: float, percent: int, pictures: Path | None = None
) -> Any:
    """What `tests.fit_once` says on a new screen."""
    monkeypatch.setenv("DISPLAY", os.environ.get("DISPLAY", ""))  # put back afterwards
    screen = Screen(f"{size}x24")
    screen.start()
    try:
        command = [sys.executable, "-m", "tests.fit_once", str(percent), *([str(pictures)] if pictures else [])]
        environment = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120)
    finally:
        screen.stop()
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.splitlines()[-1])


def test_at_200_percent_the_window_is_no_larger_than_the_screen(
    qapp, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = on_screen(monkeypatch, "1366x768", 2, 150)
    assert seen["scale"] == 2
    assert seen["is_on_screen"], (seen["frame"], seen["screen"])
    assert seen["faults"] == {}


@pytest.mark.prove
@pytest.mark.parametrize("percent", TEXT_PERCENTS)
@pytest.mark.parametrize(
    ("size", "scale"), [("1366x768", 1), ("1366x768", 1.5), ("1366x768", 2), ("1920x1080", 1.5), ("1280x800", 1)]
)
def test_every_page_has_its_picture_on_common_screens(
    qapp, pulse: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str, scale: float, percent: int
) -> None:
    folder = Path(os.environ.get("SCREENS", tmp_path)).absolute() / f"{size}-{scale:.0%}-text-{percent}%"
    folder.mkdir(parents=True, exist_ok=True)
    seen = on_screen(monkeypatch, size, scale, percent, folder)
    assert seen["is_on_screen"], (seen["frame"], seen["screen"])
    assert seen["faults"] == {}
    assert len(list(folder.glob("*.png"))) > 25

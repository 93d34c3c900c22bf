"""Every page fits every window: nothing cut, nothing on anything else, nothing beyond the edge, the room all in view."""

import time
from collections.abc import Iterator

import pytest

from interviewer.pattern import Pattern
from app.folders import system_folders
from tests.filled import Tour, fill
from tests.fitting import unfitting
from tests.program import Program
from tests.pulse import Pulse

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
def tour(qapp, qtbot, pulse: Pulse, earn_trust: Pattern, home) -> Iterator[Tour]:
    fill(system_folders(), earn_trust)
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield Tour(running, earn_trust)
    running.close()


def test_every_page_fits(tour: Tour) -> None:
    window = tour.window
    faults: dict[str, list[str]] = {}
    import json, os

    only = os.environ.get("ONLY", "")
    sizes = {k: v for k, v in SIZES.items() if k in os.environ.get("SIZES", k).split("|")}
    for percent in map(int, os.environ.get("PCT", "100,150,200").split(",")):
        t0 = time.monotonic()
        window.set_look("light", percent)
        for name in tour.pages():
            if only and not name.startswith(only):
                continue
            for screen, (width, height) in sizes.items():
                window.resize(width, height)
                tour.settle()
                where = f"{name}, {screen}, text {percent} %"
                if (window.width(), window.height()) != (width, height):
                    faults.setdefault(where, []).append(f"the window is {window.width()} x {window.height()}")
                found = unfitting(window)
                if window.page.is_room and window.page.verticalScrollBar().maximum():
                    found.append(f"the room is to be scrolled by {window.page.verticalScrollBar().maximum()}")
                if found:
                    faults.setdefault(where, []).extend(found)
                if os.environ.get("SHOTS"):
                    from pathlib import Path

                    d = Path(os.environ["SHOTS"])
                    d.mkdir(exist_ok=True, parents=True)
                    tour.program.screenshot(
                        d / f"{name.replace(' ', '-').replace(',', '')}-{width}x{height}-{percent}.png"
                    )
        print(percent, round(time.monotonic() - t0, 1))
    with open("/tmp/faults.json", "w") as f:
        json.dump(faults, f, indent=1, ensure_ascii=False)
    assert not faults, sum(map(len, faults.values()))

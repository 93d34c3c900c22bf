"""What is said on any page: it moves nothing, covers no button, can be closed, and goes with its cause."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from app.look.notices import PAGE
from interviewer.pattern import Pattern
from tests.program import Program
from tests.pulse import Pulse
from tests.test_keys import NEWER, OLDER, PAGES, keep, leave_room, open_debrief, open_room

CONTROL = Qt.KeyboardModifier.ControlModifier
SHORT = "In the bin for thirty days. To put it back: Ctrl+2, then The bin."
LONG = (
    "The session could not be written to /home/someone/Documents/Plainspoken/sessions/2026-11-23-1012-bbbbbb "
    "(No space left on device). The recordings so far are kept; free some space, then try again."
)
PERCENTS = (100, 200)


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse, request: pytest.FixtureRequest) -> Iterator[Program]:
    percent = getattr(request, "param", 100)
    running = Program(qapp, qtbot, counts_in=False, speaks=False, text_percent=percent)
    yield running
    running.close()


def places(page: QWidget) -> dict[QWidget, QRect]:
    """Where everything of a page is, in the window."""
    shown = [each for each in page.findChildren(QWidget) if each.isVisible()]
    return {each: QRect(each.mapTo(page.window(), QPoint(0, 0)), each.size()) for each in (page, *shown)}


def settled(program: Program) -> dict[QWidget, QRect]:
    """Where everything is once what is read when a page is opened has come."""
    seen: list[dict[QWidget, QRect]] = [{}]

    def stands() -> bool:
        program._qtbot.wait(150)
        seen.append(places(program.window.page))
        return seen[-1] == seen[-2]

    program.wait(stands)
    return seen[-1]


def to_press(page: QWidget) -> dict[str, QRect]:
    """What can be pressed or written in on a page, as far as it is in sight."""
    found = {}
    for each in page.findChildren(QWidget):
        seen = each.visibleRegion().boundingRect()
        if isinstance(each, QAbstractButton | QComboBox | QLineEdit) and each.isVisible() and not seen.isEmpty():
            name = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else type(each).__name__)
            found[name] = seen.translated(each.mapTo(page.window(), QPoint(0, 0)))
    return found


@pytest.mark.parametrize("program", PERCENTS, indirect=True)
def test_nothing_moves_and_no_button_is_covered(program: Program, earn_trust: Pattern) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    window, notice = program.window, program.window._notice
    for name, opens in {**PAGES, "room": open_room}.items():
        opens(program)
        program.wait(lambda name=name: window.page is getattr(program.pages, name))  # type: ignore[misc]
        page = window.page
        before, buttons, keys = settled(program), to_press(page), window.focusWidget()
        for text in (SHORT, LONG, ""):
            window.show_notice(text)
            program._qtbot.wait(20)
            now = places(page)
            moved = [each for each, place in before.items() if each in now and now[each] != place]
            assert moved == [] or name in ("room", "microphone"), name  # clock and level live there
            assert now[page] == before[page], name
            assert window.focusWidget() is keys, name
            assert notice.isVisible() is bool(text)
            if text:
                box = QRect(notice.mapTo(window, QPoint(0, 0)), notice.size())
                lines = notice._text
                assert lines.height() >= lines.heightForWidth(lines.width()), f"{name}: all of it can be read"
                assert window.rect().contains(box)
            if text == SHORT:
                assert [each for each, place in buttons.items() if place.intersects(box)] == [], name
    leave_room(program)


def test_it_is_closed_by_the_mouse_and_by_keys(program: Program) -> None:
    window, notice = program.window, program.window._notice
    seen = QAccessible.queryAccessibleInterface(notice.close_button)
    assert seen.text(QAccessible.Text.Name) == "Close this notice"
    window.show_notice(SHORT)
    assert QAccessible.queryAccessibleInterface(notice).text(QAccessible.Text.Name) == SHORT
    QTest.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    assert notice.isHidden()
    assert program.pages.home.start.hasFocus(), "the keys are where they were"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        window.show_notice(SHORT)
        program.pages.home.setFocus()
        program.press(Qt.Key.Key_Backtab, modifiers=Qt.KeyboardModifier.ShiftModifier)
        assert notice.close_button.hasFocus(), "one step back from a page as it is opened"
        program.press(key)
        assert notice.isHidden()
        assert window.page is program.pages.home
        assert program.pages.home.start.hasFocus()  # type: ignore[attr-defined]


def test_it_is_reached_and_closed_in_the_room(program: Program) -> None:
    """Where Esc is a key of the page."""
    open_room(program)
    notice = program.window._notice
    program.window.show_notice(LONG)
    program.press(Qt.Key.Key_Backtab, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert notice.close_button.hasFocus()
    program.press(Qt.Key.Key_Escape)
    assert notice.isHidden()
    assert program.pages.room.hasFocus()
    leave_room(program)


def test_escape_leads_back_though_something_is_said(program: Program, earn_trust: Pattern) -> None:
    keep(program, earn_trust, OLDER, NEWER)
    open_debrief(program)
    program.window.show_notice(LONG, "writing the backup")
    program.press(Qt.Key.Key_Escape)
    assert program.window.page is program.pages.library
    assert program.notice == LONG


def test_each_is_about_something(program: Program) -> None:
    window = program.window
    window.show_notice("Writing the backup …", "writing the backup")
    window.show_notice("There is no word at this point.")
    assert program.notice == "There is no word at this point."
    window.show_notice("Something else about the page.", PAGE)
    assert program.notice == "Something else about the page."
    program.press(Qt.Key.Key_5, modifiers=CONTROL)  # what was about a page goes with it
    assert program.notice == "Writing the backup …"
    window.show_notice("", "nothing that was said")
    assert program.notice == "Writing the backup …"
    window.show_notice("The backup could not be written.", "writing the backup")
    assert program.notice == "The backup could not be written."
    window._notice.close_shown()
    assert program.notice == ""
    assert window._notice.isHidden()


def test_what_home_has_to_say_is_closed_too(program: Program) -> None:
    """A file that cannot be read stays unread, but it is told once and then no more."""
    (program.folders.patterns / "mine.toml").write_text("id = 5\n")
    (program.folders.patterns / "other.toml").write_text("id = 6\n")
    inventory, home = program.services.inventory, program.pages.home
    inventory.read()
    program.wait(lambda: program.shows("mine.toml: ") and program.shows("other.toml: "))
    closing = [each for each in home.notices.findChildren(QAbstractButton) if each.isVisible()]
    assert [each.accessibleName() for each in closing] == ["Close this notice"] * 2
    closing[0].setFocus()
    program.press(Qt.Key.Key_Space)
    assert home.hasFocus(), "the keys are the page's, not those of the notice below"
    inventory.read()
    program._qtbot.wait(300)
    assert not program.shows("mine.toml: ")
    assert program.shows("other.toml: ")


def test_a_name_that_is_no_text_can_be_said(program: Program) -> None:
    program.window.show_notice("Reading \udcff.mp3 <b>…</b>")
    assert program.notice == "Reading ?.mp3 <b>…</b>"

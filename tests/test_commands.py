"""The table of commands: it is sound, everything that tells a key tells the same, and a key can be another one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

import app
from app.look.commands import BY_ID, COMMANDS, SCREENS, Command, commands_of
from app.look.key_choice import DEFAULTS, refusal, settle
from app.look.key_names import read_key, shown_key
from app.look.keys import Keys
from app.screens.settings.key_button import WAITING, KeyButton
from app.state.folders import system_folders
from app.state.settings import load_settings, read_settings
from interviewer.interview import State
from tests.fakes_children import quiet_children
from tests.key_table import key_table
from tests.program import Program
from tests.pulse import Pulse

README = Path(__file__).resolve().parent.parent / "README.md"
OWN = [command for command in COMMANDS if not command.is_fixed]

# The table


def test_ids_are_unique_and_lie_on_a_screen() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert {command.screen for command in COMMANDS} == set(SCREENS)
    assert [each for screen in SCREENS for each in commands_of(screen)] == list(COMMANDS)


def test_every_key_is_written_as_qt_writes_it() -> None:
    for command in COMMANDS:
        assert command.keys
        assert [read_key(key) for key in command.keys] == list(command.keys)
        assert bool(command.family) is (len(command.keys) > 1)
        assert command.is_fixed or len(command.keys) == 1


def test_no_two_commands_have_the_same_key_where_both_listen() -> None:
    both = [
        {one.id, other.id}
        for one in COMMANDS
        for other in COMMANDS
        if one is not other and one.meets(other) and set(one.keys) & set(other.keys)
    ]
    # in the room, the window leaves Esc to it
    assert [pair for pair in both if pair != {"everywhere.back", "room.leave"}] == []


def test_every_command_that_the_program_speaks_of_is_in_the_table() -> None:
    named = re.compile(rf"[\"'{{]((?:{'|'.join(SCREENS)})\.[a-z_]+)[\"'}}]")
    sources = [path for path in Path(app.__path__[0]).rglob("*.py") if path.name != "commands.py"]
    spoken = {name for path in sources for name in named.findall(path.read_text(encoding="utf-8"))}
    assert spoken - set(BY_ID) == set()
    told_by_their_mode = {f"home.{mode}" for mode in ("learn", "test", "drill", "mock")}
    told_by_their_folder = {f"everywhere.{page.parent.name}" for page in sources if page.name == "page.py"}
    left_to_qt = {"sessions.open"}
    assert set(BY_ID) - spoken - told_by_their_mode - told_by_their_folder - left_to_qt == set()


def test_the_readme_has_the_table() -> None:
    """`python -m tests.key_table` prints it."""
    assert key_table() in README.read_text(encoding="utf-8")


# Which key a command may have


@pytest.mark.parametrize("command", OWN, ids=lambda command: command.id)
def test_each_may_have_its_own_key_and_one_that_is_free(command: Command) -> None:
    assert refusal(command, command.keys[0], DEFAULTS) == ""
    assert refusal(command, "Ctrl+Shift+F7", DEFAULTS) == ""
    assert settle({command.id: "Ctrl+Shift+F7"})[command.id] == ("Ctrl+Shift+F7",)


@pytest.mark.parametrize(
    ("command", "key", "sentence"),
    [
        ("room.hint", "R", "R already does: Redo this part; the first attempt is kept. Choose another key, or change"),
        ("room.hint", "Y", "Y already does: When the microphone has gone: go on, or end here. Choose another key."),
        ("room.hint", "Ctrl+1", "Ctrl+1 already does: Home. Choose another key, or change that one first."),
        ("everywhere.home", "Ctrl+Alt+F", ""),
        ("debrief.again", "L", "L already does: Repeat the section, or the selection."),
        ("drill.hear", "R", ""),
        ("room.hint", "Tab", "Tab leads from one thing to the next."),
        ("room.hint", "Esc", "Esc always leads back."),
        ("room.hint", "Return", "Enter presses what has the focus."),
        ("room.hint", "Up", "↑ moves about in pages, lists and text."),
        ("room.hint", "Ctrl+C", "Ctrl+C is needed while text is written."),
        ("room.hint", "Alt+F4", "Alt+F4 belongs to the system."),
        ("room.hint", "Space", "Space already does: The main key"),
        ("home.learn", "Space", "Space presses what has the focus there."),
        ("everywhere.home", "G", "G alone is needed on the pages."),
        ("everywhere.home", "Shift+G", "Shift+G alone is needed on the pages."),
        ("everywhere.home", "F6", ""),
        ("sessions.bin", "D", "D is typed into the search there."),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_a_sentence(command: str, key: str, sentence: str) -> None:
    said = refusal(BY_ID[command], key, DEFAULTS)
    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)


@pytest.mark.parametrize(
    ("chosen", "moved"),
    [
        ({"room.redo": "X"}, {"room.redo": "X"}),
        ({"room.redo": "x"}, {"room.redo": "X"}),
        ({"room.redo": "X", "room.hint": "X"}, {"room.redo": "X"}),
        ({"room.hint": "X", "room.redo": "X"}, {"room.hint": "X"}),
        ({"room.redo": "Q"}, {}),
        ({"room.redo": "Q", "room.repeat": "R"}, {"room.redo": "Q", "room.repeat": "R"}),
        ({"room.redo": "Q", "room.repeat": "Nonsense"}, {}),
        ({"room.redo": "X", "drill.again": "X"}, {"room.redo": "X", "drill.again": "X"}),
        ({"debrief.again": "V", "listening.loop": "V"}, {"debrief.again": "V"}),
        ({"everywhere.home": "Ctrl+K", "room.redo": "Ctrl+K"}, {"everywhere.home": "Ctrl+K"}),
        ({"room.redo": "", "room.hint": "Ctrl+K, Ctrl+C", "room.mark": "Shift", "room.clock": "Esc"}, {}),
        ({"room.leave": "X", "debrief.section": "9", "no.such": "X", "": "X", "room": "X"}, {}),
        ({"room.redo": "\x00", "room.hint": "🙂" * 300, "room.mark": "Ctrl+"}, {}),
        ({"room.redo": "Q", "room.repeat": "H", "room.hint": "B", "room.mark": "C"}, {}),
    ],
)
def test_a_file_of_any_kind_leads_to_keys_that_can_be(chosen: dict[str, str], moved: dict[str, str]) -> None:
    in_force = settle(chosen)
    assert {name: keys[0] for name, keys in in_force.items() if keys != DEFAULTS[name]} == moved
    for command in OWN:
        assert refusal(command, in_force[command.id][0], in_force) == ""


def test_keys_that_are_given_back_are_told_once(qapp) -> None:
    keys, told = Keys(), list[str]()
    keys.changed.connect(lambda: told.append(keys.said("{room.redo} redo")))
    keys.take({"room.redo": "X"})
    keys.take({"room.redo": "X", "no.such": "Y"})
    keys.take({})
    assert told == ["X redo", "R redo"]


# In the settings file


def test_the_settings_file_keeps_them_and_a_damaged_one_does_no_harm(home: Path) -> None:
    folders = system_folders()
    folders.config.mkdir(parents=True, exist_ok=True)

    def written(keys: object) -> object:
        folders.settings_file.write_text(json.dumps({"think_seconds": 10, "keys": keys}))
        reading = read_settings(folders)
        assert reading.damaged == {}
        assert reading.settings.think_seconds == 10
        return reading.settings.keys

    assert written({"room.redo": "X", "of.a.later.version": "Y"}) == {"room.redo": "X", "of.a.later.version": "Y"}
    assert written({"room.redo": 7, "room.hint": None, "room.mark": ["B"], "room.clock": "V"}) == {"room.clock": "V"}
    for nonsense in (None, 3, "R", [], [["room.redo", "X"]]):
        assert written(nonsense) == {}
    folders.settings_file.write_text('{"think_seconds": 10}')
    assert load_settings(folders, print).keys == {}


# In the window


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, counts_in=False, speaks=False)
    yield running
    running.close()


def open_keys(program: Program, screen: str) -> None:
    """The settings' keys of a screen, by keys alone."""
    program.press(Qt.Key.Key_Comma, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: program.window.page is program.pages.settings)
    tab_to(program, lambda now: now.accessibleName() == "Keys of which screen")
    program.press(Qt.Key.Key_Home)
    program.press(*[Qt.Key.Key_Down] * list(SCREENS).index(screen))


def tab_to(program: Program, is_it) -> QWidget:
    for _ in range(80):
        now = program.window.focusWidget()
        assert now
        if is_it(now):
            return now
        program.press(Qt.Key.Key_Tab)
    pytest.fail("Tab does not lead there")


def choose(program: Program, command: str, key: Qt.Key) -> None:
    """Tab leads to the command's button, Enter presses it, then the new key."""
    name = f"{BY_ID[command].words}: "
    found = tab_to(program, lambda now: isinstance(now, KeyButton) and now.accessibleName().startswith(name))
    assert isinstance(found, KeyButton)
    program.press(Qt.Key.Key_Return)
    assert found.text() == WAITING
    program.press(key)
    assert found.hasFocus()


def sheet(program: Program) -> list[tuple[str, str]]:
    """The keys on the key sheet with what they do."""
    program.press(Qt.Key.Key_F1)
    program.wait(lambda: program.window.page is program.pages.keys)
    texts = [each.text() for each in program.pages.keys.findChildren(QLabel) if each.property("role") in (None, "key")]
    keys = [each.text() for each in program.pages.keys.findChildren(QLabel) if each.property("role") == "key"]
    assert texts[0] == keys[0]
    return list(zip(texts[::2], texts[1::2], strict=True))


def test_the_sheet_is_the_table(program: Program) -> None:
    told = [(command.family or shown_key(command.keys[0]), command.words) for command in COMMANDS]
    assert sheet(program) == told


def test_other_keys_are_chosen_by_keyboard_and_hold_at_once(program: Program) -> None:
    open_keys(program, "room")
    choose(program, "room.next", Qt.Key.Key_F5)
    choose(program, "room.redo", Qt.Key.Key_G)
    assert program.services.preferences.settings.keys == {"room.next": "F5", "room.redo": "G"}
    told = {words: key for key, words in sheet(program)}
    assert (told[BY_ID["room.next"].words], told[BY_ID["room.redo"].words]) == ("F5", "G")
    program.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    program.press(Qt.Key.Key_M)
    program.wait_for(State.READY)
    assert program.shows("F5 to begin")
    assert program.shows("F5 begin · Esc leave")
    program.press(Qt.Key.Key_Space)
    program._qtbot.wait(50)
    assert program.state is State.READY, "Space is no key of the room any more"
    for state in (State.ASKING, State.RECORDING):
        program.press(Qt.Key.Key_F5)
        program.wait_for(state)
    assert program.shows("F5 next part · Enter finish answer · G redo")
    program._qtbot.wait(400)
    program.press(Qt.Key.Key_R)
    program.press(Qt.Key.Key_G)
    program.wait(lambda: [take.turn for take in program.session().takes] == ["situation", "situation"])
    program._qtbot.wait(300)
    program.press(Qt.Key.Key_F5)
    program.wait(lambda: program.session().takes[-1].turn == "task")
    assert len(program.session().takes) == 3
    program.wait(lambda: json.loads(program.folders.settings_file.read_text())["keys"]["room.redo"] == "G")
    program.press(Qt.Key.Key_Escape)
    program.wait_for(State.LEAVING)
    buttons = program.pages.room.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Throw away").setFocus()
    program.press(Qt.Key.Key_Space)  # presses what has the focus, as ever
    program.wait(lambda: program.window.page is program.pages.home)


def test_a_key_that_is_taken_is_said_and_not_taken(program: Program) -> None:
    open_keys(program, "room")
    choose(program, "room.hint", Qt.Key.Key_R)
    assert program.shows("R already does: Redo this part")
    assert program.window.keys_in_force.chosen == {}
    choose(program, "room.hint", Qt.Key.Key_Return)
    assert program.shows("Enter presses what has the focus.")
    assert not program.shows("R already does")
    choose(program, "room.hint", Qt.Key.Key_F1)
    assert program.window.page is program.pages.settings, "the key was for the button, not for the window"
    assert program.shows("F1 already does: All keys.")
    choose(program, "room.hint", Qt.Key.Key_Escape)
    assert program.window.page is program.pages.settings
    choose(program, "room.hint", Qt.Key.Key_J)
    assert not program.shows("already does")
    assert program.window.keys_in_force.text("room.hint") == "J"


def test_tab_leaves_a_button_that_waits(program: Program) -> None:
    open_keys(program, "room")
    button = tab_to(program, lambda now: isinstance(now, KeyButton))
    assert isinstance(button, KeyButton)
    program.press(Qt.Key.Key_Space)
    assert button.text() == WAITING
    program.press(Qt.Key.Key_Tab)
    assert not button.hasFocus()
    assert button.text() == "Space"
    program.press(Qt.Key.Key_G)
    assert program.window.keys_in_force.chosen == {}


def test_keys_go_back_one_by_one_and_all_at_once(program: Program) -> None:
    open_keys(program, "microphone")
    choose(program, "microphone.toggle", Qt.Key.Key_F5)
    choose(program, "microphone.hear", Qt.Key.Key_G)
    tab_to(program, lambda now: now.accessibleName() == "Record a sentence, and stop: back to its own key")
    program.press(Qt.Key.Key_Return)
    assert program.window.keys_in_force.chosen == {"microphone.hear": "G"}
    focused = program.window.focusWidget()
    assert isinstance(focused, KeyButton)
    assert focused.text() == "Space"
    tab_to(program, lambda now: isinstance(now, QPushButton) and now.text() == "Reset all keys")
    program.press(Qt.Key.Key_Return)
    assert program.window.keys_in_force.chosen == {}
    assert program.services.preferences.settings.keys == {}


def test_a_key_of_the_window_is_another_one_at_once(program: Program) -> None:
    open_keys(program, "everywhere")
    choose(program, "everywhere.keys", Qt.Key.Key_F6)
    program.press(Qt.Key.Key_F1)
    assert program.window.page is program.pages.settings
    program.press(Qt.Key.Key_F6)
    program.wait(lambda: program.window.page is program.pages.keys)


def test_a_damaged_file_of_keys_opens_the_program(qapp, qtbot, pulse: Pulse) -> None:
    keys = {"room.redo": "G", "room.hint": "G", "room.mark": "Nonsense", "no.such": "K", "home.mock": "F8"}
    running = Program(qapp, qtbot, quiet_children, counts_in=False, speaks=False, keys=keys)
    assert running.window.keys_in_force.chosen == {"room.redo": "G", "home.mock": "F8"}
    buttons = [each for each in running.window.home.findChildren(QPushButton) if each.text() == "Mock interview (F8)"]
    assert len(buttons) == 1
    assert running.window.home.start.toolTip() == "Mock interview (F8)"
    QTest.keyClick(running.window.home, Qt.Key.Key_F8)
    running.wait(lambda: running.window.page is running.pages.room)
    running.close()

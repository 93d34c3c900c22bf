"""Which key a command may have: why one is refused, as a sentence, and what is made of the keys in a settings file."""

from collections.abc import Mapping

from app.look.commands import BY_ID, COMMANDS, Command
from app.look.key_names import read_key, shown_key

InForce = Mapping[str, tuple[str, ...]]
"""The keys of every command, by its id."""

DEFAULTS: InForce = {command.id: command.keys for command in COMMANDS}

FUNCTION_KEYS = {f"F{number}" for number in range(1, 36)}
MOVES = {"Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"}
FOCUS = {"Tab", "Backtab"}
TEXT = {f"Ctrl+{key}" for key in ("A", "C", "V", "X", "Y", "Z", "Backspace", "Del", "Ins")} | {"Backspace"}
SYSTEM = {"Alt+F4", "Alt+Space", "Alt+Tab", "Print"}
WITH_SPACE = {command.page for command in COMMANDS if "Space" in command.keys}
"""Where Space is a key of the page; elsewhere it presses what has the focus."""


def refusal(command: Command, key: str, in_force: InForce) -> str:
    """Why a command cannot have a key, in a sentence; empty when it can. Its own one it always can have back, unless
    another command has that by now."""
    reason = "" if key in command.keys else _no_key_for(command, key)
    if reason:
        return reason
    for other in COMMANDS:
        if other is not command and other.meets(command) and key in in_force[other.id]:
            words = other.words.rstrip(".")
            if other.is_fixed:
                return f"{shown_key(key)} already does: {words}. Choose another key."
            return f"{shown_key(key)} already does: {words}. Choose another key, or change that one first."
    return ""


def settle(chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys of all commands, with those that were chosen where that can be. An unknown command, one that is fixed
    and a key that is none or may not be taken are passed over; of two that would have the same key, the one that was
    chosen later has its own again."""
    in_force = dict(DEFAULTS)
    taken: list[Command] = []
    for name, text in chosen.items():
        command, key = BY_ID.get(name), read_key(text)
        if command and not command.is_fixed and key and not _no_key_for(command, key):
            in_force[name] = (key,)
            taken.append(command)
    while clashing := next((each for each in reversed(taken) if refusal(each, in_force[each.id][0], in_force)), None):
        in_force[clashing.id] = clashing.keys
        taken.remove(clashing)
    return in_force


def _no_key_for(command: Command, key: str) -> str:
    """Why a key is none for a command, whoever else has it."""
    *held, last = key[:-1].split("+")
    last += key[-1:]
    shown, is_plain = shown_key(key), held in ([], ["Shift"])
    if last in FOCUS:
        return "Tab leads from one thing to the next. Choose another key."
    if key == "Esc":
        return "Esc always leads back. Choose another key."
    if last == "Return":
        return "Enter presses what has the focus. Choose another key."
    if last in MOVES and is_plain:
        return f"{shown} moves about in pages, lists and text. Choose another key."
    if key in TEXT:
        return f"{shown} is needed while text is written. Choose another key."
    if key in SYSTEM or "Meta" in held:
        return f"{shown} belongs to the system. Choose another key."
    if is_plain and last not in FUNCTION_KEYS:
        if command.page == "everywhere":
            return f"{shown} alone is needed on the pages. Choose one with Ctrl or Alt, or a function key."
        if command.page == "sessions" and len(last) == 1:
            return f"{shown} is typed into the search there. Choose one with Ctrl or Alt, or a function key."
        if last == "Space" and command.page not in WITH_SPACE:
            return "Space presses what has the focus there. Choose another key."
    return ""

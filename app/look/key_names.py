"""A key as text: Qt's portable form, which files and the table of commands hold, and what a person reads."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

NAMES = {
    "Return": "Enter",
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "Page up",
    "PgDown": "Page down",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "-": "–",
    ",": "Comma",
    ".": "Full stop",
}
"""What a person reads, where it is not Qt's own word."""

HELD = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_Hyper_L,
    Qt.Key.Key_Hyper_R,
}
"""Keys that are held while another one is pressed, and mean nothing alone."""

MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def key_of(event: QKeyEvent) -> str:
    """The key that was pressed, in the portable form; empty for one that is only held."""
    return _portable(event.key(), event.modifiers())


def read_key(text: str) -> str:
    """A key in the portable form, as this program writes it; empty for what is no key."""
    keys = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
    if keys.count() != 1:
        return ""
    key: QKeyCombination = keys[0]  # type: ignore[index]
    return _portable(key.key().value, key.keyboardModifiers())


def shown_key(text: str) -> str:
    """A key in the portable form as a person reads it."""
    before, _, key = text[:-1].rpartition("+")
    key += text[-1:]
    held = f"{before}+" if before else ""
    return held + (key if held and key in (",", ".") else NAMES.get(key, key))


def _portable(key: int, modifiers: Qt.KeyboardModifier) -> str:
    """One way to write each key: Enter is the same wherever it lies, and a sign is itself whether or not it takes Shift
    on somebody's keyboard."""
    if key in HELD or key in (0, Qt.Key.Key_unknown):
        return ""
    key = Qt.Key.Key_Return if key == Qt.Key.Key_Enter else key
    held = modifiers & MODIFIERS
    is_sign = 0x20 < key < 0x100 and not chr(key).isalpha()
    if is_sign:
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(int(key) | held.value).toString(QKeySequence.SequenceFormat.PortableText)

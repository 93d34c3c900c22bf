"""Names of files and folders that came from outside: which of them may be joined to a path, and how they are shown.

What a file manager makes of a name ("2026-11-25-0900-abcdef (copy)") is fine; what means something to a system is not.
"""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 100
LONGEST_BYTES = 200
"""Of 255 that a file system takes: something is put before and behind."""
LONGEST_SHOWN = 80
_MEANING = frozenset('/\\:*?"<>|')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)


def is_safe(name: str) -> bool:
    """Whether a name is that of one file or folder on every system: readable, visible, in one spelling, no way to
    elsewhere and no device."""
    return (
        0 < len(name) <= LONGEST
        and name.isprintable()
        and len(name.encode()) <= LONGEST_BYTES
        and not _MEANING.intersection(name)
        and name[0] not in ". "
        and name[-1] not in ". "
        and not _DEVICE.fullmatch(name)
        and unicodedata.is_normalized("NFC", name)
    )


def alike(name: str) -> str:
    """The same for all names that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shown(name: str) -> str:
    """A name as it may stand in a sentence: one line, not endless, nothing unreadable."""
    whole = name if name.isprintable() else repr(name)[1:-1]
    return whole if len(whole) <= LONGEST_SHOWN else f"{whole[:LONGEST_SHOWN]} …"


def some_of(names: Sequence[str], most: int = 3) -> str:
    """The first few of several names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")

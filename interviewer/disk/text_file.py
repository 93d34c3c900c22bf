"""A text that somebody wrote elsewhere, as characters: UTF-8 or UTF-16, with or without a mark, as editors save it."""

import codecs
import re
from pathlib import Path

from interviewer.disk.foreign import open_file, shown_name
from interviewer.errors import PracticeError

LARGEST_BYTES = 1 << 20
"""An answer of three minutes has three kilobytes."""

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Control characters that no editor writes: bytes of something else."""


def read_text(path: Path) -> str:
    """The text of a file. Raises PracticeError with one sentence that names the file."""
    with open_file(path) as file:
        data = file.read(LARGEST_BYTES + 1)
    return text_of(data, shown_name(path))


def text_of(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """The text of some bytes: by their mark, else UTF-8, else `encoding`. Raises PracticeError, which names `name`."""
    if len(data) > LARGEST_BYTES:
        raise PracticeError(f"{name} is larger than 1 MB, which no answer is. Choose a file with one answer in it.")
    marked = next((by for mark, by in _MARKED.items() if data.startswith(mark)), None)
    for each in (marked,) if marked else ("utf-8", encoding):
        try:
            text = data.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _NO_TEXT.search(text):
            return text
    raise PracticeError(f"{name} is not plain text in UTF-8. Save it as plain text in UTF-8, then try again.")

"""A typed answer: its page filled, and what was written made a session of its own, without takes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.archive import Archive
from app.typing_page import TypingPage
from interviewer.session import Session
from interviewer.written import read_written


class Typing(QObject):
    """Lives on the GUI thread."""

    written = Signal(str)
    """Id of the session that was made of a typed answer."""

    def __init__(self, page: TypingPage, archive: Archive, begin: Callable[[], Session]) -> None:
        super().__init__()
        self._archive = archive
        self._begin = begin
        page.written.connect(self._read)

    def _read(self, text: str) -> None:
        typed = replace(self._begin(), typed=read_written(text).by_section(), is_closed=True)
        self._archive.add(typed, lambda: self.written.emit(typed.id))

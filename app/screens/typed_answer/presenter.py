"""A typed answer: its page filled, and what was written made a session of its own, without takes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.screens.typed_answer.page import TypingPage
from app.state.archive import Archive
from app.state.bridge import Disk
from interviewer.language.written import read_written
from interviewer.pattern import Section
from interviewer.session import Session


class Typing(QObject):
    """Lives on the GUI thread; a pasted text may be long, so it is read on the disk's."""

    written = Signal(str)
    """Id of the session that was made of a typed answer."""

    def __init__(self, page: TypingPage, archive: Archive, disk: Disk, begin: Callable[[], Session]) -> None:
        super().__init__()
        self._archive = archive
        self._begin = begin
        page.written.connect(lambda text: disk.do(lambda: read_written(text).by_section(), self._keep))

    def _keep(self, told: Mapping[Section, str]) -> None:
        typed = replace(self._begin(), typed=told, is_closed=True)
        self._archive.add(typed, lambda: self.written.emit(typed.id))

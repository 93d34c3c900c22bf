"""The person's own stories as the window sees them: read, changed, kept; what has been told for which principle."""

from collections import Counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.screens.stories.page import StoriesPage
from app.state.bridge import Disk
from app.state.session_index import Library
from content.principles import principles
from interviewer.disk.query import Row
from interviewer.disk.story_file import OwnStory, StoryBank

SETTLING_MS = 500
"""Waited after a key before the file is written."""


class Stories(QObject):
    """Lives on the GUI thread; the only place where stories change."""

    changed = Signal()

    def __init__(self, page: StoriesPage, bank: StoryBank, library: Library, disk: Disk) -> None:
        super().__init__()
        self._page = page
        self._bank = bank
        self._library = library
        self._disk = disk
        self.all: tuple[OwnStory, ...] = ()
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._write)
        page.show_principles([principle.name for principle in principles()])
        page.changed.connect(self._change)

    def read(self) -> None:
        """Reads the bank."""
        self._disk.do(self._bank.read, self._was_read, "reading your stories")

    def show(self) -> None:
        """Brings the page up to date."""
        self._page.show_stories(self.all)
        self._library.count_stories(self._covered)

    def close(self) -> None:
        """Writes what is not written yet."""
        if self._settling.isActive():
            self._settling.stop()
            self._write()

    def _was_read(self, stories: tuple[OwnStory, ...]) -> None:
        self.all = stories
        self._page.show_stories(stories)
        self.changed.emit()

    def _change(self, stories: tuple[OwnStory, ...]) -> None:
        self.all = stories
        self._page.show_stories(stories)
        self._settling.start()
        self.changed.emit()

    def _write(self) -> None:
        stories = self.all
        self._disk.do(lambda: self._bank.write(stories), doing="writing your stories")

    def _covered(self, rows: tuple[Row, ...]) -> None:
        self._page.show_coverage(Counter((row.story, row.principle) for row in rows if row.story))

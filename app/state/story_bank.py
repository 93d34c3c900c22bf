"""The person's own stories: read, changed, kept. How they are shown is the stories screen's work."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.state.bridge import Disk
from interviewer.disk.story_file import OwnStory, StoryFile

SETTLING_MS = 500
"""Waited after a key before the file is written."""


class StoryBank(QObject):
    """Lives on the GUI thread; the only place where stories change."""

    changed = Signal()

    def __init__(self, file: StoryFile, disk: Disk) -> None:
        super().__init__()
        self._file = file
        self._disk = disk
        self.all: tuple[OwnStory, ...] = ()
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._write)

    def read(self) -> None:
        """Answered by `changed`."""
        self._disk.do(self._file.read, self._was_read, "reading your stories")

    def change(self, stories: tuple[OwnStory, ...]) -> None:
        """Takes all stories as they are now; they are written a moment later."""
        self.all = stories
        self._settling.start()
        self.changed.emit()

    def close(self) -> None:
        """Writes what is not written yet."""
        if self._settling.isActive():
            self._settling.stop()
            self._write()

    def _was_read(self, stories: tuple[OwnStory, ...]) -> None:
        self.all = stories
        self.changed.emit()

    def _write(self) -> None:
        stories = self.all
        self._disk.do(lambda: self._file.write(stories), doing="writing your stories")

"""The settings in force: kept in their files, told to whoever asked. How they look is the settings screen's work."""

from PySide6.QtCore import QObject, Signal

from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.settings import Reading, Settings, read_settings, save_settings


class Preferences(QObject):
    """Lives on the GUI thread; the only place where settings change."""

    changed = Signal(object, object)
    """The settings before and after."""

    def __init__(self, settings: Settings, folders: Folders, disk: Disk) -> None:
        super().__init__()
        self.settings = settings
        self.is_private = False
        """The next session is to be private: chosen anew each time the program runs."""
        self._folders = folders
        self._disk = disk

    def change(self, settings: Settings) -> None:
        """Takes new settings, keeps them, and tells."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        self._disk.do(lambda: save_settings(settings, self._folders), doing="writing the settings")
        self.changed.emit(before, settings)

    def read_anew(self) -> None:
        """Takes what is in the files now: a backup may have brought them."""
        self._disk.do(lambda: read_settings(self._folders), self._was_read)

    def _was_read(self, reading: Reading) -> None:
        before, self.settings = self.settings, reading.settings
        self.changed.emit(before, reading.settings)

"""The settings in force: kept in their file, shown on their page, told to whoever asked."""

from PySide6.QtCore import QObject, Signal

from app.screens.settings.page import ModelRow, SettingsPage, TargetsRow
from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.inventory import Inventory
from app.state.settings import Reading, Settings, read_settings, save_settings
from interviewer.pattern import Level


class Preferences(QObject):
    """Lives on the GUI thread; the only place where settings change."""

    changed = Signal(object, object)
    """The settings before and after."""

    def __init__(
        self, settings: Settings, page: SettingsPage, inventory: Inventory, folders: Folders, disk: Disk
    ) -> None:
        super().__init__()
        self.settings = settings
        self._page = page
        self._inventory = inventory
        self._folders = folders
        self._disk = disk
        self._targets_level = Level(settings.level)
        self._model_note = ""
        page.changed.connect(self.change)
        page.targets_wished.connect(self._show_targets)
        page.show_folders(f"Sessions, patterns, models and voices are in {folders.data}.")
        inventory.changed.connect(self.show)
        inventory.microphones_changed.connect(self.show)

    def change(self, settings: Settings) -> None:
        """Takes new settings, keeps them, and tells."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        self._disk.do(lambda: save_settings(settings, self._folders), doing="writing the settings")
        self.changed.emit(before, settings)
        self.show()

    def read_anew(self) -> None:
        """Takes what is in the files now: a backup may have brought them."""
        self._disk.do(lambda: read_settings(self._folders), self._was_read)

    def _was_read(self, reading: Reading) -> None:
        before, self.settings = self.settings, reading.settings
        self.changed.emit(before, reading.settings)
        self.show()

    def show_model_note(self, text: str) -> None:
        """What the chosen model says of itself."""
        self._model_note = text
        self.show()

    def show(self) -> None:
        """Brings the page up to date."""
        settings, page = self.settings, self._page
        page.show_settings(settings)
        page.show_devices(self._inventory.microphones, settings.microphone)
        ours = str(self._folders.models)
        found = self._inventory.models_with(settings.model_folder)
        models = [ModelRow(name, folder, folder.startswith(ours)) for name, folder in found]
        page.show_models(models, settings.model_folder, self._model_note)
        self._show_targets(settings.pattern, self._targets_level)

    def _show_targets(self, pattern_id: str, level: Level) -> None:
        self._targets_level = level
        pattern = self._inventory.pattern(pattern_id)
        if pattern:
            own = pattern.targets(level)
            in_force = pattern.targets(level, self.settings.own_targets(pattern_id, level))
            self._page.show_targets(TargetsRow(pattern_id, pattern.principle, level, own, in_force))

"""What there is to choose from: patterns, models and microphones. Read on the disk's thread, told on the GUI's."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.bridge import Disk
from app.folders import Folders
from audio.models import Model, find_models
from content.loader import Library, find_patterns
from interviewer.pattern import Level, Pattern, Section


class Inventory(QObject):
    """Lives on the GUI thread. Empty until the first `read` is answered by `changed`."""

    changed = Signal()
    """Patterns and models were read."""
    microphones_changed = Signal()

    def __init__(self, folders: Folders, disk: Disk) -> None:
        super().__init__()
        self._folders = folders
        self._disk = disk
        self.library = Library()
        self.models: tuple[Model, ...] = ()
        self.microphones: tuple[str, ...] = ()
        self._was_listed = False

    def read(self) -> None:
        """Reads the folders anew."""
        self._disk.do(self._read, self._was_read)

    def set_microphones(self, names: tuple[str, ...]) -> None:
        if names != self.microphones or not self._was_listed:
            self.microphones, self._was_listed = names, True
            self.microphones_changed.emit()

    def pattern(self, pattern_id: str) -> Pattern | None:
        return self.library.patterns.get(pattern_id)

    def own_targets(self, pattern_id: str, level: Level) -> dict[Section, float]:
        """The pattern's own targets; empty where the pattern is not there."""
        pattern = self.pattern(pattern_id)
        return pattern.targets(level) if pattern else {}

    def models_with(self, chosen: str | None) -> list[tuple[str, str]]:
        """Name and folder of each model, the chosen folder among them wherever it lies."""
        rows = [(model.name, str(model.folder)) for model in self.models]
        if chosen and chosen not in [folder for _, folder in rows]:
            rows.append((Path(chosen).name, chosen))
        return rows

    def _read(self) -> tuple[Library, tuple[Model, ...]]:
        self._folders.make()
        return find_patterns(self._folders.patterns), find_models(self._folders.models)

    def _was_read(self, found: tuple[Library, tuple[Model, ...]]) -> None:
        self.library, self.models = found
        self.changed.emit()

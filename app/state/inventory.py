"""What there is to choose from: patterns and models. Read on the disk's thread, told on the GUI's."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.state.bridge import Disk
from app.state.folders import Folders
from audio.models import Model, find_models
from content.loader import Library, find_patterns
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session


class Inventory(QObject):
    """Lives on the GUI thread. Empty until the first `read` is answered by `changed`."""

    changed = Signal()
    """Patterns and models were read."""

    def __init__(self, folders: Folders, disk: Disk) -> None:
        super().__init__()
        self._folders = folders
        self._disk = disk
        self.library = Library()
        self.models: tuple[Model, ...] = ()

    def read(self) -> None:
        """Reads the folders anew. What cannot be read of one kind hides nothing of the other."""
        self._disk.do(self._folders.make, doing="making the folders for your files")
        self._disk.do(lambda: find_patterns(self._folders.patterns), self._take_patterns, "reading the patterns")
        self._disk.do(
            lambda: find_models(self._folders.models), self._take_models, "looking for speech models", self.changed.emit
        )

    @property
    def models_folder(self) -> Path:
        """Where speech models of ours are."""
        return self._folders.models

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

    def _take_patterns(self, library: Library) -> None:
        self.library = library

    def _take_models(self, models: tuple[Model, ...]) -> None:
        self.models = models
        self.changed.emit()


def pattern_gone(session: Session) -> str:
    """What to say of a session whose pattern is not there."""
    return f"The pattern {session.pattern} is not here any more. Put its file back to open this session."

"""Where things live: one visible folder for what is the person's, the system's own places for the rest."""

import os
import tempfile
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_documents_path, user_runtime_path, user_state_path

from interviewer.errors import PracticeError

NAME = "Plainspoken"


@dataclass(frozen=True, slots=True)
class Folders:
    """The program's folders. `data` is visible and the person's own; the others can be thrown away."""

    data: Path
    config: Path
    cache: Path
    state: Path
    runtime: Path
    """Where private sessions are until the person decides: in memory on Linux, else the system's temporary place."""

    @property
    def patterns(self) -> Path:
        return self.data / "patterns"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def voices(self) -> Path:
        return self.data / "voices"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def own_file(self) -> Path:
        """The settings that are the person's own words; see app.state.settings."""
        return self.data / "own.json"

    def check_data(self, writes: bool = True) -> None:
        """Sees that the data folder is one, or can become one. Leaves nothing behind. Raises PracticeError."""
        made: list[Path] = []
        try:
            if not writes:
                with suppress(FileNotFoundError):
                    os.scandir(self.data).close()
                return
            for folder in reversed([self.data, *self.data.parents]):
                if not folder.exists():
                    folder.mkdir(mode=0o700)
                    made.append(folder)
            with tempfile.TemporaryFile(dir=self.data):
                pass
        except OSError as error:
            advice = "Make it a folder that you may write to, then start again."
            raise PracticeError(f"{self.data} cannot be used ({error.strerror}). {advice}") from error
        finally:
            for folder in reversed(made):
                with suppress(OSError):  # somebody uses it by now
                    folder.rmdir()

    def make(self) -> None:
        """Makes the folders that are missing, for this user only. Raises OSError."""
        self.runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.data, self.patterns, self.models, self.voices, self.config, self.cache, self.state):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def system_folders() -> Folders:
    """The places this system keeps such things in."""
    lower = NAME.lower()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is unset; there is another place for it
        runtime = user_runtime_path(lower, appauthor=False)
    return Folders(
        data=user_documents_path() / NAME,
        config=user_config_path(lower, appauthor=False),
        cache=user_cache_path(lower, appauthor=False),
        state=user_state_path(lower, appauthor=False),
        runtime=runtime,
    )

"""What every screen may ask: one frozen value, made once. It holds what many screens share and decides nothing."""

from dataclasses import dataclass

from app.exchange.incoming import Incoming
from app.exchange.model_download import ModelDownload
from app.exchange.outgoing import Outgoing
from app.look.keys import Keys
from app.sound.hearing import Hearing
from app.sound.lease import Lease
from app.sound.microphones import Microphones
from app.sound.pace import Pace
from app.sound.saying import Saying
from app.state.archive import Archive
from app.state.bridge import Disk
from app.state.folders import Folders
from app.state.history import History
from app.state.inventory import Inventory
from app.state.new_session import new_session
from app.state.preferences import Preferences
from app.state.quizzes import Quizzes
from app.state.session_index import SessionIndex
from app.state.story_bank import StoryBank
from interviewer.level import Level
from interviewer.pattern import Pattern
from interviewer.session import Session


@dataclass(frozen=True, slots=True)
class Services:
    """All of it lives on the GUI thread and lasts as long as the program."""

    folders: Folders
    disk: Disk
    """For what is short, and must not wait."""
    works: Disk
    """For what may take long: it holds up no recording."""
    reader: Disk
    """For reading words: it holds up nothing that is written."""
    keys: Keys
    archive: Archive
    inventory: Inventory
    preferences: Preferences
    index: SessionIndex
    stories: StoryBank
    history: History
    quizzes: Quizzes
    lease: Lease
    microphones: Microphones
    saying: Saying
    hearing: Hearing
    pace: Pace
    incoming: Incoming
    outgoing: Outgoing
    models: ModelDownload

    @property
    def pattern(self) -> Pattern | None:
        """The chosen one; None while it is not there."""
        return self.inventory.pattern(self.preferences.settings.pattern)

    def new_session(self, is_private: bool | None = None) -> Session:
        """A new, empty one from what is chosen now, not yet in the archive; private where that was chosen, unless
        `is_private` says otherwise. Needs a pattern."""
        pattern, settings = self.pattern, self.preferences.settings
        assert pattern
        new_id = self.archive.new_id(self.preferences.is_private if is_private is None else is_private)
        return new_session(new_id, pattern, Level(settings.level), settings)

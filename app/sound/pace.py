"""How fast the person speaks, measured over what was recorded, and the voice at that pace."""

from app.sound.saying import Saying
from app.state.archive import Archive
from app.state.preferences import Preferences
from app.state.settings import WORDS_PER_MINUTE
from interviewer.practice.drill import own_pace
from interviewer.session import Session


class Pace:
    """Lives on the GUI thread. `words_per_minute` is None until enough has been said."""

    def __init__(self, archive: Archive, preferences: Preferences, saying: Saying) -> None:
        self._preferences = preferences
        self._saying = saying
        self.words_per_minute: float | None = None
        archive.listed.connect(self._learn)

    def lend(self) -> None:
        """The voice speaks as fast as the person, as far as it can; before that is known, as the settings say."""
        slow, fast = WORDS_PER_MINUTE
        pace = self.words_per_minute or self._preferences.settings.words_per_minute
        self._saying.words_per_minute = round(min(fast, max(slow, pace)))

    def give_back(self) -> None:
        """The voice speaks as the settings say."""
        self._saying.words_per_minute = self._preferences.settings.words_per_minute

    def _learn(self, sessions: tuple[Session, ...]) -> None:
        self.words_per_minute = own_pace([take for session in sessions for take in session.takes if take.is_finished])

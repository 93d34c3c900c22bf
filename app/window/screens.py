"""The pages beside Home, by the names that the window gives them. Read once Home has been painted."""

from app.look.keys import Keys
from app.look.page import Page
from app.look.theme import Theme
from app.screens.bin.page import DiscardsPage
from app.screens.compare.page import ComparePage
from app.screens.debrief.page import DebriefPage
from app.screens.drill.page import DrillPage
from app.screens.keys.page import KeysPage
from app.screens.learn.page import LearnPage
from app.screens.library.page import LibraryPage
from app.screens.microphone.page import MicrophonePage
from app.screens.principles.page import PrinciplesPage
from app.screens.quiz.page import QuizPage
from app.screens.room.page import RoomPage
from app.screens.settings.page import SettingsPage
from app.screens.stories.page import StoriesPage
from app.screens.trends.page import TrendsPage
from app.screens.typed_answer.page import TypingPage
from app.state.settings import SPEEDS


def make_pages(theme: Theme, keys: Keys) -> dict[str, Page]:
    """All of them, empty."""
    return {
        "microphone": MicrophonePage(theme, keys),
        "room": RoomPage(theme, keys),
        "debrief": DebriefPage(theme, keys, SPEEDS),
        "settings": SettingsPage(theme, keys),
        "keys": KeysPage(theme, keys),
        "typing": TypingPage(theme),
        "library": LibraryPage(theme, keys),
        "compare": ComparePage(theme, keys),
        "trends": TrendsPage(theme),
        "stories": StoriesPage(theme),
        "discards": DiscardsPage(theme),
        "principles": PrinciplesPage(theme),
        "learn": LearnPage(theme, keys),
        "quiz": QuizPage(theme, keys),
        "drill": DrillPage(theme, keys),
    }

"""The pages beside Home, by the names that the window gives them. Read once Home has been painted."""

from app.compare_page import ComparePage
from app.debrief_page import DebriefPage
from app.discards_page import DiscardsPage
from app.drill_page import DrillPage
from app.keys_page import KeysPage
from app.learn_page import LearnPage
from app.library_page import LibraryPage
from app.microphone_page import MicrophonePage
from app.page import Page
from app.principles_page import PrinciplesPage
from app.quiz_page import QuizPage
from app.room_page import RoomPage
from app.settings import SPEEDS
from app.settings_page import SettingsPage
from app.stories_page import StoriesPage
from app.theme import Theme
from app.trends_page import TrendsPage
from app.typing_page import TypingPage


def make_pages(theme: Theme) -> dict[str, Page]:
    """All of them, empty."""
    return {
        "microphone": MicrophonePage(theme),
        "room": RoomPage(theme),
        "debrief": DebriefPage(theme, SPEEDS),
        "settings": SettingsPage(theme),
        "keys": KeysPage(theme),
        "typing": TypingPage(theme),
        "library": LibraryPage(theme),
        "compare": ComparePage(theme),
        "trends": TrendsPage(theme),
        "stories": StoriesPage(theme),
        "discards": DiscardsPage(theme),
        "principles": PrinciplesPage(theme),
        "learn": LearnPage(theme),
        "quiz": QuizPage(theme),
        "drill": DrillPage(theme),
    }

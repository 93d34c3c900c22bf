"""The register: every screen of the program by the name of its folder. A new one is a line here."""

from app.look.theme import Theme
from app.screens.bin.page import BinPage
from app.screens.bin.presenter import TheBin
from app.screens.compare.page import ComparePage
from app.screens.compare.presenter import Compare
from app.screens.debrief.page import DebriefPage
from app.screens.debrief.presenter import Debrief
from app.screens.drill.page import DrillPage
from app.screens.drill.presenter import Drill
from app.screens.drill.sessions import DrillSessions
from app.screens.home.page import HomePage
from app.screens.home.presenter import Home
from app.screens.keys.page import KeysPage
from app.screens.learn.page import LearnPage
from app.screens.learn.presenter import Learn
from app.screens.library.page import LibraryPage
from app.screens.library.presenter import Library
from app.screens.microphone.page import MicrophonePage
from app.screens.microphone.presenter import MicrophoneCheck
from app.screens.principles.page import PrinciplesPage
from app.screens.principles.presenter import Principles
from app.screens.quiz.page import QuizPage
from app.screens.quiz.presenter import Test
from app.screens.room.page import RoomPage
from app.screens.room.presenter import Room
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.screens.settings.page import SettingsPage
from app.screens.settings.presenter import Settings
from app.screens.stories.page import StoriesPage
from app.screens.stories.presenter import Stories
from app.screens.trends.page import TrendsPage
from app.screens.trends.presenter import Trends
from app.screens.typed_answer.page import TypedAnswerPage
from app.screens.typed_answer.presenter import TypedAnswer


def make_screens(home: HomePage, theme: Theme, services: Services, way: Way) -> dict[str, Screen]:
    """All of them, empty. Home's page is there already: it was painted first."""
    keys, drills = services.keys, DrillSessions(services)
    return {
        "home": Home(home, services, way),
        "room": Room(RoomPage(theme, keys), services, way),
        "debrief": Debrief(DebriefPage(theme, keys), services, way),
        "drill": Drill(DrillPage(theme, keys), services, way, drills),
        "learn": Learn(LearnPage(theme, keys), services, way, drills),
        "quiz": Test(QuizPage(theme, keys), services, way),
        "library": Library(LibraryPage(theme, keys), services, way),
        "compare": Compare(ComparePage(theme, keys), services, way),
        "trends": Trends(TrendsPage(theme), services, way),
        "stories": Stories(StoriesPage(theme), services, way),
        "bin": TheBin(BinPage(theme), services, way),
        "principles": Principles(PrinciplesPage(theme), services, way),
        "microphone": MicrophoneCheck(MicrophonePage(theme, keys), services, way),
        "settings": Settings(SettingsPage(theme, keys), services, way),
        "typed_answer": TypedAnswer(TypedAnswerPage(theme), services, way),
        "keys": Screen(KeysPage(theme, keys), way),
    }

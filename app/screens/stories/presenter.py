"""The person's own stories on their page, and what has been told for which principle."""

from collections import Counter

from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.screens.stories.page import StoriesPage
from content.principles import principles
from interviewer.disk.query import Row


class Stories(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: StoriesPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._bank = services.stories
        self._index = services.index
        page.show_principles([principle.name for principle in principles()])
        page.changed.connect(self._bank.change)
        page.takes_wished.connect(lambda story: way.go("library", story))
        page.back_wished.connect(lambda: way.go("home"))
        self._bank.changed.connect(lambda: page.show_stories(self._bank.all))

    def start(self) -> None:
        self._bank.read()

    def enter(self) -> None:
        self._page.show_stories(self._bank.all)
        self._index.count_stories(self._covered)

    def _covered(self, rows: tuple[Row, ...]) -> None:
        self._page.show_coverage(Counter((row.story, row.principle) for row in rows if row.story))

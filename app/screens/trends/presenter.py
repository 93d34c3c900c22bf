"""Trends: the last takes of a pattern, read on a thread of their own."""

from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.screens.trends.page import TrendsPage
from interviewer.disk.query import Query, Row
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.findings.trends import Measures, measured
from interviewer.pattern import Pattern

MOST = 30
"""So many takes are read."""


class Trends(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: TrendsPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._store = Store(services.folders.data)
        self._asked = 0
        page.wished.connect(self._find)
        page.back_wished.connect(lambda: way.go("library"))

    def enter(self) -> None:
        patterns = [(each.id, each.principle) for each in self._services.inventory.library.patterns.values()]
        self._page.show_choices(patterns, self._services.stories.all)
        self._find(*self._page.choice)

    def _find(self, pattern_id: str, story: str) -> None:
        pattern = self._services.inventory.pattern(pattern_id)
        if pattern:
            self._asked += 1
            number = self._asked
            self._page.show_reading()
            query = Query(pattern=pattern_id, story=story, is_whole=True)
            self._services.index.find(
                query, lambda rows: self._read(number, pattern, rows[:MOST]), lambda: self._show(number, [])
            )

    def _read(self, number: int, pattern: Pattern, rows: tuple[Row, ...]) -> None:
        self._services.works.do(
            lambda: self._measures(pattern, rows),
            lambda found: self._show(number, found),
            "reading the takes",
            lambda: self._show(number, []),
        )

    def _measures(self, pattern: Pattern, rows: tuple[Row, ...]) -> list[Measures]:
        found = []
        for row in reversed(rows):
            try:
                found.append(measured(pattern, self._store.load(row.id)))
            except PracticeError:
                continue
        return [each for each in found if each.total_seconds]

    def _show(self, number: int, measures: list[Measures]) -> None:
        if number == self._asked:
            self._page.show_measures(measures)

"""Trends: the last takes of a pattern, read on a thread of their own."""

from PySide6.QtCore import QObject

from app.screens.trends.page import TrendsPage
from app.state.bridge import Disk
from app.state.inventory import Inventory
from app.state.session_index import Library
from app.state.story_bank import Stories
from interviewer.disk.query import Query, Row
from interviewer.disk.store import Store
from interviewer.errors import PracticeError
from interviewer.findings.trends import Measures, measured
from interviewer.pattern import Pattern

MOST = 30
"""So many takes are read."""


class Trends(QObject):
    """Lives on the GUI thread."""

    def __init__(
        self, page: TrendsPage, inventory: Inventory, stories: Stories, library: Library, store: Store, works: Disk
    ) -> None:
        super().__init__()
        self._page = page
        self._inventory = inventory
        self._stories = stories
        self._library = library
        self._store = store
        self._works = works
        self._asked = 0
        page.wished.connect(self._find)

    def show(self) -> None:
        """Brings the page up to date."""
        patterns = [(pattern.id, pattern.principle) for pattern in self._inventory.library.patterns.values()]
        self._page.show_choices(patterns, self._stories.all)
        self._find(*self._page.choice)

    def _find(self, pattern_id: str, story: str) -> None:
        pattern = self._inventory.pattern(pattern_id)
        if pattern:
            self._asked += 1
            number = self._asked
            self._page.show_reading()
            query = Query(pattern=pattern_id, story=story, is_whole=True)
            self._library.find(
                query, lambda rows: self._read(number, pattern, rows[:MOST]), lambda: self._show(number, [])
            )

    def _read(self, number: int, pattern: Pattern, rows: tuple[Row, ...]) -> None:
        self._works.do(
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

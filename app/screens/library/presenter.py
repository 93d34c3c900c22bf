"""All sessions: the list follows the search and what changes; what is brought in, backed up, or thrown away."""

from PySide6.QtCore import QTimer

from app.exchange.file_choice import ask_what_to_read
from app.screens.library.page import LibraryPage
from app.screens.screen import Screen, Way
from app.screens.services import Services
from interviewer.disk.query import Query, Row

TYPING_MS = 60
"""Waited after a key before searching: fast typing asks once."""


class Library(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: LibraryPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._query = Query()
        self._asked = 0
        self._is_behind = False
        """Something has changed since the list was read."""
        self._problem = ""
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._ask)
        index = services.index
        index.moved.connect(page.show_progress)
        index.opened.connect(self._ask)
        index.changed.connect(self._changed)
        page.query_changed.connect(self._change_query)
        page.session_wished.connect(lambda session_id, words: way.go("debrief", session_id, words))
        page.reason_wished.connect(way.say)
        page.throw_away_wished.connect(self._throw_away)
        page.import_wished.connect(self._ask_for_file)
        page.back_up_wished.connect(lambda: services.outgoing.back_up(page))
        page.bin_wished.connect(lambda: way.go("bin"))
        page.trends_wished.connect(lambda: way.go("trends"))
        page.stories_wished.connect(lambda: way.go("stories"))
        page.back_wished.connect(lambda: way.go("home"))

    def start(self) -> None:
        """The list as it was is there before the index has been brought up to date."""
        self._services.index.glance(self._query, self._page.show_rows)

    def open(self, story: str = "", searches: bool = False) -> None:
        """The sessions of one story, or the box to search in."""
        self.ready.emit()
        if story:
            self._page.narrow_to(story)
        if searches and self._page.isVisible():  # the room is not left this way
            self._page.begin_search()

    def enter(self) -> None:
        patterns = [(each.id, each.principle) for each in self._services.inventory.library.patterns.values()]
        stories = [(story.id, story.title or "Untitled") for story in self._services.stories.all]
        self._page.show_choices(patterns, stories)
        if self._is_behind:
            self._ask()

    def close(self) -> None:
        self._typing.stop()

    def _change_query(self, query: Query) -> None:
        self._query = query
        self._typing.start()

    def _changed(self) -> None:
        """All rows are read again while somebody looks at them, and else when somebody will."""
        if self._page.isVisible():
            self._ask()
        else:
            self._is_behind = True

    def _ask(self) -> None:
        self._is_behind = False
        self._asked += 1
        number, query = self._asked, self._query
        self._services.index.ask(
            lambda index: (index.rows(query), index.problem), lambda found: self._show(number, *found)
        )

    def _show(self, number: int, rows: tuple[Row, ...], problem: str) -> None:
        """The answer to the last question; older ones are passed over."""
        if problem != self._problem:
            self._problem = problem
            self._way.say(problem, "the index")
        if number == self._asked:
            self._page.show_rows(rows)

    def _throw_away(self, session_id: str) -> None:
        self._services.archive.throw_away(session_id)
        text = "In the bin for thirty days. To put it back: {everywhere.library}, then The bin."
        self._way.say(self._services.keys.said(text))

    def _ask_for_file(self) -> None:
        title = "Bring in a recording, a packed session or a backup"
        ask_what_to_read(self._page, title, lambda path: self._services.incoming.take_in([path]))

"""A typed answer: its page filled, and what was written made a session of its own, without takes."""

from collections.abc import Mapping
from dataclasses import replace

from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.screens.typed_answer.page import TypedAnswerPage
from interviewer.language.written import read_written
from interviewer.pattern import Section


class TypedAnswer(Screen):
    """Lives on the GUI thread; a pasted text may be long, so it is read on the disk's."""

    def __init__(self, page: TypedAnswerPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        page.written.connect(self._read)
        page.back_wished.connect(lambda: way.go("home"))

    def enter(self) -> None:
        if pattern := self._services.pattern:
            self._page.show_principle(pattern.principle)

    def _read(self, text: str) -> None:
        self._services.disk.do(lambda: read_written(text).by_section(), self._keep)

    def _keep(self, told: Mapping[Section, str]) -> None:
        typed = replace(self._services.new_session(), typed=told, is_closed=True)
        self._services.archive.add(typed, lambda: self._way.go("debrief", typed.id))

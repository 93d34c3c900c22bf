"""The bin as the window sees it: listed, put back, deleted; old throws go at the start."""

from datetime import date, datetime

from app.screens.bin.page import BinPage
from app.screens.screen import Screen, Way
from app.screens.services import Services
from interviewer.disk.bin import Bin
from interviewer.disk.index import Index
from interviewer.disk.store import Store
from interviewer.session import Session


class TheBin(Screen):
    """Lives on the GUI thread. What is deleted goes on the index's thread, with its words."""

    def __init__(self, page: BinPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._bin = Bin(Store(services.folders.data))
        self._index = services.index
        self._works = services.works
        self._keys = services.keys
        page.restore_wished.connect(self._restore)
        page.delete_wished.connect(self._delete)
        page.date_confirmed.connect(self._confirm)
        page.back_wished.connect(lambda: way.go("library"))

    def start(self) -> None:
        """Finishes what was being deleted, and deletes what has been here for thirty days."""
        now = datetime.now()

        def begin(index: Index) -> tuple[date, date] | None:
            self._bin.begin(now)
            self._bin.finish(index.wipe)
            return self._bin.jump(now)

        self._index.ask(begin, self._begun, "emptying the bin of what is old")

    def enter(self) -> None:
        now = datetime.now()
        self._works.do(
            lambda: (self._bin.thrown(now), self._bin.jump(now)),
            lambda found: self._page.show_thrown(*found),
            "reading the bin",
        )

    def _begun(self, jump: tuple[date, date] | None) -> None:
        if jump:
            before, today = jump
            key = self._keys.text("everywhere.library")
            text = f"The clock jumped from {before} to {today}, so nothing was deleted. The bin asks ({key})."
            self._way.say(text, "the bin")
        if self._page.isVisible():
            self.enter()

    def _confirm(self) -> None:
        self._works.do(self._bin.confirm, lambda _: self.enter(), "setting the clock of the bin right")

    def _restore(self, session_id: str) -> None:
        def restored(session: Session | None) -> None:
            if session:
                self._index.take_in(session)
                self._index.look_for_waiting()
            self.enter()

        self._works.do(lambda: self._bin.restore(session_id), restored, "putting the session back", self.enter)

    def _delete(self, session_id: str) -> None:
        def delete(index: Index) -> None:
            self._bin.mark(session_id)
            self._bin.finish(index.wipe)

        self._index.ask(delete, lambda _: self.enter(), "deleting the session", self.enter)

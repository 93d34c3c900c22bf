"""All that is kept, and the pages for it: sessions, stories, trends, comparisons, the bin; what comes and goes."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.exchange.file_choice import ask_what_to_read
from app.exchange.incoming import Begin, Bringing
from app.exchange.outgoing import Sending
from app.look.page import Page
from app.screens.bin.presenter import Discards
from app.screens.compare.presenter import Comparing
from app.screens.trends.presenter import Trends
from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.folders import Folders
from app.state.inventory import Inventory
from app.state.session_index import Library
from app.state.story_bank import Stories
from app.window.main_window import MainWindow
from audio.sound_card import SoundCard
from interviewer.disk.store import Store
from interviewer.disk.story_file import StoryBank
from interviewer.disk.sweep import start_of, sweep
from interviewer.session import Session


class Shelf(QObject):
    """Lives on the GUI thread; built once."""

    page_wished = Signal(object)
    session_wished = Signal(str, str)
    """A session, and the words to begin at."""
    sessions_came = Signal()
    """Sessions are here that were not: some may wait for their words."""
    backup_came = Signal()
    """A backup was taken in: there may be other settings."""

    def __init__(
        self,
        window: MainWindow,
        folders: Folders,
        archive: Archive,
        inventory: Inventory,
        sound: SoundCard,
        bridge: Bridge,
        begin: Begin,
    ) -> None:
        super().__init__()
        store = Store(folders.data)
        self._window = window
        self._folders = folders
        self._archive = archive
        self._inventory = inventory
        # A long look at the index, or a backup of everything, holds up no recording.
        self._works = Disk(bridge, window.show_notice)
        looks = Disk(bridge, window.show_notice)
        self.library = Library(window.library, folders, archive, bridge, looks)
        self.stories = Stories(window.stories, StoryBank(folders.data), self.library, self._works)
        self.comparing = Comparing(window.compare, archive, self.library, inventory, sound)
        self._trends = Trends(window.trends, inventory, self.stories, self.library, store, self._works)
        self._discards = Discards(window.discards, store, self.library, self._works)
        self._bringing = Bringing(folders, begin, self._works, inventory)
        self._sending = Sending(window, folders, archive, inventory, self._works)
        self._shown: dict[Page, Callable[[], None]] = {
            window.library: self._show_choices,
            window.trends: self._trends.show,
            window.stories: self.stories.show,
            window.discards: self._discards.show,
        }
        self._connect()

    def _connect(self) -> None:
        window, library = self._window, self._window.library
        library.session_wished.connect(self.session_wished)
        library.throw_away_wished.connect(self._throw_away)
        library.import_wished.connect(self._ask_for_file)
        library.back_up_wished.connect(self._sending.back_up)
        for signal, page in (
            (library.bin_wished, window.discards),
            (library.trends_wished, window.trends),
            (library.stories_wished, window.stories),
            (library.back_wished, window.home),
            (window.trends.back_wished, library),
            (window.discards.back_wished, library),
            (window.stories.back_wished, window.home),
            (window.compare.back_wished, None),
        ):
            signal.connect(lambda page=page: self.page_wished.emit(page))
        window.stories.takes_wished.connect(self._list_story)
        window.files_dropped.connect(self._bringing.take_in)
        window.debrief.session_actions.compare_wished.connect(lambda: self.comparing.open(window.debrief.session_id))
        window.debrief.session_actions.export_wished.connect(lambda: self._sending.export(window.debrief.session_id))
        self.comparing.opened.connect(lambda: self.page_wished.emit(window.compare))
        self._discards.restored.connect(self._restored)
        self._bringing.brought.connect(self._brought)
        self._bringing.restored.connect(self._came_back)
        self._bringing.restored.connect(self.backup_came)
        library.reason_wished.connect(window.show_notice)
        self._bringing.reading.connect(window.show_reading)
        window.reading_stopped.connect(self._bringing.cancel)
        self._sending.notice.connect(window.show_notice)
        for source in (self.library, self._discards, self._bringing):  # what they say outlives the page
            source.notice.connect(partial(window.show_notice, about=type(source).__name__))

    def start(self) -> None:
        """Opens the index, empties the bin of what is old, reads the stories, sweeps up after a kill."""
        self.library.open()
        self._discards.begin()
        self.stories.read()
        with suppress(OSError):  # where nothing can be written, nothing is left over
            before = start_of(self._folders.data)
            for root in (self._folders.data, self._folders.runtime):
                self._works.do(lambda root=root: sweep(root, before))  # type: ignore[misc]

    def show(self, page: Page) -> None:
        """A page of the shelf comes to the front."""
        if page in self._shown:
            self._shown[page]()

    def close(self) -> None:
        """Finishes what is being written, and gives up what is being read. Blocks."""
        self._bringing.cancel()
        self.stories.close()
        self.library.close()
        self._works.close()

    def _show_choices(self) -> None:
        patterns = [(pattern.id, pattern.principle) for pattern in self._inventory.library.patterns.values()]
        stories = [(story.id, story.title or "Untitled") for story in self.stories.all]
        self._window.library.show_choices(patterns, stories)
        self.library.refresh()

    def _list_story(self, story: str) -> None:
        self.page_wished.emit(self._window.library)
        self._window.library.narrow_to(story)

    def _throw_away(self, session_id: str) -> None:
        self._archive.throw_away(session_id)
        self._window.show_notice("In the bin for thirty days. To put it back: Ctrl+2, then The bin.")

    def _ask_for_file(self) -> None:
        title = "Bring in a recording, a packed session or a backup"
        ask_what_to_read(self._window, title, lambda path: self._bringing.take_in([path]))

    def _restored(self, session: Session | None) -> None:
        if session:
            self.library.take_in(session)
            self.sessions_came.emit()

    def _brought(self, session: Session) -> None:
        self.library.take_in(session)
        self.sessions_came.emit()
        self.session_wished.emit(session.id, "")

    def _came_back(self) -> None:
        self.library.open()
        self.stories.read()
        self.sessions_came.emit()

"""Where the window, the children and the disk meet: what screens share is made here, and what comes in is told on."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.exchange.incoming import Incoming
from app.exchange.model_download import ModelDownload
from app.exchange.outgoing import Outgoing
from app.screens.services import Services
from app.sound.children import MakeChildren, real_children
from app.sound.hearing import Hearing, ModelState
from app.sound.lease import Lease
from app.sound.microphones import Microphones
from app.sound.pace import Pace
from app.sound.saying import Saying
from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.folders import Folders
from app.state.history import History
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from app.state.quizzes import Quizzes
from app.state.session_index import SessionIndex
from app.state.settings import Settings
from app.state.story_bank import StoryBank
from app.window.main_window import MainWindow
from app.window.navigation import Navigation
from app.window.screens import make_screens
from audio.recogniser import Heard
from audio.sound_events import DevicesListed, Level, MicrophoneOpened, SoundEvent, SoundNews
from audio.voice import Said
from interviewer.disk.store import Store
from interviewer.disk.story_file import StoryFile
from interviewer.disk.sweep import start_of, sweep
from interviewer.practice.quiz_shelf import QuizShelf
from interviewer.session import Session

BIRTH_MS = 150
"""Waited before the children start: that takes both cores for a moment, and the first page goes first."""


class Controller(QObject):
    """Lives on the GUI thread; built once. `start` after the first paint, `close` before the program ends."""

    def __init__(
        self, window: MainWindow, folders: Folders, settings: Settings, make_children: MakeChildren = real_children
    ) -> None:
        super().__init__()
        self._window = window
        self._bridge = Bridge()
        self._children = make_children(folders, settings, self._bridge.post)
        self.services = self._make_services(folders, settings)
        self.navigation = Navigation(window)
        self.screens = make_screens(window.home, window.theme, self.services, self.navigation)
        self.navigation.register(self.screens)
        self._birth = QTimer(self, singleShot=True, interval=BIRTH_MS)
        self._birth.timeout.connect(self._children.card.start)
        self._birth.timeout.connect(self._children.recogniser.start)
        self._connect()

    def _make_services(self, folders: Folders, settings: Settings) -> Services:
        bridge, store = self._bridge, Store(folders.data)
        disk, works, reader, looks = (Disk(bridge, self._window.show_notice) for _ in range(4))
        saying = Saying(self._children.voice)
        archive = Archive(store, Store(folders.runtime), disk)
        inventory = Inventory(folders, disk)
        preferences = Preferences(settings, folders, disk)
        index = SessionIndex(folders, archive, bridge, looks)
        return Services(
            folders=folders,
            disk=disk,
            works=works,
            reader=reader,
            keys=self._window.keys_in_force,
            archive=archive,
            inventory=inventory,
            preferences=preferences,
            index=index,
            stories=StoryBank(StoryFile(folders.data), works),
            history=History(index, store, archive, inventory),
            quizzes=Quizzes(QuizShelf(folders.data), disk),
            lease=Lease(self._children.card),
            microphones=Microphones(self._children.card),
            saying=saying,
            hearing=Hearing(self._children.recogniser, archive),
            pace=Pace(archive, preferences, saying),
            incoming=Incoming(folders, lambda: self.services.new_session(is_private=False), works, inventory),
            outgoing=Outgoing(folders, archive, inventory, works),
            models=ModelDownload(inventory, preferences, bridge, disk),
        )

    def start(self) -> None:
        """Starts the children and reads what is on the disk. Called once the window has been painted."""
        services = self.services
        for screen in self.screens.values():
            screen.start()
        services.index.open()
        self._sweep()
        services.inventory.read()
        self.screens["home"].enter()
        self._show_model(services.hearing.model)
        self._use_model()
        services.microphones.look()
        self._birth.start()

    def close(self) -> None:
        """Ends everything. A take that is being recorded is closed, and its session can go on later."""
        services = self.services
        self.navigation.screen.leave()
        self._children.card.stop()
        services.models.cancel()
        services.incoming.cancel()
        self._bridge.deliver_now()
        for screen in self.screens.values():
            screen.close()
        self._birth.stop()
        services.microphones.rest()
        self._children.recogniser.stop()
        self._children.voice.stop()
        services.stories.close()
        services.index.close()
        for thread in (services.works, services.reader, services.disk):
            thread.close()
        self._bridge.close()

    def _sweep(self) -> None:
        """After a kill something may be left over. The moment is taken here: what is written from now on stays."""
        folders = self.services.folders
        with suppress(OSError):  # where nothing can be written, nothing is left over
            before = start_of(folders.data)
            for root in (folders.data, folders.runtime):
                self.services.works.do(partial(sweep, root, before))

    def _connect(self) -> None:
        window, services = self._window, self.services
        window.closing.connect(self.close)
        window.files_dropped.connect(services.incoming.take_in)
        window.reading_stopped.connect(services.incoming.cancel)
        self._bridge.arrived.connect(self._dispatch)
        services.incoming.brought.connect(self._brought)
        services.incoming.restored.connect(self._restored)
        services.incoming.reading.connect(window.show_reading)
        services.incoming.notice.connect(lambda text: window.show_notice(text, "what came in"))
        services.outgoing.notice.connect(window.show_notice)
        services.index.waiting_found.connect(services.hearing.hear_sessions)
        services.index.unfinished_found.connect(services.archive.find_cut_off)
        services.hearing.model_changed.connect(self._show_model)
        services.hearing.notice.connect(lambda text: window.show_notice(text, "recognition"))
        services.hearing.waiting_changed.connect(window.show_waiting)
        services.microphones.changed.connect(self._show_microphone)
        services.microphones.named.connect(window.show_microphone)
        services.preferences.changed.connect(self._settings_changed)

    def _brought(self, session: Session) -> None:
        self.services.index.take_in(session)
        self.services.index.look_for_waiting()
        self.navigation.go("debrief", session.id)

    def _restored(self) -> None:
        """A backup came: there may be other sessions, stories and settings."""
        self.services.index.open()
        self.services.stories.read()
        self.services.preferences.read_anew()

    def _dispatch(self, event: SoundEvent | Heard | Said) -> None:
        """One event from a child, on the GUI thread."""
        match event:
            case DevicesListed(inputs):
                self.services.microphones.take_in(inputs)
            case MicrophoneOpened(device):
                self._window.show_microphone(f"Microphone: {device}")
            case Level(dbfs=dbfs):
                self._window.show_level(dbfs if self.services.lease.is_held else None)  # it may come late
            case SoundNews(text=text):
                self._window.show_notice(text)
        if isinstance(event, Heard):
            self.services.hearing.dispatch(event)
        elif isinstance(event, Said):
            self.services.saying.dispatch(event)
        else:
            self.services.lease.dispatch(event)

    # The foot line

    def _show_microphone(self) -> None:
        names, chosen = self.services.microphones.names, self.services.preferences.settings.microphone
        name = chosen or ("the system's" if names else "")
        self._window.show_microphone(f"Microphone: {name}" if name else "No microphone found")

    def _show_model(self, model: ModelState) -> None:
        self._window.show_model(model.text)
        if model.name:
            self.services.index.look_for_waiting()

    # Settings

    def _settings_changed(self, before: Settings, after: Settings) -> None:
        if (after.theme, after.text_percent) != (before.theme, before.text_percent):
            self._window.set_look(after.theme, after.text_percent)
        if after.model_folder != before.model_folder:
            self._use_model()
        self.services.saying.words_per_minute = after.words_per_minute
        self._window.keys_in_force.take(after.keys)

    def _use_model(self) -> None:
        folder = self.services.preferences.settings.model_folder
        self.services.hearing.use_model(Path(folder) if folder else None)

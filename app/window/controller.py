"""The Qt boundary: where children, rules and pages meet. Wishes come in, values go out."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.look.page import Page
from app.screens.debrief.presenter import Review
from app.screens.home.presenter import Lobby
from app.screens.microphone.presenter import MicrophoneCheck
from app.screens.room.conductor import Conductor
from app.screens.room.presenter import Entrance
from app.screens.settings.model_download import Fetching
from app.screens.typed_answer.presenter import Typing
from app.sound.hearing import Hearing, ModelState
from app.state.archive import Archive
from app.state.bridge import Bridge, Disk
from app.state.folders import Folders
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from app.state.settings import Settings
from app.window.main_window import MainWindow
from app.window.modes import Modes
from app.window.shelf import Shelf
from audio.recogniser import Heard, Recogniser
from audio.sound_card import SoundCard
from audio.sound_events import DevicesListed, Level, MicrophoneOpened, Played, Playing, SoundEvent, SoundNews, TakeEnded
from audio.voice import Said, Voice
from interviewer.disk.store import Store
from interviewer.session import Session

DEVICES_MS = 2_000
"""How often the microphones are looked for while a page lists them: one that is plugged in appears by itself."""

BIRTH_MS = 150
"""Waited before the children start: that takes both cores for a moment, and the first page goes first."""

VOICE_SAMPLE = "Tell me about a time you earned somebody's trust."


class Controller(QObject):
    """Lives on the GUI thread; built once. `start` after the first paint, `close` before the program ends."""

    def __init__(self, window: MainWindow, folders: Folders, settings: Settings) -> None:
        super().__init__()
        self._window = window
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._dispatch)
        self._disk = Disk(self._bridge, window.show_notice)
        self._reading = Disk(self._bridge, window.show_notice)  # holds up nothing that is written
        self._sound = SoundCard(self._bridge.post)
        self._voice = Voice(folders.cache / "voice", folders.voices, settings.words_per_minute, self._bridge.post)
        self._recogniser = Recogniser(self._bridge.post)
        self._archive = Archive(Store(folders.data), Store(folders.runtime), self._disk)
        self._inventory = Inventory(folders, self._disk)
        self._preferences = Preferences(settings, window.settings, self._inventory, folders, self._disk)
        self._hearing = Hearing(self._recogniser, self._archive)
        self._conductor = Conductor(self._sound, self._voice, self._archive, self._hearing)
        known = (self._archive, self._inventory, self._preferences)
        self._entrance = Entrance(window, *known, self._conductor, self._show, folders.data)
        self._shelf = Shelf(
            window, folders, self._archive, self._inventory, self._sound, self._bridge, self._entrance.session_for
        )
        self._fetching = Fetching(
            folders.models, window.home, window.settings, self._inventory, self._preferences, self._bridge, self._disk
        )
        self._lobby = Lobby(window.home, self._inventory, self._archive, self._preferences)
        sessions = (self._archive, self._hearing, self._inventory)
        self._review = Review(
            window.debrief, *sessions, self._sound, self._preferences, self._shelf.stories, self._reading
        )
        self._modes = Modes(
            window,
            folders,
            *known,
            self._hearing,
            self._shelf.library,
            self._shelf.stories,
            self._sound,
            self._voice,
            self._disk,
        )
        self._check = MicrophoneCheck(
            window.microphone, self._sound, folders.cache / "microphone-check.wav", self._disk
        )
        self._typing = Typing(
            window.typing, self._archive, self._disk, lambda: self._entrance.session_for(window.home.is_private)
        )
        self._trail: list[Page] = []
        """The pages that Esc leads back to, the last one last."""
        self._plugged = QTimer(self, interval=DEVICES_MS)
        self._plugged.timeout.connect(self._sound.list_devices)
        self._birth = QTimer(self, singleShot=True, interval=BIRTH_MS)
        self._birth.timeout.connect(self._sound.start)
        self._birth.timeout.connect(self._recogniser.start)
        self._connect()

    def start(self) -> None:
        """Starts the children and reads what is on the disk. Called once the window has been painted."""
        self._shelf.start()
        self._inventory.read()
        self._modes.start()
        self._lobby.refresh()
        self._model_changed(self._hearing.model)
        self._use_model()
        self._sound.list_devices()
        self._birth.start()

    def close(self) -> None:
        """Ends everything. A take that is being recorded is closed, and its session can go on later."""
        self._modes.leave(self._window.page)
        self._sound.stop()
        self._fetching.cancel()
        self._bridge.deliver_now()
        self._conductor.close()
        self._review.close()
        self._birth.stop()
        self._plugged.stop()
        self._recogniser.stop()
        self._voice.stop()
        self._shelf.close()
        self._reading.close()
        self._disk.close()
        self._bridge.close()

    def _connect(self) -> None:
        window = self._window
        window.page_wished.connect(self._go_to)
        window.closing.connect(self.close)
        home, debrief = window.home, window.debrief
        for wish, page in (
            (home.microphone_wished, window.microphone),
            (home.settings_wished, window.settings),
            (home.library_wished, window.library),
            (home.typing_wished, window.typing),
            (window.typing.back_wished, home),
            (debrief.session_actions.home_wished, home),
            (window.microphone.back_wished, None),
            (window.settings.back_wished, None),
        ):
            wish.connect(partial(self._go_to, page))
        home.session_wished.connect(self._review.open)
        self._entrance.debrief_wished.connect(self._review.open)
        self._shelf.session_wished.connect(self._review.open)
        self._shelf.page_wished.connect(self._go_to)
        self._modes.page_wished.connect(self._go_to)
        self._shelf.sessions_came.connect(self._shelf.library.look_for_waiting)
        self._shelf.backup_came.connect(self._preferences.read_anew)
        self._typing.written.connect(self._review.open)
        home.notices.kept.connect(lambda cut_off: self._archive.keep(cut_off, self._kept))
        self._check.named.connect(window.show_microphone)
        window.microphone.device_chosen.connect(self._choose_microphone)
        window.settings.say_wished.connect(lambda: self._voice.say(VOICE_SAMPLE, is_trial=True))
        self._review.opened.connect(self._open_debrief)
        self._archive.gone.connect(self._forget)
        self._review.closed.connect(lambda: self._show(window.home))
        self._review.notice.connect(window.show_notice)
        self._shelf.library.waiting_found.connect(self._hearing.hear_sessions)
        self._shelf.library.unfinished_found.connect(self._archive.find_cut_off)
        self._hearing.model_changed.connect(self._model_changed)
        self._hearing.notice.connect(partial(window.show_notice, about="recognition"))
        self._hearing.waiting_changed.connect(window.show_waiting)
        self._inventory.microphones_changed.connect(self._show_microphones)
        self._preferences.changed.connect(self._settings_changed)

    def _dispatch(self, event: SoundEvent | Heard | Said) -> None:
        """One event from a child, on the GUI thread."""
        match event:
            case DevicesListed(inputs):
                self._inventory.set_microphones(inputs)
            case MicrophoneOpened(device):
                self._window.show_microphone(f"Microphone: {device}")
            case Level(dbfs=dbfs):
                self._window.show_level(dbfs if self._hears_levels else None)
            case Playing() | Played():
                self._review.player.dispatch(event)
                self._shelf.comparing.dispatch(event)
            case Said(text=text) if text == VOICE_SAMPLE:
                self._voice_sampled(event)
            case SoundNews(text=text):
                self._window.show_notice(text)
        if isinstance(event, Heard):
            self._hearing.dispatch(event)
        elif not isinstance(event, Said) and self._is_checked(event):
            self._check.dispatch(event)
        elif not self._modes.takes(event):
            self._conductor.dispatch(event)

    def _is_checked(self, event: SoundEvent) -> bool:
        """The end of a take goes to whose file it is, also when that page has been left; the rest to who is shown."""
        return self._check.owns(event.path) if isinstance(event, TakeEnded) else self._check.is_active

    @property
    def _hears_levels(self) -> bool:
        """Whether the page has an open microphone; a level may come late, when it has been left."""
        return self._modes.is_drilling or self._window.page in (self._window.microphone, self._window.room)

    @property
    def _settings(self) -> Settings:
        return self._preferences.settings

    # Going about

    def _go_to(self, page: Page | None) -> None:
        """Another page, or back with None. The room is left only through its own question."""
        if self._entrance.is_shut:
            return
        self._show(page or (self._trail[-1] if self._trail else self._window.home))

    def _show(self, page: Page) -> None:
        window, before = self._window, self._window.page
        if before is window.microphone:
            self._check.leave()
        elif before is window.debrief:
            self._review.player.stop()
        elif before is window.compare:
            self._shelf.comparing.stop()
        elif before is window.settings:
            self._sound.hush()
        self._modes.leave(before)
        if page in self._trail:
            del self._trail[self._trail.index(page) :]  # back to it
        elif before not in (page, window.room, window.home):
            self._trail.append(before)
        if page is window.home:
            self._trail.clear()
            self._lobby.refresh()
        elif page is window.settings:
            self._inventory.read()
        elif page is window.typing:
            window.typing.show_principle(window.home.principle)
        elif page is window.microphone:
            self._check.enter(self._settings.microphone)
        if page in (window.microphone, window.settings):
            self._sound.list_devices()
            self._plugged.start()
        else:
            self._plugged.stop()
        self._shelf.show(page)
        self._modes.show(page)
        if page is not window.microphone:
            window.show_level(None)
        window.show_page(page)

    def _open_debrief(self) -> None:
        """Another session is a way on, also where one was looked at before."""
        debrief = self._window.debrief
        if debrief in self._trail:
            self._trail.remove(debrief)
        self._show(debrief)

    def _forget(self, session_id: str) -> None:
        """Nothing leads back to a session that was thrown away."""
        if session_id == self._window.debrief.session_id and self._window.debrief in self._trail:
            self._trail.remove(self._window.debrief)

    def _kept(self, session: Session) -> None:
        self._archive.find_cut_off()
        self._hearing.hear_waiting((session,))

    # What is known

    def _show_microphones(self) -> None:
        chosen, microphones = self._settings.microphone, self._inventory.microphones
        self._window.microphone.show_devices(microphones, chosen)
        name = chosen or ("the system's" if microphones else "")
        self._window.show_microphone(f"Microphone: {name}" if name else "No microphone found")

    def _model_changed(self, model: ModelState) -> None:
        self._window.show_model(model.text)
        self._window.home.show_model(bool(model.name))
        self._preferences.show_model_note(model.text)
        if model.name:
            self._shelf.library.look_for_waiting()

    # Settings

    def _choose_microphone(self, device: str | None) -> None:
        self._preferences.change(replace(self._settings, microphone=device))
        self._check.enter(device)

    def _settings_changed(self, before: Settings, after: Settings) -> None:
        if (after.theme, after.text_percent) != (before.theme, before.text_percent):
            self._window.set_look(after.theme, after.text_percent)
        if after.model_folder != before.model_folder:
            self._use_model()
        self._voice.words_per_minute = after.words_per_minute
        self._window.room.set_clock_style(after.clock_style)
        self._window.keys_in_force.take(after.keys)

    def _use_model(self) -> None:
        folder = self._settings.model_folder
        self._hearing.use_model(Path(folder) if folder else None)

    def _voice_sampled(self, said: Said) -> None:
        self._window.settings.show_voice(said.problem or f"The voice is {said.engine}.")
        if said.path:
            self._sound.play(said.path)

"""The Qt boundary: where children, rules and pages meet. Wishes come in, values go out."""

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.archive import Archive
from app.bridge import Bridge, Disk
from app.conductor import Conductor
from app.folders import Folders
from app.hearing import Hearing, ModelState
from app.home_page import PatternRow, SessionRow
from app.main_window import MainWindow
from app.microphone_check import MicrophoneCheck
from app.page import Page
from app.settings import Settings, save_settings
from app.settings_page import ModelRow, TargetsRow
from app.theme import apply_theme, chosen_theme
from audio.models import Model, find_models
from audio.recogniser import Heard, Recogniser
from audio.sound_card import DevicesListed, Level, MicrophoneOpened, Played, Playing, SoundCard, SoundEvent
from audio.voice import Said, Voice
from content.loader import Library, find_patterns
from interviewer.debrief import verdict_sentence
from interviewer.interview import Turn, guided_turns
from interviewer.pattern import Level as Seniority
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.store import Store
from interviewer.timing import clock_text

VOICE_SAMPLE = "Tell me about a time you earned somebody's trust."


class Controller(QObject):
    """Lives on the GUI thread; built once. `start` after the first paint, `close` before the program ends."""

    def __init__(self, window: MainWindow, folders: Folders, settings: Settings) -> None:
        super().__init__()
        self._window = window
        self._folders = folders
        self._settings = settings
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._dispatch)
        self._disk = Disk(self._bridge, window.show_notice)
        self._sound = SoundCard(self._bridge.post)
        self._voice = Voice(folders.cache / "voice", folders.voices, settings.words_per_minute, self._bridge.post)
        self._recogniser = Recogniser(self._bridge.post)
        self._archive = Archive(Store(folders.data), self._disk)
        self.hearing = Hearing(self._recogniser, self._archive)
        self.conductor = Conductor(self._sound, self._voice, self._archive, self.hearing)
        self._check = MicrophoneCheck(window.microphone, self._sound, folders.cache / "microphone-check.wav")
        self._library = Library({}, {}, ())
        self._models: tuple[Model, ...] = ()
        self._devices: tuple[str, ...] = ()
        self._play_id = 0
        self._back: Page = window.home
        self._session_id = ""
        self._targets_level = Seniority(settings.level)
        self._connect()

    def start(self) -> None:
        """Starts the children and reads what is on the disk. Called once the window has been painted."""
        self._sound.start()
        self._recogniser.start()
        self._sound.list_devices()
        self._disk.do(self._read_content, self._content_read)
        self._archive.find_cut_off()
        self._archive.list()
        self._window.show_model(self.hearing.model.text)
        self._use_model()

    def close(self) -> None:
        """Ends everything; an open take is closed first."""
        self._sound.stop()
        self._recogniser.stop()
        self._voice.stop()
        self._disk.close()

    def _connect(self) -> None:
        window, home, room, debrief = self._window, self._window.home, self._window.room, self._window.debrief
        window.page_wished.connect(self._go_to)
        window.closing.connect(self.close)
        home.mock_wished.connect(self._begin)
        home.choice_changed.connect(self._choose)
        home.session_wished.connect(self._open_debrief)
        home.go_on_wished.connect(self._go_on)
        home.microphone_wished.connect(lambda: self._go_to(window.microphone))
        home.settings_wished.connect(lambda: self._go_to(window.settings))
        home.kept.connect(lambda cut_off: self._archive.keep(cut_off, self._kept))
        window.microphone.device_chosen.connect(self._choose_microphone)
        window.microphone.back_wished.connect(lambda: self._go_to(None))
        window.settings.changed.connect(self._change_settings)
        window.settings.back_wished.connect(lambda: self._go_to(None))
        window.settings.say_wished.connect(lambda: self._voice.say(VOICE_SAMPLE))
        window.settings.targets_wished.connect(self._show_targets)
        room.pressed.connect(self.conductor.press)
        room.hint_wished.connect(self.conductor.toggle_hint)
        room.bookmark_wished.connect(self.conductor.bookmark)
        room.try_again_wished.connect(self.conductor.try_again)
        room.leave_chosen.connect(self.conductor.leave)
        room.debrief_wished.connect(lambda: self._open_debrief(self._session_id))
        room.clock_style_changed.connect(
            lambda style: self._change_settings(replace(self._settings, clock_style=style))
        )
        self.conductor.facts_changed.connect(room.show_facts)
        self.conductor.clock_changed.connect(room.show_clock)
        self.conductor.left.connect(lambda _: self._show(window.home))
        debrief.play_wished.connect(self._play)
        debrief.stop_wished.connect(self._sound.hush)
        debrief.home_wished.connect(lambda: self._go_to(window.home))
        debrief.again_wished.connect(lambda: self._begin(self._settings.pattern, Seniority(self._settings.level)))
        self._archive.changed.connect(debrief.show_change)
        self._archive.listed.connect(self._listed)
        self._archive.cut_off_found.connect(home.show_cut_off)
        self.hearing.words_came.connect(debrief.show_words_so_far)
        self.hearing.model_changed.connect(self._model_changed)
        self.hearing.notice.connect(window.show_notice)

    def _dispatch(self, event: SoundEvent | Heard | Said) -> None:
        """One event from a child, on the GUI thread."""
        match event:
            case DevicesListed(inputs):
                self._devices = inputs
                self._show_devices()
            case MicrophoneOpened(device):
                self._window.show_microphone(f"Microphone: {device}")
            case Level(dbfs=dbfs):
                self._window.show_level(dbfs)
            case Played(id=play_id) if play_id == self._play_id:
                self._window.debrief.show_playing(False)
            case Said(text=text) if text == VOICE_SAMPLE:
                self._voice_sampled(event)
        if isinstance(event, Heard):
            self.hearing.dispatch(event)
        elif self._check.is_active and not isinstance(event, Said):
            self._check.dispatch(event)
        else:
            self.conductor.dispatch(event)

    # Going about

    def _go_to(self, page: Page | None) -> None:
        """A page by name, or back with None. The room is left only through its own question."""
        if self._window.page is self._window.room and self.conductor.is_in_use:
            return
        self._show(page or self._back)

    def _show(self, page: Page) -> None:
        window = self._window
        before = window.page
        if before is window.microphone:
            self._check.leave()
        if before is window.debrief or before is window.settings:
            self._sound.hush()
        self._back = window.home if page in (window.home, window.room) or before is window.room else before
        if page is window.home:
            self._archive.list()
        if page is window.microphone:
            self._check.enter(self._settings.microphone)
            self._show_devices()
        else:
            window.show_level(None)
        if page is window.settings:
            self._sound.list_devices()
            self._disk.do(self._read_content, self._content_read)
            self._show_settings()
        window.show_page(page)

    def _begin(self, pattern_id: str, level: Seniority) -> None:
        """A new guided mock interview."""
        pattern = self._library.patterns[pattern_id]
        own = self._settings.own_targets(pattern_id, level)
        now = datetime.now()
        session = Session(
            id=self._archive.new_id(),
            pattern=pattern_id,
            principle=pattern.principle,
            level=level,
            started=now.isoformat(timespec="minutes"),
            seed=random.randrange(1_000_000),
            targets=pattern.targets(level, own),
            total_seconds=pattern.total_seconds(level, own),
        )
        self._archive.add(session)
        self._enter_room(session)

    def _go_on(self, session_id: str) -> None:
        """A session that was left to go on later."""
        self._archive.open(session_id, self._enter_room)

    def _enter_room(self, session: Session) -> None:
        turns = self._turns(session)
        first = next((place for place, turn in enumerate(turns) if not _is_over(session, turn)), len(turns))
        pattern = self._library.patterns[session.pattern]

        def hint(turn: Turn) -> str:
            return pattern.sections[turn.section].coaching if turn.section else f"It tests: {pattern.probe(turn.key).signal}"

        if first == len(turns):
            self._open_debrief(session.id)
            return
        self._session_id = session.id
        self._window.show_notice("")
        self._window.room.set_clock_style(self._settings.clock_style)
        self._show(self._window.room)
        self.conductor.begin(session, turns, first, self._settings, hint)

    def _turns(self, session: Session) -> tuple[Turn, ...]:
        return guided_turns(self._library.patterns[session.pattern], session.targets, session.seed)

    def _open_debrief(self, session_id: str) -> None:
        self._archive.open(session_id, self._show_debrief)

    def _show_debrief(self, session: Session) -> None:
        pattern = self._library.patterns.get(session.pattern)
        if pattern is None:
            self._window.show_notice(f"The pattern {session.pattern} is not here any more. Put its file back to open this.")
            return
        self._window.debrief.show_session(session, pattern, self._turns(session), bool(self.hearing.model.name))
        self._show(self._window.debrief)

    def _kept(self, session: Session) -> None:
        self._archive.find_cut_off()
        self.hearing.hear_waiting((session,))

    def _play(self, take_id: str, start: int, end: int) -> None:
        session = self._window.debrief.session_id
        take = self._archive.get(session).take(take_id)
        self._play_id = self._sound.play(self._archive.path(session, take.file), start, end)
        self._window.debrief.show_playing(True)

    # What is known

    def _read_content(self) -> tuple[Library, tuple[Model, ...]]:
        self._folders.make()
        return find_patterns(self._folders.patterns), find_models(self._folders.models)

    def _content_read(self, content: tuple[Library, tuple[Model, ...]]) -> None:
        self._library, self._models = content
        level = Seniority(self._settings.level)
        rows = [PatternRow(p.id, p.principle, p.meaning) for p in self._library.patterns.values()]
        self._window.home.show_patterns(rows, self._settings.pattern, level)
        self._window.home.show_problems(self._library.problems)
        self._show_shape()
        self._show_settings()

    def _show_shape(self) -> None:
        pattern = self._library.patterns.get(self._settings.pattern)
        if pattern:
            level = Seniority(self._settings.level)
            total = pattern.total_seconds(level, self._settings.own_targets(pattern.id, level))
            self._window.home.show_shape(
                f"Guided: five sections, up to {clock_text(total)} of speaking, then {len(pattern.probes)} follow-ups."
            )

    def _listed(self, sessions: tuple[Session, ...]) -> None:
        self._window.home.show_sessions([_session_row(session) for session in sessions])
        self.hearing.hear_waiting(sessions)

    def _model_changed(self, model: ModelState) -> None:
        self._window.show_model(model.text)
        self._window.debrief.show_model(bool(model.name))
        self._show_models()
        if model.name:
            self._archive.list()

    def _show_devices(self) -> None:
        chosen = self._settings.microphone
        self._window.microphone.show_devices(self._devices, chosen)
        self._window.settings.show_devices(self._devices, chosen)
        name = chosen or ("the system's" if self._devices else "")
        self._window.show_microphone(f"Microphone: {name}" if name else "No microphone found")

    def _show_models(self) -> None:
        rows = [ModelRow(model.name, str(model.folder)) for model in self._models]
        chosen = self._settings.model_folder
        if chosen and chosen not in [row.folder for row in rows]:
            rows.append(ModelRow(Path(chosen).name, chosen))
        self._window.settings.show_models(rows, chosen, self.hearing.model.text)

    # Settings

    def _show_settings(self) -> None:
        page = self._window.settings
        page.show_settings(self._settings)
        self._show_models()
        self._show_targets(self._settings.pattern, Seniority(self._settings.level))
        page.show_folders(f"Sessions, patterns, models and voices are in {self._folders.data}.")

    def _show_targets(self, pattern_id: str, level: Seniority) -> None:
        pattern = self._library.patterns.get(pattern_id)
        if pattern:
            in_force = pattern.targets(level, self._settings.own_targets(pattern_id, level))
            own = {section: pattern.targets(level)[section] for section in Section}
            self._window.settings.show_targets(TargetsRow(pattern_id, pattern.principle, level, own, in_force))
            self._targets_level = level

    def _choose(self, pattern_id: str, level: Seniority) -> None:
        self._change_settings(replace(self._settings, pattern=pattern_id, level=level.value))

    def _choose_microphone(self, device: str | None) -> None:
        self._change_settings(replace(self._settings, microphone=device))
        self._check.enter(device)

    def _change_settings(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        self._disk.do(lambda: save_settings(settings, self._folders.settings_file))
        if (settings.theme, settings.text_percent) != (before.theme, before.text_percent):
            self.apply_look()
        if settings.model_folder != before.model_folder:
            self._use_model()
        if settings.targets != before.targets:
            self._show_targets(settings.pattern, self._targets_level)
        self._voice.words_per_minute = settings.words_per_minute
        self._window.room.set_clock_style(settings.clock_style)
        self._show_shape()

    def apply_look(self) -> None:
        """Theme and text size, now."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = chosen_theme(self._settings.theme)
        apply_theme(application, theme, self._settings.text_percent)
        self._window.set_theme(theme, self._settings.text_percent)

    def _use_model(self) -> None:
        folder = self._settings.model_folder
        self.hearing.use_model(Path(folder) if folder else None)

    def _voice_sampled(self, said: Said) -> None:
        self._window.settings.show_voice(said.problem)
        if said.path:
            self._play_id = self._sound.play(said.path)


def _is_over(session: Session, turn: Turn) -> bool:
    return session.latest(turn.key) is not None or turn.key in session.declined


def _session_row(session: Session) -> SessionRow:
    title = f"{session.principle} · {session.level.title}"
    can_go_on = not session.is_closed
    return SessionRow(session.id, session.started.replace("T", ", "), title, verdict_sentence(session), can_go_on)

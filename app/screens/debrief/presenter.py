"""A session after it was spoken: its debrief filled and kept up to date, its sound played, its private copy settled."""

from dataclasses import replace

from PySide6.QtCore import QTimer

from app.look.page import Spread, Steps
from app.screens.debrief.listening import Listening
from app.screens.debrief.page import DebriefPage
from app.screens.debrief.reading import Basis, Reader, Reading
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.sound.hearing import ModelState
from app.sound.player import Player
from app.state.inventory import pattern_gone
from interviewer.findings.finding import Finding
from interviewer.findings.session_reading import Sound
from interviewer.interview import Turn, turns_of
from interviewer.level import Level
from interviewer.pattern import Pattern
from interviewer.session import PRIVATE, Session

PATIENCE_MS = 400
"""So long the page waits for its findings before it opens without them: an hour takes longer to read."""


class Debrief(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: DebriefPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._archive = services.archive
        self._hearing = services.hearing
        self._preferences = services.preferences
        self._listed: tuple[Session, ...] = ()
        self._spread = Spread(self)
        self._is_wished = False
        """The page is to come to the front once it has been read, or has kept the person waiting."""
        self._waited = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._waited.timeout.connect(self._come)
        self._reading: Reading | None = None
        """What is shown of the words; None before they have been read."""
        self._reader = Reader(services.reader, self._show_reading)
        self._listening = Listening(page, services)
        self._listening.notice.connect(way.say)
        self._connect_page()
        self._archive.changed.connect(self._changed)
        self._archive.listed.connect(self._list)
        self._archive.gone.connect(self._forget)
        self._hearing.words_came.connect(page.show_words_so_far)
        self._hearing.model_changed.connect(self._show_model)
        services.stories.changed.connect(lambda: page.show_stories(services.stories.all))

    def _connect_page(self) -> None:
        page, way, actions = self._page, self._way, self._page.session_actions
        actions.level_wished.connect(self._regrade)
        actions.hear_again_wished.connect(self._hear_again)
        actions.throw_away_wished.connect(self._throw_away)
        actions.compare_wished.connect(lambda: way.go("compare", page.session_id))
        actions.export_wished.connect(lambda: self._services.outgoing.export(page, page.session_id))
        actions.again_wished.connect(lambda: way.go("room"))
        actions.home_wished.connect(lambda: way.go("home"))
        page.findings.dispute_wished.connect(self._dispute)
        page.findings.switch_off_wished.connect(self._switch_off)
        page.findings.say_wished.connect(lambda text: way.go("drill", text))
        page.sound_decided.connect(self._decide)
        page.private.keep_wished.connect(lambda: self._archive.keep_private(page.session_id, self._kept))
        page.private.throw_wished.connect(self._throw_away)

    @property
    def reading(self) -> Reading | None:
        """What is shown of the session's words; None before they have been read."""
        return self._reading

    @property
    def session(self) -> Session:
        """The session that is shown. Raises KeyError."""
        return self._archive.get(self._page.session_id)

    @property
    def player(self) -> Player:
        """What plays the session that is shown."""
        return self._listening.player

    def open(self, session_id: str, words: str = "") -> None:
        """A session, new or old, with the cursor at `words`; it is there once it has been read."""
        self._archive.open(session_id, lambda session: self._show(session, words))

    def leave(self) -> None:
        self.player.stop()

    def close(self) -> None:
        """Nothing more is built."""
        self._spread.stop()
        self._waited.stop()
        self._page.forget_reading()

    def _show(self, session: Session, words: str = "", is_wished: bool = True) -> None:
        """The page is made ready a piece at a time; until then, and if another one is wished, what it shows stays. It
        comes to the front if it `is_wished` for."""
        pattern = self._services.inventory.pattern(session.pattern)
        if pattern is None:
            self._way.say(pattern_gone(session))
            return
        self._is_wished = is_wished
        self._spread.do(self._opening(session.id, pattern, turns_of(pattern, session), words), self._waited.start)

    def _opening(self, session_id: str, pattern: Pattern, turns: tuple[Turn, ...], words: str) -> Steps:
        install = yield from self._page.build(pattern, turns)
        if not self._archive.holds(session_id):  # thrown away meanwhile
            self._spread.stop()
            return
        install()
        session = self._archive.get(session_id)
        is_private = self._archive.is_private(session.id)
        self._page.show_session(session, pattern, turns, self._hearing.model.name, is_private)
        self._page.show_stories(self._services.stories.all)
        self._reading = None
        self._reader.forget()
        self._read(session)
        self._listening.load(session)
        self._listening.find(words)
        yield None

    def _come(self) -> None:
        self._waited.stop()
        if self._is_wished:
            self._is_wished = False
            self._way.forget("debrief")  # another session is a way on, also where one was looked at before
            self.ready.emit()

    def _kept(self, session: Session) -> None:
        """A private session is among the others. What was being heard of it is asked for again: its files moved."""
        self._hearing.hear_waiting((session,))
        if session.id == self._page.session_id.removesuffix(PRIVATE):
            self._show(session, is_wished=False)

    def _list(self, sessions: tuple[Session, ...]) -> None:
        self._listed = sessions

    def _changed(self, session: Session) -> None:
        if session.id == self._page.session_id:
            self._page.show_change(session)
            self._listening.show(session, self._reading)
            self._read(session)

    def _read(self, session: Session) -> None:
        """Has the words read, as far as there are any, where something has changed that they are read for."""
        if pattern := self._services.inventory.pattern(session.pattern):
            before = self._telling_before(session)
            self._reader.ask(Basis.of(pattern, session, before, self._preferences.settings))

    def _show_reading(self, reading: Reading | None) -> None:
        """Of the session that is shown, as it is now."""
        session_id = self._page.session_id

        def shown() -> None:
            if self._archive.holds(session_id):
                self._reading = reading
                self._listening.show(self._archive.get(session_id), reading)
            if self._waited.isActive():
                self._come()

        if reading:
            self._page.show_reading(reading, shown)

    def _telling_before(self, session: Session) -> Session | None:
        """The last earlier session with the same pattern. Sessions are listed newest first."""
        return next(
            (
                each
                for each in self._listed
                if each.pattern == session.pattern and each.id < session.id and not each.drill
            ),
            None,
        )

    def _regrade(self, level: Level) -> None:
        """The same answer held to another level: other targets, checks and bar, no new recording."""
        session_id = self._page.session_id
        session = self._archive.get(session_id)
        pattern = self._services.inventory.pattern(session.pattern)
        if pattern and level is not session.level:
            own = self._preferences.settings.own_targets(pattern.id, level)
            targets, total = pattern.targets(level, own), pattern.total_seconds(level, own)
            self._archive.change(
                session_id, lambda now: replace(now, level=level, targets=targets, total_seconds=total)
            )
            self._show(self._archive.get(session_id))

    def _dispute(self, finding: Finding) -> None:
        """Not fair here: gone for this session, and remembered for the rule."""
        settings = self._preferences.settings
        self._preferences.change(replace(settings, disputed=(*settings.disputed, finding.rule)))
        self._archive.change(
            self._page.session_id, lambda session: replace(session, disputed=(*session.disputed, finding.key))
        )

    def _decide(self, sound: Sound, was_one: bool) -> None:
        """A probable filler was listened to."""
        self._archive.change(
            self._page.session_id, lambda session: replace(session, sounds={**session.sounds, sound.key: was_one})
        )

    def _switch_off(self, rule: str) -> None:
        settings = self._preferences.settings
        self._preferences.change(replace(settings, rules_off=(*settings.rules_off, rule)))
        self._read(self._archive.get(self._page.session_id))

    def _show_model(self, model: ModelState) -> None:
        self._page.show_model(model.name)

    def _hear_again(self) -> None:
        """With the model that is here now. Takes the person put right are left as they are, and that is said."""
        session = self._archive.get(self._page.session_id)
        corrected = self._hearing.hear_again(session)
        if corrected:
            takes = "take has" if corrected == 1 else "takes have"
            self._way.say(f"{corrected} {takes} words you put right, and stay as they are. Undo the corrections first.")

    def _throw_away(self) -> None:
        self.player.stop()
        self._archive.throw_away(self._page.session_id)
        self._way.go("home")

    def _forget(self, session_id: str) -> None:
        """Nothing leads back to a session that was thrown away."""
        if session_id == self._page.session_id:
            self._way.forget("debrief")

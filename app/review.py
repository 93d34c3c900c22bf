"""A session after it was spoken: its debrief filled and kept up to date, its sound played, its private copy settled."""

from PySide6.QtCore import QObject, Signal

from app.archive import Archive
from app.debrief_page import DebriefPage
from app.hearing import Hearing, ModelState
from app.inventory import Inventory
from audio.sound_card import SoundCard
from interviewer.interview import guided_turns
from interviewer.session import Session


class Review(QObject):
    """Lives on the GUI thread; the debrief's other half."""

    opened = Signal()
    """The debrief shows another session."""
    closed = Signal()
    """There is nothing left to show."""
    notice = Signal(str)

    def __init__(
        self, page: DebriefPage, archive: Archive, hearing: Hearing, inventory: Inventory, sound: SoundCard
    ) -> None:
        super().__init__()
        self._page = page
        self._archive = archive
        self._hearing = hearing
        self._inventory = inventory
        self._sound = sound
        self._play_id = 0
        page.play_wished.connect(self._play)
        page.stop_wished.connect(sound.hush)
        page.keep_wished.connect(lambda: archive.keep_private(page.session_id, self._show))
        page.throw_wished.connect(self._throw_away)
        page.hear_again_wished.connect(lambda: hearing.hear_again(archive.get(page.session_id)))
        archive.changed.connect(page.show_change)
        hearing.words_came.connect(page.show_words_so_far)
        hearing.model_changed.connect(self._show_model)

    def open(self, session_id: str) -> None:
        """Shows a session, new or old; answered by `opened` once it has been read."""
        self._archive.open(session_id, self._show)

    def was_played(self, play_id: int) -> None:
        """The sound card has played something to its end."""
        if play_id == self._play_id:
            self._page.show_playing(False)

    def _show(self, session: Session) -> None:
        pattern = self._inventory.pattern(session.pattern)
        if pattern is None:
            self.notice.emit(gone(session))
            return
        turns = guided_turns(pattern, session.targets, session.seed)
        is_private = self._archive.is_private(session.id)
        self._page.show_session(session, pattern, turns, bool(self._hearing.model.name), is_private)
        self.opened.emit()

    def _show_model(self, model: ModelState) -> None:
        self._page.show_model(bool(model.name))

    def _throw_away(self) -> None:
        self._archive.throw_away(self._page.session_id)
        self.closed.emit()

    def _play(self, take_id: str, start: int, end: int) -> None:
        session_id = self._page.session_id
        take = self._archive.get(session_id).take(take_id)
        self._play_id = self._sound.play(self._archive.path(session_id, take.file), start, end)
        self._page.show_playing(True)


def gone(session: Session) -> str:
    """What to say of a session whose pattern is not there."""
    return f"The pattern {session.pattern} is not here any more. Put its file back to open this session."

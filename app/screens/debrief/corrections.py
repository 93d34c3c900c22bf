"""What the person changes in a session by hand: edges, words, marks, notes, its story. Every step can be undone."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from app.state.archive import Archive
from interviewer.edges import begun_at, can_begin, edge_moved, snapped
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timeline import Place
from interviewer.timing import RATE_HZ
from interviewer.transcript import Word

NUDGE_FRAMES = RATE_HZ // 10
SAME_MARK_FRAMES = RATE_HZ // 2
"""A mark set so near to another one takes that one away."""


class Editing(QObject):
    """Lives on the GUI thread. Changes go through the archive, which tells everyone."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self._archive = archive
        self._before: list[Session] = []

    def begin(self, session_id: str) -> None:
        """Another session is shown: what was done to the last one is settled."""
        if self._before and self._before[-1].id != session_id:
            self._before.clear()

    def move_edge(self, session_id: str, take: str, section: Section, frame: int) -> None:
        """A section begins somewhere else in its take."""
        self._change_take(session_id, take, lambda now: edge_moved(now, section, frame))

    def begin_section(self, session_id: str, section: Section, place: Place) -> bool:
        """A section begins at the cursor, at the nearest pause. False where it cannot."""
        take = self._archive.get(session_id).take(place.take)
        if not can_begin(take, section):
            return False
        frame = snapped(take, place.frame)
        self._change_take(session_id, place.take, lambda now: begun_at(now, section, frame))
        return True

    def nudge(self, session_id: str, section: Section, place: Place, way: int) -> None:
        """The edge before the section under the cursor, a tenth of a second earlier or later."""
        take = self._archive.get(session_id).take(place.take)
        mark = next(mark for mark in take.marks if mark.section is section)
        self.move_edge(session_id, place.take, section, mark.frame + way * NUDGE_FRAMES)

    def toggle_bookmark(self, session_id: str, place: Place) -> None:
        """Marks a moment, or takes the mark that is there away."""

        def toggled(take: Take) -> Take:
            far = tuple(mark for mark in take.bookmarks if abs(mark - place.frame) > SAME_MARK_FRAMES)
            if len(far) < len(take.bookmarks):
                return replace(take, bookmarks=far)
            return replace(take, bookmarks=tuple(sorted((*take.bookmarks, place.frame))))

        self._change_take(session_id, place.take, toggled)

    def correct(self, session_id: str, take: str, word: Word, text: str) -> None:
        """Puts a word right. The recogniser's own text is kept."""

        def corrected(now: Take) -> Take:
            words = now.transcript.words if now.transcript else ()
            return now.corrected(words.index(word), text) if word in words else now

        if " ".join(text.split()) != word.text:
            self._change_take(session_id, take, corrected)

    def write_note(self, session_id: str, take: str, text: str) -> None:
        self._change_take(session_id, take, lambda now: replace(now, note=text))

    def tell_story(self, session_id: str, story_id: str) -> None:
        """Says which story is told here."""
        self._change(session_id, lambda session: replace(session, story_id=story_id))

    def undo(self, session_id: str) -> None:
        """Takes the last change back."""
        if self._before and self._before[-1].id == session_id:
            before = self._before.pop()
            self._archive.change(session_id, lambda now: _as_before(now, before))

    def _change_take(self, session_id: str, take: str, change: Callable[[Take], Take]) -> None:
        self._change(session_id, lambda session: session.with_take(change(session.take(take))))

    def _change(self, session_id: str, change: Callable[[Session], Session]) -> None:
        before = self._archive.get(session_id) if self._archive.holds(session_id) else None
        if before and change(before) != before:
            self._before.append(before)
            self._archive.change(session_id, change)


def _as_before(now: Session, before: Session) -> Session:
    """What the person can change goes back; what was recorded or heard since then stays."""
    then = {take.id: take for take in before.takes}
    takes = tuple(_take_as_before(take, then[take.id]) if take.id in then else take for take in now.takes)
    return replace(now, takes=takes, story_id=before.story_id)


def _take_as_before(now: Take, before: Take) -> Take:
    return replace(
        now,
        marks=before.marks,
        bookmarks=before.bookmarks,
        note=before.note,
        transcript=before.transcript or now.transcript,
        recognised=before.recognised,
    )

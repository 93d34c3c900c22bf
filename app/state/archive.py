"""The sessions as the window sees them: changed here on the GUI thread, written on the disk's thread."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.state.bridge import Disk
from interviewer.disk.bin import Bin
from interviewer.disk.store import CutOff, Store, new_id, new_take
from interviewer.pattern import Section
from interviewer.session import PRIVATE, Session, Take

NEWEST = 40
"""So many sessions are read for Home."""

Change = Callable[[Session], Session]


class Archive(QObject):
    """The only owner of sessions while the program runs, so that two changes never overwrite each other."""

    changed = Signal(object)
    """A Session, after every change."""
    listed = Signal(object)
    """The newest sessions, newest first."""
    written = Signal(object)
    """A Session, once it is on the disk."""
    gone = Signal(str)
    """The id of a session that was thrown away."""
    cut_off_found = Signal(object)
    """Takes that were cut off by a crash; told once, after the start."""

    def __init__(self, store: Store, private: Store, disk: Disk) -> None:
        super().__init__()
        self._store = store
        self._private = private
        self._disk = disk
        self._open: dict[str, Session] = {}
        self._throws = 0
        """How many sessions were thrown away."""
        self._moving: set[str] = set()
        """Private sessions on their way among the others: what changes in them is written there."""
        self._unfinished: Collection[str] = ()
        self._ids: set[str] = set()
        """Of the newest sessions, those that have gone meanwhile among them."""
        self._spent: set[tuple[str, str]] = set()
        """Session and take ids of takes that were dropped: their names are not used again."""

    @staticmethod
    def is_private(session_id: str) -> bool:
        """Whether a session is kept out of the data folder until the person decides."""
        return session_id.endswith(PRIVATE)

    def path(self, session_id: str, file: str) -> Path:
        return self._store_of(session_id).folder(session_id) / file

    def new_id(self, is_private: bool) -> str:
        """After the newest there is, also in the hour that is lived twice when summer time ends."""
        return new_id(datetime.now(), self._ids) + (PRIVATE if is_private else "")

    def add(self, session: Session, then: Callable[[], None] | None = None) -> None:
        """Takes in a new session; `then` is called once it is on the disk."""
        self._open[session.id] = session
        self._ids.add(session.id)
        self._save(session, then, None)

    def holds(self, session_id: str) -> bool:
        """Whether a session is open. One that was thrown away is not, though something may still be under way for it:
        the end of a take, words, a change, a file that is being written."""
        return session_id in self._open

    @property
    def open_ids(self) -> tuple[str, ...]:
        """The sessions that are open, private ones among them."""
        return tuple(self._open)

    def get(self, session_id: str) -> Session:
        """A session that is open. Raises KeyError."""
        return self._open[session_id]

    def open(self, session_id: str, then: Callable[[Session], None], is_asked: bool = True) -> None:
        """Hands an earlier session to `then`, reading it first when it is not open.

        One that no person asked for may have been thrown away meanwhile: then nothing happens.
        """
        if session_id in self._open:
            then(self._open[session_id])
            return
        store, throws = self._store_of(session_id), self._throws

        def load() -> Session | None:
            return store.load(session_id) if is_asked or store.folder(session_id).exists() else None

        def opened(session: Session | None) -> None:
            if self._throws != throws:
                self.open(session_id, then, is_asked)  # perhaps it was this one: what the disk says now counts
            elif session:
                self._opened(session, then)

        self._disk.do(load, opened, "opening the session")

    def change(
        self,
        session_id: str,
        change: Change,
        then: Callable[[], None] | None = None,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Changes an open session, tells everyone, and writes it; then `then`, or `otherwise` where it cannot be.

        What comes too late, for a session that has been thrown away, changes nothing and is not written.
        """
        if not self.holds(session_id):
            return
        session = change(self._open[session_id])
        self._open[session_id] = session
        self.changed.emit(session)
        self._save(session, then, otherwise)

    def new_take(self, session: Session, turn: str, section: Section | None) -> Take:
        """A take whose name no other of the session has, or had."""
        spent = {take_id for session_id, take_id in self._spent if session_id == session.id}
        return new_take(session, turn, section, spent)

    def drop_take(self, session_id: str, path: Path) -> None:
        """Takes a take out again in which nothing was recorded: it was stopped before it began."""
        self._spent.add((session_id, path.stem))
        self.change(session_id, lambda session: session.without_take(path.stem))
        self._disk.do(lambda: path.unlink(missing_ok=True), doing="taking an empty take out")

    def look_for_room(self, then: Callable[[float], None]) -> None:
        """Hands the minutes of recording that fit on the disk to `then`."""
        self._disk.do(self._store.recordable_minutes, then, "looking for room on the disk")

    def list(self) -> None:
        """Reads the newest sessions; answered by `listed`. All of them are the library's business."""
        self._disk.do(self._newest, self._list, "reading the newest sessions")

    def _list(self, sessions: tuple[Session, ...]) -> None:
        self._ids.update(session.id for session in sessions)
        self.listed.emit(sessions)

    def find_cut_off(self, ids: Collection[str] | None = None) -> None:
        """Looks for takes that were cut off in these sessions, or where it looked before."""
        if ids is not None:
            self._unfinished = ids
        unfinished = self._unfinished
        self._disk.do(
            lambda: (*self._private.cut_off(), *self._store.cut_off(unfinished)),
            self.cut_off_found.emit,
            "looking for takes that were cut off",
        )

    def keep(self, cut_off: CutOff, then: Callable[[Session], None]) -> None:
        """Takes a cut-off take into its session."""

        def kept(session: Session) -> None:
            self._opened(session, then)
            self.changed.emit(session)
            self.written.emit(session)
            self.list()

        self._disk.do(lambda: self._store_of(cut_off.session.id).keep(cut_off), kept, "keeping the take")

    def throw_away(self, session_id: str) -> None:
        """Moves a session to the bin; a private one is gone for good."""
        self._open.pop(session_id, None)
        self._throws += 1

        def throw_away() -> None:
            if not self.is_private(session_id):
                Bin(self._store).throw_away(session_id, datetime.now())
            elif self._private.folder(session_id).exists():  # one that could not be written is nowhere
                self._private.delete(session_id)

        self._disk.do(throw_away, lambda _: self.list(), "throwing the session away")
        self.gone.emit(session_id)

    def keep_private(self, session_id: str, then: Callable[[Session], None]) -> None:
        """Moves a private session among the others, under its own id without the mark. It stays as it is where that
        cannot be. What is changed in it meanwhile goes along; one that is thrown away meanwhile is gone for good."""
        if not self.holds(session_id) or session_id in self._moving:
            return
        self._moving.add(session_id)

        def moved(session: Session) -> None:
            self._moving.discard(session_id)
            if not self.holds(session_id):
                self._disk.do(
                    lambda: self._store.delete(session.id), lambda _: self.list(), "throwing the session away"
                )
                return
            now = replace(self._open.pop(session_id), id=session.id)
            self._open[now.id] = now
            self.written.emit(session)
            if now != session:
                self._save(now, None, None)
            then(now)

        def stayed() -> None:
            self._moving.discard(session_id)
            if self.holds(session_id):
                self._save(self._open[session_id], None, None)

        self._disk.do(lambda: self._publish(session_id), moved, "moving the session among the others", stayed)

    def close(self, session_id: str) -> None:
        """The sitting is over: every turn has its answer, or will get none."""
        self.change(session_id, lambda session: replace(session, is_closed=True), self.list)

    def _opened(self, session: Session, then: Callable[[Session], None]) -> None:
        self._open.setdefault(session.id, session)
        then(self._open[session.id])

    def _save(self, session: Session, then: Callable[[], None] | None, otherwise: Callable[[], None] | None) -> None:
        if session.id in self._moving:
            return  # it is written where it comes to

        def saved(_: None) -> None:
            if self.holds(session.id):
                self.written.emit(session)
                if then:
                    then()

        def refused() -> None:
            if otherwise and self.holds(session.id):
                otherwise()

        doing = f"writing the session {session.id}"
        self._disk.do(lambda: self._store_of(session.id).save(session), saved, doing, refused)

    def _store_of(self, session_id: str) -> Store:
        return self._private if self.is_private(session_id) else self._store

    def _newest(self) -> tuple[Session, ...]:
        both = (*self._private.sessions(), *self._store.sessions(NEWEST))
        return tuple(sorted(both, key=lambda session: session.id, reverse=True))

    def _publish(self, session_id: str) -> Session:
        return self._store.take_in(session_id, self._private, session_id.removesuffix(PRIVATE))

"""The sessions of the drills: one for each subject, gone on with when that is come back to while the program runs."""

from dataclasses import replace

from app.screens.drill.subject import Subject
from app.screens.services import Services
from app.state.settings import TARGET_SECONDS
from interviewer.pattern import Pattern
from interviewer.session import Session

Key = tuple[str, str, Subject]
"""Pattern, level and subject: at another level the same words are judged by other rules."""


class DrillSessions:
    """Lives on the GUI thread. Closed sessions are like any others; another attempt opens them again."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._archive = services.archive
        self._preferences = services.preferences
        self._ids: dict[Key, str] = {}
        self._targets: dict[Key, float] = {}

    @property
    def pattern(self) -> Pattern | None:
        """The chosen one; None while it is not there."""
        return self._services.pattern

    def target(self, subject: Subject) -> float:
        """Seconds: the person's own for this sitting, or the subject's."""
        return self._target(self._key(subject))

    def set_target(self, subject: Subject, seconds: float) -> None:
        """Within what a target can be."""
        low, high = TARGET_SECONDS
        self._targets[self._key(subject)] = float(min(high, max(low, seconds)))

    def session(self, subject: Subject) -> Session | None:
        """What has been recorded so far; None before that, and where what comes is private and that was not."""
        session_id = self._ids.get(self._key(subject), "")
        is_fitting = self._archive.is_private(session_id) == self._preferences.is_private
        return self._archive.get(session_id) if is_fitting and self._archive.holds(session_id) else None

    def begin(self, subject: Subject) -> Session:
        """The session that takes the next attempt, open, with the target in force. Needs a pattern."""
        key, before = self._key(subject), self.session(subject)
        if before:
            session = self._settled(before, key, is_closed=False)
            self._put(session)
            return session
        fresh = replace(self._services.new_session(), drill=subject.turn.key)
        session = self._settled(fresh, key, is_closed=False)
        self._archive.add(session)
        self._ids[key] = session.id
        return session

    def close(self) -> None:
        """The drill is left. A session in which nothing was recorded is none; one that was closed before is let be."""
        for key, session_id in list(self._ids.items()):
            session = self._archive.get(session_id) if self._archive.holds(session_id) else None
            if session and session.takes:
                if not session.is_closed:
                    self._put(self._settled(session, key, is_closed=True))
            else:
                del self._ids[key]
                if session:
                    self._archive.throw_away(session_id)

    def drop_if_empty(self, session_id: str) -> None:
        """The last take of a drill that was left turned out to be nothing."""
        if self._archive.holds(session_id) and not self._archive.get(session_id).takes:
            self._archive.throw_away(session_id)

    def _key(self, subject: Subject) -> Key:
        settings = self._preferences.settings
        return settings.pattern, settings.level, subject

    def _put(self, session: Session) -> None:
        if session != self._archive.get(session.id):
            self._archive.change(session.id, lambda _: session, self._archive.list if session.is_closed else None)

    def _target(self, key: Key) -> float:
        return self._targets.get(key, key[2].turn.target_seconds)

    def _settled(self, session: Session, key: Key, is_closed: bool) -> Session:
        """By the key it was begun with: the level may have been changed since."""
        section = key[2].turn.section
        targets = {**session.targets, section: self._target(key)} if section else session.targets
        return replace(session, targets=targets, is_closed=is_closed)

"""What is asked in one session: its turns, a hint for each, and the follow-ups that the answer itself invites."""

from collections.abc import Collection

from app.state.archive import Archive
from interviewer.findings.probing import gap_probes
from interviewer.findings.session_reading import read_session, speeches_of
from interviewer.interview import Turn, gap_turn, turns_of
from interviewer.pattern import Pattern
from interviewer.session import Session


class Script:
    """Belongs to one session in the room."""

    def __init__(
        self, pattern: Pattern, session: Session, most_gaps: int, rules_off: Collection[str], told_for: str = ""
    ) -> None:
        self._variant = pattern.variant(told_for)
        self._pattern = pattern
        self._session_id = session.id
        self._most_gaps = most_gaps
        self._rules_off = rules_off
        self.turns = turns_of(pattern, session)

    def first_open(self, session: Session) -> int | None:
        """The first turn that has no answer yet; None when there is none left."""
        return next((place for place, turn in enumerate(self.turns) if not session.is_over(turn.key)), None)

    def hint(self, turn: Turn) -> str:
        """A line of help for a turn: the section's coaching, or what a probe tests."""
        if turn.section:
            told_for = f"{self._variant.advice} " if self._variant else ""
            return told_for + self._pattern.sections[turn.section].coaching
        return next((probe.signal for probe in self._pattern.probes if probe.id == turn.key), "")

    def more(self, archive: Archive) -> tuple[Turn, ...]:
        """The follow-ups that the gaps of the answer invite, kept with the session. None while words are missing."""
        session = archive.get(self._session_id)
        if session.gap_probes or not speeches_of(session):
            return ()
        found = read_session(self._pattern, session, self._rules_off).findings
        chosen = gap_probes(self._pattern, found, session.declined)[: self._most_gaps]
        archive.change(session.id, lambda now: now.with_gap_probes(tuple(probe.id for probe in chosen)))
        return tuple(gap_turn(probe) for probe in chosen)

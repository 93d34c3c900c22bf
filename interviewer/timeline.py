"""A session's recordings end to end, as one stretch of time to look at and to move along. Plain values, no sound."""

from bisect import bisect_right
from dataclasses import dataclass, field

from interviewer.edges import ANSWER
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.stretches import answers_of, stretch_of, stretches_of
from interviewer.timing import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A moment in one take, in frames."""

    take: str
    frame: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one take on the timeline: a section, a follow-up, or neither. Frames, on both clocks."""

    take: str
    span: Span
    start: int
    """Where on the timeline it begins."""
    section: Section | None = None
    probe: str = ""

    @property
    def end(self) -> int:
        return self.start + self.span.end - self.span.start


@dataclass(frozen=True, slots=True)
class Timeline:
    """The takes that count, in the order of their turns: first those of the five sections, then the follow-ups."""

    pieces: tuple[Piece, ...]
    _own: dict[str, list[Piece]] = field(init=False, repr=False, compare=False)
    """The pieces of each take."""

    def __post_init__(self) -> None:
        own: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            own.setdefault(piece.take, []).append(piece)
        object.__setattr__(self, "_own", own)

    @property
    def frames(self) -> int:
        return self.pieces[-1].end if self.pieces else 0

    def at(self, take: str, frame: int) -> int | None:
        """Where on the timeline a moment of a take lies; None for a take that does not count."""
        own = self._own.get(take)
        if not own:
            return None
        piece = own[max(0, bisect_right(own, frame, key=lambda piece: piece.span.start) - 1)]
        return piece.start + max(0, min(frame, piece.span.end) - piece.span.start)

    def piece_at(self, position: int) -> Piece | None:
        """The piece that is heard at a position; the last one at the end."""
        place = bisect_right(self.pieces, position, key=lambda piece: piece.end)
        return self.pieces[min(place, len(self.pieces) - 1)] if self.pieces else None

    def place(self, position: int) -> Place | None:
        """The moment of a take that lies at a position."""
        piece = self.piece_at(position)
        if piece is None:
            return None
        return Place(piece.take, piece.span.start + max(0, min(position, piece.end) - piece.start))

    def end_of_take(self, position: int) -> int:
        """Where the take that is heard at a position ends: so far it can be played in one go."""
        piece = self.piece_at(position)
        return self._own[piece.take][-1].end if piece else position


def timeline_of(session: Session) -> Timeline:
    """The timeline of a session."""
    sections = [stretch_of(session, section) for section in Section]
    counting = {found.take.id: found.take for found in sections if found}
    whole = {take.id: take for take in session.takes if take.turn == ANSWER and take.is_finished}
    pieces: list[Piece] = []
    for take in (counting or whole).values():
        start = _end(pieces)
        for each in stretches_of(take):
            if each.section or each.span.end:
                pieces.append(Piece(take.id, each.span, start + each.span.start, each.section))
    for probe, answer in answers_of(session).items():
        pieces.append(Piece(answer.take.id, answer.span, _end(pieces), None, probe))
    return Timeline(tuple(pieces))


def _end(pieces: list[Piece]) -> int:
    return pieces[-1].end if pieces else 0

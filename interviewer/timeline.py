"""A session's recordings end to end, as one stretch of time to look at and to move along. Plain values, no sound."""

from dataclasses import dataclass

from interviewer.pattern import Section
from interviewer.session import Session, Take
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

    @property
    def frames(self) -> int:
        return self.pieces[-1].end if self.pieces else 0

    def at(self, take: str, frame: int) -> int | None:
        """Where on the timeline a moment of a take lies; None for a take that does not count."""
        own = [piece for piece in self.pieces if piece.take == take]
        if not own:
            return None
        inside = [piece for piece in own if piece.span.start <= frame] or own[:1]
        piece = inside[-1]
        return piece.start + max(0, min(frame, piece.span.end) - piece.span.start)

    def piece_at(self, position: int) -> Piece | None:
        """The piece that is heard at a position; the last one at the end."""
        return next((piece for piece in self.pieces if position < piece.end), self.pieces[-1] if self.pieces else None)

    def place(self, position: int) -> Place | None:
        """The moment of a take that lies at a position."""
        piece = self.piece_at(position)
        if piece is None:
            return None
        return Place(piece.take, piece.span.start + max(0, min(position, piece.end) - piece.start))

    def end_of_take(self, position: int) -> int:
        """Where the take that is heard at a position ends: so far it can be played in one go."""
        piece = self.piece_at(position)
        return max((each.end for each in self.pieces if piece and each.take == piece.take), default=position)


def timeline_of(session: Session) -> Timeline:
    """The timeline of a session."""
    takes = [session.take_of(section) for section in Section]
    counting = {found[0].id: found[0] for found in takes if found}
    answers = {take.id: take for take in session.takes if take.turn == "answer" and take.is_finished}
    pieces: list[Piece] = []
    for take in (counting or answers).values():
        pieces += _pieces(take, _end(pieces))
    probes = dict.fromkeys(take.turn for take in session.takes if not take.marks and take.id not in answers)
    for probe in probes:
        if answered := session.latest(probe):
            pieces.append(Piece(answered.id, Span(0, answered.frames), _end(pieces), None, probe))
    return Timeline(tuple(pieces))


def _pieces(take: Take, start: int) -> list[Piece]:
    """A take cut at its marks, the stretch before the first one included and the tail after the stop as well."""
    pieces = []
    first = take.marks[0].frame if take.marks else take.frames
    if first:
        pieces.append(Piece(take.id, Span(0, first), start))
    for section, span in take.spans().items():
        end = take.frames if span.end >= (take.end_frame or 0) else span.end
        pieces.append(Piece(take.id, Span(span.start, end), start + span.start, section))
    return pieces


def _end(pieces: list[Piece]) -> int:
    return pieces[-1].end if pieces else 0

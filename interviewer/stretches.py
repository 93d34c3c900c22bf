"""What was said where. Every take is cut into stretches, and each of its words lies in exactly one of them.

The only place that says what a section or a follow-up holds: the debrief, exports, command line and rules ask here.
"""

from dataclasses import dataclass
from itertools import accumulate
from math import inf

from interviewer.edges import ANSWER
from interviewer.language.speech import Speech
from interviewer.pattern import Section
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section from mark to mark, what comes before the first mark, or all of a take without marks.

    `span` is in frames. That of the last stretch goes on to the end of the recording, for a word may still be spoken
    in the moment after the key. A word lies where its middle lies; what is outside the recording, at its nearer end.
    """

    take: Take
    section: Section | None
    span: Span
    is_first: bool = True
    is_last: bool = True

    def words(self, so_far: Transcript | None = None) -> tuple[Word, ...]:
        """What was heard in it, or of `so_far`, while the take has no words of its own; none before it has any."""
        heard = self.take.transcript or so_far
        low = -inf if self.is_first else self.span.start / RATE_HZ
        high = inf if self.is_last else self.span.end / RATE_HZ
        return heard.between(low, high).words if heard else ()


def stretches_of(take: Take) -> tuple[Stretch, ...]:
    """All of a take, in order, with nothing left out and nothing twice."""
    sections: list[Section | None] = [mark.section for mark in take.marks]
    starts = list(accumulate((max(0, mark.frame) for mark in take.marks), max))
    if not starts or starts[0] > 0:
        sections, starts = [None, *sections], [0, *starts]
    ends = [*starts[1:], max(take.frames, starts[-1])]
    last = len(starts) - 1
    return tuple(
        Stretch(take, section, Span(start, end), not place, place == last)
        for place, (section, start, end) in enumerate(zip(sections, starts, ends, strict=True))
    )


def stretch_of(session: Session, section: Section) -> Stretch | None:
    """The recording that counts for a section: in the last finished take in which it was told."""
    found = session.take_of(section)
    return next(each for each in reversed(stretches_of(found[0])) if each.section is section) if found else None


def answers_of(session: Session) -> dict[str, Stretch]:
    """By turn, in the order of their first takes: the answer that counts for each follow-up, or sentence to drill."""
    answers: dict[str, Stretch] = {}
    for take in session.takes:
        if not take.marks and take.turn != ANSWER and take.is_finished:
            answers[take.turn] = stretches_of(take)[0]
    return answers


def speech_in(session: Session, turn: Section | str) -> Speech | None:
    """What was said in a section, or in answer to a follow-up: typed, or heard in the recording that counts. None
    while there are no words."""
    if isinstance(turn, Section) and turn in session.typed:
        return Speech.typed(session.typed[turn])
    found = stretch_of(session, turn) if isinstance(turn, Section) else answers_of(session).get(turn)
    return Speech.heard(found.words(), found.take.id) if found and found.take.transcript else None


def others_of(session: Session) -> tuple[Stretch, ...]:
    """What counts for no section and no follow-up: earlier attempts, what was said before the first mark, and whole
    answers without marks. With what does count, every word of every take."""
    sections = [stretch_of(session, section) for section in Section if section not in session.typed]
    counting = [each for each in (*sections, *answers_of(session).values()) if each]
    counted = {(each.take.id, each.section, each.span.start) for each in counting}
    return tuple(
        each
        for take in session.takes
        for each in stretches_of(take)
        if (take.id, each.section, each.span.start) not in counted
    )


def is_outside(stretch: Stretch) -> bool:
    """Whether it belongs to no section and no follow-up: before the first mark, or an answer without any."""
    return stretch.section is None and (bool(stretch.take.marks) or stretch.take.turn == ANSWER)


def heading_of(stretch: Stretch) -> str:
    """What to call a stretch that counts for nothing."""
    take = stretch.take
    if is_outside(stretch):
        return f"{'Before the first section' if take.marks else 'Not divided into sections'} ({take.id})"
    what = f"{stretch.section.title}, another attempt" if stretch.section else "Another attempt"
    return f"{what} ({take.id})"


def earlier_takes(session: Session, section: Section) -> tuple[str, ...]:
    """Ids of the finished takes in which a section was told too, but which do not count."""
    counts = stretch_of(session, section)
    told = [take for take in session.takes if take.is_finished and section in take.spans()]
    return tuple(take.id for take in told if counts and take.id != counts.take.id)


def lack_of(take: Take, has_words: bool, will_be_heard: bool) -> str:
    """What to say of a stretch of a take that lacks something; empty when nothing does. It will be heard where there
    is a speech model."""
    if take.transcript is None:
        return "Still listening to it …" if will_be_heard else "No words yet: they come with a speech model."
    lacks = []
    if take.recovered:
        lacks.append("This recording was cut off and recovered.")
    if take.unheard:
        lacks.append("Part of it could not be recognised; the sound is complete.")
    if take.voiced is not None and not take.voiced:
        lacks.append("No voice was found in this recording.")
    elif not has_words:
        lacks.append("A voice was found, but no words.")
    return " ".join(lacks)

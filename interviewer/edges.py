"""Where sections begin in a take, when the person or the words say so: moved, snapped to a pause, proposed."""

from dataclasses import replace
from itertools import pairwise

from interviewer.language.sectioning import propose_sections
from interviewer.language.speech import Speech
from interviewer.pattern import Section
from interviewer.session import Take
from interviewer.timing import RATE_HZ, Mark
from interviewer.transcript import Transcript

ANSWER = "answer"
"""The turn of a whole answer in one take."""

SNAP_FRAMES = round(0.6 * RATE_HZ)
"""An edge goes to the middle of a pause that is no further away than this."""

LEAST_FRAMES = round(0.2 * RATE_HZ)
"""No section gets shorter by moving its edge."""


def pauses_of(take: Take) -> tuple[int, ...]:
    """The middles of the pauses in a take, in frames."""
    return tuple((before.end + after.start) // 2 for before, after in pairwise(take.voiced or ()))


def snapped(take: Take, frame: int) -> int:
    """The middle of the nearest pause, or the frame itself where the voice goes on for long."""
    near = [pause for pause in pauses_of(take) if abs(pause - frame) <= SNAP_FRAMES]
    return min(near, key=lambda pause: abs(pause - frame), default=frame)


def can_begin(take: Take, section: Section) -> bool:
    """Whether a section can be said to begin in this take: it does already, or all of the answer is in it."""
    return take.turn == ANSWER or any(mark.section is section for mark in take.marks)


def begun_at(take: Take, section: Section, frame: int) -> Take:
    """The take with a section beginning at `frame`, wherever it began before. An unmarked take begins as Situation."""
    marks = [mark for mark in take.marks if mark.section is not section]
    if not take.marks and section is not Section.SITUATION:
        marks.append(Mark(0, Section.SITUATION))
    at = max(0, min(frame, (take.end_frame or take.frames) - LEAST_FRAMES))
    marks = [mark for mark in marks if abs(mark.frame - at) >= LEAST_FRAMES or mark.frame < at]
    return replace(take, marks=tuple(sorted([*marks, Mark(at, section)], key=lambda mark: mark.frame)))


def edge_moved(take: Take, section: Section, frame: int) -> Take:
    """The take with the edge before a section moved, never past the edges beside it."""
    place = next(place for place, mark in enumerate(take.marks) if mark.section is section)
    end = take.end_frame or take.frames
    low = take.marks[place - 1].frame + LEAST_FRAMES if place else 0
    high = (take.marks[place + 1].frame if place + 1 < len(take.marks) else end) - LEAST_FRAMES
    moved = Mark(max(low, min(frame, high)), section)
    return replace(take, marks=(*take.marks[:place], moved, *take.marks[place + 1 :]))


def proposed_marks(take: Take, transcript: Transcript) -> tuple[Mark, ...]:
    """Where the sections of a whole answer seem to begin, from its words. Each is at a pause; the first one at 0."""
    speech = Speech.heard(transcript.words, take.id)
    if not speech.sentences:
        return ()
    marks: list[Mark] = []
    order = list(Section)
    for sentence, section in zip(
        speech.sentences, propose_sections([sentence.text for sentence in speech.sentences]), strict=True
    ):
        if not marks:
            marks.append(Mark(0, section))
        elif order.index(section) > order.index(marks[-1].section):
            begin = speech.quote(sentence.start, sentence.end).start
            if begin is not None:
                marks.append(Mark(snapped(take, round(begin * RATE_HZ)), section))
    return tuple(marks)

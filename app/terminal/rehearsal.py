"""The same interview without a window: sound files or a text take the place of the microphone."""

import queue
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.exchange.sound_import import placed_marks
from audio.decode import decode
from audio.recogniser import Heard, ModelRefused, Recogniser, Restarted, TakeHeard
from interviewer.errors import PracticeError
from interviewer.interview import Event, Interview, State, Turn, guided_turns
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.stretches import stretches_of
from interviewer.timing import Mark

ORDER_SEED = 0
"""The follow-ups come in the same order every time, so that two runs can be compared."""

ANSWER = "answer"
"""The turn of a whole answer in one take."""

LONGEST_SILENCE_SECONDS = 600.0
"""Without any event from the recogniser for this long, the rehearsal gives up."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is answered, and with what: a file a section, or one file with marks, or typed text; files for probes."""

    takes: Mapping[Section, Path] = field(default_factory=dict)
    one_take: Path | None = None
    marks_seconds: Mapping[Section, float] = field(default_factory=dict)
    typed: Mapping[Section, str] = field(default_factory=dict)
    probes: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The session that came of it, the turns in the order they were asked, and what went wrong on the way."""

    session: Session
    turns: tuple[Turn, ...]
    notices: tuple[str, ...]


def rehearse(
    pattern: Pattern, level: Level, targets: Mapping[Section, float], total: float, answers: Answers, model: Path | None
) -> Rehearsal:
    """Runs the interview over the answers. Raises PracticeError for a file that cannot be used."""
    for probe_id in answers.probes:
        if probe_id not in {probe.id for probe in pattern.probes}:
            known = ", ".join(probe.id for probe in pattern.probes)
            raise PracticeError(f"{pattern.id} has no probe {probe_id}. Its probes are {known}.")
    session = Session(
        id="rehearsal",
        pattern=pattern.id,
        principle=pattern.principle,
        level=level,
        started="",
        seed=ORDER_SEED,
        targets=targets,
        total_seconds=total,
        typed=answers.typed,
        is_closed=True,
    )
    turns = guided_turns(pattern, targets, ORDER_SEED)
    with tempfile.TemporaryDirectory(prefix="plainspoken-") as folder:
        session, of_files = _play_through(Interview(turns), session, answers, Path(folder))
        session, notices = _heard(session, Path(folder), model)
    return Rehearsal(session, turns, (*of_files, *notices))


def _play_through(
    interview: Interview, session: Session, answers: Answers, folder: Path
) -> tuple[Session, tuple[str, ...]]:
    """Moves the interview's machine from Ready to Done; each recording is a file that is decoded into a take. Also
    what is to be known of those files."""
    notices: list[str] = []
    if answers.one_take:
        session = session.with_take(_one_take(answers.one_take, answers.marks_seconds, folder, notices))
    interview.handle(Event.BEGIN)
    while interview.state is not State.DONE:
        turn = interview.turn
        source = answers.takes.get(turn.section) if turn.section else answers.probes.get(turn.key)
        if turn.is_probe and source is None:
            interview.handle(Event.DECLINE)
            interview.handle(Event.MOVE_ON)
            continue
        interview.handle(Event.PROMPT_ENDED)
        interview.handle(Event.STARTED)
        if source:
            session = session.with_take(_take(turn, source, folder, notices))
        interview.handle(Event.PASS)
    return session, tuple(notices)


def _take(turn: Turn, source: Path, folder: Path, notices: list[str]) -> Take:
    file = f"{turn.key}.wav"
    decoded = decode(source, folder / file)
    notices += decoded.notices
    marks = (Mark(0, turn.section),) if turn.section else ()
    return Take(turn.key, turn.key, file, marks, end_frame=decoded.frames, frames=decoded.frames)


def _one_take(source: Path, marks: Mapping[Section, float], folder: Path, notices: list[str]) -> Take:
    decoded = decode(source, folder / f"{ANSWER}.wav")
    notices += decoded.notices
    frames = decoded.frames
    return Take(ANSWER, ANSWER, f"{ANSWER}.wav", placed_marks(source, marks, frames), end_frame=frames, frames=frames)


def _heard(session: Session, folder: Path, model: Path | None) -> tuple[Session, tuple[str, ...]]:
    """The session with voice and words in every take."""
    if not session.takes:
        return session, ()
    events: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    recogniser = Recogniser(events.put)
    recogniser.start()
    notices = []
    try:
        recogniser.use_model(model)
        for take in session.takes:
            recogniser.hear(take.id, folder / take.file, [stretch.span for stretch in stretches_of(take)])
        waiting = {take.id for take in session.takes}
        while waiting:
            event = events.get(timeout=LONGEST_SILENCE_SECONDS)
            if isinstance(event, TakeHeard):
                waiting.discard(event.job)
                take = session.take(event.job)
                session = session.with_take(
                    replace(take, voiced=event.voiced, transcript=event.transcript, unheard=event.unheard)
                )
            elif isinstance(event, ModelRefused | Restarted):
                notices.append(event.text)
    except queue.Empty as error:
        raise PracticeError("The recogniser gave no answer. Try again, or choose another model.") from error
    finally:
        recogniser.stop()
    return session, tuple(notices)

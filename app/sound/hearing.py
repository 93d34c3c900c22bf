"""Takes on their way to words: hands them to the recogniser and puts what it heard into their session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.state.archive import Archive
from audio.recogniser import (
    ClipHeard,
    Heard,
    ModelLoaded,
    ModelRefused,
    Recovered,
    Restarted,
    TakeHeard,
    VoiceFound,
)
from interviewer.edges import ANSWER, proposed_marks
from interviewer.session import Session, Take
from interviewer.stretches import stretches_of
from interviewer.timing import Span
from interviewer.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class ModelState:
    """What the foot line says of recognition. `name` is empty without a model."""

    name: str
    text: str


NO_MODEL = ModelState("", "No speech model yet: recording and section times work, words come later")


class Recognising(Protocol):
    """What the recogniser does here. It answers through the event loop, never before a call returns."""

    def use_model(self, folder: Path | None) -> None: ...
    def hear(self, job: str, path: Path, sections: Sequence[Span]) -> None: ...


class Hearing(QObject):
    """Lives on the GUI thread; the recogniser's events reach it through the bridge."""

    model_changed = Signal(object)
    words_came = Signal(str, str, object)
    """Session id, take id, and the Transcript so far of a take that is being recognised."""
    waiting_changed = Signal(int)
    """How many takes are on their way to words."""
    notice = Signal(str)
    """What is wrong with recognition; empty once a take was heard without a problem."""

    def __init__(self, recogniser: Recognising, archive: Archive) -> None:
        super().__init__()
        self._recogniser = recogniser
        self._archive = archive
        self._so_far: dict[str, list[Word]] = {}
        self._waiting: set[str] = set()
        self._has_chosen = False
        self.model = NO_MODEL

    def use_model(self, folder: Path | None) -> None:
        """Takes another model, or none; answered by `model_changed`."""
        self._has_chosen = folder is not None
        self._recogniser.use_model(folder)
        if folder is None:
            self._set_model(NO_MODEL)

    def hear(self, session_id: str, take: Take) -> None:
        """Asks for the voice and, where there is a model, the words of a finished take."""
        path = self._archive.path(session_id, take.file)
        spans = [stretch.span for stretch in stretches_of(take)]
        job = f"{session_id}/{take.id}"
        self._waiting.add(job)
        self.waiting_changed.emit(len(self._waiting))
        self._recogniser.hear(job, path, spans)

    def hear_take(self, session_id: str, take_id: str) -> None:
        """The same for a take that has just ended, if anything was recorded."""
        takes = self._archive.get(session_id).takes if self._archive.holds(session_id) else ()
        for take in takes:
            if take.id == take_id:
                self.hear(session_id, take)

    def hear_waiting(self, sessions: tuple[Session, ...]) -> None:
        """Asks for every finished take that has no words yet, oldest first."""
        for session in reversed(sessions):
            if any(_is_waiting(take, self.model) for take in session.takes):
                self._archive.open(session.id, self._hear_session, is_asked=False)

    def hear_sessions(self, ids: Sequence[str]) -> None:
        """The same for sessions of which only the ids are known, in this order."""
        for session_id in ids:
            self._archive.open(session_id, self._hear_session, is_asked=False)

    def hear_again(self, session: Session) -> int:
        """Asks once more, with the model that is here now; for takes that still lack something, or another one heard.

        Returns how many were left alone because the person has put words in them right.
        """
        now = self.model.name
        again = [take for take in session.takes if take.unheard or (take.transcript and take.transcript.model != now)]
        for take in again:
            if not take.recognised:
                self.hear(session.id, take)
        return sum(take.recognised is not None for take in again)

    def _hear_session(self, session: Session) -> None:
        for take in session.takes:
            if _is_waiting(take, self.model):
                self.hear(session.id, take)

    def dispatch(self, event: Heard) -> None:
        """One event of the recogniser."""
        match event:
            case VoiceFound(job, voiced):
                self._change(job, lambda take: replace(take, voiced=voiced))
            case ClipHeard(job, words):
                session_id, take_id = job.split("/")
                so_far = self._so_far.setdefault(job, [])
                so_far.extend(words)
                self.words_came.emit(session_id, take_id, Transcript(tuple(so_far), self.model.name))
            case TakeHeard(job, voiced, transcript, unheard, problem):
                if self._archive.holds(job.split("/")[0]):  # else it was thrown away, and its files with it
                    self.notice.emit(problem)
                self._so_far.pop(job, None)
                self._waiting.discard(job)
                self.waiting_changed.emit(len(self._waiting))
                self._change(
                    job,
                    lambda take: _sectioned(replace(take, voiced=voiced, transcript=transcript, unheard=unheard)),
                )
            case ModelLoaded(name, is_sample):
                note = "Sample model: understands only synthetic voices, not people" if is_sample else f"Ready: {name}"
                self._set_model(ModelState(name, note))
                self.hear_sessions(self._archive.open_ids)
            case ModelRefused(text):
                self._set_model(ModelState("", text))
            case Restarted(text):
                self.notice.emit(text)
            case Recovered(text):
                self.notice.emit(text)
                if not self._has_chosen:
                    self._set_model(NO_MODEL)
                self.hear_sessions(self._archive.open_ids)

    def _set_model(self, model: ModelState) -> None:
        self.model = model
        self.model_changed.emit(model)

    def _change(self, job: str, change_take: Callable[[Take], Take]) -> None:
        session_id, take_id = job.split("/")

        def change(session: Session) -> Session:
            return session.with_take(change_take(session.take(take_id)))

        if self._archive.holds(session_id):
            self._archive.change(session_id, change)


def _sectioned(take: Take) -> Take:
    """A whole answer that nobody has marked gets the sections that its words propose; its edges can be moved."""
    if take.turn != ANSWER or take.marks or not take.transcript:
        return take
    return replace(take, marks=proposed_marks(take, take.transcript))


def _is_waiting(take: Take, model: ModelState) -> bool:
    return take.is_finished and (take.voiced is None or (take.transcript is None and bool(model.name)))

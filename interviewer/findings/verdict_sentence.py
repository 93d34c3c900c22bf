"""What to say first about a session, from its times: one sentence, the same everywhere. No findings are made here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.edges import ANSWER
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.timing import SectionTime, Verdict, clock_text, over_words, time_words, verdict_of


@dataclass(frozen=True, slots=True)
class TotalTime:
    """The whole answer: the five sections added up."""

    seconds: float | None
    speech_seconds: float | None
    target_seconds: float
    verdict: Verdict | None

    @property
    def spoken_seconds(self) -> float:
        """What is held against the target, as for a section; 0 for a typed answer."""
        return (self.seconds if self.speech_seconds is None else self.speech_seconds) or 0.0

    @property
    def words(self) -> str:
        """The time and its verdict, as for a section."""
        return time_words(self.spoken_seconds, self.target_seconds, self.verdict)


def total_time(session: Session, times: Sequence[SectionTime] = ()) -> TotalTime:
    """The five sections added up; seconds are None for a typed answer, speech while it is not yet known for all.

    `times` are the session's own, where they have been worked out already.
    """
    times = times or session.section_times()
    spoken = [time.speech_seconds for time in times]
    whole = [time.seconds for time in times]
    seconds = None if None in whole else sum(second for second in whole if second is not None)
    speech = None if None in spoken else sum(second for second in spoken if second is not None)
    total = TotalTime(seconds, speech, session.total_seconds, None)
    return total if seconds is None else replace(total, verdict=verdict_of(total.spoken_seconds, total.target_seconds))


def session_sentence(session: Session, times: Sequence[SectionTime] = ()) -> str:
    """The one sentence that every list, page and file says of a session: what its times say, and if it can go on.

    `times` are the session's own, where they have been worked out already.
    """
    told = verdict_sentence(session, times)
    return told if session.is_closed or session.drill else f"Not finished. {told}"


def verdict_sentence(session: Session, times: Sequence[SectionTime] = ()) -> str:
    """What the times say, the worst first. Targets are ceilings."""
    if session.drill:
        return _drilled(session)
    times = times or session.section_times()
    if any(time.verdict is None for time in times):
        return "A typed answer has no times: it is read for what its words prove."
    missing = [time for time in times if time.verdict is Verdict.MISSING]
    over = sorted((time for time in times if time.over_seconds), key=lambda time: -time.over_seconds)
    if len(missing) == len(times):
        return _unheard(session, times)
    sentences = []
    if over:
        sentences.append(_over(over))
    if missing:
        sentences.append(_missing(missing))
    if not sentences:
        total = total_time(session, times)
        sentences.append(f"Every section stayed within its target: {clock_text(total.spoken_seconds)} in all.")
    return " ".join(sentences)


def listed_sentence(session: Session, times: Sequence[SectionTime] = ()) -> str:
    """The verdict as it stands in a list: after it, the file that a recording came from."""
    verdict = session_sentence(session, times)
    return f"{verdict} · {session.source}" if session.source else verdict


def _drilled(session: Session) -> str:
    names = {section.value: section.title for section in Section}
    what = names.get(session.drill, "One sentence" if session.drill == "sentence" else "A follow-up")
    count = sum(take.is_finished for take in session.takes)
    return f"Drill: {what}, {count} {'attempt' if count == 1 else 'attempts'}."


def _unheard(session: Session, times: Sequence[SectionTime]) -> str:
    if any(time.seconds for time in times):
        return "No voice was found in what was recorded."
    if session.latest(ANSWER):
        return "The recording has not been divided into sections yet."
    return "Nothing was recorded for the five sections."


def _over(over: Sequence[SectionTime]) -> str:
    worst = over[0]
    first = f"{worst.section.title} took {over_words(worst.target_seconds, worst.over_seconds)}"
    if len(over) == 1:
        return f"{first}."
    others = _listed([time.section.title for time in over[1:]])
    return f"{first}; {others} ran over too."


def _missing(missing: Sequence[SectionTime]) -> str:
    return f"I did not find {_listed([_with_article(time.section.title) for time in missing])}."


def _with_article(title: str) -> str:
    return f"an {title}" if title[0] in "AEIOU" else f"a {title}"


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"

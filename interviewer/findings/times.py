"""What the clock says: sections over their target, what they took from others, and how late the problem came."""

from collections.abc import Iterator

from interviewer.findings.finding import GRAVE, NOTHING, SMALL, START, TIME, USUAL, Answer, Finding
from interviewer.language.speech import Quote
from interviewer.pattern import Section
from interviewer.timing import SectionTime, Verdict, clock_text, over_words

LATE_SECONDS = 15.0
LATE_SHARE = 0.5
"""The problem should be out within fifteen seconds, or half of the Situation's target when that is shorter."""

WEIGHTS = {Verdict.JUST_OVER: SMALL, Verdict.OVER: USUAL + 8, Verdict.FAR_OVER: GRAVE + 5}


def over_target(answer: Answer) -> Iterator[Finding]:
    """Each section that took longer than its target."""
    for time in answer.times:
        if time.verdict in WEIGHTS:
            over = over_words(time.target_seconds, time.over_seconds)
            why = f"{time.section.title} took {over}.{_debt(answer, time)}"
            instead = answer.pattern.sections[time.section].coaching
            yield Finding("over-target", time.section, NOTHING, why, instead, TIME, WEIGHTS[time.verdict])


def _debt(answer: Answer, time: SectionTime) -> str:
    """Whose time it was: the section that stayed furthest below its target, when that is the Action or the Result."""
    short = [
        (other.target_seconds - other.spoken_seconds, other.section)
        for other in answer.times
        if other.section in (Section.ACTION, Section.RESULT) and other.spoken_seconds < other.target_seconds
    ]
    if time.section in (Section.ACTION, Section.RESULT) or not short:
        return ""
    most, lender = max(short, key=lambda each: each[0])
    seconds = round(min(time.over_seconds, most))
    return f" {time.section.title} took {seconds} s from {lender.title}." if seconds >= 1 else ""


def problem_reached(answer: Answer) -> Quote | None:
    """Where the Situation first says what was wrong, or who noticed or suffered from it."""
    quotes = [
        heard.quote
        for heard in answer.signals.get(Section.SITUATION, ())
        if heard.signal.is_problem and heard.hearing and heard.quote.start is not None
    ]
    return min(quotes, key=lambda quote: quote.start or 0.0, default=None)


def late_problem(answer: Answer) -> Iterator[Finding]:
    """The problem comes after the listener has stopped waiting for it."""
    speech = answer.speeches.get(Section.SITUATION)
    reached = problem_reached(answer)
    if not speech or not speech.words or reached is None or reached.start is None:
        return
    after = reached.start - speech.words[0].start
    target = next((time.target_seconds for time in answer.times if time.section is Section.SITUATION), 2 * LATE_SECONDS)
    if after > min(LATE_SECONDS, LATE_SHARE * target):
        why = f"The problem comes {clock_text(after)} into the Situation; until then there is only scene-setting."
        instead = "Open with it: I noticed that ..., then one sentence to set the scene."
        yield Finding("problem-late", Section.SITUATION, reached, why, instead, START, USUAL + 10)

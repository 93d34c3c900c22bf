"""How the parts hang together: the boundary and the taking-on, the lesson and the story it comes from."""

from collections.abc import Iterator

from interviewer.findings.finding import LESSON, NOTHING, START, USUAL, Answer, Finding
from interviewer.language.concept import find as find_concept
from interviewer.language.concept import parse
from interviewer.language.stems import stem, stemmed
from interviewer.language.text import tokens
from interviewer.pattern import Section

CLOSE_SENTENCES = 2
"""Within so many sentences of the boundary the taking-on must come."""

_COMMON = stemmed(
    "the and but for with that this from was were had have has not you they them their what when how who why our "
    "are been into about more than then now also just very really some all any can could would should will one "
    "two it's i've i'm there here which because after before every each make made get got take took thing things "
    "way lot people work working worked time good better new first start started use used need problem team "
    "learned learn lesson looking back think important next since always will know knew see asked ask did does "
    "doing done said say"
)


def distance(answer: Answer) -> Iterator[Finding]:
    """A boundary with no taking-on near it may sound like "not my job"."""
    boundary = _first(answer, "boundary")
    if boundary is None:
        return
    told = list(answer.sentences(Section.SITUATION, Section.TASK))
    near = told[boundary : boundary + CLOSE_SENTENCES + 1]
    rows = [parse(says) for signal in _signals(answer, "took-on") for says in signal]
    if rows and not any(find_concept(row, sentence) for _, _, sentence in near for row in rows):
        _, speech, sentence = told[boundary]
        yield Finding(
            "distance",
            Section.TASK,
            speech.quote(sentence.start, sentence.end),
            "On its own this may sound like keeping your distance: I did not find you taking it on right after.",
            "Add in the same breath: I took it on all the same.",
            START,
            USUAL - 5,
        )


def _signals(answer: Answer, signal_id: str) -> list[tuple[str, ...]]:
    guides = answer.pattern.sections.values()
    return [signal.says for guide in guides for signal in guide.signals if signal.id == signal_id]


def _first(answer: Answer, signal_id: str) -> int | None:
    """The first sentence of Situation and Task with the signal."""
    rows = [parse(says) for signal in _signals(answer, signal_id) for says in signal]
    for place, (_, _, sentence) in enumerate(answer.sentences(Section.SITUATION, Section.TASK)):
        if any(find_concept(row, sentence) for row in rows):
            return place
    return None


def loose_lesson(answer: Answer) -> Iterator[Finding]:
    """A lesson that shares no word with its story could stand behind any other."""
    if not answer.has(Section.REFLECTION) or len(answer.speeches) < 2:
        return
    others = [speech for section, speech in answer.speeches.items() if section is not Section.REFLECTION]
    told = {word for speech in others for word in _content(speech.text)}
    speech = answer.speeches[Section.REFLECTION]
    if told and not told & _content(speech.text):
        yield Finding(
            "loose-lesson",
            Section.REFLECTION,
            speech.quote(0, len(speech.text)) if len(speech.text) < 200 else NOTHING,
            "The lesson shares no word with the story: it could follow any story.",
            "Name the thing from this story that you now do differently.",
            LESSON,
            USUAL + 4,
            "no_lesson",
        )


def _content(text: str) -> frozenset[str]:
    long = [token.text for token in tokens(text) if token.text.isalpha() and len(token.text) > 3]
    return frozenset(map(stem, long)) - _COMMON

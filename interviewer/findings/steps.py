"""Who did what in the Action: first-person steps, and steps without an owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.findings.finding import NOTHING, OWN_STEPS, SERIOUS, USUAL, Answer, Finding
from interviewer.language.clauses import Actor, Clauses, read_clauses
from interviewer.language.speech import Speech
from interviewer.language.stems import PAST_FORMS, stem
from interviewer.language.text import Sentence
from interviewer.pattern import Section

FEW_STEPS = 3
"""Fewer different things done than this make no chain of steps."""

_NO_STEP = frozenset(
    map(
        stem,
        [
            "be",
            "have",
            "do",
            "feel",
            "think",
            "know",
            "need",
            "want",
            "hope",
            "believe",
            "like",
            "guess",
            "can",
            "could",
            "get",
        ],
    )
)
_BE = stem("be")


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a sentence: "I", "we", "they", "passive" or "" where nobody does anything."""

    who: str
    verbs: tuple[str, ...]
    """Stems of what the speaker did."""


def lead_of(sentence: Sentence) -> Lead:
    """Who acts in a sentence. One thing done by the speaker makes it theirs."""
    clauses = read_clauses(sentence)
    actors = set()
    verbs = []
    for place, _token in enumerate(clauses.tokens):
        if not _is_deed(clauses, place):
            continue
        actor = clauses.actors[place]
        if _is_passive(clauses, place):
            actors.add("passive")
        elif actor is Actor.ME:
            actors.add("I")
            verbs.append(clauses.stems[place])
        elif actor is Actor.WE:
            actors.add("we")
        elif actor in (Actor.THEY, Actor.MANAGER):
            actors.add("they")
    who = next((each for each in ("I", "we", "passive", "they") if each in actors), "")
    return Lead(who, tuple(verbs))


def _is_deed(clauses: Clauses, place: int) -> bool:
    text = clauses.tokens[place].text
    is_past = (text.endswith("ed") and len(text) > 3) or text in PAST_FORMS
    return (
        is_past
        and clauses.stems[place] not in _NO_STEP
        and not clauses.is_negated[place]
        and not clauses.is_unreal[place]
    )


def _is_passive(clauses: Clauses, place: int) -> bool:
    """A form of "to be" just before, and a thing as the subject: "the cause was found"."""
    before = clauses.stems[max(0, place - 2) : place]
    return _BE in before and clauses.actors[place] is Actor.THING


def own_verbs(answer: Answer) -> tuple[str, ...]:
    """Stems of the different things the speaker did in the Action, in order."""
    verbs: dict[str, None] = {}
    for _, _, sentence in answer.sentences(Section.ACTION):
        verbs.update(dict.fromkeys(lead_of(sentence).verbs))
    return tuple(verbs)


def unowned(answer: Answer) -> list[tuple[Speech, Sentence]]:
    """Action sentences led by "we" or nobody, with no first-person sentence beside them in the same step."""
    found = list(answer.sentences(Section.ACTION))
    leads = [lead_of(sentence).who for _, _, sentence in found]
    return [
        (speech, sentence)
        for place, (_, speech, sentence) in enumerate(found)
        if leads[place] in ("we", "passive") and "I" not in leads[max(0, place - 1) : place + 2]
    ]


def steps_without_owner(answer: Answer) -> Iterator[Finding]:
    """ "We" is a fault only where no sentence beside it says what the speaker did."""
    found = [each for each in unowned(answer) if not each[0].is_doubtful(each[1].start, each[1].end)]
    if found:
        speech, sentence = found[0]
        others = f" ({len(found)} such sentences)" if len(found) > 1 else ""
        yield Finding(
            "steps-without-owner",
            Section.ACTION,
            speech.quote(sentence.start, sentence.end),
            f"The listener can't tell which part of this step was yours{others}.",
            "Say what you did in it: I checked ..., I wrote ..., I asked ...",
            OWN_STEPS,
            SERIOUS + 5,
            "no_i",
        )


def few_steps(answer: Answer) -> Iterator[Finding]:
    """An Action in which the speaker hardly does anything."""
    if answer.has(Section.ACTION) and len(own_verbs(answer)) < FEW_STEPS:
        count = len(own_verbs(answer))
        what = "no step" if not count else "one step" if count == 1 else "two steps"
        yield Finding(
            "few-own-steps",
            Section.ACTION,
            NOTHING,
            f"I found {what} that you say you took yourself.",
            "Begin each step with I and the thing you did.",
            OWN_STEPS,
            USUAL + 5,
            "no_i",
        )

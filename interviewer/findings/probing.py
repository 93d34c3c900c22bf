"""Follow-ups: which gaps of an answer invite one, and whether an answer to one leans to its strong or its weak version.

Features that anyone can check, never a score: who acted, what can be counted, who it was handed to, what stays vague.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from interviewer.findings.finding import Finding
from interviewer.language.clauses import Actor, read_clauses
from interviewer.language.concept import find, parse
from interviewer.language.cues import listen
from interviewer.language.features import NON_ANSWERS, STRONG_FEATURES, WEAK_FEATURES
from interviewer.language.figures import figures
from interviewer.language.stems import PAST_FORMS, stemmed, word_set
from interviewer.language.text import Sentence, sentences, tokens
from interviewer.pattern import GapProbe, Pattern, Probe

MOST_GAP_PROBES = 2
GAP_ORDER = ("no_figure", "no_i", "no_scope", "no_lesson", "no_one_else", "no_candour", "no_source")
"""Which gap a listener would ask about first."""

DETAILED_WORDS = 14
"""So many words have room for detail. Length alone proves nothing: it counts only where nothing is weak."""

STRONG, WEAK, UNRATED = "strong", "weak", "unrated"
LEANING_WORDS = {
    STRONG: "Closer to the strong one",
    WEAK: "Closer to the weak one",
    UNRATED: "Not rated: too little to go by",
}
"""How a leaning is said, everywhere."""
AGREEING = 2
"""So many features must agree before an answer leans anywhere."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where an answer leans, and the features that say so, in words."""

    leaning: str
    because: tuple[str, ...]


_NOT_DEEDS = stemmed(
    "be have do feel think know want hope believe like guess would could can mean say "
    "send post message escalate flag pass forward hand report wait leave drop give push fight insist ensure align "
    "commit stay explain accept live act"
)


def is_non_answer(text: str) -> bool:
    """Whether nobody could rate it: a question back, a pass, a fragment."""
    told = sentences(text)
    words = sum(token.is_word for token in tokens(text))
    if words < 4:
        return True
    is_short = words <= 22
    return (
        is_short
        and any(find(parse(pattern), sentence) for pattern in NON_ANSWERS for sentence in told)
        and (len(own_deeds(told)) == 0)
    )


def _is_detailed(text: str) -> bool:
    return sum(token.is_word for token in tokens(text)) >= DETAILED_WORDS


def own_deeds(told: Sequence[Sentence]) -> tuple[str, ...]:
    """Stems of what the speaker did, or says they would do."""
    deeds: dict[str, None] = {}
    for sentence in told:
        clauses = read_clauses(sentence)
        is_promise = any(token.text in _MODALS for token in clauses.tokens)
        for place, token in enumerate(clauses.tokens):
            if clauses.is_negated[place] or clauses.stems[place] in _NOT_DEEDS:
                continue
            before = clauses.tokens[place - 1].text if place else ""
            if before in _BEING:
                continue  # "I'd be disappointed" is no step
            is_past = (token.text.endswith("ed") and len(token.text) > 3) or token.text in PAST_FORMS
            is_mine = clauses.actors[place] is Actor.ME
            is_promised = before in _MODALS or (before in _ADVERBS and clauses.is_unreal[place])
            carries_on = is_promise and before in (",", "and", "then") and clauses.stems[place] in _COMMON_DEEDS
            if (is_mine and (is_past or is_promised)) or carries_on:
                deeds[clauses.stems[place]] = None
    return tuple(deeds)


_MODALS = ("i'd", "would", "i'll", "will")
_BEING = word_set("be was were am i'm been being feel felt")
_ADVERBS = word_set("directly first then also just simply openly probably never still always")
_COMMON_DEEDS = stemmed(
    "ask rework come go write offer propose show bring fix sit talk listen change test run call meet explain share "
    "find look walk pair try keep suggest answer check measure compare count track invite help learn work follow make "
    "take give build send put go adjust review revise iterate understand address"
)


def leaning(pattern: Pattern, probe: Probe | GapProbe, text: str) -> Leaning:
    """Where an answer to a follow-up leans: unrated when it answers nothing, or fewer than two features agree."""
    told = sentences(text)
    if is_non_answer(text):
        return Leaning(UNRATED, ())
    strong = [feature.says for feature in STRONG_FEATURES if feature.is_in(told)]
    weak = [feature.says for feature in WEAK_FEATURES if feature.is_in(told)]
    deeds = own_deeds(told)
    numbers = len(figures(text))
    if numbers:
        strong.append("it has a figure")
    if numbers > 1:
        strong.append("it sets one figure against another")
    if not strong and len(deeds) < AGREEING:
        weak.append("nothing in it could be checked: no person, no figure, no piece of work")
    if deeds:
        strong.insert(0, "it says what you did")
    else:
        weak.insert(0, "no step of your own is in it")
    if len(deeds) > 1:
        strong.append("several steps follow each other")
    if _is_detailed(text) and not weak:
        strong.append("it goes into detail")
    for each in pattern.disqualifiers:
        if listen(each.phrase, told):
            weak += [f"it comes close to “{each.phrase.text}”"] * (2 if each.severity == "fatal" else 1)
    if len(strong) >= AGREEING and len(strong) > len(weak):
        return Leaning(STRONG, tuple(dict.fromkeys(strong)))
    if len(weak) >= AGREEING and len(weak) >= len(strong):
        return Leaning(WEAK, tuple(dict.fromkeys(weak)))
    return Leaning(UNRATED, ())


def gap_probes(pattern: Pattern, findings: Iterable[Finding], declined: Collection[str]) -> tuple[GapProbe, ...]:
    """Up to two follow-ups that the findings invite, the most urgent first. Declined ones stay away."""
    open_gaps = {finding.gap for finding in findings}
    ordered = [
        probe
        for gap in GAP_ORDER
        for probe in pattern.gap_probes
        if probe.gap == gap and gap in open_gaps and probe.id not in declined
    ]
    others = [probe for probe in pattern.gap_probes if probe.gap in open_gaps and probe.gap not in GAP_ORDER]
    return tuple((ordered + [probe for probe in others if probe.id not in declined])[:MOST_GAP_PROBES])

"""Follow-ups: which gaps of an answer invite one, and whether an answer to one leans to its strong or its weak version.

Features that anyone can check, never a score: who acted, what can be counted, who it was handed to, what stays vague.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from interviewer.clauses import Actor, read_clauses
from interviewer.concept import Row, find, parse
from interviewer.cues import listen
from interviewer.figures import figures
from interviewer.findings.finding import Finding
from interviewer.pattern import GapProbe, Pattern, Probe
from interviewer.stems import PAST_FORMS, stem, word_set
from interviewer.text import Sentence, sentences, tokens

MOST_GAP_PROBES = 2
GAP_ORDER = ("no_figure", "no_i", "no_scope", "no_lesson", "no_one_else", "no_candour", "no_source")
"""Which gap a listener would ask about first."""

STRONG, WEAK, UNRATED = "strong", "weak", "unrated"
AGREEING = 2
"""So many features must agree before an answer leans anywhere."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where an answer leans, and the features that say so, in words."""

    leaning: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Feature:
    says: str
    patterns: tuple[str, ...]

    def is_in(self, told: Sequence[Sentence]) -> bool:
        return any(find(row, sentence) for row in self.rows() for sentence in told)

    def rows(self) -> Iterable[Row]:
        return (parse(pattern) for pattern in self.patterns)


_NON_ANSWERS = (
    "repeat|rephrase|again|say question|that|again",
    "?I:don't|can't|couldn't know|think|remember|recall|say",
    "no example|idea|answer|story",
    "!have|know|think|remember|recall example|answer|one|idea|anything|what|of",
    "skip|pass|next this|one|question|please|it",
    "lose|lost my thread|train|place|question",
    "come_back|get_back .. to|later",
    "what|which do|did you mean",
    "need moment|minute|second|think",
    "good|great|interesting question",
)

_STRONG = (
    _Feature(
        "it names the people and what passed between you",
        (
            (
                "~I:ask|tell|show|sit|talk|walk|call|meet|listen|explain|invite|bring|share|speak|engage|visit|"
                "phone|teach|write .. engineer|lead|team|them|her|him|nurse|owner|colleague|people|doctor|"
                "teacher|customer|parent|manager|staff|driver|cook|everyone|reviewer|side"
            ),
            "they:worry|object|disagree|dislike|doubt|suggest|ask|say|want|question",
            "feedback|objection|concern|comment|worry|review",
        ),
    ),
    _Feature(
        "something changed because of what they said",
        (
            (
                "~I:change|rework|adjust|revise|answer|address|incorporate|iterate|drop|fix|adapt|redo|rewrite|"
                "compromise .. feedback|concern|comment|because|their|them|worry|objection|it|that|version|day|"
                "thing|point"
            ),
            "until .. agree|happy|comfortable|satisfy|content|trust|accept",
            "trade-off|compromise|design_review|joint|side_by_side|both_teams|together_in",
        ),
    ),
    _Feature(
        "there is evidence that one could look at",
        (
            (
                "test|log|data|evidence|prototype|measure|count|compare|sheet|report|record|audit|demo|trial|"
                "proof|figure|baseline|spreadsheet|post-mortem|chart|sample|tally|till|stopwatch|scanner|"
                "dashboard"
            ),
            "before_and_after|week_before|two_weeks|month_before|before .. after",
        ),
    ),
    _Feature(
        "it says what the delay or the fault cost",
        (
            "each|every|per day|week|hour|shift|night|month",
            (
                "lose|lost|cost|harm|hurt|risk|wait|damage|late|leak .. customer|merchant|patient|money|revenue|"
                "trust|people|client|student|guest|more|them|kid|child|order|meal|dose"
            ),
        ),
    ),
    _Feature(
        "it says that the start was your own",
        (
            "nobody:ask|tell|own|look|file|know|notice|assign|see|be|have",
            "!wait|ask|ticket|permission|escalate|assign",
            "~I:start|begin|take|own|decide|step",
            "my own|job|mistake|responsibility",
        ),
    ),
    _Feature(
        "it brings a finished piece of work",
        (
            (
                "~I:bring|write|build|make|prepare|draft|fix|offer|propose|submit|test|reproduce|create .. fix|"
                "solution|patch|change|plan|draft|test|proposal|version|list|checklist|it|schedule|template"
            ),
        ),
    ),
)

_WEAK = (
    _Feature(
        "it hands the matter to somebody else",
        (
            (
                "~I:send|post|message|slack|email|flag|report|escalate|forward|pass|hand|raise|leave .. "
                "they:handle|fix|take|sort|deal|do|resolve|solve|look|pick|manage|own"
            ),
            "~I:escalate|pass|hand|forward|leave|delegate|refer|give .. over|it|on|them|up|to",
            "they:handle|fix|sort|take it|everything|rest|fix|care|over|there|from",
            "take|took it from there",
            "up to them|him|her|manager|management",
        ),
    ),
    _Feature(
        "it leans on someone's authority",
        (
            (
                "~I:ask|tell|get|have|go|take|escalate|involve|talk|call|let|bring|turn|complain .. manager|boss|"
                "director|leadership|management|vp|head|supervisor|principal|hr"
            ),
            (
                "?manager|boss|director|leadership|management|vp|supervisor|principal ?push|force|order|decide|"
                "tell|make|approve|overrule|sign|want|handle|ask|back|say"
            ),
            "go over their|his|her head",
            "manager|boss|supervisor|management sort|sorted|support|want|agree",
        ),
    ),
    _Feature(
        "a mood stands where a fact should be",
        (
            (
                "happy|please|satisfy|glad|thrill|like|love|impress|great|positive|good_feedback|well_received|"
                "appreciate|relieve|smooth|fine|nice"
            ),
            "feel|felt|seem urgent|important|right|wrong|bad|better|good|natural|like",
        ),
    ),
    _Feature(
        "it stays vague: better from what, urgent for whom",
        (
            (
                "better|improve|improvement|urgent|urgency|quick|faster|smoother|significant|a_lot|big|huge|"
                "important|obvious|impatient|whatever|somehow|stuff|things"
            ),
            "!wait|like_waiting|patient",
        ),
    ),
    _Feature(
        "one hears 'we' or 'they', and not what you did",
        ("we:do|work|talk|figure|fix|decide|have|discuss|solve|find|agree|sort|handle|get|go|make|keep|meet",),
    ),
    _Feature(
        "somebody else is blamed",
        (
            "their|his|her|own fault|problem|mistake|issue|loss|business",
            "they:be stubborn|difficult|slow|wrong|lazy|defensive",
            "!my fault|problem|job",
        ),
    ),
    _Feature(
        "it gives up or only waits",
        (
            "~I:wait|hope|give_up|drop|stop|move_on|accept|let|leave .. it|them|go|for|on|and|that",
            "?nothing I|we can|could|do",
            "?move on",
            "~I:try again|harder",
        ),
    ),
)

_NOT_DEEDS = frozenset(
    map(
        stem,
        [
            "be",
            "have",
            "do",
            "feel",
            "think",
            "know",
            "want",
            "hope",
            "believe",
            "like",
            "guess",
            "would",
            "could",
            "can",
            "mean",
            "say",
        ],
    )
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
        and any(find(parse(pattern), sentence) for pattern in _NON_ANSWERS for sentence in told)
        and (len(own_deeds(told)) == 0)
    )


def own_deeds(told: Sequence[Sentence]) -> tuple[str, ...]:
    """Stems of what the speaker did, or says they would do."""
    deeds: dict[str, None] = {}
    for sentence in told:
        clauses = read_clauses(sentence.text, sentence.start)
        for place, token in enumerate(clauses.tokens):
            if clauses.actors[place] is not Actor.ME or clauses.is_negated[place] or clauses.stems[place] in _NOT_DEEDS:
                continue
            is_past = (token.text.endswith("ed") and len(token.text) > 3) or token.text in PAST_FORMS
            before = clauses.tokens[place - 1].text if place else ""
            if (
                is_past
                or before in ("i'd", "would", "i'll", "will")
                or (before in _ADVERBS and clauses.is_unreal[place])
            ):
                deeds[clauses.stems[place]] = None
    return tuple(deeds)


_MODALS = ("i'd", "would", "i'll", "will")
_ADVERBS = word_set("directly first then also just simply openly probably never still always")


def leaning(pattern: Pattern, probe: Probe | GapProbe, text: str) -> Leaning:
    """Where an answer to a follow-up leans: unrated when it answers nothing, or fewer than two features agree."""
    told = sentences(text)
    if is_non_answer(text):
        return Leaning(UNRATED, ())
    strong = [feature.says for feature in _STRONG if feature.is_in(told)]
    weak = [feature.says for feature in _WEAK if feature.is_in(told)]
    deeds = own_deeds(told)
    if len(deeds) >= 2:
        strong.insert(0, "it says what you did, step by step" if len(deeds) > 2 else "it says what you did")
    elif not deeds:
        weak.insert(0, "no step of your own is in it")
    if len(deeds) > 3:
        strong.append("several steps follow each other")
    if figures(text):
        strong.append("it has a figure")
    costly = [each for each in pattern.disqualifiers if listen(each.phrase, told)]
    for each in costly:
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

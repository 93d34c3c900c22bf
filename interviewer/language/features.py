"""What makes an answer to a follow-up strong or weak: features that anyone can check, as concept patterns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.language.concept import Row, find, parse
from interviewer.language.text import Sentence


@dataclass(frozen=True, slots=True)
class Feature:
    says: str
    patterns: tuple[str, ...]

    def is_in(self, told: Sequence[Sentence]) -> bool:
        return any(find(row, sentence) for row in self.rows() for sentence in told)

    def rows(self) -> Iterable[Row]:
        return (parse(pattern) for pattern in self.patterns)


NON_ANSWERS = (
    "~repeat|rephrase|say|ask question|that|it again",
    "~you repeat|rephrase|explain",
    "?I:don't|can't|couldn't know|think|remember|recall|say",
    "no example|idea|answer|story",
    "!have|know|think|remember|recall example|answer|one|idea|anything|what|of",
    "skip|pass|next this|one|question|please|it",
    "lose|lost my thread|train|place|question",
    "come_back|get_back .. to|later",
    "what|which do|did you mean",
    "need|give|have moment|minute|second|think",
    "what|which .. question",
    "rather ?not",
    "good|great|interesting question",
)

STRONG_FEATURES = (
    Feature(
        "it names the people and what passed between you",
        (
            (
                "~I:ask|tell|show|pair|sit|talk|walk|call|meet|listen|explain|invite|bring|share|speak|engage|visit|"
                "phone|teach|write .. engineer|lead|team|one|each|them|her|him|nurse|owner|colleague|people|doctor|"
                "teacher|customer|parent|manager|staff|driver|cook|everyone|reviewer|side"
            ),
            "they:worry|object|disagree|dislike|doubt|suggest|ask|say|want|question",
            "feedback|objection|concern|comment|worry|review",
        ),
    ),
    Feature(
        "something changed because of what they said",
        (
            (
                "~I:change|rework|adjust|revise|answer|address|incorporate|iterate|drop|fix|adapt|redo|rewrite|"
                "compromise .. feedback|concern|comment|because|their|them|worry|objection|it|that|version|day|"
                "thing|point"
            ),
            "until .. agree|happy|comfortable|satisfy|content|trust|accept",
            "trade-off|compromise|design_review|joint|side_by_side|both_teams|together_in|pair_with",
            "option|version|approach .. cost|worth|risk",
        ),
    ),
    Feature(
        "there is evidence that someone could check",
        (
            (
                "test|log|data|evidence|prototype|measure|count|compare|sheet|report|record|audit|demo|trial|"
                "proof|figure|baseline|spreadsheet|post-mortem|chart|sample|tally|till|stopwatch|scanner|"
                "dashboard"
            ),
            "before_and_after|week_before|two_weeks|month_before|before .. after",
            "number|reading|invoice|receipt|photo|screenshot|trace|ledger",
            "~I:weigh|count|measure|compare|check|reconcile|verify|test|record",
            "we:weigh|count|measure|compare|check|reconcile|verify|test|record",
        ),
    ),
    Feature(
        "somebody else checked it",
        ("they:check|verify|confirm|count|calculate|estimate|audit|review|test|match",),
    ),
    Feature(
        "it says what the delay or the fault cost",
        (
            "each|every|per day|week|hour|shift|night|month",
            "~go ?without|hungry|unpaid",
            (
                "lose|lost|cost|harm|hurt|risk|wait|damage|late|leak .. customer|merchant|patient|money|revenue|"
                "trust|people|client|student|guest|more|them|kid|child|order|meal|dose"
            ),
        ),
    ),
    Feature(
        "it says that you started it yourself",
        (
            "nobody:ask|tell|own|look|file|know|notice|assign|see|be|have",
            "!wait|ask|ticket|permission|escalate|assign",
            "~I:start|begin|take|own|decide|step",
            "my own|job|mistake|responsibility",
        ),
    ),
    Feature(
        "it admits what was wrong or not known",
        ("~I:be wrong|mistaken|late", "my mistake|fault|error", "~I:admit|apologise|miss|overlook|underestimate"),
    ),
    Feature(
        "it brings a finished piece of work",
        (
            (
                "~I:bring|write|build|make|prepare|draft|fix|offer|propose|submit|test|reproduce|create .. fix|"
                "solution|patch|change|plan|draft|test|proposal|version|list|checklist|it|schedule|template"
            ),
        ),
    ),
)

WEAK_FEATURES = (
    Feature(
        "big words stand where steps should",
        (
            "alignment|stakeholder|ownership|transparency|commitment|excellence|culture|passion|initiative|bias",
            "fully|extremely|absolutely|throughout|constantly|truly|immense|tremendous|comprehensive|proactively",
            "every|all level|stakeholder|channel|way",
            "across the board",
        ),
    ),
    Feature(
        "it hands the matter to somebody else",
        (
            (
                "~I:send|post|message|slack|email|flag|report|escalate|forward|pass|hand|raise|leave .. "
                "they:handle|fix|take|sort|deal|do|resolve|solve|look|pick|manage|own"
            ),
            "~I:escalate|pass|hand|forward|leave|delegate|refer .. over|it|on|up|to",
            "they:handle|fix|sort|take it|everything|rest|fix|care|over|there|from",
            "take|took it from there",
            "up to them|him|her|manager|management",
        ),
    ),
    Feature(
        "it leans on someone's authority",
        (
            (
                "~I:ask|tell|get|have|go|take|escalate|involve|talk|call|let|bring|turn|complain .. manager|boss|"
                "director|leadership|management|vp|head|supervisor|principal|hr"
            ),
            (
                "?manager|boss|director|leadership|management|vp|supervisor|principal ?push|force|order|decide|"
                "tell|make|approve|overrule|sign|want|handle|ask|back|say|align|sort|settle"
            ),
            "go over their|his|her head",
            "manager|boss|supervisor|management sort|sorted|support|want|agree",
        ),
    ),
    Feature(
        "it gives a mood instead of a fact",
        (
            (
                "happy|please|satisfy|glad|thrill|like|love|impress|great|positive|good_feedback|well_received|"
                "appreciate|relieve|smooth|fine|nice"
            ),
            "feel|felt|seem urgent|important|right|wrong|bad|better|good|natural|like",
        ),
    ),
    Feature(
        "it stays vague: better from what, urgent for whom",
        (
            (
                "nice|fast|harder|disappoint|better|improve|improvement|urgent|urgency|quick|faster|smoother|significant|a_lot|big|huge|"
                "important|obvious|impatient|whatever|somehow|stuff|things"
            ),
            "!wait|like_waiting|patient",
        ),
    ),
    Feature(
        "it says 'we' or 'they', and not what you did",
        ("we:do|work|talk|figure|fix|decide|have|discuss|solve|find|agree|sort|handle|get|go|make|keep|meet",),
    ),
    Feature(
        "somebody else is blamed",
        (
            "~their|his|her|own fault|problem|mistake|issue|loss|business",
            "they:be stubborn|difficult|slow|wrong|lazy|defensive",
            "!my fault|problem|job",
        ),
    ),
    Feature(
        "it gives up or only waits",
        (
            "~I:wait|hope|give_up|drop|stop|move_on|accept|let|leave .. it|them|go|for|on|and|that",
            "?nothing I|we can|could|do",
            "?move on",
            "~I:try again|harder",
        ),
    ),
)

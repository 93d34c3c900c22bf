"""Proposes the section of each sentence of a whole answer: what it sounds like, and the order stories are told in.

Each feature is a small grammar with a weight of 1 (hint) to 3 (plain). A dynamic programme then finds the labels that
fit best, where staying and going on are cheap, going back costs, and the place in the answer is a weak hint.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from interviewer.changes import changes
from interviewer.clauses import Actor, read_clauses
from interviewer.pattern import Section
from interviewer.stems import PAST_FORMS
from interviewer.text import tokens

S, T, A, R, F = Section

SHARES = {S: 0.25, T: 0.12, A: 0.36, R: 0.17, F: 0.10}
"""How much of an answer each section usually takes, in sentences."""

STAY, ON, SKIP, BACK = 0.0, 0.8, 1.2, 2.6
"""What it costs to stay, to go one section on, each section skipped on the way, and to go back."""
PLACE = 4.0
"""What being a whole answer away from a section's usual place costs."""
FIRST_COSTS = {S: 0.0, T: 1.0, A: 2.0, R: 2.2, F: 3.0}
"""To begin with anything but the Situation; some begin with the result as a headline."""

OTHERS_HINT = 1.5
"""For what happened without the speaker: the setting, or what came of it."""

_ME = r"\bi(?:['’](?:m|d|ve|ll))?\b"
_MINE = r"\b(?:my|mine|our|ours|me)\b"

FEATURES: dict[Section, tuple[tuple[float, str], ...]] = {
    S: (
        (2, rf"{_ME}\s+(?:was|am|were|['’]m)\s+(?:a|an|the|on|in|at|with|working|one|responsible|technician|translator)\b"),
        (2, r"\bi\s+(?:work|worked|teach|taught|run|ran|look after|manage|managed|lead|led|joined)\s+(?:as|at|in|for|on|a|the)\b"),
        (2, r"\bi(?:['’]d|['’]ve)?\s+(?:\w+\s+)?(?:noticed|saw|spotted|realised|found out|heard|discovered|caught|watched)\b"),
        (1, r"\b(?:every|each|most|whenever|always|kept|keep|constantly|usually|sometimes)\b"),
        (1, r"\b(?:was|were|is|are)\s+\w+ing\b"),
        (1, r"\b(?:complain\w*|angry|late|slow|wrong|broken|failing|failed|missing|lost|losing|stuck|mess|problem|issue)\b"),
        (1, r"\b(?:customers?|clients?|patients?|users?|merchants?|guests?|parents?|people|drivers)\b.*\b(?:were|was|would|couldn)\b"),
        (1.5, r"\b(?:owned|run|maintained|shared|kept|built)\s+by\b|\bbelong(?:s|ed)\s+to\b"),
        (1, r"\b(?:company|firm|department|platform|branch|site|team of|at the time|back then|years? ago|last (?:year|spring|summer))\b"),
        (1, r"\b(?:had|there was|there were|there is|there['’]s|we had|it was)\b"),
    ),
    T: (
        (3, r"\b(?:nobody|no one|noone)\b.{0,25}\b(?:asked|told|assigned|asking|owned|wanted|expected|sent)\b"),
        (3, r"\b(?:wasn|isn|aren|weren)['’]t\b.{0,25}\b(?:my|mine|our|up to|in my|part of|anyone)\b|\bnot\s+(?:really\s+)?(?:my|mine|our)\b"),
        (3, r"\boutside\s+(?:of\s+)?(?:my|our)\b|\bnot in my\b|\bno ticket\b|\bwithout being asked\b"),
        (3, r"\bmy\s+(?:own\s+)?(?:task|goal|aim|job|role|target|brief|responsibility|mission|objective|assignment)\s+(?:was|is|were|there)\b"),
        (3, rf"{_ME}\s+(?:\w+\s+)?(?:decided|made up my mind|resolved|promised|told myself|said to myself|set myself|gave myself|volunteered|committed)\b"),
        (2, rf"{_ME}\s+(?:\w+\s+)?(?:wanted|needed|had to|have to|meant|intended|planned|felt|figured|reckoned|was supposed)\b"),
        (2, r"\b(?:asked|told|wanted|tasked|assigned)\s+(?:me|us)\s+to\b|\bit was (?:on|up to|going to be) me\b|\bsomebody had to\b|\bsomeone had to\b"),
        (2, r"\b(?:['’]s|is|was|were)\s+(?:\w+\s+){0,3}(?:responsibility|job|work|side|ground|business|department)\b"),
        (2, r"\bresponsib(?:le|ility)\b|\bin charge of\b|\bwe had to\b|\bour (?:task|goal|job)\b"),
        (1, r"\b(?:before|by|within|until)\s+(?:the\s+)?(?:end|friday|summer|month|spring|week|quarter|monday|easter|christmas|half)\b"),
        (1, r"\bofficially|strictly|technically|on paper\b"),
    ),
    A: (
        (1.5, r"^(?:so|then|and then|first|firstly|second|next|after that|finally|to start|to begin|the next|in the end)\b"),
        (1, r"\b(?:first|then|next|finally|meanwhile|afterwards|step)\b"),
        (1, r"\b(?:asked|showed|told|called|rang|emailed|wrote|met|sat|talked|spoke|phoned|trained|walked|presented|explained|shared)\b"),
        (1, r"\b(?:didn['’]t like|hated|disagreed|worried|objected|refused|wasn['’]t (?:pleased|happy)|said (?:he|she|they))\b"),
        (1, r"\bit turned out\b|\bthat showed\b|\bso that\b"),
    ),
    R: (
        (3, r"\b(?:as a result|in the end|the result|the upshot|the outcome|by the end|overall)\b"),
        (2, r"\b(?:fell|dropped|rose|halved|doubled|went (?:from|down|up|live|through)|came (?:down|out)|decreased|increased|improved|reduced|cut)\b"),
        (2, r"\b(?:no longer|never|not a single|hasn['’]t been|haven['’]t had|not had|disappeared|stopped|zero|none)\b"),
        (2, r"\b(?:still (?:use|uses|used|has|have|runs?|there)|adopted|took (?:it|the|over)|asked for|rolled out|standard|copied|now (?:use|uses|pay|runs?)|us(?:e|es|ing) (?:it|them|that) (?:now|today))\b"),
        (2, r"\b(?:saved|saving|recovered|earned|worth|cost us|bonus|promoted|award|thank(?:ed|s)|grateful|happy|pleased|praised|proud)\b"),
        (2, r"\b(?:since then|ever since|a (?:month|week|year) later|months later|within (?:a|two|three|\w+) (?:week|month|day)s?|after that|over the next)\b"),
        (1, r"\b(?:better|faster|fewer|less|more|up|down|under|back on|first time|straight away|finally)\b"),
        (1, r"\bthey (?:let|paid|made|kept|gave|asked|now|still|closed|stayed|came back)\b|\bwe (?:closed|emptied|got|finished|shipped|won|hit)\b"),
        (1, r"\bgot things? better\b|\bthings got\b|\bcomplain\w*\b.*\b(?:stopped|no)\b"),
    ),
    F: (
        (3, r"\b(?:learn(?:ed|t)?|lesson|taught me|takeaway|looking back|in hindsight|in retrospect|with hindsight)\b"),
        (3, r"\bwhat i (?:took|take|would|['’]d|learned|see|know)\b|\bwhat strikes me\b|\bif i (?:did|had|were|could)\b|\bnext time\b|\bi understood\b"),
        (3, r"\b(?:these days|nowadays|from then on|since then,? i|ever since,? i|to this day i|a habit|my rule|i['’]ve made it)\b"),
        (3, rf"\bnow,?\s+(?:when(?:ever)?\s+)?{_ME}|{_ME}\s+now\b|\bi (?:no longer|always|never|don['’]t)\b.*\b(?:anymore|any more|now|until|before|first)?\b"),
        (2, r"\b(?:root (?:cause|of it)|real (?:problem|cause|issue)|true (?:problem|cause)|deeper|underlying|the thing is|the point is|the truth is)\b"),
        (2, r"\bi (?:think|suppose|believe|guess|realise|realize|see now)\b|\bi['’]d (?:say|always|spent|been|never|do)\b|\bi used to\b|\bfor me\b"),
        (2, r"\b(?:would|['’]d) do (?:it )?(?:differently|again)\b|\bdifferently\b"),
        (2, r"\bwhen (?:you|a new|new|someone|i|something)\b.*\b(?:i|you)\b|\bif (?:i|someone|the|you)\b.*\bi\b"),
        (1, r"\b(?:you|nobody|everyone|people|an? \w+)\s+(?:is|are|will|can|stop|bend|need)s?\b"),
        (1, r"\bisn['’]t\b|\bit['’]s (?:not|only|just)\b|\bnot the same as\b"),
    ),
}  # fmt: skip

_COMPILED = {
    section: tuple((weight, re.compile(expression)) for weight, expression in rows)
    for section, rows in FEATURES.items()
}
_PRESENT = re.compile(
    r"\bi\s+(?:\w+\s+)?(?:ask|start|begin|check|write|look|keep|make|give|tell|go|call|use|talk|read|listen|write|get|say|swap|don['’]t)\b"
)


def propose_sections(sentences: Sequence[str]) -> tuple[Section, ...]:
    """A section for each sentence of one whole answer. Sections may be absent."""
    count = len(sentences)
    if not count:
        return ()
    scores = [_scores(text) for text in sentences]
    best: list[dict[Section, float]] = []
    came: list[dict[Section, Section]] = []
    for place, score in enumerate(scores):
        fit = {section: score[section] - PLACE * abs((place + 0.5) / count - _CENTRES[section]) for section in Section}
        if not place:
            best.append({section: fit[section] - FIRST_COSTS[section] for section in Section})
            came.append({})
            continue
        row, origin = {}, {}
        for section in Section:
            before = max(Section, key=lambda each: best[-1][each] - _step(each, section))
            row[section] = best[-1][before] - _step(before, section) + fit[section]
            origin[section] = before
        best.append(row)
        came.append(origin)
    labels = [max(Section, key=lambda section: best[-1][section])]
    for origin in reversed(came[1:]):
        labels.append(origin[labels[-1]])
    return tuple(reversed(labels))


def position_only(count: int) -> tuple[Section, ...]:
    """The baseline: sentences spread by the usual shares, read by nobody."""
    ends = list(accumulate(SHARES.values()))
    return tuple(
        next((section for section, end in zip(Section, ends, strict=True) if (place + 0.5) / count <= end), F)
        for place in range(count)
    )


_ENDS = list(accumulate(SHARES.values()))
_CENTRES = {section: end - share / 2 for section, end, share in zip(Section, _ENDS, SHARES.values(), strict=True)}
_ORDER = {section: place for place, section in enumerate(Section)}


def _step(before: Section, after: Section) -> float:
    way = _ORDER[after] - _ORDER[before]
    if not way:
        return STAY
    return BACK if way < 0 else ON + SKIP * (way - 1)


def _scores(text: str) -> dict[Section, float]:
    lower = text.lower()
    scores = {
        section: sum(weight for weight, expression in rows if expression.search(lower))
        for section, rows in _COMPILED.items()
    }
    deeds, others = _deeds(text)
    scores[A] += 2.0 * min(deeds, 2) + 0.5 * min(others, 1)
    if changes(text):
        scores[R] += 2.0
    if not deeds and _PRESENT.search(lower):
        scores[F] += 2.0
    if not deeds and _is_past(text):
        scores[R] += OTHERS_HINT  # what became of it happens by itself, or through others
        scores[S] += OTHERS_HINT
    return scores


def _is_past(text: str) -> bool:
    """Whether anything in a sentence is told in the past."""
    words = [token.text.removesuffix("n't") for token in tokens(text)]
    return any(word in PAST_FORMS or (word.endswith("ed") and len(word) > 4) or word.endswith("'d") for word in words)


def _deeds(text: str) -> tuple[int, int]:
    """How many things the speaker (or "we") did, and others did, in a sentence."""
    clauses = read_clauses(text)
    mine = others = 0
    for place, token in enumerate(clauses.tokens):
        is_past = (token.text.endswith("ed") and len(token.text) > 4) or token.text in _DOING
        if not is_past or clauses.is_negated[place] or clauses.is_unreal[place]:
            continue
        if clauses.actors[place] in (Actor.ME, Actor.WE):
            mine += 1
        elif clauses.actors[place] is Actor.THEY:
            others += 1
    return mine, others


_DOING = PAST_FORMS - {"was", "were", "had", "felt", "knew", "thought", "meant", "saw", "heard", "lost", "understood"}

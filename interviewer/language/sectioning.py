"""Proposes the section of each sentence of a whole answer: what it sounds like, and the order stories are told in.

Each feature is a small grammar and votes for one section, from 1 (a hint) to 3 (plain). A dynamic programme then finds
the labels that fit best together: staying is free, going on is cheap, going back and leaving out cost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from interviewer.language.stems import PAST_FORMS, word_set
from interviewer.language.text import tokens
from interviewer.pattern import Section

S, T, A, R, F = Section

SHARES = {S: 0.20, T: 0.12, A: 0.43, R: 0.14, F: 0.11}
"""How much of an answer each section usually takes, in sentences."""

ON, SKIP, BACK = 0.5, 1.0, 3.0
"""What it costs to go on to the next section, to leave one out on the way, and to go back."""
FIRST = {S: 0.0, T: 1.0, A: 2.0, R: 2.5, F: 4.0}
"""What it costs to begin with a section."""
UNSAID = {S: 0.0, T: -0.5, A: 0.0, R: 0.0, F: -0.5}
"""A task and a reflection are seldom told without a word that marks them; the others often are."""
PLACE, SLACK = 4.0, 0.15
"""What being a whole answer away from a section's usual place costs, beyond the slack on either side."""

MOST_READ = 5000
"""Sentences, of an answer of nine hours. More are no answer, and would take many seconds: they are spread unread."""
LONGEST_READ = 2000
"""Characters of one sentence; the rest of it has no vote."""

DEED, MORE_DEEDS = 2.0, 0.5
"""For the Action: something that I or we did, and more than one such thing in a sentence."""
HABIT, TIMELESS = 2.0, 1.0
"""For the Reflection, less for the Situation: "I ask", and nothing in the past at all."""
BY_ITSELF = 1.0
"""For the Situation, and in the past for the Result: what is or went on without the speaker."""

_I = r"\bi(?:'(?:d|ve|m))?\s+(?:(?:\w+ly|also|just|then|still|now|always|never|had|have|even|first|soon|only|once) ){0,2}"
_WAS = r"(?:was|were|is|are|'s|'re|wasn't|weren't|isn't|aren't)"
_DAY = r"(?:day|night|morning|evening|week|month|monday|friday|saturday|sunday|time|shift|year|quarter)"
_GROWN = r"(?:fell|drop(?:ped|s)?|rose|halved|doubled|tripled|shrank|grew|improved|decreased|increased|climbed|lifted)"
_NUMBER = r"(?:a half|half|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand)"
_SAID = r"(?:asked|showed|told|called|rang|emailed|wrote|met|sat|talked|spoke|phoned|trained|taught|walked|presented|shared)"

_FEATURES: dict[Section, dict[str, tuple[float, str]]] = {
    S: {
        "who I was": (2, r"\bi(?:'m| am| was|'ve been| had been)(?: (?:a|an|the|one of|head|number|working|on|in|at|with)\b)|\bi(?:'m| am) \w+ (?:in|at|for|on)\b"),
        "where I worked": (2, r"\b(?:i|we) (?:work|worked|teach|taught|run|ran|look after|looked after|manage|managed|lead|joined|drive|drove)\b.{0,30}\b(?:as|at|in|for|on|a|the|about|small)\b"),
        "when it was": (2, r"\b(?:at the time|back then|years? ago|in my (?:last|previous|first|final|old|current)|when i (?:was|worked|joined)|while (?:working|i was)|where i work(?:ed)?)\b"),
        "what I noticed": (2, _I + r"(?:noticed|spotted|saw|caught|heard|happened to)\b"),
        "it kept on": (1, rf"\b(?:kept|keeps|keep|constantly|usually|often|mostly|always|every|each|whenever|most) (?:single )?(?:\w+ing|{_DAY})\b|\b(?:was|were|been) (?:\w+ly )?\w+ing\b|\bwould (?:\w+ )?(?:just |get|have|be|see)"),
        "trouble": (1, r"\b(?:complain\w*|angry|late|slow|wrong|broken|fail\w*|missing|los(?:t|ing|e)|stuck|mess|problems?|issues?|behind|errors?|spike|duplicate\w*|outages?|suffer\w*|shout\w*|hurting|out of)\b"),
        "what there was": (1, r"\bthere(?:'s| was| were| is| are)\b|\b(?:we|they|company|team|firm) (?:had|have)\b"),
        "whose it is": (1.5, r"\b(?:owned|run|maintained|shared|kept|built|used) by\b|\bbelong(?:s|ed) to\b"),
    },
    T: {
        "nobody asked": (3, r"\b(?:nobody|no one|noone)\b.{0,25}\b(?:asked|told|assigned|asking|wanted|expected)\b|\b(?:hadn't|hasn't|never|not) been (?:asked|told|assigned)\b|\bwithout being asked\b"),
        "not mine": (3, rf"\b{_WAS}(?: not|n't)?\b.{{0,25}}\b(?:not|isn't|wasn't)?\b(?:my (?:job|story|team|place|scope|area|call|backlog|responsibility)|up to me|in my|part of my)\b|\b(?:not|wasn't|isn't) (?:really |even |in )?(?:my|mine|our|ours)\b|\boutside (?:of )?(?:my|our)\b|\babove my\b"),
        "no order for it": (3, r"\b(?:no|wasn't an?|isn't an?|without an?) (?:open )?(?:ticket|incident|request|budget|project|mandate)\b"),
        "my goal": (3, r"\b(?:my|our|the) (?:own |main |only )?(?:task|goal|aim|target|brief|mission|objective|assignment|idea|challenge) (?:was|is|were)\b|\bmy (?:job|role|responsibility) was to\b|\bset (?:myself|out)\b|\bin charge of\b"),
        "I was asked": (3, r"\b(?:asked|told|tasked|assigned|wanted|expected|needed) (?:me|us)\b(?! about)|\bi was (?:\w+ )?(?:asked|told|tasked|given|assigned|supposed|responsible)\b|\b(?:given|gave it to|(?:was|is) on|going to be|left to) me\b"),
        "I resolved": (3, r"\bi(?:'d)? (?:\w+ )?(?:decided (?:i|we|to (?:own|take|fix|find|do|get|make))|made up my mind|made it my|promised|told myself|said to myself|gave myself|volunteered to (?:take|own|lead)|committed)\b|\bi thought,? i(?:'ll|'d)\b"),
        "I wanted": (2.5, r"\b(?:i|we) (?:\w+ )?(?:wanted|needed|had to|have to|meant to|intended|planned to|felt (?:that )?(?:i|some)|figured|reckoned|hoped)\b|\b(?:somebody|someone) (?:had to|should|needed)\b"),
        "somebody else's work": (2, r"\b(?:'s|is|was|were) (?:\w+ ){0,4}(?:responsibility|job|work|side|decision|thing|business|grade|department|office)\b"),
        "by when": (1, r"\b(?:before|by|within|until|under) (?:the )?(?:end|\w+day|summer|month|spring|week|quarter|easter|christmas|half)\b|\bi had \w+ (?:weeks|days|months) to\b|\bto (?:reduce|find|improve|get|bring|cut|make|fix)\b"),
    },
    A: {
        "order of steps": (1.5, r"^(?:(?:and )?then|first|firstly|second|secondly|next|after that,? i|finally|to start|to begin|once|before i|on monday)\b|\b(?:so|then),? i (?!want|need|felt|had|feel|say|think)|\bi (?:(?:then|also) (?!want|need|felt|had)|started by|began)"),
        "I spoke to them": (1, rf"{_I}{_SAID}\b|\btogether\b|\bwe (?:agreed|decided|discussed)\b"),
        "how they took it": (1, r"\b(?:hated|disagreed|worried|sceptical|skeptical|defensive|objected|refused|pushed back|wasn't (?:pleased|happy)|said (?:he|she|they|we)|he said|she said|they said)\b"),
        "what it showed": (1, r"\b(?:it turned out|(?:he|she) (?:gave|found|put|let|sent|moved|was)|that showed|the test|most of|nearly all|more than half|a third of|so that)\b"),
        "by doing": (1, r"\bby \w+ing\b|\busing\b"),
        "not there yet": (1.5, r"\b(?:wasn't|not|isn't) (?:good )?enough\b|\b(?:didn't work|went back to|had only|nowhere near|but it (?:was|would))\b|\bat (?:first|the beginning|first,)\b|\bto (?:begin|start) with\b"),
        "choosing": (1, r"\b(?:options?|trade-offs?|instead of \w+ing|chose|considered|rolled (?:it )?out)\b"),
    },
    R: {
        "as a result": (3, r"\b(?:as a result|in the end|the (?:result|upshot|outcome) (?:was|is)|overall|the short version is)\b"),
        "how it changed": (2, rf"\b(?:{_GROWN}|went (?:from|down|up|live|through)|(?:go|went|came|gone|come) (?:down|up|back|from)|reduced|cut|down (?:to|from)|back (?:on|into|to)|(?:better|faster|quicker|fewer|less|lower|higher|earlier|more \w+ive)|got better|paid us)\b"),
        "none left": (2, r"\b(?:no longer|not a single|(?:hasn't|haven't|not|never) (?:had|been|turned|seen)|disappeared|stopped|dried up|zero|none|nobody has|never out|no (?:more|failed|complaints?))\b"),
        "it stays": (2, r"\b(?:still|even) (?:use|uses|using|do|does|has|have|runs?|there|own|owns|writes?|works?)\b|\b(?:adopted|copied|asked for|took (?:it|the)|made (?:it a|the same)|became|re-?used|contract|handbook|standard|nominated|promoted|every other|other (?:teams?|branch\w*|wards?))\b|\bnow (?:use|uses|pay|pays|runs?|finish\w*|the)\b|\b(?:has|have) (?:since|now|started|put|used|become)\b"),
        "money and thanks": (2, r"\b(?:saved|saving|avoid\w*|recovered|earned|bonus|award|thank\w*|grateful|praised|apology|appreciated|compliment|happy|letter)\b"),
        "since when": (1.5, r"^(?!after (?:that|\w+),? i )(?:and )?(?:by|within|over|since|after|in) (?:\w+ ){0,2}(?:\w*days?|weeks?|months?|years?|spring|summer|winter|easter|christmas|then|that|january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:ever since|since then|since easter|years? since|(?:month|week|year|day)s? later|straight away|on average|that month|the following)\b|\bwithin (?:a|two|three|one) \w+\b"),
        "they came round": (1, r"\bthey (?:let|paid|made|kept|gave|now|still|stayed|came|raised)\b|\b(?:later|has|have) (?:told me|said|asked me)\b"),
        "delivered": (2, r"\b(?:we|i) (?:\w+ly |have |just )?(?:closed|emptied|finished|shipped|won|hit|delivered|released|launched|reached|handed it in)\b"),
        "figure against figure": (2, rf"(?:\d|\b{_NUMBER}\b).{{0,25}}\b(?:instead of|not|rather than|against|compared (?:to|with)|and now|(?:up|down) from) (?:about |around |nearly )?(?:\d|\$|{_NUMBER}\b)"),
        "a figure moved": (1.5, rf"\b(?:{_GROWN}|reduced|down|under|cut|saved|was|were|at|by|one in)\b.{{0,20}}(?:\d|\b(?:percent|{_NUMBER})\b)"),
    },
    F: {
        "lesson": (3, r"\b(?:learn(?:ed|t)?|lessons?|taught me|takeaway|looking back|in hindsight|in retrospect|with hindsight|made me (?:see|think|realise|realize))\b"),
        "what I take": (3, r"\bwhat i (?:took|take|would|'d|learned|see|know)\b|\bwhat (?:strikes|it taught|stays)\b|\bi understood\b|\bi (?:now )?(?:realised|realized|realise|realize) (?:that )?(?:the|it|i|how)\b|\bi see now\b|\bit's changed the way\b"),
        "next time": (3, r"\bnext time\b|\bif i (?:did|were|could|had to)\b|\bdifferently\b|\bi(?:'d| would) do\b"),
        "these days": (3, r"\b(?:these days|nowadays|a habit|my rule|i've made it|from now on)\b|\b(?:since then|ever since|since that time|today|now),? (?:when(?:ever)?\b.{0,40}\b)?i (?!was|had|did|got)\w+|\bi now\b|\bi\b.{0,40}\b(?:any ?more|now)$"),
        "the real cause": (3, r"\b(?:root (?:cause|of it)|(?:real|true|deeper|underlying) (?:\w+ )?(?:problem|cause|issue|gap|reason)|the (?:thing|point|truth) is)\b"),
        "seen from now": (1.5, r"\b(?:had|'d) (?:never |always |only |all )?(?:been|seen|spent|asked|gone|measured|thought|assumed|treated|trusted)\b|\bwhen really\b|\bwithout once\b"),
        "in my view": (2, r"^(?:and |so |well,? )?(?:i (?:think|suppose|believe|guess)|i'd say|for me|to me)\b|\bi(?:'d| had) (?:always|never|been|spent)\b|\bi (?:always|used to) (?:think|thought)\b"),
    },
}  # fmt: skip

_COMPILED = {
    section: tuple((weight, re.compile(expression)) for weight, expression in rows.values())
    for section, rows in _FEATURES.items()
}

_ENDS = dict(zip(Section, accumulate(SHARES.values()), strict=True))
_BY_POSITION = dict(zip(Section, accumulate((0.25, 0.12, 0.36, 0.17, 0.10)), strict=True))
"""What position alone does best with on the development set: the harder baseline."""
_STATES = word_set(
    "was were had did said felt knew thought meant saw heard understood lost noticed wanted needed realised realized "
    "worked used learned happened wondered hoped liked figured reckoned caught supposed "
    "shipped delivered released launched finished closed emptied reached won hit"
)
_LIGHT = word_set("then also just first finally even still only never once again and now always")
_NO_HABIT = word_set(
    "was were had did am have could would should will can may might must been think suppose mean guess know believe do "
    "and or but who in at on as was not call called"
)
_BREAK = frozenset(",.;:!?—–")
_OTHERS = word_set("he she they who that which it nobody")


def propose_sections(sentences: Sequence[str], among: Sequence[Section] = tuple(Section)) -> tuple[Section, ...]:
    """A section for each sentence of one whole answer, in order: one of those `among`. Sections may be absent."""
    count = len(sentences)
    if not count or len(among) == 1:
        return (*among,) * count
    if count > MOST_READ:
        return position_only(count, among)
    best = {section: vote - FIRST[section] for section, vote in _votes(sentences[0]).items() if section in among}
    came: list[dict[Section, Section]] = []
    for place, text in enumerate(sentences[1:], 1):
        step = _HEADLINE if place == 1 else _STEP
        votes, far = _votes(text), _far((place + 0.5) / count)
        reached, origin = {}, {}
        for after in among:
            paths = {before: score - step[before, after] for before, score in best.items()}
            origin[after] = before = max(paths, key=paths.__getitem__)
            reached[after] = paths[before] + votes[after] - far[after]
        best = reached
        came.append(origin)
    labels = [max(best, key=best.__getitem__)]
    for origin in reversed(came):
        labels.append(origin[labels[-1]])
    return tuple(reversed(labels))


def position_only(count: int, among: Sequence[Section] = tuple(Section)) -> tuple[Section, ...]:
    """The baseline: `count` sentences spread by their place alone, unread."""
    shares = [(place + 0.5) / count for place in range(count)]
    return tuple(next((each for each in among if share <= _BY_POSITION[each]), among[-1]) for share in shares)


def _cost(way: int) -> float:
    return BACK if way < 0 else ON * (way > 0) + SKIP * max(0, way - 1)


_LETTERS = tuple(enumerate(Section))
_STEP = {(before, after): _cost(j - i) for i, before in _LETTERS for j, after in _LETTERS}
_HEADLINE = {way: min(cost, ON + SKIP) if way == (R, S) else cost for way, cost in _STEP.items()}
"""From the first sentence on: some begin with the result and then tell the story."""


def _far(place: float) -> dict[Section, float]:
    """What each section costs at a place, 0 to 1, of the answer."""
    return {
        section: PLACE * max(0.0, end - SHARES[section] - SLACK - place, place - end - SLACK)
        for section, end in _ENDS.items()
    }


def _votes(text: str) -> dict[Section, float]:
    plain = text[:LONGEST_READ].lower().replace("’", "'")
    votes = {
        section: UNSAID[section] + sum(weight for weight, expression in rows if expression.search(plain))
        for section, rows in _COMPILED.items()
    }
    told = _told(plain)
    votes[A] += DEED * (told.deeds > 0) + MORE_DEEDS * (told.deeds > 1)
    if told.habits and not told.deeds:
        votes[F] += HABIT
        votes[S] += HABIT / 4
    if not told.is_past:
        votes[F] += TIMELESS
        votes[S] += TIMELESS / 2
    if not told.speaks:
        votes[S] += BY_ITSELF
        votes[R] += BY_ITSELF * told.is_past
    return votes


@dataclass(slots=True)
class _Told:
    """Who does what in a sentence: deeds and habits of "I" or "we", whether either is there at all, and the tense."""

    deeds: int = 0
    habits: int = 0
    speaks: bool = False
    is_past: bool = False


def _told(plain: str) -> _Told:
    told = _Told()
    mine = is_next = is_fresh = False  # the subject is the speaker; a verb is due; nothing stood in between
    for token in tokens(plain):
        word = token.text
        head, _, tail = word.partition("'")
        is_past = word in PAST_FORMS or (word.endswith("ed") and len(word) > 3)
        told.is_past |= is_past or tail == "d" or head in ("wasn", "weren", "didn", "hadn", "couldn")
        told.speaks |= head in ("i", "we", "me", "my", "us")
        if head in ("i", "we"):
            mine, is_next, is_fresh = True, tail != "ve", not tail
        elif word in _BREAK or word in _LIGHT or word.endswith("ly"):
            if word in ("and", "then") and mine:
                is_next, is_fresh = True, False
        elif word in _OTHERS:
            mine = is_next = False
        elif is_next:
            told.deeds += is_past and word not in _STATES
            told.habits += is_fresh and not is_past and head not in _NO_HABIT and word in ("don't", head)
            is_next = False
    return told

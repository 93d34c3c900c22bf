"""What is counted in an answer: I and we, sounds and words that only fill, and hedges. Never on a normalised text."""

import re
from dataclasses import dataclass

from interviewer.language.figures import Quote

_I = re.compile(r"(?<![\w'’])(?<!\b\w\.)[Ii](?:['’](?:m|d|ve|ll))*(?![\w'’/]|\.[a-z])|\b[Ii](?:m|ve)\b")
_WE = re.compile(r"(?<![\w'’])we(?:['’](?:re|d|ve|ll))*(?![\w'’])|\bweve\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:(?=[A-Z])(?i:section|part|phase|chapter|type|class|level|stage|tier|grade|act|volume|article|title|appendix|"
    r"figure|schedule|world\s+war)|(?<!the )(?<!that )(?<!this )(?<!each )(?<!every )(?:section|phase|chapter|appendix|"
    r"article)|(?:the\s+letter))\s+$"
)
_TITLE = re.compile(
    r"(?i)\b(?:section|part|phase|chapter|type|class|level|stage|tier|grade|act|volume|appendix|figure|sde|engineer|"
    r"analyst|developer)\s+$"
)
_AFTER_NUMERAL = re.compile(r"\s*(?:[.,;:!?)]|$)|\s+(?:(?:and|or|to)\s+II|errors?|role|position|at|in)\b")
_SOUNDS = re.compile(r"\b(?:u+m+|u+h+m*|er(?:r+)?|e+r+m+|h+m+|a+h+|(?<!\d )(?<!\d)m{2,3})\b(?!-)", re.IGNORECASE)
_NO_SOUND = re.compile(r"(?:\b(?:the|an?|to|in|of|at)\s+|[-'’])$", re.IGNORECASE)
_I_MEAN = re.compile(r"i\s+mean", re.IGNORECASE)
_FILLING = r"(?:you\s+know|i\s+mean|like|actually|basically|right)"
_SET_OFF = re.compile(
    rf"(?:(?<=[,;:.!?–—\n…])|^|(?<=[–—-]\s))[\s\"“]*(?P<word>{_FILLING})(?=\s*(?:[,;–—…]|\.\.|[.!?]|$))", re.IGNORECASE
)
_OPENING = re.compile(
    r"(?:^|[,.!?;]\s+)(?:so|and|but|well|because|yeah|um|uh)\s+(?P<word>you\s+know|i\s+mean|like|basically)(?=,)",
    re.IGNORECASE,
)
_SUBJECT = r"(?:i|we|they|he|she|it|nobody|everyone|everybody|there)(?:['’]\w+)?\b"
_EMPTY_LIKE = re.compile(
    r"(?:\b(?:was|were|is|it['’]s|just|and|so|but|be|being|had|took|for|got|by|after|there['’]s|i['’]m|they['’]re|um|"
    r"uh),?|,)\s+(?P<word>like)(?=,|\s+(?:um|uh|oh|really|super|so|totally|completely|whoa|okay|\d|two|three|four|five|"
    r"six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|a\shundred|a\sthousand|half)\b)"
    rf"|\b(?:and|but|because|so),?\s+(?P<other>like)(?=\s+{_SUBJECT}(?!\s+(?:said|say|mentioned|told|explained|did)))",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?P<word>you\s+know(?!\s+(?:the|that|what|how|why|who|where|when|if|about|an?|my|our|your|this|it|them|him|her|"
    r"everyone|everything|people|whether|each|which|for|from|of|as|all|better|best|yourself|enough|exactly|nothing|"
    r"something|someone)\b)"
    r"|i\s+mean(?!\s+(?:by|to|business|every)\b|\s+(?:it|that|this|the\s+\w+)\s*(?:[.,!?]|$)))(?=,?\s+\w)",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:do|if|did|let|as|once|when|that|what|how|until|before|would|could|should|people|sure|all|because|than|who|"
    r"unless|letting|whether|everyone|think|hope|since|things|don['’]t|didn['’]t|which|to|not|till)\s+$",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:maybe|perhaps|probably|somewhat|more\s+or\s+less(?!\s+than)"
    r"|(?<!quite )(?<!every )(?<!not )(?<!good )(?:a\s+(?:little|tiny)\s+bit|a\s+bit)(?!\s+of\b(?!\s+an?\b))"
    r"|i\s+(?:think|guess|suppose)(?!\s+(?:about|of|through|ahead|back)\b|\s+in\s+(?:terms|systems)\b)"
    r"|i\s+believe(?!\s+(?:in|him|her|them|you|it[.,])(?:\s|\b))"
    r"|(?:sort|kind)\s+of(?!\s+(?:you|him|her|them|thing)\b)|kinda|sorta)\b",
    re.IGNORECASE,
)
_A_SORT = re.compile(
    r"\b(?:an?|the|this|that|some|any|what|whatever|one|every|each|no|same|right|wrong|new|of|our|my|your|his|her|their|"
    r"other|another|these|those|which|different|certain|similar|particular|special|best|worst|only|first|weird|strange|"
    r"two|three|very|so)\s+$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:do|did|what|as|should|would|can)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counts:
    """`i` and `we` with their contractions; what fills and what hedges, as said."""

    i: int
    we: int
    fillers: tuple[Quote, ...]
    hedges: tuple[Quote, ...]


def counts(text: str) -> Counts:
    """Counts one text, a whole answer or a part of it."""
    fillers = _fillers(text)
    return Counts(_count_i(text, fillers), len(_WE.findall(text)), fillers, _hedges(text))


def _count_i(text: str, fillers: tuple[Quote, ...]) -> int:
    """Every I but the one of the filler "I mean", and numerals."""
    meant = {filler.start for filler in fillers if _I_MEAN.match(filler.text)}
    return sum(found.start() not in meant and not _is_numeral(text, found) for found in _I.finditer(text))


def _is_numeral(text: str, found: re.Match[str]) -> bool:
    """Section I, a type I error, the letter I, hired as SDE I; not "the part I played"."""
    lead = _before(text, found)
    is_bare = found.group() in ("I", "i")
    is_closed = _AFTER_NUMERAL.match(text, found.end())
    return is_bare and bool(_NUMBERED.search(lead) or (is_closed and _TITLE.search(lead)))


def _fillers(text: str) -> tuple[Quote, ...]:
    found = {each.span() for each in _SOUNDS.finditer(text) if not _is_other_sound(text, each)}
    for pattern in (_SET_OFF, _OPENING):
        found |= {each.span("word") for each in pattern.finditer(text)}
    found |= {each.span() for each in _LOOSE.finditer(text) if not _MEANT.search(_before(text, each))}
    found |= {each.span("word" if each["word"] else "other") for each in _EMPTY_LIKE.finditer(text)}
    return tuple(Quote(text[start:end], start, end) for start, end in sorted(found))


def _before(text: str, found: re.Match[str]) -> str:
    """The word or two before what was found."""
    return text[max(0, found.start() - 24) : found.start()]


def _is_other_sound(text: str, found: re.Match[str]) -> bool:
    """The ER, to err, 5 mm."""
    sound = found.group()
    if sound.lower() in ("er", "err"):
        lead = _before(text, found)
        return sound == "ER" or bool(_NO_SOUND.search(lead) and sound.lower() == "err") or lead.endswith("-")
    return sound == "HM"


def _hedges(text: str) -> tuple[Quote, ...]:
    found = []
    for each in _HEDGES.finditer(text):
        lead, word = _before(text, each), each.group().lower()
        if not (word.endswith(" of") and _A_SORT.search(lead)) and not (word[:2] == "i " and _ASKED.search(lead)):
            found.append(Quote(each.group(), each.start(), each.end()))
    return tuple(found)

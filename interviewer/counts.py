"""What is counted in an answer: I and we, sounds and words that only fill, and hedges. Never on a normalised text."""

import re
from dataclasses import dataclass

from interviewer.figures import Quote

_I = re.compile(r"(?<![\w'’.-])[Ii](?:['’](?:m|d|ve|ll))?(?![\w'’-]|\.[a-z])")
_WE = re.compile(r"(?<![\w'’-])we(?:['’](?:re|d|ve|ll))?(?![\w'’-])", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:section|part|phase|chapter|type|class|level|world war|appendix|figure)\s+$", re.IGNORECASE
)
_SOUNDS = re.compile(r"\b(?:u+m+|u+h+m*|e+r+m*|h+m+|a+h+|mm+)\b", re.IGNORECASE)
_I_MEAN = re.compile(r"\bi mean\b", re.IGNORECASE)
_FILLING = r"you know|i mean|like|actually|basically|literally|right|honestly|obviously"
_SET_OFF = re.compile(
    rf"(?:(?<=[,;:.!?–—])\s+|(?<=[,;:.!?–—]\s)|^\s*|(?<=\n)|(?<=\band\s)|(?<=\bbut\s))(?P<word>{_FILLING})(?=\s*[,;–—])",
    re.IGNORECASE,
)
_BEFORE_COMMA = re.compile(rf"(?<=,\s)(?P<word>{_FILLING})(?=\s*[.!?]|$)", re.IGNORECASE)
_EMPTY_LIKE = re.compile(
    r"\b(?:was|were|is|it's|just|and|so|but|be)\s+(?P<word>like)(?=,|\s+(?:um|uh|oh|really|super|so|totally|whoa))",
    re.IGNORECASE,
)
_LOOSE_YOU_KNOW = re.compile(
    r"\b(?P<word>you know)(?!\s+(?:the|that|what|how|why|who|where|when|if|about|a|an|my|our|your|this|it|them|him|her|"
    r"everyone|everything|people|whether|each|which|for|from|of|as|all)\b)(?=\s+\w)(?<!do you know)(?<!if you know)"
    r"(?<!did you know)(?<!let you know)(?<!as you know)(?<!once you know)(?<!when you know)(?<!that you know)",
    re.IGNORECASE,
)
_LOOSE_I_MEAN = re.compile(
    r"\b(?P<word>i mean)(?!\s+(?:that|by|it|the|this|to|what|business)\b)(?=\s+\w)", re.IGNORECASE
)
_HEDGES = re.compile(
    r"\b(?:maybe|perhaps|probably|somewhat|more or less|a little bit|a bit|i think|i guess|i believe|i suppose|"
    r"i['’]d say|i feel like|(?<!a )(?<!the )(?<!this )(?<!that )(?<!some )(?<!any )(?<!what )(?<!one )(?<!every )"
    r"(?<!same )(?<!right )(?<!wrong )(?<!new )(?<!of )(?<!our )(?<!my )(?<!their )(?<!other )(?<!these )(?<!those )"
    r"(?:sort|kind) of|kinda|sorta)\b",
    re.IGNORECASE,
)
_NO_HEDGE_AFTER = re.compile(r"^\s+(?:about it|of (?:the|a|it)|in\b|through\b|ahead\b)", re.IGNORECASE)
_A_BIT_OF = re.compile(r"^\s+of\b")


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
    meant = [filler.start for filler in fillers if _I_MEAN.match(filler.text)]
    return sum(
        found.start() not in meant and not _NUMBERED.search(text, 0, found.start()) for found in _I.finditer(text)
    )


def _fillers(text: str) -> tuple[Quote, ...]:
    found = {(each.start(), each.end()) for each in _SOUNDS.finditer(text)}
    for pattern in (_SET_OFF, _BEFORE_COMMA, _EMPTY_LIKE, _LOOSE_YOU_KNOW, _LOOSE_I_MEAN):
        found |= {each.span("word") for each in pattern.finditer(text)}
    return tuple(Quote(text[start:end], start, end) for start, end in sorted(found))


def _hedges(text: str) -> tuple[Quote, ...]:
    return tuple(
        Quote(found.group(), found.start(), found.end())
        for found in _HEDGES.finditer(text)
        if not _NO_HEDGE_AFTER.match(text[found.end() :])
        and not (found.group().lower() in ("a bit", "a little bit") and _A_BIT_OF.match(text[found.end() :]))
    )

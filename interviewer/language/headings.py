"""The headings that people write above the parts of a typed answer, in any dress: "## Situation", "**Actions (90s):**".

A heading begins a line, or stands with a colon inside one. A name that merely begins a sentence ("Results were poor")
is none, and what could be either ("Result: none, so I ...") is one only where no plainer heading names its section.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from interviewer.pattern import Section

S, T, A, R, F = Section

_I = "(?:i|we|you)"
_NAMES: dict[tuple[Section, ...], str] = {
    (S,): r"situations?|context|background|set(?:ting)? the scene|what happened",
    (T,): rf"tasks?|goals?|objectives?|assignment|role|responsibilit(?:y|ies)|what {_I} had to do",
    (S, T): r"challenges?|problems?|obstacles?",
    (A,): rf"actions?|steps|approach|solution|what (?:{_I} did|did {_I} do)",
    (R,): r"results?|outcomes?|impact|how it (?:turned out|ended|went)",
    (F,): r"reflections?|learnings?|lessons?|take-?aways?|insights?|conclusions?|looking back|in hindsight|next time"
    rf"|what (?:{_I}(?:['’]ve)?|did {_I}) learn(?:ed|t)?"
    rf"|what {_I}(?: would|['’]d) (?:do differently|change)(?: next time)?",
}
"""Singular and plural, and what courses call a part. Around it may stand "my", "key", "taken" and such."""
_LETTERS = {**{section.letter: section for section in Section}, "L": F}
"""STARF, and STARL with its learning. In STARR the second R is what was learned."""
_PLAIN_NAME = r"(?:[Ss]ituation|[Tt]ask|[Aa]ction|[Rr]esult|[Rr]eflection|[Ll]earning)s?\b"

_SAME_LENGTH: dict[int, str | int] = {
    **dict.fromkeys([0xA0, *range(0x2000, 0x200E), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF], " "),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **str.maketrans("\t【】「」_", "|[][]*"),
}
"""Spaces, the wide signs of East Asian keyboards and the edges of cells; bold text has stars."""
_BOLD_INITIAL = re.compile(r"\*\*(\w)\*\*(?=\w)")

_TIME = r"(?:(?:\d[.,])?\d{1,3} ?(?:s(?:ec(?:onds?)?)?\b|min(?:utes?)?\b|[\"″])|\d{1,2}:\d\d\b)"
_TIMES = rf"{_TIME}(?: ?[-–—] ?{_TIME})?"
_SIGN = r"(?:[^\w\s\"“”'’$]| )"
"""Of Markdown, a bullet, a picture, a line that is drawn."""
_NUMBER = rf"{_TIMES}|(?:part|step|section) \d|\d{{1,2}}(?=[.):\ufe0f])|[ivx]{{1,4}}(?= ?[-–—.:)])|x(?=\])"
_INITIAL = r"[starfl](?= ?[-–—.:)\]=])"
_ARTICLE = r"(?:(?:what (?:was|were)|the|my|our|your|key|main|final|overall) ){0,3}"
_DID = "took|made|did|faced|had|got|saw|achieved|learned|learnt"
_MORE = rf"(?: (?:taken|achieved|learned|learnt|section|part|statement)| {_I} (?:{_DID}))?"
_CLOSED = r"[^\w\n:|.,;!?…(\[\"“”'’$–—-]{0,40}"
_IN_BRACKETS = r"[(\[][^)\]\n]{1,60}[)\]]"
_MEASURE = rf"[^)\]\n\d]{{0,12}}(?:{_TIMES}|\d{{1,3}} ?(?:%|percent|words))[^)\]\n]{{0,20}}"
_MEASURED = rf"[(\[](?:{_MEASURE}|[starfl])[)\]]"
_BESIDE = rf"(?: ?#?\d{{1,2}}(?![\d%]))?(?: ?{_MEASURED}){{0,2}}(?: ?[-–—,]? ?{_TIMES})?"
"""A number of its own, how long or how much in brackets, a time."""
_BOLD_ENDS = r"(?:(?<=\*\*)|(?<=\*\* ))(?=\w)"
_STOP = (
    rf"[:|)\]→]|[-=]>| [-–—]{{1,2}}(?=[ \n])|[–—]|\.(?=\s|$)|\?(?= *(?:\n|$))|{_BOLD_ENDS}"
    rf"|(?=\n|$|{_IN_BRACKETS}\** ?(?:[:\n]|$))"
)
"""Other words in brackets are the first of the part."""
_UNDERLINE = r"(?: *\n *[-=*~]{3,} *(?=\n|$))?"
_TAIL = rf"{_CLOSED}{_BESIDE}{_CLOSED}(?P<stop>{_STOP})[*~ ]{{0,8}}(?:{_MEASURED}\*{{0,2}})?{_UNDERLINE}"


def _heading(label: str, name: str) -> re.Pattern[str]:
    joint = r" ?(?:/|&|\+|,|\band\b) ?"
    # Looked ahead for, then taken whole: nothing of it is tried again for what comes after.
    dress = rf"(?=(?P<dress>{_SIGN}{{0,40}}(?:(?:{label}){_SIGN}{{1,8}}){{0,4}}))(?P=dress)"
    return re.compile(f"{dress}(?P<names>{name}(?:{joint}{name}){{0,4}}){_TAIL}", re.IGNORECASE)


_WORDED = _heading(f"{_NUMBER}|{_INITIAL}", f"{_ARTICLE}(?:{'|'.join(_NAMES.values())}){_MORE}")
_LETTERED = _heading(_NUMBER, "[starfl]")
_NAMED = {sections: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for sections, names in _NAMES.items()}
_PLAIN = re.compile(rf"\b{_PLAIN_NAME}", re.IGNORECASE)
_PLACE = re.compile(rf"^|(?<=[.!?…\"”’)]) +| (?=\W{{0,4}}(?=[A-Z]){_PLAIN_NAME}\W{{0,4}}:)", re.MULTILINE)
"""Where a heading can begin: a line, behind a sentence, and before a plain name with a capital letter and a colon."""


class _Kind(Enum):
    """From the plainest on."""

    NAME = auto()
    """Begins a line, with a capital letter or a dress: "Task", "- task"."""
    LETTER = auto()
    OTHER = auto()
    """Begins a line: "Goal", "task:"."""
    WITHIN = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a heading stands in a text (end excluded), and the sections it names: several in "Task/Action"."""

    start: int
    end: int
    sections: tuple[Section, ...]


def headings(text: str) -> tuple[Heading, ...]:
    """All headings of a text whose lines end in "\\n", in order."""
    found = list(_found(_plain(text)))
    plainer = _believed(found)
    told: list[Heading] = []
    here: tuple[Section, ...] = (S,)
    for heading, kind in found:
        sections = heading.sections
        if kind not in plainer:
            continue
        if plainer[kind].issuperset(sections):
            sections = tuple(section for section in sections if section in here)
        if kind is _Kind.LETTER and told and here == sections == (R,):
            sections = (F,)
        if sections:
            told.append(replace(heading, sections=sections))
            here = sections
    return tuple(told)


def _believed(found: list[tuple[Heading, _Kind]]) -> dict[_Kind, frozenset[Section]]:
    """The kinds that name enough parts to be headings, each with the sections that plainer ones name."""
    plainer: dict[_Kind, frozenset[Section]] = {}
    named: set[tuple[Section, ...]] = set()
    for kind in _Kind:
        own = {heading.sections for heading, of in found if of is kind}
        enough = {
            _Kind.NAME: len(own) > 0,
            _Kind.LETTER: len(own) > 2,  # "A: ..." alone answers a "Q: ..."
            _Kind.OTHER: len(own | named) > 1,
            _Kind.WITHIN: len(own | named) > (1 if named else 2),
        }
        if enough[kind]:
            plainer[kind] = frozenset(section for sections in named for section in sections)
            named |= own
    return plainer


def _plain(text: str) -> str:
    """The text with one sign for all that mean the same, each where it stood."""
    return _BOLD_INITIAL.sub(r"****\1", text.translate(_SAME_LENGTH))  # "**S**ituation"


def _found(text: str) -> Iterator[tuple[Heading, _Kind]]:
    """Whatever may be a heading, in order."""
    end = 0
    for place in (found.end() for found in _PLACE.finditer(text)):
        if place < end:
            continue
        begins_line = place == 0 or text[place - 1] == "\n"
        if (worded := _WORDED.match(text, place)) and (kind := _worded(worded, begins_line)):
            end = worded.end()
            yield Heading(place, end, _by_names(worded["names"])), kind
        elif (lettered := _LETTERED.match(text, place)) and _is_lettered(lettered, begins_line):
            end = lettered.end()
            yield Heading(place, end, _by_letters(lettered["names"])), _Kind.LETTER


def _worded(found: re.Match[str], begins_line: bool) -> _Kind | None:
    has_colon = found["stop"] == ":"
    if found["dress"].strip() or found["names"][0].isupper():
        if begins_line:
            return _Kind.NAME if _PLAIN.search(found["names"]) else _Kind.OTHER
        return _Kind.WITHIN if has_colon or found["stop"].strip(" –—-") == "" != found["stop"] else None
    return (_Kind.OTHER if begins_line else _Kind.WITHIN) if has_colon else None


def _is_lettered(found: re.Match[str], begins_line: bool) -> bool:
    """Whether it is more than an initial ("R. Jones") or a word ("a")."""
    return found["stop"] == ":" or (begins_line and found["stop"] != "." and found["names"].isupper())


@lru_cache
def _by_letters(names: str) -> tuple[Section, ...]:
    return tuple(dict.fromkeys(_LETTERS[sign] for sign in re.findall(r"\b\w\b", names.upper())))


@lru_cache
def _by_names(names: str) -> tuple[Section, ...]:
    named = {section for sections, known in _NAMED.items() if known.search(names) for section in sections}
    return tuple(section for section in Section if section in named)

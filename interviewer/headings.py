"""The headings that people write above the parts of a typed answer, in any dress: "## Situation", "**Actions (90s):**".

A heading begins a line, or stands with a colon behind the end of a sentence. A name that merely begins a sentence
("Results were poor") is none.
"""

import re
from dataclasses import dataclass

from interviewer.pattern import Section

_NAMES = {
    Section.SITUATION: r"situations?|context|background|challenges?|problem",
    Section.TASK: r"tasks?|goals?|objectives?|assignment|role|responsibilit(?:y|ies)",
    Section.ACTION: r"actions?|steps?|approach|what (?:i|we) did",
    Section.RESULT: r"results?|outcomes?|impact",
    Section.REFLECTION: r"reflections?|learnings?|lessons?|take-?aways?|insights?|conclusions?|looking back"
    r"|what (?:i|we)(?:['’]ve)? learn(?:ed|t)",
}
"""Singular and plural, and what courses call a part. Around it may stand "my", "key", "taken" and such."""
_LETTERS = {**{section.letter: section for section in Section}, "L": Section.REFLECTION}
"""One letter is a heading where another part has one too: STARF, and STARL with its learning."""

_DRESS = r"(?:[^\w\s\"“'’$]|[_ \t]|\d{1,2}[.)]){0,16}"
"""Signs before a heading: of Markdown, a bullet, a number, a picture."""
_NAME = (
    r"(?:(?:the|my|our|key|main|final) ){0,2}"
    rf"(?:{'|'.join(_NAMES.values())})(?: (?:taken|achieved|learned|learnt|section|part|statement))?"
)
_CLOSED = r"[*_~\]) \t]{0,8}"
_TIME = r"(?:\d{1,3} ?s(?:ec(?:onds?)?)?|\d{1,2}:\d\d|\d ?min(?:utes?)?)\b"
_BESIDE = rf"(?: ?#?\d{{1,2}}(?![\d%]))?(?: ?[(\[][^)\]\n]{{1,40}}[)\]])?(?: ?[-–—,]? ?{_TIME})?"
"""A number of its own, a remark in brackets, a time."""
_COLONS = ":\uff1a"
"""The second is the wide one of East Asian keyboards."""
_BOLD_ENDS = r"(?<=[*_][*_])(?=\w)|(?<=[*_][*_] )(?=\w)"
_STOP = rf"[{_COLONS}|]|[ \t][-–—]{{1,2}}(?=[ \t\n])|[–—]|\.(?=\s|$)|\)(?=[ \t])|{_BOLD_ENDS}|(?=\n|$)"
_UNDERLINE = r"(?:[ \t]*\n[ \t]*[-=_*~]{3,}[ \t]*(?=\n|$))?"


def _heading(name: str) -> str:
    joint = r" ?(?:/|&|\+|,|\band\b) ?"
    tail = f"{_CLOSED}{_BESIDE}{_CLOSED}(?P<stop>{_STOP}){_CLOSED}{_UNDERLINE}"
    return f"(?P<dress>{_DRESS})(?P<names>{name}(?:{joint}{name})*){tail}"


_WORDED = re.compile(_heading(_NAME), re.IGNORECASE)
_LETTERED = re.compile(_heading("[STARFL]"))
_NAMED = {section: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for section, names in _NAMES.items()}
_PLACE = re.compile(r"^|(?<=[.!?…\"”’)])[ \t]+", re.MULTILINE)
"""Where a heading can begin: a line, or behind a sentence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a heading stands in a text (end excluded), and the sections it names: several in "Task/Action"."""

    start: int
    end: int
    sections: tuple[Section, ...]


def headings(text: str) -> tuple[Heading, ...]:
    """All headings of a text, in order."""
    places = [found.end() for found in _PLACE.finditer(text)]
    lettered = {place: found for place in places if (found := _match(_LETTERED, text, place))}
    if len({found["names"] for found in lettered.values()}) < 2:  # "A: ..." alone answers a "Q: ..."
        lettered = {}
    told: list[Heading] = []
    for place in places:
        if told and place < told[-1].end:
            continue
        if letter := lettered.get(place):
            worded = _match(_WORDED, text, letter.end())  # "S - Situation: ..."
            told.append(Heading(place, (worded or letter).end(), _by_letters(letter["names"])))
        elif worded := _match(_WORDED, text, place):
            told.append(Heading(place, worded.end(), _by_names(worded["names"])))
    return tuple(told)


def _match(kind: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    """The heading at a place. Within a line it needs a colon; without a colon or a dress it needs a capital letter."""
    found = kind.match(text, place)
    if not found or (found["stop"] and found["stop"] in _COLONS):
        return found
    begins_line = place == 0 or text[place - 1] == "\n"
    return found if begins_line and (found["dress"].strip() or found["names"][0].isupper()) else None


def _by_letters(names: str) -> tuple[Section, ...]:
    return tuple(dict.fromkeys(_LETTERS[sign] for sign in names if sign in _LETTERS))


def _by_names(names: str) -> tuple[Section, ...]:
    return tuple(section for section in Section if _NAMED[section].search(names))

"""A typed answer: its sentences, and the section each belongs to."""

import re
from dataclasses import dataclass

from interviewer.errors import PracticeError
from interviewer.pattern import Section
from interviewer.sectioning import propose_sections
from interviewer.text import Sentence, sentences

_HEADING = re.compile(r"^\s*(situation|task|action|result|reflection)\s*:\s*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A text, its sentences, and a section for each. `is_proposed` when nobody but the rules said which."""

    text: str
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    is_proposed: bool

    def by_section(self) -> dict[Section, str]:
        """What was written in each section, as it stands in the text where its sentences follow each other."""
        told: dict[Section, str] = {}
        end = 0
        for sentence, section in zip(self.sentences, self.sections, strict=True):
            before = told.get(section)
            follows = before is not None and self.text[:end].rstrip().endswith(before[-20:].rstrip())
            gap = self.text[end : sentence.start] if follows else " "
            told[section] = sentence.text if before is None else f"{before}{gap}{sentence.text}"
            end = sentence.end
        return {section: told[section] for section in Section if section in told}


def read_written(text: str, only: Section | None = None) -> Written:
    """The sentences of a typed answer and their sections: all in `only`, else by its own headings ("Situation: ..."),

    else as proposed by the rules. Raises PracticeError for an empty text.
    """
    told = sentences(text)
    if not told:
        raise PracticeError("The text is empty. Write the answer into it, then try again.")
    if only:
        return Written(text, told, (only,) * len(told), False)
    if _HEADING.search(text):
        return _by_headings(text)
    return Written(text, told, propose_sections([sentence.text for sentence in told]), True)


def _by_headings(text: str) -> Written:
    found = list(_HEADING.finditer(text))
    told: list[tuple[Sentence, Section]] = []
    ends = [*(heading.start() for heading in found[1:]), len(text)]
    for heading, end in zip(found, ends, strict=True):
        section = Section(heading.group(1).lower())
        for sentence in sentences(text[heading.end() : end]):
            place = heading.end()
            told.append((Sentence(sentence.text, place + sentence.start, place + sentence.end), section))
    if not told:
        raise PracticeError("There is nothing below the headings. Write the answer, then try again.")
    return Written(text, tuple(each for each, _ in told), tuple(section for _, section in told), False)

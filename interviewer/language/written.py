"""A typed answer: its sentences, and the section each belongs to. Nothing that was written is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.errors import PracticeError
from interviewer.language.headings import Heading, headings
from interviewer.language.sectioning import propose_sections
from interviewer.language.text import Sentence, sentences
from interviewer.pattern import Section

EVERY = tuple(Section)

_BROKEN = re.compile(r"(?<=[^\n]{40})\n(?= *[a-z])")
"""The end of a long line that goes on in lower case on the next one: it was broken for its length alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text with every line as long as it was meant, its sentences, and a section for each."""

    text: str
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]

    def by_section(self) -> dict[Section, str]:
        """What was written in each section, as it stands in the text where its sentences follow each other."""
        told: dict[Section, list[str]] = {}
        before: Section | None = None
        end = 0
        for sentence, section in zip(self.sentences, self.sections, strict=True):
            gap = self.text[end : sentence.start]
            pieces = told.setdefault(section, [])
            if pieces:
                pieces.append(gap if section is before and not gap.strip() else "\n")
            pieces.append(sentence.text)
            before, end = section, sentence.end
        return {section: "".join(told[section]) for section in Section if section in told}


def read_written(text: str, only: Section | None = None) -> Written:
    """The sentences of a typed answer and their sections: all in `only`, else by its own headings ("Situation: ..."),
    else as proposed by the rules. What stands before the first heading belongs to the sections before it.

    Raises PracticeError when there is nothing but space and headings.
    """
    text = "\n".join(text.splitlines())
    found = headings(text)
    text = _BROKEN.sub(" ", text)
    told: list[tuple[Sentence, Section]] = []
    for start, end, among in _parts(found, len(text)):
        allowed = (only,) if only else among
        pieces = [each for each in sentences(text[start:end], start) if any(map(str.isalnum, each.text))]
        told += zip(pieces, propose_sections([each.text for each in pieces], allowed), strict=True)
    if not told:
        raise PracticeError("There is no answer in the text. Write one, below the headings if it has any.")
    return Written(text, tuple(sentence for sentence, _ in told), tuple(section for _, section in told))


def _parts(found: tuple[Heading, ...], length: int) -> Iterator[tuple[int, int, tuple[Section, ...]]]:
    """The stretches between headings, each with the sections its sentences may belong to."""
    if not found:
        yield 0, length, EVERY
        return
    first = EVERY.index(found[0].sections[0])
    yield 0, found[0].start, EVERY[:first] or EVERY[:1]
    ends = [*(heading.start for heading in found[1:]), length]
    for heading, end in zip(found, ends, strict=True):
        yield heading.end, end, heading.sections

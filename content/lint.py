"""What an editor would remark on a pattern that can be read (product.md A4). Refuses nothing and opens no file."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interviewer.language.cues import listen
from interviewer.language.text import sentences
from interviewer.level import Level, nearest_level
from interviewer.pattern import DIFFICULTIES, ITEM_KINDS, Item, Pattern, Phrase, Section

WORDS_A_MINUTE = 140
"""An unhurried pace. What fits its time at this pace fits it for everyone."""

LEAST = {"probes": 4, "prompts.main": 3, "concept_checks": 4, "items": 15, "gap_probes": 1, "disqualifiers": 3}
LEAST_ITEMS = dict(zip(DIFFICULTIES, (5, 6, 4), strict=True))
"""More than a test draws of each, so that no two tests need be alike."""
LEAST_CUES, LEAST_SIGNALS, LEAST_BAR = 2, 2, 3


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to change: the key it stands under, what it is and what to do."""

    key: str
    text: str


def lint(pattern: Pattern) -> tuple[Remark, ...]:
    """All remarks, in the file's order as far as there is one. Empty for a pattern that is ready."""
    return (*_parts(pattern), *_times(pattern), *_cues(pattern), *_questions(pattern))


def _parts(pattern: Pattern) -> Iterator[Remark]:
    """What may be there in smaller number than a rehearsal needs."""
    entries = {
        "prompts.main": pattern.main_prompts,
        "probes": pattern.probes,
        "gap_probes": pattern.gap_probes,
        "disqualifiers": pattern.disqualifiers,
        "concept_checks": pattern.concept_checks,
        "items": pattern.items,
    }
    yield from _too_few((key, len(entries[key]), least) for key, least in LEAST.items())
    for section, guide in pattern.sections.items():
        key = f"sections.{section.letter}"
        yield from _too_few([(f"{key}.cues", len(guide.cues), LEAST_CUES)])
        yield from _too_few([(f"{key}.signals", len(guide.signals), LEAST_SIGNALS)])
    yield from _too_few(
        (f"levels.{level.value}.bar", len(guide.bar), LEAST_BAR) for level, guide in pattern.levels.items()
    )
    for level in Level:
        if level not in pattern.levels:
            held = nearest_level(level, pattern.levels).title
            yield Remark(f"levels.{level.value}", f"is missing, so such an answer is held to {held}; write one.")
    if not any(probe.kind == "hypothetical" for probe in pattern.probes):
        yield Remark("probes", 'none is "hypothetical"; ask one that begins with "Suppose".')
    if not any(phrase.severity == "fatal" for phrase in pattern.disqualifiers):
        yield Remark("disqualifiers", 'none is "fatal"; name a phrase that costs the listener\'s belief.')
    if pattern.principle not in {variant.principle for variant in pattern.variants}:
        yield Remark("variants", f"none is for {pattern.principle} itself; add one.")


def _too_few(counts: Iterable[tuple[str, int, int]]) -> Iterator[Remark]:
    for key, count, least in counts:
        if count < least:
            yield Remark(key, f"has {count or 'no'} {'entry' if count == 1 else 'entries'}; write at least {least}.")


def _times(pattern: Pattern) -> Iterator[Remark]:
    """What is longer, spoken, than the time it is an example for."""
    for section, guide in pattern.sections.items():
        key = f"sections.{section.letter}"
        sharing = [pattern.guide(level).targets[section] for level in Level if level not in guide.extra_examples]
        yield from _too_long(f"{key}.example", guide.example, min(guide.target_seconds, *sharing, math.inf), "target")
        for level, text in guide.extra_examples.items():
            if level not in pattern.levels:
                continue  # the nearest level's text, remarked on there
            target = pattern.guide(level).targets[section]
            yield from _too_long(f"{key}.extra_examples.{level.value}", text, target, "target")
    for place, probe in enumerate(pattern.probes):
        yield from _too_long(f"probes[{place}].strong", probe.strong, probe.ceiling_seconds, "ceiling")
    for level, levels_guide in pattern.levels.items():
        key = f"levels.{level.value}"
        yield from _too_long(
            f"{key}.reflection", levels_guide.reflection, levels_guide.targets[Section.REFLECTION], "target"
        )
        total = sum(levels_guide.targets.values())
        if total > levels_guide.total_seconds:
            what = f"the targets add up to {total:g} s, the total is {levels_guide.total_seconds:g} s"
            yield Remark(f"{key}.total_s", f"{what}; raise it or lower a target.")


def _too_long(key: str, text: str, limit_seconds: float, limit: str) -> Iterator[Remark]:
    count = len(text.split())
    most = math.floor(limit_seconds * WORDS_A_MINUTE / 60)
    if count > most:
        seconds = math.ceil(60 * count / WORDS_A_MINUTE)
        what = f"takes {seconds} s at {WORDS_A_MINUTE} words a minute, and the {limit} is {limit_seconds:g} s"
        yield Remark(key, f"{what}; cut {count - most} of its {count} words.")


def _cues(pattern: Pattern) -> Iterator[Remark]:
    """Cues that no single example of their section contains."""
    for section, guide in pattern.sections.items():
        texts = (guide.example, *guide.extra_examples.values())
        if section is Section.REFLECTION:
            texts += tuple(level.reflection for level in pattern.levels.values())
        told = [sentences(text) for text in texts]
        for place, cue in enumerate(guide.cues):
            if not any(listen(Phrase(cue.text), text).heard for text in told):
                what = f'"{_cut(cue.text)}" is in none of the examples of the section'
                yield Remark(f"sections.{section.letter}.cues[{place}]", f"{what}; say it in one, or change the cue.")


def _questions(pattern: Pattern) -> Iterator[Remark]:
    """Questions that are asked twice or too rarely, and keys that can be guessed."""
    yield from _bank(pattern.items)
    asked: dict[str, str] = {}
    questions = [(f"items[{place}].stem", item.stem) for place, item in enumerate(pattern.items)]
    questions += [(f"concept_checks[{place}].q", check.question) for place, check in enumerate(pattern.concept_checks)]
    questions += [(f"probes[{place}].text", probe.text) for place, probe in enumerate(pattern.probes)]
    questions += [(f"gap_probes[{place}].text", probe.text) for place, probe in enumerate(pattern.gap_probes)]
    questions += [(f"prompts.main[{place}]", text) for place, text in enumerate(pattern.main_prompts)]
    for key, text in questions:
        words = " ".join(re.findall(r"\w+", text.lower()))
        if (earlier := asked.setdefault(words, key)) != key:
            yield Remark(key, f"asks the same as {earlier}; change one or leave one out.")
    for key, letters in (
        ("items", [item.key for item in pattern.items]),
        ("concept_checks", [check.key for check in pattern.concept_checks]),
    ):
        if len(letters) > 1 and len(set(letters)) == 1:
            yield Remark(key, f"every key is {letters[0]}; put the right answers in different places.")


def _bank(items: Sequence[Item]) -> Iterator[Remark]:
    """Enough items of every difficulty, and every kind of question at least once."""
    if len(items) < LEAST["items"]:
        return
    for difficulty, least in LEAST_ITEMS.items():
        count = sum(item.difficulty == difficulty for item in items)
        if count < least:
            yield Remark("items", f"{count} are {difficulty}; write at least {least} of them.")
    for kind in ITEM_KINDS:
        if not any(item.kind == kind for item in items):
            yield Remark("items", f'none is of the kind "{kind}"; add one.')


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"

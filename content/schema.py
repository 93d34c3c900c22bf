"""The schema of a pattern file: which keys there are, and what each may hold. Opens no files."""

from content.table import Table, shown
from interviewer.pattern import (
    ConceptCheck,
    Disqualifier,
    Fault,
    GapProbe,
    Item,
    Level,
    LevelGuide,
    Pattern,
    Probe,
    Section,
    SectionGuide,
    Takeaway,
    Variant,
    WeakAnswer,
)

KINDS = ("factual", "hypothetical")
SEVERITIES = ("fatal", "weakens")
DIFFICULTIES = ("easy", "medium", "hard")
ITEM_KINDS = (
    "name_principle",
    "primary_weakness",
    "signal_of_sentence",
    "meaning_of_phrase",
    "find_disqualifier",
)
KEYS = ("A", "B", "C", "D")
SECONDS = (1.0, 600.0)

_LETTERS = {section.letter: section for section in Section}


def read_pattern(root: Table) -> Pattern:
    """The pattern a whole file says. Raises PracticeError naming the key and what is wrong."""
    prompts = root.table("prompts")
    sections = root.table("sections")
    levels = root.table("levels")
    pattern = Pattern(
        id=root.id("id"),
        principle=root.text("principle"),
        title=root.text("title"),
        meaning=root.text("meaning"),
        listens_for=root.texts("listens_for", 3, 5),
        overview=root.text("overview"),
        summary=root.text("summary"),
        takeaways=tuple(map(_takeaway, root.tables("takeaways", 3, 3))),
        main_prompts=prompts.texts("main"),
        sections={
            section: _section(sections.table(letter), prompts.text(letter)) for letter, section in _LETTERS.items()
        },
        probes=tuple(map(_probe, root.tables("probes", 1, 12))),
        gap_probes=tuple(map(_gap_probe, root.tables("gap_probes", 0, 24))),
        weak_answer=_weak_answer(root.table("weak_answer")),
        disqualifiers=tuple(map(_disqualifier, root.tables("disqualifiers", 1))),
        variants=tuple(map(_variant, root.tables("variants", 1, 16))),
        levels={level: _level(levels.table(level.value)) for level in Level},
        concept_checks=tuple(map(_check, root.tables("concept_checks", 1))),
        items=tuple(map(_item, root.tables("items", 1))),
    )
    for table in (prompts, sections, levels, root):
        table.done()
    _check_ids(root, pattern)
    return pattern


def _check_ids(root: Table, pattern: Pattern) -> None:
    """An id names one thing in the whole file, for turns and takes are found by it, as they are by a section's name."""
    lists: dict[str, tuple[Probe | GapProbe | ConceptCheck | Item, ...]] = {
        "probes": pattern.probes,
        "gap_probes": pattern.gap_probes,
        "concept_checks": pattern.concept_checks,
        "items": pattern.items,
    }
    owners = {"answer": "the whole answer", **{section.value: f"section {section.letter}" for section in Section}}
    for name, entries in lists.items():
        for place, entry in enumerate(entries):
            key = f"{name}[{place}].id"
            if entry.id in owners:
                raise root.fault(key, f"is {shown(entry.id)}, which {owners[entry.id]} has already")
            owners[entry.id] = key


def _section(table: Table, prompt: str) -> SectionGuide:
    extra: dict[Level, str] = {}
    if table.has("extra_examples"):
        others = table.table("extra_examples")
        extra = {level: others.text(level.value) for level in Level if others.has(level.value)}
        others.done()
    guide = SectionGuide(
        prompt=prompt,
        target_seconds=table.number("target_s", *SECONDS),
        example=table.text("example"),
        extra_examples=extra,
        cues=table.texts("cues"),
        signals=table.texts("signals"),
        coaching=table.text("coaching"),
        mistake=table.text("mistake"),
    )
    table.done()
    return guide


def _takeaway(table: Table) -> Takeaway:
    takeaway = Takeaway(table.text("text"), _LETTERS[table.choice("section", tuple(_LETTERS))])
    table.done()
    return takeaway


def _probe(table: Table) -> Probe:
    probe = Probe(
        id=table.id("id"),
        text=table.text("text"),
        kind=table.choice("kind", KINDS),
        signal=table.text("signal"),
        weak=table.text("weak"),
        why_weak=table.text("why_weak"),
        strong=table.text("strong"),
        key_line=table.text("key_line"),
        ceiling_seconds=table.number("ceiling_s", *SECONDS),
    )
    table.done()
    return probe


def _gap_probe(table: Table) -> GapProbe:
    probe = GapProbe(table.id("id"), table.text("gap"), table.text("text"), table.text("because"))
    table.done()
    return probe


def _weak_answer(table: Table) -> WeakAnswer:
    text = table.text("text")
    faults = []
    for finding in table.tables("findings", 1):
        quote = finding.text("quote", may_be_empty=True)
        if quote not in text:
            raise finding.fault("quote", f"must be words of the weak answer, not {shown(quote)}")
        faults.append(Fault(quote, finding.text("fault"), finding.text("instead")))
        finding.done()
    weak = WeakAnswer(text, tuple(faults), table.text("listener_view"))
    table.done()
    return weak


def _disqualifier(table: Table) -> Disqualifier:
    disqualifier = Disqualifier(table.text("phrase"), table.choice("severity", SEVERITIES), table.text("note"))
    table.done()
    return disqualifier


def _variant(table: Table) -> Variant:
    variant = Variant(table.text("principle"), table.text("opening"), table.texts("emphasise"), table.texts("downplay"))
    table.done()
    return variant


def _level(table: Table) -> LevelGuide:
    targets = table.table("targets")
    guide = LevelGuide(
        focus=table.text("focus"),
        reflection=table.text("reflection"),
        bar=table.texts("bar"),
        total_seconds=table.number("total_s", *SECONDS),
        targets={section: targets.number(letter, *SECONDS) for letter, section in _LETTERS.items()},
    )
    targets.done()
    table.done()
    return guide


def _check(table: Table) -> ConceptCheck:
    check = ConceptCheck(
        id=table.id("id"),
        question=table.text("q"),
        options=_options(table),
        key=table.choice("key", KEYS),
        why=table.text("why"),
    )
    table.done()
    return check


def _item(table: Table) -> Item:
    item = Item(
        id=table.id("id"),
        kind=table.choice("kind", ITEM_KINDS),
        difficulty=table.choice("difficulty", DIFFICULTIES),
        stem=table.text("stem"),
        options=_options(table),
        key=table.choice("key", KEYS),
        hint=table.text("hint"),
        steps=table.texts("steps", 3, 3),
        mistake=table.text("mistake"),
    )
    table.done()
    return item


def _options(table: Table) -> tuple[str, ...]:
    options = table.texts("options", len(KEYS), len(KEYS))
    if len(set(options)) < len(options):
        raise table.fault("options", "has the same answer twice")
    return options

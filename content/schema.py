"""The schema of a pattern file: which keys there are, and what each may hold. Opens no files."""

from collections.abc import Collection

from content.questions import concept_check, practice_item
from content.table import Table, shown
from interviewer.errors import PracticeError
from interviewer.language.concept import parse
from interviewer.level import Level, nearest_level
from interviewer.pattern import (
    ConceptCheck,
    Disqualifier,
    Fault,
    GapProbe,
    Item,
    LevelGuide,
    Pattern,
    Phrase,
    Probe,
    Section,
    SectionGuide,
    Signal,
    Takeaway,
    Variant,
    WeakAnswer,
)

KINDS = ("factual", "hypothetical")
SEVERITIES = ("fatal", "weakens")
LAMPS = ("start", "evidence", "own_steps", "lesson")
SECONDS = (1.0, 600.0)

_LETTERS = {section.letter: section for section in Section}


def read_pattern(root: Table) -> Pattern:
    """The pattern a whole file says. Raises PracticeError naming the key and what is wrong."""
    prompts = root.table("prompts")
    sections = root.table("sections")
    levels = _levels(root.table("levels"))
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
            section: _section(sections.table(letter), prompts.text(letter), levels)
            for letter, section in _LETTERS.items()
        },
        probes=tuple(map(_probe, root.tables("probes", 1, 12))),
        gap_probes=tuple(map(_gap_probe, root.tables("gap_probes", 0, 24))),
        weak_answer=_weak_answer(root.table("weak_answer")),
        disqualifiers=tuple(map(_disqualifier, root.tables("disqualifiers", 1))),
        variants=tuple(map(_variant, root.tables("variants", 1, 16))),
        levels=levels,
        concept_checks=tuple(map(concept_check, root.tables("concept_checks", 1))),
        items=tuple(map(practice_item, root.tables("items", 1))),
    )
    for table in (prompts, sections, root):
        table.done()
    _check_ids(root, pattern)
    _check_bars(root, pattern)
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


def _check_bars(root: Table, pattern: Pattern) -> None:
    """What a line of a level's bar needs is a signal of this file; there are needs for each line, or for none."""
    known = {signal.id for guide in pattern.sections.values() for signal in guide.signals}
    for level, guide in pattern.levels.items():
        if guide.bar_needs and len(guide.bar_needs) != len(guide.bar):
            count = f"{len(guide.bar)} entries, one for each line of the bar, not {len(guide.bar_needs)}"
            raise root.fault(f"levels.{level.value}.bar_needs", f"must have {count}")
        for place, needs in enumerate(guide.bar_needs):
            if unknown := [each for each in needs if each not in known]:
                key = f"levels.{level.value}.bar_needs[{place}]"
                raise root.fault(key, f"names {shown(unknown[0])}, which is no signal of this pattern")


def _section(table: Table, prompt: str, known: Collection[Level]) -> SectionGuide:
    """`known` are the levels that the file has: what is said of one holds for those that fall back to it."""
    extra: dict[Level, str] = {}
    if table.has("extra_examples"):
        others = table.table("extra_examples")
        given = {level: others.text(level.value) for level in Level if others.has(level.value)}
        others.done()
        extra = {level: given[nearest_level(level, given)] for level in _meant(given, known)}
    guide = SectionGuide(
        prompt=prompt,
        target_seconds=table.number("target_s", *SECONDS),
        example=table.text("example"),
        extra_examples=extra,
        cues=_cues(table),
        signals=tuple(_signal(each, known) for each in table.tables("signals", 1, 12)),
        coaching=table.text("coaching"),
        mistake=table.text("mistake"),
    )
    table.done()
    return guide


def _cues(table: Table) -> tuple[Phrase, ...]:
    """The cue phrases, each with what it looks like in other words where the file says so."""
    cues = {text: Phrase(text) for text in table.texts("cues")}
    others = table.tables("in_other_words", 0, 60) if table.has("in_other_words") else ()
    for other in others:
        text = other.choice("cue", tuple(cues))
        cues[text] = Phrase(text, _concepts(other, "says"), _concepts(other, "unless"))
        other.done()
    return tuple(cues.values())


def _concepts(table: Table, key: str) -> tuple[str, ...]:
    """Concept patterns, each one readable; none where the key is missing."""
    patterns = table.texts(key) if table.has(key) else ()
    for place, pattern in enumerate(patterns):
        try:
            parse(pattern)
        except PracticeError as error:
            raise table.fault(f"{key}[{place}]", str(error)) from error
    return patterns


def _signal(table: Table, known: Collection[Level]) -> Signal:
    levels = table.texts("levels") if table.has("levels") else tuple(level.value for level in Level)
    for place, level in enumerate(levels):
        if level not in [each.value for each in Level]:
            raise table.fault(f"levels[{place}]", f"must be sde1, sde2 or senior, not {shown(level)}")
    signal = Signal(
        id=table.id("id"),
        name=table.text("name"),
        lamp=table.choice("lamp", LAMPS),
        says=_concepts(table, "says"),
        why=table.text("why"),
        instead=table.text("instead"),
        gap=table.text("gap") if table.has("gap") else "",
        levels=_meant({Level(level) for level in levels}, known),
        is_problem=table.has("is_problem") and table.choice("is_problem", ("yes", "no")) == "yes",
    )
    table.done()
    return signal


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
    phrase = Phrase(table.text("phrase"), _concepts(table, "says"), _concepts(table, "unless"))
    severity, note = table.choice("severity", SEVERITIES), table.text("note")
    disqualifier = Disqualifier(phrase, severity, note, table.text("instead") if table.has("instead") else "")
    table.done()
    return disqualifier


def _variant(table: Table) -> Variant:
    variant = Variant(
        principle=table.text("principle"),
        opening=table.text("opening"),
        emphasise=table.texts("emphasise"),
        downplay=table.texts("downplay"),
        emphasise_says=_concepts(table, "emphasise_says"),
        downplay_says=_concepts(table, "downplay_says"),
    )
    table.done()
    return variant


def _levels(table: Table) -> dict[Level, LevelGuide]:
    """Those that the file has, at least one: another falls back to the nearest."""
    levels = {level: _level(table.table(level.value)) for level in Level if table.has(level.value)}
    table.done()
    if not levels:
        raise table.fault(Level.SDE2.value, "is missing; a pattern needs at least one level")
    return levels


def _meant(given: Collection[Level], known: Collection[Level]) -> tuple[Level, ...]:
    """The levels that are given, and those that the file lacks and that fall back to one of them."""
    return tuple(each for each in Level if each in given or (each not in known and nearest_level(each, known) in given))


def _level(table: Table) -> LevelGuide:
    targets = table.table("targets")
    guide = LevelGuide(
        focus=table.text("focus"),
        reflection=table.text("reflection"),
        bar=table.texts("bar"),
        total_seconds=table.number("total_s", *SECONDS),
        targets={section: targets.number(letter, *SECONDS) for letter, section in _LETTERS.items()},
        bar_needs=_bar_needs(table),
    )
    targets.done()
    table.done()
    return guide


def _bar_needs(table: Table) -> tuple[tuple[str, ...], ...]:
    """Signal ids for each line of the bar, written with spaces between them; "-" where no signal can tell."""
    if not table.has("bar_needs"):
        return ()
    return tuple(() if text == "-" else tuple(text.split()) for text in table.texts("bar_needs"))

"""The schema of a pattern file's questions: concept checks, and the items of the bank."""

from content.table import Table
from interviewer.pattern import DIFFICULTIES, ITEM_KINDS, LEARN_PARTS, LETTERS, ConceptCheck, Item

KEYS = tuple(LETTERS)


def concept_check(table: Table) -> ConceptCheck:
    """A question on the pattern itself."""
    check = ConceptCheck(
        id=table.id("id"),
        question=table.text("q"),
        options=_options(table),
        key=table.choice("key", KEYS),
        why=table.text("why"),
    )
    table.done()
    return check


def practice_item(table: Table) -> Item:
    """A question of the bank."""
    item = Item(
        id=table.id("id"),
        kind=table.choice("kind", ITEM_KINDS),
        learn=table.choice("learn", tuple(LEARN_PARTS)),
        difficulty=table.choice("difficulty", DIFFICULTIES),
        stem=table.text("stem"),
        options=_options(table),
        key=table.choice("key", KEYS),
        hint=table.text("hint"),
        steps=table.texts("steps", 3, 3),
        mistake=table.text("mistake"),
        why_not=table.texts("why_not", len(KEYS) - 1, len(KEYS) - 1),
    )
    table.done()
    return item


def _options(table: Table) -> tuple[str, ...]:
    options = table.texts("options", len(KEYS), len(KEYS))
    if len(set(options)) < len(options):
        raise table.fault("options", "has the same answer twice")
    return options

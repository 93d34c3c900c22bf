"""Where the pattern files are, and reading one. Everything is checked; a bad file is answered, never half read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content.document import file_name, read_document
from content.schema import read_pattern
from content.table import Table
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern

SHIPPED = Path(__file__).parent / "patterns"


@dataclass(frozen=True, slots=True)
class Library:
    """All patterns that could be read, where each came from, and a sentence for each file that could not."""

    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    paths: Mapping[str, Path] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def find_patterns(own_folder: Path | None) -> Library:
    """The shipped patterns, then the person's own; an own file with a shipped id takes its place.

    Of two own files with the same id the first by name counts. A folder that is not there holds nothing.
    """
    patterns: dict[str, Pattern] = {}
    paths: dict[str, Path] = {}
    problems: list[str] = []
    for folder in (SHIPPED, own_folder):
        for path in sorted(folder.glob("[!.]*.toml")) if folder else ():
            try:
                pattern = load_pattern(path)
            except PracticeError as error:
                problems.append(str(error))
                continue
            earlier = paths.get(pattern.id)
            if earlier and earlier.parent == folder:
                problems.append(f'{file_name(path)}: id is "{pattern.id}", which {file_name(earlier)} has already.')
                continue
            patterns[pattern.id] = pattern
            paths[pattern.id] = path
    return Library(patterns, paths, tuple(problems))


def load_pattern(path: Path) -> Pattern:
    """One pattern. Raises PracticeError naming the file, the line or key, and what is wrong."""
    return read_pattern(Table(read_document(path), file_name(path)))


def pattern_document(path: Path) -> dict[str, Any]:
    """A pattern file as plain data, after the same checks."""
    document = read_document(path)
    read_pattern(Table(document, file_name(path)))
    return document

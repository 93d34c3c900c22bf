"""The person's own stories: what they are called, notes for each section, the principles they serve. One JSON file."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewer.disk.document import (
    Odd,
    Record,
    any_text,
    list_of,
    map_of,
    member,
    read_document,
    set_aside,
    short_text,
    write_document,
)
from interviewer.errors import PracticeError
from interviewer.pattern import Section

MOST_STORIES = 10_000


@dataclass(frozen=True, slots=True)
class OwnStory:
    """One story. `principles` are names, as in the patterns."""

    id: str
    title: str
    notes: Mapping[Section, str] = field(default_factory=dict)
    principles: tuple[str, ...] = ()


def new_story(title: str) -> OwnStory:
    """A story with an id of its own."""
    return OwnStory(f"story-{secrets.token_hex(4)}", title)


class StoryFile:
    """The stories of one data folder. Calls may block on the disk."""

    def __init__(self, root: Path) -> None:
        self.path = root / "stories.json"

    def read(self) -> tuple[OwnStory, ...]:
        """All stories in their order. A damaged file is set aside and said so. Raises PracticeError, OSError."""
        try:
            return Record(read_document(self.path)).need("stories", list_of(_story, MOST_STORIES))
        except FileNotFoundError:
            return ()
        except Odd as odd:
            aside = set_aside(self.path).name
            raise PracticeError(
                f"The story bank was damaged ({odd}), so it was set aside as {aside}; sessions are safe."
            ) from odd

    def write(self, stories: Iterable[OwnStory]) -> None:
        """Writes all stories, beside and renamed. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_document(self.path, {"format": 1, "stories": [_to_json(story) for story in stories]})


def _to_json(story: OwnStory) -> dict[str, Any]:
    notes = {section.value: text for section, text in story.notes.items() if text.strip()}
    return {"id": story.id, "title": story.title, "notes": notes, "principles": list(story.principles)}


def _story(value: object) -> OwnStory:
    record = Record(value)
    return OwnStory(
        record.need("id", short_text),
        record.need("title", any_text),
        record.need("notes", map_of(member(Section), any_text)),
        record.need("principles", list_of(short_text)),
    )

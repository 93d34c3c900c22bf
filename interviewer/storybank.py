"""The person's own stories: what they are called, notes for each section, the principles they serve. One JSON file."""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from interviewer.errors import PracticeError
from interviewer.pattern import Section


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


class StoryBank:
    """The stories of one data folder. Calls may block on the disk."""

    def __init__(self, root: Path) -> None:
        self.path = root / "stories.json"

    def read(self) -> tuple[OwnStory, ...]:
        """All stories in their order. A damaged file is set aside and said so. Raises PracticeError, OSError."""
        if not self.path.exists():
            return ()
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            return tuple(_from_json(each) for each in document["stories"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            aside = self.path.with_name(f"stories.damaged-{datetime.now():%Y%m%d-%H%M%S}.json")
            os.replace(self.path, aside)
            raise PracticeError(
                f"The story bank was damaged. It was set aside as {aside.name}; sessions are safe."
            ) from (error)

    def write(self, stories: Iterable[OwnStory]) -> None:
        """Writes all stories, beside and renamed. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.path.with_suffix(".part")
        with open(beside, "w", encoding="utf-8") as file:
            json.dump({"format": 1, "stories": [_to_json(story) for story in stories]}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path)


def _to_json(story: OwnStory) -> dict[str, Any]:
    notes = {section.value: text for section, text in story.notes.items() if text.strip()}
    return {"id": story.id, "title": story.title, "notes": notes, "principles": list(story.principles)}


def _from_json(document: Mapping[str, Any]) -> OwnStory:
    notes = {Section(name): str(text) for name, text in document["notes"].items()}
    return OwnStory(str(document["id"]), str(document["title"]), notes, tuple(map(str, document["principles"])))

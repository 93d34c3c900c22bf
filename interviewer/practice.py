"""Where practice was left, and how each item was answered last. Kept in one file; a damaged one means a fresh start."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from interviewer.errors import PracticeError
from interviewer.pattern import LETTERS


@dataclass(frozen=True, slots=True)
class Practice:
    """Of one pattern. `answers` are letters by item id; `hinted` are the items whose hint was looked at first."""

    at: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    hinted: frozenset[str] = frozenset()

    def answered(self, item: str, letter: str, was_hinted: bool) -> "Practice":
        """This record with the newest answer to an item."""
        hinted = self.hinted | {item} if was_hinted else self.hinted - {item}
        return replace(self, at=item, answers={**self.answers, item: letter}, hinted=hinted)


class PracticeBook:
    """All patterns' records, in `quizzes/practice.json` of a data folder. Blocks."""

    def __init__(self, root: Path) -> None:
        self._path = root / "quizzes" / "practice.json"

    def read(self) -> dict[str, Practice]:
        """By pattern id."""
        try:
            document = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                str(pattern): Practice(
                    str(each["at"]),
                    {str(item): letter for item, letter in each["answers"].items() if letter in LETTERS},
                    frozenset(map(str, each["hinted"])),
                )
                for pattern, each in document.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write(self, records: Mapping[str, Practice]) -> None:
        """Writes all of them so that either the old or the new file is there. Raises PracticeError."""
        document = {
            pattern: {"at": each.at, "answers": dict(each.answers), "hinted": sorted(each.hinted)}
            for pattern, each in records.items()
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(document, indent=1), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            raise PracticeError(f"The practice could not be kept ({error.strerror}). Free some space.") from error

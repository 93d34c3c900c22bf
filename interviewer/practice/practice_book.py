"""Where practice was left, and how each item was answered last. Kept in one file; a damaged one is set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from interviewer.disk.document import (
    Odd,
    Record,
    list_of,
    map_of,
    one_of,
    read_document,
    set_aside,
    short_text,
    write_document,
)
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
        """By pattern id. A damaged file is set aside and said so. Raises PracticeError, OSError."""
        try:
            return map_of(short_text, _practice)(read_document(self._path))
        except FileNotFoundError:
            return {}
        except Odd as odd:
            aside = set_aside(self._path).name
            raise PracticeError(
                f"Where practice was left is not known, for its file was damaged ({odd}) and was set aside as {aside}."
            ) from odd

    def write(self, records: Mapping[str, Practice]) -> None:
        """Writes all of them so that either the old or the new file is there. Raises PracticeError."""
        document = {
            pattern: {"at": each.at, "answers": dict(each.answers), "hinted": sorted(each.hinted)}
            for pattern, each in records.items()
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_document(self._path, document)
        except OSError as error:
            raise PracticeError(f"The practice could not be kept ({error.strerror}). Free some space.") from error


def _practice(value: object) -> Practice:
    record = Record(value)
    return Practice(
        record.need("at", short_text),
        record.need("answers", map_of(short_text, one_of(*LETTERS))),
        frozenset(record.need("hinted", list_of(short_text))),
    )

"""Everything the person made, in one file, and back again. Sessions that are here already are never touched.

Models and the index are left out: one can be fetched, the other is built anew.
"""

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.disk.bin import STAMP
from interviewer.disk.document import MOST_BYTES
from interviewer.disk.names import is_safe, shown
from interviewer.disk.parcel import packed_session, unpack_folder
from interviewer.disk.plain_file import plain_files
from interviewer.disk.whole_file import PART, whole_file, write_whole
from interviewer.disk.zip_in import MOST_FILES, Damaged, ForeignZip, Packed
from interviewer.disk.zip_out import put_file, put_text
from interviewer.errors import PracticeError

FOLDERS = ("sessions", "bin")
"""Their folders come back whole or not at all."""
LOOSE = ("patterns", "quizzes")
"""Their files come back one by one."""
STORIES = "stories.json"
OWN = "own.json"
"""The person's own words and decisions: key lines, targets, disputed rules, the date of the interview."""
SETTINGS = "settings.json"
MARK = "plainspoken-backup.txt"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How many files are in a backup, and what could not go in: links, and names that not every system takes."""

    files: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought: ids of sessions that are here now, and of those that were here before. What is damaged in
    it was left out."""

    sessions: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def back_up(root: Path, settings: Path, target: Path, on_progress: Progress | None = None) -> BackedUp:
    """Writes everything to one ZIP, beside and renamed. Raises PracticeError.

    A take that is being recorded goes in as far as it is when its turn comes.
    """
    left_out: list[str] = []
    try:
        found = [*_everything(root, left_out), *([(SETTINGS, settings)] if settings.is_file() else [])]
        if len(found) >= MOST_FILES:
            raise PracticeError(f"There are more than {MOST_FILES:,} files, which one backup cannot hold.")
        with whole_file(target) as file, zipfile.ZipFile(file, "w") as archive:
            put_text(archive, MARK, "Plainspoken backup, format 1\n")
            for number, (name, path) in enumerate(found):
                put_file(archive, name, Path(os.path.realpath(path)) if name == SETTINGS else path)
                if on_progress:
                    on_progress(number + 1, len(found))
    except OSError as error:
        why = error.strerror or error
        raise PracticeError(f"The backup could not be written to {target} ({why}). Nothing was changed.") from error
    return BackedUp(len(found), tuple(left_out))


def is_backup(path: Path) -> bool:
    """Whether a ZIP is a backup of this program. Raises PracticeError for a file that is no good ZIP."""
    with ForeignZip(path) as archive:
        return _is_marked(archive)


def restore(source: Path, root: Path, settings: Path, on_progress: Progress | None = None) -> Restored:
    """Takes a backup in. What is here already stays as it is; what is damaged is left out. Raises PracticeError."""
    with ForeignZip(source) as archive:
        groups = _groups(archive)
        places = {name: settings if name == SETTINGS else root / name for name in groups}
        missing = [packed for name, files in groups.items() if not os.path.lexists(places[name]) for packed in files]
        archive.check_room(missing, root)
        brought: list[str] = []
        kept: list[str] = []
        left_out: list[str] = []
        for number, (name, files) in enumerate(groups.items()):
            try:
                is_new = _let_in(archive, name, files, places[name])
            except Damaged:
                left_out.append(name)
            except OSError as error:
                why = error.strerror or "the disk refused"
                raise PracticeError(f"{archive.name} could not be taken in ({why}): free some space.") from error
            else:
                if name.startswith("sessions/"):
                    (brought if is_new else kept).append(name.removeprefix("sessions/"))
            if on_progress:
                on_progress(number + 1, len(groups))
        return Restored(tuple(brought), tuple(kept), tuple(left_out))


def _everything(root: Path, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    """Names in the backup, and their files, in an order that stays the same."""
    for folder in FOLDERS:
        for inside in sorted((root / folder).glob("[!.]*")):
            if is_safe(inside.name):
                yield from _files(root, inside, left_out)
                if not inside.is_symlink() and (inside / STAMP).is_file():
                    yield f"{folder}/{inside.name}/{STAMP}", inside / STAMP
            else:
                left_out.append(shown(inside.name))
    for folder in LOOSE:
        yield from _files(root, root / folder, left_out)
    for name in (STORIES, OWN):
        if (root / name).is_symlink():
            left_out.append(name)
        elif (root / name).is_file():
            yield name, root / name


def _files(root: Path, folder: Path, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    if folder.is_symlink():
        left_out.append(shown(folder.name))
        return
    found = list(plain_files(folder))
    visible = [path.name for path in folder.glob("[!.]*") if not path.name.endswith(PART)]
    left_out += [shown(name) for name in sorted({*visible} - {path.name for path in found})]
    yield from ((path.relative_to(root).as_posix(), path) for path in found)


def _is_marked(archive: ForeignZip) -> bool:
    return any(packed.parts == (MARK,) for packed in archive.files)


def _groups(archive: ForeignZip) -> Mapping[str, list[Packed]]:
    """The files by the folder or the file they come back as. Nothing may land anywhere else."""
    if not _is_marked(archive):
        raise PracticeError(f"{archive.name} is no backup of this program.")
    groups: dict[str, list[Packed]] = {}
    for packed in archive.files:
        match packed.parts:
            case (folder, name, file) if folder in FOLDERS:
                if file.endswith(PART):
                    raise archive.lands_elsewhere()
                if not packed.is_hidden or (folder, file) == ("bin", STAMP):
                    groups.setdefault(f"{folder}/{name}", []).append(packed)
            case (folder, name) if folder in LOOSE:
                if not packed.is_hidden and not name.endswith(PART):
                    groups[f"{folder}/{name}"] = [packed]
            case (name,) if name in (STORIES, OWN, SETTINGS):
                groups[name] = [packed]
            case (name,) if name == MARK:
                pass
            case _:
                raise archive.lands_elsewhere()
    return groups


def _let_in(archive: ForeignZip, name: str, files: list[Packed], target: Path) -> bool:
    """One folder or one loose file, whole or not at all. False when it is here already. Raises Damaged, OSError."""
    if os.path.lexists(target):
        return False
    if name.split("/", maxsplit=1)[0] in FOLDERS:
        packed_session(archive, files, target.name)
        unpack_folder(archive, files, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(target, archive.read(files[0], MOST_BYTES))
    return True

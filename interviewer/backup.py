"""Everything the person made, in one file, and back again. Sessions that are here already are never touched.

Models and the index are left out: one can be fetched, the other is built anew.
"""

import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from interviewer.errors import PracticeError

FOLDERS = ("sessions", "bin")
"""Their folders come back whole or not at all."""
LOOSE = ("patterns", "quizzes")
"""Their files come back one by one."""
STORIES = "stories.json"
SETTINGS = "settings.json"
MARK = "plainspoken-backup.txt"
STEP = 1 << 20
LEFT_OUT = (".reserve",)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought: ids of sessions that are here now, and of those that were here before."""

    sessions: tuple[str, ...]
    kept: tuple[str, ...]


def back_up(root: Path, settings: Path, target: Path, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Writes everything to one ZIP, beside and renamed; returns the number of files. Raises PracticeError.

    A take that is being recorded goes in as far as it is when its turn comes.
    """
    beside = target.with_name(f"{target.name}.part")
    try:
        found = [*_everything(root), *([(SETTINGS, settings)] if settings.is_file() else [])]
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            archive.writestr(MARK, "Plainspoken backup, format 1\n")
            for number, (name, path) in enumerate(found):
                _put(archive, name, path)
                if on_progress:
                    on_progress(number + 1, len(found))
        with open(beside, "rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = error.strerror or error
        raise PracticeError(f"The backup could not be written to {target} ({why}). Nothing was changed.") from error
    return len(found)


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of this program. Raises OSError."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MARK in archive.namelist()


def restore(
    source: Path, root: Path, settings: Path, on_progress: Callable[[int, int], None] | None = None
) -> Restored:
    """Takes a backup in. What is here already stays as it is. Raises PracticeError."""
    try:
        with zipfile.ZipFile(source) as archive:
            groups = _checked(archive, source)
            brought: list[str] = []
            kept: list[str] = []
            done = 0
            total = sum(map(len, groups.values()))
            for folder, entries in groups.items():
                is_new = _let_in(archive, folder, entries, root, settings)
                if folder.startswith("sessions/"):
                    (brought if is_new else kept).append(folder.removeprefix("sessions/"))
                done += len(entries)
                if on_progress:
                    on_progress(done, total)
            return Restored(tuple(brought), tuple(kept))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise PracticeError(
            f"{source.name} is damaged, or no backup ({error}). What came before the damage is here."
        ) from error
    except OSError as error:
        raise PracticeError(f"{source.name} could not be taken in ({error.strerror or error}).") from error


def _everything(root: Path) -> Iterator[tuple[str, Path]]:
    """Names in the backup, and their files, in an order that stays the same."""
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("[!.]*/*")):
            if path.is_file() and path.name not in LEFT_OUT and not path.name.endswith(".part"):
                yield path.relative_to(root).as_posix(), path
    for folder in LOOSE:
        for path in sorted((root / folder).glob("[!.]*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path
    if (root / STORIES).is_file():
        yield STORIES, root / STORIES


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """One file, as long as it is now: a take may be growing. One that has gone meanwhile is passed over."""
    try:
        with open(path, "rb") as source:
            left = os.fstat(source.fileno()).st_size
            entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
            entry.file_size = left
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".wav" else zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=left > 1 << 31) as out:
                while left and (piece := source.read(min(STEP, left))):
                    out.write(piece)
                    left -= len(piece)
    except FileNotFoundError:
        return


def _checked(archive: zipfile.ZipFile, path: Path) -> Mapping[str, list[zipfile.ZipInfo]]:
    """The entries by the folder or the file they come back as. Nothing may land anywhere else."""
    if MARK not in archive.namelist():
        raise PracticeError(f"{path.name} is no backup of this program.")
    groups: dict[str, list[zipfile.ZipInfo]] = {}
    for entry in archive.infolist():
        if entry.filename == MARK or entry.is_dir():
            continue
        parts = PurePosixPath(entry.filename).parts
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        is_known = (len(parts) == 3 and parts[0] in FOLDERS) or (len(parts) == 2 and parts[0] in LOOSE)
        is_known = is_known or entry.filename in (STORIES, SETTINGS)
        is_odd = ".." in parts or "\\" in entry.filename or ":" in entry.filename or parts[-1].endswith(".part")
        if not is_known or is_link or is_odd or any(part.startswith(".") for part in parts[:2]):
            raise PracticeError(f"{path.name} holds a file that would land elsewhere, so nothing was taken in.")
        folder = "/".join(parts[:2]) if parts[0] in FOLDERS else entry.filename
        groups.setdefault(folder, []).append(entry)
    return groups


def _let_in(archive: zipfile.ZipFile, folder: str, entries: list[zipfile.ZipInfo], root: Path, settings: Path) -> bool:
    """One folder or one loose file, whole or not at all. False when it is here already."""
    target = settings if folder == SETTINGS else root / folder
    if target.exists():
        return False
    beside = target.with_name(f".{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if folder.split("/", maxsplit=1)[0] not in FOLDERS:
            _write(archive, entries[0], beside)
        else:
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(mode=0o700)
            for entry in entries:
                _write(archive, entry, beside / PurePosixPath(entry.filename).name)
        os.replace(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True) if beside.is_dir() else beside.unlink(missing_ok=True)
    return True


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    with archive.open(entry) as source, open(target, "wb") as out:
        shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())

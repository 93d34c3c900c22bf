"""What there is on this computer for the program, and what to do where something is missing. Changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryFile
from typing import Any

from app.state.folders import Folders
from app.state.settings import read_settings
from app.terminal.computer import MISSING, NOTE, OK, Check, look_at_machine
from audio.models import SAMPLE_MODEL, check_model, find_models, is_sample_model, model_name
from content.loader import find_patterns
from interviewer.errors import PracticeError

PATIENCE_SECONDS = 20.0
"""For one child. An honest one needs a second; the first start of a day on a slow disk ten."""

MINUTE_BYTES = 1_920_000
"""A minute of a take: 16 kHz, 16 bit, one channel."""

LITTLE_MINUTES, LEAST_MINUTES = 30, 5


def examine(folders: Folders, patience_seconds: float = PATIENCE_SECONDS) -> tuple[Check, ...]:
    """All checks. Blocks for a few seconds, and for `patience_seconds` where something hangs."""
    kept = (*_models(folders), *_folders(folders), _settings(folders), _patterns(folders))
    checks = (*look_at_machine(folders, patience_seconds), *kept)
    return tuple(replace(check, text=_line(check.text), advice=_line(check.advice)) for check in checks)


def _line(text: str) -> str:
    """A text as one readable line: names of devices and folders are foreign."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _models(folders: Folders) -> Iterator[Check]:
    found = find_models(folders.models)
    chosen = read_settings(folders).settings.model_folder
    names = ", ".join(model.name for model in found)
    choose = "Get one on Home, or choose a folder with a whole faster-whisper model in the settings."
    if chosen:
        try:
            check_model(Path(chosen))
            if is_sample_model(Path(chosen)):
                text = "The sample model is chosen, which understands only the voices of the shipped samples"
                yield Check("Speech model", NOTE, text, choose)
            else:
                yield Check("Speech model", OK, f"{model_name(Path(chosen))} is chosen: {chosen}")
        except (PracticeError, OSError) as error:
            yield Check("Speech model", MISSING, str(error).rstrip("."), choose)
    elif found:
        yield Check("Speech model", NOTE, f"Found and not chosen: {names}", "Choose one in the settings.")
    else:
        advice = f"{choose} Such folders are also found in {folders.models}. Without one there are times but no words."
        yield Check("Speech model", MISSING, "There is none but the sample model", advice)
    try:
        check_model(SAMPLE_MODEL)
        is_whole = is_sample_model(SAMPLE_MODEL)
    except (PracticeError, OSError):
        is_whole = False
    if not is_whole:
        yield Check("Sample model", MISSING, f"Damaged or not there: {SAMPLE_MODEL}", "Get Plainspoken's files again.")


def _folders(folders: Folders) -> Iterator[Check]:
    for name, folder in (
        ("Recordings", folders.data),
        ("Settings folder", folders.config),
        ("Cache folder", folders.cache),
        ("State folder", folders.state),
    ):
        there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        try:
            with TemporaryFile(dir=there):
                text = f"{folder} can be written" if there == folder else f"{folder} will be made at the first start"
                yield Check(name, OK, text)
        except OSError as error:
            why = error.strerror or str(error)
            advice = f"Free some disk space, or make {there} a folder that you may write to."
            yield Check(name, MISSING, f"{folder} cannot be written: {why}", advice)
        if folder == folders.data:
            yield _space(there)


def _space(folder: Path) -> Check:
    try:
        minutes = disk_usage(folder).free // MINUTE_BYTES
    except OSError as error:
        return Check("Disk space", NOTE, f"It could not be asked: {error.strerror or error}")
    text = f"Room for {minutes:,} minutes of recording"
    if minutes < LEAST_MINUTES:
        return Check("Disk space", MISSING, text, f"Free some disk space: at least {LEAST_MINUTES} minutes are needed.")
    return Check(
        "Disk space", *((NOTE, text, "Free some disk space soon.") if minutes < LITTLE_MINUTES else (OK, text))
    )


def _settings(folders: Folders) -> Check:
    path = folders.settings_file
    advice = "The usual settings are used in its place. It is written anew when something is set in the program."
    reading = read_settings(folders)
    for damaged, why in reading.damaged.items():
        return Check("Settings", NOTE, f"{damaged} cannot be read: {why[:120]}", advice)
    if reading.passed_over:
        return Check("Settings", NOTE, f"{path}: passed over {', '.join(map(repr, reading.passed_over))[:200]}", advice)
    if not path.exists():
        return Check("Settings", OK, "Nothing is set yet, so the usual settings are used")
    return Check("Settings", OK, f"{path} can be read")


def _patterns(folders: Folders) -> Check:
    library = find_patterns(folders.patterns)
    text = f"{len(library.patterns)} can be read: {', '.join(library.patterns)}"
    if library.problems:
        advice = " ".join(library.problems)
        return Check(
            "Patterns", NOTE if library.patterns else MISSING, f"{text}; {len(library.problems)} cannot", advice
        )
    return Check("Patterns", OK, text)


def as_text(checks: Sequence[Check]) -> str:
    """A line for each check, its advice under it, and one sentence at the end."""
    lines: list[str] = []
    for check in checks:
        lines.append(f"{check.state:8}{check.name}: {check.text}")
        if check.advice:
            lines.append(f"{'':10}{check.advice}")
    return "\n".join([*lines, "", _verdict(checks)])


def as_json(checks: Sequence[Check]) -> dict[str, Any]:
    return {"checks": [asdict(check) for check in checks]}


def _verdict(checks: Sequence[Check]) -> str:
    missing = [check.name for check in checks if check.state == MISSING]
    if missing:
        return f"Missing here: {', '.join(missing)}. Under each stands what to do."
    notes = any(check.state == NOTE for check in checks)
    return "All that Plainspoken needs is here" + ("; look at the notes." if notes else ".")

"""`python -m app sessions`: what was recorded, searched, shown, written out, taken in and checked. No window."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from app.exchange.formats import NAMES, write_session
from app.state.folders import Folders
from app.terminal.report import session_json
from app.window.lock import only_program
from content.loader import find_patterns
from interviewer.disk.backup import back_up, restore
from interviewer.disk.bin import Bin
from interviewer.disk.exports import FORMATS
from interviewer.disk.index import Index
from interviewer.disk.names import shown
from interviewer.disk.parcel import unpack
from interviewer.disk.query import SORTS, Query, Row
from interviewer.disk.store import Store
from interviewer.disk.sweep import start_of, sweep
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern
from interviewer.session import Session

SOUND_AND_ALL = ("wav", "flac", "zip")


def add_sessions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its kinds."""
    sessions = commands.add_parser("sessions", help="list, search, show, export, import or check what was recorded")
    sessions.add_argument("--search", default="", metavar="WORDS", help="only sessions in which these were said")
    sessions.add_argument("--sort", choices=tuple(SORTS), default="newest")
    sessions.add_argument("--json", action="store_true", help="print JSON")
    sessions.set_defaults(run=list_sessions, data="read")
    kinds = sessions.add_subparsers(metavar="show|export|import|check|backup|restore")
    show = kinds.add_parser("show", help="print one session")
    show.add_argument("session", metavar="ID")
    show.add_argument("--json", action="store_true", help="as JSON", dest="json")
    show.set_defaults(run=show_session, data="read")
    export = kinds.add_parser("export", help="write a session to a file for other programs")
    export.add_argument("session", metavar="ID")
    export.add_argument("--format", choices=(*FORMATS, *SOUND_AND_ALL), default="markdown")
    export.add_argument("--to", type=Path, required=True, metavar="PATH", help="a file, or a folder to put it in")
    export.set_defaults(run=export_session, data="read")
    parcel = kinds.add_parser("import", help="take in a session that was exported as a ZIP")
    parcel.add_argument("path", type=Path, metavar="FILE")
    parcel.set_defaults(run=import_session, data="written")
    check = kinds.add_parser("check", help="bring the index up to date, and say what that took")
    check.set_defaults(run=check_sessions, data="written")
    backup = kinds.add_parser("backup", help="write everything into one file")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE")
    backup.set_defaults(run=back_up_sessions, data="read")
    home = kinds.add_parser("restore", help="take a backup in; what is here already stays as it is")
    home.add_argument("path", type=Path, metavar="FILE")
    home.set_defaults(run=restore_sessions, data="written")


def finish_deleting(folders: Folders) -> None:
    """What was being deleted when the program was killed goes before anything else; where a window is open that is its
    business. What cannot go now goes at the next start."""
    thrown = Bin(Store(folders.data))
    if thrown.is_unfinished:
        with suppress(PracticeError, OSError), only_program(folders.data):
            index = _index(folders)
            try:
                thrown.finish(index.wipe)
            finally:
                index.close()


def list_sessions(options: argparse.Namespace, folders: Folders) -> None:
    index = _index(folders)
    try:
        index.read()
        rows = index.rows(Query(words=options.search, sort=options.sort))
    finally:
        index.close()
    if options.json:
        print(json.dumps([_as_json(row) for row in rows], indent=2, ensure_ascii=False))
        return
    for row in rows:
        what = row.unreadable or f"{row.principle:18}{row.level:8}{row.verdict}"
        print(f"{_shown(row.id)}  {row.started.replace('T', ' ')}  {what}")
    if not rows:
        print("No session is here yet." if not options.search else f"No session in which {options.search!r} was said.")


def show_session(options: argparse.Namespace, folders: Folders) -> None:
    session, pattern = _session(options.session, folders)
    if options.json:
        print(json.dumps(session_json(session, pattern), indent=2, ensure_ascii=False))
    else:
        print(FORMATS["text"](session, pattern))


def export_session(options: argparse.Namespace, folders: Folders) -> None:
    session, pattern = _session(options.session, folders)
    target: Path = options.to
    ending = NAMES.get(options.format, options.format)
    if target.is_dir():
        target = target / f"{session.id}.{ending}"
    write_session(session, pattern, Store(folders.data).folder(session.id), target, ending)
    print(target)


def import_session(options: argparse.Namespace, folders: Folders) -> None:
    with _writing(folders):
        session = unpack(options.path, Store(folders.data))
    print(f"{session.id} is here now, with {len(session.takes)} takes.")


def back_up_sessions(options: argparse.Namespace, folders: Folders) -> None:
    done = back_up(folders.data, folders.settings_file, options.to)
    print(f"{done.files} files are in {options.to}.")
    for name in done.left_out:
        print(f"{name} is not: it is a link, or has a name that other systems do not take.", file=sys.stderr)


def restore_sessions(options: argparse.Namespace, folders: Folders) -> None:
    with _writing(folders):
        restored = restore(options.path, folders.data, folders.settings_file)
    print(f"{len(restored.sessions)} sessions came back, {len(restored.kept)} were here and stayed as they are.")
    for name in restored.left_out:
        print(f"{name} is damaged in the backup and was left out.", file=sys.stderr)


def check_sessions(options: argparse.Namespace, folders: Folders) -> None:
    aside = set(folders.data.glob("index.sqlite.damaged-*"))
    with _writing(folders):
        index = _index(folders)
        try:
            read = index.open()
            rows = index.rows()
        finally:
            index.close()
    for path in sorted(set(folders.data.glob("index.sqlite.damaged-*")) - aside):
        print(f"The index was damaged. It was set aside as {path.name} and built anew.")
    if index.problem:
        print(index.problem)
    unreadable = [row for row in rows if row.unreadable]
    print(f"{len(rows) - len(unreadable)} sessions are listed; {read} were read for it.")
    if unreadable:
        print(f"{len(unreadable)} cannot be read; their recordings are untouched in {folders.data / 'sessions'}.")
    for row in unreadable:
        print(f"{_shown(row.id)}: {row.unreadable}")


@contextmanager
def _writing(folders: Folders) -> Iterator[None]:
    """For a command that changes something: nobody else does meanwhile, and what a kill left is swept away first."""
    with only_program(folders.data):
        before = start_of(folders.data)
        for root in (folders.data, folders.runtime):
            sweep(root, before)
        yield


def _shown(session_id: str) -> str:
    """A folder's name on one line, whatever somebody called it."""
    return session_id if session_id.isprintable() else repr(session_id)[1:-1]


def _as_json(row: Row) -> dict[str, object]:
    if row.unreadable:
        return {"id": row.id.encode(errors="backslashreplace").decode(), "unreadable": row.unreadable}
    return {name: value for name, value in asdict(row).items() if name != "unreadable"}


def _index(folders: Folders) -> Index:
    return Index(folders.data / "index.sqlite", Store(folders.data))


def _session(session_id: str, folders: Folders) -> tuple[Session, Pattern]:
    store = Store(folders.data)
    if session_id not in dict(store.stamps()):
        raise PracticeError(f"There is no session {shown(session_id)}. `sessions` lists those that are here.")
    session = store.load(session_id)
    library = find_patterns(folders.patterns)
    if session.pattern not in library.patterns:
        raise PracticeError(f"The pattern {session.pattern} of this session is not here. Put its file back.")
    return session, library.patterns[session.pattern]

"""`python -m app sessions`: what was recorded, searched, shown, written out, taken in and checked. No window."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from app.folders import Folders
from app.report import session_json
from content.loader import find_patterns
from interviewer.errors import PracticeError
from interviewer.exports import FORMATS, as_html
from interviewer.index import SORTS, Index, Query
from interviewer.parcel import pack, unpack
from interviewer.pattern import Pattern
from interviewer.session import Session
from interviewer.store import Store

ENDINGS = {"text": "txt", "markdown": "md"}


def add_sessions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its kinds."""
    sessions = commands.add_parser("sessions", help="list, search, show, export, import or check what was recorded")
    sessions.add_argument("--search", default="", metavar="WORDS", help="only sessions in which these were said")
    sessions.add_argument("--sort", choices=tuple(SORTS), default="newest")
    sessions.add_argument("--json", action="store_true", help="print JSON")
    sessions.set_defaults(run=list_sessions)
    kinds = sessions.add_subparsers(metavar="show|export|import|check")
    show = kinds.add_parser("show", help="print one session")
    show.add_argument("session", metavar="ID")
    show.add_argument("--json", action="store_true", help="as JSON", dest="json")
    show.set_defaults(run=show_session)
    export = kinds.add_parser("export", help="write a session to a file for other programs")
    export.add_argument("session", metavar="ID")
    export.add_argument("--format", choices=(*FORMATS, "zip"), default="markdown")
    export.add_argument("--to", type=Path, required=True, metavar="PATH", help="a file, or a folder to put it in")
    export.set_defaults(run=export_session)
    parcel = kinds.add_parser("import", help="take in a session that was exported as a ZIP")
    parcel.add_argument("path", type=Path, metavar="FILE")
    parcel.set_defaults(run=import_session)
    check = kinds.add_parser("check", help="bring the index up to date, and say what that took")
    check.set_defaults(run=check_sessions)


def list_sessions(options: argparse.Namespace, folders: Folders) -> None:
    index = _index(folders)
    try:
        index.open()
        rows = index.rows(Query(words=options.search, sort=options.sort))
    finally:
        index.close()
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row.id}  {row.started.replace('T', ' ')}  {row.principle:18}{row.level:8}{row.verdict}")
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
    if target.is_dir():
        target = target / f"{session.id}.{ENDINGS.get(options.format, options.format)}"
    store = Store(folders.data)
    if options.format == "zip":
        pack(store, session.id, target)
    else:
        text = (
            as_html(session, pattern, store.folder(session.id))
            if options.format == "html"
            else FORMATS[options.format](session, pattern)
        )
        try:
            target.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise PracticeError(f"{target} could not be written ({error.strerror}).") from error
    print(target)


def import_session(options: argparse.Namespace, folders: Folders) -> None:
    session = unpack(options.path, Store(folders.data))
    print(f"{session.id} is here now, with {len(session.takes)} takes.")


def check_sessions(options: argparse.Namespace, folders: Folders) -> None:
    index = _index(folders)
    aside = set(folders.data.glob("index.sqlite.damaged-*"))
    try:
        read = index.open()
        count = len(index.rows())
    finally:
        index.close()
    for path in sorted(set(folders.data.glob("index.sqlite.damaged-*")) - aside):
        print(f"The index was damaged. It was set aside as {path.name} and built anew.")
    print(f"{count} sessions are listed; {read} were read for it.")
    known = {session_id for session_id, _ in Store(folders.data).stamps()}
    unreadable = len(known) - count
    if unreadable > 0:
        print(f"{unreadable} cannot be read; their recordings are untouched in {folders.data / 'sessions'}.")


def _index(folders: Folders) -> Index:
    return Index(folders.data / "index.sqlite", Store(folders.data))


def _session(session_id: str, folders: Folders) -> tuple[Session, Pattern]:
    store = Store(folders.data)
    if session_id not in dict(store.stamps()):
        raise PracticeError(f"There is no session {session_id}. `sessions` lists those that are here.")
    session = store.load(session_id)
    library = find_patterns(folders.patterns)
    if session.pattern not in library.patterns:
        raise PracticeError(f"The pattern {session.pattern} of this session is not here. Put its file back.")
    return session, library.patterns[session.pattern]

"""The command line: patterns and rehearsals without a window. Qt is never imported here."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app import VERSION
from app.exchange.sound_import import import_sound
from app.state.folders import Folders, system_folders
from app.state.new_session import new_session
from app.state.settings import load_settings
from app.terminal import doctor
from app.terminal.drill_report import drill_lines, drill_report
from app.terminal.findings_report import analysed_text, as_lines
from app.terminal.options import Parser, called_as, marks, named_file, seconds_between, section_called, whole_number_to
from app.terminal.quiz import take_quiz
from app.terminal.rehearsal import Answers, rehearse
from app.terminal.report import as_json, as_text
from app.terminal.sessions import add_sessions, finish_deleting
from app.terminal.streams import let_output_go, one_line, speak_json, speak_plainly
from app.window.lock import only_program
from audio.models import SAMPLE_MODEL, check_model
from content.document import file_name
from content.lint import lint
from content.loader import Library, find_patterns, load_pattern, pattern_document
from content.samples import is_sample, shipped_samples
from interviewer.disk.foreign import regular_file
from interviewer.disk.store import Store, new_id
from interviewer.disk.text_file import LARGEST_BYTES, read_text, text_of
from interviewer.errors import PracticeError
from interviewer.language.written import read_written
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.timing import RATE_HZ, clock_text

LONGEST_TARGET = 600.0
LARGEST_SEED = 999_999_999


def run_command(arguments: Sequence[str]) -> int:
    """Runs one command. Returns the exit status: 0 done, 1 for remarks, 2 for what the person can put right."""
    speak_plainly()
    try:
        options = _parser().parse_args(arguments)
        if getattr(options, "json", False):
            speak_json()
        folders = system_folders()
        if options.data:
            folders.check_data(writes=options.data == "written")
        finish_deleting(folders)
        status = options.run(options, folders) or 0
        print(end="", flush=True)
        return status
    except PracticeError as error:
        print(one_line(str(error)), file=sys.stderr)
    except BrokenPipeError:
        let_output_go()  # whoever read our output has seen enough
        return 0
    except OSError as error:  # a place that nothing has a better sentence for
        let_output_go()
        where = f"{error.filename} cannot be used" if error.filename else "This could not be done"
        print(one_line(f"{where} ({error.strerror or error})."), file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog=called_as(),
        description="A mock interviewer. Without a command: the window; with files in its place, they come in there.",
    )
    parser.add_argument("--version", action="version", version=f"Plainspoken {VERSION}")
    parser.set_defaults(data="")  # what a command does with the data folder: nothing, "read" or "written"
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    patterns = commands.add_parser("patterns", help="list the patterns, show one, or check a file")
    patterns.set_defaults(run=_list_patterns)
    kinds = patterns.add_subparsers(metavar="show|check")
    show = kinds.add_parser("show", help="print one pattern whole")
    show.add_argument("pattern", metavar="ID")
    show.add_argument("--json", action="store_true", help="as JSON")
    show.set_defaults(run=_show_pattern)
    check = kinds.add_parser("check", help="read a pattern file, and remark on what an editor would")
    check.add_argument("path", type=Path, metavar="PATH")
    check.set_defaults(run=_check_pattern)
    examination = commands.add_parser("doctor", help="what is here to run with, and what to do where it is not")
    examination.add_argument("--json", action="store_true", help="as JSON")
    examination.set_defaults(run=_examine)
    add_sessions(commands)
    analysis = commands.add_parser("analyse", help="what a typed answer proves, and what it lacks")
    analysis.add_argument("pattern", metavar="PATTERN")
    analysis.add_argument("--section", metavar="S|T|A|R|F", help="the text is this section alone")
    analysis.add_argument("--probe", metavar="ID", help="the text answers this follow-up")
    analysis.add_argument("--level", choices=[level.value for level in Level], default=Level.SDE2.value)
    analysis.add_argument("--text", type=Path, required=True, metavar="FILE", help="the text, or - for standard input")
    analysis.add_argument("--json", action="store_true", help="print JSON")
    analysis.set_defaults(run=_analyse)
    bringing = commands.add_parser("import", help="make a session of a recording made elsewhere")
    bringing.add_argument("path", type=Path, metavar="FILE", help="any sound file")
    bringing.add_argument("--pattern", required=True, metavar="ID")
    bringing.add_argument("--marks", type=marks, metavar="T,A,R,F", help="seconds where sections begin, as in rehearse")
    bringing.add_argument("--level", choices=[level.value for level in Level], default=Level.SDE2.value)
    bringing.set_defaults(run=_import, data="written")
    _add_practice(commands)
    rehearsal = commands.add_parser("rehearse", help="run the interview over sound files or a text")
    rehearsal.add_argument("pattern", metavar="PATTERN")
    rehearsal.add_argument("--take", action="append", default=[], metavar="SECTION=FILE", help="one section's answer")
    rehearsal.add_argument("--one-take", type=Path, metavar="FILE", help="a whole answer in one file")
    rehearsal.add_argument(
        "--marks", type=marks, metavar="T,A,R,F", help="seconds where Task, Action, Result and Reflection begin"
    )
    rehearsal.add_argument("--text", type=Path, metavar="FILE", help="a typed answer, or - for standard input")
    rehearsal.add_argument("--probe", action="append", default=[], metavar="ID=FILE", help="an answer to a follow-up")
    rehearsal.add_argument("--level", choices=[level.value for level in Level], default=Level.SDE2.value)
    rehearsal.add_argument("--model", type=Path, metavar="DIR", help="a faster-whisper model folder")
    rehearsal.add_argument("--json", action="store_true", help="print JSON")
    rehearsal.set_defaults(run=_rehearse)
    return parser


def _add_practice(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    test = commands.add_parser("quiz", help="ten questions on a pattern, and what to look at again")
    test.add_argument("pattern", metavar="PATTERN")
    seed = whole_number_to("--seed", LARGEST_SEED)
    test.add_argument("--seed", type=seed, metavar="N", help="draw the test with this number; begins a new one")
    test.add_argument("--json", action="store_true", help="print the result as JSON")
    test.set_defaults(run=_quiz, data="written")
    drill = commands.add_parser("drill", help="time and judge one section of a recording")
    drill.add_argument("pattern", metavar="PATTERN")
    drill.add_argument("section", metavar="SECTION", help="a section's name or letter")
    drill.add_argument("--take", type=Path, required=True, metavar="FILE", help="a sound file with this section alone")
    drill.add_argument("--level", choices=[level.value for level in Level], default=Level.SDE2.value)
    target = seconds_between("--target", 1, LONGEST_TARGET)
    drill.add_argument("--target", type=target, metavar="SECONDS", help="instead of the pattern's own target")
    drill.add_argument("--model", type=Path, metavar="DIR", help="a faster-whisper model folder")
    drill.add_argument("--json", action="store_true", help="print JSON")
    drill.set_defaults(run=_drill)


def _warn(text: str) -> None:
    print(text, file=sys.stderr)


def _library(folders: Folders) -> Library:
    library = find_patterns(folders.patterns)
    for problem in library.problems:
        print(problem, file=sys.stderr)
    return library


def _pattern(library: Library, pattern_id: str) -> Pattern:
    if pattern_id not in library.patterns:
        known = ", ".join(library.patterns)
        raise PracticeError(f"There is no pattern {pattern_id}. The patterns here are: {known}.")
    return library.patterns[pattern_id]


def _list_patterns(options: argparse.Namespace, folders: Folders) -> None:
    for pattern in _library(folders).patterns.values():
        print(f"{pattern.id:24}{pattern.principle}: {pattern.meaning}")


def _show_pattern(options: argparse.Namespace, folders: Folders) -> None:
    library = _library(folders)
    pattern = _pattern(library, options.pattern)
    if options.json:
        print(json.dumps(pattern_document(library.paths[pattern.id]), indent=2, ensure_ascii=False))
    else:
        print(library.paths[pattern.id].read_text(encoding="utf-8"))


def _check_pattern(options: argparse.Namespace, folders: Folders) -> int:
    remarks = lint(load_pattern(options.path))
    for remark in remarks:
        print(f"{file_name(options.path)}: {remark.key}: {remark.text}")
    if not remarks:
        print(f"{file_name(options.path)}: nothing to remark.")
    return 1 if remarks else 0


def _examine(options: argparse.Namespace, folders: Folders) -> None:
    checks = doctor.examine(folders)
    print(json.dumps(doctor.as_json(checks), indent=2, ensure_ascii=False) if options.json else doctor.as_text(checks))


def _analyse(options: argparse.Namespace, folders: Folders) -> None:
    pattern = _pattern(_library(folders), options.pattern)
    section = section_called(options.section) if options.section else None
    known = [*(each.id for each in pattern.probes), *(each.id for each in pattern.gap_probes)]
    if options.probe and options.probe not in known:
        raise PracticeError(f"{pattern.id} has no probe {options.probe}. Its probes are {', '.join(known)}.")
    probe = pattern.any_probe(options.probe) if options.probe else None
    report = analysed_text(pattern, Level(options.level), _read_text(options.text), section, probe)
    print(json.dumps(report, indent=2, ensure_ascii=False) if options.json else as_lines(report))


def _import(options: argparse.Namespace, folders: Folders) -> None:
    pattern = _pattern(_library(folders), options.pattern)
    store = Store(folders.data)
    settings = load_settings(folders, _warn)
    with only_program(folders.data):
        new = new_id(datetime.now(), (session_id for session_id, _ in store.stamps()))
        session = new_session(new, pattern, Level(options.level), settings)
        imported = import_sound(store, session, _existing(options.path), options.marks or {})
    whole = imported.session
    recorded = whole.started.replace("T", ", ")
    print(f"{whole.id}: {clock_text(whole.takes[0].frames / RATE_HZ)} of sound, recorded {recorded}.")
    for notice in imported.notices:
        print(notice)
    print("Its words come when the window is open.")


def _quiz(options: argparse.Namespace, folders: Folders) -> None:
    pattern = _pattern(_library(folders), options.pattern)
    with only_program(folders.data):
        take_quiz(options, folders, pattern)


def _drill(options: argparse.Namespace, folders: Folders) -> None:
    settings = load_settings(folders, _warn)
    pattern = _pattern(_library(folders), options.pattern)
    section, level = section_called(options.section), Level(options.level)
    targets = pattern.targets(level, settings.own_targets(pattern.id, level))
    if options.target is not None:
        targets[section] = options.target
    answers = Answers(takes={section: _existing(options.take)})
    model = _model(options.model, settings.model_folder, answers)
    rehearsal = rehearse(pattern, level, targets, sum(targets.values()), answers, model)
    for notice in rehearsal.notices:
        print(notice, file=sys.stderr)
    report = drill_report(pattern, rehearsal.session, section)
    print(json.dumps(report, indent=2, ensure_ascii=False) if options.json else drill_lines(report))


def _rehearse(options: argparse.Namespace, folders: Folders) -> None:
    settings = load_settings(folders, _warn)
    pattern = _pattern(_library(folders), options.pattern)
    level = Level(options.level)
    own = settings.own_targets(pattern.id, level)
    targets = pattern.targets(level, own)
    answers = _answers(options)
    model = _model(options.model, settings.model_folder, answers)
    rehearsal = rehearse(pattern, level, targets, pattern.total_seconds(level, own), answers, model)
    for notice in rehearsal.notices:
        print(notice, file=sys.stderr)
    if options.json:
        print(json.dumps(as_json(rehearsal, pattern), indent=2, ensure_ascii=False))
        return
    if model == SAMPLE_MODEL:
        print("Words by the sample model, which understands only the synthetic voices of the shipped samples.\n")
    elif model is None and not answers.typed:
        print("No speech model is chosen, so there are times but no words.\n")
    print(as_text(rehearsal, pattern))


def _answers(options: argparse.Namespace) -> Answers:
    probes = {name: _existing(path) for name, path in map(named_file, options.probe)}
    if options.text:
        text = _read_text(options.text)
        return Answers(typed=read_written(text).by_section(), probes=probes)
    if options.one_take:
        starts = options.marks or {Section.SITUATION: 0.0}
        return Answers(one_take=_existing(options.one_take), marks_seconds=starts, probes=probes)
    if options.take:
        takes = {section_called(name): _existing(path) for name, path in map(named_file, options.take)}
        return Answers(takes=takes, probes=probes)
    sample = shipped_samples()[0]
    return Answers(one_take=sample.path, marks_seconds=sample.marks, probes=probes)


def _model(asked: Path | None, chosen: str | None, answers: Answers) -> Path | None:
    """The model for this rehearsal; the sample model for shipped samples alone."""
    if asked:
        check_model(asked)
        return asked
    sounds = [*answers.takes.values(), *([answers.one_take] if answers.one_take else []), *answers.probes.values()]
    if sounds and all(is_sample(sound) for sound in sounds):
        return SAMPLE_MODEL
    if chosen:
        check_model(Path(chosen))
    return Path(chosen) if chosen else None


def _existing(path: Path) -> Path:
    if not path.exists():
        raise PracticeError(f"There is no file {path}. Check the name.")
    return regular_file(path)


def _read_text(path: Path) -> str:
    """The text in a file, or in what comes in, for "-"."""
    if str(path) != "-":
        return read_text(path)
    data = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    return text_of(data, "What came in", sys.stdin.encoding)

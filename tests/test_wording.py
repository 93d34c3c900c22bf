"""One verdict, one wording: what the times, the lamps and a test say stands in the same words wherever it is said."""

import csv
import html
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.look.probe_card import LEANINGS
from app.look.section_bars import SectionBars
from app.screens.debrief.lamp_row import LampRow
from app.screens.drill.attempt_strip import AttemptStrip
from app.screens.home.page import SessionRow
from app.state.folders import system_folders
from app.terminal.cli import run_command
from app.terminal.drill_report import drill_lines, drill_report
from app.terminal.findings_report import as_lines, findings_json
from app.terminal.rehearsal import Rehearsal
from app.terminal.report import as_text, session_json
from interviewer.disk.exports import FORMATS
from interviewer.disk.index import Index
from interviewer.disk.store import Store
from interviewer.findings.analysis import LAMP_NAMES, NOT_MEASURED
from interviewer.findings.probing import LEANING_WORDS
from interviewer.findings.session_reading import read_session
from interviewer.findings.verdict_sentence import session_sentence, total_time
from interviewer.interview import turns_of
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.practice.drill import attempts_of
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, Mark, Span, Verdict, time_words
from interviewer.transcript import Transcript, Word
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse

NAMES = ("inside", "over", "way over", "just over", "typed", "silent", "half", "left", "one take", "unmarked", "drill")
WORDS = {
    "inside": ("0:10 of 0:30, inside", "Every section stayed within its target: 0:50 in all."),
    "over": ("0:45 of 0:30, over", "Situation took 0:45, 15 s over its 0:30."),
    "way over": ("1:10 of 0:30, far over", "Situation took 1:10, 40 s over its 0:30."),
    "just over": ("0:33 of 0:30, just over", "Situation took 0:33, 3 s over its 0:30."),
    "typed": ("typed, no time", "A typed answer has no times: it is read for what its words prove."),
    "silent": ("not found", "No voice was found in what was recorded."),
    "half": ("0:10 of 0:30, inside", "I did not find an Action, a Result and a Reflection."),
    "left": ("0:10 of 0:30, inside", "Not finished. I did not find an Action, a Result and a Reflection."),
    "one take": ("0:10 of 0:30, inside", "Every section stayed within its target: 0:50 in all."),
    "unmarked": ("not found", "The recording has not been divided into sections yet."),
    "drill": ("0:40 of 0:30, over", "Drill: Situation, 2 attempts."),
}
"""By hand: the time of the Situation, and the one sentence."""


def take(name: str, seconds: float, *sections: Section, is_voiced: bool = True, each: float = 10.0) -> Take:
    frames = round(seconds * RATE_HZ)
    marks = tuple(Mark(round(each * place * RATE_HZ), section) for place, section in enumerate(sections))
    voiced = (Span(0, frames),) if is_voiced else ()
    words = tuple(Word("traced", n + 0.2, n + 0.8, 0.9) for n in range(int(seconds))) if is_voiced else ()
    return Take(name, name[:-2], f"{name}.wav", marks, frames, frames, voiced, Transcript(words, "m"))


def made(pattern: Pattern, kind: str) -> Session:
    first = {"over": 45.0, "way over": 70.0, "just over": 33.4}.get(kind, 10.0)
    lengths = dict(zip(Section, (first, 10.0, 10.0, 10.0, 10.0), strict=True))
    takes = tuple(
        take(f"{section.value}-1", seconds, section, is_voiced=kind != "silent") for section, seconds in lengths.items()
    )
    takes = {
        "typed": (),
        "half": takes[:2],
        "left": takes[:2],
        "one take": (take("answer-1", 50.0, *Section),),
        "unmarked": (take("answer-1", 50.0),),
        "drill": (take("situation-1", 20.0, Section.SITUATION), take("situation-2", 40.0, Section.SITUATION)),
    }.get(kind, takes)
    return Session(
        id=f"2026-11-{10 + NAMES.index(kind)}-1000-abcdef",
        pattern=pattern.id,
        principle=pattern.principle,
        level=Level.SDE2,
        started=f"2026-11-{10 + NAMES.index(kind)}T10:00",
        seed=1,
        targets=pattern.targets(Level.SDE2),
        total_seconds=175.0,
        takes=takes,
        is_closed=kind != "left",
        typed=dict.fromkeys(Section, "I traced it.") if kind == "typed" else {},
        drill="situation" if kind == "drill" else "",
    )


@pytest.fixture(params=NAMES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_core_says_it(kind: str, earn_trust: Pattern) -> None:
    session = made(earn_trust, kind)
    assert session.section_times()[0].words == WORDS[kind][0]
    assert session_sentence(session) == WORDS[kind][1]


def test_every_file_says_what_the_core_says(kind: str, earn_trust: Pattern) -> None:
    session = made(earn_trust, kind)
    sentence, times = session_sentence(session), session.section_times()
    for form in ("text", "markdown", "html"):
        text = html.unescape(FORMATS[form](session, earn_trust)).replace("\\", "")
        assert sentence in text
        for time in times:
            assert text.count(f"{time.section.title} ({time.words})") == 1
    assert all(f"| {time.section.title} | {time.words} |" in FORMATS["markdown"](session, earn_trust) for time in times)
    assert all(f"<td>{time.words}</td>" in FORMATS["html"](session, earn_trust) for time in times)
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](session, earn_trust))))
    assert [row["verdict"] for row in rows] == [time.words.rpartition(" of ")[2].split(", ")[-1] if time.verdict else
                                                time.words for time in times]  # fmt: skip


def test_the_command_line_says_what_the_core_says(
    kind: str, earn_trust: Pattern, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = made(earn_trust, kind)
    text = as_text(Rehearsal(session, turns_of(earn_trust, session), ()), earn_trust)
    for time in session.section_times():
        assert f"{time.section.title:12}{time.words}" in text.splitlines()
    assert f"{'All five':12}{total_time(session).words}" in text.splitlines()
    assert session_sentence(session) in text.splitlines()
    Store(system_folders().data).save(session)
    for command in (["sessions"], ["sessions", "show", session.id], ["sessions", "show", session.id, "--json"]):
        assert run_command(command) == 0
        assert session_sentence(session) in capsys.readouterr().out
    assert session_json(session, earn_trust)["verdict_sentence"] == session_sentence(session)


def test_every_list_says_what_the_core_says(kind: str, earn_trust: Pattern, tmp_path: Path) -> None:
    session, store = made(earn_trust, kind), Store(tmp_path)
    store.save(session)
    index = Index(tmp_path / "index.sqlite", store)
    index.open()
    assert [row.verdict for row in index.rows()] == [session_sentence(session)]
    index.close()
    assert SessionRow.of(session).verdict == session_sentence(session)


def test_a_drill_says_an_attempt_as_a_section_is_said(earn_trust: Pattern) -> None:
    session = made(earn_trust, "drill")
    assert [each.words for each in attempts_of(session, 30.0)] == ["0:20 of 0:30, inside", "0:40 of 0:30, over"]
    one = replace(session, takes=session.takes[1:])
    report = drill_report(earn_trust, one, Section.SITUATION)
    assert drill_lines(report).startswith("Situation: 0:40 of 0:30, over.\n")
    silent = replace(session, takes=(take("situation-1", 5.0, Section.SITUATION, is_voiced=False),))
    assert drill_lines(drill_report(earn_trust, silent, Section.SITUATION)).startswith("Situation: not found.\n")


def test_every_verdict_has_its_words_once() -> None:
    assert {verdict.value: verdict.words for verdict in Verdict} == {
        "inside": "inside", "just_over": "just over", "over": "over", "far_over": "far over", "missing": "not found",
    }  # fmt: skip
    assert time_words(9.0, 5.0, Verdict.OVER) == "0:09 of 0:05, over"


def test_lamps_and_leanings_are_worded_once(earn_trust: Pattern, qapp) -> None:
    analysis = read_session(earn_trust, made(earn_trust, "half"))
    line = as_lines({**findings_json(analysis), "probe": None}).splitlines()[0]
    told = [f"{lamp.name}: {lamp.words}" for lamp in analysis.lamps()]
    assert line == "   ".join(told)
    row = LampRow()
    row.show_lamps(analysis.lamps())
    assert row.accessibleName() == "; ".join(each.replace(": ", " ") for each in told)
    assert {each.split(": ")[0] for each in told} == set(LAMP_NAMES.values())
    assert told[-1] == f"Delivery: {NOT_MEASURED}"
    for leaning, words in LEANING_WORDS.items():
        assert LEANINGS[leaning][0].endswith(words)
        empty = {"sentences": [], "findings": [], "probe": {"leaning": leaning, "because": []}}
        assert as_lines(empty).splitlines()[0] == words


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse, earn_trust: Pattern) -> Iterator[Program]:
    store = Store(system_folders().data)
    for name in NAMES:
        session = made(earn_trust, name)
        store.save(session)
        for each in session.takes:
            (store.folder(session.id) / each.file).write_bytes(b"")
    running = Program(qapp, qtbot, quiet_children)
    yield running
    running.close()


def test_every_screen_says_what_the_core_says(program: Program, earn_trust: Pattern) -> None:
    window = program.window
    program.wait(lambda: program.shows(WORDS["way over"][1]))
    for name in NAMES:
        assert WORDS[name][1] in program.texts(program.pages.home)
    program.press(Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.ControlModifier)
    model = program.pages.library._model
    program.wait(lambda: model.rowCount() == len(NAMES))
    shown = {model.data(model.index(row, 4)) for row in range(model.rowCount())}
    assert shown == {sentence for _, sentence in WORDS.values()}

    def is_shown(session_id: str) -> bool:
        return program.pages.debrief.session_id == session_id and window.page is program.pages.debrief

    for name in NAMES:
        session = made(earn_trust, name)
        program.pages.home.session_wished.emit(session.id)
        program.wait(partial(is_shown, session.id))
        texts = program.texts(program.pages.debrief)
        assert texts.count(WORDS[name][1]) == 1
        times = session.section_times()
        assert sorted(text for text in texts if text in {time.words for time in times}) == sorted(
            time.words for time in times
        )
        (bars,) = program.pages.debrief.findChildren(SectionBars)
        assert bars.accessibleDescription() == "; ".join(f"{time.section.title} {time.words}" for time in times)
        if name != "typed":
            assert any(text.startswith(f"All five: {total_time(session).words}.") for text in texts)
    strip = AttemptStrip(program.pages.home.theme)
    strip.show_attempts(attempts_of(made(earn_trust, "drill"), 30.0), 30.0)
    assert strip.accessibleDescription() == "0:20 of 0:30, inside; 0:40 of 0:30, over"


HOMES = {
    "typed, no time": {"timing.py"},
    ".value.replace": {"timing.py", "quiz.py"},
    "was found in what was recorded": {"verdict_sentence.py"},
    "Not finished": {"verdict_sentence.py"},
    "not measured": {"analysis.py"},
    "Closer to the": {"probing.py"},
    "questions)} right": {"quiz.py"},
}
"""Where the words are made: once, in the core. A test has verdicts of its own."""


@pytest.mark.parametrize("words", HOMES)
def test_nobody_else_words_a_verdict(words: str) -> None:
    root = Path(__file__).resolve().parent.parent
    sources = [path for room in ("app", "interviewer") for path in (root / room).rglob("*.py")]
    holders = [path.name for path in sources if words in path.read_text(encoding="utf-8")]
    assert set(holders) == HOMES[words]

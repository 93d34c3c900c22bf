"""The debrief is read beside the window: only when what is read has changed, and only the last wish counts."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.screens.debrief.reading import Basis, Reader, Reading, read
from app.state.settings import Settings
from interviewer.findings.session_reading import essence
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Story
from interviewer.timing import Mark, Span
from interviewer.transcript import Word
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse
from tests.test_growth import spoken

WORDS = 450


def told(pattern: Pattern, name: str = "2026-11-20-1900-aaaaaa") -> Session:
    return replace(spoken(pattern, WORDS), id=name, sounds={}, started="2026-11-20T19:00")


def take_with(session: Session, **changes: Any) -> Session:
    return session.with_take(replace(session.takes[0], **changes))


UNREAD: dict[str, Callable[[Session], Session]] = {
    "a note": lambda session: take_with(session, note="Slower"),
    "a mark": lambda session: take_with(session, bookmarks=(16_000,)),
    "a seam": lambda session: take_with(session, seams=(16_000,)),
    "cut off once": lambda session: take_with(session, recovered=True, unheard=2),
    "what was heard first": lambda session: take_with(session, recognised=session.takes[0].transcript),
    "closed": lambda session: replace(session, is_closed=not session.is_closed),
    "a story": lambda session: replace(session, story_id="webhooks"),
    "a follow-up that was declined": lambda session: replace(session, declined=("quiet",)),
    "a follow-up that was invited": lambda session: replace(session, gap_probes=("gap-figure",)),
    "another day": lambda session: replace(session, started="2026-01-01T09:00", seed=9),
}
READ: dict[str, Callable[[Session], Session]] = {
    "a word": lambda session: session.with_take(session.takes[0].corrected(3, "righted")),
    "an edge": lambda session: take_with(session, marks=(Mark(0, Section.SITUATION), Mark(999_999, Section.TASK))),
    "the voice": lambda session: take_with(session, voiced=(Span(0, 90_000),)),
    "the end": lambda session: take_with(session, end_frame=1_000_000),
    "a level": lambda session: replace(session, level=Level.SENIOR),
    "a target": lambda session: replace(session, targets={**session.targets, Section.TASK: 1.0}),
    "not fair here": lambda session: replace(session, disputed=("over-target@S",)),
    "a sound": lambda session: replace(session, sounds={"answer-1@1.00": True}),
    "whose story": lambda session: replace(session, story=Story.PATTERN),
    "a typed section": lambda session: replace(session, typed={Section.TASK: "I took it on."}),
    "a drill": lambda session: replace(session, drill="task"),
}


@pytest.mark.parametrize("change", UNREAD)
def test_what_is_not_read_changes_no_reading(earn_trust: Pattern, change: str) -> None:
    session = told(earn_trust)
    other = UNREAD[change](session)
    assert other != session
    assert essence(other) == essence(session)
    assert read(earn_trust, other, None, Settings()) == read(earn_trust, session, None, Settings())


@pytest.mark.parametrize("change", READ)
def test_what_is_read_asks_for_another_reading(earn_trust: Pattern, change: str) -> None:
    session = told(earn_trust)
    assert essence(READ[change](session)) != essence(session)


def test_of_the_settings_only_what_is_read_counts(earn_trust: Pattern) -> None:
    session, plain = told(earn_trust), Settings()
    basis = Basis.of(earn_trust, session, None, plain)
    assert Basis.of(earn_trust, session, None, replace(plain, theme="dark", volume=3, microphone="x")) == basis
    for change in ({"rules_off": ("few-own-steps",)}, {"profile": "relaxed"}, {"variant": "Dive Deep"}):
        assert Basis.of(earn_trust, session, None, replace(plain, **change)) != basis
    assert Basis.of(earn_trust, session, told(earn_trust), plain) != basis


def test_a_sound_that_was_decided_is_read_as_if_all_were_read(earn_trust: Pattern) -> None:
    session = told(earn_trust)
    first = Basis.of(earn_trust, session, None, Settings())
    reading = first.read()
    assert reading
    assert reading.spoken
    sound = reading.spoken.sounds[0]
    then = Basis.of(earn_trust, replace(session, sounds={sound.key: True}), None, Settings())
    quick = then.read_after(first, reading)
    assert quick == then.read()
    assert quick
    assert quick.spoken
    assert quick.spoken.delivery.at_least == reading.spoken.delivery.at_least + 1
    assert quick.analysis is reading.analysis  # nothing of it was worked out again
    assert first.read_after(first, reading) is reading


class Held:
    """A worker that works when it is told to, on a thread of its own."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
        self.threads: list[int] = []

    def do(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.waiting.append((work, then))

    def work(self) -> None:
        """Does what was asked for first, and hands it over."""
        (work, then), results = self.waiting.pop(0), list[Any]()
        thread = threading.Thread(target=lambda: results.append(work()))
        thread.start()
        thread.join()
        then(results[0])


@pytest.fixture
def held(qapp: QApplication) -> Held:
    return Held()


def asked(reader: Reader, *bases: Basis) -> None:
    for basis in bases:
        reader.ask(basis)
        QApplication.processEvents()


def test_only_the_last_wish_is_read_and_shown(held: Held, earn_trust: Pattern) -> None:
    shown: list[Reading | None] = []
    reader = Reader(held, shown.append)  # type: ignore[arg-type]
    session = told(earn_trust)
    changed = [session.with_take(session.takes[0].corrected(place, "righted")) for place in (1, 2, 3)]
    bases = [Basis.of(earn_trust, each, None, Settings()) for each in changed]
    asked(reader, *bases)
    while held.waiting:
        held.work()
    (only,) = shown
    assert only == bases[-1].read()


def test_a_reading_that_comes_after_a_newer_change_is_dropped(held: Held, earn_trust: Pattern) -> None:
    shown: list[Reading | None] = []
    reader = Reader(held, shown.append)  # type: ignore[arg-type]
    session = told(earn_trust)
    first = Basis.of(earn_trust, session, None, Settings())
    asked(reader, first)
    work, then = held.waiting.pop()
    late = work()
    asked(reader, Basis.of(earn_trust, READ["a word"](session), None, Settings()))
    then(late)
    assert shown == []
    held.work()
    assert len(shown) == 1


def test_the_same_is_not_read_twice_but_shown_where_it_is_opened_again(held: Held, earn_trust: Pattern) -> None:
    shown: list[Reading | None] = []
    reader = Reader(held, shown.append)  # type: ignore[arg-type]
    basis = Basis.of(earn_trust, told(earn_trust), None, Settings())
    asked(reader, basis)
    held.work()
    asked(reader, Basis.of(earn_trust, UNREAD["a note"](told_as(basis)), None, Settings()))
    assert held.waiting == []
    reader.forget()
    asked(reader, basis)
    held.work()
    assert shown[0] is shown[1]


def told_as(basis: Basis) -> Session:
    return basis.session


# In the window


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, quiet_children)
    yield running
    running.close()


def opened(program: Program, session: Session) -> None:
    program.pages.home.session_wished.emit(session.id)
    review, page = program.screens.debrief, program.pages.debrief
    program.wait(lambda: page.session_id == session.id and program.window.page is page and review.reading is not None)


def saved(program: Program, pattern: Pattern, *names: str) -> list[Session]:
    sessions = [told(pattern, name) for name in names]
    for session in sessions:
        program.store.save(session)
    return sessions


def test_a_note_and_a_mark_read_nothing_and_keep_what_is_shown(program: Program, earn_trust: Pattern) -> None:
    (session,) = saved(program, earn_trust, "2026-11-20-1900-aaaaaa")
    opened(program, session)
    review, page = program.screens.debrief, program.pages.debrief
    reading, shown = review.reading, program.texts()
    for change in (page.player.mark_wished.emit, lambda: page.answers.note_written.emit(session.id, "answer-1", "Hm")):
        change()
        program.wait(lambda: program.store.load(session.id) == review.session)
        assert review.reading is reading
    assert program.store.load(session.id).takes[0].note == "Hm"
    assert program.store.load(session.id).takes[0].bookmarks
    assert program.texts() == shown
    page.player.undo_wished.emit()
    page.player.edge_wished.emit(Section.ACTION)  # where the cursor is: at the very beginning
    program.wait(lambda: review.reading not in (None, reading))


def test_the_page_shows_what_was_read_until_all_that_is_new_is_there(program: Program, earn_trust: Pattern) -> None:
    (session,) = saved(program, earn_trust, "2026-11-20-1900-aaaaaa")
    opened(program, session)
    page, findings = program.pages.debrief, program.pages.debrief.findings
    states: set[tuple[str, ...]] = set()

    def state() -> tuple[str, ...]:
        return (*program.texts(findings), *program.texts(page._told))

    before = state()
    page.session_actions.level_wished.emit(Level.SENIOR)  # the same page for another level: read anew from the top
    program.wait(lambda: program.screens.debrief.reading is not None and bool(program.texts(findings)))
    before = state()
    program.screens.debrief._dispute(next(iter(findings._made))[0])

    def changed() -> bool:
        states.add(state())
        return state() != before

    program.wait(changed)
    after = state()
    program._qtbot.wait(100)
    assert state() == after
    assert states == {before, after}


def test_keys_act_on_the_session_that_is_shown(program: Program, earn_trust: Pattern) -> None:
    first, second = saved(program, earn_trust, "2026-11-20-1900-aaaaaa", "2026-11-21-1900-aaaaaa")
    opened(program, first)
    page = program.pages.debrief
    note = page.answers._sections[Section.SITUATION].own_note
    note.setFocus()
    program.press(Qt.Key.Key_O, Qt.Key.Key_N, Qt.Key.Key_E)
    page._play_quote(program.screens.debrief.reading.spoken.sounds[0])
    program.pages.home.session_wished.emit(second.id)
    program.wait(lambda: page.session_id == second.id)
    page.setFocus()
    program.press(Qt.Key.Key_Y)
    if program.screens.debrief.reading is None:  # nothing of the first one can be reached any more
        program.press(Qt.Key.Key_F)
    program.wait(lambda: program.screens.debrief.reading is not None)
    program.wait(lambda: program.store.load(first.id).takes[0].note == "one")
    later = program.store.load(second.id)
    assert later.takes[0].note == ""
    assert later.sounds == {}
    assert later.disputed == program.store.load(first.id).disputed == ()


def test_a_word_that_is_being_put_right_stays_in_its_own_session(program: Program, earn_trust: Pattern) -> None:
    first, second = saved(program, earn_trust, "2026-11-20-1900-aaaaaa", "2026-11-21-1900-aaaaaa")
    opened(program, first)
    page = program.pages.debrief
    program.screens.debrief.player.seek(16_000)
    page.player.correct_wished.emit()
    assert page.player.is_asking
    opened(program, second)
    assert not page.player.is_asking
    page.player.corrected.emit("wrong")
    program._qtbot.wait(50)
    words: tuple[Word, ...] = program.store.load(second.id).takes[0].transcript.words  # type: ignore[union-attr]
    assert all(word.text != "wrong" for word in words)


def test_a_session_that_is_thrown_away_meanwhile_is_not_shown(program: Program, earn_trust: Pattern) -> None:
    (session,) = saved(program, earn_trust, "2026-11-20-1900-aaaaaa")
    program.pages.home.session_wished.emit(session.id)
    program.wait(lambda: program.services.archive.holds(session.id))
    program.services.archive.throw_away(session.id)
    program._qtbot.wait(300)
    assert program.window.page is program.pages.home

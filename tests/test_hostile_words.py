"""What people and files say may look like markup, a formula or a link: on every page it is shown as the text it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTextBrowser, QTextEdit, QWidget

from audio.sound_events import DevicesListed
from interviewer.disk.story_file import StoryFile, new_story
from interviewer.pattern import Section
from interviewer.transcript import Transcript, Word
from tests.fakes_children import quiet_children
from tests.program import Program
from tests.pulse import Pulse
from tests.test_imports import drop
from tests.test_index import session as made
from tests.test_sessions import HOSTILE

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp, qtbot, pulse: Pulse) -> Iterator[Program]:
    running = Program(qapp, qtbot, quiet_children)
    yield running
    running.close()


def parts(document_block: QTextBlock) -> Iterator[object]:
    """The pieces of a paragraph."""
    place = document_block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


def interpreted(window: QWidget) -> list[str]:
    """Every widget in which a text could be taken for markup, or was."""
    found = []
    for each in window.findChildren(QWidget):
        if isinstance(each, QLabel) and each.text() and each.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"a label of {type(each.parent()).__name__} says {each.text()!r}")
        if "<" in each.toolTip():
            found.append(f"a tip says {each.toolTip()!r}")
        if isinstance(each, QTextBrowser) or (isinstance(each, QTextEdit) and each.acceptRichText()):
            found.append(f"{type(each).__name__} takes markup")
        if isinstance(each, QTextEdit):
            block = each.document().begin()
            while block.isValid():
                for piece in parts(block):
                    form = piece.charFormat()  # type: ignore[attr-defined]
                    if form.isAnchor() or form.isImageFormat() or form.fontItalic() or form.fontWeight() > 700:
                        found.append(f"{piece.text()!r} is more than text")  # type: ignore[attr-defined]
                block = block.next()
    return found


def fill(program: Program) -> None:
    """A session and a story for each of the strings; one of each is opened."""
    bank, stories = StoryFile(program.folders.data), []
    for number, text in enumerate(HOSTILE):
        words = tuple(Word(part, n * 0.3, n * 0.3 + 0.2, 0.9) for n, part in enumerate(text.split() or ["x"]))
        base = made(number % 28 + 1)
        take = replace(base.takes[0], transcript=Transcript(words, text), note=text)
        story = replace(new_story(text), notes=dict.fromkeys(Section, text), principles=(text,) if number % 2 else ())
        stories.append(story)
        name = f"{base.id[:-6]}{number:06x}"
        program.store.save(
            replace(base, id=name, pattern="earn-trust", principle=text, takes=(take,), story_id=story.id)
        )
    bank.write(stories)


@pytest.mark.timeout(180)
def test_they_are_text_on_every_page(program: Program) -> None:
    fill(program)
    program.services.index.open()
    program.services.stories.read()
    library, window = program.pages.library, program.window
    program.press(Qt.Key.Key_2, modifiers=CONTROL)
    program.wait(lambda: len(library._model.rows) == len(HOSTILE))
    assert {row.principle for row in library._model.rows} == set(HOSTILE)
    program.controller._dispatch(DevicesListed(HOSTILE))
    program.press(Qt.Key.Key_M, modifiers=CONTROL)
    boxes = [box for box in program.pages.microphone.findChildren(QComboBox) if box.count() > 1]
    assert any({box.itemText(place) for place in range(box.count())} >= set(HOSTILE) for box in boxes)
    assert interpreted(window) == []
    for number, text in enumerate(HOSTILE):
        newest = next(row for row in library._model.rows if row.principle == text)
        program.pages.home.session_wished.emit(newest.id)
        program.wait(lambda newest=newest: program.pages.debrief.session_id == newest.id)  # type: ignore[misc]
        program.wait(lambda text=text: any(text in shown for shown in program.texts()))  # type: ignore[misc]
        note = program.pages.debrief.answers._sections[Section.SITUATION].own_note
        assert note.text().split() == text.split()
        if number % 10 == 0:
            assert interpreted(window) == []
    program.press(Qt.Key.Key_X)
    program.wait(lambda: window.page is program.pages.compare)
    QApplication.processEvents()
    for key in (Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1):
        program.press(key, modifiers=CONTROL)
        program._qtbot.wait(300)
        assert interpreted(window) == []
    thrown = list(library._model.rows)[:3]
    for row in thrown:
        program.services.archive.throw_away(row.id)
    program.wait(lambda: not any(program.store.folder(row.id).exists() for row in thrown))
    program.pages.library.bin_wished.emit()
    program.wait(lambda: program.shows("30 days left"))
    assert interpreted(window) == []


def test_file_names_are_text_in_what_is_said_of_them(program: Program, tmp_path) -> None:
    for number, text in enumerate(HOSTILE):
        path = tmp_path / (text.replace("/", "_").strip() + f"{number}.mp3")
        path.write_bytes(b"no sound")
        drop(program, path)
        program.wait(lambda path=path: "…" not in program.window._notice.text())  # type: ignore[misc]
        (notice,) = program.window._notice.findChildren(QLabel)
        assert f"{number}.mp3" in notice.text()
        assert notice.textFormat() is Qt.TextFormat.PlainText
    assert not list(program.store.sessions())

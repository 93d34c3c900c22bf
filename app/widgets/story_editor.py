"""One story on cards: what it is called, a few cues for each section, the principles it could serve."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from app.theme import Theme
from app.widgets.section_card import Badge
from app.widgets.text import check, clear, column, label, row
from interviewer.pattern import Section
from interviewer.storybank import OwnStory

NOTE_LINES = 2
WIDE_PERCENT = 150
"""From this text size on, principles stand in one column."""


class StoryEditor(QFrame):
    """Emits the story after each change."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._story = OwnStory("", "")
        self._percent = 100
        self.title = QLineEdit()
        self.title.setAccessibleName("Title of the story")
        self.title.setPlaceholderText("What you call it, such as: the refund form")
        self.title.textEdited.connect(self._keep)
        self.notes = {section: self._note(section) for section in Section}
        self.principles: dict[str, QCheckBox] = {}
        self._lines = column(spacing=8)
        self._grid = QGridLayout()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(self.title)
        inside.addLayout(self._lines)
        inside.addWidget(label("Serves", "label"))
        inside.addLayout(self._grid)

    def _note(self, section: Section) -> QPlainTextEdit:
        note = QPlainTextEdit()
        note.setProperty("role", "typing")
        note.setAccessibleName(f"Notes on {section.title}")
        note.setPlaceholderText(f"{section.title}: cues, not sentences")
        note.setTabChangesFocus(True)
        note.textChanged.connect(self._keep)
        return note

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        self._percent = text_percent
        for note in self.notes.values():
            note.setParent(None)
            note.setFixedHeight(NOTE_LINES * self.title.fontMetrics().lineSpacing() + 26)
        clear(self._lines)
        for section, note in self.notes.items():
            line = row(Badge(section, theme), note)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
            note.show()
        self._lay_principles()

    def show_principles(self, names: Sequence[str]) -> None:
        """The principles a story may serve. Called once."""
        for name in names:
            box = check(name)
            box.toggled.connect(self._keep)
            self.principles[name] = box
        self._lay_principles()

    def _lay_principles(self) -> None:
        across = 2 if self._percent < WIDE_PERCENT else 1
        for place, box in enumerate(self.principles.values()):
            self._grid.addWidget(box, place // across, place % across)

    def show_story(self, story: OwnStory) -> None:
        """Another story."""
        self._story = story
        self.title.setText(story.title)
        for section, note in self.notes.items():
            with QSignalBlocker(note):
                note.setPlainText(story.notes.get(section, ""))
        for name, box in self.principles.items():
            with QSignalBlocker(box):
                box.setChecked(name in story.principles)

    def _keep(self) -> None:
        """What stands here is the story now."""
        story = OwnStory(
            self._story.id,
            self.title.text().strip(),
            {section: text for section, note in self.notes.items() if (text := note.toPlainText())},
            tuple(name for name, box in self.principles.items() if box.isChecked()),
        )
        if self._story.id and story != self._story:
            self._story = story
            self.changed.emit(story)

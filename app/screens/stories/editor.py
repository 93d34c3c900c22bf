"""One story on cards: what it is called, a few cues for each section, the principles it could serve."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout

from app.look.badge import Badge
from app.look.text import check, clear, column, columns, label, row
from app.look.theme import Theme
from interviewer.disk.story_file import OwnStory
from interviewer.pattern import Section

NOTE_LINES = 2
CALLED = "What you call it, such as: the refund form"
LEAST_EMS = 20
"""Of a column of principles."""


class StoryEditor(QFrame):
    """Emits the story after each change."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._story = OwnStory("", "")
        self.title = QLineEdit()
        self.title.setAccessibleName("Title of the story")
        self.title.setPlaceholderText(CALLED)
        self.title.setToolTip(CALLED)
        self.title.textEdited.connect(self._keep)
        self.notes = {section: self._note(section) for section in Section}
        self.principles: dict[str, QCheckBox] = {}
        self._lines = column(spacing=8)
        self._serves = columns(LEAST_EMS, most=2, spacing=8)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(self.title)
        inside.addLayout(self._lines)
        inside.addWidget(label("Serves", "label"))
        inside.addLayout(self._serves)

    def _note(self, section: Section) -> QPlainTextEdit:
        note = QPlainTextEdit()
        note.setProperty("role", "typing")
        note.setAccessibleName(f"Notes on {section.title}")
        note.setPlaceholderText(f"{section.title}: cues, not sentences")
        note.setTabChangesFocus(True)
        note.textChanged.connect(self._keep)
        return note

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        for note in self.notes.values():
            note.setParent(None)
            note.setFixedHeight(NOTE_LINES * self.title.fontMetrics().lineSpacing() + 26)
        clear(self._lines)
        for section, note in self.notes.items():
            line = row(Badge(section, theme), note)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
            note.show()

    def show_principles(self, names: Sequence[str]) -> None:
        """The principles a story may serve. Called once."""
        for name in names:
            box = check(name)
            box.toggled.connect(self._keep)
            self.principles[name] = box
            self._serves.addWidget(box)

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

"""The person's own stories: title, a note for each section, principles; and which story has been told for what."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from app.page import Page
from app.theme import Theme
from app.widgets.section_card import Badge
from app.widgets.text import button, card, clear, column, label, row
from interviewer.pattern import Section
from interviewer.storybank import OwnStory, new_story

Coverage = Mapping[tuple[str, str], int]
"""Story id and principle, and how many sessions there are."""

NOTE_LINES = 2


class StoriesPage(Page):
    """Emits all stories after each change."""

    changed = Signal(object)
    takes_wished = Signal(str)
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=1120)
        self._stories: list[OwnStory] = []
        self._names: tuple[str, ...] = ()
        self._coverage: Coverage = {}
        self._at = -1
        self._list = QListWidget()
        self._list.setAccessibleName("Stories")
        self._list.currentRowChanged.connect(self._choose)
        self._new = button("New story")
        self._new.clicked.connect(self._add)
        self._remove = button("Remove", name="Remove this story; its sessions stay")
        self._remove.clicked.connect(self._drop)
        self._takes = button("Its sessions")
        self._takes.clicked.connect(lambda: self.takes_wished.emit(self._stories[self._at].id))
        back = button("Home")
        back.clicked.connect(self.back_wished)
        self._title = QLineEdit()
        self._title.setAccessibleName("Title of the story")
        self._title.setPlaceholderText("What you call it, such as: the refund form")
        self._title.editingFinished.connect(self._keep)
        self._notes = {section: self._note(section) for section in Section}
        self._badges = column(spacing=0)
        self._principles = QListWidget()
        self._principles.setAccessibleName("Principles this story serves")
        self._principles.setFlow(QListView.Flow.LeftToRight)
        self._principles.setWrapping(True)
        self._principles.setResizeMode(QListView.ResizeMode.Adjust)
        self._principles.itemChanged.connect(self._keep)
        self._grid = QStandardItemModel()
        self._table = self._build_table()
        self._empty = label("", "muted", wraps=True)
        self._lines = column(spacing=8)
        self._editor, inside = card(spacing=8)
        inside.addWidget(self._title)
        inside.addLayout(self._lines)
        inside.addWidget(label("Serves", "label"))
        inside.addWidget(self._principles)
        inside.addLayout(row(self._takes, self._remove, 1))
        self.body.addLayout(row(label("Stories", "title"), 1, self._new, back))
        self.body.addWidget(self._empty)
        across = row(self._list, self._editor, spacing=14)
        across.setStretch(0, 1)
        across.setStretch(1, 3)
        self.body.addLayout(across)
        self._heading = label("What has been told for what", "heading")
        self.body.addWidget(self._heading)
        self._meaning = label("Sessions that tell a story for a principle. ○ is planned, not yet told.", "small")
        self.body.addWidget(self._meaning)
        self.body.addWidget(self._table)
        self.body.addStretch(1)

    def _note(self, section: Section) -> QPlainTextEdit:
        note = QPlainTextEdit()
        note.setProperty("role", "typing")
        note.setAccessibleName(f"Notes on {section.title}")
        note.setPlaceholderText(f"{section.title}: cues, not sentences")
        note.setTabChangesFocus(True)
        note.textChanged.connect(self._keep)
        return note

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._grid)
        table.setAccessibleName("Sessions by story and principle")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return table

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        height = self._title.fontMetrics().lineSpacing()
        for note in self._notes.values():
            note.setFixedHeight(NOTE_LINES * height + 26)
        clear(self._lines)
        for section, note in self._notes.items():
            line = row(Badge(section, theme), note)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
            note.show()
        self._principles.setFixedHeight(round((len(self._names) / (3 if text_percent < 150 else 1) + 1) * height * 1.5))
        self._show_coverage()

    def show_principles(self, names: Sequence[str]) -> None:
        """The principles a story may serve."""
        self._names = tuple(names)
        with QSignalBlocker(self._principles):
            self._principles.clear()
            for name in names:
                item = QListWidgetItem(name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self._principles.addItem(item)

    def show_stories(self, stories: Sequence[OwnStory]) -> None:
        """The stories as they are kept. The one that is being written stays as it is on the page."""
        if list(stories) == self._stories and self._list.count() == len(stories):
            self._show_editor()
            return
        self._stories = list(stories)
        with QSignalBlocker(self._list):
            self._list.clear()
            self._list.addItems([story.title or "Untitled" for story in stories])
            self._at = min(max(self._at, 0), len(stories) - 1)
            self._list.setCurrentRow(self._at)
        self._fill()

    def show_coverage(self, coverage: Coverage) -> None:
        """How many sessions there are of each story for each principle."""
        self._coverage = coverage
        self._show_coverage()

    def _show_coverage(self) -> None:
        self._grid.clear()
        self._grid.setHorizontalHeaderLabels([story.title or "Untitled" for story in self._stories])
        self._grid.setVerticalHeaderLabels(list(self._names))
        for line, name in enumerate(self._names):
            for place, story in enumerate(self._stories):
                count = self._coverage.get((story.id, name), 0)
                text = str(count) if count else "○" if name in story.principles else ""
                item = QStandardItem(text)
                item.setAccessibleText(f"{story.title} for {name}: {count} sessions")
                self._grid.setItem(line, place, item)
        rows = sum(self._table.rowHeight(line) for line in range(len(self._names)))
        self._table.setFixedHeight(rows + self._table.horizontalHeader().sizeHint().height() + 24)

    def _show_editor(self) -> None:
        has_story = 0 <= self._at < len(self._stories)
        for widget in (self._editor, self._list, self._table, self._heading, self._meaning):
            widget.setVisible(has_story)
        self._empty.setVisible(not has_story)
        text = "Six to ten stories cover most interviews. Write the first one down in a few cues: what it is called, "
        self._empty.setText(text + "a line for each section, and the principles it could serve.")

    def _fill(self) -> None:
        self._show_editor()
        self._show_coverage()
        if not 0 <= self._at < len(self._stories):
            return
        story = self._stories[self._at]
        with QSignalBlocker(self._principles):
            for place, name in enumerate(self._names):
                state = Qt.CheckState.Checked if name in story.principles else Qt.CheckState.Unchecked
                self._principles.item(place).setCheckState(state)
        self._title.setText(story.title)
        for section, note in self._notes.items():
            with QSignalBlocker(note):
                note.setPlainText(story.notes.get(section, ""))

    def _choose(self, place: int) -> None:
        self._at = place
        self._fill()

    def _add(self) -> None:
        self._at = len(self._stories)
        self.changed.emit((*self._stories, new_story("")))
        self._title.setFocus()

    def _drop(self) -> None:
        left = [story for place, story in enumerate(self._stories) if place != self._at]
        self.changed.emit(tuple(left))
        self._new.setFocus()

    def _keep(self) -> None:
        """What stands on the page is the story now."""
        if not 0 <= self._at < len(self._stories):
            return
        items = [self._principles.item(place) for place in range(self._principles.count())]
        story = OwnStory(
            self._stories[self._at].id,
            self._title.text().strip(),
            {section: text for section, note in self._notes.items() if (text := note.toPlainText())},
            tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked),
        )
        if story != self._stories[self._at]:
            self._stories[self._at] = story
            self._list.item(self._at).setText(story.title or "Untitled")
            self._show_coverage()
            self.changed.emit(tuple(self._stories))

    def first_focus(self) -> QWidget:
        return self._title if self._stories else self._new

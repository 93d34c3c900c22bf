"""The person's own stories: title, a note for each section, principles; and which story has been told for what."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListWidget, QTableView, QWidget

from app.look.page import Page
from app.look.text import button, column, label, row
from app.look.theme import Theme
from app.screens.stories.editor import StoryEditor
from interviewer.disk.story_file import OwnStory, new_story

Coverage = Mapping[tuple[str, str], int]
"""Story id and principle, and how many sessions there are."""

UNTITLED = "Untitled"
NAMES_SHARE = 0.45
"""Of the page's width, at most, for the names of the principles beside the table."""


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
        self._list = QListWidget()
        self._list.setAccessibleName("Stories")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._choose)
        self.new = button("New story")
        self.new.clicked.connect(self._add)
        remove = button("Remove", name="Remove this story; its sessions stay")
        remove.clicked.connect(self._drop)
        takes = button("Its sessions")
        takes.clicked.connect(self._wish_takes)
        back = button("Home")
        back.clicked.connect(self.back_wished)
        self.editor = StoryEditor()
        self.editor.changed.connect(self._keep)
        self._grid = QStandardItemModel()
        self._table = self._build_table()
        text = "Six to ten stories cover most interviews. Write the first one down in a few cues: what it is called, "
        self._empty = label(text + "a line for each section, and the principles it could serve.", "muted", wraps=True)
        self.body.addLayout(row(label("Stories", "title"), 1, self.new, back))
        self.body.addWidget(self._empty)
        right = column(self.editor, spacing=8)
        right.addLayout(row(takes, remove, 1))
        across = row(self._list, spacing=14)
        across.addLayout(right, 3)
        across.setStretch(0, 1)
        self._whole = QWidget()
        whole = column(spacing=14)
        whole.addLayout(across)
        whole.addWidget(label("What has been told for what", "heading"))
        whole.addWidget(label("Sessions that tell a story for a principle. ○ is planned, not yet told.", "small"))
        whole.addWidget(self._table)
        self._whole.setLayout(whole)
        self.body.addWidget(self._whole)
        self.body.addStretch(1)

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
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setMinimumSectionSize(24)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Every story has its column, also where titles must be shortened for it; they are tips as well."""
        names, titles = self._table.verticalHeader(), self._table.horizontalHeader()
        names.setMaximumWidth(round(self.viewport().width() * NAMES_SHARE))
        room = min(self.viewport().width() - 60, self._middle.maximumWidth()) - names.sizeHint().width()
        wanted = sum(titles.sectionSizeHint(place) for place in range(len(self._stories)))
        modes = QHeaderView.ResizeMode
        titles.setSectionResizeMode(modes.ResizeToContents if wanted <= room else modes.Stretch)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self.editor.set_theme(theme, text_percent)
        self._show_coverage()

    def show_principles(self, names: Sequence[str]) -> None:
        """The principles a story may serve. Called once."""
        self._names = tuple(names)
        self.editor.show_principles(names)

    def show_stories(self, stories: Sequence[OwnStory]) -> None:
        """The stories as they are kept. The one that is being written stays as it is on the page."""
        self._whole.setVisible(bool(stories))
        self._empty.setVisible(not stories)
        if list(stories) == self._stories:
            return
        at = self._list.currentRow()
        self._stories = list(stories)
        with QSignalBlocker(self._list):
            self._list.clear()
            self._list.addItems([story.title or UNTITLED for story in stories])
            self._list.setCurrentRow(min(max(at, 0), len(stories) - 1))
        self._choose(self._list.currentRow())
        self._show_coverage()

    def show_coverage(self, coverage: Coverage) -> None:
        """How many sessions there are of each story for each principle."""
        self._coverage = coverage
        self._show_coverage()

    def _show_coverage(self) -> None:
        self._grid.clear()
        titles = [story.title or UNTITLED for story in self._stories]
        self._grid.setHorizontalHeaderLabels(titles)
        self._grid.setVerticalHeaderLabels(list(self._names))
        # What may be shortened is its own tip, said as data: items of our own were deleted by Qt and again by Python.
        for way, names in ((Qt.Orientation.Horizontal, titles), (Qt.Orientation.Vertical, self._names)):
            for place, name in enumerate(names):
                self._grid.setHeaderData(place, way, name, Qt.ItemDataRole.ToolTipRole)
        for line, name in enumerate(self._names):
            for place, story in enumerate(self._stories):
                count = self._coverage.get((story.id, name), 0)
                item = QStandardItem(str(count) if count else "○" if name in story.principles else "")
                item.setAccessibleText(f"{story.title} for {name}: {count} sessions")
                self._grid.setItem(line, place, item)
        rows = sum(self._table.rowHeight(line) for line in range(len(self._names)))
        self._table.setFixedHeight(rows + self._table.horizontalHeader().sizeHint().height() + 24)
        self._share_width()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._stories):
            self.editor.show_story(self._stories[place])

    def _wish_takes(self) -> None:
        self.takes_wished.emit(self._stories[self._list.currentRow()].id)

    def _add(self) -> None:
        self.changed.emit((*self._stories, new_story("")))
        self._list.setCurrentRow(len(self._stories) - 1)
        self.editor.title.setFocus()

    def _drop(self) -> None:
        gone = self._list.currentRow()
        self.changed.emit(tuple(story for place, story in enumerate(self._stories) if place != gone))
        self.new.setFocus()

    def _keep(self, story: OwnStory) -> None:
        place = self._list.currentRow()
        self._stories[place] = story
        self._list.item(place).setText(story.title or UNTITLED)
        self._show_coverage()
        self.changed.emit(tuple(self._stories))

    def first_focus(self) -> QWidget:
        return self.editor.title if self._stories else self.new

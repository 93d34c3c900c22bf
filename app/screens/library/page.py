"""Every session there is: search as you type, filters, order; Enter opens."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLayout,
    QLineEdit,
    QTableView,
    QWidget,
)

from app.look.key_hint import KeyShortcut
from app.look.keys import Keys
from app.look.page import Page
from app.look.row import em
from app.look.text import button, check, combo, is_typed, label, row
from app.look.theme import Theme
from interviewer.disk.query import SORTS, Query, Row
from interviewer.level import Level
from interviewer.timing import clock_text

LEAST_ROWS = 5
"""Of the list that are seen at once; it takes all the height that the window has left."""
LEAST_VERDICT_EMS, LEAST_NAME_EMS, LEAST_WHEN_EMS = 14, 7.5, 8
COLUMNS = ("When", "Principle", "Level", "Spoken", "What the times say")
ALL_PRINCIPLES, ALL_LEVELS, ALL_STORIES = "All principles", "All levels", "All stories"
SORT_TITLES = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "principle": "By principle",
    "best": "Closest to the targets",
}
Place = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Index rows as a table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        is_title = orientation is Qt.Orientation.Horizontal and role in roles
        return COLUMNS[section] if is_title else None

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        shown = self.rows[index.row()]
        if shown.unreadable:
            texts = (shown.started.replace("T", "  "), "Cannot be read", "", "", shown.unreadable)
            return texts[index.column()]
        mark = "◆ " if shown.is_marked else ""
        texts = (
            shown.started.replace("T", "  "),
            f"{mark}{shown.principle}",
            Level(shown.level).title,
            clock_text(shown.seconds),
            shown.verdict,
        )
        return " · ".join(texts) if role == Qt.ItemDataRole.ToolTipRole else texts[index.column()]


class SessionTable(QTableView):
    """Letters are left to the page, which searches by them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore() if is_typed(event) else super().keyPressEvent(event)


class LibraryPage(Page):
    """Emits the query, and the session to open. The keys are on the list; letters go on in the search."""

    query_changed = Signal(object)
    session_wished = Signal(str, str)
    """A session, and what was searched for in it."""
    reason_wished = Signal(str)
    """Why the session that was to be opened cannot be read."""
    throw_away_wished = Signal(str)
    import_wished = Signal()
    back_up_wished = Signal()
    bin_wished = Signal()
    trends_wished = Signal()
    stories_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=1120)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search what was said")
        self._search.setAccessibleName("Search what was said")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._changed)
        self._search.returnPressed.connect(self._enter_list)
        self._sort = combo("Order", [SORT_TITLES[sort] for sort in SORTS])
        self._sort.activated.connect(self._changed)
        self._over = check("Ran over")
        self._over.toggled.connect(self._changed)
        self._marked = check("Marked")
        self._marked.toggled.connect(self._changed)
        self._patterns: list[tuple[str, str]] = []
        self._stories: list[tuple[str, str]] = []
        self._pattern = combo("Principle", [ALL_PRINCIPLES])
        self._level = combo("Level", [ALL_LEVELS, *(level.title for level in Level)])
        self._story = combo("Story", [ALL_STORIES])
        for box in (self._pattern, self._level, self._story):
            box.activated.connect(self._changed)
        self._story.setMinimumContentsLength(12)
        self._story.setSizeAdjustPolicy(self._story.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._count = label("", "small")
        self._empty = label("", "muted", wraps=True)
        self._model = RowsModel()
        self._table = self._build_table()
        away = KeyShortcut(self._table, keys, "sessions.bin", self._throw_away)
        away.setContext(Qt.ShortcutContext.WidgetShortcut)
        back = button("Home")
        back.clicked.connect(self.back_wished)
        self.body.addWidget(label("Sessions", "title"))
        self.body.addWidget(self._search)
        self.body.addLayout(row(self._pattern, self._level, self._story, 1, self._count))
        self.body.addLayout(row(self._sort, self._over, self._marked, 1))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._table, 1)
        self.body.addLayout(self._build_places(back))

    def _build_places(self, back: QWidget) -> QLayout:
        """The ways out of here."""
        named = {
            "Trends": self.trends_wished,
            "Stories": self.stories_wished,
            "The bin": self.bin_wished,
            "Bring in a file": self.import_wished,
            "Back up everything": self.back_up_wished,
        }
        places = row(back)
        for text, wish in named.items():
            place = button(text)
            place.clicked.connect(wish)
            places.addWidget(place)
        places.addStretch(1)
        return places

    def _build_table(self) -> QTableView:
        table = SessionTable()
        table.setModel(self._model)
        table.setAccessibleName("Sessions")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setMinimumSectionSize(24)
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.activated.connect(self._open)
        return table

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        metrics = self._table.fontMetrics()
        height = metrics.height() + 12
        self._table.verticalHeader().setDefaultSectionSize(height)
        self._table.setMinimumHeight(LEAST_ROWS * height)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Nothing is scrolled sideways: level and time go where there is no room, then names are shortened. The whole
        row is its tip."""
        samples = ("2026-11-23  19:00 ", "Strive to be Earth's", "Senior SDE  ", "00:00  ")
        metrics = self._table.fontMetrics()
        widths = [
            26 + max(metrics.horizontalAdvance(text) for text in (sample, f"{title} "))
            for sample, title in zip(samples, COLUMNS, strict=False)
        ]
        room = self._middle.width() - round(LEAST_VERDICT_EMS * em())
        is_short = sum(widths) > room
        if is_short:
            widths[1] = max(round(LEAST_NAME_EMS * em()), min(widths[1], room - widths[0]))
            widths[0] = max(round(LEAST_WHEN_EMS * em()), min(widths[0], room - widths[1]))
        for column, width in enumerate(widths):
            self._table.setColumnWidth(column, width)
            self._table.setColumnHidden(column, is_short and column in (2, 3))

    def show_rows(self, rows: tuple[Row, ...], total: int | None = None) -> None:
        """The sessions that fit, or the first of `total`; the one that was chosen stays chosen."""
        chosen = self._chosen()
        self._model.show_rows(rows)
        ids = [each.id for each in rows]
        if rows:
            self._table.selectRow(ids.index(chosen) if chosen in ids else 0)
        asked = self._query() != Query(sort=list(SORTS)[self._sort.currentIndex()])
        nothing = "Nothing fits. Fewer words find more." if asked else "Nothing recorded yet."
        self._empty.setText("" if rows else nothing)
        self._empty.setVisible(not rows)
        self._table.setVisible(bool(rows))
        if rows and self.has_keys:
            self._table.setFocus()
        count = len(rows) if total is None else total
        self._count.setText(f"{count} {'session' if count == 1 else 'sessions'}")

    def show_progress(self, done: int, total: int) -> None:
        """How far the index is; said only while it takes a while."""
        self._count.setText(f"Reading {done} of {total} sessions …" if done < total else "")

    def _chosen(self) -> str:
        current = self._table.currentIndex().row()
        return self._model.rows[current].id if 0 <= current < len(self._model.rows) else ""

    def show_choices(self, patterns: Sequence[tuple[str, str]], stories: Sequence[tuple[str, str]]) -> None:
        """Ids and names that the list can be narrowed to. What is chosen stays chosen."""
        chosen = self._query()
        for box, before, named, choice in (
            (self._pattern, ALL_PRINCIPLES, patterns, chosen.pattern),
            (self._story, ALL_STORIES, stories, chosen.story),
        ):
            box.clear()
            box.addItems([before, *(name for _, name in named)])
            ids = [each for each, _ in named]
            box.setCurrentIndex(ids.index(choice) + 1 if choice in ids else 0)
        self._patterns, self._stories = list(patterns), list(stories)

    def narrow_to(self, story: str) -> None:
        """Only the sessions that tell a story."""
        ids = [each for each, _ in self._stories]
        self._search.clear()
        self._story.setCurrentIndex(ids.index(story) + 1 if story in ids else 0)
        self._changed()

    def _query(self) -> Query:
        pattern, level, story = (box.currentIndex() - 1 for box in (self._pattern, self._level, self._story))
        return Query(
            words=self._search.text().strip(),
            pattern=self._patterns[pattern][0] if 0 <= pattern < len(self._patterns) else "",
            level=list(Level)[level].value if level >= 0 else "",
            story=self._stories[story][0] if 0 <= story < len(self._stories) else "",
            is_over=self._over.isChecked(),
            is_marked=self._marked.isChecked(),
            sort=list(SORTS)[self._sort.currentIndex()],
        )

    def _changed(self) -> None:
        self.query_changed.emit(self._query())

    def _throw_away(self) -> None:
        if chosen := self._chosen():
            self.throw_away_wished.emit(chosen)

    def _enter_list(self) -> None:
        if self._model.rows:
            self._table.setFocus()

    def _open(self, place: QModelIndex) -> None:
        chosen = self._model.rows[place.row()]
        if chosen.unreadable:
            self.reason_wished.emit(chosen.unreadable)
        else:
            self.session_wished.emit(chosen.id, self._search.text())

    def begin_search(self) -> None:
        """The keys go to the search."""
        self._search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typed(event):
            self._search.setFocus()
            QApplication.sendEvent(self._search, event)
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget:
        return self._table if self._model.rows else self._search

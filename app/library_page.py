"""Every session there is: search as you type, filters, order; Enter opens."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QLineEdit, QTableView, QWidget

from app.page import Page
from app.theme import Theme
from app.widgets.text import button, combo, label, row
from interviewer.index import SORTS, Query, Row
from interviewer.pattern import Level
from interviewer.timing import clock_text

COLUMNS = ("When", "Principle", "Level", "Spoken", "What the times say")
SORT_TITLES = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "principle": "By principle",
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
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if is_title else None

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        shown = self.rows[index.row()]
        mark = "◆ " if shown.is_marked else ""
        return (
            shown.started.replace("T", "  "),
            f"{mark}{shown.principle}",
            Level(shown.level).title,
            clock_text(shown.seconds),
            shown.verdict if shown.is_closed else f"Not finished. {shown.verdict}",
        )[index.column()]


class LibraryPage(Page):
    """Emits the query, and the session to open."""

    query_changed = Signal(object)
    session_wished = Signal(str)
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=1120)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search what was said")
        self._search.setAccessibleName("Search what was said")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._changed)
        self._search.returnPressed.connect(self._enter_list)
        self._sort = combo("Order", [SORT_TITLES[sort] for sort in SORTS])
        self._sort.activated.connect(self._changed)
        self._over = QCheckBox("Over time")
        self._over.toggled.connect(self._changed)
        self._marked = QCheckBox("Marked")
        self._marked.toggled.connect(self._changed)
        self._count = label("", "small")
        self._empty = label("", "muted", wraps=True)
        self._model = RowsModel()
        self._table = self._build_table()
        back = button("Home")
        back.clicked.connect(self.back_wished)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._search.setFocus)
        self.body.addWidget(label("Sessions", "title"))
        self.body.addWidget(self._search)
        self.body.addLayout(row(self._sort, self._over, self._marked, 1, self._count))
        self.body.addWidget(self._empty)
        self.body.addWidget(self._table, 1)
        self.body.addLayout(row(back, 1))

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName("Sessions")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(280)
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
        samples = ("2026-11-23  19:00 ", "Strive to be Earth's", "Senior SDE  ", "00:00  ")
        for column, sample in enumerate(samples):
            self._table.setColumnWidth(column, metrics.horizontalAdvance(sample) + 24)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """The sessions that fit; the one that was chosen stays chosen."""
        chosen = self._chosen()
        self._model.show_rows(rows)
        ids = [each.id for each in rows]
        if rows:
            self._table.selectRow(ids.index(chosen) if chosen in ids else 0)
        asked = bool(self._search.text().strip()) or self._over.isChecked() or self._marked.isChecked()
        nothing = "Nothing fits. Fewer words find more." if asked else "Nothing recorded yet."
        self._empty.setText("" if rows else nothing)
        self._empty.setVisible(not rows)
        self._table.setVisible(bool(rows))
        self._count.setText(f"{len(rows)} {'session' if len(rows) == 1 else 'sessions'}")

    def show_progress(self, done: int, total: int) -> None:
        """How far the index is; said only while it takes a while."""
        self._count.setText(f"Reading {done} of {total} sessions …" if done < total else "")

    def _chosen(self) -> str:
        current = self._table.currentIndex().row()
        return self._model.rows[current].id if 0 <= current < len(self._model.rows) else ""

    def _changed(self) -> None:
        sort = list(SORTS)[self._sort.currentIndex()]
        query = Query(
            words=self._search.text(), is_over=self._over.isChecked(), is_marked=self._marked.isChecked(), sort=sort
        )
        self.query_changed.emit(query)

    def _enter_list(self) -> None:
        if self._model.rows:
            self._table.setFocus()

    def _open(self, place: QModelIndex) -> None:
        self.session_wished.emit(self._model.rows[place.row()].id)

    def first_focus(self) -> QWidget:
        return self._search

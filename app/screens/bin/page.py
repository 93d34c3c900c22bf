"""The bin: what was thrown away, how long it stays, put back or deleted for good."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.page import Page
from app.look.text import button, card, clear, column, label, row
from app.look.theme import Theme
from interviewer.disk.bin import Thrown
from interviewer.findings.verdict_sentence import session_sentence


class BinPage(Page):
    """Emits what to put back, and what to delete once that was asked twice."""

    restore_wished = Signal(str)
    delete_wished = Signal(str)
    date_confirmed = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._thrown: tuple[Thrown, ...] = ()
        self._jump: tuple[date, date] | None = None
        self._asked = ""
        """The session that is to be deleted for good, if that is meant."""
        back = self._keep = button("Sessions")
        back.clicked.connect(self.back_wished)
        self._cards = column(spacing=8)
        self.body.addLayout(row(label("The bin", "title"), 1, back))
        text = "What you throw away stays here for thirty days. Nothing is deleted before, unless you do it here."
        self.body.addWidget(label(text, "muted", wraps=True))
        self.body.addLayout(self._cards)
        self.body.addStretch(1)

    def show_thrown(self, thrown: Sequence[Thrown], jump: tuple[date, date] | None = None) -> None:
        """What is in the bin, the newest throw first; and from which day to which the clock jumped, where that kept
        something from being deleted."""
        self._thrown, self._jump = tuple(thrown), jump
        clear(self._cards)
        if jump:
            self._cards.addWidget(self._question(*jump))
        if not thrown:
            self._cards.addWidget(label("The bin is empty.", "muted"))
        for each in thrown:
            self._cards.addWidget(self._card(each))

    def _question(self, before: date, today: date) -> QWidget:
        frame, inside = card(margin=14, spacing=4)
        text = f"The clock jumped from {before} to {today}, so nothing was deleted. Put the date right if it is wrong."
        right = button("The date is right", name="The date is right: delete what is older than thirty days")
        right.clicked.connect(self.date_confirmed)
        inside.addWidget(label(text, wraps=True))
        inside.addLayout(row(right, 1))
        return frame

    def _card(self, each: Thrown) -> QWidget:
        frame, inside = card(margin=14, spacing=4)
        session = each.session
        name = f"{session.principle} · {session.started.replace('T', ', ')}" if session else each.id
        days = each.days_left(datetime.now())
        left = "deleted soon" if not days else f"{days} {'day' if days == 1 else 'days'} left"
        if each.id == self._asked:
            inside.addWidget(label(f"Delete {name} for good? Its sound and its words cannot come back.", wraps=True))
            keep = button("Keep it")
            keep.clicked.connect(lambda: self._ask(""))
            really = button("Delete it for good")
            really.clicked.connect(lambda: self.delete_wished.emit(each.id))
            inside.addLayout(row(keep, really, 1))
            self._keep = keep
            return frame
        back = button("Put back", name=f"Put back {name}")
        back.clicked.connect(lambda: self.restore_wished.emit(each.id))
        delete = button("Delete for good", name=f"Delete {name} for good")
        delete.clicked.connect(lambda: self._ask(each.id))
        inside.addLayout(row(label(name), label(left, "small"), 1, back, delete))
        text = session_sentence(session) if session else "Its file cannot be read; the recordings are here."
        inside.addWidget(label(text, "muted", wraps=True))
        return frame

    def _ask(self, session_id: str) -> None:
        self._asked = session_id
        self.show_thrown(self._thrown, self._jump)
        (self._keep if session_id else self).setFocus()

    def take_escape(self) -> bool:
        was_asking = bool(self._asked)
        self._ask("")
        return was_asking

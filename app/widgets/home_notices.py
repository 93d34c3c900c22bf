"""What Home has to say first: a crash the last time, files that could not be read, takes that were cut off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.widgets.text import button, card, clear, column, label, row
from interviewer.store import CutOff
from interviewer.timing import clock_text


class HomeNotices(QWidget):
    """Nothing, most of the time. Emits the cut-off take to keep, and that the crash was seen."""

    kept = Signal(object)
    crash_seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._crash_box = column(spacing=8)
        self._problem_box = column(spacing=8)
        self._cut_off_box = column(spacing=8)
        whole = column(spacing=8)
        for box in (self._crash_box, self._problem_box, self._cut_off_box):
            whole.addLayout(box)
        self.setLayout(whole)

    def show_problems(self, texts: Sequence[str]) -> None:
        """Sentences about files that could not be read."""
        clear(self._problem_box)
        for text in texts:
            frame, inside = card("notice", 14)
            inside.addWidget(label(text, wraps=True))
            self._problem_box.addWidget(frame)

    def show_cut_off(self, takes: Sequence[CutOff]) -> None:
        """Takes that were cut off by a crash, each with a button to keep it."""
        clear(self._cut_off_box)
        for cut_off in takes:
            frame, inside = card("notice", 14)
            what = cut_off.take.marks[0].section.title if cut_off.take.marks else "a follow-up"
            text = (
                f"A recording was cut off on {cut_off.session.started.replace('T', ' at ')}: "
                f"{cut_off.session.principle}, {what}, {clock_text(cut_off.seconds)}. It is safe on this computer."
            )
            keep = button("Keep it in its session")
            keep.clicked.connect(lambda _=False, chosen=cut_off: self.kept.emit(chosen))
            inside.addWidget(label(text, wraps=True))
            inside.addLayout(row(keep, 1))
            self._cut_off_box.addWidget(frame)

    def show_crash(self, report: str) -> None:
        """What an earlier run left behind when it crashed; nothing for an empty text."""
        clear(self._crash_box)
        if not report:
            return
        frame, inside = card("notice", 14)
        text = "Plainspoken crashed last time. Your recordings are safe. The report contains nothing you said."
        copy = button("Copy the report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        forget = button("Discard it")
        forget.clicked.connect(self._forget_crash)
        inside.addWidget(label(text, wraps=True))
        inside.addLayout(row(copy, forget, 1))
        self._crash_box.addWidget(frame)

    def _forget_crash(self) -> None:
        clear(self._crash_box)
        self.crash_seen.emit()

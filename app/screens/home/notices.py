"""What Home has to say first: a crash the last time, files that could not be read, takes that were cut off."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.look.text import button, card, clear, column, label, row
from interviewer.disk.store import CutOff
from interviewer.timing import clock_text


class HomeNotices(QWidget):
    """Nothing, most of the time. Emits the cut-off take to keep, and that the crash was seen.

    Each can be closed; the same one comes again with the next start.
    """

    kept = Signal(object)
    crash_seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._closed: set[str] = set()
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
            self._add(self._problem_box, text)

    def show_cut_off(self, takes: Sequence[CutOff]) -> None:
        """Takes that were cut off by a crash, each with a button to keep it."""
        clear(self._cut_off_box)
        for cut_off in takes:
            what = cut_off.take.marks[0].section.title if cut_off.take.marks else "a follow-up"
            text = (
                f"A recording was cut off on {cut_off.session.started.replace('T', ' at ')}: "
                f"{cut_off.session.principle}, {what}, {clock_text(cut_off.seconds)}. It is safe on this computer."
            )
            keep = button("Keep it in its session")
            keep.clicked.connect(lambda _=False, chosen=cut_off: self.kept.emit(chosen))
            self._add(self._cut_off_box, text, keep)

    def show_crash(self, report: str) -> None:
        """What an earlier run left behind when it crashed; nothing for an empty text."""
        clear(self._crash_box)
        if not report:
            return
        text = "Plainspoken crashed last time. Your recordings are safe. The report contains nothing you said."
        copy = button("Copy the report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        forget = button("Discard it")
        forget.clicked.connect(self._forget_crash)
        self._add(self._crash_box, text, copy, forget)

    def _add(self, box: QVBoxLayout, text: str, *buttons: QPushButton) -> None:
        """One notice, unless it was closed before."""
        if text in self._closed:
            return
        frame, inside = card("notice", 14)
        close = button("×", "close", "Close this notice")
        close.clicked.connect(lambda: self._closed.add(text))
        close.clicked.connect(frame.hide)
        line = row(label(text, wraps=True), close)
        line.setStretch(0, 1)
        line.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(line)
        if buttons:
            inside.addLayout(row(*buttons, 1))
        box.addWidget(frame)

    def _forget_crash(self) -> None:
        clear(self._crash_box)
        self.crash_seen.emit()

"""When the interview is: said in words, changed in place."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from app.look.text import button, label, row
from interviewer.practice.suggestion import countdown

FIRST_GUESS = timedelta(days=10)


class InterviewDate(QWidget):
    """Emits the date, ISO 8601, or nothing when it is taken away."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._date = ""
        self._words = label("", "heading")
        self._change = button("", "plain")
        self._change.clicked.connect(self._edit)
        self._edit_box = QDateEdit()
        self._edit_box.setDisplayFormat("yyyy-MM-dd")
        self._edit_box.setAccessibleName("Date of the interview")
        self._keep = button("Keep")
        self._keep.clicked.connect(lambda: self._decide(self._edit_box.date().toString("yyyy-MM-dd")))
        self._clear = button("No date")
        self._clear.clicked.connect(lambda: self._decide(""))
        line = row(self._words, self._change, self._edit_box, self._keep, self._clear, 1)
        self.setLayout(line)
        self._show()

    def show_date(self, interview: str) -> None:
        """The date that is kept, empty for none. A date that is being changed is left alone."""
        if self._edit_box.isHidden() or interview != self._date:
            self._date = interview
            self._show()

    def _show(self) -> None:
        interview = self._date
        self._words.setText(countdown(interview, date.today()))
        self._words.setVisible(bool(interview))
        self._change.setText("Change the date" if interview else "When is your interview?")
        for each in (self._edit_box, self._keep, self._clear):
            each.hide()
        self._change.show()

    def cancel(self) -> bool:
        """Whether the date was being changed; it stays as it was."""
        was_open = not self._edit_box.isHidden()
        if was_open:
            self._show()
            self._change.setFocus()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._edit_box.isHidden():
            self._keep.click()
        else:
            super().keyPressEvent(event)

    def _edit(self) -> None:
        day = date.fromisoformat(self._date) if self._date else date.today() + FIRST_GUESS
        self._edit_box.setDate(QDate(day.year, day.month, day.day))
        self._change.hide()
        for each in (self._edit_box, self._keep, self._clear):
            each.show()
        self._edit_box.setFocus()

    def _decide(self, interview: str) -> None:
        self._date = interview
        self._show()
        self._change.setFocus()
        self.changed.emit(interview)

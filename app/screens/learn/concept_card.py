"""One question on the pattern itself: an answer, then at once why."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.keys import Keys
from app.look.option_list import OptionList
from app.look.text import announce, button, label, row
from interviewer.pattern import LETTERS, ConceptCheck


class ConceptCard(QFrame):
    """Takes the letters while it has the focus. Nothing it holds is kept."""

    def __init__(self, number: int, check: ConceptCheck, keys: Keys) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Concept check {number}: {check.question}")
        self._right = LETTERS.index(check.key)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        self._again = button("Again", name=f"Concept check {number} again")
        self._again.clicked.connect(self._ask_again)
        self._again.setEnabled(False)
        inside.addLayout(row(label(f"Concept check {number}", "label"), 1, self._again))
        inside.addWidget(label(check.question, "finding", wraps=True))
        self.options = OptionList(check.options, f"Answers to concept check {number}", keys)
        self.options.chosen.connect(self._answer)
        inside.addWidget(self.options)
        self.why = label(check.why, wraps=True)
        self.why.hide()
        inside.addWidget(self.why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.options.take_key(event):
            super().keyPressEvent(event)

    def _answer(self, place: int) -> None:
        self.options.show_solution(self._right, place)
        self.why.show()
        self._again.setEnabled(True)
        announce(self, f"{self.options.options[place].accessibleDescription()}. {self.why.text()}")

    def _ask_again(self) -> None:
        self.setFocus()
        self.options.ask_again()
        self.why.hide()
        self._again.setEnabled(False)

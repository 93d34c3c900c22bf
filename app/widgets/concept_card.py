"""One question on the pattern itself: an answer, then at once why."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.widgets.option_list import OptionList
from app.widgets.text import label
from interviewer.pattern import LETTERS, ConceptCheck


class ConceptCard(QFrame):
    """Answered once each time the page is opened."""

    def __init__(self, number: int, check: ConceptCheck) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._right = LETTERS.index(check.key)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(label(f"Concept check {number}", "label"))
        inside.addWidget(label(check.question, "finding", wraps=True))
        self.options = OptionList(check.options, f"Answers to concept check {number}")
        self.options.chosen.connect(self._answer)
        inside.addWidget(self.options)
        self.why = label(check.why, wraps=True)
        self.why.hide()
        inside.addWidget(self.why)

    def _answer(self, place: int) -> None:
        self.options.show_solution(self._right, place)
        self.why.show()

"""A few buttons of which one is chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.look.text import button, row


class ChoiceRow(QWidget):
    """Emits the value of the button that was pressed. Values are compared by identity or equality."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, Any]], name: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        inside = row(spacing=8)
        for text, value in choices:
            each = button(text, "choice", f"{name} {text}")
            each.setCheckable(True)
            each.setProperty("value", value)
            each.clicked.connect(lambda _=False, wanted=value: self.chosen.emit(wanted))
            self._group.addButton(each)
            inside.addWidget(each)
        self.setLayout(inside)

    def choose(self, value: Any) -> None:
        """Shows a value as the chosen one; none for a value that is not among them."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(each.property("value") == value)
        self._group.setExclusive(True)

    @property
    def value(self) -> Any:
        """The chosen value; None before the first choice."""
        checked = self._group.checkedButton()
        return checked.property("value") if checked else None

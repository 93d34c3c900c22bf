"""Names and what they name: beside each other in two columns, or one above the other where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.look.row import Row, em

NAME_EMS = 14


class Form(QVBoxLayout):
    """Qt's own form gives what wraps another height each time it is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[QBoxLayout, QLabel]] = []
        self.setSpacing(10)

    def add_line(self, name: QLabel, field: QWidget | QLayout) -> None:
        """A field with its name. A layout takes all the width there is, a widget what it needs."""
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        if isinstance(field, QLayout):
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(field, 1)
        else:
            line.addWidget(name)
            natural = Row()
            natural.addWidget(field)
            natural.addStretch(1)
            line.addLayout(natural, 1)
        self.addLayout(line)
        self._lines.append((line, name))

    def lay_out(self, is_narrow: bool) -> None:
        """One column or two, in the measure of the text as it is now."""
        ways = QBoxLayout.Direction
        for line, name in self._lines:
            line.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
            line.setSpacing(4 if is_narrow else 20)
            name.setMinimumWidth(0 if is_narrow else round(NAME_EMS * em()))
            name.setVisible(bool(name.text()) or not is_narrow)  # an empty one only keeps the second column straight

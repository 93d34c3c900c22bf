"""One of several answers: a button that wraps its text, under a sign of its own. A mark says what became of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from app.look.text import BY_TAB, label, set_role


class Option(QPushButton):
    """Checkable. A click leaves the keys where they are; Tab reaches it, also once it is settled."""

    def __init__(self, sign: str, text: str) -> None:
        super().__init__()
        self._is_settled = False
        self.setProperty("role", "option")
        self.setCheckable(True)
        self.setFocusPolicy(BY_TAB)
        self.setAutoDefault(True)
        self.setAccessibleName(f"{sign}: {text}")
        self._mark = label("", "label")
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(14, 9, 14, 9)
        self._inside.setSpacing(12)
        self._inside.addWidget(label(sign, "key"), 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addWidget(label(text, wraps=True), 1)
        self._inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mark(self, text: str, role: str = "label") -> None:
        """Says what became of this answer."""
        self._mark.setText(text)
        set_role(self._mark, role)
        self.setAccessibleDescription(text)

    def settle(self, is_settled: bool) -> None:
        """A settled answer stays as it is."""
        self._is_settled = is_settled

    def nextCheckState(self) -> None:
        if not self._is_settled:
            super().nextCheckState()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inside.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(400, self._inside.totalHeightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._inside.minimumSize().height())

"""Type an answer, or paste one: read for what it proves, without a clock."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.look.page import Page
from app.look.text import button, label, row
from app.look.theme import Theme

LEAST_WORDS = 5
LEAST_LINES = 6
"""Of the text that are seen at once; it takes all the height that the window has left."""


class TypedAnswerPage(Page):
    """Emits the text that is to be read."""

    written = Signal(str)
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._principle = label("", "label")
        self._text = QPlainTextEdit()
        self._text.setProperty("role", "typing")
        self._text.setAccessibleName("Your answer")
        self._text.setPlaceholderText("While I was working on ..., I noticed that ...")
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(self._changed)
        self._count = label("", "small")
        self._read = button("Read it", "main")
        self._read.clicked.connect(lambda: self.written.emit(self._text.toPlainText()))
        back = button("Home")
        back.clicked.connect(self.back_wished)
        self.body.addWidget(self._principle)
        self.body.addWidget(label("Type an answer", "title"))
        text = (
            "Write it as you would say it, from the Situation to the lesson. Headings such as “Action:” are welcome; "
        )
        text += "without them the program proposes the sections. It is read for what it proves; nothing is timed."
        self.body.addWidget(label(text, "muted", wraps=True))
        self.body.addWidget(self._text, 1)
        self.body.addLayout(row(self._read, back, self._count, 1))
        self._changed()

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._text.setMinimumHeight(LEAST_LINES * self._text.fontMetrics().lineSpacing())

    def show_principle(self, principle: str) -> None:
        self._principle.setText(principle)

    def _changed(self) -> None:
        count = len(self._text.toPlainText().split())
        self._count.setText(f"{count} words")
        self._read.setEnabled(count >= LEAST_WORDS)

    def first_focus(self) -> QWidget:
        return self._text

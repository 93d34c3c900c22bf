"""The words of a take: plain text, read-only; a click, or Enter at the cursor, asks for the word's sound."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from interviewer.transcript import Word

FRAME_PIXELS = 12
"""Border and padding above and below the text."""


class TranscriptView(QPlainTextEdit):
    """As high as its text. `word_chosen` carries the word's start in seconds."""

    word_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[tuple[int, float]] = []
        self.setReadOnly(True)
        self.document().setDocumentMargin(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Transcript")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, words: tuple[Word, ...]) -> None:
        """The words in order, one space between them."""
        self._starts = []
        at = 0
        for word in words:
            self._starts.append((at, word.start))
            at += len(word.text) + 1
        text = " ".join(word.text for word in words)
        if text != self.toPlainText():
            self.setPlainText(text)
            self._fit()

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose(self.cursorForPosition(event.position().toPoint()).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.textCursor().position())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape) or event.text().isdigit():
            event.ignore()  # keys of the page
        else:
            super().keyPressEvent(event)

    def _choose(self, position: int) -> None:
        before = [start for at, start in self._starts if at <= position]
        if before:
            self.word_chosen.emit(before[-1])

    def _fit(self) -> None:
        lines = self.document().size().height()  # this document counts in lines
        self.setFixedHeight(round(max(1.0, lines) * QFontMetricsF(self.font()).lineSpacing()) + FRAME_PIXELS)

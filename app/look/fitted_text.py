"""Plain text that is only read: as high as its words, with places in it that can be picked out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit

FRAME_PIXELS = 12
"""Border and padding above and below the text."""


class FittedText(QPlainTextEdit):
    """Never markup, never a scroll bar."""

    def __init__(self, name: str) -> None:
        super().__init__()
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
        self.setAccessibleName(name)

    def show_marked(self, text: str, marked: Sequence[str]) -> None:
        """A text, with these words of it in bold and underlined."""
        self.setPlainText(text)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        self.setExtraSelections(
            [self.selection(text.find(words), len(words), look) for words in marked if words and words in text]
        )
        self.fit()

    def selection(self, start: int, length: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        """A place in the text with a look of its own."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        picked = QTextEdit.ExtraSelection()
        picked.cursor, picked.format = cursor, look
        return picked

    def fit(self) -> None:
        """Takes the height that the text needs."""
        block, layout = self.document().begin(), self.document().documentLayout()
        while block.isValid():
            layout.blockBoundingRect(block)  # has it laid out; else its lines are counted as they were in another type
            block = block.next()
        lines = self.document().size().height()  # this document counts in lines
        self.setFixedHeight(round(max(1.0, lines) * QFontMetricsF(self.font()).lineSpacing()) + FRAME_PIXELS)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

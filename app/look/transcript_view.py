"""The words of a take: plain text, read-only; a click, or Enter at the cursor, asks for the word's sound."""

from bisect import bisect_right

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QTextCharFormat

from app.look.fitted_text import FittedText
from interviewer.transcript import Word
from interviewer.voiced import Row

AFTERGLOW_SECONDS = 0.4
"""A word stays lit so long after its end, unless another one begins."""


class TranscriptView(FittedText):
    """As high as its text. `word_chosen` carries the word's start in seconds."""

    word_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__("Transcript")
        self._starts: list[int] = []
        """Where in the text each word begins."""
        self._begun = Row(())
        """When each word begins."""
        self._words: tuple[Word, ...] = ()
        self._lit: int | None = None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, words: tuple[Word, ...]) -> None:
        """The words in order, one space between them."""
        if words == self._words:
            return
        self._words = words
        self._begun = Row([word.start for word in words])
        self._starts = []
        at = 0
        for word in words:
            self._starts.append(at)
            at += len(word.text) + 1
        text = " ".join(word.text for word in words)
        if text != self.toPlainText():
            self.setPlainText(text)
            self._lit = None
            self.fit()

    @property
    def lit_word(self) -> Word | None:
        """The word under the sound."""
        return None if self._lit is None else self._words[self._lit]

    @property
    def chosen_word(self) -> Word | None:
        """The word at the text cursor; None without any."""
        place = self._place_at(self.textCursor().position())
        return self._words[place] if place >= 0 else None

    def light(self, seconds: float | None) -> bool:
        """Lights the word that is heard at a time, underlined as well as coloured. Whether there is one."""
        place = None
        if seconds is not None:
            begun = self._begun.last_at(seconds)
            if begun >= 0 and seconds <= self._words[begun].end + AFTERGLOW_SECONDS:
                place = begun
        if place != self._lit:
            self._lit = place
            self._show_lit()
        return place is not None

    def _show_lit(self) -> None:
        if self._lit is None:
            self.setExtraSelections([])
            return
        start = self._starts[self._lit]
        look = QTextCharFormat()
        look.setFontUnderline(True)
        look.setBackground(self.palette().highlight())
        look.setForeground(self.palette().highlightedText())
        self.setExtraSelections([self.selection(start, len(self._words[self._lit].text), look)])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose(self.cursorForPosition(event.position().toPoint()).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.textCursor().position())
        elif event.key() == Qt.Key.Key_Escape or (event.text().isprintable() and event.text()):
            event.ignore()  # keys of the page
        elif event.matches(QKeySequence.StandardKey.Undo) or event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, position: int) -> None:
        place = self._place_at(position)
        if place >= 0:
            self.word_chosen.emit(self._words[place].start)

    def _place_at(self, position: int) -> int:
        """The word at a place in the text; -1 without any."""
        return bisect_right(self._starts, position) - 1

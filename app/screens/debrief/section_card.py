"""One section in the debrief: its time, its verdict, its words with their sound, and coaching where it is needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.look.badge import Badge
from app.look.keys import Keys
from app.look.note_line import NoteLine
from app.look.text import bundle, button, clear, column, label, put, row, set_role
from app.look.theme import Theme
from app.look.transcript_view import TranscriptView
from app.screens.debrief.reading import HeardLine
from interviewer.pattern import Section, SectionGuide
from interviewer.timing import SectionTime, Verdict, clock_text
from interviewer.transcript import Word

VERDICT_ROLES = {Verdict.INSIDE: "good", Verdict.JUST_OVER: "warn", Verdict.MISSING: "warn"}


class SectionCard(QFrame):
    """Built for a section of a pattern; `begin` takes a session, `show_*` fill in what becomes known of it."""

    play_wished = Signal(object)
    word_chosen = Signal(object, float)
    earlier_wished = Signal(str)
    note_written = Signal(str)

    def __init__(self, section: Section, guide: SectionGuide, theme: Theme, keys: Keys) -> None:
        super().__init__()
        self.section = section
        self.setProperty("role", "card")
        self._badge = Badge(section, theme)
        self._time = label("", "good")
        key = keys.of("debrief.section")[list(Section).index(section)]
        self.play = button(f"▶ Play ({key})", name=f"Play {section.title}")
        self.play.clicked.connect(lambda: self.play_wished.emit(section))
        self._note = label("", "muted", wraps=True)
        self.words = TranscriptView()
        self.words.setAccessibleName(f"What was heard in {section.title}")
        self.words.word_chosen.connect(lambda seconds: self.word_chosen.emit(section, seconds))
        self._coaching = QWidget()
        coaching = QVBoxLayout(self._coaching)
        coaching.setContentsMargins(0, 4, 0, 0)
        coaching.setSpacing(4)
        for heading, text in (("What helps", guide.coaching), ("The usual mistake", guide.mistake)):
            coaching.addWidget(label(heading, "label"))
            coaching.addWidget(label(text, wraps=True))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(6)
        inside.addLayout(row(self._badge, label(section.title, "heading"), self._time, 1, self.play))
        inside.addWidget(self._note)
        inside.addWidget(self.words)
        self._heard = column(spacing=2)
        self._lines: tuple[HeardLine, ...] = ()
        self._is_over = self._needs_coaching = False
        inside.addLayout(self._heard)
        inside.addWidget(self._coaching)
        self.own_note = NoteLine(f"Note on the take of {section.title}")
        self.own_note.written.connect(self.note_written)
        inside.addWidget(self.own_note)
        self._earlier = column(spacing=6)
        inside.addLayout(self._earlier)

    def set_theme(self, theme: Theme) -> None:
        self._badge.set_theme(theme)

    def begin(self, earlier: tuple[str, ...]) -> None:
        """Another session, of which nothing is known but the ids of its earlier takes of this section."""
        self.own_note.leave()
        self._needs_coaching = False
        self._lines = ()
        clear(self._heard)
        clear(self._earlier)
        for number, take_id in enumerate(earlier, 1):
            again = button(f"▶ Earlier take {number}", "plain")
            again.clicked.connect(lambda _=False, chosen=take_id: self.earlier_wished.emit(chosen))
            self._earlier.addLayout(row(again, 1))

    def show_time(self, time: SectionTime) -> None:
        verdict = time.verdict
        self._time.setText(time.words)
        set_role(self._time, VERDICT_ROLES.get(verdict, "bad") if verdict else "muted")
        self.play.setVisible(verdict is not None)
        self.play.setEnabled(bool(time.seconds))
        self._is_over = verdict is not None and (verdict is Verdict.MISSING or verdict.is_over)
        self._coaching.setVisible(self._needs_coaching or self._is_over)

    def show_coaching(self, is_needed: bool) -> None:
        """Coaching is for a section that failed a check, or its time."""
        self._needs_coaching = is_needed
        self._coaching.setVisible(is_needed or self._is_over)

    def other_lines(self, lines: tuple[HeardLine, ...]) -> QWidget | None:
        """What was listened for, with a sign and a word each; None where that is what is shown already."""
        if lines == self._lines:
            return None
        labels = []
        for line in lines:
            when = f" · {clock_text(line.seconds)}" if line.seconds is not None else ""
            how = {"literal": "said", "paraphrase": "in other words", None: "not heard"}[line.heard]
            sign = {"literal": "✓", "paraphrase": "≈", None: "○"}[line.heard]
            labels.append(label(f"{sign} {line.text}: {how}{when}", "small" if line.heard else "muted", wraps=True))
        return bundle(labels, 2)

    def show_lines(self, lines: tuple[HeardLine, ...], made: QWidget) -> None:
        """These lines, once they are made."""
        self._lines = lines
        put(self._heard, made)

    def show_words(self, words: tuple[Word, ...], note: str) -> None:
        """The words so far, and a line on what is still to come or why there are none."""
        self.words.show_words(words)
        self.words.setVisible(bool(words))
        self._note.setText(note)
        self._note.setVisible(bool(note))

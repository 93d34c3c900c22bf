"""The sixteen principles: what each asks, and how far one has come with those that can be practised here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.page import Page
from app.look.text import button, card, clear, columns, label, row
from app.look.theme import Theme
from app.screens.principles.mini_bars import MiniBars
from interviewer.timing import SectionTime

LEAST_EMS = 30
"""Of one card."""

NOTHING = "No pattern yet. You can still plan a story for it."


@dataclass(frozen=True, slots=True)
class PrincipleRow:
    """One principle. `pattern` is empty where there is none; `best` are the times of the best take, if any."""

    name: str
    meaning: str
    pattern: str
    practised: str
    best: tuple[SectionTime, ...]
    test: str
    stories: int


class PrinciplesPage(Page):
    """Emits the pattern to learn."""

    learn_wished = Signal(str)
    stories_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=1120)
        self._rows: tuple[PrincipleRow, ...] = ()
        back = button("Home")
        back.clicked.connect(self.back_wished)
        stories = button("Stories")
        stories.clicked.connect(self.stories_wished)
        self.body.addLayout(row(label("Principles", "title"), 1, stories, back))
        text = "The names are public; the readings are ours. Not connected with or endorsed by Amazon."
        self.body.addWidget(label(text, "small", wraps=True))
        self._cards = columns(LEAST_EMS, most=2)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._lay_out()

    def show_rows(self, rows: Sequence[PrincipleRow]) -> None:
        """All of them; those that can be practised come first."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._lay_out()

    def _lay_out(self) -> None:
        clear(self._cards)
        for each in sorted(self._rows, key=lambda one: not one.pattern):
            self._cards.addWidget(self._card(each))

    def _card(self, each: PrincipleRow) -> QWidget:
        frame, inside = card(margin=14, spacing=4)
        top = row(label(each.name, "finding", wraps=True))
        top.setStretch(0, 1)
        inside.addLayout(top)
        inside.addWidget(label(each.meaning, "muted", wraps=True))
        stories = f"{each.stories} {'story' if each.stories == 1 else 'stories'} planned" if each.stories else ""
        if not each.pattern:
            inside.addWidget(label(NOTHING, "small", wraps=True))
        else:
            learn = button("Learn", name=f"Learn {each.name}")
            learn.clicked.connect(lambda: self.learn_wished.emit(each.pattern))
            top.addWidget(learn)
            inside.addWidget(label(each.practised or "Not practised yet.", wraps=True))
            inside.addWidget(label(f"Last test: {each.test}" if each.test else "Not tested yet.", wraps=True))
            if each.best:
                inside.addLayout(row(label("Best take", "label"), MiniBars(each.best, self.theme), 1))
        if stories:
            inside.addWidget(label(stories, "small"))
        inside.addStretch(1)
        return frame

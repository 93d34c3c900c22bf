"""One section taught: what is asked, the time for it, an example with its cues marked, coaching, the usual mistake."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.badge import Badge
from app.look.fitted_text import FittedText
from app.look.text import button, label, row
from app.look.theme import Theme
from app.screens.learn.read_button import ReadButton
from interviewer.pattern import Section, SectionGuide
from interviewer.timing import clock_text


class LessonCard(QFrame):
    """Emits the text to read aloud, and the section to drill."""

    read_wished = Signal(str)
    drill_wished = Signal(object)

    def __init__(
        self,
        section: Section,
        guide: SectionGuide,
        target: float,
        example: str,
        marked: Mapping[str, str],
        theme: Theme,
    ) -> None:
        """`marked` are the words of the example that are a cue, by that cue."""
        super().__init__()
        self.setProperty("role", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        drill = button("Say it now", name=f"Drill {section.title} now")
        drill.clicked.connect(lambda: self.drill_wished.emit(section))
        read = ReadButton(example, f"Read the example for {section.title} aloud")
        read.wished.connect(self.read_wished)
        self._hide = button("Hide the example", name=f"Hide or show the example for {section.title}")
        self._hide.clicked.connect(self._toggle)
        title = label(section.title, "heading")
        inside.addLayout(row(Badge(section, theme), title, label(f"up to {clock_text(target)}", "muted"), 1, drill))
        inside.addWidget(label(guide.prompt, "question", wraps=True))
        self._example = FittedText(f"Example for {section.title}")
        self._example.show_marked(example, list(marked.values()))
        inside.addWidget(self._example)
        there = [cue.text for cue in guide.cues if cue.text in marked]
        others = [cue.text for cue in guide.cues if cue.text not in marked]
        for name, cues in (("Cues, underlined above", there), ("Cues in the other examples", others)):
            if cues:
                inside.addWidget(label(f"{name}: {' · '.join(cues)}", "small", wraps=True))
        inside.addLayout(row(read, self._hide, 1))
        inside.addWidget(label("Coaching", "label"))
        inside.addWidget(label(guide.coaching, wraps=True))
        inside.addWidget(label("Usual mistake", "label"))
        inside.addWidget(label(guide.mistake, wraps=True))

    def _toggle(self) -> None:
        self._example.setVisible(self._example.isHidden())
        self._hide.setText("Show the example" if self._example.isHidden() else "Hide the example")

"""Learn: one column for a whole pattern, section by section, then follow-ups, exercise, variants, levels, questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.look.badge import Badge
from app.look.choice_row import ChoiceRow
from app.look.keys import Keys
from app.look.page import HIGH_EMS, Page
from app.look.row import em
from app.look.text import button, card, clear, column, label, row
from app.look.theme import Theme
from app.screens.drill.panel import DrillPanel
from app.screens.learn.concept_card import ConceptCard
from app.screens.learn.lesson_card import LessonCard
from app.screens.learn.practice_card import PracticeCard
from app.screens.learn.probe_lesson import ProbeLesson
from app.screens.learn.read_button import ReadButton
from app.screens.learn.weak_exercise import WeakExercise
from interviewer.level import Level
from interviewer.pattern import LevelGuide, Pattern, Section, Variant
from interviewer.practice.practice_book import Practice
from interviewer.timing import clock_text


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pattern at a level: targets in seconds, the words of each example that are its cues by cue, one's own lines by
    follow-up, and how practice has gone."""

    pattern: Pattern
    level: Level
    targets: Mapping[Section, float]
    marked: Mapping[Section, Mapping[str, str]]
    own_lines: Mapping[str, str]
    practice: Practice


class LearnPage(Page):
    """Filled for one pattern at a time. Nothing in it is locked. What is said now is said below the card that asks."""

    level_chosen = Signal(object)
    read_wished = Signal(str)
    section_wished = Signal(object)
    probe_wished = Signal(str)
    sentence_wished = Signal(str)
    drill_closed = Signal()
    line_written = Signal(str, str)
    practice_moved = Signal(str)
    practice_answered = Signal(str, str, bool)
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme)
        self._keys = keys
        self._aloud = ""
        self._parts: dict[str, QWidget] = {}
        self._opener: QWidget | None = None
        self.panel = DrillPanel(theme, keys)
        self._drill = self._build_drill()
        self._heading = label("Learn", "title", wraps=True)
        self.levels = ChoiceRow([(level.title, level) for level in Level], "Level")
        self.levels.chosen.connect(self.level_chosen)
        back = button("Home")
        back.clicked.connect(self.back_wished)
        top = row(self._heading, back)
        top.setStretch(0, 1)
        self.body.addLayout(top)
        self.body.addLayout(row(label("Level", "label"), self.levels, 1))
        self._contents = row(spacing=6)
        self.body.addLayout(self._contents)
        self._content = column(spacing=14)
        self.body.addLayout(self._content)
        self.body.addStretch(1)

    def give_air(self) -> None:
        super().give_air()
        self.panel.set_lean(self.height() < HIGH_EMS * em())

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self.panel.set_theme(theme)
        for badge in self.findChildren(Badge):
            badge.set_theme(theme)

    def show_lesson(self, lesson: Lesson) -> None:
        """The whole pattern, from the top."""
        pattern = lesson.pattern
        self._parts = {}
        self.close_drill()
        self._content.removeWidget(self._drill)
        clear(self._content)
        self._heading.setText(f"Learn: {pattern.principle}")
        self.setAccessibleName(self._heading.text())
        self.levels.choose(lesson.level)
        self._show_contents(pattern)
        self._add("meaning", self._meaning_card(pattern))
        for section, guide in pattern.sections.items():
            example = guide.extra_examples.get(lesson.level, guide.example)
            told = LessonCard(section, guide, lesson.targets[section], example, lesson.marked[section], self.theme)
            told.read_wished.connect(self.read_wished)
            told.drill_wished.connect(self.section_wished)
            self._add(section.letter, told)
        for number, probe in enumerate(pattern.probes, 1):
            follow_up = ProbeLesson(number, probe, lesson.own_lines.get(probe.id, ""))
            follow_up.read_wished.connect(self.read_wished)
            follow_up.drill_wished.connect(self.probe_wished)
            follow_up.sentence_wished.connect(self.sentence_wished)
            follow_up.line_written.connect(self.line_written)
            self._add("probes" if number == 1 else f"probe {number}", follow_up)
        self._add("weak_answer", WeakExercise(pattern.weak_answer))
        for number, variant in enumerate(pattern.variants, 1):
            self._add("variants" if number == 1 else f"variant {number}", _variant_card(variant))
        self._add("levels", _level_card(lesson.level, pattern.guide(lesson.level)))
        for number, check in enumerate(pattern.concept_checks, 1):
            self._add("checks" if number == 1 else f"check {number}", ConceptCard(number, check, self._keys))
        if pattern.items:
            practice = PracticeCard(pattern.items, lesson.practice, self._keys)
            practice.moved.connect(self.practice_moved)
            practice.answered.connect(self.practice_answered)
            self._add("practice", practice)

    def show_reading(self, text: str) -> None:
        """The text that is being read aloud; empty for none."""
        self._aloud = text
        for each in self.findChildren(ReadButton):
            each.show_reading(text)

    def scroll_to(self, part: str) -> None:
        """Brings a part to the top and the keys into it: meaning, a section's letter, probes, weak_answer, variants,
        levels, checks or practice."""
        widget = self._parts.get(part)
        if widget:  # once the layout knows where it is
            inside = [widget, *widget.findChildren(QPushButton)]
            takes = next((each for each in inside if each.focusPolicy() != Qt.FocusPolicy.NoFocus), self)
            takes.setFocus()
            QTimer.singleShot(0, self, lambda: self._bring_up(widget))

    def part(self, name: str) -> QWidget:
        """The widget of a part."""
        return self._parts[name]

    def open_drill(self) -> None:
        """Puts the panel below the card whose button has the focus, and the keys into it."""
        self._opener = self.focusWidget()
        card = next((part for part in self._parts.values() if self._opener and part.isAncestorOf(self._opener)), None)
        self._content.removeWidget(self._drill)
        self._content.insertWidget(self._content.indexOf(card) + 1 if card else 0, self._drill)
        self._drill.show()
        self.panel.setFocus()
        QTimer.singleShot(0, self, lambda: self._bring_up(self._drill))

    def close_drill(self) -> None:
        """Takes the panel away; the keys go back to where they were."""
        if not self._drill.isHidden():
            self._drill.hide()
            self.drill_closed.emit()
            (self._opener or self).setFocus()
            self._opener = None

    def take_escape(self) -> bool:
        if self._aloud:
            self.read_wished.emit(self._aloud)  # again: that ends it
            return True
        was_open = not self._drill.isHidden()
        self.close_drill()
        return was_open

    def first_focus(self) -> QWidget:
        """Where one was before: Learn is left and come back to."""
        before = self.focusWidget()
        return before if before and before.isVisibleTo(self) else self

    def _bring_up(self, widget: QWidget) -> None:
        top = widget.mapTo(self._outer, widget.rect().topLeft()).y()
        self.verticalScrollBar().setValue(top - 12)

    def _build_drill(self) -> QWidget:
        frame, inside = card(spacing=10)
        close = button("Close", name="Close the drill")
        close.clicked.connect(self.close_drill)
        inside.addLayout(row(label("Say it now", "heading"), 1, close))
        inside.addWidget(self.panel)
        frame.setParent(self._outer)
        frame.hide()
        return frame

    def _add(self, name: str, widget: QWidget) -> None:
        self._parts[name] = widget
        self._content.addWidget(widget)

    def _show_contents(self, pattern: Pattern) -> None:
        """First, so that Tab comes to them first."""
        clear(self._contents)
        names = {section.letter: section.letter for section in Section}
        names |= {"probes": "Follow-ups", "weak_answer": "Exercise", "variants": "Variants", "levels": "Level"}
        names |= {"checks": "Checks", "practice": "Practice"}
        if not pattern.variants:
            del names["variants"]
        if not pattern.items:
            del names["practice"]
        spoken = {section.letter: section.title for section in Section}
        for part, text in names.items():
            jump = button(text, "plain", f"Go to {spoken.get(part, text)}")
            jump.clicked.connect(lambda _=False, part=part: self.scroll_to(part))
            self._contents.addWidget(jump)
        self._contents.addStretch(1)

    def _meaning_card(self, pattern: Pattern) -> QWidget:
        frame, inside = card(spacing=8)
        inside.addWidget(label(pattern.meaning, "verdict", wraps=True))
        inside.addWidget(label("What they listen for", "label"))
        for signal in pattern.listens_for:
            inside.addWidget(label(f"• {signal}", wraps=True))
        read = ReadButton(pattern.overview, "Read the scenario aloud")
        read.wished.connect(self.read_wished)
        inside.addLayout(row(label("The story", "label"), 1, read))
        inside.addWidget(label(" ".join(pattern.overview.split()), wraps=True))
        inside.addWidget(label("What just happened", "label"))
        inside.addWidget(label(" ".join(pattern.summary.split()), wraps=True))
        inside.addWidget(label("What to take away", "label"))
        for takeaway in pattern.takeaways:
            see = button(takeaway.section.title, "plain", f"See {takeaway.section.title}, where this is checked")
            see.clicked.connect(lambda _=False, part=takeaway.section.letter: self.scroll_to(part))
            line = row(see, label(takeaway.text, wraps=True))
            line.setStretch(1, 1)
            inside.addLayout(line)
        return frame


def _variant_card(variant: Variant) -> QWidget:
    frame, inside = card(spacing=6)
    inside.addWidget(label(f"Tell it for {variant.principle}", "heading", wraps=True))
    inside.addWidget(label(variant.opening, wraps=True))
    inside.addWidget(label("Emphasise", "label"))
    for text in variant.emphasise:
        inside.addWidget(label(f"+ {text}", wraps=True))
    inside.addWidget(label("Play down", "label"))
    for text in variant.downplay:
        inside.addWidget(label(f"– {text}", "muted", wraps=True))
    return frame


def _level_card(level: Level, guide: LevelGuide) -> QWidget:
    frame, inside = card(spacing=6)
    total = clock_text(guide.total_seconds)
    inside.addLayout(row(label(f"The bar for {level.title}", "heading"), label(f"up to {total} in all", "muted"), 1))
    inside.addWidget(label(guide.focus, wraps=True))
    for text in guide.bar:
        inside.addWidget(label(f"• {text}", wraps=True))
    inside.addWidget(label("A Reflection at this level", "label"))
    inside.addWidget(label(guide.reflection, wraps=True))
    return frame

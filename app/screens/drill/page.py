"""Drill: which section or follow-up is practised, above the panel that records and judges it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent

from app.look.badge import Badge
from app.look.choice_row import ChoiceRow
from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.page import HIGH_EMS, Page
from app.look.row import em
from app.look.text import button, clear, combo, label, row
from app.look.theme import Theme
from app.screens.drill.panel import DrillPanel
from app.screens.drill.subject import Subject
from interviewer.pattern import Section

NO_PROBE = "A follow-up …"


class DrillPage(Page):
    """Emits what to practise."""

    section_chosen = Signal(object)
    probe_chosen = Signal(str)
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme)
        self._keys = keys
        self._probes: tuple[str, ...] = ()
        self._heading = label("Drill", "title")
        self._badge = row()
        self._private = label("Private: in memory only", "small")
        back = button("Back")
        back.clicked.connect(self.back_wished)
        self._sections = ChoiceRow([(section.title, section) for section in Section], "Drill")
        self._sections.chosen.connect(self._choose_section)
        self._probe = combo("Follow-up to drill")
        self._probe.setSizeAdjustPolicy(self._probe.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._probe.setMinimumContentsLength(14)
        self._probe.activated.connect(self._choose_probe)
        self.panel = DrillPanel(theme, keys)
        top = row(self._heading)
        top.addLayout(self._badge)
        top.addStretch(1)
        top.addWidget(self._probe)
        top.addWidget(back)
        self.body.addLayout(top)
        self.body.addLayout(row(self._sections, 1, self._private))
        self.body.addWidget(self.panel)
        self.body.addWidget(KeyHint(keys, "{drill.section} choose a section · {everywhere.back} goes back"))
        self.body.addStretch(1)
        self.setFocusProxy(self.panel)  # Space records, also after a click beside it

    def give_air(self) -> None:
        super().give_air()
        self.panel.set_lean(self.height() < HIGH_EMS * em())

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self.panel.set_theme(theme)

    def show_private(self, is_private: bool) -> None:
        """Whether what is recorded is kept in memory only."""
        self._private.setVisible(is_private)

    def show_recording(self, is_recording: bool) -> None:
        """While an attempt is being recorded, nothing else is chosen."""
        self._sections.setEnabled(not is_recording)
        self._probe.setEnabled(not is_recording)

    def show_probes(self, probes: Sequence[tuple[str, str]]) -> None:
        """Ids and questions of the follow-ups."""
        self._probes = tuple(probe for probe, _ in probes)
        with QSignalBlocker(self._probe):
            self._probe.clear()
            self._probe.addItems([NO_PROBE, *(text for _, text in probes)])

    def show_subject(self, subject: Subject) -> None:
        """What is practised: a section, a follow-up, or neither for one sentence."""
        self._heading.setText(subject.heading)
        clear(self._badge)
        if subject.turn.section:
            self._badge.addWidget(Badge(subject.turn.section, self.theme))
        self._sections.choose(subject.turn.section)
        with QSignalBlocker(self._probe):
            at = self._probes.index(subject.probe) + 1 if subject.probe in self._probes else 0
            self._probe.setCurrentIndex(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the panel leaves."""
        command, place = self._keys.pressed(event, "drill")
        if command == "drill.section":
            self.section_chosen.emit(list(Section)[place])
        else:
            super().keyPressEvent(event)

    def _choose_section(self, section: Section) -> None:
        self.section_chosen.emit(section)
        self.panel.setFocus()  # Space records

    def _choose_probe(self, place: int) -> None:
        if place:
            self.probe_chosen.emit(self._probes[place - 1])
        self.panel.setFocus()

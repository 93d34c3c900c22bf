"""Settings: device, model, voice, clock, targets, look. Every change takes effect at once; nothing to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
)

from app.look.download_row import DownloadRow
from app.look.form import Form
from app.look.keys import Keys
from app.look.page import Page
from app.look.row import em
from app.look.text import button, card, check, column, combo, label, row, spin
from app.look.theme import Theme
from app.screens.settings.keys_card import KeysCard
from app.state.settings import (
    CLOCK_STYLES,
    GAP_PROBES,
    PROFILES,
    SYSTEM_MICROPHONE,
    TARGET_SECONDS,
    TEXT_PERCENTS,
    THEMES,
    THINK_SECONDS,
    WORDS_PER_MINUTE,
    Settings,
)
from interviewer.level import Level
from interviewer.pattern import Section

NARROW_EMS = 40
NO_MODEL = "None: record now, words later"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model that was found, and its folder. It can be removed when it lies among the program's own."""

    name: str
    folder: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class TargetsRow:
    """The targets of one pattern and level: the pattern's own, and those in force."""

    pattern: str
    principle: str
    level: Level
    own: dict[Section, float]
    in_force: dict[Section, float]


class SettingsPage(Page):
    """Shows a Settings value, emits the changed one."""

    changed = Signal(object)
    back_wished = Signal()
    say_wished = Signal()
    remove_wished = Signal(str)
    targets_wished = Signal(str, object)

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=760)
        self._settings = Settings()
        self._models: tuple[ModelRow, ...] = ()
        self._targets: TargetsRow | None = None
        self._forms: list[Form] = []
        self.body.addWidget(label("Settings", "title"))
        self._build_sound()
        self._build_room()
        self._build_findings()
        self._build_targets()
        self._build_look()
        self.keys = KeysCard(keys)
        self.keys.chosen.connect(lambda chosen: self._change(keys=chosen))
        self.body.addWidget(self.keys)
        self._folders = label("", "small", wraps=True)
        back = button("Done", "main")
        back.clicked.connect(self.back_wished)
        self.body.addWidget(self._folders)
        self.body.addLayout(row(back, 1))
        self.body.addStretch(1)

    def give_air(self) -> None:
        """Names stand above what they name where there is no room beside it."""
        super().give_air()
        for form in self._forms:
            form.lay_out(self.width() < NARROW_EMS * em())

    # Building

    def _group(self, title: str) -> Form:
        frame, inside = card(spacing=10)
        inside.addWidget(label(title, "heading"))
        form = Form()
        self._forms.append(form)
        inside.addLayout(form)
        self.body.addWidget(frame)
        return form

    def _combo(self, form: Form, title: str, items: Sequence[str] = ()) -> QComboBox:
        made = combo(title, items)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(28)
        form.add_line(label(title), made)
        return made

    def _build_sound(self) -> None:
        form = self._group("Sound and words")
        self._device = self._combo(form, "Microphone")
        self._device.activated.connect(self._device_chosen)
        self._model = self._combo(form, "Speech model")
        self._model.activated.connect(self._model_chosen)
        choose = button("Choose a model folder …")
        choose.clicked.connect(self._choose_folder)
        self._remove = button("Remove this model")
        self._remove.clicked.connect(lambda: self.remove_wished.emit(self._settings.model_folder))
        form.add_line(label(""), row(choose, self._remove, 1))
        self._model_note = label("", "small", wraps=True)
        form.addWidget(self._model_note)
        self.download = DownloadRow()
        form.add_line(label("From the internet"), column(self.download))
        self._speaks = check("Speak the questions aloud")
        self._speaks.toggled.connect(lambda on: self._change(speaks=on))
        form.add_line(label("Voice"), self._speaks)
        self._rate = spin("Voice rate", WORDS_PER_MINUTE, " words a minute")
        self._rate.setSingleStep(10)
        self._rate.valueChanged.connect(lambda rate: self._change(words_per_minute=rate))
        form.add_line(label("Voice rate"), self._rate)
        hear = button("Hear the voice")
        hear.clicked.connect(self.say_wished)
        form.add_line(label(""), hear)
        self._voice_note = label("", "small", wraps=True)
        self._voice_note.hide()
        form.addWidget(self._voice_note)

    def _build_room(self) -> None:
        form = self._group("The room")
        self._clock = self._combo(form, "Clock", [style.capitalize() for style in CLOCK_STYLES])
        self._clock.activated.connect(lambda index: self._change(clock_style=CLOCK_STYLES[index]))
        self._think = self._combo(form, "Time to think", ["None", *(f"{each} seconds" for each in THINK_SECONDS[1:])])
        self._think.activated.connect(lambda index: self._change(think_seconds=THINK_SECONDS[index]))
        self._counts_in = check("Count in before recording")
        self._counts_in.toggled.connect(lambda on: self._change(counts_in=on))
        form.add_line(label("Count-in"), self._counts_in)
        self._gaps = self._combo(form, "Extra follow-ups", ["None", "One, if a gap invites it", "Up to two"])
        self._gaps.activated.connect(lambda index: self._change(gap_probes=GAP_PROBES[index]))

    def _build_findings(self) -> None:
        form = self._group("Findings")
        self._profile = self._combo(
            form, "Delivery", ["Usual remarks", "Wider: I stutter, or English is not my first language"]
        )
        self._profile.activated.connect(lambda index: self._change(profile=PROFILES[index]))
        self._off = label("", "small", wraps=True)
        self._all_on = button("Switch all rules on again")
        self._all_on.clicked.connect(lambda: self._change(rules_off=(), disputed=()))
        form.addWidget(self._off)
        form.add_line(label(""), self._all_on)

    def _build_targets(self) -> None:
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.addWidget(label("Targets", "heading"))
        self._targets_title = label("", "muted", wraps=True)
        inside.addWidget(self._targets_title)
        self._level = combo("Level of the targets", [level.title for level in Level])
        self._level.activated.connect(self._level_chosen)
        inside.addWidget(self._level)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        self._spins: dict[Section, QSpinBox] = {}
        self._own: dict[Section, QLabel] = {}
        for place, section in enumerate(Section):
            target = spin(f"{section.title} target in seconds", TARGET_SECONDS, " s")
            target.valueChanged.connect(lambda seconds, chosen=section: self._target_changed(chosen, seconds))
            self._spins[section] = target
            self._own[section] = label("", "small")
            grid.addWidget(label(section.title), place, 0)
            grid.addWidget(target, place, 1)
            grid.addWidget(self._own[section], place, 2)
        grid.setColumnStretch(2, 1)
        inside.addLayout(grid)
        reset = button("Back to the pattern's targets")
        reset.clicked.connect(self._reset_targets)
        inside.addLayout(row(reset, 1))
        self.body.addWidget(frame)

    def _build_look(self) -> None:
        form = self._group("Look")
        self._theme_box = self._combo(form, "Theme", ["Same as the system", "Light", "Dark", "High contrast"])
        self._theme_box.activated.connect(lambda index: self._change(theme=THEMES[index]))
        self._text = self._combo(form, "Text size", [f"{percent}%" for percent in TEXT_PERCENTS])
        self._text.activated.connect(lambda index: self._change(text_percent=TEXT_PERCENTS[index]))

    # Showing

    def show_settings(self, settings: Settings) -> None:
        """The values in force."""
        self._settings = settings
        for widget in (self._speaks, self._rate, self._counts_in):
            widget.blockSignals(True)
        self._speaks.setChecked(settings.speaks)
        self._rate.setValue(settings.words_per_minute)
        self._counts_in.setChecked(settings.counts_in)
        for widget in (self._speaks, self._rate, self._counts_in):
            widget.blockSignals(False)
        self._clock.setCurrentIndex(CLOCK_STYLES.index(settings.clock_style))
        self._think.setCurrentIndex(THINK_SECONDS.index(settings.think_seconds))
        self._gaps.setCurrentIndex(GAP_PROBES.index(settings.gap_probes))
        self._profile.setCurrentIndex(PROFILES.index(settings.profile))
        off = ", ".join(settings.rules_off)
        self._off.setText(f"Switched off: {off}." if off else "All rules are on.")
        self._all_on.setVisible(bool(off))
        self._theme_box.setCurrentIndex(THEMES.index(settings.theme))
        self._text.setCurrentIndex(TEXT_PERCENTS.index(settings.text_percent))

    def show_devices(self, devices: Sequence[str], chosen: str | None) -> None:
        self._device.clear()
        self._device.addItems([SYSTEM_MICROPHONE, *devices])
        if chosen and chosen not in devices:
            self._device.addItem(chosen)
        self._device.setCurrentText(chosen or SYSTEM_MICROPHONE)

    def show_models(self, models: Sequence[ModelRow], chosen: str | None, note: str) -> None:
        """The models that were found and what the chosen one says."""
        self._models = tuple(models)
        self._model.clear()
        self._model.addItems([NO_MODEL, *(model.name for model in models)])
        folders = [model.folder for model in models]
        self._model.setCurrentIndex(1 + folders.index(chosen) if chosen in folders else 0)
        self._model_note.setText(note)
        self._remove.setVisible(any(model.folder == chosen and model.is_ours for model in models))

    def show_voice(self, text: str) -> None:
        self._voice_note.setText(text)
        self._voice_note.setVisible(bool(text))

    def show_targets(self, targets: TargetsRow) -> None:
        """The targets of one pattern and level."""
        self._targets = targets
        self._targets_title.setText(f"{targets.principle}: targets are ceilings, in seconds of speech.")
        self._level.setCurrentIndex(list(Level).index(targets.level))
        for section, target in self._spins.items():
            target.blockSignals(True)
            target.setValue(round(targets.in_force[section]))
            target.blockSignals(False)
            own, now = targets.own[section], targets.in_force[section]
            self._own[section].setText("" if own == now else f"the pattern says {own:.0f} s")

    def show_folders(self, text: str) -> None:
        self._folders.setText(text)

    # Wishes

    def _change(self, **changes: object) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        self.changed.emit(self._settings)

    def _device_chosen(self, index: int) -> None:
        self._change(microphone=None if index == 0 else self._device.itemText(index))

    def _model_chosen(self, index: int) -> None:
        self._change(model_folder=None if index == 0 else self._models[index - 1].folder)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose a model folder")
        if folder:
            self._change(model_folder=folder)

    def _level_chosen(self, index: int) -> None:
        if self._targets:
            self.targets_wished.emit(self._targets.pattern, list(Level)[index])

    def _target_changed(self, section: Section, seconds: int) -> None:
        if self._targets:
            own = self._targets.own[section]
            wanted = None if seconds == own else float(seconds)
            self._settings = self._settings.with_target(self._targets.pattern, self._targets.level, section, wanted)
            self.changed.emit(self._settings)

    def _reset_targets(self) -> None:
        if self._targets:
            for section in Section:
                self._settings = self._settings.with_target(self._targets.pattern, self._targets.level, section, None)
            self.changed.emit(self._settings)

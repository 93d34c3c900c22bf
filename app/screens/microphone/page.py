"""The microphone check: choose a device, see the level, say a sentence, hear it back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from app.look.key_hint import KeyHint, KeyTip
from app.look.keys import Keys
from app.look.level_meter import LevelMeter
from app.look.page import Page
from app.look.text import announce, button, card, combo, label, row, set_role
from app.look.theme import Theme
from app.state.settings import SYSTEM_MICROPHONE

BLUETOOTH = ("bluetooth", "bluez", "airpods", "hands-free", "handsfree", "buds")
BLUETOOTH_REMARK = (
    "A Bluetooth microphone starts late and sounds narrow. If you can, use one that is wired or built in, "
    "and keep the headset for listening."
)


class MicrophonePage(Page):
    """Shows the level it is told. Space records a sentence, and again ends it."""

    device_chosen = Signal(object)
    record_wished = Signal()
    play_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=720)
        self._keys = keys
        self.body.addWidget(label("Check the microphone", "title"))
        frame, inside = card(spacing=12)
        self._device = combo("Microphone")
        self._device.activated.connect(self._device_activated)
        self._meter = LevelMeter(theme, with_zones=True)
        self._line = label("", wraps=True)
        self.record = button("Record a sentence", "main")
        self.record.clicked.connect(self.record_wished)
        self.play = button("Hear it back")
        self.play.clicked.connect(self.play_wished)
        KeyTip(self.record, keys, "microphone.toggle")
        KeyTip(self.play, keys, "microphone.hear")
        back = button("Done")
        back.clicked.connect(self.back_wished)
        for part in (label("Microphone", "label"), self._device, label("Level", "label"), self._meter):
            inside.addWidget(part)
        self._bluetooth = label(BLUETOOTH_REMARK, "small", wraps=True)
        self._bluetooth.hide()
        for part in (self._line, self._bluetooth):
            inside.addWidget(part)
        inside.addLayout(row(self.record, self.play, 1, back))
        self.body.addWidget(frame)
        told = "{microphone.toggle} records and stops · {microphone.hear} plays it back · {everywhere.back} goes back. "
        self.body.addWidget(KeyHint(keys, told + "The sentence is not kept."))
        self.body.addStretch(1)
        self.play.setEnabled(False)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self._meter.set_theme(theme)

    def show_devices(self, devices: Sequence[str], chosen: str | None) -> None:
        """The microphones there are; the system's own choice comes first."""
        self._bluetooth.setVisible(any(word in (chosen or "").lower() for word in BLUETOOTH))
        self._device.clear()
        self._device.addItems([SYSTEM_MICROPHONE, *devices])
        if chosen and chosen in devices:
            self._device.setCurrentText(chosen)
        elif chosen:
            self._device.addItem(f"{chosen} (not there now)")
            self._device.setCurrentIndex(self._device.count() - 1)

    def show_level(self, dbfs: float, peak_dbfs: float) -> None:
        self._meter.show_level(dbfs, peak_dbfs)

    def show_line(self, text: str, role: str) -> None:
        """How things are, in one sentence, and its look."""
        if text != self._line.text():
            announce(self, text)
        self._line.setText(text)
        set_role(self._line, role)

    def show_recording(self, is_recording: bool, has_sentence: bool) -> None:
        self.record.setText("Stop" if is_recording else "Record a sentence")
        self.play.setEnabled(has_sentence and not is_recording)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, _ = self._keys.pressed(event, "microphone")
        if command == "microphone.toggle":
            if not event.isAutoRepeat():
                self.record_wished.emit()
        elif command == "microphone.hear" and self.play.isEnabled():
            self.play_wished.emit()
        else:
            super().keyPressEvent(event)

    def _device_activated(self, index: int) -> None:
        self.device_chosen.emit(None if index == 0 else self._device.itemText(index))

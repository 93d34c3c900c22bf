"""The microphones there are, looked for again and again while a page lists them: one that is plugged in appears."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.sound.children import CardChild

LOOK_MS = 2_000


class Microphones(QObject):
    """Lives on the GUI thread. Empty until the first look has been answered by `changed`."""

    changed = Signal()
    named = Signal(str)
    """What the open microphone really is, where its name does not say so."""

    def __init__(self, card: CardChild) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self._card = card
        self._were_listed = False
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(card.list_devices)

    def look(self) -> None:
        """Looks once."""
        self._card.list_devices()

    def watch(self) -> None:
        """Looks now, and then until `rest`."""
        self.look()
        self._looking.start()

    def rest(self) -> None:
        self._looking.stop()

    def take_in(self, names: tuple[str, ...]) -> None:
        """What the sound card has found."""
        if names != self.names or not self._were_listed:
            self.names, self._were_listed = names, True
            self.changed.emit()

"""The window: one page at a time, and the foot line that always says what microphone and model there are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.debrief_page import DebriefPage
from app.folders import NAME
from app.home_page import HomePage
from app.keys_page import KeysPage
from app.microphone_page import MicrophonePage
from app.page import Page
from app.room_page import RoomPage
from app.settings_page import SettingsPage
from app.theme import Theme
from app.widgets.level_meter import LevelMeter
from app.widgets.text import label, row

PRIVATE = "On this computer only"


class MainWindow(QMainWindow):
    """Holds the pages; knows nothing of what they are for."""

    closing = Signal()
    page_wished = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.resize(1180, 780)
        self.setMinimumSize(720, 520)
        self.home = HomePage(theme)
        self.microphone = MicrophonePage(theme)
        self.room = RoomPage(theme)
        self.debrief = DebriefPage(theme)
        self.settings = SettingsPage(theme)
        self.keys = KeysPage(theme)
        self.pages: tuple[Page, ...] = (
            self.home,
            self.microphone,
            self.room,
            self.debrief,
            self.settings,
            self.keys,
        )
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._notice = label("", "warn", wraps=True)
        self._notice.setContentsMargins(28, 10, 28, 10)
        self._notice.hide()
        layout.addWidget(self._notice)
        layout.addWidget(self._stack, 1)
        self._foot = self._build_foot(theme)
        layout.addWidget(self._foot)
        self.setCentralWidget(middle)
        for keys, page in (
            ("Ctrl+1", self.home),
            ("Ctrl+M", self.microphone),
            ("Ctrl+,", self.settings),
            ("F1", self.keys),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda chosen=page: self.page_wished.emit(chosen))
        full_screen = QShortcut(QKeySequence("F11"), self)
        full_screen.activated.connect(self._toggle_full_screen)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._escape)
        self._escape_key = escape

    def _build_foot(self, theme: Theme) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "foot")
        self._microphone = label("Looking for a microphone …", "small")
        self._level = LevelMeter(theme)
        self._level.setFixedWidth(70)
        self._level.hide()
        self._model = label("", "small")
        line = row(self._microphone, self._level, 1, label(PRIVATE, "small"), 1, self._model, spacing=12)
        line.setContentsMargins(28, 8, 28, 8)
        foot.setLayout(line)
        return foot

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def show_page(self, page: Page) -> None:
        """Brings a page to the front and gives it the focus."""
        self._stack.setCurrentWidget(page)
        in_room = page is self.room
        self._escape_key.setEnabled(not in_room)  # in the room, Esc is one of its own keys
        self._foot.setVisible(not in_room)  # and nothing but the interview is to be seen
        focus = page.first_focus()
        if focus:
            focus.setFocus()

    def show_notice(self, text: str) -> None:
        """One line above the page; it takes no focus. An empty text takes it away."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

    def show_microphone(self, text: str) -> None:
        self._microphone.setText(text)

    def show_level(self, dbfs: float | None) -> None:
        """The open microphone's level in the foot line; None while it is closed."""
        self._level.setVisible(dbfs is not None)
        if dbfs is not None:
            self._level.show_level(dbfs, dbfs)

    def show_model(self, text: str) -> None:
        self._model.setText(text)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        self._level.set_theme(theme)
        for page in self.pages:
            page.set_theme(theme, text_percent)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()  # what is being written may take a moment
        self.closing.emit()
        event.accept()

    def _escape(self) -> None:
        self.page_wished.emit(None)

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

"""The window: one page at a time, and the foot line that always says what microphone and model there are."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.look.key_hint import KeyShortcut
from app.look.keys import Keys
from app.look.level_meter import LevelMeter
from app.look.notices import PAGE, Notices
from app.look.page import Page
from app.look.row import em
from app.look.text import set_role
from app.look.theme import Theme, apply_theme, chosen_theme
from app.look.words import OneLine
from app.screens.home.page import HomePage
from app.state.folders import NAME

PRIVATE = "On this computer only"
FOOT_EMS = 70
"""Below this width the foot line keeps its room for what changes."""


class MainWindow(QMainWindow):
    """Holds the pages; knows nothing of what they are for."""

    closing = Signal()
    back_wished = Signal()
    files_dropped = Signal(object)
    reading_stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.setAcceptDrops(True)
        self.theme, self._text_percent = theme, 100
        self.keys_in_force = Keys()
        self.home = HomePage(theme, self.keys_in_force)
        self.pages: list[Page] = [self.home]
        self._stack = QStackedWidget()
        self._stack.addWidget(self.home)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._is_reading = False
        layout.addWidget(self._stack, 1)
        self._foot = self._build_foot(theme)
        layout.addWidget(self._foot)
        self._notice = Notices(middle, self._foot)
        self._notice.closed_by_key.connect(self._give_keys)
        self.setCentralWidget(middle)
        KeyShortcut(self, self.keys_in_force, "everywhere.full_screen", self._toggle_full_screen)
        self._escape_key = KeyShortcut(self, self.keys_in_force, "everywhere.back", self._escape)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def add_page(self, page: Page) -> None:
        """Takes in another page, which is not shown yet. Home is there already."""
        if page not in self.pages:
            page.set_theme(self.theme, self._text_percent)
            self.pages.append(page)
            self._stack.addWidget(page)

    def _build_foot(self, theme: Theme) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "foot")
        self._microphone = OneLine("Looking for a microphone …")
        self._level = LevelMeter(theme)
        self._level.setFixedWidth(70)
        self._level.hide()
        self._model_text = ""
        self._model = OneLine()
        self._model.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._private = OneLine(PRIVATE)
        line = QHBoxLayout(foot)  # one line, whatever the width: what it says is not worth a second one
        line.setSpacing(20)
        for told in (self._microphone, self._private, self._model):
            set_role(told, "small")
        self._model.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # what the others leave
        line.addWidget(self._microphone)
        line.addWidget(self._level)
        line.addWidget(self._private)
        line.addWidget(self._model, 1)
        line.setContentsMargins(28, 8, 28, 8)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._private.setVisible(self.width() >= FOOT_EMS * em())

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now and self._stack.isAncestorOf(now):
            self.page.follow_focus()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def show_page(self, page: Page) -> None:
        """Brings a page to the front and gives it the keys."""
        if page is not self.page:
            self.show_notice("", PAGE)
        self._stack.setCurrentWidget(page)
        self._escape_key.setEnabled(not page.is_room)  # in the room, Esc is one of its own keys
        self._foot.setVisible(not page.is_room)  # and nothing but the interview is to be seen
        self._notice.stand_before(page)
        self._give_keys()

    def _give_keys(self) -> None:
        """To where the page wants them, or to the page itself while that is out of use."""
        first = self.page.first_focus()
        (first if first.isEnabled() else self.page).setFocus()

    def show_notice(self, text: str, about: str = PAGE) -> None:
        """A sentence over the foot line; it takes no focus. An empty text takes back what was said about the same."""
        self._notice.show_notice(text, about)
        self._notice.stand_before(self.page)

    def show_reading(self, text: str) -> None:
        """The notice of a file that is being read, which Esc stops; empty once it has been."""
        self._is_reading = bool(text)
        self.show_notice(text, "reading")

    def show_microphone(self, text: str) -> None:
        self._microphone.setText(text)

    def show_level(self, dbfs: float | None) -> None:
        """The open microphone's level in the foot line; None while it is closed."""
        self._level.setVisible(dbfs is not None)
        if dbfs is not None:
            self._level.show_level(dbfs, dbfs)

    def show_model(self, text: str) -> None:
        self._model_text = text
        self.show_waiting(0)

    def show_waiting(self, takes: int) -> None:
        """How many takes are on their way to words, beside the model."""
        going = f" · listening to {takes} {'take' if takes == 1 else 'takes'}" if takes else ""
        self._model.setText(self._model_text + going)

    def set_look(self, choice: str, text_percent: int) -> None:
        """Theme (system, light or dark) and text size, for the whole program."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme, self._text_percent = chosen_theme(choice), text_percent
        apply_theme(application, self.theme, text_percent)
        self._level.set_theme(self.theme)
        for page in self.pages:
            page.set_theme(self.theme, text_percent)
        self._foot.setMinimumHeight(self._notice.line_height)
        self._notice.place()
        self._private.setVisible(self.width() >= FOOT_EMS * em())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()  # what is being written may take a moment
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere but in the room."""
        if event.mimeData().hasUrls() and not self.page.is_room:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.files_dropped.emit(paths)  # whether they are files is for a thread that may wait for the disk
        event.acceptProposedAction()

    def _escape(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self.reading_stopped.emit()
        elif self._notice.close_button.hasFocus():
            self._notice.close_shown()
        elif not self.page.take_escape():
            self.back_wished.emit()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

"""The key sheet: which keys do what, screen by screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.look.page import Page
from app.look.text import card, label
from app.look.theme import Theme

SHEET = (
    (
        "Everywhere",
        (
            ("Ctrl+1", "Home"),
            ("Ctrl+2, Ctrl+F", "All sessions, and search in what was said"),
            ("Ctrl+3", "Your stories"),
            ("Ctrl+4", "Trends over your takes"),
            ("Ctrl+5", "The sixteen principles"),
            ("Ctrl+M", "Check the microphone"),
            ("Ctrl+,", "Settings"),
            ("F1", "This sheet"),
            ("F11", "Full screen"),
            ("Esc", "Back; it never deletes anything"),
        ),
    ),
    (
        "Home",
        (
            ("M", "Mock interview"),
            ("L", "Learn"),
            ("T", "Test"),
            ("D", "Drill"),
            ("R", "Review recordings"),
            ("P", "The sixteen principles"),
        ),
    ),
    (
        "Drill",
        (
            ("Space", "Start and stop"),
            ("A", "Again at once"),
            ("1 to 5", "Another section"),
            ("Up, Down", "The target five seconds more or less"),
            ("P", "Hear the last attempt"),
            ("E", "Hear the example at your own pace"),
        ),
    ),
    (
        "Test, and the questions in Learn",
        (
            ("A to D, 1 to 4", "An answer"),
            ("Enter", "Test: the next question, and at the end the verdict"),
            ("Left, Right", "The question before; in practice also the next one"),
            ("H, S", "In practice: a hint before the answer, the solution step by step after it"),
        ),
    ),
    (
        "Interview room",
        (
            ("Space", "The main key: begin, skip the voice, start now, next part"),
            ("Enter", "Finish the answer and go to the follow-ups"),
            ("R", "Redo this part; the first attempt is kept"),
            ("Q", "Ask the question again"),
            ("S", "I don't have one: closes a follow-up for good"),
            ("H", "A hint"),
            ("B", "Mark this moment"),
            ("C", "Clock as a bar, as digits or hidden"),
            ("Esc", "Leave; it asks first what to keep"),
        ),
    ),
    (
        "Debrief",
        (
            ("1 to 5", "Play a section"),
            ("F", "Mark the first fix as not fair here"),
            ("A", "Do it again"),
            ("Y, N", "Say whether the sound just heard was an um or an uh"),
            ("X", "Compare with the previous take; there, X switches between the two"),
        ),
    ),
    (
        "Listening to a session",
        (
            ("Space", "Play from a second earlier, or stop"),
            ("Left, Right", "Two seconds back or on; comma and full stop: ten"),
            ("Shift+Left, Shift+Right", "The finding before or after"),
            ("L", "Repeat the section, or the selection"),
            ("I, O", "Start or end the selection here"),
            ("[ ]", "Slower, faster; the pitch stays"),
            ("+ –", "Louder, softer"),
            ("B", "Mark this moment"),
            ("Enter", "In a transcript: play from the word at the cursor"),
        ),
    ),
    (
        "Putting a session right",
        (
            ("Alt+1 to Alt+5", "The section begins here"),
            ("Alt+Left, Alt+Right", "The nearest edge a little earlier or later"),
            ("E", "Put the word at the cursor right"),
            ("Ctrl+Z", "Take the last change back"),
        ),
    ),
    (
        "All sessions",
        (
            ("Enter", "Open the session; in the search box: go to the list"),
            ("Delete", "To the bin, where it waits for thirty days"),
        ),
    ),
    ("Microphone check", (("Space", "Record a sentence, and stop"), ("P", "Hear it back"))),
)


class KeysPage(Page):
    """Read only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=720)
        self.body.addWidget(label("Keys", "title"))
        for title, keys in SHEET:
            frame, inside = card()
            inside.addWidget(label(title, "heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(20)
            grid.setColumnStretch(1, 1)
            for place, (key, what) in enumerate(keys):
                grid.addWidget(label(key, "key"), place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label(what, wraps=True), place, 1)
            inside.addLayout(grid)
            self.body.addWidget(frame)
        self.body.addStretch(1)

"""Every command with what it does and its key: the one table that pages, hints, the key sheet, the settings and the
README take their keys from. To change a key, change its line here. It does nothing itself: see `app/look/keys.py`.
"""

from dataclasses import dataclass

SCREENS = {
    "everywhere": "Everywhere",
    "home": "Home",
    "drill": "Drill",
    "questions": "Test, and the questions in Learn",
    "room": "Interview room",
    "debrief": "Debrief",
    "listening": "Listening to a session",
    "correcting": "Putting a session right",
    "sessions": "All sessions",
    "microphone": "Microphone check",
}
"""Where commands are obeyed, and how that is called. In this order they are listed."""

PAGES = {"listening": "debrief", "correcting": "debrief"}
"""Screens that share one page, and so its keys."""

ONE_TO_FIVE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done by a key. `keys` are in Qt's portable form; several are a family, written as `family`, which
    says by its place what is meant. A fixed command keeps its keys."""

    id: str
    words: str
    keys: tuple[str, ...]
    family: str = ""
    is_fixed: bool = False

    @property
    def screen(self) -> str:
        """Where it is obeyed: one of SCREENS."""
        return self.id.partition(".")[0]

    @property
    def page(self) -> str:
        """The screens that share a page have one name."""
        return PAGES.get(self.screen, self.screen)

    def meets(self, other: "Command") -> bool:
        """Whether both listen to the same key press."""
        return self.page == other.page or "everywhere" in (self.page, other.page)


def _own(name: str, key: str, words: str) -> Command:
    """A command whose key can be chosen."""
    return Command(name, words, (key,))


def _fixed(name: str, key: str, words: str) -> Command:
    """A command whose key is what everybody expects of that key."""
    return Command(name, words, (key,), is_fixed=True)


def _family(name: str, keys: tuple[str, ...], family: str, words: str) -> Command:
    """A command whose keys mean something by themselves: places, letters, directions."""
    return Command(name, words, keys, family, is_fixed=True)


COMMANDS = (
    _own("everywhere.home", "Ctrl+1", "Home"),
    _own("everywhere.library", "Ctrl+2", "All sessions"),
    _own("everywhere.search", "Ctrl+F", "Search in what was said"),
    _own("everywhere.stories", "Ctrl+3", "Your stories"),
    _own("everywhere.trends", "Ctrl+4", "Trends over your takes"),
    _own("everywhere.principles", "Ctrl+5", "The sixteen principles"),
    _own("everywhere.microphone", "Ctrl+M", "Check the microphone"),
    _own("everywhere.settings", "Ctrl+,", "Settings"),
    _own("everywhere.keys", "F1", "All keys"),
    _own("everywhere.full_screen", "F11", "Full screen"),
    _fixed("everywhere.back", "Esc", "Stop what is read aloud or read in, else back; it never deletes anything"),
    _own("home.mock", "M", "Mock interview"),
    _own("home.learn", "L", "Learn"),
    _own("home.test", "T", "Test"),
    _own("home.drill", "D", "Drill"),
    _own("home.recordings", "R", "Review recordings"),
    _own("home.principles", "P", "The sixteen principles"),
    _own("drill.toggle", "Space", "Start and stop"),
    _own("drill.again", "A", "Again at once"),
    _family("drill.section", ONE_TO_FIVE, "1 to 5", "Another section"),
    _family("drill.target", ("Up", "Down"), "↑ ↓", "The target five seconds more or less"),
    _own("drill.hear", "P", "Hear the last attempt"),
    _own("drill.example", "E", "Hear the example at your own pace"),
    _family("questions.answer", ("A", "B", "C", "D", "1", "2", "3", "4"), "A to D, 1 to 4", "An answer"),
    _family("questions.next", ("Return", "Space"), "Enter, Space", "Test: the next question, and then the verdict"),
    _family("questions.move", ("Left", "Right"), "← →", "The question before or after"),
    _own("questions.hint", "H", "In practice: a hint, before the answer"),
    _own("questions.solution", "S", "In practice: the solution step by step, after it"),
    _own("room.next", "Space", "The main key: begin, skip the voice, start now, next part"),
    _own("room.finish", "Return", "Finish the answer and go to the follow-ups"),
    _own("room.redo", "R", "Redo this part; the first attempt is kept"),
    _own("room.repeat", "Q", "Ask the question again"),
    _own("room.decline", "S", "I don't have one: closes a follow-up for good"),
    _own("room.hint", "H", "A hint"),
    _own("room.mark", "B", "Mark this moment"),
    _own("room.clock", "C", "Clock as a bar, as digits or hidden"),
    _family("room.lost", ("Y", "N"), "Y, N", "When the microphone has gone: go on, or end here"),
    _fixed("room.leave", "Esc", "Leave; it asks first what to keep"),
    _family("debrief.section", ONE_TO_FIVE, "1 to 5", "Play a section"),
    _own("debrief.dispute", "F", "Mark the first fix as not fair here"),
    _own("debrief.again", "A", "Do it again"),
    _own("debrief.filler", "Y", "The sound just heard was an um or an uh"),
    _own("debrief.no_filler", "N", "The sound just heard was not one"),
    _own("debrief.compare", "X", "Compare with the take before; there, switch between the two"),
    _own("listening.toggle", "Space", "Play from a second earlier, or stop"),
    _family("listening.step", ("Left", "Right"), "← →", "Two seconds back or on"),
    _own("listening.back", ",", "Ten seconds back"),
    _own("listening.ahead", ".", "Ten seconds on"),
    _family("listening.finding", ("Shift+Left", "Shift+Right"), "Shift+← →", "The finding before or after"),
    _own("listening.loop", "L", "Repeat the section, or the selection"),
    _own("listening.start", "I", "Start the selection here"),
    _own("listening.end", "O", "End the selection here"),
    _own("listening.slower", "[", "Slower; the pitch stays"),
    _own("listening.faster", "]", "Faster; the pitch stays"),
    _own("listening.louder", "+", "Louder"),
    _own("listening.softer", "-", "Softer"),
    _own("listening.mark", "B", "Mark this moment"),
    _fixed("listening.word", "Return", "In a transcript: play from the word at the cursor"),
    _family("correcting.edge", tuple(f"Alt+{key}" for key in ONE_TO_FIVE), "Alt+1 to Alt+5", "The section begins here"),
    _family("correcting.nudge", ("Alt+Left", "Alt+Right"), "Alt+← →", "The nearest edge a little earlier or later"),
    _own("correcting.word", "E", "Put the word at the cursor right"),
    _own("correcting.undo", "Ctrl+Z", "Take the last change back"),
    _fixed("sessions.open", "Return", "Open the session; in the search box: go to the list"),
    _own("sessions.bin", "Del", "To the bin, where it waits for thirty days"),
    _own("microphone.toggle", "Space", "Record a sentence, and stop"),
    _own("microphone.hear", "P", "Hear it back"),
)
"""In the order of the key sheet."""

BY_ID = {command.id: command for command in COMMANDS}


def commands_of(screen: str) -> tuple[Command, ...]:
    """Those of one of SCREENS."""
    return tuple(command for command in COMMANDS if command.screen == screen)

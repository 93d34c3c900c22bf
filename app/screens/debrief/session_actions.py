"""What can be done with a whole session: again, named, compared, written out, heard anew, thrown away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.choice_row import ChoiceRow
from app.look.key_hint import KeyTip
from app.look.keys import Keys
from app.look.text import button, column, combo, label, row
from interviewer.disk.story_file import OwnStory
from interviewer.level import Level

NO_STORY = "No story named"


class SessionActions(QWidget):
    """Two lines of buttons under the debrief's first sentence."""

    level_wished = Signal(object)
    story_chosen = Signal(str)
    compare_wished = Signal()
    export_wished = Signal()
    hear_again_wished = Signal()
    again_wished = Signal()
    throw_away_wished = Signal()
    home_wished = Signal()

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._stories: tuple[OwnStory, ...] = ()
        self.levels = ChoiceRow([(level.title, level) for level in Level], "Level")
        self.levels.chosen.connect(self.level_wished)
        self.again = button("Do it again", "main")
        self.again.clicked.connect(self.again_wished)
        home = button("Home")
        home.clicked.connect(self.home_wished)
        self._story = combo("Story")
        self._story.setMinimumContentsLength(16)
        self._story.setSizeAdjustPolicy(self._story.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._story.activated.connect(
            lambda place: self.story_chosen.emit(self._stories[place - 1].id if place else "")
        )
        compare = button("Compare")
        compare.clicked.connect(self.compare_wished)
        export = button("Export")
        export.clicked.connect(self.export_wished)
        self.hear_again = button("Recognise again")
        self.hear_again.clicked.connect(self.hear_again_wished)
        self.hear_again.hide()
        self.away = button("To the bin", name="Move this session to the bin")
        self.away.clicked.connect(self.throw_away_wished)
        KeyTip(self.again, keys, "debrief.again")
        KeyTip(compare, keys, "debrief.compare")
        lines = column(spacing=8)
        lines.addLayout(row(label("Held to", "label"), self.levels, 1, self.again, home))
        lines.addLayout(row(label("Story", "label"), self._story, 1, self.hear_again, compare, export, self.away))
        self.setLayout(lines)

    def show_stories(self, stories: Sequence[OwnStory], chosen: str) -> None:
        """The stories to choose from, and the one this session tells."""
        self._stories = tuple(stories)
        self._story.clear()
        self._story.addItems([NO_STORY, *(story.title for story in stories)])
        ids = [story.id for story in stories]
        self._story.setCurrentIndex(ids.index(chosen) + 1 if chosen in ids else 0)

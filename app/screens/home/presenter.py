"""What Home shows: patterns to choose, earlier sessions, takes that were cut off, and the room on the disk."""

from dataclasses import replace

from PySide6.QtCore import QObject

from app.screens.home.page import HomePage, PatternRow, SessionRow
from app.state.archive import Archive
from app.state.inventory import Inventory
from app.state.preferences import Preferences
from interviewer.pattern import Level
from interviewer.session import Session, Story
from interviewer.timing import clock_text


class Lobby(QObject):
    """Lives on the GUI thread; keeps Home up to date."""

    def __init__(self, page: HomePage, inventory: Inventory, archive: Archive, preferences: Preferences) -> None:
        super().__init__()
        self._page = page
        self._inventory = inventory
        self._archive = archive
        self._preferences = preferences
        inventory.changed.connect(self._show_inventory)
        preferences.changed.connect(lambda before, after: self._show_choices())
        page.choice_changed.connect(self._choose)
        page.story_changed.connect(self._tell)
        page.variant_changed.connect(self._tell_for)
        archive.listed.connect(self._show_sessions)
        archive.cut_off_found.connect(page.notices.show_cut_off)

    def refresh(self) -> None:
        """Home is come back to: looks at the disk, and at the calendar, anew."""
        self._page.show_interview(self._preferences.settings.interview)
        self._archive.list()
        self._archive.look_for_room(self._page.show_room)

    def _show_inventory(self) -> None:
        library, settings = self._inventory.library, self._preferences.settings
        if library.patterns and settings.pattern not in library.patterns:
            self._choose(next(iter(library.patterns)), Level(settings.level))  # its file is gone
            settings = self._preferences.settings
        self._page.notices.show_problems(library.problems)
        self._show_choices()

    def _show_choices(self) -> None:
        library, settings = self._inventory.library, self._preferences.settings
        rows = [PatternRow(pattern.id, pattern.principle, pattern.meaning) for pattern in library.patterns.values()]
        self._page.show_patterns(rows, settings.pattern, Level(settings.level))
        self._page.show_story(Story(settings.story))
        self._page.show_interview(settings.interview)
        self._show_shape()

    def _show_shape(self) -> None:
        settings = self._preferences.settings
        pattern = self._inventory.pattern(settings.pattern)
        if pattern:
            level = Level(settings.level)
            total = pattern.total_seconds(level, settings.own_targets(pattern.id, level))
            names = [variant.principle for variant in pattern.variants]
            self._page.show_variants(pattern.principle, names, settings.variant)
            self._page.show_shape(
                f"Guided: five sections, up to {clock_text(total)} of speaking, then {len(pattern.probes)} follow-ups."
            )

    def _tell_for(self, principle: str) -> None:
        self._preferences.change(replace(self._preferences.settings, variant=principle))

    def _show_sessions(self, sessions: tuple[Session, ...]) -> None:
        self._page.show_sessions([SessionRow.of(session) for session in sessions])

    def _choose(self, pattern_id: str, level: Level) -> None:
        self._preferences.change(replace(self._preferences.settings, pattern=pattern_id, level=level.value))

    def _tell(self, story: Story) -> None:
        self._preferences.change(replace(self._preferences.settings, story=story.value))
        self._page.show_story(story)

"""What Home shows: what to do next and why, what there is to choose, earlier sessions, and what needs attention."""

from dataclasses import replace

from app.screens.home.page import HomePage, PatternRow, SessionRow
from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.sound.hearing import ModelState
from interviewer.disk.store import CutOff
from interviewer.level import Level
from interviewer.pattern import Section
from interviewer.practice.suggestion import Mode, Suggestion, suggest
from interviewer.session import Session, Story
from interviewer.timing import clock_text

SCREENS = {Mode.LEARN: "learn", Mode.TEST: "quiz"}


class Home(Screen):
    """Lives on the GUI thread; keeps Home up to date."""

    def __init__(self, page: HomePage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._suggestion: Suggestion | None = None
        self._connect_page()
        archive, download = services.archive, services.models
        services.inventory.changed.connect(self._show_inventory)
        services.preferences.changed.connect(lambda before, after: self._show_choices())
        archive.listed.connect(self._show_sessions)
        archive.cut_off_found.connect(page.notices.show_cut_off)
        services.hearing.model_changed.connect(self._show_model)
        for source in (services.history, services.quizzes):
            source.changed.connect(self._suggest)
        page.download.show_offers((download.recommended,))
        page.download.fetch_wished.connect(download.fetch)
        page.download.cancel_wished.connect(download.cancel)
        download.changed.connect(page.download.show_state)

    def _connect_page(self) -> None:
        page, way = self._page, self._way
        page.mock_wished.connect(lambda: way.go("room"))
        page.mode_wished.connect(self._open)
        page.microphone_wished.connect(lambda: way.go("microphone"))
        page.settings_wished.connect(lambda: way.go("settings"))
        page.library_wished.connect(lambda: way.go("library"))
        page.typing_wished.connect(lambda: way.go("typed_answer"))
        page.principles_wished.connect(lambda: way.go("principles"))
        page.session_wished.connect(lambda session_id: way.go("debrief", session_id))
        page.go_on_wished.connect(self._go_on)
        page.notices.kept.connect(self._keep)
        page.choice_changed.connect(self._choose)
        page.story_changed.connect(self._tell)
        page.variant_changed.connect(self._tell_for)
        page.interview_changed.connect(self._keep_date)
        page.private_chosen.connect(self._choose_private)

    def enter(self) -> None:
        """Looks at the disk, and at the calendar, anew."""
        self._page.show_interview(self._services.preferences.settings.interview)
        self._services.archive.list()
        self._services.archive.look_for_room(self._page.show_room)

    def _open(self, mode: Mode) -> None:
        if self._services.pattern is None:
            return  # not read yet
        if mode is Mode.DRILL:
            suggested = self._suggestion.section if self._suggestion else None
            self._way.go("drill", suggested or Section.RESULT)
        else:
            self._way.go(SCREENS[mode])

    def _go_on(self, session_id: str) -> None:
        self._services.archive.open(session_id, lambda session: self._way.go("room", session))

    def _keep(self, cut_off: CutOff) -> None:
        self._services.archive.keep(cut_off, self._kept)

    def _kept(self, session: Session) -> None:
        self._services.archive.find_cut_off()
        self._services.hearing.hear_waiting((session,))

    def _show_model(self, model: ModelState) -> None:
        self._page.show_model(bool(model.name))

    def _suggest(self) -> None:
        pattern, history = self._services.pattern, self._services.history
        if pattern and history.is_known:
            verdict = self._services.quizzes.last_verdict(pattern)
            self._suggestion = suggest(history.of(pattern.id).takes, verdict)
            self._page.show_suggestion(self._suggestion)

    def _show_inventory(self) -> None:
        library, settings = self._services.inventory.library, self._services.preferences.settings
        if library.patterns and settings.pattern not in library.patterns:
            self._choose(next(iter(library.patterns)), Level(settings.level))  # its file is gone
        self._page.notices.show_problems(library.problems)
        self._show_choices()

    def _show_choices(self) -> None:
        library, settings = self._services.inventory.library, self._services.preferences.settings
        rows = [PatternRow(pattern.id, pattern.principle, pattern.meaning) for pattern in library.patterns.values()]
        self._page.show_patterns(rows, settings.pattern, Level(settings.level))
        self._page.show_story(Story(settings.story))
        self._page.show_interview(settings.interview)
        self._show_shape()
        self._suggest()

    def _show_shape(self) -> None:
        settings, pattern = self._services.preferences.settings, self._services.pattern
        if pattern:
            level = Level(settings.level)
            total = pattern.total_seconds(level, settings.own_targets(pattern.id, level))
            names = [variant.principle for variant in pattern.variants]
            self._page.show_variants(pattern.principle, names, settings.variant)
            self._page.show_shape(
                f"Guided: five sections, up to {clock_text(total)} of speaking, then {len(pattern.probes)} follow-ups."
            )

    def _show_sessions(self, sessions: tuple[Session, ...]) -> None:
        self._page.show_sessions([SessionRow.of(session) for session in sessions])

    # What is chosen

    def _choose(self, pattern_id: str, level: Level) -> None:
        self._change(pattern=pattern_id, level=level.value)

    def _tell(self, story: Story) -> None:
        self._change(story=story.value)
        self._page.show_story(story)

    def _tell_for(self, principle: str) -> None:
        self._change(variant=principle)

    def _keep_date(self, interview: str) -> None:
        self._change(interview=interview)

    def _choose_private(self, is_private: bool) -> None:
        self._services.preferences.is_private = is_private

    def _change(self, **chosen: str) -> None:
        preferences = self._services.preferences
        preferences.change(replace(preferences.settings, **chosen))  # type: ignore[arg-type]  # all of them are texts

"""The sixteen principles filled: what there is of each, and what was practised."""

from dataclasses import replace

from app.screens.principles.page import PrincipleRow, PrinciplesPage
from app.screens.screen import Screen, Way
from app.screens.services import Services
from content.principles import principles
from interviewer.pattern import Pattern


class Principles(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: PrinciplesPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        page.learn_wished.connect(self._learn)
        page.stories_wished.connect(lambda: way.go("stories"))
        page.back_wished.connect(lambda: way.go("home"))
        for source in (services.history, services.quizzes, services.inventory):
            source.changed.connect(self._refill)

    def enter(self) -> None:
        self._page.show_rows(self._rows())

    def _refill(self) -> None:
        if self._way.shown == "principles":
            self.enter()

    def _learn(self, pattern_id: str) -> None:
        preferences = self._services.preferences
        preferences.change(replace(preferences.settings, pattern=pattern_id))
        self._way.go("learn")

    def _rows(self) -> list[PrincipleRow]:
        """The sixteen, each with the patterns there are of it; then patterns of one's own for anything else."""
        patterns = list(self._services.inventory.library.patterns.values())
        rows = []
        for each in principles():
            ours = [pattern for pattern in patterns if pattern.principle == each.name]
            names = [pattern.title for pattern in ours] if len(ours) > 1 else [each.name]
            rows += [
                self._row(name, each.meaning, pattern) for name, pattern in zip(names, ours or (None,), strict=True)
            ]
        known = {each.name for each in principles()}
        others = [pattern for pattern in patterns if pattern.principle not in known]
        return rows + [self._row(pattern.principle, pattern.meaning, pattern) for pattern in others]

    def _row(self, name: str, meaning: str, pattern: Pattern | None) -> PrincipleRow:
        told_for = pattern.principle if pattern else name
        stories = sum(told_for in story.principles for story in self._services.stories.all)
        if pattern is None:
            return PrincipleRow(name, meaning, "", "", (), "", stories)
        past, test = self._services.history.of(pattern.id), self._services.quizzes.last_verdict(pattern)
        practised = f"Last practised {past.last.replace('T', ', ')}" if past.last else ""
        times = past.best.section_times() if past.best else ()
        return PrincipleRow(name, meaning, pattern.id, practised, times, test.title if test else "", stories)

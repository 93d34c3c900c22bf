"""How the figures change over takes: sections against their targets, problem, pace, fillers, I and we."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.look.page import Page
from app.look.text import button, clear, columns, combo, label, row
from app.look.theme import Theme
from app.screens.trends.chart import Series, TrendChart
from interviewer.disk.story_file import OwnStory
from interviewer.findings.trends import Measures
from interviewer.pattern import Section
from interviewer.timing import clock_text

ALL_STORIES = "All stories"
LEAST_EMS = 22
"""Of one chart."""


class TrendsPage(Page):
    """Emits the pattern and the story that are looked at."""

    wished = Signal(str, str)
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=1120)
        self._patterns: list[tuple[str, str]] = []
        self._stories: tuple[OwnStory, ...] = ()
        self._measures: tuple[Measures, ...] = ()
        self._pattern = combo("Pattern")
        self._pattern.activated.connect(self._changed)
        self._story = combo("Story", [ALL_STORIES])
        self._story.activated.connect(self._changed)
        self._state = label("", "muted", wraps=True)
        self._charts = columns(LEAST_EMS, most=3)
        back = button("Sessions")
        back.clicked.connect(self.back_wished)
        self.body.addWidget(label("Trends", "title"))
        self.body.addLayout(row(self._pattern, self._story, 1, back))
        self.body.addWidget(self._state)
        self.body.addLayout(self._charts)
        self.body.addStretch(1)

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        self.show_measures(self._measures)

    def show_choices(self, patterns: Sequence[tuple[str, str]], stories: Sequence[OwnStory]) -> None:
        """Ids and names of patterns, and the stories."""
        chosen = self.choice
        self._patterns, self._stories = list(patterns), tuple(stories)
        self._pattern.clear()
        self._pattern.addItems([name for _, name in patterns])
        self._story.clear()
        self._story.addItems([ALL_STORIES, *(story.title for story in stories)])
        ids = [pattern for pattern, _ in patterns]
        self._pattern.setCurrentIndex(ids.index(chosen[0]) if chosen[0] in ids else 0)
        told = [story.id for story in stories]
        self._story.setCurrentIndex(told.index(chosen[1]) + 1 if chosen[1] in told else 0)

    @property
    def choice(self) -> tuple[str, str]:
        """Ids of the pattern and the story that are looked at; empty where all are, or none is there."""
        pattern, story = self._pattern.currentIndex(), self._story.currentIndex()
        return (
            self._patterns[pattern][0] if 0 <= pattern < len(self._patterns) else "",
            self._stories[story - 1].id if 0 < story <= len(self._stories) else "",
        )

    def show_reading(self) -> None:
        """The takes are being read."""
        self._state.setText("Reading the takes …")

    def show_measures(self, measures: Sequence[Measures]) -> None:
        """Oldest first."""
        self._measures = tuple(measures)
        clear(self._charts)
        count = len(measures)
        shown = f"The last {count} answers, oldest on the left. The dashed line is the target, a ceiling."
        self._state.setText(shown if count > 1 else "Two answers or more show a trend. There are not that many yet.")
        if not measures:
            return
        for series in _series(measures):
            self._charts.addWidget(TrendChart(self.theme, series))

    def _changed(self) -> None:
        self.wished.emit(*self.choice)


def _series(measures: Sequence[Measures]) -> list[Series]:
    def whole(value: float) -> str:
        return str(round(value))

    sections = [
        Series(
            section.title,
            [each.seconds[section] for each in measures],
            [each.targets[section] for each in measures],
            clock_text,
        )
        for section in Section
    ]
    total = Series(
        "All five",
        [each.total_seconds for each in measures],
        [each.total_target_seconds for each in measures],
        clock_text,
    )
    shares = [100 * each.i / (each.i + each.we) if each.i is not None and each.i + (each.we or 0) else None  # type: ignore[operator]
              for each in measures]  # fmt: skip
    return [
        *sections,
        total,
        Series("Problem reached at", [each.problem_seconds for each in measures], (), clock_text, "sooner is better"),
        Series("Words a minute", [each.words_per_minute for each in measures], (), whole, "120 to 175 is fine"),
        Series(
            "Fillers, at least", [_float(each.fillers) for each in measures], (), whole, "up to five a minute is fine"
        ),
        Series("I among I and we, %", shares, (), whole, "whose steps they were"),
    ]


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)

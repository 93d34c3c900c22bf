"""The bar of a level, line by line: which lines an answer met, by what the person said (product.md A-51)."""

from dataclasses import dataclass

from interviewer.findings.analysis import Analysis
from interviewer.language.speech import Quote
from interviewer.level import Level
from interviewer.pattern import Pattern


@dataclass(frozen=True, slots=True)
class BarLine:
    """`is_met` is None where no rule can tell; `quotes` are the words that met it."""

    text: str
    is_met: bool | None
    quotes: tuple[Quote, ...] = ()


def bar_lines(pattern: Pattern, level: Level, analysis: Analysis) -> tuple[BarLine, ...]:
    """All lines of the level. A line is met when every signal it needs was heard."""
    guide = pattern.guide(level)
    needs = guide.bar_needs or ((),) * len(guide.bar)
    heard = {each.signal.id: each.quote for each in analysis.signals if each.hearing.heard}
    lines = []
    for text, signals in zip(guide.bar, needs, strict=True):
        quotes = tuple(heard[signal] for signal in signals if signal in heard)
        is_met = len(quotes) == len(signals) if signals else None
        lines.append(BarLine(text, is_met, quotes if is_met else ()))
    return tuple(lines)

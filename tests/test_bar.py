"""The bar of a level: which lines an answer met, and by which words."""

from interviewer.findings.analysis import analyse
from interviewer.findings.bar import bar_lines
from interviewer.language.speech import Speech
from interviewer.language.written import read_written
from interviewer.level import Level
from interviewer.pattern import Pattern


def test_the_model_answer_meets_every_line_that_a_rule_can_tell(earn_trust: Pattern) -> None:
    for level in Level:
        told = {
            section: Speech.typed(guide.extra_examples.get(level, guide.example))
            for section, guide in earn_trust.sections.items()
        }
        lines = bar_lines(earn_trust, level, analyse(earn_trust, level, told))
        assert [line.text for line in lines] == list(earn_trust.levels[level].bar)
        assert not [line.text for line in lines if line.is_met is False], level
        assert all(
            quote.text in " ".join(each.text for each in told.values()) for line in lines for quote in line.quotes
        )
        assert all(line.quotes for line in lines if line.is_met)


def test_the_weak_answer_meets_hardly_any(earn_trust: Pattern) -> None:
    told = {each: Speech.typed(text) for each, text in read_written(earn_trust.weak_answer.text).by_section().items()}
    lines = bar_lines(earn_trust, Level.SDE2, analyse(earn_trust, Level.SDE2, told))
    assert [line.is_met for line in lines].count(True) == 0
    assert not any(line.quotes for line in lines)

"""The rules reach their aims on the development set; what was held out is reported by `make language-report` alone."""

import pytest

from benchmarks.language import (
    Found,
    cue_figures,
    length_only,
    line_figures,
    probe_figures,
    read,
    section_figures,
)
from interviewer.findings.probing import leaning
from interviewer.language.sectioning import position_only, propose_sections


def missed(found: list[Found]) -> list[str]:
    return [f"{name.strip()}: {figure:.3f}, aim {aim:.3f}" for name, figure, aim in found if figure < aim]


def test_cues_and_costly_phrases(earn_trust) -> None:
    assert missed(cue_figures(earn_trust, read("cues", "dev"))) == []


def test_sections_of_whole_answers_and_better_than_by_position() -> None:
    stories = read("stories", "dev")
    ours = section_figures(stories, propose_sections)
    assert missed(ours) == []
    assert ours[0][1] > section_figures(stories, lambda told: position_only(len(told)))[0][1]


def test_follow_ups_and_better_than_by_length(earn_trust) -> None:
    answers = read("probes", "dev")
    probes = {probe.id: probe for probe in earn_trust.probes}
    ours = probe_figures(
        earn_trust, answers, lambda row: leaning(earn_trust, probes[row["probe"]], row["text"]).leaning
    )
    assert missed(ours) == []
    assert ours[0][1] > probe_figures(earn_trust, answers, length_only(answers))[0][1]


def test_lines() -> None:
    assert missed(line_figures(read("lines", "dev"))) == []


@pytest.mark.parametrize("count", [0, 1, 2])
def test_short_answers_get_sections_too(count: int) -> None:
    assert len(propose_sections(["I noticed a gap."] * count)) == len(position_only(count)) == count

"""The shipped Earn Trust pattern: every element of the walkthrough, in our own words, within its own times."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content.loader import SHIPPED, pattern_document
from interviewer.level import Level
from interviewer.pattern import ITEM_KINDS, Pattern, Section

WORDS_A_MINUTE = 140
RUN = 8
"""So many words in a row would be a sentence taken over."""

CUES = {
    Section.SITUATION: ("I noticed", "0.3% drop rate", "Platform team's service"),
    Section.TASK: ("not my team", "no ticket", "nobody had asked"),
    Section.ACTION: (
        "I pulled",
        "I traced",
        "I reproduced",
        "I wrote",
        "I added",
        "I communicated transparently",
        "I submitted",
        "I built consensus",
    ),
    Section.RESULT: ("0.3% drop rate to zero", "$8K recovered per week", "adopted my pattern as standard"),
    Section.REFLECTION: (
        "proactively monitoring",
        "shared alerting dashboard",
        "lack of shared SLO",
        "organizational gap",
    ),
}

DISQUALIFIERS = {
    "my manager asked me to",
    "we collectively decided",
    "we figured out the root cause together",
    "I sent them a Slack message and they handled it",
    "they handled the fix",
    "I would just escalate to my manager to push it through",
    "I didn't want to wait because I thought it was urgent",
    "the drop rate improved",
    "the team was happy",
    "I learned communication is important",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return pattern_document(SHIPPED / "earn-trust.toml")


def texts_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the file with the path of its key."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts_in(inner, f"{path}[{place}]")


def words_of(text: str) -> list[str]:
    """Lower-case words and figures; "team's" is "team", "0.3%" and "$8k" stay as they are."""
    plain = re.sub(r"['’]s\b", "", text.lower()).replace("’", "'")
    return re.findall(r"[$\w][\w.'%]*[\w%]|\w", plain)


def spoken_seconds(text: str) -> float:
    return 60 * len(text.split()) / WORDS_A_MINUTE


def examples(pattern: Pattern, section: Section) -> dict[Level, str]:
    """What is shown as the example of a section at each level."""
    guide = pattern.sections[section]
    return {level: guide.extra_examples.get(level, guide.example) for level in Level}


def test_principle_title_meaning_and_what_is_listened_for(earn_trust):
    assert (earn_trust.id, earn_trust.principle) == ("earn-trust", "Earn Trust")
    assert "Earn Trust" in earn_trust.title
    assert earn_trust.meaning.count(".") == 1
    assert 3 <= len(earn_trust.listens_for) <= 5


@pytest.mark.parametrize(
    "fact",
    ["SDE 2", "0.3%", "webhook", "Platform team", "payment notification", "no ticket", "nobody had asked", "zero"],
)
def test_the_overview_tells_the_scenario(earn_trust, fact):
    assert fact in earn_trust.overview


def test_the_summary_names_the_moves(earn_trust):
    for move in ("belongs to someone else", "evidence", "before and an after", "sum of money", "kept using"):
        assert move in earn_trust.summary


def test_the_three_takeaways_are_boundary_i_and_figures(earn_trust):
    assert [takeaway.section for takeaway in earn_trust.takeaways] == [Section.TASK, Section.ACTION, Section.RESULT]
    boundary, own_steps, figures = (takeaway.text for takeaway in earn_trust.takeaways)
    assert "boundary" in boundary
    assert "Say I" in own_steps
    assert "money" in figures


def test_the_prompts_are_those_of_the_design(earn_trust):
    assert len(earn_trust.main_prompts) == len(set(earn_trust.main_prompts)) == 6
    first = "Tell me about a time people had no reason yet to rely on you, and ended up doing so."
    assert earn_trust.main_prompts[0] == first
    assert [guide.prompt for guide in earn_trust.sections.values()] == [
        "Set the scene. What was going wrong, and who felt it?",
        "What made it yours? Whose job was it on paper?",
        "What did you do, step by step?",
        "What changed, by how much, and what came of it?",
        "What do you see now that you didn't then?",
    ]


def test_targets_and_totals_of_the_three_levels(earn_trust):
    targets = {level: [earn_trust.targets(level)[section] for section in Section] for level in Level}
    assert targets == {
        Level.SDE1: [20, 14, 62, 14, 10],
        Level.SDE2: [30, 20, 90, 20, 15],
        Level.SENIOR: [30, 20, 90, 20, 15],
    }
    assert [earn_trust.total_seconds(level) for level in Level] == [120, 175, 180]
    assert [guide.target_seconds for guide in earn_trust.sections.values()] == targets[Level.SDE2]


@pytest.mark.parametrize("section", Section)
def test_every_cue_of_the_walkthrough_is_there_word_for_word(earn_trust, section):
    assert tuple(cue.text for cue in earn_trust.sections[section].cues) == CUES[section]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("section", list(Section)[:-1])
def test_an_example_satisfies_its_own_cues(earn_trust, section, level):
    said = words_of(examples(earn_trust, section)[level])
    for cue in CUES[section]:
        wanted = [word for word in words_of(cue) if word not in {"as", "to", "my"}]
        assert set(wanted) <= set(said), cue


def test_each_action_cue_is_said_by_an_i(earn_trust):
    for text in examples(earn_trust, Section.ACTION).values():
        for cue in CUES[Section.ACTION]:
            assert cue in text


def test_the_reflection_cues_belong_to_two_levels(earn_trust):
    told = examples(earn_trust, Section.REFLECTION)
    for level, cues in ((Level.SDE2, CUES[Section.REFLECTION][:2]), (Level.SENIOR, CUES[Section.REFLECTION][2:])):
        for cue in cues:
            assert set(words_of(cue)) <= set(words_of(told[level])), cue
    assert "alert" in told[Level.SDE1]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("section", Section)
def test_an_example_can_be_spoken_within_its_target(earn_trust, section, level):
    assert spoken_seconds(examples(earn_trust, section)[level]) <= earn_trust.targets(level)[section]


@pytest.mark.parametrize("level", Level)
def test_a_reflection_and_a_whole_answer_fit_their_times(earn_trust, level):
    guide = earn_trust.levels[level]
    assert spoken_seconds(guide.reflection) <= guide.targets[Section.REFLECTION]
    whole = sum(spoken_seconds(examples(earn_trust, section)[level]) for section in Section)
    assert whole <= guide.total_seconds


def test_the_harm_is_said_within_fifteen_seconds(earn_trust):
    for text in examples(earn_trust, Section.SITUATION).values():
        assert spoken_seconds(text[: text.index("late")]) < 15


def test_the_speaker_admits_an_error_of_their_own(earn_trust):
    for text in examples(earn_trust, Section.ACTION).values():
        assert re.search(r"I had been wrong, and I said so", text)


@pytest.mark.parametrize("fact", ["race condition in the retry", "dead letter queue", "ready-to-merge PR", "logs"])
def test_the_action_has_the_facts_of_the_scenario(earn_trust, fact):
    for text in examples(earn_trust, Section.ACTION).values():
        assert fact in text


def test_each_figure_of_the_result_has_a_source(earn_trust):
    for text in examples(earn_trust, Section.RESULT).values():
        assert re.search(r"logs .* 0\.3% drop rate to zero", text)
        assert re.search(r"post-mortem .* \$8K", text)
        assert "Platform team adopted" in text


@pytest.mark.parametrize(
    ("section", "coached", "warned_of"),
    [
        (Section.SITUATION, "system diagram", "minute and a half of architecture"),
        (Section.TASK, "Name the owner", "whose job it was"),
        (Section.ACTION, "with I", "'we'"),
        (Section.RESULT, "what it was worth", "happy team"),
        (Section.REFLECTION, "this story", "communication being important"),
    ],
)
def test_each_section_has_coaching_and_the_usual_mistake(earn_trust, section, coached, warned_of):
    guide = earn_trust.sections[section]
    assert coached in guide.coaching
    assert warned_of in guide.mistake
    assert len(guide.signals) >= 3


# Probe -> what it tests, what the weak answer does, what the strong one has, what the key line keeps
PROBES = {
    "trust-in-the-fix": ("trust across teams", "Slack", ("tech lead", "tests", "weeks"), "solution"),
    "fix-rejected": ("rejection", "manager", ("engineers", "design review", "agree"), "rework"),
    "why-not-wait": ("bias for action", "urgent", ("merchants", "no owner", "nothing filed"), "Nobody was looking"),
    "how-measured": ("Measuring impact", "pleased", ("logs", "0.3%", "$8K", "post-mortem"), "$8K a week"),
}


def test_there_are_the_four_probes_and_one_is_hypothetical(earn_trust):
    assert [probe.id for probe in earn_trust.probes] == list(PROBES)
    assert [probe.id for probe in earn_trust.probes if probe.kind == "hypothetical"] == ["fix-rejected"]


@pytest.mark.parametrize("probe_id", PROBES)
def test_a_probe_has_its_signal_both_answers_and_a_line_to_keep(earn_trust, probe_id):
    probe = earn_trust.probe(probe_id)
    signal, weak, strong, key_line = PROBES[probe_id]
    assert signal in probe.signal
    assert weak in probe.weak
    for part in strong:
        assert part in probe.strong
    assert key_line in probe.key_line
    assert "?" in probe.text
    assert len(probe.key_line.split()) <= 15
    assert probe.ceiling_seconds == 45
    assert spoken_seconds(probe.strong) < 30


def test_the_gap_probes_are_those_of_the_design(earn_trust):
    assert [(probe.gap, probe.text) for probe in earn_trust.gap_probes] == [
        ("no_figure", "Roughly how much is that, and how do you know?"),
        ("no_i", "When you say 'we', which part was yours?"),
        ("no_scope", "Who had asked you to?"),
        ("no_candour", "What did it cost you to say that openly?"),
        ("no_one_else", "Who disagreed, and what did you change because of them?"),
        ("no_lesson", "What would you do differently, and where have you done so since?"),
        ("no_source", "Who counted that, and how?"),
    ]
    assert all(probe.because for probe in earn_trust.gap_probes)


def test_the_weak_answer_has_five_faults_and_a_listener(earn_trust):
    weak = earn_trust.weak_answer
    for quoted, fault in zip(("Slack message", "handled the fix", "improved", "happy"), weak.faults, strict=False):
        assert quoted in fault.quote
        assert fault.quote in weak.text
    assert [bool(fault.quote) for fault in weak.faults] == [True, True, True, True, False]
    assert "whose service" in weak.faults[4].fault
    assert "no hire" in weak.listener_view


def test_nobody_else_is_told_whether_they_would_be_hired(document):
    assert [path for path, text in texts_in(document) if "hire" in words_of(text)] == ["weak_answer.listener_view"]


def test_every_disqualifier_of_the_walkthrough_is_there(earn_trust):
    assert {each.phrase.text for each in earn_trust.disqualifiers} == DISQUALIFIERS
    severity = {each.phrase.text: each.severity for each in earn_trust.disqualifiers}
    assert severity["my manager asked me to"] == "fatal"
    assert severity["the team was happy"] == "weakens"


def test_the_story_is_told_for_three_principles(earn_trust):
    told = {variant.principle: variant for variant in earn_trust.variants}
    assert list(told) == ["Bias for Action", "Dive Deep", "Earn Trust"]
    expected = {
        "Bias for Action": ("clock", "without a ticket", "agreement"),
        "Dive Deep": ("race condition", "Reproducing", "other team"),
        "Earn Trust": ("findings", "Admitting", "Technical detail"),
    }
    for principle, (opening, emphasised, played_down) in expected.items():
        assert opening in told[principle].opening
        assert emphasised in " ".join(told[principle].emphasise)
        assert played_down in " ".join(told[principle].downplay)


@pytest.mark.parametrize(
    ("level", "focus", "reflection", "bar"),
    [
        (Level.SDE1, "technical fix", "alert", "properly"),
        (Level.SDE2, "outside your own team", "shared alerting dashboard", "takes it on"),
        (Level.SENIOR, "trade-offs", "shared SLO", "trade-offs"),
    ],
)
def test_each_level_has_focus_reflection_and_bar(earn_trust, level, focus, reflection, bar):
    guide = earn_trust.levels[level]
    assert focus in guide.focus
    assert reflection in guide.reflection
    assert bar in " ".join(guide.bar)
    assert len(guide.bar) >= 3


def test_the_concept_checks(earn_trust):
    keyed = {check.id: check.options["ABCD".index(check.key)] for check in earn_trust.concept_checks}
    assert list(keyed)[:3] == ["check-ownership-phrase", "check-top-disqualifier", "check-best-result"]
    assert len(keyed) >= 4
    assert keyed["check-ownership-phrase"].startswith("I ")
    assert keyed["check-top-disqualifier"].startswith("My manager asked me")
    for part in ("0.3%", "$8K", "standard"):
        assert part in keyed["check-best-result"]
    assert len({check.key for check in earn_trust.concept_checks}) > 1


def test_the_five_practice_items(earn_trust):
    assert [(item.kind, item.difficulty) for item in earn_trust.items[:5]] == [
        ("name_principle", "easy"),
        ("primary_weakness", "easy"),
        ("signal_of_sentence", "medium"),
        ("meaning_of_phrase", "medium"),
        ("find_disqualifier", "hard"),
    ]
    keyed = [item.options["ABCD".index(item.key)] for item in earn_trust.items[:5]]
    assert keyed[0] == keyed[2] == "Earn Trust"
    assert "manager started it" in keyed[1]
    assert "somebody else started it" in keyed[3]
    assert keyed[4] == "“We collectively decided what to do”"


def test_the_bank_is_large_and_mixed(earn_trust):
    items = earn_trust.items
    counts = Counter(item.difficulty for item in items)
    assert counts["easy"] >= 5
    assert counts["medium"] >= 6
    assert counts["hard"] >= 4
    assert {item.kind for item in items} == set(ITEM_KINDS)
    assert {item.learn for item in items} >= {"meaning", "T", "A", "R", "F", "probes", "weak_answer"}
    assert len({item.stem for item in items}) == len(items)
    assert max(Counter(item.key for item in items).values()) <= len(items) / 3
    longest = [item for item in items if len(item.options["ABCD".index(item.key)]) == max(map(len, item.options))]
    assert len(longest) <= len(items) / 3, "the longest option is not the right one too often"


def test_candour_is_asked_for_as_well_as_ownership(earn_trust):
    """An own fault, said early, is the right answer in some and the tempting wrong one in others."""
    told = [item.stem + " " + item.options["ABCD".index(item.key)] for item in earn_trust.items]
    candour = [text for text in told if re.search(r"own fault|fault was mine|own error|uncomfortable|wrong", text)]
    start = [text for text in told if re.search(r"asked|suggestion|no ticket", text)]
    assert len(candour) >= 5
    assert len(start) >= 5


@pytest.mark.parametrize("place", range(19))
def test_a_solution_identifies_recognises_and_tells_apart(earn_trust, place):
    item = earn_trust.items[place]
    identify, recognise, tell_apart = item.steps
    assert identify.startswith("Identify")
    assert recognise.startswith("Recognise")
    assert tell_apart.startswith("Tell it apart")
    assert item.hint
    assert item.mistake
    assert len(set(item.why_not)) == 3
    assert [item.why_not_of(letter) for letter in "ABCD" if letter != item.key] == list(item.why_not)
    assert item.why_not_of(item.key) == ""


def test_shared_decisions_are_faulted_only_for_hiding_who_decided(earn_trust):
    recognise = earn_trust.items[4].steps[1]
    assert "Agreement is welcome" in recognise
    assert "cannot tell whether the speaker" in recognise


def test_no_sentence_of_the_walkthrough_is_taken_over(document, shared: Path):
    theirs = words_of((shared / "reference" / "earn-trust-walkthrough.txt").read_text(encoding="utf-8"))
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    assert tuple(words_of("I reproduced the issue locally to confirm the")) in runs
    taken = []
    for path, text in texts_in(document):
        if re.search(r"\.cues\[|^disqualifiers\[\d+\]\.phrase$", path):
            continue
        ours = words_of(text)
        taken += [
            f"{path}: {' '.join(ours[at : at + RUN])}"
            for at in range(len(ours) - RUN + 1)
            if tuple(ours[at : at + RUN]) in runs
        ]
    assert taken == []

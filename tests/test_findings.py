"""What the rules say of three known answers, and each rule of an answer made for it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from audio.models import SAMPLE_MODEL
from content.loader import SHIPPED, load_pattern
from content.samples import shipped_samples
from interviewer.findings.analysis import HOLDS, MOST_OPEN, NOT_FOUND, THIN, Analysis, analyse
from interviewer.findings.finding import Finding
from interviewer.findings.probing import gap_probes
from interviewer.language.speech import Speech
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.timing import SectionTime, verdict_of
from interviewer.transcript import Word

DATA = Path(__file__).parent / "data"


def sentences_of(name: str) -> dict[str, list[tuple[str, float, float]]]:
    """By section, what was spoken in a sample, and when."""
    truth = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return {
        each["name"].lower(): [(one["text"], one["start"], one["end"]) for one in each["sentences"]]
        for each in truth["sections"]
    }


SAMPLES = {name: sentences_of(name) for name in ("good_answer", "weak_answer", "wrong_timings")}
GOOD = {
    "situation": "I noticed that six percent of orders at the Billing team were late, and customers were waiting.",
    "task": "It was not my team, nobody had asked me, and I decided to take it on.",
    "action": "I pulled the logs. I found the bug. I told their lead that my first guess was wrong. "
    "He disagreed with my fix, so I changed it.",
    "result": "Late orders fell from six percent to one, which saved $4,000 a month, measured in the logs. "
    "Three other teams use it now.",
    "reflection": "I learned to watch orders. Since then I start with a dashboard for every order.",
}


@pytest.fixture(scope="module")
def pattern() -> Pattern:
    return load_pattern(SHIPPED / "earn-trust.toml")


def read(pattern: Pattern, level: Level = Level.SDE2, **told: str) -> Analysis:
    """An answer by section; what is not given is GOOD."""
    texts = {**GOOD, **told}
    return analyse(pattern, level, {Section(name): Speech.typed(text) for name, text in texts.items() if text})


def sample(pattern: Pattern, name: str) -> Analysis:
    texts = {section: " ".join(text for text, _, _ in told) for section, told in SAMPLES[name].items()}
    return analyse(pattern, Level.SDE2, {Section(section): Speech.typed(text) for section, text in texts.items()})


def quotes(analysis: Analysis) -> Mapping[str, str]:
    return {finding.rule: finding.quote.text for finding in analysis.findings}


def rules(analysis: Analysis) -> set[str]:
    return {finding.rule for finding in analysis.findings}


def test_the_weak_answer_is_seen_through(pattern: Pattern) -> None:
    said = quotes(sample(pattern, "weak_answer"))
    assert said["my manager asked me to"] == "My manager asked me to look into a problem with the order pipeline"
    assert said["steps-without-owner"] == "We figured it out together."
    assert said["the drop rate improved"] == "things got better"
    assert said["the team was happy"] == "the team was happy"
    assert said["I learned communication is important"] == "I learned that communication is important"
    assert "change" in said


def test_the_good_answer_is_believed(pattern: Pattern) -> None:
    analysis = sample(pattern, "good_answer")
    assert analysis.disqualifiers == ()
    assert rules(analysis) <= {"source"}
    heard = {each.signal.id: each.quote.text for each in analysis.signals if each.hearing}
    assert heard["boundary"] == "This service was outside my scope"
    assert "4.2% to zero" in heard["change"]
    assert "adopted my alert" in heard["second-order"]
    assert {"4.2%", "$15"} <= {figure.text for figure in analysis.figures}


def spoken(name: str) -> dict[Section, Speech]:
    """A sample as if each word had been heard, evenly over its sentence."""
    told = {}
    for section, sentences in SAMPLES[name].items():
        words = []
        for text, start, end in sentences:
            parts = text.split()
            step = (end - start) / len(parts)
            words += [Word(part, start + n * step, start + (n + 1) * step, 0.9) for n, part in enumerate(parts)]
        told[Section(section)] = Speech.heard(words, "answer-1")
    return told


def test_the_long_situation_leads_and_the_missing_reflection_is_not_found(pattern: Pattern) -> None:
    told = spoken("wrong_timings")
    times = []
    for section in Section:
        speech, target = told.get(section), pattern.sections[section].target_seconds
        seconds = speech.words[-1].end - speech.words[0].start if speech else 0.0
        times.append(SectionTime(section, seconds, seconds, target, verdict_of(seconds, target)))
    analysis = analyse(pattern, Level.SDE2, told, times)
    first = analysis.findings[0]
    assert (first.rule, first.section) == ("over-target", Section.SITUATION)
    assert first.why.startswith("Situation took 1:09, 39 s over its 0:30. Situation took 39 s from Action.")
    late = next(finding for finding in analysis.findings if finding.rule == "problem-late")
    assert late.quote.text == "I noticed that about 6% of refunds were late"
    assert late.quote.start == pytest.approx(66.1, abs=0.5)
    assert "1:06 into the Situation" in late.why
    assert "I did not find a reflection." in [finding.why for finding in analysis.findings]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_quote_is_a_span_of_what_was_said_and_knows_when(pattern: Pattern, name: str) -> None:
    told = spoken(name)
    for finding in analyse(pattern, Level.SDE2, told).findings:
        if finding.quote.text:
            assert finding.section
            assert finding.quote.text in told[finding.section].text
            (sentence,) = [s for s in SAMPLES[name][finding.section.value] if finding.quote.text.rstrip(".") in s[0]]
            assert sentence[1] - 0.5 <= (finding.quote.start or 0.0) <= sentence[2]


def test_the_made_answer_has_every_part(pattern: Pattern) -> None:
    analysis = read(pattern)
    assert rules(analysis) == set()
    assert [lamp.state for lamp in analysis.lamps(0)] == ["", HOLDS, HOLDS, HOLDS, HOLDS, HOLDS]
    assert "goes on to the follow-ups" in analysis.listener()


@pytest.mark.parametrize(
    ("section", "text", "rule"),
    [
        ("situation", "Six percent of orders at the Billing team were late and customers were waiting.", "noticed"),
        ("situation", "I noticed that orders at the Billing team were late and customers were waiting.", "size"),
        ("situation", "I noticed that six percent of orders were late. It was slow.", "harm"),
        ("task", "I decided to take it on.", "boundary"),
        ("task", "It was not my team. The rest of the week was quiet. It rained. Nothing else moved.", "distance"),
        ("action", "We pulled the logs. We found the bug. Then the fix was deployed.", "steps-without-owner"),
        ("action", "I told their lead that I had been wrong. He was worried.", "few-own-steps"),
        ("action", "I pulled the logs. I found the bug. I fixed it. I added an alert.", "others"),
        ("result", "Late orders are rarer. Three other teams use it, measured in the logs.", "change"),
        ("result", "Late orders fell from six percent to one, measured in the logs.", "second-order"),
        ("reflection", "I learned that communication is important.", "I learned communication is important"),
        ("reflection", "I learned that patience with a kettle pays. Since then I always whistle.", "loose-lesson"),
        ("reflection", "", "missing-section"),
    ],
)
def test_each_rule_finds_what_it_is_for(pattern: Pattern, section: str, text: str, rule: str) -> None:
    assert rule not in rules(read(pattern))
    assert rule in rules(read(pattern, Level.SDE2, **{section: text}))


def test_we_beside_an_i_is_no_fault(pattern: Pattern) -> None:
    text = "We met every day. I wrote the minutes. I fixed the bug. I told their lead. He disagreed, so I changed it."
    assert "steps-without-owner" not in rules(read(pattern, action=text))


def test_a_senior_needs_the_cause_in_the_organisation_and_others_a_practice(pattern: Pattern) -> None:
    habit = "I learned to watch orders. Since then I start with a dashboard for every order."
    cause = "I learned that no team owned an order from end to end: an organizational gap."
    assert "cause" in rules(read(pattern, Level.SENIOR, reflection=habit))
    assert "cause" not in rules(read(pattern, Level.SDE2, reflection=habit))
    assert "cause" not in rules(read(pattern, Level.SENIOR, reflection=cause))
    assert "practice" not in rules(read(pattern, Level.SENIOR, reflection=cause))


def test_words_the_recogniser_doubts_are_held_against_nobody(pattern: Pattern) -> None:
    words = [
        Word(text, n, n + 0.9, 0.9)
        for n, text in enumerate(["My", "manager", "asked", "me", "to", "look", "into", "it."])
    ]
    sure = analyse(pattern, Level.SDE2, {Section.SITUATION: Speech.heard(words, "")})
    unsure = [word._replace(probability=0.2) if word.text == "manager" else word for word in words]
    doubted = analyse(pattern, Level.SDE2, {Section.SITUATION: Speech.heard(unsure, "")})
    assert "my manager asked me to" in rules(sure)
    assert "my manager asked me to" not in rules(doubted)


def test_what_was_called_unfair_is_gone(pattern: Pattern) -> None:
    told = {Section.SITUATION: Speech.typed("My manager asked me to look into it.")}
    finding: Finding = analyse(pattern, Level.SDE2, told, is_whole=False).findings[0]
    for off in (finding.key, finding.rule):
        assert finding.rule not in rules(analyse(pattern, Level.SDE2, told, is_whole=False, off=(off,)))


def test_lamps_of_the_weak_answer(pattern: Pattern) -> None:
    states = {lamp.name: lamp.state for lamp in sample(pattern, "weak_answer").lamps()}
    assert states["Evidence"] == NOT_FOUND
    assert states["Own steps"] in (THIN, NOT_FOUND)
    assert states["Time"] == states["Delivery"] == ""


def test_gap_probes_ask_for_what_is_missing_and_never_twice(pattern: Pattern) -> None:
    findings = sample(pattern, "weak_answer").findings
    asked = gap_probes(pattern, findings, ())
    assert [probe.gap for probe in asked] == ["no_figure", "no_i"]
    assert [probe.gap for probe in gap_probes(pattern, findings, [asked[0].id])] == ["no_i", "no_scope"]
    assert gap_probes(pattern, (), ()) == ()


def test_the_weak_answer_has_more_than_is_shown_open(pattern: Pattern) -> None:
    assert len(sample(pattern, "weak_answer").findings) > MOST_OPEN


def test_from_the_sound_of_the_weak_answer_come_the_same_findings(pattern: Pattern) -> None:
    from app.terminal.rehearsal import Answers, rehearse
    from interviewer.findings.session_reading import read_session

    shipped = shipped_samples()[1]
    targets = pattern.targets(Level.SDE2)
    answers = Answers(one_take=shipped.path, marks_seconds=shipped.marks)
    rehearsal = rehearse(pattern, Level.SDE2, targets, 175.0, answers, SAMPLE_MODEL)
    found = {finding.rule: finding for finding in read_session(pattern, rehearsal.session).findings}
    sentences = [each for told in SAMPLES["weak_answer"].values() for each in told]
    for rule in (
        "my manager asked me to",
        "we figured out the root cause together",
        "the team was happy",
        "I learned communication is important",
    ):
        start = found[rule].quote.start
        assert start is not None
        assert any(begin - 0.5 <= start <= end + 0.5 for _, begin, end in sentences)
        key = found[rule].quote.text.split()[-1].strip(".").lower()
        assert any(key in text.lower() and begin - 0.5 <= start <= end for text, begin, end in sentences)

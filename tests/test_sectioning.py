"""The sections proposed for whole answers: three samples in small form, order, what is missing, and rough text."""

import pytest

from interviewer.language.sectioning import position_only, propose_sections
from interviewer.language.text import sentences
from interviewer.pattern import Section

GOOD = {
    "S": "While working as a backend engineer at a payments company, I noticed a 4.2% duplicate rate in the invoice "
    "generator. The generator was owned by the Billing team. About 500 merchants were charged twice in one month.",
    "T": "This service was outside my scope, and no ticket existed for it. My goal was to find the root cause and to "
    "reduce the duplicate rate to zero.",
    "A": "First, I pulled the delivery logs and sorted the failures by hour. It turned out to be a missing lock in "
    "the retry loop. Then I considered two options. I wrote a short design document and shared it with their tech "
    "lead. He was worried about the load, so I ran a load test. I wrote the fix, and I added 14 tests.",
    "R": "As a result, the duplicate rate dropped from 4.2% to zero in two weeks. The Billing team adopted my alert "
    "as their standard.",
    "F": "Looking back, I learned that silence is not the same as success. Since then, I start every project with a "
    "dashboard and a clear owner.",
}
WEAK = {
    "S": "My manager asked me to look into a problem with the order pipeline. Some orders were slow, and the customers "
    "were complaining. It was, um, a busy time for everyone.",
    "T": "My task was to help the team.",
    "A": "I sent the Platform team a message about it. We had a meeting and we talked about the options. We figured "
    "it out together. They fixed the queue and they handled the release. We, you know, tested it a little, and then "
    "we waited.",
    "R": "After that, things got better and the team was happy. The customers stopped complaining, I think.",
    "F": "I learned that communication is important.",
}
LONG_SITUATION = {
    "S": "So, um, I was working at a payments company, and the background is a little long. Our platform had 24 "
    "services. The session cache was written in Java and ran on 40 servers. The gateway was written in Go, and it "
    "sent every request to the load balancer. The scheduler started the billing job every night. The ledger database "
    "was copied to the data warehouse in the morning. The refund processor was owned by the Payments team. I noticed "
    "that about 6% of refunds were late.",
    "T": "I wanted to find the cause.",
    "A": "I checked the error logs and found a slow query. I added a new index, and I tested it for two days.",
    "R": "Late refunds dropped from 6% to 1%. We saved $4,000 a month.",
}
ANSWERS = {"good": GOOD, "weak": WEAK, "long situation": LONG_SITUATION}
BAKERY = {
    "S": "I ran the early shift in a bakery. We kept throwing away about forty loaves a day.",
    "T": "Nobody had asked me to look into it. I wanted to halve the waste by the summer.",
    "A": "I weighed what came back every evening for a month. I showed the sheet to the owner. I changed the order of "
    "the ovens and trained the two apprentices.",
    "R": "The bins were nearly empty by June. The other shop still uses my sheet.",
    "F": "These days the first thing I do is look in the bin.",
}


def told(answer: dict[str, str]) -> tuple[list[str], str]:
    """The sentences of an answer, and their letters in a row."""
    pieces = [(each.text, letter) for letter, text in answer.items() for each in sentences(text)]
    return [text for text, _ in pieces], "".join(letter for _, letter in pieces)


def letters(texts: list[str]) -> str:
    return "".join(section.letter for section in propose_sections(texts))


@pytest.mark.parametrize("name", ANSWERS)
def test_samples(name: str) -> None:
    texts, wanted = told(ANSWERS[name])
    assert letters(texts) == wanted


@pytest.mark.parametrize("name", ANSWERS)
def test_lower_case_and_unpunctuated_as_heard(name: str) -> None:
    texts, wanted = told(ANSWERS[name])
    found = letters([text.lower().replace(",", "").rstrip(".") for text in texts])
    assert sum(one == other for one, other in zip(found, wanted, strict=True)) >= 0.9 * len(wanted)


@pytest.mark.parametrize("left_out", ["S", "T", "R", "F"])
def test_a_missing_section_is_missing(left_out: str) -> None:
    texts, _ = told({letter: text for letter, text in BAKERY.items() if letter != left_out})
    assert set("STARF") - set(letters(texts)) == {left_out}


def test_going_back_to_the_action_after_a_first_result() -> None:
    more = "That was still not good enough. So I went back to the clerks and asked when they type it in. "
    more += "I built a shorter form and tested it with them."
    texts, wanted = told({**GOOD, "F": "", "a": more, "r": "After that we were never out by more than one."})
    assert letters(texts) == wanted.upper()


def test_the_result_as_a_headline() -> None:
    headline = "The short version is that we went from forty wasted loaves a day to five."
    texts, wanted = told({"r": headline, **BAKERY})
    assert letters(texts) == wanted.upper()


@pytest.mark.parametrize(
    ("result", "letter"),
    [
        ("They still use it.", "R"),
        ("The complaints stopped.", "R"),
        ("She thanked me for it.", "R"),
        ("Next time I would ask on the first day.", "F"),
        ("The deeper cause was that nobody owned the list.", "F"),
    ],
)
def test_ends_without_a_figure_or_a_stock_phrase(result: str, letter: str) -> None:
    texts, _ = told({**{each: BAKERY[each] for each in "STA"}, "R": result})
    assert letters(texts)[-1] == letter


def test_no_sentence_and_one_sentence() -> None:
    assert propose_sections([]) == ()
    assert propose_sections(["I worked at a bank, and the reports were always late."]) == (Section.SITUATION,)
    assert len(propose_sections([""])) == len(propose_sections(["...", "?"])) - 1 == 1


def test_position_only_spreads_by_the_usual_shares() -> None:
    assert position_only(0) == ()
    assert len(position_only(1)) == 1
    assert [position_only(100).count(section) for section in Section] == [25, 12, 36, 17, 10]

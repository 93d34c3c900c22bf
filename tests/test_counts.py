"""What is counted: I, we, sounds and words that only fill, and hedges."""

import pytest

from interviewer.language.counts import counts

I_AND_WE = [
    ("I think we broke it, and I'd say I'm sorry.", 3, 1),
    ("i've said it and i’ll say it, i'd've gone", 3, 0),
    ("We'd've told our team, and they told us we're late.", 0, 2),
    ("My plan was mine, and it got me there.", 0, 0),
    ("See Section I of the report, which I wrote.", 1, 0),
    ("It was a type I error.", 0, 0),
    ("I was hired as SDE I in 2019.", 1, 0),
    ("In that phase I did the tests; the part I played was small.", 2, 0),
    ("In part I blame myself. As an engineer I own my bugs.", 2, 0),
    ("i/o was slow, i.e. the disk", 0, 0),
    ("Um, I mean, the queue was full.", 0, 0),
    ("That's what I mean by owning it. I mean it.", 2, 0),
    ("—I did it. “I fixed it,” I-I said.", 4, 0),
    ("The wee hours of a weird week; our house.", 0, 0),
    ("", 0, 0),
]

FILLERS = [
    ("It was, er, erm, hm, uhm, late.", ["er", "erm", "hm", "uhm"]),
    ("So, like, no one was on call, you know, and it was down.", ["like", "you know"]),
    ("It was like, broken.", ["like"]),
    ("um so we uh had like forty tickets and i mean it was a mess", ["um", "uh", "like", "i mean"]),
    ("and like we had no runbook so like i said we wrote one", ["like"]),
    ("it was you know broken", ["you know"]),
    ("It was down, you know?", ["you know"]),
    ("Actually, I checked.", ["Actually"]),
    ("Basically, it was fine. It basically worked.", ["Basically"]),
    ("The deploy, right, it broke.", ["right"]),
    ("I like the plan and I know you know the queue.", []),
    ("It looked like a storm, like a big one.", []),
    ("I felt like I was alone, things like that.", []),
    ("I actually checked it right away, it was the right call.", []),
    ("So we started. Well, it worked.", []),
    ("Do you know why? If you know, tell me. I let you know the day I know.", []),
    ("We worked in the ER, to err is human, a 5 mm screw.", []),
]

HEDGES = [
    ("Maybe it was probably a bit slow.", ["Maybe", "probably", "a bit"]),
    ("Perhaps somewhat, more or less.", ["Perhaps", "somewhat", "more or less"]),
    ("it was kind of broken and sort of slow", ["kind of", "sort of"]),
    ("The queue kind of broke and took a little bit longer.", ["kind of", "a little bit"]),
    ("I guess it worked, I suppose. I believe it was Friday.", ["I guess", "I suppose", "I believe"]),
    ("a kind of cache, this kind of thing, what sort of tool, a new kind of queue", []),
    ("It was quite a bit faster, a bit of code, more or less than ten.", []),
    ("I think about the users, I believe in tests. What do I think?", []),
    ("about forty people came", []),
]


@pytest.mark.parametrize(("text", "i", "we"), I_AND_WE)
def test_i_and_we_are_counted(text: str, i: int, we: int) -> None:
    counted = counts(text)
    assert (counted.i, counted.we) == (i, we)


@pytest.mark.parametrize(("text", "said"), FILLERS)
def test_fillers_are_quoted(text: str, said: list[str]) -> None:
    assert [quote.text for quote in counts(text).fillers] == said


@pytest.mark.parametrize(("text", "said"), HEDGES)
def test_hedges_are_quoted(text: str, said: list[str]) -> None:
    assert [quote.text for quote in counts(text).hedges] == said


@pytest.mark.parametrize("text", [text for text, *_ in I_AND_WE + FILLERS + HEDGES])
def test_a_quote_knows_its_place(text: str) -> None:
    counted = counts(text)
    assert all(text[quote.start : quote.end] == quote.text for quote in counted.fillers + counted.hedges)

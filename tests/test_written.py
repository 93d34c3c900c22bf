"""Typed answers: every sentence in exactly one section, whatever the headings look like, and nothing left out."""

import codecs
import os
import re
import time
from pathlib import Path

import pytest

from interviewer.disk.text_file import read_text, text_of
from interviewer.errors import PracticeError
from interviewer.language.headings import headings
from interviewer.language.text import sentences
from interviewer.language.written import read_written
from interviewer.pattern import Section

TYPED = Path(__file__).parent / "data" / "typed"
TOLD = {
    Section.SITUATION: "I noticed a drop of 0.3% in a service. It was not ours.",
    Section.TASK: "Nobody had asked me to look.",
    Section.ACTION: "I pulled the logs. I wrote a fix.",
    Section.RESULT: "The rate went to zero.",
    Section.REFLECTION: "I ask for the dashboard first now.",
}
NAMES = ("Situation", "Task", "Action", "Result", "Reflection")
PLURALS = ("Situations", "Tasks", "Actions", "Results", "Reflections")
OTHERS = ("Background", "My task", "Actions taken", "Outcome", "Lessons learned")
LEARNING = ("Context", "Goal", "What I did", "Impact", "What I've learned")
PLAINLY = ("What happened", "My responsibility", "Steps I took", "How it turned out", "What I would do differently")
ASKED = ("What was the situation?", "What was your task?", "What did you do?", "What was the result?", "In hindsight")
DRESSES = {
    "plain": "{name}: {told}",
    "below": "{name}:\n{told}",
    "alone": "{name}\n{told}",
    "capitals": "{NAME}\n\n{told}",
    "lower": "{lower}: {told}",
    "bold": "**{name}:** {told}",
    "bold outside": "**{name}**: {told}",
    "bold alone": "**{name}**\n{told}",
    "bold and on": "**{name}** {told}",
    "underscores": "__{name}__\n{told}",
    "markdown": "## {name}\n\n{told}",
    "underlined": "{name}\n=========\n{told}",
    "bullet": "- {name}: {told}",
    "dot": "• {name}: {told}",
    "numbered": "{number}. {name}: {told}",
    "numbered alone": "{number}) {name}\n{told}",
    "dash": "{name} - {told}",
    "long dash": "{name} — {told}",
    "time": "{name} (30s): {told}",
    "time in bold": "**{name} (0:30)**\n{told}",
    "time bare": "{name} 90 s: {told}",
    "letter beside": "{name} ({letter}): {told}",
    "full stop": "{name}. {told}",
    "letter": "{letter}: {told}",
    "letter in bold": "**{letter}** - {told}",
    "letter and name": "{letter} - {name}: {told}",
    "bracketed": "[{name}]: {told}",
    "quoted": "> {name}: {told}",
    "picture": "📌 {name}: {told}",
    "table": "| {name} | {told}",
    "wide colon": "{name}\uff1a{told}",
    "windows": "{name}:\r\n{told}\r\n",
    "old line ends": "{name}\r{told}\r",
    "line separators": "{name}\u2028{told}\u2028",
    "hard spaces": "\xa0\xa0{name}\xa0:\xa0{told}",
    "no width": "\u200b{name}:\u200b {told}",
    "wide brackets": "【{name}】{told}",
    "cell": "{name}\t{told}",
    "tick box": "- [x] {name}\n    {told}",
    "roman": "{roman}. {name}\n{told}",
    "part": "Part {number}: {name}\n{told}",
    "step": "Step {number} - {name}: {told}",
    "digit in a box": "{number}\ufe0f\u20e3 {name}\n{told}",
    "picture behind": "{name} 🎯\n{told}",
    "time before": "[0:00 - 0:30] {name}: {told}",
    "times before": "0:00–0:30 {name}\n{told}",
    "times behind": "{name} (0:00–0:30)\n{told}",
    "time behind the colon": "**{name}:** *(30 seconds)*\n{told}",
    "between lines": "=== {NAME} ===\n{told}",
    "arrow": "{name} -> {told}",
    "letter, name and time in bold": "**{letter} – {name} (30 sec):** {told}",
    "initial in bold": "{initial}: {told}",
    "letter is name": "{letter} = {name}: {told}",
}


def dressed(form: str, names: tuple[str, ...]) -> str:
    parts = [
        form.format(
            name=name,
            NAME=name.upper(),
            lower=name.lower(),
            letter=section.letter,
            number=number,
            initial=f"**{name[0]}**{name[1:]}",
            roman=("I", "II", "III", "IV", "V")[number - 1],
            told=TOLD[section],
        )
        for number, (name, section) in enumerate(zip(names, Section, strict=True), 1)
    ]
    return "\n".join(parts)


@pytest.mark.parametrize("names", [NAMES, PLURALS, OTHERS, LEARNING, PLAINLY], ids=lambda names: names[0])
@pytest.mark.parametrize("form", DRESSES.values(), ids=DRESSES.keys())
def test_headings_in_any_dress_are_five_of_five_and_no_words(form, names):
    told = read_written(dressed(form, names)).by_section()
    assert {section: re.sub(r"\s+", " ", text) for section, text in told.items()} == TOLD


def test_headings_within_one_paragraph():
    text = " ".join(f"{name}: {TOLD[section]}" for name, section in zip(NAMES, Section, strict=True))
    assert read_written(text).by_section() == TOLD
    text = " ".join(f"{section.letter}: {TOLD[section]}" for section in Section)
    assert read_written(text).by_section() == TOLD


@pytest.mark.parametrize("letters", ["STARF", "STARL", "STARR", "starl"])
def test_a_reflection_by_any_letter(letters):
    text = "\n".join(f"{letter}: {TOLD[section]}" for letter, section in zip(letters, Section, strict=True))
    assert read_written(text).by_section() == TOLD


def test_questions_as_headings():
    text = "\n".join(f"{asked}\n{TOLD[section]}" for asked, section in zip(ASKED, Section, strict=True))
    assert read_written(text).by_section() == TOLD


PLACED = {
    "one line without an end of a sentence": (
        "Situation: orders were lost Task: find the cause Action: I read the logs Result: none is lost",
        {"S": "orders were lost", "T": "find the cause", "A": "I read the logs", "R": "none is lost"},
    ),
    "one line behind a greeting": (
        "Hi Anna, here it is. Situation: We lost orders. Task: Find out. Action: I read on. Result: None is lost.",
        {"S": "Hi Anna, here it is.\nWe lost orders.", "T": "Find out.", "A": "I read on.", "R": "None is lost."},
    ),
    "two in a paragraph": (
        "Situation: We lost orders. Task: Find out.\n\nAction: I read on.\n\nResult: None is lost. Reflection: I ask.",
        {"S": "We lost orders.", "T": "Find out.", "A": "I read on.", "R": "None is lost.", "F": "I ask."},
    ),
    "a table": (
        "| **Situation** | We lost orders. |\n|---|---|\n| **Action** | I read on. |\n| **Result** | None is lost. |",
        {"S": "We lost orders.", "A": "I read on.", "R": "None is lost."},
    ),
    "another order": (
        "Result: None is lost.\nSituation: We lost orders.\nAction: I read on.",
        {"S": "We lost orders.", "A": "I read on.", "R": "None is lost."},
    ),
    "a name within a part": (
        "Situation: We lost orders.\nAction: I tried two. Result: none worked, so I read on. The goal: all of them.\n"
        "Task: Find out.\nResult: None is lost.",
        {
            "S": "We lost orders.",
            "T": "Find out.",
            "A": "I tried two. Result: none worked, so I read on. The goal: all of them.",
            "R": "None is lost.",
        },
    ),
    "another name of a part that has its own": (
        "Situation\nWe lost orders.\nImpact: 200 a day.\nTask\nFind out.\nAction\nI read on.\nGoal: none by May.\n"
        "Result\nNone is lost.\nReflection\nI ask.\nKey takeaways\nAsk soon.",
        {
            "S": "We lost orders.\nImpact: 200 a day.",
            "T": "Find out.",
            "A": "I read on.\nGoal: none by May.",
            "R": "None is lost.",
            "F": "I ask.\nAsk soon.",
        },
    ),
    "a broken line": (
        "Situation: I was told about the\nsituation: it was bad.\nAction: I heard that the\nresult: none. I read on.\n"
        "Result: None is lost.",
        {
            "S": "I was told about the\nit was bad.",
            "A": "I heard that the\nresult: none. I read on.",
            "R": "None is lost.",
        },
    ),
    "questions and answers": (
        "Situation: We lost orders.\nAction: I asked.\nQ: Is it sorted?\nA: No.\nSo I sorted.\nResult: None is lost.",
        {"S": "We lost orders.", "A": "I asked.\nQ: Is it sorted?\nA: No.\nSo I sorted.", "R": "None is lost."},
    ),
    "numbered steps": (
        "Situation: We lost orders.\nActions:\n1. I read on.\n2. I sorted.\nStep 3: I told them.\nResult: None.",
        {"S": "We lost orders.", "A": "1. I read on.\n2. I sorted.\nStep 3: I told them.", "R": "None."},
    ),
    "words in brackets": (
        "Situation (Acme, 2023): We lost orders.\n**Action (with Anna)**\nI read on.\nResult(s) (20%): None is lost.",
        {"S": "(Acme, 2023): We lost orders.", "A": "(with Anna)**\nI read on.", "R": "None is lost."},
    ),
    "initials": (
        "Situation: S. Jones left.\nT. Miller came.\nR. Weber paid.\nAction: I read on.",
        {"S": "S. Jones left.\nT. Miller came.\nR. Weber paid.", "A": "I read on."},
    ),
    "a signature": (
        "Situation: We lost orders.\nAction: I read on.\nResult: None is lost.\nReflection: I ask.\n\nJo\nT: 12\nF: 13",
        {"S": "We lost orders.", "A": "I read on.", "R": "None is lost.", "F": "I ask.\n\nJo\nT: 12\nF: 13"},
    ),
}


@pytest.mark.parametrize(("text", "wanted"), PLACED.values(), ids=PLACED.keys())
def test_each_sentence_stands_where_it_was_put(text, wanted):
    told = read_written(text).by_section()
    assert {section.letter: words for section, words in told.items()} == wanted


def test_what_stands_before_the_first_heading_belongs_to_the_sections_before_it():
    told = read_written((TYPED / "first_heading_missing.txt").read_text(encoding="utf-8")).by_section()
    assert told[Section.SITUATION] == "I noticed a 0.3% drop in the Platform team’s service."
    assert list(told) == list(Section)
    text = "We ran a small bakery. I had to halve the waste before Easter.\nAction: I counted.\nResult: It fell."
    told = read_written(text).by_section()
    assert told[Section.SITUATION] == "We ran a small bakery."
    assert told[Section.TASK] == "I had to halve the waste before Easter."
    assert read_written("My story\nSituation: I was new.\nTask: I had to ask.").by_section()[Section.SITUATION] == (
        "My story\nI was new."
    )


def test_plural_headings():
    told = read_written((TYPED / "plural_headings.txt").read_text(encoding="utf-8")).by_section()
    assert list(told) == list(Section)
    assert told[Section.REFLECTION] == "I proposed a dashboard."


def test_a_heading_of_two_sections_and_one_that_comes_twice():
    text = "Situation/Task: We ran a small bakery. I had to halve the waste.\nActions: I counted.\nAction 2: I asked.\n"
    told = read_written(text + "Result: It fell.").by_section()
    assert told[Section.SITUATION] == "We ran a small bakery."
    assert told[Section.TASK] == "I had to halve the waste."
    assert told[Section.ACTION] == "I counted.\nI asked."


@pytest.mark.parametrize(
    "text",
    [
        "Results were poor. Action was needed, and the task fell to me.",
        "Task-based plans failed us. Context matters here.",
        "I took a lesson from it: ask first.",
        "A: we had no time. I asked them.",
        "we had to take\naction\nand we did.",
        "Actions speak louder, I said - and then I acted.",
        "In situation reports: nothing. I looked.",
        "I'm T. Rex to my colleagues. S. Jones laughed.",
        "S. Jones left.\nT. Miller came.\nA. Brown stayed.",
        "In this situation: the queue was full. I had one task: find it. The action we took: none. The result: chaos.",
        "We had a\nproblem: nobody knew.",
        "Background: I ran a shop. I had to find out why. I read the logs. In the end no order was lost.",
        "Q: What did you do?\nA: I read the logs.",
    ],
)
def test_words_that_are_no_headings(text):
    assert headings(text) == ()


def test_every_sentence_stands_in_exactly_one_section():
    forms = list(DRESSES.values())
    for names in (NAMES, OTHERS):
        for form in forms:
            text = "Before all else I was new here.\n" + dressed(form, names) + "\nAnd one more thing came of it."
            written = read_written(text)
            kept = " ".join(written.by_section().values()).split()
            wanted = "Before all else I was new here. " + " ".join(TOLD.values()) + " And one more thing came of it."
            assert sorted(kept) == sorted(wanted.split()), form
            assert all(written.text[each.start : each.end] == each.text for each in written.sentences)


def test_a_line_that_was_broken_for_its_length_is_one():
    text = (
        "We lost one order in fifty on each Friday because\nmy manager asked me to wait. I read the logs\nuntil May.\n"
    )
    written = read_written(text + "all was well\nnothing was lost\nresult: none of them since the middle of the summer")
    assert [each.text for each in written.sentences] == [
        "We lost one order in fifty on each Friday because my manager asked me to wait.",
        "I read the logs until May.",
        "all was well",
        "nothing was lost",
        "result: none of them since the middle of the summer",
    ]
    text = "situation: we lost one order in fifty on each day\ntask: find out\naction: I read"
    assert [each.text for each in read_written(text).sentences] == [
        "we lost one order in fifty on each day",
        "find out",
        "I read",
    ]


@pytest.mark.parametrize("text", ["", " \n ", "Situation:\n\nTask:\n", "---\n***\n"])
def test_nothing_but_headings_is_no_answer(text):
    with pytest.raises(PracticeError, match="no answer in the text"):
        read_written(text)


def test_one_section_alone_has_no_headings_in_it():
    written = read_written("**Result:** It fell by half. It stayed there.", Section.RESULT)
    assert written.by_section() == {Section.RESULT: "It fell by half. It stayed there."}


ENCODED = {
    "utf-8": "utf-8",
    "bom": "utf-8-sig",
    "utf-16 by its mark": "utf-16",
    "utf-32 by its mark": "utf-32",
}


@pytest.mark.parametrize("encoding", ENCODED.values(), ids=ENCODED.keys())
def test_a_text_is_read_as_editors_save_it(tmp_path, encoding):
    path = tmp_path / "answer.txt"
    text = dressed(DRESSES["plain"], NAMES) + "\r\nIt’s mine – naïve: 5 € \u00ad…"
    path.write_bytes(text.encode(encoding))
    assert read_text(path) == text


def test_the_texts_that_came_with_marks():
    for name in ("bom.txt", "utf16.txt"):
        told = read_written(read_text(TYPED / name)).by_section()
        assert told[Section.SITUATION] == "I noticed a 0.3% drop in the Platform team’s service."
        assert list(told) == list(Section)


@pytest.mark.parametrize(
    "data",
    [
        "Situation: naïve".encode("latin-1"),
        "Situation: das Büro".encode("cp437"),
        "Situation: I noticed".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"odd",
        b"PK\x03\x04\x14\x00\x06\x00",
        bytes(range(256)),
        b"I noticed.\x00",
    ],
)
def test_what_is_no_text_gets_one_plain_sentence(tmp_path, data):
    path = tmp_path / "answer.txt"
    path.write_bytes(data)
    with pytest.raises(PracticeError) as caught:
        read_text(path)
    said = "answer.txt is not plain text in UTF-8. Save it as plain text in UTF-8, then try again."
    assert str(caught.value) == said


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "pipe.txt", tmp_path / "no.txt", Path("/dev/zero")):
        with pytest.raises(PracticeError, match=r"^[^\n]+\.$"):
            read_text(path)
    (tmp_path / "large.txt").write_bytes(b"I won. " * 200_000)
    with pytest.raises(PracticeError, match="is larger than 1 MB"):
        read_text(tmp_path / "large.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "cp437", "cp1252", "ascii"])
def test_standard_input_is_read_as_it_comes(encoding):
    text = "I was naïve." if encoding != "ascii" else "I was new."
    assert text_of(text.encode(encoding), "What came in", encoding) == text
    assert text_of("It’s UTF-8 – naïve.".encode(), "What came in", encoding) == "It’s UTF-8 – naïve."


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read_written(f"I won.\n{text}").by_section()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "piece",
    [
        "Mr. Mr. Mr. Mr. Mr. Mr. ",
        "Action: I asked them.\n",
        "** ## -- ** ## \nI asked.\n",
        "I asked. We won. ",
        "L\n",
        "a! ",
        " 1.",
        " ”(",
        "A) [0:30-",
        "the main my task/action & ",
        " Task (30 s, ",
    ],
)
def test_reading_grows_with_the_text(piece):
    few, many = _seconds(piece * 2000), _seconds(piece * 8000)
    assert many < 8 * few + 0.05


def test_sentences_after_a_shortened_word_go_on():
    assert [each.text for each in sentences("I met Dr. Hale, approx. at noon. We spoke.")] == [
        "I met Dr. Hale, approx. at noon.",
        "We spoke.",
    ]

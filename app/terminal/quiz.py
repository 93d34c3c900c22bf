"""`python -m app quiz PATTERN`: the test in a terminal. What is answered is kept, and goes on in the window too."""

import argparse
import json
import sys
from contextlib import suppress
from datetime import datetime
from typing import TextIO

from app.state.folders import Folders
from interviewer.disk.store import new_id
from interviewer.pattern import LEARN_PARTS, LETTERS, Item, Pattern
from interviewer.practice.quiz import Quiz, begin, by_difficulty, finish, misses
from interviewer.practice.quiz_shelf import QuizShelf


def take_quiz(options: argparse.Namespace, folders: Folders, pattern: Pattern) -> None:
    """Asks one question after the other; Q or the end of the input leaves, and the next time it goes on.

    With `--json` the questions go to stderr, so that stdout is JSON alone.
    """
    shelf = QuizShelf(folders.data)
    now = datetime.now()
    quiz = begin(pattern, shelf.all(), new_id(now), now.isoformat(timespec="minutes"), options.seed)
    out = sys.stderr if options.json else sys.stdout
    if quiz.questions[0].answer:
        print(f"Going on at question {quiz.place + 1}.\n", file=out)
    while not quiz.is_answered:
        letter = ""
        with suppress(KeyboardInterrupt):  # Ctrl+C leaves, as Q does
            letter = _ask(quiz, pattern, out)
        if not letter:
            print("\nLeft in the middle; the same command goes on here.", file=out)
            return
        quiz = quiz.answered(quiz.place, letter)
        shelf.save(quiz)
    quiz = finish(quiz, pattern, datetime.now().isoformat(timespec="minutes"))
    shelf.save(quiz)
    told = json.dumps(result(quiz, pattern), indent=2, ensure_ascii=False)
    print(told if options.json else "\n".join(_told(quiz, pattern)))


def result(quiz: Quiz, pattern: Pattern) -> dict[str, object]:
    """A finished test in figures, with what to look at again."""
    return {
        "pattern": pattern.id,
        "seed": quiz.seed,
        "right": quiz.right,
        "questions": len(quiz.questions),
        "verdict": quiz.verdict.value,
        "by_difficulty": {name: list(counts) for name, counts in by_difficulty(quiz, pattern).items()},
        "misses": [
            {"id": item.id, "difficulty": item.difficulty, "learn": item.learn} for item in misses(quiz, pattern)
        ],
    }


def _ask(quiz: Quiz, pattern: Pattern, out: TextIO) -> str:
    """The item's letter that was answered; empty to leave."""
    place = quiz.place
    question = quiz.questions[place]
    item = next(each for each in pattern.items if each.id == question.item)
    print(f"Question {place + 1} of {len(quiz.questions)} ({item.difficulty})\n\n{item.stem}\n", file=out)
    for shown, letter in zip(LETTERS, question.order, strict=True):
        print(f"  {shown}  {_option(item, letter)}", file=out)
    while True:
        print("\nA to D, or Q to leave: ", end="", file=out, flush=True)
        line = sys.stdin.readline()
        said = line.strip().upper()
        if not line or said == "Q":
            return ""
        if len(said) == 1 and said in LETTERS:
            print(file=out)
            return question.order[LETTERS.index(said)]
        print("One letter, please.", end="", file=out)


def _told(quiz: Quiz, pattern: Pattern) -> list[str]:
    lines = [quiz.sentence, ""]
    lines += [f"{name:8}{got} of {count}" for name, (got, count) in by_difficulty(quiz, pattern).items()]
    given = {each.item: each.answer for each in quiz.questions}
    for item in misses(quiz, pattern):
        letter = given[item.id]
        lines += ["", item.stem]
        lines.append(f"  You: {_option(item, letter)}. {item.why_not_of(letter)}")
        lines.append(f"  Right: {_option(item, item.key)}")
        lines += [f"  {step}" for step in item.steps]
        lines.append(f"  In Learn: {LEARN_PARTS[item.learn]}")
    return lines


def _option(item: Item, letter: str) -> str:
    return item.options[LETTERS.index(letter)]

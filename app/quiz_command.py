"""`python -m app quiz PATTERN`: the test in a terminal. What is answered is kept, and goes on in the window too."""

import argparse
import json
import random
import sys
from dataclasses import replace
from datetime import datetime

from app.folders import Folders
from interviewer.pattern import LETTERS, Pattern
from interviewer.quiz import PARTS, Question, Quiz, QuizShelf, by_difficulty, draw, misses, open_one, verdict
from interviewer.store import Store


def take_quiz(options: argparse.Namespace, folders: Folders, pattern: Pattern) -> None:
    """Asks one question after the other; Q or the end of the input leaves, and the next time it goes on."""
    shelf = QuizShelf(folders.data)
    known = shelf.all()
    quiz = open_one(known, pattern) if options.seed is None else None
    if quiz is None:
        now = datetime.now()
        seed = random.randrange(1_000_000) if options.seed is None else options.seed
        quiz = draw(pattern, Store(folders.data).new_id(now), now.isoformat(timespec="minutes"), seed, known)
    elif quiz.place:
        print(f"Going on at question {quiz.place + 1}.\n")
    while quiz.place < len(quiz.questions):
        letter = _ask(quiz, pattern)
        if not letter:
            print("\nLeft in the middle; the same command goes on here.")
            return
        quiz = quiz.answered(quiz.place, letter)
        shelf.save(quiz)
    quiz = replace(quiz, finished=datetime.now().isoformat(timespec="minutes"))
    shelf.save(quiz)
    print(
        json.dumps(result(quiz, pattern), indent=2, ensure_ascii=False)
        if options.json
        else "\n".join(_told(quiz, pattern))
    )


def result(quiz: Quiz, pattern: Pattern) -> dict[str, object]:
    """A finished test in figures, with what to look at again."""
    wrong = misses(quiz, pattern)
    return {
        "pattern": pattern.id,
        "seed": quiz.seed,
        "right": len(quiz.questions) - len(wrong),
        "questions": len(quiz.questions),
        "verdict": verdict(quiz, pattern).value,
        "by_difficulty": {name: list(counts) for name, counts in by_difficulty(quiz, pattern).items()},
        "misses": [{"id": item.id, "difficulty": item.difficulty, "learn": item.learn} for item in wrong],
    }


def _ask(quiz: Quiz, pattern: Pattern) -> str:
    """The item's letter that was answered; empty to leave."""
    place = quiz.place
    question = quiz.questions[place]
    item = next(each for each in pattern.items if each.id == question.item)
    print(f"Question {place + 1} of {len(quiz.questions)} ({item.difficulty})\n\n{item.stem}\n")
    for shown, letter in zip(LETTERS, question.order, strict=True):
        print(f"  {shown}  {item.options[LETTERS.index(letter)]}")
    while True:
        print("\nA to D, or Q to leave: ", end="", flush=True)
        line = sys.stdin.readline()
        said = line.strip().upper()
        if not line or said == "Q":
            return ""
        if len(said) == 1 and said in LETTERS:
            print()
            return question.order[LETTERS.index(said)]
        print("One letter, please.", end="")


def _told(quiz: Quiz, pattern: Pattern) -> list[str]:
    wrong = misses(quiz, pattern)
    right = len(quiz.questions) - len(wrong)
    lines = [f"{verdict(quiz, pattern).title}: {right} of {len(quiz.questions)} right.", ""]
    lines += [f"{name:8}{got} of {count}" for name, (got, count) in by_difficulty(quiz, pattern).items()]
    questions = {each.item: each for each in quiz.questions}
    for item in wrong:
        question: Question = questions[item.id]
        lines += ["", item.stem]
        if question.answer:
            lines.append(f"  You: {item.options[LETTERS.index(question.answer)]}. {item.why_not_of(question.answer)}")
        lines.append(f"  Right: {item.options[LETTERS.index(item.key)]}")
        lines += [f"  {step}" for step in item.steps]
        lines.append(f"  In Learn: {PARTS[item.learn]}")
    return lines

"""The test of ten items: drawn by a seed, judged by the rule, kept, resumed; and the same in a terminal."""

import io
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from app.state.folders import system_folders
from app.terminal.cli import run_command
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern
from interviewer.practice.quiz import MIX, Question, Quiz, QuizVerdict, by_difficulty, draw, finish, misses, open_one
from interviewer.practice.quiz_shelf import QuizShelf

DAY = "2026-11-23T19:00"
WHOLE = (
    '{"id": "%s", "pattern": "earn-trust", "questions": %s, "seed": %s, "started": "", "finished": "", "right": 0, '
    '"verdict": "not_yet"}'
)


def drawn(pattern: Pattern, seed: int = 7, **more: object) -> Quiz:
    return draw(pattern, f"2026-11-23-1900-{seed:06x}", DAY, seed, **more)  # type: ignore[arg-type]


def answered(quiz: Quiz, pattern: Pattern, wrong: dict[str, int]) -> Quiz:
    """All right, but for so many of each difficulty."""
    left = dict(wrong)
    items = {item.id: item for item in pattern.items}
    for place, question in enumerate(quiz.questions):
        item = items[question.item]
        letter = item.key
        if left.get(item.difficulty, 0):
            left[item.difficulty] -= 1
            letter = next(each for each in "ABCD" if each != item.key)
        quiz = quiz.answered(place, letter)
    assert not any(left.values())
    return quiz


def test_a_seed_always_draws_the_same_ten(earn_trust: Pattern) -> None:
    assert drawn(earn_trust) == drawn(earn_trust)
    difficulty = {item.id: item.difficulty for item in earn_trust.items}
    for seed in range(50):
        quiz = drawn(earn_trust, seed)
        assert Counter(difficulty[each.item] for each in quiz.questions) == MIX
        assert len({each.item for each in quiz.questions}) == 10
        assert all(sorted(each.order) == list("ABCD") for each in quiz.questions)


def test_the_draw_favours_no_item_and_no_place(earn_trust: Pattern) -> None:
    keys = {item.id: item.key for item in earn_trust.items}
    asked, places, firsts = Counter[str](), Counter[str](), Counter[str]()
    for seed in range(600):
        quiz = drawn(earn_trust, seed)
        firsts[quiz.questions[0].item] += 1
        for each in quiz.questions:
            asked[each.item] += 1
            places[each.shown(keys[each.item])] += 1
    for item in earn_trust.items:
        bank = sum(other.difficulty == item.difficulty for other in earn_trust.items)
        assert asked[item.id] / 600 == pytest.approx(MIX[item.difficulty] / bank, abs=0.09)
    assert all(count / 6000 == pytest.approx(0.25, abs=0.03) for count in places.values())
    assert len(firsts) == len(earn_trust.items)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, QuizVerdict.STRONG),
        ({"easy": 2}, QuizVerdict.STRONG),
        ({"medium": 2}, QuizVerdict.STRONG),
        ({"hard": 1}, QuizVerdict.CLOSE),
        ({"hard": 2}, QuizVerdict.CLOSE),
        ({"easy": 1, "hard": 1}, QuizVerdict.CLOSE),
        ({"easy": 3}, QuizVerdict.CLOSE),
        ({"medium": 4}, QuizVerdict.CLOSE),
        ({"easy": 4, "medium": 1}, QuizVerdict.NOT_YET),
        ({"easy": 3, "medium": 2}, QuizVerdict.NOT_YET),
        ({"easy": 4, "medium": 4, "hard": 2}, QuizVerdict.NOT_YET),
    ],
)
def test_the_verdict_follows_the_rule(earn_trust: Pattern, wrong: dict[str, int], expected: QuizVerdict) -> None:
    """Strong: eight or more and each hard one; Close: six or seven, or eight with a hard miss; else Not yet."""
    quiz = answered(drawn(earn_trust), earn_trust, wrong)
    assert finish(quiz, earn_trust, DAY).verdict is expected
    assert len(misses(quiz, earn_trust)) == sum(wrong.values())
    assert by_difficulty(quiz, earn_trust) == {name: (count - wrong.get(name, 0), count) for name, count in MIX.items()}


def test_what_was_missed_today_comes_in_another_order(earn_trust: Pattern) -> None:
    first = answered(drawn(earn_trust), earn_trust, {"easy": 4, "medium": 4, "hard": 2})
    before = {each.item: each.order for each in first.questions}
    again = drawn(earn_trust, earlier=[first])  # the same seed
    assert {each.item for each in again.questions} == set(before)
    assert all(each.order != before[each.item] for each in again.questions)
    every = [Question(again.questions[0].item, "".join(order), "?") for order in permutations("ABCD")]
    assert drawn(earn_trust, earlier=[replace(first, questions=tuple(every))])  # there is an end to other orders
    tomorrow = draw(earn_trust, "x", "2026-11-24T08:00", 7, [first])
    assert [each.order for each in tomorrow.questions] == [each.order for each in first.questions]


def test_a_bank_that_changes_later_changes_no_history(earn_trust: Pattern, tmp_path: Path) -> None:
    done = finish(answered(drawn(earn_trust), earn_trust, {"easy": 4, "medium": 1}), earn_trust, DAY)
    QuizShelf(tmp_path).save(done)
    missed = {item.id for item in misses(done, earn_trust)}
    smaller = replace(earn_trust, items=tuple(item for item in earn_trust.items if item.id not in missed))
    (kept,) = QuizShelf(tmp_path).all()
    assert (kept.right, kept.verdict) == (5, QuizVerdict.NOT_YET)
    assert misses(kept, smaller) == ()


def test_a_small_bank_gives_what_it_has(earn_trust: Pattern) -> None:
    small = replace(earn_trust, items=earn_trust.items[:5])
    quiz = drawn(small)
    assert len(quiz.questions) == 5
    assert finish(answered(quiz, small, {"easy": 1}), small, DAY).verdict is QuizVerdict.STRONG


def test_it_is_kept_and_goes_on(earn_trust: Pattern, tmp_path: Path) -> None:
    shelf = QuizShelf(tmp_path)
    assert shelf.all() == ()
    quiz = drawn(earn_trust).answered(0, "A").answered(1, "C")
    shelf.save(quiz)
    assert shelf.all() == (quiz,)
    assert quiz.place == 2
    assert open_one(shelf.all(), earn_trust) == quiz
    shelf.save(finish(quiz, earn_trust, DAY))
    assert open_one(shelf.all(), earn_trust) is None
    with pytest.raises(PracticeError, match="finished elsewhere"):
        shelf.save(quiz)  # a window that still has it open
    assert open_one([quiz], replace(earn_trust, items=earn_trust.items[:3])) is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"questions": [["a", "AABC", ""]]}',
        "\x00",
        WHOLE % ("2026-11-01-0000-000000", "[]", 1),
        WHOLE % ("2026-11-01-0000-000000", '[["a", ["A", "B", "C", "D"], ""]]', 1),
        WHOLE % ("../../elsewhere", '[["a", "ABCD", ""]]', 1),
        WHOLE % ("2026-11-01-0000-000000", '[["a", "ABCD", ""]]', "Infinity"),
    ],
)
def test_a_damaged_one_hides_no_other(earn_trust: Pattern, tmp_path: Path, body: str) -> None:
    shelf = QuizShelf(tmp_path)
    shelf.save(drawn(earn_trust))
    (tmp_path / "quizzes" / "2026-11-01-0000-000000.json").write_text(body)
    assert shelf.all() == (drawn(earn_trust),)


def test_a_full_disk_is_one_sentence(earn_trust: Pattern, tmp_path: Path) -> None:
    (tmp_path / "quizzes").write_text("in the way")
    with pytest.raises(PracticeError, match="could not be written"):
        QuizShelf(tmp_path).save(drawn(earn_trust))


def keyed(pattern: Pattern, seed: int) -> list[str]:
    """What to type for a test without a fault."""
    keys = {item.id: item.key for item in pattern.items}
    return [each.shown(keys[each.item]) for each in drawn(pattern, seed).questions]


def test_in_a_terminal_with_a_known_seed(earn_trust: Pattern, home: Path, capsys, monkeypatch) -> None:
    right = keyed(earn_trust, 11)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(["x", *(letter.lower() for letter in right)]) + "\n"))
    assert run_command(["quiz", "earn-trust", "--seed", "11", "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["verdict"] == "strong"
    assert found["right"] == 10
    assert "One letter, please." in told.err


def test_in_a_terminal_it_goes_on_after_a_kill(earn_trust: Pattern, home: Path) -> None:
    """Killed in the middle, not asked to end: what was answered is there."""
    command = [sys.executable, "-m", "app", "quiz", "earn-trust"]
    first = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert first.stdin
    assert first.stdout
    first.stdin.write("A\nB\nC\n")
    first.stdin.flush()
    while not first.stdout.readline().startswith("Question 4 of 10"):
        pass
    first.kill()
    first.wait()
    first.stdin.close()
    first.stdout.close()
    (quiz,) = QuizShelf(system_folders().data).all()
    assert quiz.place == 3
    rest = subprocess.run(command, input="D\n" * 7, capture_output=True, text=True, check=True, timeout=60)
    assert "Going on at question 4." in rest.stdout
    (after,) = QuizShelf(system_folders().data).all()
    assert [each.answer for each in after.questions[:3]] == [each.answer for each in quiz.questions[:3]]
    assert after.finished
    assert after.verdict.title in rest.stdout

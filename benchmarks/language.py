"""`python -m benchmarks.language [dev|held]`: what the rules hear in labelled text, against the aims of language.md.

The sets in `benchmarks/labelled` were written by others than the rules' author, labels first. `held` was not looked at
while the rules were written. Each line is a figure, its aim, and their ratio; below 1.00 the aim is missed.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import NothingHeard, status_of
from content.loader import SHIPPED, load_pattern
from interviewer.findings.analysis import analyse
from interviewer.findings.probing import STRONG, UNRATED, WEAK, leaning
from interviewer.language.changes import changes
from interviewer.language.counts import counts
from interviewer.language.cues import listen
from interviewer.language.figures import figures
from interviewer.language.sectioning import position_only, propose_sections
from interviewer.language.speech import Speech
from interviewer.language.text import sentences
from interviewer.level import Level
from interviewer.pattern import Pattern, Section

LABELLED = Path(__file__).resolve().parent / "labelled"
PARTS = ("dev", "held")
LETTERS = {section.letter: section for section in Section}
Row = dict[str, Any]
Found = tuple[str, float, float]
"""What was measured, the figure, and its aim."""


def read(name: str, part: str) -> list[Row]:
    """The labelled entries of one kind. `dev` holds those of other writers and of the rules' author."""
    names = (f"{name}.jsonl", f"{name}.author.jsonl") if part == "dev" else (f"{name}.held.jsonl",)
    files = [LABELLED / each for each in names if (LABELLED / each).exists()]
    rows = [
        json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    if not rows:
        raise NothingHeard(f"there are no labelled {name} in the part {part}, and of nothing all is right")
    return rows


def share(hits: int, of: int) -> float:
    return hits / of if of else 1.0


def f1(hits: int, said: int, wanted: int) -> float:
    return 2 * hits / (said + wanted) if said + wanted else 1.0


# Cues and disqualifiers


def is_heard(pattern: Pattern, row: Row) -> bool:
    """Whether the rules hear the phrase of one labelled pair."""
    if row["kind"] == "cue":
        phrases = pattern.sections[LETTERS[row["section"]]].cues
    else:
        phrases = tuple(each.phrase for each in pattern.disqualifiers)
    phrase = next(each for each in phrases if each.text == row["phrase"])
    return bool(listen(phrase, sentences(row["text"])))


def cue_figures(pattern: Pattern, rows: Sequence[Row]) -> list[Found]:
    heard = [is_heard(pattern, row) for row in rows]
    wanted = [row["match"] for row in rows]
    hits = sum(one and other for one, other in zip(heard, wanted, strict=True))
    alarms = sum(one and not other for one, other in zip(heard, wanted, strict=True))
    asserted = sum(
        one and not row["match"] for one, row in zip(heard, rows, strict=True) if row["kind"] == "disqualifier"
    )
    negatives = len(rows) - sum(wanted)
    return [
        (f"cue pairs ({len(rows)}): F1", f1(hits, sum(heard), sum(wanted)), 0.80),
        ("  no false alarm on a hard negative", 1 - share(alarms, negatives), 0.80),
        (f"  disqualifiers asserted on a non-match: {asserted}; none is", float(asserted == 0), 1.0),
        ("  accepting everything: F1", f1(sum(wanted), len(rows), sum(wanted)), 0.0),
    ]


# Sections


def boundaries(labels: Sequence[Section]) -> list[tuple[int, Section]]:
    return [(place, labels[place]) for place in range(1, len(labels)) if labels[place] is not labels[place - 1]]


def section_figures(rows: Sequence[Row], propose: Callable[[list[str]], Sequence[Section]]) -> list[Found]:
    right = total = hits = said = wanted = missed_right = missed_said = missed = 0
    for row in rows:
        gold = [LETTERS[each["section"]] for each in row["sentences"]]
        found = propose([each["text"] for each in row["sentences"]])
        right += sum(one is other for one, other in zip(found, gold, strict=True))
        total += len(gold)
        ours, theirs = boundaries(found), boundaries(gold)
        said, wanted = said + len(ours), wanted + len(theirs)
        left = list(ours)
        for place, section in theirs:
            near = next((each for each in left if each[1] is section and abs(each[0] - place) <= 1), None)
            if near:
                left.remove(near)
                hits += 1
        lacking, lacked = set(Section) - set(found), {LETTERS[letter] for letter in row["missing"]}
        missed_right, missed_said, missed = (
            missed_right + len(lacking & lacked),
            missed_said + len(lacking),
            missed + len(lacked),
        )
    return [
        (f"stories ({len(rows)}): sentence accuracy", share(right, total), 0.85),
        ("  boundaries within one sentence: F1", f1(hits, said, wanted), 0.85),
        (f"  missing sections: recall ({missed})", share(missed_right, missed), 0.85),
        ("  missing sections: precision", share(missed_right, missed_said), 0.50),
    ]


# Follow-ups


def probe_figures(pattern: Pattern, rows: Sequence[Row], judge: Callable[[Row], str]) -> list[Found]:
    judged = [(row, judge(row)) for row in rows]
    rated = [(row, said) for row, said in judged if row["leaning"] != UNRATED]
    tricky = [(row, said) for row, said in rated if row["tricky"]]
    others = [(row, said) for row, said in judged if row["leaning"] == UNRATED]
    wrong = sum(said not in (row["leaning"], UNRATED) for row, said in rated)
    return [
        (f"probe answers ({len(rated)}): right", share(sum(r["leaning"] == s for r, s in rated), len(rated)), 21 / 24),
        (f"  tricky ({len(tricky)}): right", share(sum(r["leaning"] == s for r, s in tricky), len(tricky)), 5 / 6),
        (f"  non-answers ({len(others)}): unrated", share(sum(s == UNRATED for _, s in others), len(others)), 1.0),
        (f"  called the opposite: {wrong}; at most one in ten is", float(wrong <= len(rated) / 10), 1.0),
    ]


def length_only(rows: Sequence[Row]) -> Callable[[Row], str]:
    """Longer than the median is strong: it needs no reading at all."""
    middle = statistics.median(len(row["text"].split()) for row in rows)
    return lambda row: STRONG if len(row["text"].split()) > middle else WEAK


# Lines


def quote_figures(name: str, rows: Sequence[Row], find: Callable[[str], Sequence[Any]]) -> list[Found]:
    hits = said = wanted = 0
    for row in rows:
        found = [(quote.start, quote.end) for quote in find(row["text"])]
        gold, place = [], 0
        for quote in row[name]:
            at = row["text"].find(quote, place)
            at = at if at >= 0 else row["text"].find(quote)
            gold.append((at, at + len(quote)))
            place = at + 1
        said, wanted = said + len(found), wanted + len(gold)
        for start, end in gold:
            near = next((each for each in found if overlaps(each, (start, end))), None)
            if near:
                found.remove(near)
                hits += 1
    return [
        (f"  {name} ({wanted}): precision", share(hits, said), 0.9),
        (f"  {name}: recall", share(hits, wanted), 0.8),
    ]


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * both > max(one[1] - one[0], other[1] - other[0])


def line_figures(rows: Sequence[Row]) -> list[Found]:
    return [
        (f"lines ({len(rows)}): I exact", share(sum(counts(r["text"]).i == r["i"] for r in rows), len(rows)), 0.96),
        ("  we exact", share(sum(counts(r["text"]).we == r["we"] for r in rows), len(rows)), 0.96),
        *quote_figures("figures", rows, figures),
        *quote_figures("changes", rows, changes),
        *quote_figures("fillers", rows, lambda text: counts(text).fillers),
        *quote_figures("hedges", rows, lambda text: counts(text).hedges),
    ]


def print_figures(found: Sequence[Found]) -> None:
    for name, figure, aim in found:
        against = f"aim {aim:.3f}  ratio {figure / aim:.2f}{'' if figure >= aim - 1e-9 else '  MISSED'}" if aim else ""
        print(f"  {name:<58}{figure:6.3f}  {against}")


def without_aims(found: Sequence[Found]) -> list[Found]:
    """Of a baseline, which aims at nothing."""
    return [(name, figure, 0.0) for name, figure, _ in found]


def report(part: str) -> None:
    """All figures of one part."""
    pattern = load_pattern(SHIPPED / "earn-trust.toml")
    print(f"{'Development set' if part == 'dev' else 'Held-out set'}")
    print_figures(cue_figures(pattern, read("cues", part)))
    stories = read("stories", part)
    print_figures(section_figures(stories, propose_sections))
    print("  ... by position alone:")
    print_figures(
        [(name, figure, 0.0) for name, figure, _ in section_figures(stories, lambda s: position_only(len(s)))]
    )
    answers = read("probes", part)
    probes = {probe.id: probe for probe in pattern.probes}
    print_figures(
        probe_figures(pattern, answers, lambda row: leaning(pattern, probes[row["probe"]], row["text"]).leaning)
    )
    print("  ... by length alone:")
    print_figures(
        [(name, figure, 0.0) for name, figure, _ in probe_figures(pattern, answers, length_only(answers))[:2]]
    )
    print_figures(line_figures(read("lines", part)))


def time_of_findings() -> None:
    """All findings of an answer of 175 s: the shipped pattern's own, some 440 words."""
    pattern = load_pattern(SHIPPED / "earn-trust.toml")
    best = []
    for number in range(20):
        speeches = {
            section: Speech.typed(guide.example.replace(".", f" {number}."))  # new to every cache
            for section, guide in pattern.sections.items()
        }
        began = time.perf_counter()
        analysis = analyse(pattern, Level.SDE2, speeches)
        best.append(time.perf_counter() - began)
        if not any(heard.hearing for heard in analysis.signals):
            raise NothingHeard("no signal was heard in the pattern's own story")
    words = sum(len(guide.example.split()) for guide in pattern.sections.values())
    print(
        f"All findings of an answer of {words} words: median {1_000 * statistics.median(best):.1f} ms, "
        f"worst {1_000 * max(best):.1f} ms (goal: below 50)"
    )


def main(parts: Sequence[str] = PARTS) -> None:
    for part in parts:
        report(part)
        print()
    time_of_findings()


if __name__ == "__main__":
    sys.exit(status_of(lambda: main(sys.argv[1:] or PARTS)))

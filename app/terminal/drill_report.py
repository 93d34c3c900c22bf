"""One attempt at one section as JSON and for a terminal."""

from typing import Any

from interviewer.pattern import Pattern, Section
from interviewer.practice.drill import USUAL_PACE, attempts_of, own_pace, section_findings, surplus, words_that_fit
from interviewer.session import Session
from interviewer.timing import Verdict, time_words


def drill_report(pattern: Pattern, session: Session, section: Section) -> dict[str, Any]:
    """Times in seconds; `words_per_minute` is null where too little was heard to know it."""
    target = session.targets[section]
    (attempt,) = attempts_of(session, target)
    (take,) = session.takes
    pace = own_pace([take])
    beyond = surplus(take, target)
    return {
        "pattern": pattern.id,
        "section": section.value,
        "level": session.level.value,
        "seconds": round(attempt.seconds, 3),
        "speech_seconds": None if attempt.speech_seconds is None else round(attempt.speech_seconds, 3),
        "target_seconds": target,
        "verdict": attempt.verdict.value,
        "words_per_minute": None if pace is None else round(pace),
        "words_that_fit": words_that_fit(target, pace or USUAL_PACE),
        "surplus": None if beyond is None else {"text": beyond.text, "start": beyond.start},
        "transcript": take.transcript.text if take.transcript else None,
        "findings": [
            {"rule": each.rule, "why": each.why, "quote": each.quote.text, "instead": each.instead}
            for each in section_findings(pattern, session, section)
        ],
    }


def drill_lines(report: dict[str, Any]) -> str:
    """The same for reading."""
    spoken = report["seconds"] if report["speech_seconds"] is None else report["speech_seconds"]
    told = time_words(spoken, report["target_seconds"], Verdict(report["verdict"]))
    lines = [f"{report['section'].capitalize()}: {told}."]
    whose = "at your own pace" if report["words_per_minute"] else f"at {USUAL_PACE:g} words a minute"
    lines.append(f"{report['words_that_fit']} words fit {whose}.")
    if report["surplus"]:
        lines.append(f"Beyond the target: “{report['surplus']['text']}”")
    if report["transcript"] is not None:
        lines += ["", report["transcript"] or "(no words)"]
    for finding in report["findings"]:
        lines += [
            "",
            finding["why"],
            *([f"  “{finding['quote']}”"] if finding["quote"] else []),
            f"  {finding['instead']}",
        ]
    return "\n".join(lines)

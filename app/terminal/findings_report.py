"""What an answer proves and lacks, as JSON and for a terminal."""

from collections.abc import Sequence
from typing import Any

from interviewer.findings.analysis import NOT_MEASURED, Analysis, analyse
from interviewer.findings.finding import Finding
from interviewer.findings.probing import LEANING_WORDS, Leaning, leaning
from interviewer.language.figures import Quote as Figure
from interviewer.language.speech import Quote, Speech
from interviewer.language.written import read_written
from interviewer.level import Level
from interviewer.pattern import GapProbe, Pattern, Probe, Section


def analysed_text(
    pattern: Pattern, level: Level, text: str, section: Section | None, probe: Probe | GapProbe | None
) -> dict[str, Any]:
    """The findings of a typed answer, one section of it, or a follow-up. Raises PracticeError when it is empty."""
    if probe:
        # A follow-up has no sections: the rules that look at one stay silent, the pattern's phrases are heard anywhere.
        written = read_written(text, Section.ACTION)
        analysis = analyse(pattern, level, {Section.ACTION: Speech.typed(text)}, is_whole=False, rules=())
        homeless = [{"text": sentence.text, "section": None} for sentence in written.sentences]
        return {"sentences": homeless, **findings_json(analysis), "probe": leaning_json(leaning(pattern, probe, text))}
    written = read_written(text, section)
    speeches = (
        {section: Speech.typed(text)}
        if section
        else {each: Speech.typed(told) for each, told in written.by_section().items()}
    )
    analysis = analyse(pattern, level, speeches, is_whole=section is None)
    pairs = zip(written.sentences, written.sections, strict=True)
    return {
        "sentences": [_sentence(each.text, place) for each, place in pairs],
        **findings_json(analysis),
        "probe": None,
    }


def findings_json(analysis: Analysis, with_times: bool = False) -> dict[str, Any]:
    """Cues, signals, disqualifiers, findings and counts. `with_times` adds start and end in seconds to each quote."""

    def times(quote: Quote) -> dict[str, Any]:
        return {"start": quote.start, "end": quote.end} if with_times else {}

    counts = analysis.counts
    return {
        "cues": [
            {
                "section": cue.section.value,
                "phrase": cue.phrase,
                "heard": cue.hearing.heard,
                "quote": cue.quote.text,
                **times(cue.quote),
            }
            for cue in analysis.cues
        ],
        "signals": [
            {
                "section": heard.section.value,
                "signal": heard.signal.name,
                "heard": heard.hearing.heard,
                "quote": heard.quote.text,
                **times(heard.quote),
            }
            for heard in analysis.signals
        ],
        "disqualifiers": [
            {
                "phrase": each.disqualifier.phrase.text,
                "severity": each.disqualifier.severity,
                "quote": each.quote.text,
                **times(each.quote),
            }
            for each in analysis.disqualifiers
        ],
        "findings": [{**_finding(finding), **times(finding.quote)} for finding in analysis.findings],
        "lamps": {lamp.name: lamp.state or None for lamp in analysis.lamps()},
        "listener": analysis.listener(),
        "counts": {
            "i": counts.i,
            "we": counts.we,
            "figures": _quotes(analysis.figures),
            "changes": _quotes(analysis.changes),
            "fillers": _quotes(counts.fillers),
            "hedges": _quotes(counts.hedges),
        },
    }


def sentences_json(analysis: Analysis) -> list[dict[str, Any]]:
    """The sentences of a spoken answer with their times."""
    return [
        {**_sentence(sentence.text, section), "start": quote.start, "end": quote.end}
        for section, speech, sentence in analysis.answer.sentences()
        for quote in [speech.quote(sentence.start, sentence.end)]
    ]


def leaning_json(judged: Leaning) -> dict[str, Any]:
    return {"leaning": judged.leaning, "because": list(judged.because)}


def as_lines(report: dict[str, Any]) -> str:
    """The findings for reading in a terminal."""
    lines = []
    if report["probe"]:
        lines.append(LEANING_WORDS[report["probe"]["leaning"]])
        lines += [f"  - {reason}" for reason in report["probe"]["because"]]
    else:
        lines.append("   ".join(f"{name}: {state or NOT_MEASURED}" for name, state in report["lamps"].items()))
        lines += ["", report["listener"]]
    for number, finding in enumerate(report["findings"], 1):
        where = f"{finding['section']}: " if finding["section"] else ""
        lines += ["", f"{number}. {where}{finding['why']}"]
        if finding["quote"]:
            lines.append(f"   You said: “{finding['quote']}”")
        if finding["instead"]:
            lines.append(f"   Instead:  {finding['instead']}")
    return "\n".join(lines)


def _sentence(text: str, section: Section) -> dict[str, Any]:
    return {"text": text, "section": section.value}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "section": finding.section and finding.section.value,
        "quote": finding.quote.text,
        "why": finding.why,
        "instead": finding.instead,
    }


def _quotes(found: Sequence[Figure]) -> list[dict[str, str]]:
    return [{"quote": each.text} for each in found]

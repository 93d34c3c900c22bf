"""A rehearsal as JSON and as a small table. Words only; the times come from the session."""

from typing import Any

from app.findings_report import as_lines, findings_json, leaning_json, sentences_json
from app.rehearsal import Rehearsal
from interviewer.debrief import total_time, verdict_sentence
from interviewer.interview import GAP_PROBE_SECONDS, turns_of
from interviewer.pattern import Pattern, Probe
from interviewer.probing import leaning
from interviewer.reading import probe_text, read_session
from interviewer.session import Session, Take
from interviewer.timing import RATE_HZ, SectionTime, Span
from interviewer.transcript import Transcript, Word

VERDICT_WORDS = {
    "inside": "inside",
    "just_over": "just over",
    "over": "over",
    "far_over": "far over",
    "thin": "thin",
    "missing": "not found",
}


def as_json(rehearsal: Rehearsal, pattern: Pattern) -> dict[str, Any]:
    """The rehearsal as plain data; times in seconds on the clock of the file."""
    return {**session_json(rehearsal.session, pattern), "notices": list(rehearsal.notices)}


def session_json(session: Session, pattern: Pattern) -> dict[str, Any]:
    """A session with its times, words and findings as plain data."""
    total = total_time(session)
    analysis = read_session(pattern, session)
    return {
        "pattern": pattern.id,
        "level": session.level.value,
        "started": session.started,
        "source": session.source,
        "verdict_sentence": verdict_sentence(session),
        "sections": [_section(session, time) for time in session.section_times()],
        "total": {
            "seconds": _rounded(total.seconds),
            "speech_seconds": _rounded(total.speech_seconds),
            "target_seconds": total.target_seconds,
            "verdict": total.verdict and total.verdict.value,
        },
        "probes": [_probe(session, pattern, turn.key) for turn in turns_of(pattern, session) if turn.is_probe],
        "sentences": sentences_json(analysis),
        **findings_json(analysis, with_times=True),
    }


def as_text(rehearsal: Rehearsal, pattern: Pattern) -> str:
    """The rehearsal for reading in a terminal."""
    document = as_json(rehearsal, pattern)
    lines = [f"{pattern.principle} · {rehearsal.session.level.title}", "", document["verdict_sentence"], ""]
    lines.append(f"{'':12}{'spoken':>8}{'target':>8}")
    for section in document["sections"]:
        lines.append(_table_row(section["section"].capitalize(), section))
    lines.append(_table_row("All five", document["total"]))
    for section in document["sections"]:
        if section["transcript"]:
            lines += ["", f"{section['section'].capitalize()}:", f"  {section['transcript']}"]
    if document["sentences"]:
        lines += ["", as_lines({**document, "probe": None})]
    lines += ["", "Follow-ups:"]
    for number, probe in enumerate(document["probes"], 1):
        lines.append(f"{number}. {probe['text']}")
        lines.append(f"   It tests: {probe['because']}")
        if probe["answer"]:
            spoken = probe["answer"]["speech_seconds"] or 0.0
            lines.append(f"   Your answer ({spoken:.1f} s): {probe['answer']['transcript'] or 'no words yet'}")
    return "\n".join(lines)


def _table_row(name: str, time: dict[str, Any]) -> str:
    spoken = time["speech_seconds"] if time["speech_seconds"] is not None else time["seconds"]
    shown = "  no time" if spoken is None else f"{spoken:6.1f} s"
    verdict = VERDICT_WORDS.get(time["verdict"], "")
    return f"{name:12}{shown}{time['target_seconds']:6.0f} s  {verdict}"


def _section(session: Session, time: SectionTime) -> dict[str, Any]:
    found = session.take_of(time.section)
    words = _words(*found) if found else ()
    text = session.typed.get(time.section, Transcript(words, "").text)
    return {
        "section": time.section.value,
        "seconds": _rounded(time.seconds),
        "speech_seconds": _rounded(time.speech_seconds),
        "target_seconds": time.target_seconds,
        "verdict": time.verdict and time.verdict.value,
        "transcript": text,
        "words": [_word(word) for word in words],
    }


def _probe(session: Session, pattern: Pattern, probe_id: str) -> dict[str, Any]:
    probe = pattern.any_probe(probe_id)
    take = session.latest(probe_id)
    answer = None
    if take:
        whole = Span(0, take.frames)
        speech = take.speech(whole)
        words = _words(take, whole)
        answer = {
            "seconds": _rounded(whole.seconds),
            "speech_seconds": _rounded(speech.seconds if speech else 0.0),
            "target_seconds": probe.ceiling_seconds if isinstance(probe, Probe) else GAP_PROBE_SECONDS,
            "transcript": Transcript(words, "").text,
            "words": [_word(word) for word in words],
        }
    judged = leaning_json(leaning(pattern, probe, probe_text(session, probe_id))) if answer else None
    return {
        "id": probe.id,
        "text": probe.text,
        "kind": probe.kind if isinstance(probe, Probe) else "gap",
        "because": probe.signal if isinstance(probe, Probe) else probe.because,
        "answer": answer,
        "leaning": judged,
    }


def _words(take: Take, span: Span) -> tuple[Word, ...]:
    if take.transcript is None:
        return ()
    return take.transcript.between(span.start / RATE_HZ, span.end / RATE_HZ).words


def _word(word: Word) -> dict[str, Any]:
    return {"text": word.text, "start": word.start, "end": word.end, "probability": word.probability}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)

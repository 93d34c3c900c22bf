"""A rehearsal as JSON and as a small table. Words only; the times come from the session."""

from collections.abc import Collection
from typing import Any

from app.terminal.findings_report import as_lines, findings_json, leaning_json, sentences_json
from app.terminal.rehearsal import Rehearsal
from interviewer.findings.probing import leaning
from interviewer.findings.session_reading import read_session
from interviewer.findings.verdict_sentence import session_sentence, total_time
from interviewer.interview import GAP_PROBE_SECONDS, turns_of
from interviewer.pattern import Pattern, Probe
from interviewer.session import Session
from interviewer.stretches import Stretch, answers_of, heading_of, others_of, speech_in
from interviewer.timing import SectionTime
from interviewer.transcript import Word


def as_json(rehearsal: Rehearsal, pattern: Pattern) -> dict[str, Any]:
    """The rehearsal as plain data; times in seconds on the clock of the file."""
    return {**session_json(rehearsal.session, pattern), "notices": list(rehearsal.notices)}


def session_json(session: Session, pattern: Pattern) -> dict[str, Any]:
    """A session with its times, words and findings as plain data."""
    total = total_time(session)
    analysis = read_session(pattern, session)
    probes = [turn.key for turn in turns_of(pattern, session) if turn.is_probe]
    return {
        "pattern": pattern.id,
        "level": session.level.value,
        "started": session.started,
        "source": session.source,
        "verdict_sentence": session_sentence(session),
        "sections": [_section(session, time) for time in session.section_times()],
        "total": {
            "seconds": _rounded(total.seconds),
            "speech_seconds": _rounded(total.speech_seconds),
            "target_seconds": total.target_seconds,
            "verdict": total.verdict and total.verdict.value,
        },
        "probes": [_probe(session, pattern, probe) for probe in probes],
        "others": _others(session, probes),
        "sentences": sentences_json(analysis),
        **findings_json(analysis, with_times=True),
    }


def as_text(rehearsal: Rehearsal, pattern: Pattern) -> str:
    """The rehearsal for reading in a terminal."""
    document, session = as_json(rehearsal, pattern), rehearsal.session
    lines = [f"{pattern.principle} · {session.level.title}", "", document["verdict_sentence"], ""]
    lines += [f"{time.section.title:12}{time.words}" for time in session.section_times()]
    lines.append(f"{'All five':12}{total_time(session).words}")
    for section in document["sections"]:
        if section["transcript"]:
            lines += ["", f"{section['section'].capitalize()}:", f"  {section['transcript']}"]
    for other in document["others"]:
        lines += ["", f"{other['heading']}:", f"  {other['transcript']}"]
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


def _section(session: Session, time: SectionTime) -> dict[str, Any]:
    speech = speech_in(session, time.section)
    return {
        "section": time.section.value,
        "seconds": _rounded(time.seconds),
        "speech_seconds": _rounded(time.speech_seconds),
        "target_seconds": time.target_seconds,
        "verdict": time.verdict and time.verdict.value,
        "transcript": speech.text if speech else "",
        "words": [_word(word) for word in speech.words] if speech else [],
    }


def _others(session: Session, probes: Collection[str]) -> list[dict[str, Any]]:
    """What was said beside the sections and these follow-ups: also in answer to one that is not asked any more."""
    answers = answers_of(session).items()
    told = [(turn, stretch) for turn, stretch in answers if turn not in probes]
    told += [(heading_of(stretch), stretch) for stretch in others_of(session)]
    return [_other(heading, stretch) for heading, stretch in told if stretch.words()]


def _other(heading: str, stretch: Stretch) -> dict[str, Any]:
    words = stretch.words()
    return {
        "heading": heading,
        "take": stretch.take.id,
        "section": stretch.section and stretch.section.value,
        "transcript": " ".join(word.text for word in words),
        "words": [_word(word) for word in words],
    }


def _probe(session: Session, pattern: Pattern, probe_id: str) -> dict[str, Any]:
    probe = pattern.any_probe(probe_id)
    stretch = answers_of(session).get(probe_id)
    answer, text = None, ""
    if stretch:
        voice, words = stretch.take.speech(stretch.span), stretch.words()
        text = " ".join(word.text for word in words)
        answer = {
            "seconds": _rounded(stretch.span.seconds),
            "speech_seconds": _rounded(voice.seconds if voice else 0.0),
            "target_seconds": probe.ceiling_seconds if isinstance(probe, Probe) else GAP_PROBE_SECONDS,
            "transcript": text,
            "words": [_word(word) for word in words],
        }
    judged = leaning_json(leaning(pattern, probe, text)) if answer else None
    return {
        "id": probe.id,
        "text": probe.text,
        "kind": probe.kind if isinstance(probe, Probe) else "gap",
        "because": probe.signal if isinstance(probe, Probe) else probe.because,
        "answer": answer,
        "leaning": judged,
    }


def _word(word: Word) -> dict[str, Any]:
    return {"text": word.text, "start": word.start, "end": word.end, "probability": word.probability}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)

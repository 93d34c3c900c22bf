"""A session as text for other programs: plain, Markdown, subtitles, figures, one web page. Inert in all of them.

What people said may look like a formula, a tag or a link. It stays what it is: words.
"""

import base64
import csv
import html
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from interviewer.findings.analysis import Analysis
from interviewer.findings.session_reading import read_session
from interviewer.findings.verdict_sentence import session_sentence
from interviewer.pattern import GapProbe, Pattern, Probe
from interviewer.session import Session, Take
from interviewer.stretches import answers_of, heading_of, others_of, speech_in
from interviewer.timeline import timeline_of
from interviewer.timing import RATE_HZ
from interviewer.transcript import Word

LINE_SECONDS = 6.0
LINE_WORDS = 12
"""A subtitle is at most so long."""

COLUMNS = ("session", "principle", "level", "section", "seconds", "speech_seconds", "target_seconds", "verdict")

_RISKY = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def as_plain(session: Session, pattern: Pattern) -> str:
    """For reading anywhere."""
    lines = [_title(session), session_sentence(session), ""]
    for heading, text in _told(session, pattern):
        lines += [heading, text or "(no words)", ""]
    return "\n".join(lines)


def as_markdown(session: Session, pattern: Pattern) -> str:
    """With headings and a table of times."""
    lines = [f"# {_marked(_title(session))}", "", _marked(session_sentence(session)), ""]
    lines += ["| Section | Time |", "|---|---|"]
    lines += [f"| {time.section.title} | {time.words} |" for time in session.section_times()]
    for heading, text in _told(session, pattern):
        lines += ["", f"## {_marked(heading)}", "", _marked(text) or "(no words)"]
    analysis = read_session(pattern, session)
    if analysis.findings:
        lines += ["", "## Findings", ""]
        for finding in analysis.findings:
            quote = f" “{finding.quote.text}”" if finding.quote.text else ""
            lines.append(f"- {_marked(finding.why + quote)} {_marked(finding.instead)}")
    return "\n".join(lines) + "\n"


def as_srt(session: Session, pattern: Pattern) -> str:
    """Subtitles of the takes, one after the other."""
    blocks = []
    for number, (start, end, text) in enumerate(_lines(session), 1):
        blocks.append(f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{_subtitle(text)}\n")
    return "\n".join(blocks)


def as_vtt(session: Session, pattern: Pattern) -> str:
    """The same for web players."""
    blocks = [
        f"{_time(start, '.')} --> {_time(end, '.')}\n{html.escape(_subtitle(text), quote=False)}\n"
        for start, end, text in _lines(session)
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def as_csv(session: Session, pattern: Pattern) -> str:
    """Figures and the verdict in words, a row a section. No cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for time in session.section_times():
        cells: Sequence[object] = (
            session.id,
            session.principle,
            session.level.value,
            time.section.value,
            "" if time.seconds is None else round(time.seconds, 3),
            "" if time.speech_seconds is None else round(time.speech_seconds, 3),
            time.target_seconds,
            time.verdict.words if time.verdict else time.words,
        )
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def as_html(session: Session, pattern: Pattern, folder: Path | None = None) -> str:
    """One page with the sound in it, if the session's folder is given. No script, no address of anything elsewhere."""
    analysis = read_session(pattern, session)
    parts = [f"<h1>{_safe(_title(session))}</h1>", f"<p><b>{_safe(session_sentence(session))}</b></p>", _chart(session)]
    parts += _finding_parts(analysis)
    for heading, text in _told(session, pattern):
        parts.append(f"<h2>{_safe(heading)}</h2><p>{_safe(text or '(no words)')}</p>")
    for take in session.takes:
        sound = folder / take.file if folder else None
        if sound and sound.is_file():
            data = base64.b64encode(sound.read_bytes()).decode()
            parts.append(f"<p>{_safe(take.id)}</p><audio controls src='data:audio/wav;base64,{data}'></audio>")
    policy = "default-src 'none'; media-src data:; style-src 'unsafe-inline'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    return (
        f"<!doctype html>\n<html lang='en'><head>{head}<title>{_safe(_title(session))}</title>{_STYLE}</head><body>\n"
        + ("\n".join(parts) + "\n</body></html>\n")
    )


FORMATS: dict[str, Callable[[Session, Pattern], str]] = {
    "text": as_plain,
    "markdown": as_markdown,
    "srt": as_srt,
    "vtt": as_vtt,
    "csv": as_csv,
    "html": as_html,
}

_STYLE = (
    "<style>body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}td{padding:.1em .8em .1em 0}"
    ".bar{display:inline-block;height:.8em;background:#2f6690}.over{background:#b3261e}"
    "blockquote{margin:.2em 0;font-style:italic}</style>"
)


def _title(session: Session) -> str:
    source = f" · {session.source}" if session.source else ""
    return f"{session.principle} · {session.level.title} · {session.started.replace('T', ', ')}{source}"


def _told(session: Session, pattern: Pattern) -> Iterator[tuple[str, str]]:
    """All that was said, each word once: sections, follow-ups with their question, then what counts for neither; what
    the person noted."""
    for time in session.section_times():
        speech = speech_in(session, time.section)
        yield f"{time.section.title} ({time.words})", speech.text if speech else ""
    probes: tuple[Probe | GapProbe, ...] = (*pattern.probes, *pattern.gap_probes)
    questions = {probe.id: probe.text for probe in probes}
    answers = answers_of(session)
    for turn in (each for each in {**questions, **answers} if each in answers):
        yield questions.get(turn, turn), " ".join(word.text for word in answers[turn].words())
    for stretch in others_of(session):
        if words := stretch.words():
            yield heading_of(stretch), " ".join(word.text for word in words)
    for take in session.takes:
        if take.note:
            yield f"Your note ({take.id})", take.note


def _lines(session: Session) -> Iterator[tuple[float, float, str]]:
    """Subtitle lines with their times, the takes laid end to end: first those that count, as they lie in the sound that
    is written out, then the others."""
    offset = 0.0
    takes = {take.id: take for take in session.takes}
    counting = dict.fromkeys(piece.take for piece in timeline_of(session).pieces)
    for take in (takes[take_id] for take_id in {**counting, **dict.fromkeys(takes)}):
        line: list[Word] = []
        for word in take.transcript.words if take.transcript else ():
            is_full = len(line) >= LINE_WORDS or (line and word.end - line[0].start > LINE_SECONDS)
            if is_full or (line and line[-1].text.endswith((".", "?", "!"))):
                yield _line(line, offset)
                line = []
            line.append(word)
        if line:
            yield _line(line, offset)
        offset += _seconds(take)


def _line(words: Sequence[Word], offset: float) -> tuple[float, float, str]:
    return words[0].start + offset, words[-1].end + offset, " ".join(word.text for word in words)


def _seconds(take: Take) -> float:
    return take.frames / RATE_HZ


def _time(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def _subtitle(text: str) -> str:
    """One line in which no arrow can begin another subtitle."""
    return " ".join(text.split()).replace("-->", "→")


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP): the sign of one is preceded by a quote."""
    if not isinstance(value, str):
        return value
    plain = value.replace("\n", " ").replace("\r", " ")
    return f"'{plain}" if plain.lstrip(" \u00a0").startswith(_RISKY) else plain


def _marked(text: str) -> str:
    """Text in which nothing is Markdown or HTML."""
    plain = html.escape(" ".join(text.split()), quote=False)
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#|!~" else sign for sign in plain)
    return f"\\{escaped}" if escaped[:1] in ("-", "+", "=") else escaped.replace("://", ":\\//")


def _safe(text: str) -> str:
    return html.escape(text)


def _chart(session: Session) -> str:
    times = session.section_times()
    longest = max([*(time.target_seconds for time in times), *((time.speech_seconds or 0.0) for time in times)])
    rows = []
    for time in times:
        share = 60 * (time.speech_seconds or time.seconds or 0.0) / longest
        kind = "bar over" if time.over_seconds else "bar"
        bar = f"<span class='{kind}' style='width:{share:.1f}%'></span>"
        rows.append(f"<tr><td>{time.section.title}</td><td>{time.words}</td><td width='60%'>{bar}</td></tr>")
    return f"<table width='100%'>{''.join(rows)}</table>"


def _finding_parts(analysis: Analysis) -> list[str]:
    parts = ["<h2>Findings</h2>"] if analysis.findings else []
    for finding in analysis.findings:
        quote = f"<blockquote>“{_safe(finding.quote.text)}”</blockquote>" if finding.quote.text else ""
        parts.append(f"<p>{_safe(finding.why)}{quote}{_safe(finding.instead)}</p>")
    return parts

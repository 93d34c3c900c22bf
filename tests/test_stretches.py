"""Each word that was said is in every whole text exactly once, and everybody finds the same words in a section."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.screens.drill.sitting import sitting_of
from app.terminal.rehearsal import Rehearsal
from app.terminal.report import as_text, session_json
from interviewer.disk.exports import FORMATS
from interviewer.disk.index_entry import spoken_text
from interviewer.findings.comparison import compare
from interviewer.findings.delivery import STANDARD
from interviewer.findings.session_reading import probe_text, read_delivery, read_session, speeches_of
from interviewer.findings.telling import telling
from interviewer.findings.trends import measured
from interviewer.interview import turns_of
from interviewer.level import Level
from interviewer.pattern import Pattern, Section
from interviewer.session import Session, Take
from interviewer.stretches import others_of, speech_in, stretch_of, stretches_of
from interviewer.timeline import timeline_of
from interviewer.timing import RATE_HZ, Mark, Span
from interviewer.transcript import Transcript, Word

S, T, A, R, F = Section
TAIL_SECONDS = 0.25
"""What is recorded after the last key."""


def take(name: str, seconds: float, *starts: tuple[float, Section], turn: str = "", at: tuple[float, ...] = ()) -> Take:
    """A take with words of its own around every second, at its marks, at its end, in its tail and beyond it."""
    ends = (seconds - 0.02, seconds + 0.05, seconds + TAIL_SECONDS - 0.02, seconds + TAIL_SECONDS, seconds + 1.0)
    edges = [start + more for start, _ in starts for more in (-0.1, -0.05, 0.0, 0.05)]
    middles = sorted({*(n + 0.5 for n in range(int(seconds))), *ends, *edges, *at})
    letters = name.replace("-", "").replace("1", "one").replace("2", "two")
    words = tuple(
        Word(f"{letters}x{number}q", middle - 0.1, middle + 0.1, 0.9) for number, middle in enumerate(middles)
    )
    marks = tuple(Mark(round(start * RATE_HZ), section) for start, section in starts)
    end, frames = round(seconds * RATE_HZ), round((seconds + TAIL_SECONDS) * RATE_HZ)
    voiced = (Span(0, frames),)
    return Take(name, turn or name.partition("-")[0], f"{name}.wav", marks, end, frames, voiced, Transcript(words, "m"))


def sessions(pattern: Pattern) -> dict[str, Session]:
    whole = take("answer-1", 30.0, (0, S), (6, T), (12, A), (20, R), (26, F))
    late = take("answer-1", 30.0, (2.5, S), (6, T), (12, A), (20, R), (26, F))
    half = take("answer-1", 12.0, (0, S), (6, T))
    parts = tuple(take(f"{section.value}-1", 5.0, (0, section)) for section in Section)
    redone = take("task-2", 4.0, (0, T))
    probes = tuple(take(f"{probe.id}-1", 5.0) for probe in pattern.probes[:2])
    again = replace(take(f"{pattern.probes[0].id}-2", 5.0), turn=pattern.probes[0].id)
    base = Session(
        "2026-11-23-1000-abcdef", pattern.id, pattern.principle, Level.SDE2, "2026-11-23T10:00", 1,
        pattern.targets(Level.SDE2), 175.0, is_closed=True,
    )  # fmt: skip
    takes = {
        "one take": (whole, *probes),
        "words before the first mark": (late,),
        "marks on one spot": (take("answer-1", 9.0, (0, S), (4, T), (4, A)),),
        "a section twice in one take": (take("answer-1", 9.0, (0, S), (3, T), (6, S)),),
        "a mark behind the end": (take("answer-1", 9.0, (0, S), (9.1, T)),),
        "half": (half,),
        "no marks": (take("answer-1", 12.0),),
        "a take a section": (*parts, *probes),
        "redone": (*parts, redone, *probes, again),
        "one of its sections redone": (whole, redone),
        "a recording beside an answer without marks": (take("answer-1", 6.0), *parts[:1]),
        "cut off": (replace(half, end_frame=None),),
        "a follow-up that the pattern does not know": (*parts, take("gone-1", 4.0)),
    }
    made = {name: replace(base, takes=each) for name, each in takes.items()}
    made["drill"] = replace(base, drill="task", takes=(take("task-1", 4.0, (0, T)), redone))
    made["drill of a sentence"] = replace(
        base, drill="sentence", takes=(take("sentence-1", 4.0), take("sentence-2", 3.0))
    )
    made["typed"] = replace(base, typed={S: "typedone typedtwo.", A: "typedthree."})
    made["typed beside a recording"] = replace(base, typed={T: "typedone."}, takes=parts)
    return made


NAMES = (
    "one take", "words before the first mark", "marks on one spot", "a section twice in one take",
    "a mark behind the end", "half", "no marks", "a take a section", "redone", "one of its sections redone",
    "a recording beside an answer without marks", "cut off", "a follow-up that the pattern does not know", "drill",
    "drill of a sentence", "typed", "typed beside a recording",
)  # fmt: skip


@pytest.fixture(params=NAMES)
def session(request: pytest.FixtureRequest, earn_trust: Pattern) -> Session:
    return sessions(earn_trust)[request.param]


def all_words(session: Session) -> list[str]:
    spoken = [word.text for each in session.takes if each.transcript for word in each.transcript.words]
    return sorted([*spoken, *re.findall(r"typed\w+", " ".join(session.typed.values()))])


def found(text: str) -> list[str]:
    """The words of these sessions in a text, whatever else stands in it."""
    return sorted(re.findall(r"\b\w+x\d+q\b|typed(?:one|two|three)", text))


def rehearsed(session: Session, pattern: Pattern) -> str:
    return as_text(Rehearsal(session, turns_of(pattern, session), ()), pattern)


def json_words(session: Session, pattern: Pattern) -> str:
    """The transcripts of `sessions show --json` and `rehearse --json`."""
    document = session_json(session, pattern)
    told = [each["transcript"] for each in (*document["sections"], *document["others"])]
    return " ".join([*told, *(each["answer"]["transcript"] for each in document["probes"] if each["answer"])])


WHOLE: dict[str, Callable[[Session, Pattern], str]] = {
    "text": FORMATS["text"],
    "markdown": lambda session, pattern: FORMATS["markdown"](session, pattern).partition("\n## Findings")[0],
    "html": lambda session, pattern: re.sub(
        r"<h2>Findings</h2>.*?(?=<h2>[^F])", "", html.unescape(FORMATS["html"](session, pattern)), flags=re.DOTALL
    ),
    "rehearse": lambda session, pattern: re.sub(r"You said: .*", "", rehearsed(session, pattern)),
    "json": json_words,
    "search": lambda session, pattern: spoken_text(session),
}


@pytest.mark.parametrize("form", WHOLE)
def test_each_word_is_in_the_whole_text_once(form: str, session: Session, earn_trust: Pattern) -> None:
    assert found(WHOLE[form](session, earn_trust)) == all_words(session)


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_each_word_of_the_takes_is_a_subtitle_once(form: str, session: Session, earn_trust: Pattern) -> None:
    spoken = [word for word in all_words(session) if not word.startswith("typed")]
    assert found(FORMATS[form](session, earn_trust)) == spoken


def test_a_take_is_cut_without_a_gap_and_each_word_lies_in_one_piece(session: Session) -> None:
    for each in session.takes:
        pieces = stretches_of(each)
        assert [piece.span.start for piece in pieces[1:]] == [piece.span.end for piece in pieces[:-1]]
        assert pieces[0].span.start == 0
        assert pieces[-1].span.end >= each.frames
        assert each.transcript
        assert [word for piece in pieces for word in piece.words()] == list(each.transcript.words)


def test_everybody_finds_the_same_words_in_a_section(session: Session, earn_trust: Pattern) -> None:
    told = {section: speech_in(session, section) for section in Section}
    texts = {section: speech.text if speech else "" for section, speech in told.items()}
    document = session_json(session, earn_trust)
    assert {Section(each["section"]): each["transcript"] for each in document["sections"]} == texts
    assert {section: speech.text for section, speech in speeches_of(session).items()} == {
        section: text for section, text in texts.items() if told[section]
    }
    pairs = compare(earn_trust, session, session).pairs
    assert {pair.section: pair.first.words for pair in pairs} == texts
    answer = read_session(earn_trust, session).answer
    assert {section: speech.text for section, speech in answer.speeches.items()} == {
        section: text for section, text in texts.items() if text
    }
    counted = measured(earn_trust, session)
    assert (counted.i is None) == (not any(told.values()))
    for variant in earn_trust.variants:
        assert telling(variant, speeches_of(session)) == telling(variant, {s: t for s, t in told.items() if t})
    plain = FORMATS["text"](session, earn_trust)
    for section, text in texts.items():
        assert re.search(rf"^{section.title} \(.*\)\n{re.escape(text or '(no words)')}$", plain, re.MULTILINE)


def test_the_sound_of_a_section_is_that_of_its_words(session: Session) -> None:
    pieces = timeline_of(session).pieces
    for section in Section:
        counts = stretch_of(session, section)
        if counts:
            own = [piece for piece in pieces if piece.section is section and piece.take == counts.take.id]
            assert own[-1].span == counts.span


def test_an_answer_to_a_follow_up_is_the_same_everywhere(earn_trust: Pattern) -> None:
    session = sessions(earn_trust)["redone"]
    first = earn_trust.probes[0].id
    (asked,) = [each for each in session_json(session, earn_trust)["probes"] if each["id"] == first]
    speech = speech_in(session, first)
    assert speech
    assert speech.take == f"{first}-2"
    assert speech.text == probe_text(session, first) == asked["answer"]["transcript"]
    assert FORMATS["text"](session, earn_trust).count(f"{earn_trust.probes[0].text}\n{speech.text}\n") == 1


def test_the_word_after_the_last_key_counts_for_the_last_section(earn_trust: Pattern) -> None:
    session = sessions(earn_trust)["one take"]
    speech = speech_in(session, F)
    assert speech
    late = [word for word in speech.words if (word.start + word.end) / 2 > 30.0]
    assert len(late) == 4  # in the tail, at its end, and those whose times lie behind the file
    spoken = read_delivery(session, STANDARD)
    assert spoken
    assert spoken.delivery.speaking_share == 1.0


def test_an_attempt_of_a_drill_is_all_of_its_take(earn_trust: Pattern) -> None:
    session = sessions(earn_trust)["drill"]
    turn = next(turn for turn in turns_of(earn_trust, session) if turn.section is T)
    shown = sitting_of(earn_trust, session, turn, 20.0, None, ())
    speech = speech_in(session, T)
    assert speech
    assert shown.words == speech.text
    assert [each.take.id for each in others_of(session)] == ["task-1"]

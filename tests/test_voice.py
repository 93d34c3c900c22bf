"""A sentence becomes a WAV: the real child with espeak-ng, and a fake one that crashes and hangs when told to."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.sound import peak_dbfs, seconds
from audio.voice import BROKEN, NO_WORDS, Engine, Said, Voice, engines, prune, reading_seconds, speakable
from audio.voice_child import answer, dressed
from audio.wav import read_take
from interviewer.timing import RATE_HZ

SENTENCE = "Tell me about a time you earned somebody's trust."
FAKE = "tests.fakes_voice_child"

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these speak with the system's own voice")


class Ear:
    """Hears the answers of one voice, and keeps the thread they came on."""

    def __init__(self) -> None:
        self._said: queue.Queue[Said] = queue.Queue()
        self.thread: threading.Thread | None = None

    def hear(self, said: Said) -> None:
        self.thread = threading.current_thread()
        self._said.put(said)

    def next(self) -> Said:
        return self._said.get(timeout=10)

    @property
    def is_quiet(self) -> bool:
        return self._said.empty()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "a cache with ü"


@pytest.fixture
def make(cache: Path, tmp_path: Path, ear: Ear) -> Iterator[Callable[..., Voice]]:
    made: list[Voice] = []

    def voice(rate: int = 160, module: str = "audio.voice_child", limit_seconds: float = 10.0) -> Voice:
        made.append(Voice(cache, tmp_path / "voices", rate, ear.hear, module, limit_seconds))
        return made[-1]

    yield voice
    for each in made:
        each.stop()


def starts(cache: Path) -> int:
    return len(list(cache.glob("started-*")))


def test_a_sentence_becomes_a_take(make: Callable[..., Voice], ear: Ear, cache: Path) -> None:
    make().say(SENTENCE)
    said = ear.next()
    assert said.path
    assert said.path.parent == cache
    assert (said.text, said.problem, said.engine) == (SENTENCE, "", "espeak-ng")
    assert ear.thread is not threading.main_thread()
    samples = read_take(said.path)
    assert said.seconds == pytest.approx(seconds(len(samples)))
    assert 2.0 < said.seconds < 4.5  # nine words at 160 a minute are 3.4 s
    assert peak_dbfs(samples) == pytest.approx(-3, abs=0.1)
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 500)
    assert loud[0] < 0.2 * RATE_HZ
    assert len(samples) - loud[-1] < 0.3 * RATE_HZ


def test_a_kept_sentence_starts_no_child(make: Callable[..., Voice], ear: Ear) -> None:
    first = make()
    first.say(SENTENCE)
    said = ear.next()
    assert first.child_pid
    second = make()
    second.say(SENTENCE)
    assert ear.next() == said
    assert second.child_pid is None


def test_each_answer_carries_the_id_of_its_question(make: Callable[..., Voice], ear: Ear) -> None:
    """The same sentence asked for twice is two questions."""
    voice = make()
    asked = [voice.say(text) for text in (SENTENCE, SENTENCE, "…")]
    assert len(set(asked)) == 3
    assert 0 not in asked
    assert [ear.next().id for _ in asked] == asked


def test_a_damaged_kept_sentence_is_spoken_anew(make: Callable[..., Voice], ear: Ear) -> None:
    voice = make()
    voice.say(SENTENCE)
    said = ear.next()
    assert said.path
    for damage in (b"", b"RIFF", said.path.read_bytes()[:44].replace(b"data", b"dada")):
        said.path.write_bytes(damage)
        voice.say(SENTENCE)
        again = ear.next()
        assert again.path == said.path
        assert again.seconds == pytest.approx(said.seconds, abs=0.01)  # espeak-ng varies by some frames


def test_a_faster_voice_is_another_and_shorter_file(make: Callable[..., Voice], ear: Ear) -> None:
    voice = make(rate=120)
    voice.say(SENTENCE)
    voice.words_per_minute = 200
    voice.say(SENTENCE)
    slow, fast = ear.next(), ear.next()
    assert slow.path != fast.path
    assert fast.seconds < 0.75 * slow.seconds


def test_an_unobeyable_rate_is_bounded(make: Callable[..., Voice]) -> None:
    voice = make(rate=5)
    assert voice.words_per_minute == 80
    voice.words_per_minute = 10_000
    assert voice.words_per_minute == 450


@pytest.mark.parametrize(
    "text",
    [
        "One <break time='10s'/> two.",
        "<speak>One <audio src='/etc/passwd'/> two.</speak>",
        "One \x01+50S two \x00 three",
        "One [[slnc 9000]] two",
        "\ud800 One \u202e two",
        "$(touch x); 'One' \"two\" `three` %PATH% -o /tmp/x",
        "9" * 5_000,
        "word " * 2_000,
    ],
)
def test_hostile_text_is_only_read_aloud(make: Callable[..., Voice], ear: Ear, text: str) -> None:
    make().say(text)
    said = ear.next()
    assert said.path
    assert said.text == text
    assert 0.3 < said.seconds < (9 if len(text) < 100 else 180)


@pytest.mark.parametrize("text", ["", " \n\t", "...", "\x07\u200b"])
def test_a_sentence_without_words_is_shown(make: Callable[..., Voice], ear: Ear, text: str) -> None:
    make().say(text)
    assert ear.next() == Said(1, text, None, reading_seconds(text), NO_WORDS, "")


def test_speakable_is_one_bounded_line() -> None:
    assert speakable(" One\r\n two\x00three\u200b ") == "One two three"
    assert speakable("[[inpt PHON]] a [b] c") == "inpt PHON a [b] c"
    assert speakable("word " * 2_000) == " ".join(["word"] * 200)
    assert len(speakable("x" * 5_000)) == 1_000


def test_a_crashed_child_is_started_once_more(make: Callable[..., Voice], ear: Ear, cache: Path) -> None:
    make(module=FAKE).say("crash once")
    said = ear.next()
    assert said.path
    assert said.seconds == 1
    assert starts(cache) == 2


def test_a_second_crash_is_told_and_the_next_sentence_is_said(
    make: Callable[..., Voice], ear: Ear, cache: Path
) -> None:
    voice = make(module=FAKE)
    for text in ("crash", "hello"):
        voice.say(text)
    assert ear.next() == Said(1, "crash", None, 1 / 3, BROKEN, "")
    assert ear.next().path
    assert starts(cache) == 3


def test_a_hung_child_is_ended(make: Callable[..., Voice], ear: Ear, cache: Path) -> None:
    make(module=FAKE, limit_seconds=0.5).say("hang")
    assert ear.next() == Said(1, "hang", None, 1 / 3, BROKEN, "")
    assert starts(cache) == 2
    for pid in (int(path.name.removeprefix("started-")) for path in cache.glob("started-*")):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_engine_that_keeps_failing_rests_and_is_tried_at_once_when_asked_to(
    make: Callable[..., Voice], ear: Ear, cache: Path
) -> None:
    voice = make(module=FAKE)
    for text in ("refuse", "crash", "crash"):
        voice.say(text)
        assert ear.next().problem == BROKEN
    tried = starts(cache)
    voice.say("hello")
    assert ear.next().problem == BROKEN
    assert starts(cache) == tried
    voice.say("hello", is_trial=True)
    assert ear.next().path
    voice.say("refuse")
    assert ear.next().problem == BROKEN
    voice.say("hello again")
    assert ear.next().path


def test_a_full_disk_is_told(make: Callable[..., Voice], ear: Ear) -> None:
    make(module=FAKE).say("no room")
    said = ear.next()
    assert said.path is None
    assert "No space left" in said.problem


def test_a_cache_that_cannot_be_made_is_told(make: Callable[..., Voice], ear: Ear, cache: Path) -> None:
    cache.write_text("in the way")
    make().say(SENTENCE)
    said = ear.next()
    assert said.path is None
    assert "File exists" in said.problem


def test_stop_ends_a_hung_child_and_answers_no_more(make: Callable[..., Voice], ear: Ear, cache: Path) -> None:
    voice = make(module=FAKE)
    voice.say("hang")
    voice.say("hello")
    while not starts(cache):
        time.sleep(0.01)
    began = time.monotonic()
    voice.stop()
    voice.stop()
    assert time.monotonic() - began < 3
    assert voice.child_pid is None
    assert ear.is_quiet


def test_the_child_answers_for_itself(tmp_path: Path) -> None:
    order = {"text": "Hello.", "voice": "en-us", "voices": str(tmp_path), "words_per_minute": 160}
    there, nowhere = str(tmp_path / "a.wav"), str(tmp_path / "none" / "a.wav")
    assert answer({**order, "engine": "espeak-ng", "path": there}) == {"say": "said"}
    assert answer({**order, "engine": "espeak-ng", "path": nowhere})["say"] == "unsaved"
    assert answer({**order, "engine": "espeak-ng", "voice": "no-such", "path": there}) == {"say": "refused"}
    assert answer({**order, "engine": "Piper", "path": there}) == {"say": "refused"}
    assert answer({**order, "engine": "say", "path": there}) == {"say": "refused"}


def test_dressed_trims_and_levels() -> None:
    quiet, tone = np.zeros(RATE_HZ, np.int16), np.full(RATE_HZ, 1_000, np.int16)
    out = dressed(np.concatenate([quiet, tone, quiet]))
    assert len(out) == pytest.approx(1.2 * RATE_HZ, abs=2)
    assert peak_dbfs(out) == pytest.approx(-3, abs=0.01)
    assert not dressed(quiet).size


def test_the_cache_keeps_what_was_used_last(tmp_path: Path) -> None:
    for age in range(6):
        path = tmp_path / f"{age}.wav"
        path.write_bytes(bytes(100))
        os.utime(path, (1_000 - age, 1_000 - age))
    (tmp_path / "mine.txt").touch()
    prune(tmp_path, most_files=4)
    assert {path.stem for path in tmp_path.glob("*.wav")} == {"0", "1", "2", "3"}
    prune(tmp_path, most_bytes=250)
    assert {path.name for path in tmp_path.iterdir()} == {"0.wav", "1.wav", "mine.txt"}


def test_the_engine_can_be_told(tmp_path: Path) -> None:
    assert engines(tmp_path / "none")[-1].title == "espeak-ng"
    assert Engine("Piper", "en_US-lessac-medium").title == "Piper en_US-lessac-medium"


def test_reading_takes_a_second_for_three_words() -> None:
    assert reading_seconds("One two three four five six.") == 2
    assert reading_seconds("") == 0


def test_the_parent_imports_no_engine_and_no_numpy() -> None:
    code = "import sys, audio.voice; print({'numpy', 'av', 'espeakng_loader', 'piper'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

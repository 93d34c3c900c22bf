"""Takes become words: in the real child with the sample model, and against a child that does what must never happen."""

import queue
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jiwer
import numpy as np
import psutil
import pytest

from audio.decode import decode
from audio.models import SAMPLE_MODEL
from audio.recogniser import (
    BROKEN,
    ClipHeard,
    Heard,
    ModelLoaded,
    ModelRefused,
    Recogniser,
    Restarted,
    TakeHeard,
    VoiceFound,
)
from audio.wav import read_take, write_take
from content.samples import shipped_samples
from interviewer.timing import RATE_HZ, Span

SENTENCES = (
    "While working as an engineer at a payments company, I noticed a drop rate of three percent.",
    "My task was to find the cause before the end of the quarter.",
    "I checked the error logs and found a slow query.",
    "As a result, the error rate dropped and the team was happy.",
)
PAUSE = np.zeros(5 * RATE_HZ // 2, np.int16)
FAKE = "tests.fakes_recogniser_child"
PATIENCE_SECONDS = 30


class Ears:
    """A recogniser and what it told."""

    def __init__(self, **settings) -> None:
        self.told: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self.events: list[Heard] = []
        self.recogniser = Recogniser(self.told.put, **settings)
        self.recogniser.start()

    def until(self, is_it: Callable[[Heard], bool]) -> Heard:
        """Waits for an event; all that come are kept in `events`."""
        while True:
            event = self.told.get(timeout=PATIENCE_SECONDS)
            self.events.append(event)
            if is_it(event):
                return event

    def take(self, job: str) -> TakeHeard:
        event = self.until(lambda event: isinstance(event, TakeHeard) and event.job == job)
        assert isinstance(event, TakeHeard)
        return event

    def all(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def ears() -> Iterator[Callable[..., Ears]]:
    made: list[Ears] = []

    def make(**settings) -> Ears:
        made.append(Ears(**settings))
        return made[-1]

    yield make
    for each in made:
        each.recogniser.stop()


@pytest.fixture(scope="module")
def answer(speech, tmp_path_factory) -> Path:
    """Four sentences with 2.5 s between them: four clips."""
    folder = tmp_path_factory.mktemp("answer")
    pieces = []
    for number, sentence in enumerate(SENTENCES):
        decode(speech(sentence), folder / f"{number}.wav")
        pieces += [read_take(folder / f"{number}.wav"), PAUSE]
    write_take(folder / "answer.wav", np.concatenate(pieces))
    return folder / "answer.wav"


@pytest.fixture
def named(tmp_path) -> Callable[[str], Path]:
    """A take whose name tells the scripted child what to do."""

    def make(does: str) -> Path:
        write_take(tmp_path / f"{does}.wav", np.zeros(RATE_HZ, np.int16))
        return tmp_path / f"{does}.wav"

    return make


def child_pid(module: str) -> int:
    return next(child.pid for child in psutil.Process().children() if module in child.cmdline())


def test_what_is_begun_while_it_stops_is_waited_for_by_nobody() -> None:
    told: list[Heard] = []
    recogniser = Recogniser(told.append)
    recogniser.stop()
    before = set(threading.enumerate())
    recogniser._said({"say": "begin", "job": 0, "what": 0, "seconds": 30.0})
    assert set(threading.enumerate()) == before
    assert told == []


def test_voice_comes_first_and_words_lie_in_it(ears, answer):
    heard = ears()
    heard.recogniser.use_model(SAMPLE_MODEL)
    heard.recogniser.hear("session/take", answer, [])
    take = heard.take("session/take")
    kinds = [type(event) for event in heard.events]
    assert kinds == [ModelLoaded, VoiceFound, ClipHeard, ClipHeard, ClipHeard, ClipHeard, TakeHeard]
    assert heard.events[0].is_sample
    assert take.transcript
    assert take.transcript.model == "sample_model"
    assert [event.done for event in heard.all(ClipHeard)] == [1, 2, 3, 4]
    assert take.transcript.words == tuple(word for event in heard.all(ClipHeard) for word in event.words)
    assert jiwer.wer(plain(" ".join(SENTENCES)), plain(take.transcript.text)) < 0.4
    ends = [0.0]
    for word in take.transcript.words:
        first, last = word.start * RATE_HZ, word.end * RATE_HZ
        assert any(span.start - 16 <= first <= span.end + 16 for span in take.voiced)
        assert any(span.start - 16 <= last <= span.end + 16 for span in take.voiced)
        assert ends[-1] <= word.start <= word.end
        ends.append(word.end)


def plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum() or character == " ")


def test_a_killed_child_costs_no_word_and_hears_no_clip_twice(ears, answer):
    heard = ears()
    heard.recogniser.use_model(SAMPLE_MODEL)
    heard.recogniser.hear("whole", answer, [])
    undisturbed = heard.take("whole")
    heard.recogniser.hear("cut", answer, [])
    heard.until(lambda event: isinstance(event, ClipHeard))
    psutil.Process(child_pid("audio.recogniser_child")).kill()
    disturbed = heard.take("cut")
    assert disturbed.transcript == undisturbed.transcript
    assert disturbed.voiced == undisturbed.voiced
    assert disturbed.unheard == 0
    assert len(heard.all(Restarted)) == 1
    assert len([event for event in heard.all(ClipHeard) if event.job == "cut"]) == 4
    assert len([event for event in heard.all(VoiceFound) if event.job == "cut"]) == 1


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_twenty_kills_at_random_moments_cost_no_word(ears, tmp_path):
    """A whole answer of three minutes; each run has one SIGKILL."""
    answer = tmp_path / "answer.wav"
    decode(shipped_samples()[0].path, answer)
    heard = ears()
    heard.recogniser.use_model(SAMPLE_MODEL)
    heard.recogniser.hear("undisturbed", answer, [])
    undisturbed = heard.take("undisturbed")
    chance = random.Random(20)
    for number in range(20):
        heard.recogniser.hear(str(number), answer, [])
        after = chance.uniform(0.0, 2.5)
        time.sleep(after)
        psutil.Process(child_pid("audio.recogniser_child")).kill()
        disturbed = heard.take(str(number))
        assert disturbed.transcript == undisturbed.transcript
        print(f"kill {number + 1:2} after {after:.2f} s: the same {len(disturbed.transcript.words)} words")
    assert len(heard.all(Restarted)) == 20


def test_a_new_takes_voice_comes_before_an_earlier_takes_words_are_done(ears, answer):
    heard = ears()
    heard.recogniser.use_model(SAMPLE_MODEL)
    for job in ("first", "second"):
        heard.recogniser.hear(job, answer, [])
    heard.take("first")
    assert [event.job for event in heard.all(VoiceFound)] == ["first", "second"]


def test_without_a_model_there_is_still_the_voice(ears, answer):
    heard = ears()
    heard.recogniser.hear("take", answer, [Span(0, RATE_HZ)])
    take = heard.take("take")
    assert take.voiced
    assert take.transcript is None
    assert not heard.all(ClipHeard)


def test_a_model_for_one_take_leaves_the_chosen_one(ears, answer):
    heard = ears()
    heard.recogniser.hear("sample", answer, [], SAMPLE_MODEL)
    heard.recogniser.hear("own", answer, [])
    assert heard.take("sample").transcript
    assert heard.take("own").transcript is None


def test_silence_has_no_words(ears, tmp_path):
    write_take(tmp_path / "silence.wav", PAUSE)
    heard = ears()
    heard.recogniser.hear("take", tmp_path / "silence.wav", [], SAMPLE_MODEL)
    take = heard.take("take")
    assert (take.voiced, take.transcript.words, take.unheard) == ((), (), 0)


@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_damaged_model_is_refused_once_and_the_voice_is_found(ears, answer, tmp_path, damage):
    model = Path(shutil.copytree(SAMPLE_MODEL, tmp_path / "model"))
    if damage == "missing":
        (model / "tokenizer.json").unlink()
    else:
        (model / "model.bin").write_bytes((model / "model.bin").read_bytes()[:100_000])
    heard = ears()
    heard.recogniser.use_model(model)
    for job in ("first", "second"):
        heard.recogniser.hear(job, answer, [])
    assert heard.take("first").voiced
    assert heard.take("second").transcript is None
    (refusal,) = heard.all(ModelRefused)
    assert str(model) in refusal.text
    assert not heard.all(Restarted)


def test_a_take_that_is_gone_is_told(ears, tmp_path):
    heard = ears()
    heard.recogniser.hear("take", tmp_path / "gone.wav", [])
    take = heard.take("take")
    assert (take.voiced, take.transcript) == (None, None)
    assert "No such file" in take.problem


def test_a_clip_that_kills_twice_is_passed_over(ears, named):
    heard = ears(module=FAKE)
    path = named("poison")
    heard.recogniser.hear("take", path, [], Path("model"))
    take = heard.take("take")
    assert [word.text for word in take.transcript.words] == ["word0", "word2"]
    assert take.unheard == 1
    assert len(list(path.parent.glob("begun-0-*"))) == 1
    assert len(list(path.parent.glob("begun-1-*"))) == 2


@pytest.mark.parametrize("does", ["crash once", "garbage"])
def test_what_happens_once_costs_nothing(ears, named, does):
    heard = ears(module=FAKE)
    heard.recogniser.hear("take", named(does), [], Path("model"))
    take = heard.take("take")
    assert take.transcript.text == "word0 word1 word2"
    assert take.unheard == 0
    assert len(heard.all(Restarted)) == 1


def test_a_clip_that_hangs_is_passed_over(ears, named):
    heard = ears(module=FAKE, patience_seconds=0.5)
    heard.recogniser.hear("take", named("hang"), [], Path("model"))
    take = heard.take("take")
    assert take.transcript.text == "word0 word2"
    assert take.unheard == 1


def test_a_model_that_kills_twice_is_refused(ears, named):
    heard = ears(module=FAKE)
    heard.recogniser.use_model(Path("deadly"))
    heard.recogniser.hear("take", named("well"), [])
    take = heard.take("take")
    assert take.voiced
    assert take.transcript is None
    assert len(heard.all(ModelRefused)) == 1


def test_a_take_whose_voice_kills_twice_stops_no_other(ears, named):
    heard = ears(module=FAKE)
    heard.recogniser.hear("bad", named("deadly voice"), [], Path("model"))
    heard.recogniser.hear("good", named("well"), [], Path("model"))
    assert heard.take("bad").problem
    assert heard.take("good").transcript.text == "word0 word1 word2"


def test_nobody_waits_for_a_child_that_never_lives(ears, named):
    heard = ears(module="tests.there_is_no_such_child")
    heard.recogniser.hear("take", named("well"), [], Path("model"))
    take = heard.take("take")
    assert (take.voiced, take.transcript, take.problem) == (None, None, BROKEN)
    assert len(heard.all(Restarted)) == 1
    heard.recogniser.hear("next", named("well"), [], Path("model"))
    assert heard.take("next").problem == BROKEN
    assert [event.text for event in heard.all(ModelRefused)] == [BROKEN]


def test_another_model_begins_a_take_anew(ears, answer):
    heard = ears()
    heard.recogniser.hear("take", answer, [], SAMPLE_MODEL)
    heard.until(lambda event: isinstance(event, ClipHeard))
    heard.recogniser.hear("take", answer, [], SAMPLE_MODEL)
    assert heard.take("take").transcript
    assert len(heard.all(VoiceFound)) == 1
    heard.recogniser.hear("take", answer, [], SAMPLE_MODEL)
    heard.recogniser.hear("take", answer, [])
    assert heard.take("take").transcript is None


def test_nothing_is_told_of_what_was_forgotten(ears, answer):
    heard = ears()
    heard.recogniser.hear("forgotten", answer, [], SAMPLE_MODEL)
    heard.until(lambda event: isinstance(event, ClipHeard))
    heard.recogniser.forget("forgotten")
    heard.recogniser.hear("kept", answer, [], SAMPLE_MODEL)
    heard.take("kept")
    assert not [event for event in heard.all(TakeHeard) if event.job == "forgotten"]


def test_nothing_is_told_after_the_stop_and_no_process_stays(ears, answer):
    heard = ears()
    heard.recogniser.hear("take", answer, [], SAMPLE_MODEL)
    heard.until(lambda event: isinstance(event, VoiceFound))
    pid = child_pid("audio.recogniser_child")
    heard.recogniser.stop()
    while not heard.told.empty():
        heard.told.get()
    assert not psutil.pid_exists(pid)
    heard.recogniser.hear("late", answer, [])
    with pytest.raises(queue.Empty):
        heard.told.get(timeout=0.3)


def test_the_parents_end_loads_no_heavy_library():
    code = "import sys, audio.recogniser, audio.models, audio.decode; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert not {"av", "ctranslate2", "faster_whisper", "onnxruntime"} & set(done.stdout.split())

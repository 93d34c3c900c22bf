"""Sound card, voice and recogniser without children: they obey the protocol of the real ones and are handed in.

They answer through `post`, never before a call returns. Time passes where a test lets it: `FakeCard.hear`.
"""

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from app.sound.children import Children
from app.state.folders import Folders
from app.state.settings import Settings
from audio.recogniser import TakeHeard, VoiceFound
from audio.sound_events import (
    DevicesListed,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    Played,
    SourceKnown,
    TakeEnded,
    TakeStarted,
)
from audio.voice import Said, reading_seconds
from audio.wav import frames_in, write_take
from interviewer.timing import RATE_HZ, Span

Post = Callable[[object], None]

TAIL_FRAMES = RATE_HZ // 4


class Mail:
    """What has been posted and not delivered yet: an event loop for a test without one."""

    def __init__(self) -> None:
        self._events: deque[object] = deque()

    def post(self, event: object) -> None:
        self._events.append(event)

    def deliver(self, to: Callable[[object], None]) -> None:
        while self._events:
            to(self._events.popleft())


class FakeCard:
    """A sound card in memory. What is played lasts until `end_playing`, or until something else is."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._is_open = self._has_begun = False
        self._take: Path | None = None
        self._frames = 0
        self._play_id = self._playing = 0
        self.played: list[Path] = []
        self.volume = 1.0

    def open(self, device: str | None) -> None:
        self._is_open = True
        self._post(MicrophoneOpened(device or "the system's"))

    def ask_source(self) -> None:
        self._post(SourceKnown("a fake"))

    def close(self) -> None:
        self._is_open = False

    def record(self, path: Path) -> None:
        self._end_take(0)
        self._take, self._has_begun = path, False
        self._frames = frames_in(path) if path.exists() else 0

    def finish(self) -> None:
        self._end_take(TAIL_FRAMES if self._is_open else 0)

    def play(self, path: Path, start: int = 0, end: int | None = None, rate: float = 1.0) -> int:
        self.hush()
        self._play_id += 1
        self._playing = self._play_id
        self.played.append(path)
        return self._play_id

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self._end_take(0)

    def list_devices(self) -> None:
        self._post(DevicesListed(("a fake",)))

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def hush(self) -> None:
        if self._playing:
            self._post(Played(self._playing, is_cut_off=True))
        self._playing = 0

    def hear(self, seconds: float) -> None:
        """So much comes in through the microphone, all at once."""
        if not self._is_open:
            return
        if self._take:
            if not self._has_begun:
                self._has_begun = True
                self._post(TakeStarted(self._take, self._frames))
            self._frames += round(seconds * RATE_HZ)
        self._post(Level(-30.0, -20.0, 0.0, 0.05, self._frames))

    def lose(self) -> None:
        """The microphone is pulled out."""
        self._is_open = False
        self._post(MicrophoneLost("The microphone went away."))

    def end_playing(self) -> None:
        """What is being played comes to its end."""
        play_id, self._playing = self._playing, 0
        if play_id:
            self._post(Played(play_id))

    def _end_take(self, tail_frames: int) -> None:
        take, self._take = self._take, None
        if take:
            frames = self._frames + (tail_frames if self._has_begun else 0)
            write_take(take, np.zeros(frames, np.int16))
            self._post(TakeEnded(take, self._frames, frames))


class FakeVoice:
    """A voice that has every sentence ready."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._asked = 0
        self.words_per_minute = 160

    def stop(self) -> None:
        pass

    def say(self, text: str, is_trial: bool = False) -> int:
        self._asked += 1
        self._post(Said(self._asked, text, Path(f"{text}.wav"), reading_seconds(text), "", "a fake"))
        return self._asked


def quiet_children(folders: Folders, settings: Settings, post: Post) -> Children:
    """For a window whose test needs neither a microphone nor words."""
    return Children(FakeCard(post), FakeVoice(post), FakeRecogniser(post))


class FakeRecogniser:
    """Hears one voice all through each take, and no words."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def use_model(self, folder: Path | None) -> None:
        pass

    def hear(self, job: str, path: Path, sections: Sequence[Span]) -> None:
        voiced = tuple(sections)
        self._post(VoiceFound(job, voiced))
        self._post(TakeHeard(job, voiced, None, 0))

"""The parent's end of the sound child: orders go out, frozen events come back. Imports no sound library.

A child that hangs is ended and started again. What a take holds by then is on the disk already.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from audio.child import Child, Message
from audio.sound_events import (
    DevicesListed,
    DiskRefused,
    Level,
    MicrophoneLost,
    MicrophoneOpened,
    MicrophoneRefused,
    Played,
    Playing,
    SoundEvent,
    SoundNews,
    SourceKnown,
    TakeEnded,
    TakeStarted,
)
from audio.supervisor import Supervisor
from audio.wav import frames_in

HUNG_SECONDS = 1.5
"""Without a tick for this long, the child hangs."""

LOST_SECONDS = 2.5
"""Without a block for this long, the microphone is given up."""

ORDER_SECONDS = 8.0
"""A microphone that is not open after this long hangs in the driver."""

WENT_AWAY = "The microphone went away. Everything so far is safe."
HUNG = "The microphone stopped answering and was let go. Everything so far is safe."
FAILED = (
    "The sound part of the program keeps stopping, so nothing can be recorded or played for now; "
    "everything else works, and it is tried again all the time."
)
RETURNED = "Recording and playing work again."


class SoundCard:
    """Microphone and loudspeaker. `listener` is called on any thread; orders never block."""

    def __init__(self, listener: Callable[[SoundEvent], None], module: str = "audio.sound_child") -> None:
        self._listener = listener
        self._supervisor = Supervisor(module, self._born, self._said, self._ended, self._settle)
        self._lock = threading.RLock()
        self._child: Child | None = None
        self._early: list[Message] = []
        """Ordered while there is no child."""
        self._is_list_wanted = self._has_failed = False
        self._take: Path | None = None
        self._open_since: float | None = None
        self._is_open = False
        self._last_tick = 0.0
        self._play_id = self._awaited_id = 0
        self._volume = 1.0
        self._stopped = threading.Event()
        self._watch = threading.Thread(target=self._watch_over, name="sound card watch", daemon=True)

    def start(self) -> None:
        """Starts the child; what was ordered before is done then."""
        if not self._stopped.is_set():
            self._supervisor.start()
            self._watch.start()

    def stop(self) -> None:
        """Ends the child; an open take is closed first. Blocks up to two seconds."""
        self._stopped.set()
        self._supervisor.stop(patience_seconds=1.5)

    def list_devices(self) -> None:
        """Answered by DevicesListed, once there is a child."""
        with self._lock:
            self._is_list_wanted = True
            if self._child:
                self._child.send({"do": "devices"})

    def open(self, device: str | None) -> None:
        """Opens a microphone by name, the system's own with None. Answered by Opened or Refused."""
        with self._lock:
            self._open_since, self._is_open = time.monotonic(), False
        self._order({"do": "open", "device": device})
        self._supervisor.try_now()

    def ask_source(self) -> None:
        """What the open microphone is, as the sound server knows it. Answered by SourceKnown, or not at all."""
        self._order({"do": "source"})

    def close(self) -> None:
        with self._lock:
            self._open_since, self._is_open = None, False
        self._order({"do": "close"})

    def record(self, path: Path) -> None:
        """Begins a take with the next block; an existing file is continued."""
        with self._lock:
            self._take = path
        self._order({"do": "record", "path": str(path)})

    def finish(self) -> None:
        """Ends the take after its tail. Answered by TakeEnded, whatever happens to the child."""
        self._order({"do": "finish"})

    def play(self, path: Path, start: int = 0, end: int | None = None, rate: float = 1.0) -> int:
        """Plays the frames of a take, in place of what is being played. Returns the id that its events carry.

        Answered by one Played: when it is over, or when something else, or `hush`, cuts it off. `rate` from 0.5 to 2:
        how fast, with unchanged pitch.
        """
        self._cut_off()
        with self._lock:
            self._play_id += 1
            play_id = self._awaited_id = self._play_id
        self._order({"do": "play", "path": str(path), "start": start, "end": end, "rate": rate, "id": play_id})
        self._supervisor.try_now()
        return play_id

    def set_volume(self, volume: float) -> None:
        """How loud everything is played, 0 to 1."""
        with self._lock:
            self._volume = volume
        self._order({"do": "volume", "volume": volume})

    def hush(self) -> None:
        """Stops playing."""
        self._cut_off()
        self._order({"do": "hush"})

    def _cut_off(self) -> None:
        """Whoever plays something is told now: the child tells of what it has played to its end."""
        with self._lock:
            play_id, self._awaited_id = self._awaited_id, 0
        if play_id:
            self._listener(Played(play_id, is_cut_off=True))

    def _order(self, message: Message) -> None:
        with self._lock:
            if self._child:
                self._child.send(message)
            else:
                self._early.append(message)

    def _born(self, child: Child) -> None:
        with self._lock:
            self._last_tick = time.monotonic() + 3.0  # grace for its imports
            if self._open_since is not None:
                self._open_since = time.monotonic()
            self._child = child
            child.send({"do": "volume", "volume": self._volume})
            early, self._early = self._early, []
            for message in [*([{"do": "devices"}] if self._is_list_wanted else []), *early]:
                child.send(message)

    def _watch_over(self) -> None:
        """Ends a child that hangs: no tick, no block, or no answer to `open`."""
        while not self._stopped.wait(0.2):
            now = time.monotonic()
            with self._lock:
                silent = now - self._last_tick > HUNG_SECONDS
                waiting = self._open_since is not None and not self._is_open and now - self._open_since > ORDER_SECONDS
                if (silent or waiting) and self._child:
                    self._last_tick = now + HUNG_SECONDS
                    self._child.kill()

    def _said(self, message: Message) -> None:
        for event in self._events(message):
            self._listener(event)

    def _events(self, message: Message) -> list[SoundEvent]:
        match message["say"]:
            case "tick":
                return self._ticked(message)
            case "devices":
                self._is_list_wanted = False
                return [DevicesListed(tuple(message["inputs"]))]
            case "opened":
                with self._lock:
                    self._is_open = True
                return [MicrophoneOpened(message["device"])]
            case "source":
                return [SourceKnown(message["name"])]
            case "started":
                return [TakeStarted(Path(message["path"]), message["frame"])]
            case "ended":
                with self._lock:
                    if self._take == Path(message["path"]):  # not the next one, which may have been ordered already
                        self._take = None
                return [TakeEnded(Path(message["path"]), message["end_frame"], message["frames"])]
            case "lost":
                with self._lock:
                    self._open_since = None
                return [MicrophoneLost(WENT_AWAY)]
            case "disk":
                return [DiskRefused(_disk_text(message["why"]))]
            case "played":
                return self._played(message["id"])
            case "refused":
                return self._refused(message)
        return []

    def _ticked(self, message: Message) -> list[SoundEvent]:
        with self._lock:
            self._last_tick = time.monotonic()
        events: list[SoundEvent] = []
        microphone = message.get("microphone")
        if microphone:
            age = microphone["age"]
            level = Level(microphone["dbfs"], microphone["peak"], microphone["zeros"], age, message["frames"])
            events.append(level)
            if age is not None and age > LOST_SECONDS:
                with self._lock:
                    if self._child:
                        self._child.kill()  # its stop() would block for as long as the server hangs
        if playing := message.get("playing"):
            events.append(Playing(*playing))
        return events

    def _refused(self, message: Message) -> list[SoundEvent]:
        text = refusal_text(message["kind"], message["why"])
        if message["do"] == "play":
            return self._played(message["id"], text)
        if message["do"] == "open":
            with self._lock:
                self._open_since = None
            return [MicrophoneRefused(text)]
        if message["do"] == "devices":
            self._is_list_wanted = False
            return [DevicesListed(())]
        return []

    def _played(self, play_id: int, problem: str = "") -> list[SoundEvent]:
        with self._lock:
            if self._awaited_id != play_id:
                return []  # it was cut off, and that has been told
            self._awaited_id = 0
        return [Played(play_id, problem)]

    def _ended(self) -> None:
        """Whoever waits for something of this child is answered."""
        problem = FAILED if self._supervisor.is_in_trouble else ""
        with self._lock:
            self._child = None
            take, self._take = self._take, None
            was_open, self._open_since, self._is_open = self._open_since is not None, None, False
            play_id, self._awaited_id = self._awaited_id, 0
            is_news = bool(problem) and not self._has_failed
            self._has_failed = bool(problem)
        if is_news:
            self._listener(SoundNews(False, FAILED))
        if was_open:
            self._listener(MicrophoneRefused(problem) if problem else MicrophoneLost(HUNG))
        if take:
            count = frames_in(take) if take.exists() else 0
            self._listener(TakeEnded(take, count, count))
        if play_id:
            self._listener(Played(play_id, problem))

    def _settle(self) -> None:
        with self._lock:
            has_returned, self._has_failed = self._has_failed, False
        if has_returned:
            self._listener(SoundNews(True, RETURNED))


def refusal_text(kind: str, why: str) -> str:
    """Why there is no sound, and what to do, in a sentence or two."""
    if kind == "no_portaudio":
        return "The sound library PortAudio is missing. On Debian or Ubuntu, install libportaudio2, then start again."
    if kind == "no_device":
        return (
            "No microphone was found. Plug one in; on Linux, check that a sound server runs "
            "and that libasound2-plugins is installed."
        )
    return f"The microphone could not be opened ({why}). Close other programs that use it, or choose another one."


def _disk_text(why: str) -> str:
    return f"The recording could not be written any further ({why}). All before is kept; free some space, then go on."

"""The sound child: microphone to disk, take to loudspeaker. Imports sounddevice.

Four threads: the main one takes orders, `Desk` alone talks to PortAudio (it may hang there), `Scribe` alone writes
the take, `Ticker` tells the parent twenty times a second how things are. The audio callbacks only queue or copy.
"""

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

from audio.child import Message, ParentPipe, child_command, leave
from audio.devices_child import input_names
from audio.microphone import Microphone
from audio.playback import Playback
from audio.scribe import Scribe
from audio.source import source_in_use

TICK_SECONDS = 0.05

Send = Callable[[Message], None]


class Desk(threading.Thread):
    """The only thread that talks to PortAudio, one order after the other. When it hangs, the parent ends the child."""

    def __init__(self, send: Send, scribe: Scribe) -> None:
        super().__init__(name="desk", daemon=True)
        self._send = send
        self._scribe = scribe
        self._orders: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.microphone: Microphone | None = None
        self.playback: Playback | None = None
        self.volume = 1.0

    def order(self, message: Message) -> None:
        self._orders.put(message)

    def run(self) -> None:
        try:
            import sounddevice  # noqa: PLC0415  its import needs PortAudio, which may be missing
        except OSError:
            self._refuse_everything()
        while True:
            order = self._orders.get()
            getattr(self, "_" + order["do"])(sounddevice, order)

    def _refuse_everything(self) -> None:
        while True:
            order = self._orders.get()
            self._send({"say": "refused", "do": order["do"], "id": order.get("id"), "kind": "no_portaudio", "why": ""})

    def _devices(self, sounddevice: Any, order: Message) -> None:
        if self.microphone or self.playback:  # PortAudio caches its list, and re-reading it would end the streams
            listed = subprocess.run(child_command("audio.devices_child"), capture_output=True, check=False)
            inputs = json.loads(listed.stdout) if listed.returncode == 0 else []
        else:
            sounddevice._terminate()  # the documented way to read the list anew
            sounddevice._initialize()
            inputs = input_names(sounddevice)
        self._send({"say": "devices", "inputs": inputs})

    def _open(self, sounddevice: Any, order: Message) -> None:
        self._close(sounddevice, order)
        if not self.playback:
            sounddevice._terminate()
            sounddevice._initialize()
        try:
            device = self._index(sounddevice, order["device"])
            self.microphone = Microphone(sounddevice, device, self._scribe, self._lost)
        except (sounddevice.PortAudioError, ValueError) as error:
            kind = "no_device" if not len(sounddevice.query_devices()) else "device"
            self._send({"say": "refused", "do": "open", "kind": kind, "why": str(error.args[0])})
        else:
            self._send({"say": "opened", "device": self.microphone.name})

    def _source(self, sounddevice: Any, order: Message) -> None:
        """Beside the other orders: a sound server may take its time to answer."""
        if self.microphone:
            name, is_default = self.microphone.name, self.microphone.is_default
            threading.Thread(target=self._ask_source, args=(name, is_default), daemon=True).start()

    def _ask_source(self, name: str, is_default: bool) -> None:
        if source := source_in_use(os.getpid(), is_default) or name:
            self._send({"say": "source", "name": source})

    @staticmethod
    def _index(sounddevice: Any, name: str | None) -> int | None:
        if name is None:
            return None
        for index, device in enumerate(sounddevice.query_devices()):
            if device["name"] == name and device["max_input_channels"] > 0:
                return index
        raise ValueError(f"no microphone called {name}")

    def _lost(self) -> None:
        self.microphone = None
        self._send({"say": "lost"})

    def _close(self, sounddevice: Any, order: Message) -> None:
        microphone, self.microphone = self.microphone, None
        if microphone:
            microphone.close()

    def _play(self, sounddevice: Any, order: Message) -> None:
        self._hush(sounddevice, order)
        self._scribe.idle.wait(1.0)  # the end of a take must not hear the next prompt
        try:
            self.playback = Playback(sounddevice, order, self.volume, lambda: self._played(order["id"]))
        except (sounddevice.PortAudioError, OSError, ValueError) as error:
            why = str(error.args[0]) if error.args else str(error)
            self._send({"say": "refused", "do": "play", "id": order["id"], "kind": "device", "why": why})

    def _volume(self, sounddevice: Any, order: Message) -> None:
        self.volume = float(order["volume"])
        if self.playback:
            self.playback.volume = self.volume

    def _played(self, play_id: int) -> None:
        self._send({"say": "played", "id": play_id})
        self.order({"do": "retire", "id": play_id})

    def _retire(self, sounddevice: Any, order: Message) -> None:
        if self.playback and self.playback.id == order["id"]:
            self._hush(sounddevice, order)

    def _hush(self, sounddevice: Any, order: Message) -> None:
        playback, self.playback = self.playback, None
        if playback:
            playback.close()


class Ticker(threading.Thread):
    """Tells the parent how things are. Its silence means that this process hangs."""

    def __init__(self, send: Send, desk: Desk, scribe: Scribe) -> None:
        super().__init__(name="ticker", daemon=True)
        self._send = send
        self._desk = desk
        self._scribe = scribe

    def run(self) -> None:
        while True:
            time.sleep(TICK_SECONDS)
            microphone, playback = self._desk.microphone, self._desk.playback
            tick: Message = {"say": "tick", "frames": self._scribe.frames}
            if microphone:
                tick["microphone"] = microphone.reading()
            if playback:
                tick["playing"] = [playback.id, playback.frame]
            self._send(tick)


def main() -> None:
    pipe = ParentPipe()
    scribe = Scribe(pipe.send)
    desk = Desk(pipe.send, scribe)
    for thread in (scribe, desk, Ticker(pipe.send, desk, scribe)):
        thread.start()
    while (message := pipe.receive()) is not None:
        if message["do"] == "record":
            scribe.record(message["path"])
        elif message["do"] == "finish":
            scribe.finish()
        else:
            desk.order(message)
    scribe.finish()
    scribe.idle.wait(1.0)
    leave(0)


if __name__ == "__main__":
    main()

"""A voice child that obeys the protocol and speaks by no engine: what it does is said in the sentence itself.

Each start of a process leaves a file `started-<pid>` beside the sentences. Not a test.
"""

import os
import time
import wave
from pathlib import Path

from audio.child import ParentPipe, leave


def main() -> None:
    pipe = ParentPipe()
    while (order := pipe.receive()) is not None:
        path, text = Path(order["path"]), order["text"]
        is_second = any(path.parent.glob("started-*"))
        (path.parent / f"started-{os.getpid()}").touch()
        if text == "crash" or (text == "crash once" and not is_second):
            leave(7)
        if text == "hang":
            time.sleep(60)
        if text == "refuse":
            pipe.send({"say": "refused"})
            continue
        if text == "no room":
            pipe.send({"say": "unsaved", "why": "No space left on device"})
            continue
        with wave.open(str(path), "wb") as sound:
            sound.setparams((1, 2, 16_000, 0, "NONE", ""))
            sound.writeframes(bytes(32_000))
        pipe.send({"say": "said"})
    leave(0)


if __name__ == "__main__":
    main()

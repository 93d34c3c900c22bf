"""A recogniser child that obeys the protocol and hears nothing: what it does is said in the take's name. Not a test.

Every take has three clips of one word each. For each clip it begins it leaves a file `begun-<clip>-<pid>` there.
"""

import os
import time
from pathlib import Path

from audio.child import Message, ParentPipe, leave

CLIPS = 3


def hear(pipe: ParentPipe, order: Message) -> None:
    job, path = order["job"], Path(order["path"])
    does = path.stem
    pipe.send({"say": "begin", "job": job, "what": None})
    if does == "deadly voice":
        leave(7)
    pipe.send({"say": "voice", "job": job, "voiced": [[0, 16_000]]})
    if order["folder"] and Path(order["folder"]).name == "deadly":
        pipe.send({"say": "begin", "job": -1, "what": order["folder"]})
        leave(7)
    for clip in range(CLIPS):
        if clip in order["skip"] or not order["folder"]:
            continue
        pipe.send({"say": "begin", "job": job, "what": clip, "seconds": 0.1})
        is_second = any(path.parent.glob(f"begun-{clip}-*"))
        (path.parent / f"begun-{clip}-{os.getpid()}").touch()
        if clip == 1:
            misbehave(pipe, does, is_second)
        words = [[f"word{clip}", clip, clip + 0.5, 1.0]]
        pipe.send({"say": "clip", "job": job, "clip": clip, "words": words, "total": CLIPS})
    pipe.send({"say": "done", "job": job})


def misbehave(pipe: ParentPipe, does: str, is_second: bool) -> None:
    if does == "poison" or (does == "crash once" and not is_second):
        leave(7)
    if does == "hang":
        time.sleep(60)
    if does == "garbage" and not is_second:
        pipe._out.write(b"\xff" * 64)
        pipe._out.flush()
        time.sleep(60)


def main() -> None:
    pipe = ParentPipe()
    while (order := pipe.receive()) is not None:
        if order["do"] == "hear":
            hear(pipe, order)
        elif order["do"] == "model":
            pipe.send({"say": "model", "folder": order["folder"], "is_sample": False})
    leave(0)


if __name__ == "__main__":
    main()

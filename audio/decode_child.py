"""`python -m audio.decode_child`: one foreign sound file to a take, within limits of memory. Framed JSON on its pipes.

Takes {"source", "part"}; says {"bytes"} once, {"alive"} as it goes, and at last {"frames", "seconds", "recorded",
"notices"} or {"problem"}. The parent gives up, renames and cleans up.
"""

import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from av.error import ArgumentError, FFmpegError, InvalidDataError

from audio.child import Message, ParentPipe
from audio.foreign_sound import Unfit
from audio.foreign_take import TakeMaker
from interviewer.disk.foreign import open_file
from interviewer.disk.recording_date import recorded
from interviewer.errors import PracticeError
from interviewer.timing import RATE_HZ

MEMORY_BYTES = 2 << 30
"""Of address space. A two-channel file needs a third of it; a damaged one may ask for anything."""

ALIVE_SECONDS = 1.0


class _Progress:
    """Tells the parent now and then that something has been read or decoded."""

    def __init__(self, parent: ParentPipe) -> None:
        self._parent = parent
        self._told = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._told >= ALIVE_SECONDS:
            self._told = time.monotonic()
            self._parent.send({"alive": True})


def main() -> None:
    """Decodes the one file that the parent names."""
    parent = ParentPipe()
    order = parent.receive()
    if order is None:
        return
    _limit_memory()
    parent.send(_answer(parent, Path(order["source"]), Path(order["part"])))


def _answer(parent: ParentPipe, source: Path, part: Path) -> Message:
    try:
        with open_file(source) as file:
            status = os.fstat(file.fileno())
            parent.send({"bytes": status.st_size})
            take = TakeMaker(file, _Progress(parent)).make(part)
    except PracticeError as error:
        return {"refused": str(error)}
    except (ArgumentError, InvalidDataError):
        return {"problem": "it is damaged, or of a kind that is not known here"}
    except MemoryError:
        return {"problem": "it asks for too much memory"}
    except FFmpegError as error:
        return {"problem": error.strerror or type(error).__name__}
    except OSError as error:
        return {"problem": f"the take could not be written ({error.strerror or error})"}
    except (Unfit, ValueError) as error:
        return {"problem": str(error)}
    return {
        "frames": take.frames,
        "seconds": take.frames / RATE_HZ,
        "recorded": recorded(take.tags, status.st_mtime, datetime.now()).isoformat(timespec="minutes"),
        "notices": list(take.notices),
    }


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  POSIX only

        with suppress(ValueError, OSError):  # macOS knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()

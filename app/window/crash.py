"""What is left behind when the program crashes: where it happened, never what was said. Stays on this computer."""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

LARGEST_BYTES = 64 * 1024


class CrashReport:
    """One file in the state folder. Written by the interpreter itself when native code crashes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "crash.txt"
        self._file: IO[str] | None = None
        self._of_children: logging.Handler = logging.NullHandler()

    def earlier(self) -> str:
        """The report of an earlier run, empty when there was no crash. Raises OSError."""
        if not self.path.is_file():
            return ""
        return self.path.read_text(encoding="utf-8", errors="replace")[-LARGEST_BYTES:].strip()

    def forget(self) -> None:
        """The person has seen it."""
        if self._file:
            self._file.seek(0)
            self._file.truncate()
        else:
            self.path.unlink(missing_ok=True)

    def watch(self) -> None:
        """From now on crashes and unexpected errors of this process are written down. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = open(self.path, "a+", encoding="utf-8", buffering=1)  # noqa: SIM115  for as long as we run
        faulthandler.enable(self._file)
        self._of_children = logging.StreamHandler(self._file)  # how a child died, and the last it wrote to its stderr
        self._of_children.setLevel(logging.ERROR)
        logging.getLogger("audio.child").addHandler(self._of_children)
        threading.excepthook = lambda hooked: self.note(hooked.exc_type, hooked.exc_traceback)

    def close(self) -> None:
        """Watches no more."""
        faulthandler.disable()
        threading.excepthook = threading.__excepthook__
        logging.getLogger("audio.child").removeHandler(self._of_children)
        if self._file:
            self._file.close()
            self._file = None

    def note(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """An unexpected error: its kind and its places. Its message could quote somebody, so it is left out."""
        if not self._file:
            return
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        system = f"{platform.system()} {platform.release()}, Python {sys.version.split()[0]}"
        now = datetime.now().isoformat(timespec="seconds")
        self._file.write("\n".join([f"{now} {kind.__name__} ({system})", *places, ""]) + "\n")

"""The download child: fetches one model. The only code that opens an internet socket, and only when a button asked.

Whatever has come is kept in the part folder and gone on from, inside a file too. A model appears in its place whole.
Proxies come from the environment or the system, another hub from PLAINSPOKEN_MIRROR or HF_ENDPOINT.
"""

import http.client
import os
import shutil
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from audio.child import ParentPipe, leave
from audio.manifest import MANIFEST_NAME, ModelFile, ModelManifest
from interviewer.disk.document import write_document
from interviewer.disk.whole_file import sync_folder
from interviewer.errors import PracticeError

HUB = "https://huggingface.co"
WAIT_SECONDS = 20.0
"""For a connection, and for each piece of what was promised."""
PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Before each new try in a row that brought nothing."""
PIECE_BYTES = 1 << 17
SPARE_BYTES = 64 << 20
TELL_SECONDS = 0.2
BUSY = (408, 425, 429, 500, 502, 503, 504)


def hub() -> str:
    """Where models come from. Raises PracticeError when a mirror is named that is no web address."""
    for name in ("PLAINSPOKEN_MIRROR", "HF_ENDPOINT"):
        if address := os.environ.get(name):
            if not address.startswith(("https://", "http://")):
                raise PracticeError(f"{name} is {address!r}, which is no web address. Set it right or unset it.")
            return address.rstrip("/")
    return HUB


class Fetch:
    """One model on its way into its folder. `tell` is called with the bytes that are there."""

    def __init__(self, model: ModelManifest, models: Path, tell: Callable[[int], None]) -> None:
        self._model = model
        self._part = model.part_folder(models)
        self._final = model.folder(models)
        self._tell = tell
        self._told = 0.0  # when it last told; nothing has come in this run while it is 0
        self._before = 0  # bytes of the files that are whole

    def run(self) -> Path:
        """Blocks until the model is whole in its folder, and returns that. Raises PracticeError or OSError."""
        if all((self._final / file.name).exists() and file.is_whole(self._final) for file in self._model.files):
            return self._final
        self._part.mkdir(parents=True, exist_ok=True, mode=0o700)
        there = sum(self._size(file) for file in self._model.files)
        missing = self._model.total_bytes - there
        if shutil.disk_usage(self._part).free < missing + SPARE_BYTES:
            raise PracticeError(
                f"The model needs {missing / 1e6:.0f} MB and the disk has not got them. Free some space."
            )
        for file in self._model.files:
            self._fetch(file)
            self._before += file.size
        write_document(self._part / MANIFEST_NAME, self._model.as_document())
        shutil.rmtree(self._final, ignore_errors=True)
        self._final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._part.replace(self._final)
        sync_folder(self._final.parent)
        return self._final

    def _size(self, file: ModelFile) -> int:
        path = self._part / file.name
        return path.stat().st_size if path.exists() else 0

    def _fetch(self, file: ModelFile) -> None:
        """Until the file is whole. Trying is given up when nothing comes any more."""
        tries = 0
        while (before := self._size(file)) < file.size:
            try:
                self._go_on(file, before)
                why = "the connection was cut"
            except urllib.error.HTTPError as error:
                if error.code == 416:  # what is here is longer than what there is
                    (self._part / file.name).unlink(missing_ok=True)
                elif error.code not in BUSY:
                    raise PracticeError(f"{hub()} has no {self._model.name} to give (answer {error.code}).") from error
                why = f"it answered {error.code}"
            except (
                urllib.error.URLError,
                ssl.SSLError,
                TimeoutError,
                ConnectionError,
                http.client.HTTPException,
            ) as error:
                reason = getattr(error, "reason", None) or error
                why = str(getattr(reason, "strerror", None) or reason or type(error).__name__)
                if not self._told:
                    tries = len(PAUSES)  # nobody is there: say so at once
            came = self._size(file) > before
            tries = 0 if came else tries + 1
            if tries > len(PAUSES):
                raise PracticeError(f"{hub()} cannot be reached ({why}). Check the connection and try again.")
            if self._size(file) < file.size:
                time.sleep(PAUSES[max(0, tries - 1)])
        if not file.is_whole(self._part):
            (self._part / file.name).unlink()
            raise PracticeError(
                f"What came as {file.name} is not what was published and was thrown away. Try again, or use a mirror."
            )

    def _go_on(self, file: ModelFile, start: int) -> None:
        """Appends what comes from byte `start` on, as long as it comes."""
        address = f"{hub()}/{self._model.repository}/resolve/{self._model.revision}/{file.name}"
        headers = {"User-Agent": "Plainspoken", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        request = urllib.request.Request(address, headers=headers)
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
            goes_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {start}-")
            done = start if goes_on else 0
            with (self._part / file.name).open("ab" if goes_on else "wb") as out:
                while done <= file.size and (piece := answer.read1(PIECE_BYTES)):
                    out.write(piece[: file.size - done + 1])  # one byte too many is enough to see that it is wrong
                    done += len(piece)
                    self._tell_sometimes(self._before + min(done, file.size))

    def _tell_sometimes(self, done: int) -> None:
        now = time.monotonic()
        if now - self._told >= TELL_SECONDS or done == self._model.total_bytes:
            self._told = now
            self._tell(done)


def main() -> None:
    """Waits for the one wish, carries it out, and says how it went."""
    os.umask(0o077)
    pipe = ParentPipe()
    wish = pipe.receive()
    if wish is None:
        return
    parent = threading.Thread(target=_leave_with_parent, args=(pipe,), daemon=True)
    parent.start()
    model = ModelManifest.from_document(wish["model"])
    try:
        folder = Fetch(model, Path(wish["models"]), lambda done: pipe.send({"done": done})).run()
        pipe.send({"folder": str(folder)})
    except PracticeError as error:
        pipe.send({"problem": str(error)})
    except OSError as error:
        pipe.send({"problem": f"The model could not be written to {wish['models']}: {error.strerror or error}."})
    parent.join()


def _leave_with_parent(pipe: ParentPipe) -> None:
    if pipe.receive() is None:
        leave(0)


if __name__ == "__main__":
    main()

"""A child process and the pipe to it: length-framed JSON both ways, no pickle. What is said is up to the two ends.

End of file means death. A child is always ended in the same way: ask, wait, kill, log.
"""

import json
import logging
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

Message = dict[str, Any]

CHILD = "--child"
"""What a bundled program is started with instead of Python's own `-m`; see installers/start.py."""

LIMIT_BYTES = 8 << 20
"""No honest message is longer. Anything above is garbage on the pipe."""

_LENGTH = struct.Struct(">I")
_ROOT = Path(__file__).resolve().parent.parent
_log = logging.getLogger(__name__)


class PipeError(Exception):
    """What came down the pipe was not a message."""


def write_message(stream: IO[bytes], message: Message) -> None:
    """One message, flushed. Raises OSError when the other end is gone."""
    body = json.dumps(message, separators=(",", ":"), allow_nan=False).encode()
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message, or None at the end of the file. Raises PipeError on anything that is not a message."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LIMIT_BYTES:
        raise PipeError(f"a message of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        message = json.loads(body)
    except ValueError as error:
        raise PipeError(str(error)) from error
    if not isinstance(message, dict):
        raise PipeError("a message that is no object")
    return message


def child_command(module: str, *arguments: str) -> list[str]:
    """How a module of ours is started. `-P`: whatever lies in the current folder, an `av.py` say, is not run.

    A bundled program has no Python beside it, so it is started itself, and looks for modules in itself alone.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD, module, *arguments]
    return [sys.executable, "-P", "-m", module, *arguments]


QUIET = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
"""To libraries that report what they do over the internet. None of ours does; a later version might."""


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment a child starts in: this one's, and where our modules are."""
    return {**os.environ, **QUIET, "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1", **(more or {})}


@dataclass(frozen=True, slots=True)
class ChildEnd:
    """How a child ended: its exit code, the last it wrote to stderr, and whether it had been asked to."""

    code: int
    last_words: str
    was_asked: bool


class Child:
    """The parent's end. Runs `python -P -m MODULE`; both callbacks are called on this child's reader thread."""

    def __init__(
        self,
        module: str,
        on_message: Callable[[Message], None],
        on_end: Callable[[ChildEnd], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._module = module
        self._on_message = on_message
        self._on_end = on_end
        self._asked = False
        self._outbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._last_words: deque[str] = deque(maxlen=40)
        self._process = subprocess.Popen(
            child_command(module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment(environment),
        )
        self._threads = [
            threading.Thread(target=work, name=f"{module} {work.__name__}", daemon=True)
            for work in (self._read, self._write, self._listen_to_stderr)
        ]
        for thread in reversed(
            self._threads
        ):  # the reader last: a child may end before all are there, and it joins one
            thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, message: Message) -> None:
        """Queues a message. Never blocks and never fails: a dead child is reported through `on_end`."""
        self._outbox.put(message)

    def stop(self, patience_seconds: float = 1.0) -> None:
        """Ends the child: closes its pipe, waits, then kills. Safe to call again, and from any thread but its own."""
        self._asked = True
        self._outbox.put(None)
        try:
            self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            _log.warning("%s did not end within %s s and was killed", self._module, patience_seconds)
            self._process.kill()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(1.0)

    def finish(self) -> None:
        """Lets a child end that has nothing more to do, without waiting. Safe from its own callbacks."""
        self._asked = True
        self._outbox.put(None)

    def kill(self) -> None:
        """Ends a hung child at once; `on_end` follows."""
        self._process.kill()

    def _read(self) -> None:
        assert self._process.stdout
        try:
            while (message := read_message(self._process.stdout)) is not None:
                self._on_message(message)
        except (PipeError, LookupError, TypeError, ValueError) as error:
            # not a message, or one that says nothing its reader knows: the other end is not in its right mind
            _log.error("%s sent garbage (%r) and was killed", self._module, error)
            self._process.kill()
        code = self._process.wait()
        self._process.stdout.close()
        self._outbox.put(None)
        self._threads[2].join(0.5)
        end = ChildEnd(code, "".join(self._last_words), self._asked)
        if not self._asked:
            _log.error("%s ended with %s: %s", self._module, code, end.last_words.strip()[-2000:])
        self._on_end(end)

    def _write(self) -> None:
        assert self._process.stdin
        try:
            while (message := self._outbox.get()) is not None:
                write_message(self._process.stdin, message)
        except OSError:
            pass  # the child is gone; the reader thread reports it
        finally:
            with suppress(OSError):
                self._process.stdin.close()

    def _listen_to_stderr(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            self._last_words.append(line.decode(errors="replace")[:400])
        self._process.stderr.close()


class ParentPipe:
    """The child's end: what the parent says, and a way to answer. `send` may be called from any thread."""

    def __init__(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business; it closes the pipe
        self._in = sys.stdin.buffer
        self._out = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # whatever a library prints must not land between two messages
        self._lock = threading.Lock()

    def receive(self) -> Message | None:
        """The next message, or None when the parent is gone or wants this process to end."""
        return read_message(self._in)

    def send(self, message: Message) -> None:
        """Answers the parent. When it is gone, so is the reason to live."""
        try:
            with self._lock:
                write_message(self._out, message)
        except OSError:
            leave(0)


def leave(code: int) -> NoReturn:
    """Ends this process at once, past exit hooks that may wait for a hung device or a busy decoder."""
    sys.stderr.flush()
    os._exit(code)

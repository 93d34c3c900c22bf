"""What stands under a file's name and is none is refused in one sentence, at once."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interviewer.disk.foreign import open_file, regular_file
from interviewer.errors import PracticeError

AT_ONCE_SECONDS = 5.0


def refusal(path: Path) -> str:
    """The sentence, from a thread: a pipe that is waited for would hold the test."""
    found: list[str] = []

    def read() -> None:
        try:
            regular_file(path)
        except PracticeError as error:
            found.append(str(error))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(AT_ONCE_SECONDS)
    assert found, f"{path} was taken, or waited for"
    assert found[0].isprintable()
    return found[0]


def test_a_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"sound")
    (tmp_path / "link.wav").symlink_to(path)
    assert regular_file(path) == path
    for each in (path, tmp_path / "link.wav"):
        with open_file(each) as file:
            assert file.read() == b"sound"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, folder, loop = tmp_path / "pipe.wav", tmp_path / "folder.wav", tmp_path / "loop.wav"
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.wav")
        assert refusal(tmp_path / "socket.wav") == "socket.wav is a socket, not a file. Choose a file."
    assert refusal(pipe) == "pipe.wav is a pipe, not a file. Choose a file."
    assert refusal(folder) == "folder.wav is a folder, not a file. Choose a file."
    assert refusal(Path("/dev/zero")) == "zero is a device, not a file. Choose a file."
    assert refusal(loop).startswith("loop.wav could not be read: ")
    assert refusal(tmp_path / "gone.wav") == "gone.wav could not be read: there is no such file."
    assert refusal(tmp_path / "a\0b.wav") == r"a\x00b.wav could not be read: its name cannot be that of a file."
    assert refusal(tmp_path / ("a" * 300)).endswith("could not be read: file name too long.")


def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"sound")
    path.chmod(0)
    with as_nobody():
        assert refusal(path) == "a.wav could not be read: you are not allowed to read it."


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so root becomes somebody else for a moment: in files' matters alone."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)

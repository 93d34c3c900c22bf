"""One program per data folder, and what a crash leaves behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.window.crash import CrashReport
from app.window.lock import Lock
from interviewer.errors import PracticeError
from tests.conftest import ROOT

START = "import os, sys, time; from pathlib import Path; folder = Path(sys.argv[1])"
HOLD = f"{START}; from app.window.lock import Lock; lock = Lock(folder); lock.take()"
WATCH = f"{START}; from app.window.crash import CrashReport; CrashReport(folder).watch()"


def in_another_process(code: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_program_is_told_of_the_first(tmp_path: Path) -> None:
    first = in_another_process(f"{HOLD}; print('held', flush=True); time.sleep(60)", tmp_path)
    assert first.stdout
    assert first.stdout.readline() == "held\n"
    with pytest.raises(PracticeError, match="running already"):
        Lock(tmp_path).take()
    first.kill()
    first.communicate()
    lock = Lock(tmp_path)
    lock.take()  # a killed program leaves no lock behind
    lock.release()


def test_twenty_killed_programs_leave_no_lock(tmp_path: Path) -> None:
    for _ in range(20):
        held = in_another_process(f"{HOLD}; os.kill(os.getpid(), {signal.SIGKILL:d})", tmp_path)
        held.communicate()
        lock = Lock(tmp_path)
        lock.take()
        lock.release()


@pytest.mark.parametrize("how", ["import os; os.abort()", "import ctypes; ctypes.string_at(0)"])
def test_a_native_crash_is_written_down_and_told_once(how: str, tmp_path: Path) -> None:
    in_another_process(f"{WATCH}\ndef speak():\n  said = 'my secret story'\n  {how}\nspeak()", tmp_path).communicate()
    report = CrashReport(tmp_path)
    text = report.earlier()
    assert "Fatal Python error" in text
    assert "in speak" in text
    assert "secret" not in text
    report.forget()
    assert report.earlier() == ""


def test_an_unexpected_error_leaves_its_places_and_not_its_words(tmp_path: Path) -> None:
    report = CrashReport(tmp_path)
    report.watch()
    try:
        raise ValueError("what I said in confidence")
    except ValueError as error:
        report.note(type(error), error.__traceback__)
    text = report.earlier()
    assert "ValueError" in text
    assert os.path.basename(__file__) in text  # noqa: PTH119  as it stands in the report
    assert "confidence" not in text
    report.forget()
    assert report.earlier() == ""
    report.close()

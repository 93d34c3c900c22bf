"""`plainspoken` and `python -m app`: a command, or the window. Without a display it rehearses the shipped sample."""

import os
import sys
from collections.abc import Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib is not loaded yet

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Any of them says that there may be one."""


def main(arguments: Sequence[str]) -> int:
    """Runs a command, or opens the window, with files or without. Returns the exit status."""
    _pass_over_current_folder()
    os.umask(0o077)  # recordings are this user's alone
    if arguments and not _are_files(arguments):
        from app.terminal.cli import run_command  # noqa: PLC0415  the window must not wait for the command line

        return run_command(arguments)
    if _needs_display() and not any(map(os.environ.get, DISPLAYS)):
        if arguments:
            advice = "`import` and `sessions restore` bring files in without one."
            print(f"There is no display here, so no window. {advice}", file=sys.stderr)
            return 2
        from app.terminal.cli import run_command  # noqa: PLC0415

        print("There is no display here, so no window. Rehearsing the shipped sample answer instead.\n", flush=True)
        return run_command(["rehearse", "earn-trust"])
    from app.window.opening import open_window  # noqa: PLC0415

    return open_window(lambda: _begin_again_without_display(arguments), arguments)


def start() -> int:
    """What an installed `plainspoken` calls. Returns the exit status."""
    return main(sys.argv[1:])


def _are_files(arguments: Sequence[str]) -> bool:
    """No command is called anything with a dot or a slash in it. Whether the files are there, the window says."""
    return all(name[:1] != "-" and ("." in name or os.path.basename(name) != name) for name in arguments)  # noqa: PTH119


def _needs_display() -> bool:
    """Elsewhere the system itself is one."""
    return sys.platform not in ("win32", "darwin")


def _pass_over_current_folder() -> None:
    """From here on no module comes from the current folder, where an `av.py` may lie that is not ours.

    `python -m` puts it first on the path, an empty part of PYTHONPATH does as well. What Python itself loads before our
    first line (warnings, types, functools, collections, contextlib and what these need) it has looked for there by now;
    only `python -P` prevents that, which is how our children are started.
    """
    standard_library = os.path.dirname(os.__file__)  # noqa: PTH120
    before = sys.path.index(standard_library) if standard_library in sys.path else 1
    try:
        here = os.getcwd()  # noqa: PTH109
    except FileNotFoundError:
        here = ""
    sys.path[:before] = [ROOT, *(place for place in sys.path[:before] if place not in ("", here, ROOT))]


def _begin_again_without_display(arguments: Sequence[str]) -> None:
    """The display that is named cannot be used, and Qt is about to abort: this process starts anew, without one."""
    if _needs_display():
        from audio.child import child_command, child_environment  # noqa: PLC0415  needed here alone

        command = child_command("app", *arguments)
        os.execve(command[0], command, {k: v for k, v in child_environment().items() if k not in DISPLAYS})


if __name__ == "__main__":
    sys.exit(start())

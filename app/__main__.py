"""`python -m app`: builds the world once. Without a display it says so and rehearses the shipped sample."""

import os
import sys
from collections.abc import Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib is not loaded yet

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Any of them says that there may be one."""


def main(arguments: Sequence[str]) -> int:
    """Runs a command, or opens the window. Returns the exit status."""
    _pass_over_current_folder()
    os.umask(0o077)  # recordings are this user's alone
    if arguments:
        from app.terminal.cli import run_command  # noqa: PLC0415  the window must not wait for the command line

        return run_command(arguments)
    if _needs_display() and not any(map(os.environ.get, DISPLAYS)):
        from app.terminal.cli import run_command  # noqa: PLC0415

        print("There is no display here, so no window. Rehearsing the shipped sample answer instead.\n", flush=True)
        return run_command(["rehearse", "earn-trust"])
    from app.window.opening import open_window  # noqa: PLC0415

    return open_window(_begin_again_without_display)


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


def _begin_again_without_display() -> None:
    """The display that is named cannot be used, and Qt is about to abort: this process starts anew, without one."""
    if _needs_display():
        environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
        os.execve(sys.executable, [sys.executable, "-P", "-m", "app"], {**environment, "PYTHONPATH": ROOT})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

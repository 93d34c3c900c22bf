"""`python -m app`: builds the world once. Without a display it says so and rehearses the shipped sample."""

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Runs a command, or opens the window. Returns the exit status."""
    os.umask(0o077)  # recordings are this user's alone
    if arguments:
        from app.cli import run_command  # noqa: PLC0415  the window must not wait for the command line

        return run_command(arguments)
    if not _has_display():
        from app.cli import run_command  # noqa: PLC0415

        print("There is no display here, so no window. Rehearsing the shipped sample answer instead.\n", flush=True)
        return run_command(["rehearse", "earn-trust"])
    from app.window import open_window  # noqa: PLC0415

    return open_window()


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A private screen (Xvfb) with a window manager (openbox), so that windows get a title bar, a place and the focus."""

import os
import shutil
import subprocess

SIZE = "1280x800x24"
ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM")
"""Put before a command: it ends when the tests do, also when they are killed."""


class Screen:
    """Lives as long as the test run. `start` points this process, and so its children, to it."""

    def __init__(self, size: str = SIZE) -> None:
        """`size` is width, height and depth in pixels and bits."""
        self._size = size
        self._processes: list[subprocess.Popen[bytes]] = []

    @staticmethod
    def missing() -> str:
        """What is not installed here, as a reason to skip; empty when nothing is missing."""
        names = [name for name in ("Xvfb", "openbox") if not shutil.which(name)]
        return f"{' and '.join(names)} not installed: `make test` installs what tests need" if names else ""

    def start(self) -> None:
        """Returns when the screen is there. The window manager comes first, or windows have no title bar."""
        read_end, write_end = os.pipe()
        options = ("-screen", "0", self._size, "-nolisten", "tcp", "-noreset")
        self._run("Xvfb", "-displayfd", str(write_end), *options, fd=write_end)
        os.close(write_end)
        with os.fdopen(read_end) as displays:
            display = displays.readline().strip()
        if not display:
            raise RuntimeError("Xvfb ended before it had a screen")
        os.environ.update(DISPLAY=f":{display}", QT_QPA_PLATFORM="xcb")
        os.environ.pop("WAYLAND_DISPLAY", None)
        self._run("openbox", "--sm-disable")

    def stop(self) -> None:
        while self._processes:
            process = self._processes.pop()
            process.terminate()
            process.wait(5)

    def _run(self, *command: str, fd: int | None = None) -> None:
        self._processes.append(
            subprocess.Popen(
                [*ENDS_WITH_US, *command],
                pass_fds=[] if fd is None else [fd],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

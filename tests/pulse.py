"""A private sound card: a PulseAudio server with a microphone that tests speak into and a speaker they listen to.

It can be broken in the ways that real ones break: unplugged, frozen, killed. Needs no sound hardware, D-Bus or systemd.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.screen import ENDS_WITH_US

MICROPHONE = "testmic"
SPEAKER = "testspk"
FEED = "micfeed"
"""The sink whose monitor is the microphone: what is played here is what the microphone hears."""

SPEAKER_HZ = 48_000

# ALSA's whole configuration, so that PortAudio sees these devices and no others.
ALSA = "pcm.!default {{ type pulse {default} }}\nctl.!default {{ type pulse }}\n{devices}"
DEVICE = 'pcm.{name} {{ type pulse device {name} hint {{ show on description "{name}" }} }}\n'


class Pulse:
    """One server at a time, in its own folder. Made before anything imports sounddevice: it sets the environment."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pulse-"))  # not the tests' folder: a socket's path must be short
        self._socket = self.folder / "native"
        self._log = self.folder / "log"
        self._server: subprocess.Popen[bytes] | None = None
        self._at_work: list[subprocess.Popen[bytes]] = []
        devices = "".join(DEVICE.format(name=name) for name in (MICROPHONE, SPEAKER))
        alsa = self.folder / "asound.conf"
        alsa.write_text(ALSA.format(default='hint { show on description "default" }', devices=devices))
        os.environ.update(
            PULSE_SERVER=f"unix:{self._socket}",
            PULSE_RUNTIME_PATH=str(self.folder),
            PULSE_STATE_PATH=str(self.folder),
            ALSA_CONFIG_PATH=str(alsa),
            DBUS_SESSION_BUS_ADDRESS="unix:path=none",
        )
        for name in ("PULSE_SINK", "PULSE_SOURCE"):
            os.environ.pop(name, None)

    @staticmethod
    def missing() -> str:
        """What is not installed here, as a reason to skip; empty when nothing is missing."""
        names = [name for name in ("pulseaudio", "pactl", "paplay", "parec") if not shutil.which(name)]
        return f"{', '.join(names)} not installed: `make test` installs what tests need" if names else ""

    @property
    def server_pid(self) -> int | None:
        return self._server.pid if self._server else None

    def start(self, microphone_hz: int = 48_000) -> None:
        """Returns when the devices are there. A recording at `microphone_hz` is exact to the bit, others resampled."""
        # norewinds: without it a null sink sleeps up to 2 s, and the start of what is said is lost.
        sink = "module-null-sink format=s16le norewinds=1"
        modules = (
            f"module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={self._socket}",
            f"{sink} sink_name={FEED} rate={microphone_hz} channels=1",
            f"module-remap-source source_name={MICROPHONE} master={FEED}.monitor",
            f"{sink} sink_name={SPEAKER} rate={SPEAKER_HZ} channels=2",
        )
        options = "-n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --high-priority=no --realtime=no"
        loads = [word for module in modules for word in ("-L", module)]
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(
                [*ENDS_WITH_US, "pulseaudio", *options.split(), "--log-target=stderr", *loads],
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(self.folder)},
            )
        deadline = time.monotonic() + 10
        while self._control("info", check=False).returncode:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PulseAudio did not start: {self._log.read_text()}")
            time.sleep(0.02)
        self._control("set-default-source", MICROPHONE)
        self._control("set-default-sink", SPEAKER)
        if portaudio := sys.modules.get("sounddevice"):  # it made its list of devices when it was imported
            portaudio._terminate()
            portaudio._initialize()

    def restart(self, microphone_hz: int = 48_000) -> None:
        """A fresh server, as after a log-in; streams of the old one are dead."""
        self.stop()
        self.start(microphone_hz)

    def stop(self) -> None:
        """Ends the server and everything that plays or listens."""
        self.thaw()  # a frozen process does not hear that it should end
        self._end(signal.SIGTERM)
        while self._at_work:
            process = self._at_work.pop()
            process.kill()
            process.wait(5)

    def kill(self) -> None:
        """The server crashes."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """The server hangs: no sound, no error, no answer."""
        assert self._server
        self._server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._server:
            self._server.send_signal(signal.SIGCONT)

    def unplug(self) -> None:
        """Every device goes, the server stays. All of them: from one that goes alone, streams move to another."""
        modules = self._control("list", "short", "modules").stdout.splitlines()
        for module in reversed(modules):
            if "null-sink" in module or "remap-source" in module:
                self._control("unload-module", module.split()[0])

    def speak(self, wav: Path) -> subprocess.Popen[bytes]:
        """Somebody speaks into the microphone. Returns at once; wait for the process to hear them out."""
        return self._start_work("paplay", f"--device={FEED}", str(wav))

    def capture(self, path: Path) -> subprocess.Popen[bytes]:
        """Writes what the speaker plays, raw 16-bit mono at SPEAKER_HZ, until the process is terminated."""
        form = ("--format=s16le", f"--rate={SPEAKER_HZ}", "--channels=1", "--latency-msec=20", "--raw")
        return self._start_work("parec", f"--device={SPEAKER}.monitor", *form, output=path)

    def close(self) -> None:
        """For good."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._server:
            self._server.send_signal(how)
            self._server.wait(5)
            self._server = None

    def _control(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["pactl", *arguments], capture_output=True, text=True, check=check, timeout=10)

    def _start_work(self, *command: str, output: Path | None = None) -> subprocess.Popen[bytes]:
        if output is None:
            process = subprocess.Popen(command)
        else:
            with output.open("wb") as file:
                process = subprocess.Popen(command, stdout=file)
        self._at_work.append(process)
        return process

"""`python -m audio.devices_child`: the microphones' names as JSON, read anew while another process has streams."""

import json
from contextlib import suppress
from typing import Any


def input_names(sounddevice: Any) -> list[str]:
    """The microphones of the system's own sound interface, each name once. Takes the sounddevice library."""
    names: list[str] = []
    with suppress(sounddevice.PortAudioError):
        interface = sounddevice.query_hostapis(sounddevice.default.hostapi)
        devices = [sounddevice.query_devices(index) for index in interface["devices"]]
        names = [device["name"] for device in devices if device["max_input_channels"] > 0]
    return list(dict.fromkeys(names))


def main() -> None:
    import sounddevice  # noqa: PLC0415  its import needs PortAudio, and the sound child has imported it already

    print(json.dumps(input_names(sounddevice)))


if __name__ == "__main__":
    main()

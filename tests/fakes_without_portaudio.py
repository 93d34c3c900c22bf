"""The real sound child on a computer where PortAudio is missing: importing sounddevice fails as it does there."""

import sys


class NoPortAudio:
    """Stands in the import system where the real library would raise."""

    def find_spec(self, name, path=None, target=None):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")


if __name__ == "__main__":
    sys.meta_path.insert(0, NoPortAudio())
    from audio.sound_child import main

    main()

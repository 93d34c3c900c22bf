"""The processes behind the window, as the window holds them: made at one place, so that others can be handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.sound.hearing import Recognising
from app.sound.lease import Card
from app.sound.saying import Speaker
from app.state.folders import Folders
from app.state.settings import Settings
from audio.recogniser import Recogniser
from audio.sound_card import SoundCard
from audio.voice import Voice

Post = Callable[[object], None]
"""Takes their events; may be called from any thread."""


class Child(Protocol):
    """Every one of them ends with the program."""

    def stop(self) -> None: ...


class StartedChild(Child, Protocol):
    """One that runs from the start on."""

    def start(self) -> None: ...


class CardChild(Card, StartedChild, Protocol):
    """Microphones and loudspeakers."""

    def list_devices(self) -> None: ...


class VoiceChild(Speaker, Child, Protocol):
    """What says sentences."""


class RecogniserChild(Recognising, StartedChild, Protocol):
    """What hears words."""


@dataclass(frozen=True, slots=True)
class Children:
    """All of them, none started."""

    card: CardChild
    voice: VoiceChild
    recogniser: RecogniserChild


MakeChildren = Callable[[Folders, Settings, Post], Children]


def real_children(folders: Folders, settings: Settings, post: Post) -> Children:
    """Processes of their own, which end with this one."""
    cache: Path = folders.cache / "voice"
    return Children(SoundCard(post), Voice(cache, folders.voices, settings.words_per_minute, post), Recogniser(post))

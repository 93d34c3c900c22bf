"""What a screen is: a page, and whoever decides for it. And the way from it to the others, which it knows by name."""

from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.look.notices import PAGE
from app.look.page import Page


class Way(Protocol):
    """What leads from one screen to another, and what is said beside all of them."""

    @property
    def shown(self) -> str:
        """The screen that is shown, by the name of its folder."""

    def go(self, screen: str, *what: Any, **how: Any) -> None:
        """To a screen, with what it is to show. Nothing happens while the one that is shown is shut."""

    def back(self) -> None:
        """To the screen before."""

    def forget(self, screen: str) -> None:
        """Nothing leads back to a screen until it is shown again."""

    def say(self, text: str, about: str = PAGE) -> None:
        """A sentence over the foot line; an empty text takes back what was said about the same."""


class Screen(QObject):
    """One screen of the window. Lives on the GUI thread from the start to the end, shown or not.

    `open` is called with what is to be shown, and answered by `ready` once that is there; then `enter` each time the
    page comes to the front, also on the way back, and `leave` when another one takes its place.
    """

    ready = Signal()
    """The page may come to the front."""

    is_shut = False
    """It is left only through its own question."""

    def __init__(self, page: Page, way: Way) -> None:
        super().__init__()
        self.page = page
        self._way = way

    def start(self) -> None:
        """The program has begun: what is kept on the disk may be read."""

    def open(self, *args: Any, **kwargs: Any) -> None:
        """It is wished for."""
        self.ready.emit()

    def enter(self) -> None:
        """It comes to the front."""

    def leave(self) -> None:
        """Another one comes to the front, or the program ends."""

    def close(self) -> None:
        """The program ends."""

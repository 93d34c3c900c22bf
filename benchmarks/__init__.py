"""How fast the program is, as ratios of two things measured side by side in one run. No test depends on a time."""

from collections.abc import Callable, Iterable

from interviewer.transcript import Transcript


class NothingHeard(Exception):
    """What was to be measured did not happen, so a figure would be that of nothing."""


def refuse_silence(heard: Iterable[Transcript | None], what: str) -> None:
    """Raises NothingHeard unless there is something, and each of it has words."""
    told = list(heard)
    silent = sum(transcript is None or not transcript.words for transcript in told)
    if not told or silent:
        raise NothingHeard(f"{silent} of {len(told)} {what} have no words")


def status_of(main: Callable[[], int | None]) -> int:
    """Runs a measurement. 1 when a goal is missed, or when there was nothing to measure, which is said."""
    try:
        return main() or 0
    except NothingHeard as error:
        print(f"not measured: {error}")
        return 1

"""Distances in real time on a machine that has other work: all within a limit, but one that met a busy moment."""

from collections.abc import Sequence

BUSY_SECONDS = 0.3
"""No busy moment here lasted as long as this."""


def assert_near(seconds: Sequence[float], limit: float) -> None:
    """At most one of them is beyond the limit, and that one not by far."""
    beyond = [each for each in seconds if abs(each) >= limit]
    assert len(beyond) <= 1, f"{len(beyond)} of {len(seconds)} are {limit} s or more off: {beyond}"
    assert all(abs(each) < BUSY_SECONDS for each in beyond), beyond

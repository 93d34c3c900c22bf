"""Standard input and output in whatever encoding they have: a sign that it lacks is written plainly, never a traceback.

JSON stays JSON: what the encoding lacks is escaped there.
"""

import codecs
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

PLAIN = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{MIDDLE DOT}": "-",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{NO-BREAK SPACE}": " ",
}
"""The signs of our own that an encoding may lack. All others become a question mark."""


def speak_plainly() -> None:
    """From now on nothing that is printed or read can fail for its encoding."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115  it was closed: nothing will come
    codecs.register_error("plain", lambda error: _replaced(error, lambda sign: PLAIN.get(sign, "?")))
    for stream, errors in ((sys.stdout, "plain"), (sys.stderr, "plain"), (sys.stdin, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            with suppress(io.UnsupportedOperation):  # somebody has read from it already
                stream.reconfigure(errors=errors)


def speak_json() -> None:
    """From now on standard output is JSON, which is UTF-8 wherever it goes: for any other encoding, ASCII."""
    codecs.register_error("json", lambda error: _replaced(error, _escaped))
    if isinstance(sys.stdout, io.TextIOWrapper):
        is_utf8 = codecs.lookup(sys.stdout.encoding).name == "utf-8"
        sys.stdout.reconfigure(encoding=None if is_utf8 else "ascii", errors="json")


def one_line(text: str) -> str:
    """Text as it may stand in a sentence: one line, nothing unreadable. Names in it are foreign."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))


def let_output_go() -> None:
    """What is still to be printed is, or it goes nowhere where nobody takes it: else Python complains at its end."""
    try:
        print(end="", flush=True)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _replaced(error: UnicodeError, written: Callable[[str], str]) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(written, error.object[error.start : error.end])), error.end


def _escaped(sign: str) -> str:
    """As in JSON: four hexadecimal digits for each UTF-16 unit."""
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

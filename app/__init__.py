"""What the person sees and presses: the window, the command line, and the only place where Qt is imported.

One screen is one folder in `screens`: its page receives frozen values and emits wishes, its presenter decides. What
several screens share lies in `look`, `state`, `sound` and `exchange`; `docs/architecture.md` draws it.
"""

VERSION = "0.1.0"

"""Where a bundled program begins: the program itself, or one of its children. Not for a checkout, which has Python.

`plainspoken --child MODULE ...` does what `python -P -m MODULE ...` does elsewhere; audio/child.py starts it.
"""

import os
import runpy
import sys

from audio.child import CHILD

# The bundle's libraries have been found by now. What is started from here, `pactl` say, is the system's and wants its own.
BEFORE = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if BEFORE:
    os.environ["LD_LIBRARY_PATH"] = BEFORE

if sys.argv[1:2] == [CHILD]:
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    from app.__main__ import start

    sys.exit(start())

"""A child that dies at once while `broken` lies in the folder that DYING_FOLDER names, and else is the module DYING_AS.

Each start of a process leaves a file `start-<its time>` there. Not a test.
"""

import os
import runpy
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    folder = Path(os.environ["DYING_FOLDER"])
    (folder / f"start-{time.monotonic_ns()}").touch()
    if (folder / "broken").exists():
        sys.exit("it cannot live")
    runpy.run_module(os.environ["DYING_AS"], run_name="__main__")

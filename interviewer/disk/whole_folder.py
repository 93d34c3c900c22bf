"""A folder appears whole or not at all: filled beside its place, then renamed. Nothing that was there goes for it."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewer.disk.whole_file import PART, sync_folder


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `target` at the end of the block, and goes after an exception. Raises
    OSError, FileExistsError when something is in its place already."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:60]}.", suffix=PART, dir=target.parent))
    try:
        yield beside
        sync_folder(beside)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync_folder(target.parent)

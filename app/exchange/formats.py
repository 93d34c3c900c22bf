"""A session written to a file in any of the formats: text, figures, subtitles, a web page, sound, or all of it."""

from pathlib import Path

from audio.encode import encode_flac, join_takes
from interviewer.disk.exports import FORMATS, as_html
from interviewer.disk.parcel import pack
from interviewer.disk.store import Store
from interviewer.disk.whole_file import write_whole
from interviewer.errors import PracticeError
from interviewer.pattern import Pattern
from interviewer.session import Session
from interviewer.timeline import timeline_of

KINDS = {
    "Web page with sound and charts": "html",
    "Sound, WAV": "wav",
    "Sound, FLAC": "flac",
    "Text": "txt",
    "Markdown": "md",
    "Subtitles, SRT": "srt",
    "Subtitles, VTT": "vtt",
    "Figures, CSV": "csv",
    "Everything, ZIP": "zip",
}
"""Endings by what a person calls the format."""

NAMES = {"text": "txt", "markdown": "md"}
"""Where a format is not called like its ending."""


def write_session(session: Session, pattern: Pattern, folder: Path, target: Path, kind: str) -> None:
    """Writes a session, whose files are in `folder`, as the kind with that ending. Raises PracticeError."""
    takes = [folder / session.take(take).file for take in dict.fromkeys(p.take for p in timeline_of(session).pieces)]
    if kind == "zip":
        pack(Store(folder.parent.parent, folder.parent), session.id, target)
    elif kind in ("wav", "flac") and not takes:
        raise PracticeError("There is no recording in this session, so there is no sound to write.")
    elif kind == "wav":
        join_takes(takes, target)
    elif kind == "flac":
        encode_flac(takes, target)
    else:
        name = next((name for name, ending in NAMES.items() if ending == kind), kind)
        text = as_html(session, pattern, folder) if kind == "html" else FORMATS[name](session, pattern)
        try:
            write_whole(target, text.encode("utf-8", "replace"))
        except OSError as error:
            why = error.strerror or "the disk refused"
            raise PracticeError(f"{target} could not be written ({why}). The session is untouched.") from error

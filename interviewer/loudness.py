"""What a recorded sentence says of the microphone: its measures, and the one verdict they come to."""

from dataclasses import dataclass
from enum import Enum

QUIET_DBFS = -42.0
"""Speech whose loudest moment is below this is too quiet to be understood well."""
CLIPPING_DBFS = -1.0
DEAD_DBFS = -78.0
"""Nothing that moves more than four steps of 16 bits is sound."""
LEAST_SECONDS = 0.3
MOST_ZEROS = 0.995
"""A microphone that cuts off between words sends many zeros; one that is muted sends nothing else."""
MOST_CLIPPED = 1e-4
"""Of all samples at full scale: a single peak may touch it."""
MOST_OFF_CENTRE = 0.05
LEAST_CONTRAST_DB, FAIR_CONTRAST_DB = 6.0, 10.0
"""By how much speech is louder than what is between the words, at least."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measures of a sentence. Levels are in dBFS about its centre: `loudest_dbfs` of its loudest sample, `speech_dbfs`
    and `noise_dbfs` of its loudest and quietest twentieth. Shares are of all samples, `off_centre` of full scale."""

    seconds: float
    loudest_dbfs: float
    speech_dbfs: float
    noise_dbfs: float
    zeros_share: float = 0.0
    clipped_share: float = 0.0
    off_centre: float = 0.0


class SoundCheck(Enum):
    """How it sounds, what to do, and whether that is good, could be better or will not do."""

    NOTHING = ("Nothing was recorded. Record a sentence, and stop after it.", "warn")
    LOUDSPEAKERS = (
        "This is the sound of your loudspeakers, not a microphone. "
        "Choose a microphone above, or in the system's sound settings.",
        "bad",
    )
    SILENT = (
        "Nothing but digital silence. The microphone may be muted, or the system does not let this program use it.",
        "bad",
    )
    OFF_CENTRE = (
        "Something is wrong with the signal: all of it is pushed to one side. Try another socket or microphone.",
        "bad",
    )
    CLIPPED = ("Too loud: the peaks are cut off. Move back a little, or turn the microphone down.", "bad")
    QUIET = ("Too quiet. Move closer, or turn the microphone up in the system's sound settings.", "warn")
    NO_VOICE = ("No voice stands out from the noise. Say a sentence, closer to the microphone.", "warn")
    NOISY = ("Much noise beside your voice. Move closer to the microphone, or find a quieter place.", "warn")
    GOOD = ("Good. This is a level the recogniser can work with.", "good")

    @property
    def text(self) -> str:
        return self.value[0]

    @property
    def role(self) -> str:
        """The look of its text: good, warn or bad."""
        return self.value[1]


def verdict(loudness: Loudness, is_loudspeaker: bool) -> SoundCheck:
    """Exactly one: of several faults the one that has to be mended first, for it may be the cause of the others."""
    contrast = loudness.speech_dbfs - loudness.noise_dbfs
    if is_loudspeaker:
        return SoundCheck.LOUDSPEAKERS
    if loudness.seconds < LEAST_SECONDS:
        return SoundCheck.NOTHING
    if loudness.zeros_share > MOST_ZEROS or loudness.loudest_dbfs < DEAD_DBFS:
        return SoundCheck.SILENT
    if abs(loudness.off_centre) > MOST_OFF_CENTRE:
        return SoundCheck.OFF_CENTRE
    if loudness.clipped_share > MOST_CLIPPED or loudness.loudest_dbfs >= CLIPPING_DBFS:
        return SoundCheck.CLIPPED
    if loudness.loudest_dbfs < QUIET_DBFS:
        return SoundCheck.QUIET
    if contrast < LEAST_CONTRAST_DB:
        return SoundCheck.NO_VOICE
    return SoundCheck.NOISY if contrast < FAIR_CONTRAST_DB else SoundCheck.GOOD

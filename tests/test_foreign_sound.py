"""Foreign sound becomes a take of the right length, each word at its place, with a sentence for what it lacks.

Each kind of trouble is made in several codecs. The cases in tests/data/foreign came from elsewhere.
"""

import os
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from audio.decode import decode
from audio.wav import read_take
from interviewer.timing import RATE_HZ
from tests.foreign import (
    CASES,
    CODED_HZ,
    SECONDS,
    TRUE,
    VOICE,
    coded,
    damaged,
    level_db,
    loudest_between,
    place_of,
    several,
    side_by_side,
    taken,
    with_picture,
)

KINDS = {
    "a.wav": "pcm_s16le",
    "a.flac": "flac",
    "a.mp3": "libmp3lame",
    "a.m4a": "aac",
    "a.aac": "aac",
    "a.ogg": "libopus",
    "a.webm": "libopus",
    "a.caf": "alac",
    "a.mka": "aac",
    "a.ts": "aac",
}
"""One codec for each kind of file."""

ONE_ALONE = "the loudest one was taken alone"
PRIMING = 0.03
"""Raw AAC begins with one packet that its container would leave out."""

QUIET = np.zeros_like(VOICE)
HALF = len(VOICE) // 2


@pytest.mark.parametrize("name", KINDS)
def test_a_whole_file_needs_no_words(tmp_path: Path, name: str) -> None:
    decoded, wave = taken(coded(tmp_path / name, KINDS[name]))
    assert decoded.notices == ()
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=PRIMING)
    shift, likeness = place_of(wave, 7.0, 9.0)
    assert abs(shift) < PRIMING
    assert likeness > 0.95


# Channels

CHANNELS = {
    "in phase": (side_by_side(VOICE, VOICE), False),
    "against each other": (side_by_side(VOICE, -VOICE), True),
    "partly against each other": (side_by_side(VOICE, -VOICE / 2), True),
    "against each other later": (side_by_side(VOICE, np.concatenate([VOICE[:HALF], -VOICE[HALF:]])), True),
    "one late": (side_by_side(VOICE, np.roll(VOICE, CODED_HZ // 200)), True),
    "left silent": (side_by_side(QUIET, VOICE), False),
    "right silent": (side_by_side(VOICE, QUIET), False),
    "right faint": (side_by_side(VOICE, VOICE / 10), False),
}


@pytest.mark.parametrize("codec", ["pcm_s16le a.wav", "libmp3lame a.mp3", "aac a.m4a", "libopus a.webm"])
@pytest.mark.parametrize("channels", CHANNELS)
def test_no_downmix_cancels(tmp_path: Path, channels: str, codec: str) -> None:
    encoder, name = codec.split()
    sound, is_alone = CHANNELS[channels]
    decoded, wave = taken(coded(tmp_path / name, encoder, sound, layout="stereo"))
    assert level_db(wave) == pytest.approx(level_db(TRUE), abs=1.0)
    assert place_of(wave, 1.0, 9.0)[1] > 0.95
    assert any(ONE_ALONE in notice for notice in decoded.notices) == is_alone


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.m4a", "a.mka"])
@pytest.mark.parametrize("speaker", [2, 4], ids=["centre", "back"])
def test_a_voice_in_one_of_six_channels_keeps_its_level(tmp_path: Path, name: str, speaker: int) -> None:
    channels = [QUIET] * 6
    channels[speaker] = VOICE
    _, wave = taken(coded(tmp_path / name, KINDS[name], side_by_side(*channels), layout="5.1"))
    assert level_db(wave) == pytest.approx(level_db(TRUE), abs=1.0)


@pytest.mark.parametrize("channels", [3, 7, 16, 24])
def test_any_number_of_channels_keeps_the_voice(tmp_path: Path, channels: int) -> None:
    sound = np.zeros((len(TRUE), channels), "<i2")
    sound[:, -1] = np.rint(TRUE * 32_767)
    data = sound.tobytes()
    head = (b"RIFF", 36 + len(data), b"WAVEfmt ", 16, 1, channels, RATE_HZ, RATE_HZ * 2 * channels, 2 * channels, 16)
    (tmp_path / "a.wav").write_bytes(struct.pack("<4sI8sIHHIIHH4sI", *head, b"data", len(data)) + data)
    _, wave = taken(tmp_path / "a.wav")
    assert level_db(wave) == pytest.approx(level_db(TRUE), abs=1.0)


def test_two_people_on_two_channels_are_both_heard(tmp_path: Path) -> None:
    first, second = VOICE.copy(), VOICE.copy()
    first[HALF:] = second[:HALF] = 0
    decoded, wave = taken(coded(tmp_path / "a.wav", "pcm_s16le", side_by_side(first, second), layout="stereo"))
    assert decoded.notices == ()
    assert place_of(wave, 0.5, 4.0)[1] > 0.95
    assert place_of(wave, 5.5, 9.0)[1] > 0.95


# Level

FLOATS = ["pcm_f32le a.wav", "pcm_f64le a.wav", "pcm_f32be a.caf", "pcm_f32le a.mka", "aac a.m4a", "libmp3lame a.mp3"]


@pytest.mark.parametrize("codec", FLOATS)
def test_what_is_beyond_full_scale_is_turned_down(tmp_path: Path, codec: str) -> None:
    encoder, name = codec.split()
    loud = 4 if encoder.startswith("pcm") else 2
    decoded, wave = taken(coded(tmp_path / name, encoder, VOICE * loud))
    assert 0.9 < np.abs(wave).max() < 32_767 / 32_768
    assert place_of(wave, 1.0, 9.0)[1] > (0.999 if encoder.startswith("pcm") else 0.95)
    if encoder.startswith("pcm"):
        assert decoded.notices == ("It goes beyond full scale and was turned down by 10 dB.",)


# Streams


@pytest.mark.parametrize(
    ("tracks", "default", "sentence"),
    [
        ("voice other", 0, "Track 1 of 2 was taken."),
        ("other voice", 1, "Track 2 of 2 was taken."),
        ("quiet voice", 0, "Track 2 of 2 was taken, because track 1 is silent."),
        ("voice quiet", 1, "Track 1 of 2 was taken, because track 2 is silent."),
        ("quiet faint voice", 0, "Track 3 of 3 was taken, because track 1 is silent."),
    ],
)
@pytest.mark.parametrize("name", ["a.mka", "a.m4a"])
def test_the_usual_track_is_taken_unless_it_is_silent(
    tmp_path: Path, name: str, tracks: str, default: int, sentence: str
) -> None:
    other = np.sin(np.arange(len(VOICE)) * 0.05).astype(np.float32) / 3
    waves = {"voice": VOICE, "other": other, "quiet": QUIET, "faint": VOICE / 1_500}
    decoded, wave = taken(several(tmp_path / name, "aac", [waves[each] for each in tracks.split()], default))
    assert decoded.notices == (sentence,)
    assert place_of(wave, 1.0, 9.0)[1] > 0.95


# Changes within a file

CHAINS = {
    "a.ogg": "libopus",
    "b.ogg": "flac",
    "a.mp3": "libmp3lame",
    "a.aac": "aac",
    "a.flac": "flac",
    "a.ts": "aac",
    "a.wav": "pcm_s16le",
}


@pytest.mark.parametrize("second", [(48_000, "mono"), (24_000, "mono"), (48_000, "stereo")], ids=str)
@pytest.mark.parametrize("name", CHAINS)
def test_a_change_of_rate_or_channels_keeps_the_clock(tmp_path: Path, name: str, second: tuple[int, str]) -> None:
    rate, layout = second
    later = VOICE[HALF :: CODED_HZ // rate]
    later = side_by_side(later, later) if layout == "stereo" else later
    first_file = coded(tmp_path / f"1-{name}", CHAINS[name], VOICE[:HALF])
    second_file = coded(tmp_path / f"2-{name}", CHAINS[name], later, rate=rate, layout=layout)
    (tmp_path / name).write_bytes(first_file.read_bytes() + second_file.read_bytes())
    decoded, wave = taken(tmp_path / name)
    assert decoded.notices == ()
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.1)
    for start in (0.5, 5.5):
        shift, likeness = place_of(wave, start, start + 3)
        assert abs(shift) < 0.1
        assert likeness > 0.9  # half of the samples were left out without a filter


def test_what_stands_between_two_joined_files_is_no_sound(tmp_path: Path) -> None:
    first, second = (
        coded(tmp_path / f"{part}.mp3", "libmp3lame", wave) for part, wave in ((1, VOICE[:HALF]), (2, VOICE[HALF:]))
    )
    picture = b"ID3\4\0\0" + bytes([0, 16, 0, 0]) + os.urandom(16 << 14)
    title = b"TAG" + bytes(125)
    (tmp_path / "a.mp3").write_bytes(first.read_bytes() + title + picture + second.read_bytes() + title)
    decoded, wave = taken(tmp_path / "a.mp3")
    assert decoded.notices == ()
    assert abs(place_of(wave, 7.0, 9.0)[0]) < PRIMING


# Damage


@pytest.mark.parametrize("name", [each for each in KINDS if each != "a.wav"])
@pytest.mark.parametrize("seed", [1, 2])
def test_damage_is_silent_and_what_follows_is_in_its_place(tmp_path: Path, name: str, seed: int) -> None:
    decoded, wave = taken(damaged(coded(tmp_path / name, KINDS[name]), seed=seed))
    (notice,) = decoded.notices
    assert "could not be read and are silent" in notice
    assert any(f" at 0:0{second} " in notice for second in (2, 3, 4))
    # raw AAC has no clock: the bytes alone tell how long the hole is
    tolerance = 0.3 if name == "a.aac" else 0.05
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=tolerance)
    shift, likeness = place_of(wave, 7.0, 9.0)
    assert abs(shift) < tolerance
    assert likeness > 0.95
    assert abs(place_of(wave, 0.5, 2.5)[0]) < PRIMING


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.webm", "a.mka"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_breaks_off_is_taken_so_far(tmp_path: Path, name: str, share: float) -> None:
    path = coded(tmp_path / name, KINDS[name])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    decoded, wave = taken(path)
    (notice,) = decoded.notices
    seconds = decoded.frames / RATE_HZ
    assert notice == f"It breaks off at 0:0{round(seconds)} of 0:10."
    assert seconds == pytest.approx(SECONDS * share, abs=1.2)  # the bytes of a second differ
    assert place_of(wave, 0.2, 2.2)[1] > 0.95
    assert level_db(wave[:RATE_HZ]) == pytest.approx(level_db(TRUE[:RATE_HZ]), abs=1.0)


# Time stamps

STAMPED = {
    "a.webm": "libopus",
    "a.mka": "aac",
    "a.m4a": "aac",
    "a.ogg": "libopus",
    "a.ts": "aac",
    "a.mkv": "libmp3lame",
}


@pytest.mark.parametrize("name", STAMPED)
def test_a_pause_of_the_recorder_is_silence(tmp_path: Path, name: str) -> None:
    path = coded(tmp_path / name, STAMPED[name], restamp=lambda time: time + 3 if time > 4.0 else time)
    decoded, wave = taken(path)
    assert decoded.notices == ("3.0 s at 0:04 hold no sound and are silent.",)
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS + 3, abs=0.05)
    assert abs(place_of(wave, 7.0, 9.0)[0] - 3) < 0.05
    assert loudest_between(wave, 4.1, 6.9) < 0.001


@pytest.mark.parametrize("name", STAMPED)
def test_absurd_time_stamps_are_not_followed(tmp_path: Path, name: str) -> None:
    path = coded(tmp_path / name, STAMPED[name], restamp=lambda time: time + 5 * 3600 if time > 4.0 else time)
    decoded, wave = taken(path)
    assert decoded.notices == ("Some of its time stamps cannot be right and were not followed.",)
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.1)
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.1


@pytest.mark.parametrize("name", STAMPED)
def test_a_clock_that_begins_late_begins_with_the_sound(tmp_path: Path, name: str) -> None:
    path = coded(tmp_path / name, STAMPED[name], restamp=lambda time: time + 9 * 3600)
    decoded, _ = taken(path)
    assert decoded.notices == ()
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.05)


def test_one_wrong_stamp_among_right_ones_is_nothing(tmp_path: Path) -> None:
    """The time of one block, 20 s ahead: no muxer writes it, so it is put in by hand."""
    path = coded(tmp_path / "a.mka", "libopus")
    data = bytearray(path.read_bytes())
    block = data.find(b"\xa3", len(data) // 3)
    while data[block + 2] & 0x80 or data[block + 1] & 0xC0 != 0x40 or data[block + 3] != 0x81:
        block = data.find(b"\xa3", block + 1)
    data[block + 4 : block + 6] = struct.pack(">h", struct.unpack(">h", data[block + 4 : block + 6])[0] + 20_000)
    path.write_bytes(data)
    decoded, wave = taken(path)
    assert decoded.notices == ()
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.05)
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.05


@pytest.mark.parametrize(
    "kind", ["v.mp4 mpeg4 aac", "v.mkv mpeg4 libopus", "v.mov mjpeg pcm_s16le", "v.ts mpeg2video aac", "v.flv flv1 aac"]
)
@pytest.mark.parametrize("clock", [0.0, 5_000.0])
def test_sound_that_begins_after_the_picture_is_on_its_clock(tmp_path: Path, kind: str, clock: float) -> None:
    name, video, audio = kind.split()
    decoded, wave = taken(with_picture(tmp_path / name, video, audio, clock + 1.5, clock))
    assert decoded.notices == ("1.5 s at 0:00 hold no sound and are silent.",)
    assert abs(place_of(wave, 7.0, 9.0)[0] - 1.5) < 0.05
    assert loudest_between(wave, 0.0, 1.4) < 0.001
    decoded, wave = taken(with_picture(tmp_path / name, video, audio, 0.0, 1.0))
    assert decoded.notices == ()
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.05


# The telephone


def test_a_telephone_that_says_nothing_in_a_pause_keeps_its_time(tmp_path: Path) -> None:
    near = VOICE[::6]
    pause = np.zeros(5 * 8_000, np.float32)
    options = {"dtx": "1"}
    for name in ("a.amr", "a.3gp"):
        path = coded(
            tmp_path / name, "libopencore_amrnb", np.concatenate([near, pause, near]), rate=8_000, options=options
        )
        decoded, wave = taken(path)
        assert decoded.notices == ()
        assert decoded.frames / RATE_HZ == pytest.approx(2 * SECONDS + 5, abs=0.1)
        assert loudest_between(wave, SECONDS + 1, SECONDS + 4) < 0.01


@pytest.mark.parametrize(
    ("head", "speech", "silence"), [(b"#!AMR\n", (7, 31), (8, 5)), (b"#!AMR-WB\n", (2, 32), (9, 5))], ids=["nb", "wb"]
)
def test_frames_of_silence_last_as_long_as_others(
    tmp_path: Path, head: bytes, speech: tuple[int, int], silence: tuple[int, int]
) -> None:
    """Packets by hand: there is no encoder of the wide band. Two seconds, four with nothing or next to nothing, two."""
    dice = np.random.default_rng(0)

    def packet(mode: int, size: int) -> bytes:
        return bytes([mode << 3 | 4]) + dice.integers(0, 256, size, dtype=np.uint8).tobytes()

    loud = [packet(*speech) for _ in range(100)]
    pause = [packet(*silence) if number % 8 == 0 else packet(15, 0) for number in range(200)]
    (tmp_path / "a.amr").write_bytes(head + b"".join([*loud, *pause, *loud]))
    decoded, _ = taken(tmp_path / "a.amr")
    assert decoded.frames / RATE_HZ == pytest.approx(8.0, abs=0.02)
    assert not any("could not be read" in notice for notice in decoded.notices)


# What came from elsewhere

CAME = {
    "antiphase.wav": (SECONDS, 0.0, ONE_ALONE),
    "silent_first_track.mka": (SECONDS, 0.0, "Track 2 of 2 was taken, because track 1 is silent."),
    "rate_change.mp3": (SECONDS, 0.0, ""),
    "chained_vorbis.ogg": (SECONDS, 0.0, ""),
    "damaged_middle.caf": (SECONDS, 0.0, "0.9 s at 0:03 could not be read and are silent."),
    "pause_of_5s_at_4s.webm": (14.6, 5.0, "5.0 s at 0:04 hold no sound and are silent."),
    "data_length_too_short.wav": (SECONDS, 0.0, "The length in its header is wrong. All of its sound was taken."),
    "float_over_full_scale.wav": (SECONDS, 0.0, "was turned down by 12 dB."),
}


@pytest.mark.parametrize("name", CAME)
def test_a_case_from_elsewhere(tmp_path: Path, name: str) -> None:
    seconds, late, sentence = CAME[name]
    decoded = decode(CASES / name, tmp_path / "take.wav")
    wave = read_take(tmp_path / "take.wav").astype(np.float32) / 32_768
    assert decoded.frames / RATE_HZ == pytest.approx(seconds, abs=0.1 if name == "rate_change.mp3" else 0.05)
    shift, likeness = place_of(wave, 7.0, 9.0)
    assert shift == pytest.approx(late, abs=0.1)
    assert likeness > 0.95
    assert [notice.startswith(f"{name}: ") and sentence in notice for notice in decoded.notices] == [True] * bool(
        sentence
    )
    if name != "float_over_full_scale.wav":
        assert level_db(wave[: 3 * RATE_HZ]) == pytest.approx(level_db(TRUE[: 3 * RATE_HZ]), abs=1.0)
    assert np.abs(wave).max() < 32_767 / 32_768


def test_a_raw_stream_is_damaged(tmp_path: Path) -> None:
    """It names no time anywhere: how long the hole was is a guess by its bytes."""
    decoded, wave = taken(Path(shutil.copy(CASES / "damaged_middle.aac", tmp_path)))
    assert decoded.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.25)
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.25
    assert "could not be read and are silent" in decoded.notices[0]

"""Lengths in headers that are wrong: the whole sound all the same, or a sentence, never a part without a word."""

import struct
from pathlib import Path

import numpy as np
import pytest

from interviewer.timing import RATE_HZ
from tests.foreign import SECONDS, TRUE, coded, place_of, taken

SOUND = np.rint(TRUE * 32_767).astype("<i2").tobytes()
MIRRORED = np.frombuffer(SOUND, "<i2").astype(">i2").tobytes()
EIGHT_BITS = ((np.frombuffer(SOUND, "<i2") >> 8) + 128).astype("u1").tobytes()[:-1]
WRONG = "The length in its header is wrong. All of its sound was taken."
FORMAT = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
FORMAT_8 = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, RATE_HZ, 1, 8)
WHOLE = len(SOUND)


def chunk(name: bytes, body: bytes, size: int | None = None, pad: bool = True) -> bytes:
    length = len(body) if size is None else size
    return name + struct.pack("<I", length) + body + bytes(len(body) % 2 if pad else 0)


CLOSING = chunk(b"LIST", b"INFOISFT" + struct.pack("<I", 6) + b"Lavf5\0")


def riff(*chunks: bytes, size: int | None = None, name: bytes = b"RIFF") -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return name + struct.pack("<I", len(body) if size is None else size) + body


def rf64(length: int, name: bytes = b"RF64") -> bytes:
    sizes = struct.pack("<QQQI", WHOLE + 100, length, WHOLE // 2, 0)
    return riff(chunk(b"ds64", sizes), FORMAT, chunk(b"data", SOUND, 0xFFFFFFFF), size=0xFFFFFFFF, name=name)


def aiff(size: int | None = None, frames: int | None = None, closing: bytes = b"") -> bytes:
    def big(name: bytes, body: bytes, length: int | None = None) -> bytes:
        return name + struct.pack(">I", len(body) if length is None else length) + body

    rate = struct.pack(">HQ", 16_383 + 13, RATE_HZ << 50)
    common = struct.pack(">hIh", 1, WHOLE // 2 if frames is None else frames, 16) + rate
    body = b"AIFF" + big(b"COMM", common) + big(b"SSND", bytes(8) + MIRRORED, size) + closing
    return big(b"FORM", body)


def caf(size: int, closing: bytes = b"") -> bytes:
    format_ = struct.pack(">d4sIIIII", float(RATE_HZ), b"lpcm", 2, 2, 1, 1, 16)
    head = b"caff" + struct.pack(">HH", 1, 0) + b"desc" + struct.pack(">q", len(format_)) + format_
    return head + b"data" + struct.pack(">q", size) + bytes(4) + SOUND + closing


third = WHOLE // 6 * 2
INFO = b"info" + struct.pack(">q", 4) + bytes(4)
FILES = {
    **{
        f"WAV of length {size:x}{' closed' * bool(end)}": (riff(FORMAT, chunk(b"data", SOUND, size), end), sentence)
        for end in (b"", CLOSING)
        for size, sentence in (
            (0, ""),
            (0xFFFFFFFF, ""),
            (0xFFFFF000, ""),
            (0x7FFFFFFF, ""),
            (WHOLE, ""),
            (2, WRONG),
            (1_001, WRONG),
            (WHOLE // 2, WRONG),
            (WHOLE + 1_000, WRONG),
            (2 * WHOLE, WRONG),
        )
    },
    "WAV that is said to be longer": (
        riff(FORMAT, chunk(b"data", SOUND, 2 * WHOLE), size=36 + 2 * WHOLE),
        "It breaks off at 0:10 of 0:19.",
    ),
    "WAV in three": (
        riff(FORMAT, *(chunk(b"data", SOUND[at : at + third]) + CLOSING for at in range(0, WHOLE, third))),
        "",
    ),
    "WAV of odd length": (riff(FORMAT_8, chunk(b"data", EIGHT_BITS), CLOSING), ""),
    "WAV of odd length, not padded": (riff(FORMAT_8, chunk(b"data", EIGHT_BITS, pad=False), CLOSING), ""),
    "WAV after an odd chunk": (riff(FORMAT, chunk(b"JUNK", b"abc"), chunk(b"data", SOUND)), ""),
    "WAV after an odd chunk, not padded": (riff(FORMAT, chunk(b"JUNK", b"abc", pad=False), chunk(b"data", SOUND)), ""),
    "RF64": (rf64(WHOLE), ""),
    "BW64": (rf64(WHOLE, b"BW64"), ""),
    "RF64 too short": (rf64(1_000), WRONG),
    "RF64 of no length": (rf64(0), ""),
    "RF64 too long": (rf64(3 * WHOLE), "It breaks off at 0:10 of 0:29."),
    "AIFF": (aiff(), ""),
    "AIFF of no length": (aiff(0), ""),
    "AIFF of no frames": (aiff(8, 0), ""),
    "AIFF of few frames": (aiff(None, 100), ""),
    "AIFF too short": (aiff(1_008), WRONG),
    "AIFF too short, closed": (aiff(1_008, 500, b"NAME" + struct.pack(">I", 4) + b"name"), WRONG),
    "AIFF too long": (aiff(WHOLE + 5_000), WRONG),
    "CAF of no length": (caf(-1), ""),
    "CAF of length 0": (caf(0), ""),
    "CAF, closed": (caf(WHOLE + 4, INFO), ""),
    "CAF too short": (caf(1_004), WRONG),
    "CAF too short, closed": (caf(1_004, INFO), WRONG),
    "CAF of years": (caf(1 << 40), ""),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_whole_sound_is_taken(tmp_path: Path, kind: str) -> None:
    data, sentence = FILES[kind]
    (tmp_path / "a.sound").write_bytes(data)
    take, wave = taken(tmp_path / "a.sound")
    assert take.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.01)
    shift, likeness = place_of(wave, 7.0, 9.0)
    assert abs(shift) < 0.001
    assert likeness > 0.99
    assert take.notices == ((sentence,) if sentence else ())


@pytest.mark.parametrize("data", [riff(FORMAT, chunk(b"data", SOUND)), rf64(WHOLE), aiff(), caf(WHOLE + 4)], ids=len)
def test_what_was_cut_off_says_of_what(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.sound").write_bytes(data[: WHOLE // 2])
    take, _ = taken(tmp_path / "a.sound")
    assert take.notices == ("It breaks off at 0:05 of 0:10.",)


def test_two_that_were_joined_are_both_taken(tmp_path: Path) -> None:
    half = WHOLE // 4 * 2
    (tmp_path / "a.wav").write_bytes(
        b"".join(riff(FORMAT, chunk(b"data", part)) for part in (SOUND[:half], SOUND[half:]))
    )
    take, wave = taken(tmp_path / "a.wav")
    assert take.frames / RATE_HZ == pytest.approx(SECONDS, abs=0.01)
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.001


def test_a_packet_table_behind_sound_of_wrong_length_is_found(tmp_path: Path) -> None:
    path = coded(tmp_path / "a.caf", "alac")
    data = bytearray(path.read_bytes())
    at = data.find(b"data") + 4
    data[at : at + 8] = struct.pack(">q", 1_000)
    path.write_bytes(data)
    take, wave = taken(path)
    assert take.notices == (WRONG,)
    assert abs(place_of(wave, 7.0, 9.0)[0]) < 0.001

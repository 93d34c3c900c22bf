"""How long an MP3 says it is: the frame count that encoders leave in its first frame (Xing, Info, VBRI)."""

from audio.foreign_bytes import ForeignBytes

RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""In Hz, by the header's two bits for the version."""

MOST_TAGS = 8
LOOKED_BYTES = 4096


def named_seconds(file: ForeignBytes) -> float | None:
    """None where the file is no MP3, or names no length. Raises OSError."""
    head = file.at(header_bytes(file), LOOKED_BYTES)
    return _named(head) if len(head) > 4 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 else None  # layer III


def header_bytes(file: ForeignBytes) -> int:
    """Where the first frame is: behind the ID3 tags. Raises OSError."""
    at = 0
    for _ in range(MOST_TAGS):
        head = file.at(at, 10)
        if not head.startswith(b"ID3") or len(head) < 10:
            break
        seven = head[6:10]
        at += 10 + (seven[0] << 21 | seven[1] << 14 | seven[2] << 7 | seven[3]) + (10 if head[5] & 16 else 0)
    return at


def _named(frame: bytes) -> float | None:
    version, rate = frame[1] >> 3 & 3, frame[2] >> 2 & 3
    if version not in RATES or rate == 3:
        return None
    is_mono = frame[3] >> 6 == 3
    side = (17 if is_mono else 32) if version == 3 else (9 if is_mono else 17)
    tag = frame[4 + side : 4 + side + 12]
    count = 0
    if tag[:4] in (b"Xing", b"Info") and tag[7] & 1:
        count = int.from_bytes(tag[8:12], "big")
    elif frame[36:40] == b"VBRI":
        count = int.from_bytes(frame[50:54], "big")
    return count * (1152 if version == 3 else 576) / RATES[version][rate] if count else None

"""How long a recording is by its own clock; what browsers record says it nowhere at its beginning."""

import struct
from collections.abc import Iterator
from itertools import islice

from chat.attachments import sniffing

MOST_PARTS = 50_000  # three minutes of sound have 9,000
OPUS_RATE = 48_000  # Hz, of its clock in OGG, whatever it was recorded with
ENDLESS = (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)  # lengths in MP4 that say nothing

SEGMENT, INFO, CLUSTER, GROUP = 0x18538067, 0x1549A966, 0x1F43B675, 0xA0
SCALE, DURATION, TIME, SIMPLE_BLOCK, BLOCK = 0x2AD7B1, 0x4489, 0xE7, 0xA3, 0xA1


def seconds_of(kind: sniffing.Type, content: bytes) -> float | None:
    """Return how long a sound is; nothing where the file does not say it, or is damaged."""
    read = {sniffing.WEBM: _webm, sniffing.OGG: _ogg, sniffing.M4A: _mp4}.get(kind)
    try:
        seconds = read(content) if read else None
    except (ArithmeticError, IndexError, ValueError, struct.error):
        return None
    return seconds if seconds and seconds > 0 else None


def _ogg(content: bytes) -> float:
    """Return where the clock of its last page stands."""
    head = content[:512]
    if (at := head.find(b"OpusHead")) >= 0:
        rate, skipped = OPUS_RATE, struct.unpack_from("<H", head, at + 10)[0]
    else:
        rate, skipped = struct.unpack_from("<I", head, head.index(b"\x01vorbis") + 12)[0], 0
    (stands,) = struct.unpack_from("<q", content, content.rindex(b"OggS") + 6)
    return (stands - skipped) / rate


def _webm(content: bytes) -> float:
    """Return when its last block sounds, or what its head says where that is later."""
    scale, told, cluster, last = 1_000_000, 0.0, 0, 0
    for identity, part in islice(_elements(content), MOST_PARTS):
        if identity == SCALE:
            scale = int.from_bytes(part)
        elif identity == DURATION:
            (told,) = struct.unpack(">f" if len(part) == 4 else ">d", part)
        elif identity == TIME:
            cluster = int.from_bytes(part)
        elif identity in {SIMPLE_BLOCK, BLOCK}:
            past = _number(part, 0)[1]
            last = max(last, cluster + int.from_bytes(part[past : past + 2], signed=True))
    return max(told, last) * scale / 1e9


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the elements of a WebM file, into those that hold the ones we read: these may have no length."""
    at = 0
    while at < len(content):
        identity, at = _number(content, at, is_identity=True)
        size, at = _number(content, at)
        if identity not in {SEGMENT, INFO, CLUSTER, GROUP}:
            yield identity, content[at : at + size]
            at += size


def _number(content: bytes, at: int, *, is_identity: bool = False) -> tuple[int, int]:
    """Return a number of EBML, whose first byte says how long it is, and where it ends."""
    width = 9 - content[at].bit_length()
    if width > 8:
        raise ValueError("not EBML")
    number = int.from_bytes(content[at : at + width])
    return number if is_identity else number & ~(1 << (7 * width)), at + width


def _mp4(content: bytes) -> float:
    """Return what the head of the file says, or the sum of its fragments."""
    (movie,) = islice(_within(content, b"moov", b"mvhd"), 1)
    scale, length = _clock(movie)
    if length not in ENDLESS:
        return length / scale
    (media,) = islice(_within(content, b"moov", b"trak", b"mdia", b"mdhd"), 1)
    usual = [struct.unpack_from(">I", one, 12)[0] for one in _within(content, b"moov", b"mvex", b"trex")]
    fragments = islice(_within(content, b"moof", b"traf"), MOST_PARTS)
    return sum(_fragment(one, usual[0] if usual else 0) for one in fragments) / _clock(media)[0]


def _within(content: bytes, *path: bytes) -> Iterator[bytes]:
    """Go through the boxes of an MP4 file that stand at a path."""
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", content, at + 8)[0] if size == 1 else size or len(content) - at
        if size < head:
            raise ValueError("not MP4")
        if kind == path[0]:
            inside = content[at + head : at + size]
            yield from _within(inside, *path[1:]) if path[1:] else [inside]
        at += size


def _clock(box: bytes) -> tuple[int, int]:
    """Return how many ticks a second has, and how many ticks it all lasts."""
    return struct.unpack_from(">IQ", box, 20) if box[0] == 1 else struct.unpack_from(">II", box, 12)


def _fragment(box: bytes, usual: int) -> int:
    """Return the ticks of one fragment."""
    for head in _within(box, b"tfhd"):
        flags = int.from_bytes(head[1:4])
        if flags & 0x8:
            (usual,) = struct.unpack_from(">I", head, 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2))
    ticks = 0
    for run in _within(box, b"trun"):
        flags, count = int.from_bytes(run[1:4]), int.from_bytes(run[4:8])
        if not flags & 0x100:
            ticks += usual * count
            continue
        at = 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
        step = 4 * (flags >> 8 & 0xF).bit_count()
        ticks += sum(struct.unpack_from(">I", run, at + step * one)[0] for one in range(min(count, MOST_PARTS)))
    return ticks

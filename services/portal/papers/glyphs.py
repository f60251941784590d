"""Which characters a font file can draw, read from its own table of characters (cmap)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

# Platform and encoding of a font's tables of characters, the most complete first.
UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters of one font, as ranges in order: where each begins, and where it ends."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        """Whether the font has a glyph for this character."""
        code = ord(character)
        at = bisect_right(self.begins, code) - 1
        return at >= 0 and code <= self.ends[at]


NOTHING = Coverage((), ())


@cache
def coverage(path: Path, index: int) -> Coverage:
    """What the font at a place in a file can draw; nothing, where the file cannot be read."""
    try:
        with path.open("rb") as file:
            table = _cmap(file, index)
        ranges = sorted(_ranges(table))
    except (OSError, struct.error, IndexError):
        return NOTHING
    return Coverage(tuple(first for first, _ in ranges), tuple(last for _, last in ranges))


def _cmap(file: BinaryIO, index: int) -> bytes:
    tag = file.read(4)
    start = 0
    if tag == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (tables,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for _ in range(tables):
        name, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if name == b"cmap":
            file.seek(offset)
            return file.read(length)
    return b""


def _ranges(cmap: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = {
        (platform, encoding): offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
    }
    for kind in UNICODE:
        if kind in offsets:
            table = cmap[offsets[kind] :]
            match struct.unpack_from(">H", table)[0]:
                case 4:
                    yield from _by_segments(table)
                    return
                case 6:
                    yield from _trimmed(table)
                    return
                case 12:
                    yield from _by_groups(table)
                    return
                case _:
                    continue


def _by_groups(table: bytes) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", table, 12)
    for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * groups]):
        if glyph or last > first:
            yield (first if glyph else first + 1), last


def _trimmed(table: bytes) -> Iterator[tuple[int, int]]:
    first, count = struct.unpack_from(">HH", table, 6)
    for nth, (glyph,) in enumerate(struct.iter_unpack(">H", table[10 : 10 + 2 * count])):
        if glyph:
            yield first + nth, first + nth


def _by_segments(table: bytes) -> Iterator[tuple[int, int]]:
    (twice,) = struct.unpack_from(">H", table, 6)
    segments = twice // 2
    ends = struct.unpack_from(f">{segments}H", table, 14)
    begins = struct.unpack_from(f">{segments}H", table, 16 + twice)
    deltas = struct.unpack_from(f">{segments}H", table, 16 + 2 * twice)
    where = 16 + 3 * twice
    offsets = struct.unpack_from(f">{segments}H", table, where)
    for nth, (first, last) in enumerate(zip(begins, ends, strict=True)):
        if first == 0xFFFF:
            continue
        if offsets[nth] == 0:
            yield first, last
            continue
        glyphs = where + 2 * nth + offsets[nth]
        for code in range(first, last + 1):
            (glyph,) = struct.unpack_from(">H", table, glyphs + 2 * (code - first))
            if glyph and (glyph + deltas[nth]) & 0xFFFF:
                yield code, code

"""Names of the streams in a compound file (OLE2, MS-CFB), the container of old and of encrypted Office files.

Only the directory is read, to say precisely why the file is refused; no stream is opened. Source: [MS-CFB] 2.2, 2.6.1.
"""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_HEADER_FAT_SECTORS = 109
_MOST_DIRECTORY_SECTORS = 2_000


def stream_names(content: bytes) -> frozenset[str]:
    """Names of all streams and storages, as far as they can be read: a damaged directory gives the names before it.

    Work is bounded: at most `_MOST_DIRECTORY_SECTORS` sectors, each visited once.
    """
    if len(content) < 512:
        return frozenset()
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in (9, 12):
        return frozenset()
    size = 1 << shift
    sector = struct.unpack_from("<I", content, 48)[0]
    fat = struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", content, 76)
    names: set[str] = set()
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(seen) < _MOST_DIRECTORY_SECTORS:
        seen.add(sector)
        names.update(_names_in(content[(sector + 1) * size : (sector + 2) * size]))
        sector = _next_sector(content, fat, sector, size)
    return frozenset(names)


def _names_in(directory: bytes) -> list[str]:
    names = []
    for start in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, start + 64)[0]
        if 2 < length <= 64:
            names.append(directory[start : start + length - 2].decode("utf-16-le", "replace"))
    return names


def _next_sector(content: bytes, fat: tuple[int, ...], sector: int, size: int) -> int:
    """The sector that follows in the chain, by the file allocation table whose first 109 sectors the header lists."""
    block, place = divmod(sector, size // 4)
    if block >= len(fat) or fat[block] >= _END:
        return _END
    offset = (fat[block] + 1) * size + place * 4
    if offset + 4 > len(content):
        return _END
    return int(struct.unpack_from("<I", content, offset)[0])

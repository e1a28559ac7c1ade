"""How much of a file we are willing to open. Every bound is a number a caller may lower or raise."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file, sizes in bytes. The defaults: 25 MB a file, 200 MB unpacked."""

    file_bytes: int = 25 * MIB
    text_bytes: int = 20 * MIB
    """Plain text, and the UTF-8 text that any other kind may yield."""

    archive_entries: int = 1_000
    unpacked_bytes: int = 200 * MIB
    unpacked_ratio: int = 100
    ratio_from_bytes: int = 1 * MIB
    """Under this unpacked size a high ratio is a short file of repeated text, not an attack."""

    xml_bytes: int = 48 * MIB
    """One XML part."""
    xml_nodes: int = 3_000_000
    """Tags and attributes of one part kept as a tree: each costs some 200 bytes, however short it is written."""

    sheet_rows: int = 100_000
    sheet_columns: int = 200
    cells: int = 1_000_000
    """Cells of one workbook, counted as rows x columns of each sheet's used area."""

    pdf_pages: int = 1_000
    pdf_seconds: int = 60
    pdf_memory_bytes: int = 1024 * MIB

    image_pixels: int = 50_000_000


DEFAULT_LIMITS = Limits()

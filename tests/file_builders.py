"""Small files built by hand, byte by byte where no library would write them: archives, Office, PDF, pictures."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MIB = 1024 * 1024


def noise(size: int) -> bytes:
    """Bytes that no packer makes smaller, the same each time."""
    return hashlib.shake_256(b"noise").digest(size)


# --- archives -----------------------------------------------------------------------------------------------------


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def types(main: str, main_type: str, extra: str = "") -> bytes:
    return (
        f'<Types xmlns="{P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{main_type}"/>{extra}</Types>'
    ).encode()


def links(*targets: tuple[str, str]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{R}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{P}/relationships">{entries}</Relationships>'.encode()


def word_parts(body: str = "<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>") -> dict[str, bytes]:
    """The least that Word opens."""
    return {
        "[Content_Types].xml": types("word/document.xml", WORD_MAIN),
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
    }


def word(body: str | None = None, **changed: bytes | None) -> bytes:
    """A Word file; parts are changed or (None) left out by name."""
    parts = word_parts() if body is None else word_parts(body)
    for name, part in changed.items():
        if part is None:
            del parts[name]
        else:
            parts[name] = part
    return archive(parts)


def excel_parts(rows: str = '<row r="1"><c r="A1" t="str"><v>Kế hoạch</v></c></row>') -> dict[str, bytes]:
    return {
        "[Content_Types].xml": types("xl/workbook.xml", EXCEL_MAIN),
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Trang" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>".encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{S}"/>'.encode(),
    }  # fmt: skip


def word_of_type(main_type: str, extra: str = "") -> bytes:
    return word(**{"[Content_Types].xml": types("word/document.xml", main_type, extra)})


def excel_of_type(main_type: str, extra: str = "") -> bytes:
    return excel(**{"[Content_Types].xml": types("xl/workbook.xml", main_type, extra)})


def part_of_type(name: str, media_type: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{media_type}"/>'


def excel(rows: str | None = None, **changed: bytes) -> bytes:
    parts = excel_parts() if rows is None else excel_parts(rows)
    return archive(parts | changed)


def five_million_empty_cells() -> bytes:
    parts = excel_parts("<row>" + "<c/>" * 5_000_000 + "</row>")
    return archive(parts | {"xl/media/noise.bin": noise(MIB)})  # ballast that keeps the ratio down


def one_string_in_every_cell() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 200
    strings = f'<sst xmlns="{S}"><si><t>{"dài " * 50_000}</t></si></sst>'
    return excel(f'<row r="1">{cells}</row>', **{"xl/sharedStrings.xml": strings.encode()})


def cell(reference: str) -> str:
    row = "".join(filter(str.isdigit, reference))
    return f'<row r="{row}"><c r="{reference}" t="str"><v>x</v></c></row>'


def with_entry(name: str, content: bytes = b"x", *, mode: int = 0) -> bytes:
    """A Word file with one more entry, written under exactly this name."""
    packed = io.BytesIO(word())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as opened:
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = entry.orig_filename = name
        entry.external_attr = mode << 16
        opened.writestr(entry, content)
    return packed.getvalue()


def overlapping() -> bytes:
    """Two list entries that share one kernel of compressed bytes, as in D. Fifield's bombs."""
    packed = bytearray(archive(word_parts() | {"word/a.xml": b"x" * 1000, "word/b.xml": b"x" * 1000}))
    lists = [place for place in range(len(packed)) if packed.startswith(b"PK\x01\x02", place)]
    first = struct.unpack_from("<I", packed, lists[-2] + 42)[0]
    struct.pack_into("<I", packed, lists[-1] + 42, first)
    local = first + 30
    packed[local : local + 10] = b"word/b.xml"  # the shared header carries the last name
    struct.pack_into("<I", packed, lists[-2] + 42, first)
    packed[lists[-2] + 46 : lists[-2] + 56] = b"word/b.xmm"
    return bytes(packed)


def lying_size() -> bytes:
    """A part of 1 MB that says in both headers it has 10 bytes."""
    packed = bytearray(archive(word_parts() | {"word/big.xml": b"<a/>" * MIB}))
    place = packed.rindex(b"word/big.xml")
    header = packed.rindex(b"PK\x01\x02", 0, place)
    struct.pack_into("<I", packed, header + 24, 10)
    local = struct.unpack_from("<I", packed, header + 42)[0]
    struct.pack_into("<I", packed, local + 22, 10)
    return bytes(packed)


def flagged_as_encrypted() -> bytes:
    packed = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = packed.rindex(mark)
        struct.pack_into("<H", packed, place + offset, 1)
    return bytes(packed)


def wrong_sum() -> bytes:
    packed = bytearray(word())
    place = packed.index(b"word/document.xml")
    packed[place + 17 + 8] ^= 0xFF
    return bytes(packed)


def unpacks_to(size: int, *, ballast: int) -> bytes:
    """Unpacks to `size` bytes of zeros, with ballast that keeps the ratio down."""
    zeros = {f"word/media/{number}.bin": bytes(10 * MIB) for number in range(size // (10 * MIB))}
    return archive(word_parts() | {"word/media/noise.bin": noise(ballast)} | zeros)


# --- compound files -----------------------------------------------------------------------------------------------


def compound(*streams: str) -> bytes:
    """An OLE2 file whose directory names these streams: enough of one to be told apart."""
    names = ["Root Entry", *streams]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, 2, 1) + bytes(60)
        for name in names
    ).ljust(512 * ((len(names) + 3) // 4), b"\0")
    sectors = len(directory) // 512
    chain = [*range(2, sectors + 1), 0xFFFFFFFE]
    fat = struct.pack("<I", 0xFFFFFFFD) + struct.pack(f"<{sectors}I", *chain)
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    )  # fmt: skip
    return header + fat.ljust(512, b"\xff") + directory


# --- XML ----------------------------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def with_doctype(part: bytes, doctype: str = OUTSIDE) -> bytes:
    return DECLARATION.encode() + doctype.encode() + part


def word_with_doctype(part: str, doctype: str = OUTSIDE) -> bytes:
    return word(**{part: with_doctype(word_parts()[part], doctype)})


def excel_with_doctype(part: str) -> bytes:
    return excel(**{part: with_doctype(excel_parts()[part])})


def long_attribute(size: int) -> bytes:
    return b'<a b="' + noise(size // 2).hex().encode() + b'"/>'


# --- PDF ----------------------------------------------------------------------------------------------------------


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(content)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def one_page(contents: bytes, *, catalogue: bytes = b"", font: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    font = font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(contents),
        font,
        *more,
    )


TEXT = b"BT /F1 14 Tf 72 700 Td (Ke hoach cai cach hanh chinh nam 2022) Tj ET"
PICTURE = b"q 400 0 0 400 50 50 cm 0 0 1 rg 0 0 1 1 re f Q"


def locked_pdf() -> bytes:
    secret = b"<" + b"5a" * 32 + b">"
    lock = b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (secret, secret)
    whole = one_page(TEXT, more=(lock,))
    return whole.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Encrypt 6 0 R /ID [<00><00>] ")


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count)


def unmapped_font() -> bytes:
    """A font that draws shapes by number and says nowhere which letters they are."""
    return one_page(
        b"BT /F1 14 Tf 72 700 Td <" + b"01020304050607" * 10 + b"> Tj ET",
        font=b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        more=(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) "
            b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R /DW 500 >>",
            b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 "
            b"/CapHeight 1 /StemV 1 >>",
        ),
    )


# --- pictures -----------------------------------------------------------------------------------------------------


def png(width: int, height: int, *, damaged: bool = False) -> bytes:
    """A PNG of these dimensions that holds almost nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        total = zlib.crc32(kind + content) ^ (1 if damaged and kind == b"IDAT" else 0)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", total)

    rows = zlib.compress(bytes(min(width, 100) * min(height, 100) + min(height, 100)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

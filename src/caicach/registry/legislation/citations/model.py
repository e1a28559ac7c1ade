"""What a citation is: a place in a text, the document it names and the unit of that document."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum


class Level(IntEnum):
    """Units of a Vietnamese legal document, from the smallest to the largest."""

    PARAGRAPH = 0  # đoạn, ý, gạch đầu dòng
    INDENT = 1  # tiết
    POINT = 2  # điểm
    CLAUSE = 3  # khoản
    ARTICLE = 4  # Điều
    SUBSECTION = 5  # tiểu mục
    SECTION = 6  # Mục
    CHAPTER = 7  # Chương
    PART = 8  # Phần
    ANNEX = 9  # Phụ lục


@dataclass(frozen=True, slots=True)
class Citation:
    """One unit path in one document, as written at `text[start:end]` of the NFC text.

    `date` is ISO ("2018-04-23"), "YYYY-MM" or "YYYY" as far as the text says. A list inside one level is joined by
    commas ("a,b,c"), a range by a hyphen ("5-9"). `number` is as written but for blanks, Ð and dash variants; a short
    name that the text introduced carries the number it stands for. Everything absent is None.
    """

    start: int
    end: int
    surface: str
    kind: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    title: str | None = None  # laws by name: "Lưu trữ"
    deictic: bool | None = None  # "Luật này": the document that is being read
    letterhead: bool | None = None  # "Số: 4269/KH-BHXH" at the start of a line: the document's own number
    attached: str | None = None  # "Quy chế": the path is in a text issued with the document
    annex: str | None = None
    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    subsection: str | None = None
    indent: str | None = None
    paragraph: str | None = None

    def as_json(self) -> dict[str, object]:
        """The ten agreed keys, always, in order; the further ones only where they hold something."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if name in _ALWAYS or value is not None}


_ALWAYS = frozenset(["start", "end", "surface", "kind", "number", "date", "issuer", "article", "clause", "point"])
FIELD_OF_LEVEL = {level: level.name.lower() for level in Level}

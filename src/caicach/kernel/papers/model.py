"""What an official paper holds, apart from how it looks: the same model is printed as PDF and written as Word.

Vietnamese names of the parts stand in the docstrings. Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II and III.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from . import rules


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look."""

    text: str
    bold: bool = False
    italic: bool = False


Inline: TypeAlias = str | tuple[Run, ...]
"""One line or paragraph: plain text, or pieces of it that look different. "\\n" breaks the line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a report or plan. `level` 1 to 4; `label` is its number, "I." or "2.1.", if it has one."""

    title: str
    level: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Phần, Chương, Mục: `label` ("Chương I") above `title`, both centred."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Centred:
    """A bold line in the middle: who decides ("BỘ TRƯỞNG BỘ NỘI VỤ"), the enacting words ("QUYẾT ĐỊNH:")."""

    text: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """Căn cứ ban hành: one line each, in italics; the ";" and the last "." are put by the layout."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Điều: "Điều 1." and its title in bold, then its first paragraph."""

    number: int | str
    text: Inline = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, first line indented, justified."""

    text: Inline


class Marker(StrEnum):
    """What stands before each line of a list."""

    DASH = "dash"
    PLUS = "plus"
    CLAUSE = "clause"
    POINT = "point"

    def label(self, number: int) -> str:
        """ "-", "+", "3." (khoản) or "c)" (điểm)."""
        if self is Marker.CLAUSE:
            return f"{number}."
        if self is Marker.POINT:
            return f"{rules.point_letter(number)})"
        return "-" if self is Marker.DASH else "+"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of equal rank. `start` is the number of the first where they are numbered."""

    texts: tuple[Inline, ...]
    marker: Marker = Marker.DASH
    start: int = 1

    def labelled(self) -> list[tuple[str, Inline]]:
        """Each line with what stands before it."""
        return [(self.marker.label(number), text) for number, text in enumerate(self.texts, start=self.start)]


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table's width. Neighbours with one `group` get one heading above their own."""

    title: str
    width: float = 1.0
    align: Align = "left"
    group: str = ""


class RowKind(StrEnum):
    """GROUP: one bold cell over all columns, a heading among the rows. TOTAL: bold cells."""

    NORMAL = "normal"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One cell for each column; of a GROUP row only the first is used. Missing cells are empty."""

    cells: tuple[Inline, ...]
    kind: RowKind = RowKind.NORMAL

    def padded(self, width: int) -> tuple[Inline, ...]:
        """Exactly `width` cells. Raises ValueError when there are more."""
        if len(self.cells) > width:
            raise ValueError(f"a row of {len(self.cells)} cells in a table of {width} columns")
        return self.cells + ("",) * (width - len(self.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its header comes again on every page. Above it `caption`, and `unit` ("Đơn vị tính: ...") right."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""

    def header_groups(self) -> list[tuple[str, int]]:
        """Runs of neighbouring columns: (group, how many). A column without a group is a run of its own."""
        runs: list[tuple[str, int]] = []
        for column in self.columns:
            if column.group and runs and runs[-1][0] == column.group:
                runs[-1] = (column.group, runs[-1][1] + 1)
            else:
                runs.append((column.group, 1))
        return runs


Block: TypeAlias = Heading | Chapter | Centred | Grounds | Article | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """What is attached, from a new page with page numbers of its own.

    title : in capitals ("DANH MỤC NHIỆM VỤ"); subject : a line of its own under it, or nothing
    label : "Phụ lục", with a Roman number where there are several (the layout counts); "" for a plan or a set of
        rules issued with a decision, which carries no such word
    headed : the issuing body and the national motto once more, as plans and rules issued with a decision have
    landscape : for a wide table
    """

    title: str
    blocks: tuple[Block, ...]
    subject: str = ""
    label: str = "Phụ lục"
    headed: bool = False
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: `authority` line by line as `rules.authority_lines` gives it, `name` without titles."""

    authority: tuple[str, ...]
    name: str = ""


class Urgency(StrEnum):
    """Mức độ khẩn (ô 10b)."""

    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    IMMEDIATE = "HỎA TỐC"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPaper:
    """A paper as it leaves the house, or a draft of it.

    issuer : cơ quan ban hành, in capitals; issuer_above : its superior, "" for a ministry
    number, notation : 1368 and "QĐ-BNV"; None leaves room to write
    place, day : địa danh and the day of signing; None leaves room to write
    kind : tên loại in capitals ("QUYẾT ĐỊNH"); "" makes an official letter with "V/v" under its number
    subject : trích yếu
    issued_by : the issuer as a sentence names it ("Bộ trưởng Bộ Nội vụ"), for the line under an annex's title
    addressees : kính gửi; recipients : nơi nhận, the last one is what is kept ("Lưu: VT, CCHC")
    drafter_mark : initials of the drafter and number of copies ("PL.300")
    contact : address lines at the foot of the first page
    draft : a framed "DỰ THẢO" under the number
    note : small print at the foot of every page ("Dữ liệu trình diễn, không có giá trị")
    """

    issuer: str
    subject: str
    blocks: tuple[Block, ...]
    kind: str = ""
    issuer_above: str = ""
    number: int | None = None
    notation: str = ""
    place: str = "Hà Nội"
    day: date | None = None
    issued_by: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer | None = None
    annexes: tuple[Annex, ...] = ()
    urgency: Urgency | None = None
    drafter_mark: str = ""
    contact: tuple[str, ...] = ()
    draft: bool = False
    note: str = ""

    @property
    def document_number(self) -> str:
        """ "1368/QĐ-BNV"."""
        return rules.document_number(number=self.number, notation=self.notation)

    @property
    def title(self) -> str:
        """How a reader's window names the file: kind, number if it has one, subject."""
        number = self.document_number if self.number is not None else ""
        return " ".join(part for part in (self.kind.capitalize() or "Công văn", number, self.subject) if part)

    def annex_label(self, index: int) -> str:
        """ "Phụ lục II" where several annexes carry the word, "Phụ lục" for an only one. Source: Phần I, mục III.1."""
        label = self.annexes[index].label
        same = [position for position, annex in enumerate(self.annexes) if annex.label == label]
        return f"{label} {rules.roman(same.index(index) + 1)}" if label and len(same) > 1 else label

    @property
    def attached_to(self) -> str:
        """The line under an annex's title that names this paper."""
        kind = self.kind or "Công văn"
        return rules.attached_to(kind=kind, number=self.document_number, day=self.day, issued_by=self.issued_by)


_LABELS: Final = (
    lambda number: f"{rules.roman(number)}.",
    lambda number: f"{number}.",
    lambda number: f"{rules.point_letter(number)})",
    lambda number: "-",
)


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with headings labelled "I.", "1.", "a)", "-" by level; a label that is already there is kept."""
    counts = [0] * len(_LABELS)
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level - 1
            counts[level] += 1
            counts[level + 1 :] = [0] * (len(counts) - level - 1)
            block = replace(block, label=block.label or _LABELS[level](counts[level]))
        result.append(block)
    return tuple(result)

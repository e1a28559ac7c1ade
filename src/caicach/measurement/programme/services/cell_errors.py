"""Cells that cannot be read, each named with what to write instead."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme.cells import BadCell
from caicach.measurement.programme.grid import column_label


class BadCells(InvalidInput):
    """Some cells cannot be read; nothing was stored. `bad` names each.

    in_rows : the cells came as rows, so each message says the row; else the column alone.
    lines : the line (from 1) on which each row begins where the person sees them; the names of the fields lead there.
    """

    code = "programme.bad_cells"

    def __init__(self, bad: Sequence[BadCell], *, in_rows: bool, lines: Sequence[int] = ()) -> None:
        self.bad, self.in_rows = list(bad), in_rows
        message = ngettext(
            "%(count)d cell needs correcting. Nothing was stored.",
            "%(count)d cells need correcting. Nothing was stored.",
            len(self.bad),
        ) % {"count": len(self.bad)}
        names = [_name(cell, in_rows=in_rows, lines=lines) for cell in self.bad]
        super().__init__(message, fields={n: [_message(c, in_rows)] for n, c in zip(names, self.bad, strict=True)})

    def at_lines(self, lines: Sequence[int]) -> BadCells:
        """The same; a row may take several lines of a paste, and its headings take one too."""
        return BadCells(self.bad, in_rows=self.in_rows, lines=lines)


def _name(cell: BadCell, *, in_rows: bool, lines: Sequence[int]) -> str:
    """ "13.lead" is the fourteenth row, or line."""
    if not in_rows:
        return cell.column
    return f"{lines[cell.row] - 1 if lines else cell.row}.{cell.column}"


def _message(cell: BadCell, in_rows: bool) -> str:
    """`Dòng 14, cột Đơn vị: không có đơn vị 'Vụ TCCB'. Ý bạn là 'Vụ Tổ chức cán bộ'?`"""
    place = {"row": cell.row + 1, "column": column_label(cell.column), "value": cell.value[:80], "hint": cell.hint}
    return (_in_a_row(cell) if in_rows else _alone(cell)) % place


def _in_a_row(cell: BadCell) -> str:
    if cell.code == "no_such_unit" and cell.hint:
        return _("Row %(row)d, column %(column)s: there is no unit “%(value)s”. Did you mean “%(hint)s”?")
    if cell.code == "no_such_unit":
        return _("Row %(row)d, column %(column)s: there is no unit “%(value)s”. Choose one from the list.")
    if cell.code == "no_such_field":
        return _("Row %(row)d, column %(column)s: there is no field “%(value)s”. Write its number, 1 to 7.")
    if cell.code == "not_a_time":
        return _("Row %(row)d, column %(column)s: “%(value)s” is not a time. Write 30/06/2022, Quý II or Thường xuyên.")
    if cell.code == "too_long":
        return _("Row %(row)d, column %(column)s: the text is too long. Shorten it.")
    return _("Row %(row)d, column %(column)s: this cell may not be empty.")


def _alone(cell: BadCell) -> str:
    if cell.code == "no_such_unit" and cell.hint:
        return _("%(column)s: there is no unit “%(value)s”. Did you mean “%(hint)s”?")
    if cell.code == "no_such_unit":
        return _("%(column)s: there is no unit “%(value)s”. Choose one from the list.")
    if cell.code == "no_such_field":
        return _("%(column)s: there is no field “%(value)s”. Write its number, 1 to 7.")
    if cell.code == "not_a_time":
        return _("%(column)s: “%(value)s” is not a time. Write 30/06/2022, Quý II or Thường xuyên.")
    if cell.code == "too_long":
        return _("%(column)s: the text is too long. Shorten it.")
    return _("%(column)s: this cell may not be empty.")

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
    numbers : of the task of each row, "" where it has none; then the message names it as well.
    lines : the line (from 1) on which each row begins where the person sees them; the names of the fields lead there.
    """

    code = "programme.bad_cells"

    def __init__(
        self, bad: Sequence[BadCell], *, in_rows: bool, lines: Sequence[int] = (), numbers: Sequence[str] = ()
    ) -> None:
        self.bad, self.in_rows, self.numbers = list(bad), in_rows, list(numbers)
        message = ngettext(
            "%(count)d cell needs correcting. Nothing was stored.",
            "%(count)d cells need correcting. Nothing was stored.",
            len(self.bad),
        ) % {"count": len(self.bad)}
        names = [_name(cell, in_rows=in_rows, lines=lines) for cell in self.bad]
        super().__init__(message, fields={n: [self._message(c)] for n, c in zip(names, self.bad, strict=True)})

    def at_lines(self, lines: Sequence[int]) -> BadCells:
        """The same; a row may take several lines of a paste, and its headings take one too."""
        return BadCells(self.bad, in_rows=self.in_rows, lines=lines, numbers=self.numbers)

    def _message(self, cell: BadCell) -> str:
        """`Dòng 14 (nhiệm vụ 2.3), cột Đơn vị: không có đơn vị “Vụ TCCB”. Ý bạn là “Vụ Tổ chức cán bộ”?`"""
        values = {"column": column_label(cell.column), "value": cell.value[:80], "hint": cell.hint}
        if not self.in_rows:
            return _alone(cell) % values
        number = self.numbers[cell.row] if cell.row < len(self.numbers) else ""
        return _in_a_row(cell) % {**values, "row": _row(cell.row + 1, number)}


def _name(cell: BadCell, *, in_rows: bool, lines: Sequence[int]) -> str:
    """ "13.lead" is the fourteenth row, or line."""
    if not in_rows:
        return cell.column
    return f"{lines[cell.row] - 1 if lines else cell.row}.{cell.column}"


def _row(row: int, number: str) -> str:
    if not number:
        return _("Row %(row)d") % {"row": row}
    return _("Row %(row)d (task %(number)s)") % {"row": row, "number": number}


def _in_a_row(cell: BadCell) -> str:
    if cell.code == "no_such_unit" and cell.hint:
        return _("%(row)s, column %(column)s: there is no unit “%(value)s”. Did you mean “%(hint)s”?")
    if cell.code == "no_such_unit":
        return _("%(row)s, column %(column)s: there is no unit “%(value)s”. Choose one from the list.")
    if cell.code == "no_such_field":
        return _("%(row)s, column %(column)s: there is no field “%(value)s”. Write its number, 1 to 7.")
    if cell.code == "no_such_day" and cell.hint:
        return _("%(row)s, column %(column)s: there is no day “%(value)s”. The last day of that month is %(hint)s.")
    if cell.code == "no_such_day":
        return _("%(row)s, column %(column)s: there is no day “%(value)s”. Write day/month/year, as in 30/06/2022.")
    if cell.code == "not_a_time":
        return _("%(row)s, column %(column)s: “%(value)s” is not a time. Write 30/06/2022, Quý II or Thường xuyên.")
    if cell.code == "too_long":
        return _("%(row)s, column %(column)s: the text is too long. Shorten it.")
    return _("%(row)s, column %(column)s: this cell may not be empty.")


def _alone(cell: BadCell) -> str:
    """Beside its cell or field, whose head is read there: the sentence names it only where it says too little."""
    if cell.code == "no_such_unit" and cell.hint:
        return _("There is no unit “%(value)s”. Did you mean “%(hint)s”?")
    if cell.code == "no_such_unit":
        return _("There is no unit “%(value)s”. Choose one from the list.")
    if cell.code == "no_such_field":
        return _("There is no field “%(value)s”. Write its number, 1 to 7.")
    if cell.code == "no_such_day" and cell.hint:
        return _("There is no day “%(value)s”. The last day of that month is %(hint)s.")
    if cell.code == "no_such_day":
        return _("There is no day “%(value)s”. Write day/month/year, as in 30/06/2022.")
    if cell.code == "not_a_time":
        return _("“%(value)s” is not a time. Write 30/06/2022, Quý II or Thường xuyên.")
    if cell.code == "too_long":
        return _("%(column)s: the text is too long. Shorten it.")
    return _("%(column)s: this cell may not be empty.")

"""Wordings of time, one to a line: what offices write in the cell "Thời hạn" and in the clauses of a plan of 2022."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.kernel.calendar.announced import official_calendar
from caicach.kernel.calendar.rules import Day, DayKind, Term, TermUnit, WorkingCalendar
from caicach.kernel.calendar.wordings import Recurrence, WordedDeadline, WordingKind, deadline_in

DATE, BEFORE, MONTH, QUARTER = WordingKind.DATE, WordingKind.BEFORE, WordingKind.MONTH, WordingKind.QUARTER
HALF, YEAR, TERM, RECURRING = WordingKind.HALF, WordingKind.YEAR, WordingKind.TERM, WordingKind.RECURRING
CONTINUOUS, EVENT = WordingKind.CONTINUOUS, WordingKind.EVENT


def only(text: str, *, plan_year: int = 2022, document_date: date | None = None) -> WordedDeadline:
    found = deadline_in(text, plan_year=plan_year, document_date=document_date)
    assert len(found) == 1, found
    assert text[found[0].start : found[0].end] == found[0].surface
    return found[0]


# text, kind, last day on time, first day of the period, the words that were read
DATED = [
    # a day, included
    ("Hoàn thành chậm nhất ngày 15/6/2022.", DATE, "2022-06-15", None, "Hoàn thành chậm nhất ngày 15/6/2022"),
    (
        "gửi về Bộ chậm nhất là ngày 15 tháng 6 năm 2022",
        DATE,
        "2022-06-15",
        None,
        "chậm nhất là ngày 15 tháng 6 năm 2022",
    ),
    ("muộn nhất ngày 05/9", DATE, "2022-09-05", None, "muộn nhất ngày 05/9"),
    ("không muộn hơn ngày 30/6/2022", DATE, "2022-06-30", None, "không muộn hơn ngày 30/6/2022"),
    ("không quá ngày 30/6/2022", DATE, "2022-06-30", None, "không quá ngày 30/6/2022"),
    ("đến ngày 31 tháng 12 năm 2022", DATE, "2022-12-31", None, "đến ngày 31 tháng 12 năm 2022"),
    ("đến hết ngày 31/12/2022", DATE, "2022-12-31", None, "đến hết ngày 31/12/2022"),
    ("Hạn chót: 30/10/2022", DATE, "2022-10-30", None, "Hạn chót: 30/10/2022"),
    ("Thời hạn hoàn thành: 30/6/2022", DATE, "2022-06-30", None, "Thời hạn hoàn thành: 30/6/2022"),
    ("Thời gian: ngày 12/8/2022", DATE, "2022-08-12", None, "Thời gian: ngày 12/8/2022"),
    ("xong trong ngày 20/5", DATE, "2022-05-20", None, "xong trong ngày 20/5"),
    ("hoàn thành vào ngày 20-5-2022", DATE, "2022-05-20", None, "hoàn thành vào ngày 20-5-2022"),
    ("hết ngày 20.5.2022", DATE, "2022-05-20", None, "hết ngày 20.5.2022"),
    ("ngày 15 tháng 6 năm 2022", DATE, "2022-06-15", None, "ngày 15 tháng 6 năm 2022"),
    ("31/12", DATE, "2022-12-31", None, "31/12"),
    ("31/12/22", DATE, "2022-12-31", None, "31/12/22"),
    ("2022-06-30", DATE, "2022-06-30", None, "2022-06-30"),
    ("gia hạn đến ngày 30/6", DATE, "2022-06-30", None, "gia hạn đến ngày 30/6"),
    ("30/6/2023", DATE, "2023-06-30", None, "30/6/2023"),
    ("Trình Bộ trưởng (ngày 30/9/2022)", DATE, "2022-09-30", None, "ngày 30/9/2022"),
    ("trước 15h00 ngày 20/11/2022", DATE, "2022-11-20", None, "trước 15h00 ngày 20/11/2022"),
    ("trước 11 giờ 30 phút ngày 20/11/2022", DATE, "2022-11-20", None, "trước 11 giờ 30 phút ngày 20/11/2022"),
    ("trước 16 giờ ngày 20/11/2022", DATE, "2022-11-20", None, "trước 16 giờ ngày 20/11/2022"),
    ("trước 24 giờ ngày 31/12/2022", DATE, "2022-12-31", None, "trước 24 giờ ngày 31/12/2022"),
    ("trước 0 giờ 30 phút ngày 20/11/2022", DATE, "2022-11-20", None, "trước 0 giờ 30 phút ngày 20/11/2022"),
    # before the first moment of a day is before that day
    ("trước 0 giờ ngày 01/01/2023", BEFORE, "2022-12-31", None, "trước 0 giờ ngày 01/01/2023"),
    ("trước 0h00 ngày 01/01/2023", BEFORE, "2022-12-31", None, "trước 0h00 ngày 01/01/2023"),
    ("trước 00 giờ 00 phút ngày 20/11/2022", BEFORE, "2022-11-19", None, "trước 00 giờ 00 phút ngày 20/11/2022"),
    ("từ ngày 01/3 đến ngày 30/6/2022", DATE, "2022-06-30", "2022-03-01", "từ ngày 01/3 đến ngày 30/6/2022"),
    ("từ ngày 20 đến 25/11/2022", DATE, "2022-11-25", "2022-11-20", "từ ngày 20 đến 25/11/2022"),
    ("01/3/2022 - 30/6/2022", DATE, "2022-06-30", "2022-03-01", "01/3/2022 - 30/6/2022"),
    ("từ ngày 15/11 đến ngày 15/02/2023", DATE, "2023-02-15", "2022-11-15", "từ ngày 15/11 đến ngày 15/02/2023"),
    ("hoàn thành trước 30/6 hoặc", BEFORE, "2022-06-29", None, "hoàn thành trước 30/6"),
    # a moment, as a cell of Excel shows it
    ("15/03/2024 00:00", DATE, "2024-03-15", None, "15/03/2024 00:00"),
    ("20/11/2022 15:00", DATE, "2022-11-20", None, "20/11/2022 15:00"),
    ("30/6/2022 17h00", DATE, "2022-06-30", None, "30/6/2022 17h00"),
    ("2024-03-15 00:00:00", DATE, "2024-03-15", None, "2024-03-15 00:00:00"),
    ("2024-03-15T08:30", DATE, "2024-03-15", None, "2024-03-15T08:30"),
    ("trước 20/11/2022 15:00", DATE, "2022-11-20", None, "trước 20/11/2022 15:00"),
    ("trước 20/11/2022 00:00", BEFORE, "2022-11-19", None, "trước 20/11/2022 00:00"),
    # a quarter, as tables shorten it
    ("Q2/2022", QUARTER, "2022-06-30", "2022-04-01", "Q2/2022"),
    ("Q.II/2024", QUARTER, "2024-06-30", "2024-04-01", "Q.II/2024"),
    ("Q4", QUARTER, "2022-12-31", "2022-10-01", "Q4"),
    ("Q.I năm 2023", QUARTER, "2023-03-31", "2023-01-01", "Q.I năm 2023"),
    ("Q1, Q2/2022", QUARTER, "2022-06-30", "2022-01-01", "Q1, Q2/2022"),
    ("hoàn thành trong Q.III/2022 và", QUARTER, "2022-09-30", "2022-07-01", "hoàn thành trong Q.III/2022"),
    # strictly before
    ("trước ngày 20/11/2022", BEFORE, "2022-11-19", None, "trước ngày 20/11/2022"),
    ("Hoàn thành xong trước 30/6", BEFORE, "2022-06-29", None, "Hoàn thành xong trước 30/6"),
    ("trước ngày 01 tháng 01 năm 2023", BEFORE, "2022-12-31", None, "trước ngày 01 tháng 01 năm 2023"),
    ("trước mùng 5 tháng 7", BEFORE, "2022-07-04", None, "trước mùng 5 tháng 7"),
    ("ban hành trước 31-3-2022", BEFORE, "2022-03-30", None, "trước 31-3-2022"),
    ("trước ngày 01/3/2024", BEFORE, "2024-02-29", None, "trước ngày 01/3/2024"),
    ("Trước\nngày  20/11/2022", BEFORE, "2022-11-19", None, "Trước\nngày  20/11/2022"),
    ("trước tháng 6/2022", BEFORE, "2022-05-31", None, "trước tháng 6/2022"),
    ("trước quý III", BEFORE, "2022-06-30", None, "trước quý III"),
    ("trước năm 2025", BEFORE, "2024-12-31", None, "trước năm 2025"),
    ("xong trước 2025.", BEFORE, "2024-12-31", None, "xong trước 2025"),
    ("trước khi hết quý II", QUARTER, "2022-06-30", "2022-04-01", "trước khi hết quý II"),
    # months
    ("tháng 6/2022", MONTH, "2022-06-30", "2022-06-01", "tháng 6/2022"),
    ("Tháng 02/2024", MONTH, "2024-02-29", "2024-02-01", "Tháng 02/2024"),
    ("trong tháng 6", MONTH, "2022-06-30", "2022-06-01", "trong tháng 6"),
    ("tháng 12", MONTH, "2022-12-31", "2022-12-01", "tháng 12"),
    ("tháng 6 năm 2022", MONTH, "2022-06-30", "2022-06-01", "tháng 6 năm 2022"),
    ("tháng 01 năm sau", MONTH, "2023-01-31", "2023-01-01", "tháng 01 năm sau"),
    ("tháng Mười một", MONTH, "2022-11-30", "2022-11-01", "tháng Mười một"),
    ("từ tháng 3 đến tháng 6", MONTH, "2022-06-30", "2022-03-01", "từ tháng 3 đến tháng 6"),
    ("từ tháng 11/2022 đến tháng 2/2023", MONTH, "2023-02-28", "2022-11-01", "từ tháng 11/2022 đến tháng 2/2023"),
    ("từ tháng 11 đến tháng 2/2023", MONTH, "2023-02-28", "2022-11-01", "từ tháng 11 đến tháng 2/2023"),
    ("tháng 3 - 6/2022", MONTH, "2022-06-30", "2022-03-01", "tháng 3 - 6/2022"),
    ("Tháng 3-6", MONTH, "2022-06-30", "2022-03-01", "Tháng 3-6"),
    ("tháng 3, 6, 9 và 12", MONTH, "2022-12-31", "2022-03-01", "tháng 3, 6, 9 và 12"),
    ("tháng 4, tháng 10", MONTH, "2022-10-31", "2022-04-01", "tháng 4, tháng 10"),
    ("6/2022", MONTH, "2022-06-30", "2022-06-01", "6/2022"),
    ("đến 12/2022", MONTH, "2022-12-31", "2022-12-01", "đến 12/2022"),
    ("01/2022-12/2022", MONTH, "2022-12-31", "2022-01-01", "01/2022-12/2022"),
    ("T6/2022", MONTH, "2022-06-30", "2022-06-01", "T6/2022"),
    ("đầu tháng 7", MONTH, "2022-07-01", "2022-07-01", "đầu tháng 7"),
    ("giữa tháng 7/2022", MONTH, "2022-07-15", "2022-07-01", "giữa tháng 7/2022"),
    ("cuối tháng 02", MONTH, "2022-02-28", "2022-02-01", "cuối tháng 02"),
    ("trung tuần tháng 6", MONTH, "2022-06-20", "2022-06-01", "trung tuần tháng 6"),
    ("hạ tuần tháng 6", MONTH, "2022-06-30", "2022-06-01", "hạ tuần tháng 6"),
    ("tuần đầu tháng 7", MONTH, "2022-07-07", "2022-07-01", "tuần đầu tháng 7"),
    ("tuần thứ 2 tháng 7", MONTH, "2022-07-14", "2022-07-01", "tuần thứ 2 tháng 7"),
    # quarters
    ("quý II", QUARTER, "2022-06-30", "2022-04-01", "quý II"),
    ("quí II", QUARTER, "2022-06-30", "2022-04-01", "quí II"),
    ("QUÝ II", QUARTER, "2022-06-30", "2022-04-01", "QUÝ II"),
    ("Quý II/2022", QUARTER, "2022-06-30", "2022-04-01", "Quý II/2022"),
    ("Quý 4/2022", QUARTER, "2022-12-31", "2022-10-01", "Quý 4/2022"),
    ("quý I-2023", QUARTER, "2023-03-31", "2023-01-01", "quý I-2023"),
    ("Quý I, II", QUARTER, "2022-06-30", "2022-01-01", "Quý I, II"),
    ("quý III và quý IV", QUARTER, "2022-12-31", "2022-07-01", "quý III và quý IV"),
    ("các quý II, III/2022", QUARTER, "2022-09-30", "2022-04-01", "các quý II, III/2022"),
    ("Quý II-III", QUARTER, "2022-09-30", "2022-04-01", "Quý II-III"),
    ("trong quý III năm 2022", QUARTER, "2022-09-30", "2022-07-01", "trong quý III năm 2022"),
    ("từ quý II đến quý IV năm 2022", QUARTER, "2022-12-31", "2022-04-01", "từ quý II đến quý IV năm 2022"),
    ("quý IV/2022 - quý I/2023", QUARTER, "2023-03-31", "2022-10-01", "quý IV/2022 - quý I/2023"),
    ("quý IV/2022, quý I", QUARTER, "2023-03-31", "2022-10-01", "quý IV/2022, quý I"),
    ("Hoàn thành trong quý I/2022", QUARTER, "2022-03-31", "2022-01-01", "Hoàn thành trong quý I/2022"),
    ("đầu quý III", QUARTER, "2022-07-01", "2022-07-01", "đầu quý III"),
    ("giữa quý II", QUARTER, "2022-05-15", "2022-04-01", "giữa quý II"),
    ("cuối quý I", QUARTER, "2022-03-31", "2022-01-01", "cuối quý I"),
    # halves and years
    ("6 tháng đầu năm", HALF, "2022-06-30", "2022-01-01", "6 tháng đầu năm"),
    ("trong 06 tháng đầu năm 2022", HALF, "2022-06-30", "2022-01-01", "trong 06 tháng đầu năm 2022"),
    ("sáu tháng cuối năm", HALF, "2022-12-31", "2022-07-01", "sáu tháng cuối năm"),
    ("nửa đầu năm 2023", HALF, "2023-06-30", "2023-01-01", "nửa đầu năm 2023"),
    ("9 tháng đầu năm", MONTH, "2022-09-30", "2022-01-01", "9 tháng đầu năm"),
    ("Năm 2022", YEAR, "2022-12-31", "2022-01-01", "Năm 2022"),
    ("2022", YEAR, "2022-12-31", "2022-01-01", "2022"),
    ("năm 2025", YEAR, "2025-12-31", "2025-01-01", "năm 2025"),
    ("đến năm 2025", YEAR, "2025-12-31", "2025-01-01", "đến năm 2025"),
    ("đến hết năm 2025", YEAR, "2025-12-31", "2025-01-01", "đến hết năm 2025"),
    ("trong năm 2022", YEAR, "2022-12-31", "2022-01-01", "trong năm 2022"),
    ("Thực hiện trong năm.", YEAR, "2022-12-31", "2022-01-01", "trong năm"),
    ("Cả năm", YEAR, "2022-12-31", "2022-01-01", "Cả năm"),
    ("cuối năm", YEAR, "2022-12-31", "2022-01-01", "cuối năm"),
    ("đến cuối năm 2022", YEAR, "2022-12-31", "2022-01-01", "đến cuối năm 2022"),
    ("trước cuối năm 2022", YEAR, "2022-12-31", "2022-01-01", "trước cuối năm 2022"),
    ("từ nay đến cuối năm", YEAR, "2022-12-31", "2022-01-01", "từ nay đến cuối năm"),
    ("giữa năm 2022", YEAR, "2022-06-30", "2022-01-01", "giữa năm 2022"),
    ("đầu năm 2023", YEAR, "2023-01-01", "2023-01-01", "đầu năm 2023"),
    ("năm sau", YEAR, "2023-12-31", "2023-01-01", "năm sau"),
    ("2022 - 2025", YEAR, "2025-12-31", "2022-01-01", "2022 - 2025"),
    ("Năm 2022-2023", YEAR, "2023-12-31", "2022-01-01", "Năm 2022-2023"),
    ("từ năm 2022 đến năm 2025", YEAR, "2025-12-31", "2022-01-01", "từ năm 2022 đến năm 2025"),
    ("từ đầu năm đến ngày 30/6", DATE, "2022-06-30", "2022-01-01", "từ đầu năm đến ngày 30/6"),
    # every year on a day: this year's is known
    ("trước ngày 15/12 hằng năm", RECURRING, "2022-12-14", None, "trước ngày 15/12 hằng năm"),
    ("Tháng 6 hàng năm", RECURRING, "2022-06-30", "2022-06-01", "Tháng 6 hàng năm"),
    ("trong tháng 3 và tháng 9 hằng năm", RECURRING, "2022-09-30", "2022-03-01", "trong tháng 3 và tháng 9 hằng năm"),
    ("Quý IV hàng năm", RECURRING, "2022-12-31", "2022-10-01", "Quý IV hàng năm"),
]


@pytest.mark.parametrize(
    ("text", "kind", "last_day", "first_day", "surface"), DATED, ids=[row[0].replace("\n", "␤") for row in DATED]
)
def test_a_wording_gives_the_last_day_on_time(
    text: str, kind: WordingKind, last_day: str, first_day: str | None, surface: str
) -> None:
    found = only(text)

    assert found.kind is kind
    assert found.last_day == date.fromisoformat(last_day)
    assert found.first_day == (date.fromisoformat(first_day) if first_day else None)
    assert found.surface == surface


WD, WH, D, W, M = TermUnit.WORKING_DAY, TermUnit.WORKING_HOUR, TermUnit.DAY, TermUnit.WEEK, TermUnit.MONTH
TERMS = [
    ("trong thời hạn 5 ngày làm việc", 5, WD, None, False),
    ("trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ", 5, WD, None, False),
    ("trong vòng 15 ngày kể từ ngày 01/3/2022", 15, D, "2022-03-01", False),
    ("không quá ba mươi ngày", 30, D, None, False),
    ("chậm nhất 08 giờ làm việc", 8, WH, None, False),
    ("tối đa 24 giờ", 24, WH, None, False),
    ("trong thời hạn 2 tháng kể từ ngày Luật có hiệu lực", 2, M, None, False),
    ("trong 02 tuần", 2, W, None, False),
    ("sau 10 ngày kể từ ngày ký", 10, D, None, False),
    ("chậm nhất 05 ngày làm việc trước ngày 20/11/2022", 5, WD, "2022-11-20", True),
    ("05 ngày làm việc", 5, WD, None, False),
    ("Chậm nhất trong thời gian 03 ngày làm việc, kể từ ngày 15 tháng 6", 3, WD, "2022-06-15", False),
]


@pytest.mark.parametrize(("text", "amount", "unit", "anchor", "counts_back"), TERMS, ids=[row[0] for row in TERMS])
def test_a_term_gives_its_length_and_its_anchor_but_no_day(
    text: str, amount: int, unit: TermUnit, anchor: str | None, counts_back: bool
) -> None:
    found = only(text)

    assert found.kind is TERM
    assert found.last_day is None
    assert found.term == Term(amount, unit)
    assert found.anchor == (date.fromisoformat(anchor) if anchor else None)
    assert found.counts_back is counts_back
    assert found.working_days == (amount if unit is WD else None)


RECURRENCES = [
    ("hằng quý", Recurrence.QUARTERLY),
    ("Hàng năm", Recurrence.YEARLY),
    ("hằng tháng", Recurrence.MONTHLY),
    ("hàng tuần", Recurrence.WEEKLY),
    ("hằng ngày", Recurrence.DAILY),
    ("Định kỳ hằng quý", Recurrence.QUARTERLY),
    ("định kỳ 6 tháng, năm", Recurrence.HALF_YEARLY),
    ("hằng quý, 6 tháng và năm", Recurrence.QUARTERLY),
    ("mỗi quý một lần", Recurrence.QUARTERLY),
    ("6 tháng một lần", Recurrence.HALF_YEARLY),
    ("06 tháng/lần", Recurrence.HALF_YEARLY),
    ("01 lần/năm", Recurrence.YEARLY),
    ("02 lần/năm", Recurrence.HALF_YEARLY),
    ("1 lần mỗi quý", Recurrence.QUARTERLY),
    ("trước ngày 15 hằng tháng", Recurrence.MONTHLY),
    ("trước ngày 15 của tháng cuối quý", Recurrence.QUARTERLY),
    ("trước 16 giờ ngày 25 hằng tháng", Recurrence.MONTHLY),
    ("định kì 6 tháng", Recurrence.HALF_YEARLY),
    ("chậm nhất ngày 05 tháng đầu quý sau", Recurrence.QUARTERLY),
]


@pytest.mark.parametrize(("text", "recurrence"), RECURRENCES, ids=[row[0] for row in RECURRENCES])
def test_work_that_recurs_says_how_often(text: str, recurrence: Recurrence) -> None:
    found = only(text)

    assert (found.kind, found.recurrence, found.last_day) == (RECURRING, recurrence, None)
    assert found.surface == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thường xuyên", CONTINUOUS),
        ("thường xuyên, liên tục", CONTINUOUS),
        ("Thực hiện thường xuyên.", CONTINUOUS),
        ("thường xuyên trong năm", CONTINUOUS),
        ("Theo tiến độ", EVENT),
        ("theo tiến độ của Chính phủ", EVENT),
        ("Theo kế hoạch được duyệt", EVENT),
        ("ngay sau khi Bộ Nội vụ công bố Chỉ số", EVENT),
        ("Sau khi Nghị định được ban hành", EVENT),
        ("Khi có yêu cầu", EVENT),
    ],
)
def test_work_without_a_day_says_why(text: str, kind: WordingKind) -> None:
    found = only(text)

    assert (found.kind, found.last_day) == (kind, None)


# Times that are no deadlines.
NONE = [
    # names and outlooks of schemes
    "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030",
    "Kế hoạch cải cách hành chính giai đoạn 2021-2025 của Bộ Nội vụ",
    "Kế hoạch phát triển Chính phủ điện tử năm 2021 - 2025, định hướng đến năm 2030",
    "Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030",
    "Chiến lược phát triển Chính phủ số đến năm 2030",
    "quy hoạch mạng lưới đến năm 2030, tầm nhìn đến năm 2050",
    "giai đoạn từ năm 2021 đến năm 2025",
    "Kế hoạch cải cách hành chính năm 2022",
    "triển khai nhiệm vụ năm 2022",
    "CHƯƠNG TRÌNH\nCải cách hành chính nhà nước\nnăm 2022\nCăn cứ",
    # days of documents, of pages, of what happened
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
    "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;",
    "Quyết định số 1368/QĐ-BNV ngày 31/12/2022",
    "Công văn ngày 15/6/2022 của Bộ Tài chính",
    "có hiệu lực từ ngày 01/7/2022",
    "kể từ ngày 15/3/2022",
    "Hà Nội, ngày 24 tháng 3 năm 2022",
    "05:39 07/01/2022 | Lượt xem: 2686",
    "Ngày 31/12, Bộ trưởng Bộ Nội vụ ký Quyết định",
    "số liệu tính đến ngày 14/6/2022",
    "Thông tư số 01/2022/TT-BNV",
    # reports and results are named by their period
    "Báo cáo quý I, 6 tháng đầu năm, quý III và năm 2022",
    "sơ kết công tác 6 tháng đầu năm",
    "Chỉ số cải cách hành chính năm 2021 của các Bộ",
    "so với năm 2021",
    "kết quả thực hiện tháng 6/2022",
    # what is past when the plan begins
    "đến hết năm 2020 đã có 12 đơn vị",
    "trước ngày 01/01/2021 có 20 đơn vị",
    "Năm 2021, kết quả đạt được",
    # numbers that look like days
    "trong 1/3 số đơn vị",
    "giảm 2/3 thành phần hồ sơ",
    "phục vụ 24/7",
    "đến 2000 người",
    "tại phòng 12/2",
    "ngày 31/02/2022",
    "ngày 30 tháng 02 năm 2022",
    "Tổ chức 3 tháng",
    "Quý cơ quan, quý vị đại biểu",
    "năm học 2022 - 2023",
    "thường xuyên kiểm tra việc thực hiện",
    "bảo đảm đúng tiến độ theo kế hoạch đã được phê duyệt",
    "kinh nghiệm 5 năm",
    "chứng chỉ có thời hạn 5 năm",
    "trong 5 năm qua",
    "trong 2 năm 2022 - 2023",
    "kỷ niệm ngày 02/9",
    "tổ chức Ngày Chuyển đổi số quốc gia 10/10",
    "bắt đầu từ quý II/2022",
    "sau ngày 30/6/2022",
    "ngay từ đầu năm",
    "tăng 5% so với cuối năm 2021",
    "Theo kế hoạch mới ban hành, tỉnh đặt mục tiêu",
    "trước 16 giờ",
    "",
    "   ",
    "Tăng cường kỷ luật, kỷ cương hành chính.",
]


@pytest.mark.parametrize("text", NONE, ids=[text.replace("\n", "␤")[:60] or "nothing" for text in NONE])
def test_a_time_that_is_no_deadline_is_left_out(text: str) -> None:
    assert deadline_in(text, plan_year=2022, document_date=date(2021, 12, 31)) == []


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("cuối năm", "BLDS 2015, Điều 146 khoản 3"),
        ("giữa tháng 6", "BLDS 2015, Điều 146 khoản 2"),
        ("giữa quý II", ""),
        ("trong thời hạn 5 ngày làm việc", "BLDS 2015, Điều 147 và Điều 148"),
        ("quý II", ""),
    ],
)
def test_a_vague_word_made_a_day_cites_the_article_where_there_is_one(text: str, cites: str) -> None:
    assert only(text).cites == cites


def test_the_year_is_the_plans_where_the_words_name_none() -> None:
    assert only("quý II", plan_year=2025).last_day == date(2025, 6, 30)
    assert only("trước ngày 01/3", plan_year=2024).last_day == date(2024, 2, 29)
    assert only("trong tháng 2", plan_year=2024).last_day == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["15/12/2021", "Tháng 12/2021", "trước ngày 16/12/2021", "năm 2021"])
def test_what_fills_a_cell_is_taken_even_when_it_is_past(text: str) -> None:
    """A person typed it there; whether the day makes sense is the plan's question."""
    assert only(text, document_date=date(2021, 12, 15)).last_day in {date(2021, 12, 15), date(2021, 12, 31)}


def test_the_day_of_the_document_itself_is_no_deadline() -> None:
    text = "(Ban hành kèm theo Quyết định này)\nngày 31/12/2022"

    assert deadline_in(text, plan_year=2022, document_date=date(2022, 12, 31)) == []


# Signed on Thursday 20/01/2022; Tết 2022 is 31/01 to 04/02. text, last day on time
FROM_SIGNING = [
    ("Trong vòng 30 ngày kể từ ngày ban hành Kế hoạch, các đơn vị", "2022-02-21"),  # 19/02 is a Saturday
    ("trong thời hạn 5 ngày làm việc kể từ ngày ký", "2022-01-27"),
    ("trong thời hạn 07 ngày làm việc, kể từ ngày ký ban hành", "2022-02-07"),
    ("trong thời hạn 10 (mười) ngày làm việc kể từ ngày ban hành Kế hoạch này", "2022-02-10"),
    ("chậm nhất 15 ngày kể từ ngày Kế hoạch này được ban hành", "2022-02-07"),
    ("trong vòng 2 tuần kể từ ngày ký Quyết định này", "2022-02-07"),
    ("trong thời hạn 01 tháng kể từ ngày ban hành Quyết định", "2022-02-21"),
    ("trong thời hạn 5 ngày làm việc từ ngày ký, các đơn vị gửi kế hoạch", "2022-01-27"),
]
SIGNED = date(2022, 1, 20)


@pytest.mark.parametrize(("text", "last_day"), FROM_SIGNING, ids=[row[0] for row in FROM_SIGNING])
def test_a_term_from_the_signing_ends_on_a_day_once_the_signing_is_known(text: str, last_day: str) -> None:
    found = only(text, document_date=SIGNED)

    assert found.kind is TERM
    assert (found.anchor, found.last_day) == (SIGNED, date.fromisoformat(last_day))
    assert found.cites == "BLDS 2015, Điều 147 và Điều 148"
    assert only(text).last_day is None


@pytest.mark.parametrize(
    "text",
    [
        "trong thời hạn 5 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "trong thời hạn 30 ngày kể từ ngày ký hợp đồng",
        "trong vòng 30 ngày kể từ ngày ban hành Nghị định của Chính phủ",
        "trong vòng 30 ngày kể từ ngày ban hành Kế hoạch của Chính phủ",
        "chậm nhất 05 ngày làm việc trước ngày ban hành Kế hoạch",
        "trong thời hạn 24 giờ kể từ ngày ký",
    ],
)
def test_a_term_from_another_event_has_no_day(text: str) -> None:
    assert only(text, document_date=SIGNED).last_day is None


def test_a_term_from_the_signing_passes_over_the_days_off_of_the_unit_meant() -> None:
    official = official_calendar()
    storm = {date(2022, 1, 26): Day(date(2022, 1, 26), DayKind.EXCEPTIONAL_DAY_OFF, name="Bão")}
    own = WorkingCalendar(
        hours=official.hours, announced=official.announced, arranged=official.arranged, exceptions=storm
    )

    (found,) = deadline_in(
        "trong thời hạn 5 ngày làm việc kể từ ngày ký", plan_year=2022, document_date=SIGNED, calendar=own
    )

    assert found.last_day == date(2022, 1, 28)


@pytest.mark.parametrize("signed", [date(1990, 12, 31), date(2099, 12, 30)])
def test_a_signing_outside_the_years_that_can_be_counted_gives_no_day(signed: date) -> None:
    text = "trong thời hạn 30 ngày làm việc kể từ ngày ký"

    assert only(text, document_date=signed).last_day is None


@pytest.mark.parametrize(
    "text", ["Gửi UBND Q.1 và Q.3 xem xét", "họp 20/11/2022 15:00 tại trụ sở", "số 5, đường Q2, phường 3"]
)
def test_a_district_or_the_hour_of_a_meeting_is_no_deadline(text: str) -> None:
    assert deadline_in(text, plan_year=2022) == []

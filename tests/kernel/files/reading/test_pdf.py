from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import typst

from caicach.kernel.files.reading import DEFAULT_LIMITS, NoticeCode, Reason, UnreadableFile, check_pdf, read_pdf
from caicach.kernel.files.reading.pdf import _as_ranges
from tests.file_builders import MIB, PICTURE, TEXT, many_pages, one_page, pdf, stream

_ROOT = Path(__file__).resolve().parents[4]


def set_by_typst(source: str) -> bytes:
    content = typst.compile(source.encode())
    assert isinstance(content, bytes)
    return content


def forms_within_forms(levels: int) -> bytes:
    """A page that draws a form ten times, which draws a form ten times, and so on: 10^levels drawings in 2 KB."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>"
    )
    forms = [
        stream(
            b"/F Do " * 10 if level < levels - 1 else b"0 0 m 1 1 l S",
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F %d 0 R >> >>" % (level + 6),
        )
        for level in range(levels)
    ]
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(b"/F Do " * 10),
        *forms,
    )


def test_lines_come_with_their_place_from_the_upper_left() -> None:
    read = read_pdf(set_by_typst('#set page(paper: "a4", margin: 2cm)\nKế hoạch cải cách\n\nĐiều thứ hai'))

    first, second = read.pages[0].lines
    assert (first.text, second.text) == ("Kế hoạch cải cách", "Điều thứ hai")
    assert first.left == pytest.approx(56.7, abs=2)
    assert first.left == pytest.approx(second.left, abs=1)
    assert first.right > second.right
    assert 56 < first.baseline < second.baseline < 120
    assert (first.size, read.notices) == (11, ())


@pytest.mark.parametrize(
    ("turned", "matrices"),
    [
        (0, (b"1 0 0 1 72 700", b"1 0 0 1 72 680")),
        (90, (b"0 1 -1 0 100 72", b"0 1 -1 0 120 72")),
        (180, (b"-1 0 0 -1 500 100", b"-1 0 0 -1 500 120")),
        (270, (b"0 -1 1 0 500 700", b"0 -1 1 0 480 700")),
    ],
)
def test_a_turned_page_is_read_as_it_is_shown(turned: int, matrices: tuple[bytes, bytes]) -> None:
    text = b"BT /F1 14 Tf %s Tm (Dong thu nhat cua trang) Tj %s Tm (Dong hai) Tj ET" % matrices
    (page,) = read_pdf(one_page(text).replace(b"/MediaBox", b"/Rotate %d /MediaBox" % turned)).pages
    first, second = page.lines

    assert (first.text.strip(), second.text.strip()) == ("Dong thu nhat cua trang", "Dong hai")
    assert first.left == pytest.approx(second.left, abs=1)
    assert 0 < first.left < second.right < first.right < page.width
    assert second.baseline - first.baseline == pytest.approx(20, abs=0.2)
    assert (first.size, second.size) == (14, 14)


def test_text_that_runs_upwards_stays_one_line() -> None:
    text = b"BT /F1 14 Tf 0 1 -1 0 100 72 Tm (Don vi chu tri thuc hien) Tj ET"

    assert [line.text for line in read_pdf(one_page(text)).pages[0].lines] == ["Don vi chu tri thuc hien"]


def test_a_page_may_scale_what_its_text_says() -> None:
    (line,) = read_pdf(one_page(b"0.75 0 0 0.75 0 0 cm " + TEXT.replace(b"14 Tf", b"20 Tf"))).pages[0].lines

    assert line.size == 15


def test_lines_that_the_library_runs_together_are_parted_by_their_place() -> None:
    """A line that ends in a number with slashes goes on, for pdfium, in the next."""
    text = (
        b"BT /F1 14 Tf 72 700 Td (theo Nghi dinh so 61/2018/ND-CP ngay) Tj "
        b"0 -18 Td (23/4/2018 cua Chinh phu) Tj 0 -18 Td (va 1/2/) Tj 0 -18 Td (2022) Tj ET"
    )

    assert [line.text.strip() for line in read_pdf(one_page(text)).pages[0].lines] == [
        "theo Nghi dinh so 61/2018/ND-CP ngay", "23/4/2018 cua Chinh phu", "va 1/2/", "2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            one_page(TEXT, catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
            NoticeCode.PDF_JAVASCRIPT,
        ),
        (one_page(TEXT, catalogue=b"/OpenAction << /S /Java#53cript /J#53 (x) >>"), NoticeCode.PDF_JAVASCRIPT),
        (one_page(TEXT, catalogue=b"/OpenAction << /S /Launch /F (calc.exe) >>"), NoticeCode.PDF_LAUNCH),
        (
            one_page(TEXT, more=(stream(b"7 0 << /S /Launch /F (x) >>", b"/Type /ObjStm /N 1 /First 4"),)),
            NoticeCode.PDF_LAUNCH,
        ),
        (
            one_page(
                TEXT,
                catalogue=b"/Names << /EmbeddedFiles << /Names [(a) << /F (a.txt) /EF << /F 6 0 R >> >>] >> >>",
                more=(stream(b"x", b"/Type /EmbeddedFile"),),
            ),
            NoticeCode.PDF_ATTACHMENTS,
        ),
    ],
    ids=["script", "script in disguise", "launch", "launch in a packed object", "attachment"],
)
def test_active_content_is_told_and_the_text_still_read(content: bytes, code: NoticeCode) -> None:
    assert [it.code for it in check_pdf(content)] == [code]
    read = read_pdf(content)
    assert [it.code for it in read.notices] == [code]
    assert read.pages[0].lines[0].text.startswith("Ke hoach")


def test_pages_that_are_pictures_are_named_blank_ones_are_not() -> None:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 9 0 R >> >> >>"
    )
    mixed = pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 3 0 R] /Count 4 >>",
        page % 6,
        page % 7,
        page % 8,
        stream(PICTURE),
        stream(TEXT),
        stream(b""),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    (told,) = read_pdf(mixed).notices

    assert (told.code, dict(told.params)) == (NoticeCode.PAGES_WITHOUT_TEXT, {"pages": "1, 4"})


def test_ranges_of_pages_are_written_short() -> None:
    assert _as_ranges([1, 3, 4, 5, 9]) == "1, 3-5, 9"


def test_a_page_that_would_take_for_ever_is_stopped() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(forms_within_forms(12), limits=replace(DEFAULT_LIMITS, pdf_seconds=1))

    assert refused.value.reason in (Reason.PDF_TOO_SLOW, Reason.PDF_TOO_HEAVY)


def test_much_work_in_little_memory_is_stopped_by_the_clock() -> None:
    page = one_page(b"BT /F1 14 Tf 72 700 Td (x) Tj ET\n" * 1_500_000)
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(page, limits=replace(DEFAULT_LIMITS, pdf_seconds=1, pdf_memory_bytes=4096 * MIB))

    assert refused.value.reason is Reason.PDF_TOO_SLOW
    assert refused.value.params == {"seconds": 1}


def test_a_page_that_would_take_all_memory_is_stopped() -> None:
    page = one_page(b"BT /F1 14 Tf (" + b"x" * (200 * MIB) + b") Tj ET")
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(page, limits=replace(DEFAULT_LIMITS, pdf_memory_bytes=256 * MIB))

    assert refused.value.reason is Reason.PDF_TOO_HEAVY


def test_pages_are_bounded_exactly() -> None:
    limits = replace(DEFAULT_LIMITS, pdf_pages=3)

    check_pdf(many_pages(3), limits=limits)
    with pytest.raises(UnreadableFile) as refused:
        check_pdf(many_pages(4), limits=limits)
    assert refused.value.params == {"pages": 4, "limit": 3}


def test_a_killed_parent_leaves_no_child_behind() -> None:
    script = f"""
import sys
sys.path.insert(0, {str(_ROOT)!r})
from caicach.kernel.files.reading import read_pdf
from tests.file_builders import one_page
print("ready", flush=True)
read_pdf(one_page(b"BT /F1 14 Tf 72 700 Td (x) Tj ET\\n" * 3_000_000))
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    parent.stdout.readline()
    child = _first_child(psutil.Process(parent.pid))
    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert psutil.wait_procs([child], timeout=20)[1] == []


def _first_child(parent: psutil.Process) -> psutil.Process:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if children := parent.children():
            return children[0]
    raise AssertionError("no child was started")


def test_the_child_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    # A variable that would break any Python started with it shows that none is handed on.
    monkeypatch.setenv("PYTHONHOME", "/nowhere")

    assert read_pdf(one_page(TEXT)).pages[0].lines


def test_no_descriptor_stays_open() -> None:
    me = psutil.Process()
    read_pdf(one_page(TEXT))
    before, others = me.num_fds(), set(me.children())
    for _ in range(3):
        read_pdf(one_page(TEXT))
        with pytest.raises(UnreadableFile):
            read_pdf(one_page(TEXT)[:200])

    assert me.num_fds() == before
    assert set(me.children()) <= others

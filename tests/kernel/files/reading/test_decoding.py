from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.files.reading import NoticeCode, Reason, UnreadableFile, accept_text, decode_text
from caicach.kernel.files.reading.legacy import Letters, as_drawn, letters_of, to_unicode
from caicach.kernel.files.reading.syllables import is_syllable, share_of_syllables
from tests.old_letters import tcvn3, vni, windows_1258
from tests.shared import needs_shared, shared_text

PLAN = """Kế hoạch cải cách hành chính năm 2022
I. Mục đích, yêu cầu
1. Nâng cao kỷ luật, kỷ cương; từng bước hiện đại hóa công sở, giữ gìn đoàn kết nội bộ.
2. Rút ngắn thời gian giải quyết thủ tục, xử lý dứt điểm phản ánh, kiến nghị của người dân và doanh nghiệp.
- Vụ Tổ chức cán bộ chủ trì, trình Bộ trưởng trước ngày 20/11/2022.
"""


@pytest.mark.parametrize(
    ("encoding", "content", "notices"),
    [
        ("utf-8", PLAN.encode(), []),
        ("utf-8-sig", b"\xef\xbb\xbf" + PLAN.encode(), []),
        ("utf-16", PLAN.encode("utf-16"), []),
        ("utf-16", b"\xfe\xff" + PLAN.encode("utf-16-be"), []),
        ("utf-32", PLAN.encode("utf-32"), []),
        ("utf-8", PLAN.replace("\n", "\r\n").encode(), []),
        ("utf-8", unicodedata.normalize("NFD", PLAN).encode(), [NoticeCode.COMPOSED]),
        ("windows-1258", windows_1258(PLAN), [NoticeCode.CONVERTED_WINDOWS_1258]),
        ("tcvn3", tcvn3(PLAN).encode("latin-1"), [NoticeCode.CONVERTED_TCVN3]),
        ("vni", vni(PLAN).encode("latin-1"), [NoticeCode.CONVERTED_VNI]),
        ("utf-8", tcvn3(PLAN).encode(), [NoticeCode.CONVERTED_TCVN3]),
        ("utf-8", vni(PLAN).encode(), [NoticeCode.CONVERTED_VNI]),
    ],
)
def test_the_same_plan_is_read_from_every_encoding(encoding: str, content: bytes, notices: list[NoticeCode]) -> None:
    decoded = decode_text(content)

    assert (decoded.text, decoded.encoding) == (PLAN, encoding)
    assert [it.code for it in decoded.notices] == notices


@needs_shared
@pytest.mark.parametrize("write", [windows_1258, lambda it: vni(it).encode("cp1252")], ids=["windows-1258", "vni"])
def test_a_real_plan_comes_back_letter_for_letter(write) -> None:
    plan = shared_text("ke-hoach-cchc-2022.txt").replace("\r\n", "\n")

    assert decode_text(write(plan)).text == plan


@needs_shared
def test_a_real_plan_in_tcvn3_comes_back_but_for_capitals_that_have_no_code() -> None:
    plan = shared_text("ke-hoach-cchc-2022.txt").replace("\r\n", "\n")

    back = decode_text(tcvn3(plan).encode("cp1252")).text

    assert back.lower() == plan.lower()
    different = {(old, new) for old, new in zip(plan.split(), back.split(), strict=True) if old != new}
    assert different <= {("Ủy", "ủy"), ("(Ủy", "(ủy")}


def test_a_text_of_ascii_alone_is_no_riddle() -> None:
    assert decode_text(b"Ke hoach 2022") == accept_text("Ke hoach 2022", encoding="utf-8")


def test_control_zero_width_and_direction_characters_are_removed_and_counted() -> None:
    decoded = accept_text("Kế\u200b hoạch\u202e\x07\ufeff\x9f")

    assert decoded.text == "Kế hoạch"
    assert [(it.code, dict(it.params)) for it in decoded.notices] == [(NoticeCode.REMOVED_CHARACTERS, {"count": 5})]


def test_one_word_that_reads_both_ways_is_left_alone() -> None:
    assert accept_text("Bé vô").text == "Bé vô"


def test_a_text_with_french_in_it_is_left_alone() -> None:
    french = "Le café très élégant à l'école où l'été arrive, naïve Noël garçon"

    assert accept_text(french).text == french


def test_only_the_lines_in_old_letters_are_converted_in_a_mixed_text() -> None:
    mixed = f"Kế hoạch cải cách\n{tcvn3('Bộ Nội vụ ban hành kế hoạch cải cách hành chính')}\nVụ trưởng"

    assert accept_text(mixed).text == "Kế hoạch cải cách\nBộ Nội vụ ban hành kế hoạch cải cách hành chính\nVụ trưởng"


@pytest.mark.parametrize("text", ["KẾ HOẠCH CẢI CÁCH", "Vụ TCCB, Bộ TTTT", "LGSP (Hệ thống)", "UBND tỉnh Hà Tĩnh"])
def test_capitals_come_back_where_the_words_beside_them_are_in_capitals(text: str) -> None:
    assert to_unicode(tcvn3(text), Letters.TCVN3) == text


def test_a_font_of_capitals_shows_capitals() -> None:
    assert as_drawn(tcvn3("kế hoạch"), ".VnTimeH") == ("KẾ HOẠCH", Letters.TCVN3)
    assert as_drawn(tcvn3("kế hoạch"), ".VnTime") == ("kế hoạch", Letters.TCVN3)
    assert as_drawn(vni("Kế hoạch"), "VNI-Times") == ("Kế hoạch", Letters.VNI)


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_text_that_was_given_an_old_font_stays(font: str) -> None:
    for text in ("Kế hoạch", "cải cách", "2022"):
        assert as_drawn(text, font) == (text, None)


def test_a_damaged_text_tells_the_line() -> None:
    with pytest.raises(UnreadableFile) as refused:
        decode_text(PLAN.encode() * 3 + b"\xc3(" + PLAN.encode())

    assert refused.value.reason is Reason.DAMAGED_TEXT
    assert refused.value.params == {"line": 16}


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "giếng", "gìn", "gì", "khuỷu", "ngoằn", "thuở", "ươm", "QUÝ", "Đà"]
)
def test_words_of_the_language_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hµnh", "kạch̉", "Néi", "mùt", "cảc", "aa", "ngêh", "été"])
def test_words_of_no_language_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_the_share_counts_only_words_that_tell() -> None:
    assert share_of_syllables("Ke hoach 2022") == (1.0, 0)
    assert share_of_syllables("Kế hoạch, x¸c") == (2 / 3, 3)


@given(st.text(max_size=300))
def test_any_text_is_accepted_once_and_for_all(text: str) -> None:
    once = accept_text(text).text

    assert unicodedata.is_normalized("NFC", once)
    assert accept_text(once).text == once


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        assert "\x00" not in decode_text(content).text


@given(st.lists(st.sampled_from(PLAN.split()), min_size=4, max_size=40).map(" ".join))
def test_old_letters_are_never_taken_for_the_other_ones(text: str) -> None:
    assert letters_of(text) is None
    assert letters_of(tcvn3(text)) in (Letters.TCVN3, None)
    assert letters_of(vni(text)) in (Letters.VNI, None)

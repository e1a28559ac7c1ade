"""One case for each rule of the notation and of the prose around it, in a jurist's words."""

from __future__ import annotations

import pytest

from caicach.registry.legislation.citations import find_citations


def surfaces(text: str) -> list[str]:
    return [citation.surface for citation in find_citations(text)]


def numbers(text: str) -> list[str | None]:
    return [citation.number for citation in find_citations(text)]


@pytest.mark.parametrize(
    ("written", "kind", "number"),
    [
        ("Nghị định số 61/2018/NĐ-CP", "Nghị định", "61/2018/NĐ-CP"),
        ("Quyết định số 45/2016/QĐ-TTg", "Quyết định", "45/2016/QĐ-TTg"),
        ("Nghị quyết số 33/2021/NQ-HĐND", "Nghị quyết", "33/2021/NQ-HĐND"),
        ("Thông tư liên tịch số 01/2015/TTLT-BNV-BTC", "Thông tư liên tịch", "01/2015/TTLT-BNV-BTC"),
        ("Nghị quyết số 653/2019/UBTVQH14", "Nghị quyết", "653/2019/UBTVQH14"),
        ("Pháp lệnh số 01/2012/UBTVQH13", "Pháp lệnh", "01/2012/UBTVQH13"),
        ("Luật số 52/2019/QH14", "Luật", "52/2019/QH14"),
        ("Quyết định số 1368/QĐ-BNV", "Quyết định", "1368/QĐ-BNV"),
        ("Tờ trình số 559/TTr-STP", "Tờ trình", "559/TTr-STP"),
        ("Công văn số 1473/BTP-CNTT", "Công văn", "1473/BTP-CNTT"),
        ("Công văn số 123/SNV-CCHC&VTLT", "Công văn", "123/SNV-CCHC&VTLT"),
        ("Văn bản hợp nhất số 03/VBHN-VPQH", "Văn bản hợp nhất", "03/VBHN-VPQH"),
        ("Nghị quyết số 10-NQ/BCSĐ", "Nghị quyết", "10-NQ/BCSĐ"),
        ("Kết luận số 76-KL/TW", "Kết luận", "76-KL/TW"),
        ("Quy định số 205-QĐ/TW", "Quy định", "205-QĐ/TW"),
        ("Chương trình hành động số 12-CTr/TU", "Chương trình", "12-CTr/TU"),
        ("Thông báo kết luận số 34-TB/TU", "Thông báo", "34-TB/TU"),
        ("Nghị định số 25/CP", "Nghị định", "25/CP"),
        ("Nghị định 26-CP", "Nghị định", "26-CP"),
        ("Quyết định số 202/TCCP-VC", "Quyết định", "202/TCCP-VC"),
        ("Lệnh số 15/2019/L-CTN", "Lệnh", "15/2019/L-CTN"),
        ("Nghị quyết số 30c/NQ-CP", "Nghị quyết", "30c/NQ-CP"),
        ("Quyết định số 136/2001/QĐ.TTg", "Quyết định", "136/2001/QĐ.TTg"),
        ("NGHỊ ĐỊNH SỐ 61/2018/NĐ-CP", "Nghị định", "61/2018/NĐ-CP"),
        ("NĐ 61/2018/NĐ-CP", "Nghị định", "61/2018/NĐ-CP"),
    ],
)
def test_every_family_of_numbers_is_read(written: str, kind: str, number: str) -> None:
    [citation] = find_citations(f"theo {written}.")

    assert (citation.surface, citation.kind, citation.number) == (written, kind, number)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Quyết định số 28/2018/QÐ-TTg", "28/2018/QĐ-TTg"),
        ("Nghị định số 61 / 2018 / NĐ - CP", "61/2018/NĐ-CP"),
        ("Nghị quyết số: 76/NQ-CP", "76/NQ-CP"),
        ("Nghị quyết số 18–NQ/TW", "18-NQ/TW"),
        ("Nghị định\nsố 63/2010/NĐ-\nCP", "63/2010/NĐ-CP"),
        ("Quy địnhsố 89-QĐ/TW", "89-QĐ/TW"),
        ("Quyết định số 45/2006/QĐ-TTG", "45/2006/QĐ-TTg"),
        ("nghị định số 61/2018/nđ-cp", "61/2018/NĐ-CP"),
        ("quyết định số 28/2018/qđ-ttg", "28/2018/QĐ-TTg"),
        ("thông tư số 15/2020/tt-bnv", "15/2020/TT-BNV"),
    ],
)
def test_the_number_is_the_same_however_it_was_typed(written: str, number: str) -> None:
    [citation] = find_citations(f"theo {written} thì")

    assert (citation.surface, citation.number) == (written, number)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("ngày 23/4/2018", "2018-04-23"),
        ("ngày 03 tháng 4 năm 2017", "2017-04-03"),
        ("ngày 14-5-2013", "2013-05-14"),
        ("ngày 07.8.2017", "2017-08-07"),
        ("ngày\n15 tháng 9\nnăm 2022", "2022-09-15"),
        ("năm 2020", "2020"),
        ("ngày 31/02/2020", None),
    ],
)
def test_a_date_directly_after_the_number_belongs_to_it(written: str, iso: str | None) -> None:
    [citation] = find_citations(f"Quyết định số 749/QĐ-TTg {written} của Thủ tướng Chính phủ")

    assert citation.surface.endswith(written)
    assert (citation.date, citation.issuer) == (iso, "Thủ tướng Chính phủ")


def test_a_date_before_the_kind_is_not_the_documents() -> None:
    [citation] = find_citations("Ngày 31/12/2021, Bộ trưởng ký Quyết định số 1368/QĐ-BNV.")

    assert citation.date is None


def test_a_date_after_a_comma_belongs_where_the_clause_goes_on() -> None:
    assert surfaces("Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương") == [
        "Nghị quyết số 18-NQ/TW, ngày 25/10/2017"
    ]
    assert surfaces("Theo Nghị định số 61/2018/NĐ-CP, ngày 01/6/2018 Sở đã báo cáo") == ["Nghị định số 61/2018/NĐ-CP"]


@pytest.mark.parametrize(
    ("path", "article", "clause", "point"),
    [
        ("Điểm c Khoản 2 Điều 6", "6", "2", "c"),
        ("khoản 1, Điều 30", "30", "1", None),
        ("điểm a - khoản 1 - Điều 5 -", "5", "1", "a"),
        ("Điều 5, khoản 2, điểm a", "5", "2", "a"),
        ("Điều 17 khoản 1", "17", "1", None),
        ("điểm a, b và c khoản 2 Điều 14", "14", "2", "a,b,c"),
        ("khoản 1, khoản 2 và khoản 3 Điều 5", "5", "1,2,3", None),
        ("Điều 27,28,29", "27,28,29", None, None),
        ("Điều 5 đến Điều 9", "5-9", None, None),
        ("khoản 2 Điều 21a của", "21a", "2", None),
        ("điểm đ khoản 1 Điều 3 của", "3", "1", "đ"),
        ("Điều 5 (khoản 1)", "5", "1", None),
    ],
)
def test_a_unit_path_is_read_in_any_order(path: str, article: str, clause: str | None, point: str | None) -> None:
    [citation] = find_citations(f"theo {path} Nghị định số 01/2020/NĐ-CP")

    assert citation.surface == f"{path} Nghị định số 01/2020/NĐ-CP"
    assert (citation.article, citation.clause, citation.point) == (article, clause, point)


def test_larger_units_are_kept_by_name() -> None:
    [citation] = find_citations("điểm c khoản 3 mục II Phần I Phụ lục I Nghị định số 30/2020/NĐ-CP")

    assert (citation.section, citation.part, citation.annex) == ("II", "I", "I")


def test_paths_that_share_a_document_are_one_citation_each() -> None:
    found = find_citations("khoản 2 Điều 29, khoản 3 Điều 34 và Điều 36 Luật Lưu trữ năm 2011")

    assert [c.surface for c in found] == ["khoản 2 Điều 29", "khoản 3 Điều 34", "Điều 36 Luật Lưu trữ năm 2011"]
    assert {c.title for c in found} == {"Lưu trữ"}
    assert [c.article for c in found] == ["29", "34", "36"]


def test_a_path_takes_the_levels_it_lacks_from_the_next() -> None:
    first, second = find_citations("điểm a khoản 1 và điểm b khoản 2 Điều 5 Luật Viên chức")

    assert (first.point, first.clause, first.article) == ("a", "1", "5")
    assert (second.point, second.clause, second.article) == ("b", "2", "5")


def test_two_articles_are_two_paths_and_two_clauses_of_one_article_a_list() -> None:
    assert surfaces("Điều 5 và Điều 6 Nghị định này") == ["Điều 5", "Điều 6 Nghị định này"]
    assert surfaces("khoản 5 và khoản 6 Điều 7 Nghị định này") == ["khoản 5 và khoản 6 Điều 7 Nghị định này"]


def test_a_path_reaches_the_text_attached_to_a_decision() -> None:
    [citation] = find_citations("khoản 2 Điều 5 Quy chế làm việc của Bộ ban hành kèm theo Quyết định số 12/QĐ-BNV")

    assert (citation.article, citation.kind, citation.attached) == ("5", "Quyết định", "Quy chế")


def test_this_law_is_cited_only_with_a_path() -> None:
    [citation] = find_citations("Luật này quy định; theo khoản 2 Điều 8 của Luật này và khoản 3 Điều này")

    assert (citation.surface, citation.deictic, citation.number) == ("khoản 2 Điều 8 của Luật này", True, None)


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("Luật Lưu trữ và các văn bản hướng dẫn", "Lưu trữ", None),
        ("Luật Thi đua, khen thưởng quy định", "Thi đua, khen thưởng", None),
        ("Luật Tổ chức chính quyền địa phương ngày 19/6/2015", "Tổ chức chính quyền địa phương", "2015-06-19"),
        ("Bộ luật Hình sự năm 2015", "Hình sự", "2015"),
        ("Luật Lưu trữ 2024", "Lưu trữ", "2024"),
        ("BLHS 2015", "Hình sự", "2015"),
        ("Luật Hoà giải ở cơ sở", "Hoà giải ở cơ sở", None),
        ("Luật Trật tự, an toàn giao thông", "Trật tự, an toàn giao thông", None),
        ("Luật Quản lý phế liệu, rác biển năm 2031", "Quản lý phế liệu, rác biển", "2031"),
        ("Luật Khuyến đọc được đề xuất", "Khuyến đọc", None),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức năm 2019",
            "sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức",
            "2019",
        ),
    ],
)
def test_the_title_of_a_law_ends_where_the_sentence_goes_on(text: str, title: str, date: str | None) -> None:
    [citation] = find_citations(text)

    assert (citation.title, citation.date) == (title, date)


def test_a_list_fills_in_the_kind_that_it_leaves_out() -> None:
    found = find_citations("các Luật số 77/2015/QH13, số 47/2019/QH14; Thông tư 11/2014/TT-BNV và 13/2010/TT-BNV")

    assert [(c.kind, c.surface) for c in found] == [
        ("Luật", "Luật số 77/2015/QH13"),
        ("Luật", "47/2019/QH14"),
        ("Thông tư", "Thông tư 11/2014/TT-BNV"),
        ("Thông tư", "13/2010/TT-BNV"),
    ]


def test_serials_that_share_a_code_get_it() -> None:
    assert numbers("Nghị quyết số 18, 19-NQ/TW") == ["18-NQ/TW", "19-NQ/TW"]


def test_a_short_name_stands_for_the_number_it_was_given_to() -> None:
    text = (
        "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ (sau đây gọi tắt là Nghị quyết 76). "
        "Luật Bảo hiểm xã hội số 58/2014/QH13 (sau đây viết tắt là Luật BHXH). Theo Nghị quyết 76 và Điều 5 Luật BHXH"
    )

    assert numbers(text)[-2:] == ["76/NQ-CP", "58/2014/QH13"]
    assert [c.date for c in find_citations(text)][-2:] == [None, None]


def test_the_kind_alone_stands_for_the_law_where_the_text_says_so() -> None:
    text = "Luật Nhà ở số 65/2014/QH13 (sau đây gọi là Luật); theo khoản 2 Điều 5 của Luật"

    assert numbers(text) == ["65/2014/QH13", "65/2014/QH13"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị định số 1/2020/NĐ-CP của Chính phủ về", "Chính phủ"),
        (
            "Thông tư liên tịch số 1/2015/TTLT-BNV-BTC của Bộ Nội vụ - Bộ Tài chính hướng dẫn",
            "Bộ Nội vụ - Bộ Tài chính",
        ),
        ("Quyết định 1/QĐ-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch, các", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Thông tư 1/2021/TT-BKHĐT của Bộ Kế hoạch và Đầu tư quy định", "Bộ Kế hoạch và Đầu tư"),
        ("Bộ Nội vụ đã ban hành Thông tư 10/2022/TT-BNV", "Bộ Nội vụ"),
        ("Quyết định 28/2018/QĐ-TTg về gửi văn bản do Thủ tướng Chính phủ ban hành", "Thủ tướng Chính phủ"),
        ("Nghị định của Chính phủ số 86/2002/NĐ-CP", "Chính phủ"),
        ("Công văn số 1/UBND-NC yêu cầu", None),
    ],
)
def test_the_issuer_is_the_one_the_text_names(text: str, issuer: str | None) -> None:
    [citation] = find_citations(text)

    assert citation.issuer == issuer


@pytest.mark.parametrize(
    "text",
    [
        "Mã hồ sơ 000.00.12.G06-220105-0012 trả ngày 01/7/2022.",
        "Hợp đồng số 15/2021/HĐ-TV; Giấy phép số 45/GP-TTĐT; Mẫu số 01/TTHC-KSTT",
        "số 8 Tôn Thất Thuyết, ngõ 12/5; điện thoại 024.6282.1017 - 0912/345/678",
        "Điều 1. Phạm vi điều chỉnh\nĐiều 2. Đối tượng áp dụng\nThông tư này áp dụng",
        "Chương I\nNHỮNG QUY ĐỊNH CHUNG\n\nĐiều 3\nNghị định này có hiệu lực",
        "đạt 45/60 hồ sơ (75%), 24/7, giai đoạn 2021 - 2030, TCVN ISO 9001:2015",
        "phần mềm, điều kiện, khoản chi 2 tỷ, quyết định 3 nội dung, Kế hoạch 5 năm",
        "Công ty Luật TNHH A, Trường Đại học Luật Hà Nội, Đoàn Luật sư, Hội Luật gia",
        "Dự án Luật Thực hiện dân chủ ở cơ sở; dự thảo Luật Lưu trữ (sửa đổi), Luật Thanh tra",
        "Bản án số 33/2023/HC-ST; pháp luật, kỷ luật, quy luật; Thông tư này, Quyết định này",
        "Công ước của Liên hợp quốc về Luật Biển năm 1982",
        "",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert surfaces(text) == []


def test_a_citation_runs_over_a_line_end_but_never_over_a_blank_line() -> None:
    assert surfaces("theo Điều 5\nLuật Lưu trữ\nnăm 2011") == ["Điều 5\nLuật Lưu trữ\nnăm 2011"]
    assert surfaces("theo Điều 5\n \nLuật Lưu trữ\r\n\r\nnăm 2011") == ["Luật Lưu trữ"]


def test_the_letterhead_gives_the_documents_own_number() -> None:
    [citation] = find_citations("BẢO HIỂM XÃ HỘI VIỆT NAM\nSố: 4269/KH-BHXH\nHà Nội, ngày 31 tháng 12 năm 2020")

    assert (citation.kind, citation.number, citation.letterhead, citation.date) == (
        "Kế hoạch",
        "4269/KH-BHXH",
        True,
        None,
    )


def test_the_json_has_the_agreed_keys_first_and_further_ones_only_when_they_say_something() -> None:
    [plain] = find_citations("Quyết định số 1368/QĐ-BNV")
    [law] = find_citations("Điều 5 Luật Lưu trữ")

    agreed = ["start", "end", "surface", "kind", "number", "date", "issuer", "article", "clause", "point"]
    assert list(plain.as_json()) == agreed
    assert list(law.as_json()) == [*agreed, "title"]


def test_the_head_of_the_next_paper_is_not_the_number_of_the_last_word_before_it() -> None:
    text = "Điều 1. Ban hành kèm theo Quyết định này Quy định trách nhiệm\nSố: 22/2011/TT-BCT\n"

    [citation] = find_citations(text)

    assert (citation.surface, citation.kind) == ("22/2011/TT-BCT", "Thông tư")


def test_an_issuer_ends_where_the_next_line_of_the_preamble_begins() -> None:
    text = (
        "Căn cứ Thông tư số 01/2018/TT-VPCP ngày 23/11/2018 của Văn phòng Chính phủ\nCăn cứ Quyết định số 2468/QĐ-UBND"
    )

    assert [citation.issuer for citation in find_citations(text)] == ["Văn phòng Chính phủ", None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Theo NĐ45, các đơn vị rà soát.", [("NĐ45", "Nghị định", "45")]),
        ("theo NQ18-NQ/TW", [("NQ18-NQ/TW", "Nghị quyết", "18-NQ/TW")]),
        ("theo NĐ45/2020/NĐ-CP", [("NĐ45/2020/NĐ-CP", "Nghị định", "45/2020/NĐ-CP")]),
        ("theo TT05/2023", [("TT05/2023", "Thông tư", "05/2023")]),
        ("theo TT 01 và NĐ 61", [("TT 01", "Thông tư", "01"), ("NĐ 61", "Nghị định", "61")]),
        ("Phòng TT 01 cửa, khu TT05, mẫu CT01, ô QĐ3", []),
        ("Trung tâm TT 3 tầng", []),
    ],
)
def test_a_number_may_be_written_to_its_abbreviation(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(c.surface, c.kind, c.number) for c in find_citations(text)] == found


@pytest.mark.parametrize("short", ["NĐ45", "NĐ 45", "NĐ 45/2020", "NĐ45/2020"])
@pytest.mark.parametrize("given", ["(sau đây viết tắt là {})", "({})", "của Chính phủ"])
def test_a_short_name_stands_for_the_number_that_the_text_has_given(short: str, given: str) -> None:
    text = f"Nghị định số 45/2020/NĐ-CP {given.format(short)}. Khoản 2 Điều 5 {short} quy định."
    last = find_citations(text)[-1]

    assert (last.surface, last.number, last.article) == (f"Khoản 2 Điều 5 {short}", "45/2020/NĐ-CP", "5")


def test_an_abbreviation_of_other_things_counts_once_the_text_has_named_the_document() -> None:
    assert numbers("Thông tư số 01/2018/TT-VPCP. Hồ sơ theo TT01 gồm") == ["01/2018/TT-VPCP"] * 2


def test_a_name_of_letters_that_the_text_gives_is_known_later() -> None:
    found = find_citations("Nghị quyết số 76/NQ-CP (sau đây gọi tắt là NQ CCHC). Triển khai NQ CCHC tại tỉnh.")

    assert [(c.surface, c.number) for c in found][-1] == ("NQ CCHC", "76/NQ-CP")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "các Luật: Đầu tư công; Ngân sách nhà nước; Doanh nghiệp năm 2020.",
            [("Đầu tư công", None), ("Ngân sách nhà nước", None), ("Doanh nghiệp năm 2020", "2020")],
        ),
        (
            "theo các Luật Đầu tư công, Cán bộ, công chức và Nhà ở.",
            [("Luật Đầu tư công", None), ("Cán bộ, công chức", None), ("Nhà ở", None)],
        ),
        (
            "các Luật: Luật Lưu trữ, Luật Viên chức năm 2010",
            [("Luật Lưu trữ", None), ("Luật Viên chức năm 2010", "2010")],
        ),
        ("theo Luật Đầu tư công, Nhà ở là tài sản.", [("Luật Đầu tư công", None)]),
        ("các Luật Đầu tư công, Bộ Tài chính hướng dẫn.", [("Luật Đầu tư công", None)]),
    ],
)
def test_laws_in_a_list_share_the_word_for_their_kind(text: str, found: list[tuple[str, str | None]]) -> None:
    citations = find_citations(text)

    assert [(c.surface, c.date) for c in citations] == found
    assert {c.kind for c in citations} == {"Luật"}


MINISTER = "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"Quyết định số 501/QĐ-VPCP ngày 15/9/2022 của {MINISTER} về việc phân công", MINISTER),
        (f"Quyết định số 501/QĐ-VPCP do {MINISTER} ban hành", MINISTER),
        (f"{MINISTER} ban hành Quyết định số 501/QĐ-VPCP", MINISTER),
        (
            "Quyết định số 12/QĐ-BNG của Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao",
            "Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao",
        ),
        ("Quyết định số 12/QĐ-BNV của Bộ trưởng Bộ Nội vụ, Chủ tịch Ủy ban tỉnh", "Bộ trưởng Bộ Nội vụ"),
    ],
)
def test_one_person_with_two_offices_is_one_issuer(text: str, issuer: str) -> None:
    [citation] = find_citations(text)

    assert citation.issuer == issuer

"""The forms of documents that are cited, by name and by the code in their number."""

from __future__ import annotations

import re

from caicach.registry.legislation.citations.spelling import one_line, word_pattern

# Code in a number -> kind. NĐ 30/2020/NĐ-CP, Phụ lục III (administrative texts); Luật 80/2015/QH13, Điều 4 (legal
# texts); party codes by Hướng dẫn 36-HD/VPTW.
KIND_OF_CODE: dict[str, str] = {
    "HP": "Hiến pháp",
    "BL": "Bộ luật",
    "PL": "Pháp lệnh",
    "L": "Lệnh",
    "SL": "Sắc lệnh",
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "QĐ": "Quyết định",
    "QĐLT": "Quyết định",
    "CT": "Chỉ thị",
    "CTLT": "Chỉ thị",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên bộ",
    "TTLN": "Thông tư liên ngành",
    "TTTL": "Thông tư liên tịch",
    "VBHN": "Văn bản hợp nhất",
    "QC": "Quy chế",
    "QCPH": "Quy chế phối hợp",
    "QYĐ": "Quy định",
    "QĐI": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "TBKL": "Thông báo",
    "HD": "Hướng dẫn",
    "HDLT": "Hướng dẫn",
    "HDLN": "Hướng dẫn",
    "CTR": "Chương trình",
    "CTRPH": "Chương trình",
    "KH": "Kế hoạch",
    "KHLT": "Kế hoạch",
    "KHPH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BCLT": "Báo cáo",
    "BB": "Biên bản",
    "TTR": "Tờ trình",
    "CĐ": "Công điện",
    "CV": "Công văn",
    "KL": "Kết luận",
    "TTRI": "Thông tri",
    "GM": "Giấy mời",
}
# Numbers with these codes are contracts, licences, certificates, invoices: no text that is cited as law.
FOREIGN_CODES = frozenset(
    ["HĐ", "HĐLĐ", "HĐKT", "HĐLV", "HĐMB", "GP", "GPXD", "GCN", "CCHN", "GTGT", "KK", "LSX", "PTN"]
)

# Longest names first: alternation takes the first that fits.
KINDS: tuple[str, ...] = (
    "Thông tư liên tịch",
    "Thông tư liên bộ",
    "Thông tư liên ngành",
    "Thông tư",
    "Thông báo kết luận",
    "Thông báo",
    "Thông cáo",
    "Thông tri",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Quy chế phối hợp",
    "Quy chế",
    "Quy định",
    "Quy trình",
    "Chỉ thị",
    "Chương trình hành động",
    "Chương trình",
    "Công văn",
    "Công điện",
    "Kế hoạch",
    "Kết luận",
    "Hướng dẫn",
    "Hiến pháp",
    "Văn bản hợp nhất",
    "Văn bản",
    "Tờ trình",
    "Báo cáo",
    "Biên bản",
    "Bộ luật",
    "Luật",
    "Lệnh",
    "Sắc lệnh",
    "Sắc luật",
    "Pháp lệnh",
    "Phương án",
    "Đề án",
    "Điều lệ",
    "Dự án",
    "Giấy mời",
    "Giấy giới thiệu",
    "Phiếu chuyển",
    "Phiếu gửi",
    "Phiếu báo",
    "Phiếu trình",
)
STATUTES = frozenset(["Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"])
# Kinds cited by a bare number in ordinary speech ("Nghị quyết 18"); "Kế hoạch 5" is a plan for five of something.
CITED_BY_SHORT_NUMBER = frozenset(
    ["Nghị định", "Nghị quyết", "Thông tư", "Chỉ thị", "Quyết định", "Thông tư liên tịch", "Kết luận", "Quy định"]
)
_SAME_KIND = {"Thông báo kết luận": "Thông báo", "Chương trình hành động": "Chương trình"}
ABBREVIATIONS: dict[str, str] = {
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "TTLT": "Thông tư liên tịch",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "CV": "Công văn",
    "KH": "Kế hoạch",
    "TB": "Thông báo",
    "VBHN": "Văn bản hợp nhất",
    "PL": "Pháp lệnh",
    "HD": "Hướng dẫn",
    "KL": "Kết luận",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
}
# Codes of law by the letters lawyers use.
CODES_OF_LAW: dict[str, str] = {
    "BLDS": "Dân sự",
    "BLHS": "Hình sự",
    "BLLĐ": "Lao động",
    "BLTTDS": "Tố tụng dân sự",
    "BLTTHS": "Tố tụng hình sự",
    "BLHH": "Hàng hải Việt Nam",
}

_CANONICAL = {kind.lower(): kind for kind in KINDS}
KIND_PATTERN = "|".join(word_pattern(kind) for kind in KINDS)
ABBREVIATION_PATTERN = "|".join(sorted([*ABBREVIATIONS, *CODES_OF_LAW], key=len, reverse=True)).replace("Đ", "[ĐÐ]")
KIND = re.compile(KIND_PATTERN)


def canonical_kind(written: str) -> str:
    """The kind's name for what the text says: "NGHỊ  ĐỊNH" is "Nghị định"."""
    name = _CANONICAL[one_line(written).lower().replace("ð", "đ")]
    return _SAME_KIND.get(name, name)


def kind_of_code(code: str) -> str | None:
    """The kind for the code in a number ("NĐ", "TTr"), whatever its case; None when it is an agency's."""
    return KIND_OF_CODE.get(code.upper())

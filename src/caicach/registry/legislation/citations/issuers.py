"""Who issued the document, as the text says it: after "của", in "do … ban hành", or right before "ban hành"."""

from __future__ import annotations

import re

from caicach.registry.legislation.citations.kinds import KIND
from caicach.registry.legislation.citations.spelling import PARAGRAPH_END, UPPER, one_line, pairs, words

_OF = re.compile(r"\s{0,3},?\s{0,3}(?i:của|do)\s{1,3}")
_WORD = re.compile(r"\s{0,3}(?P<word>[^\W\d_]+|\d+|[-–,&])")
# "Hội nghị Trung ương 7", "Quận 5", "khu vực 3".
_NUMBERED = re.compile(r"(?i:ương|quận|phường|vực|thứ|khóa)\s$")
_MAX_WORDS = 28
# A name goes on in lower case ("Ủy ban nhân dân tỉnh"), so what ends it is the word that opens the subject.
_STOPS = words(
    """
    về quy hướng sửa bổ phê bãi thay đính giao tăng đẩy tiếp cho yêu đề gửi có được đã là tại theo trong để nhằm
    đến từ với khi mà nếu bằng vì do của các những này đó nêu nói trên dưới v trừ sau trước ngày năm số hoặc
    nhưng nên thì cũng như đang sẽ vừa mới gồm ký bao kèm ra còn phải không gắn góp thuộc dẫn hết chưa đều vẫn bị
    """
)
_STOP_PAIRS = pairs(
    """
    ban hành, công bố, thành lập, kiện toàn, tổ chức, quản lý, thực hiện, xây dựng, kiểm tra, báo cáo, áp dụng,
    đánh giá, trình chính, trình quốc, trình thủ, trình bộ, trình ubnd, trình hđnd, trình ủy, trình ban,
    triển khai, thông qua, thông báo, điều chỉnh, chỉ đạo, xử lý, trình bày, hợp nhất, liên quan, chủ yếu,
    trả lời, phân công, nâng cao, hỗ trợ, đầu tư, xác định, cải cách, đổi mới, rà soát, cắt giảm, chuyển đổi,
    phân cấp, ủy quyền, quy hoạch, tinh giản, xếp loại, đào tạo, phân loại, tuyển dụng, thí điểm, mở rộng,
    hủy bỏ, đình chỉ, chấn chỉnh, hoàn thiện, ứng dụng, bảo đảm, đảm bảo, quyết định, khen thưởng, bổ nhiệm,
    chấp thuận, thống nhất, khẳng định, nhấn mạnh, quán triệt, phát huy, kết luận, sơ kết, tổng kết, phát động,
    xin ý, phối hợp, giải quyết, giải thích, lấy ý, góp ý, hướng tới, làm rõ, khắc phục,
    quyết nghị, nhận định, ghi nhận, cung cấp, chủ trì, tập trung, thể hiện, khuyến khích, phân bổ, công nhận, cụ thể,
    đặt ra, trực tiếp, đơn giản, bắt đầu, chính thức, nghiêm cấm, lồng ghép
    """
)
_CAPITAL_STOP_PAIRS = pairs("quy định, hướng dẫn, sửa đổi, phê duyệt, ban hành, căn cứ")
_OPENS_A_LINE = frozenset(["Về", "Theo", "Xét"])
"""With a capital they open the next line of a preamble that has no semicolons."""
_UNITS = frozenset(["Điều", "Khoản", "Điểm", "Chương", "Mục", "Phần"])
# "Bộ Kế hoạch và Đầu tư" is no plan.
_NAMED_LIKE_A_KIND = re.compile(r"Kế\s+hoạch\s+(?:và|&|-)|Dự\s+án|Chương\s+trình\s+(?:mục|phát)")
_JOINT_COMMA = re.compile(r",\s{1,3}(?:Bộ|Viện|Tòa|Toà|Ngân\s+hàng|Thanh\s+tra|Ủy\s+ban|Uỷ\s+ban)\s")
# Names of agencies with a comma inside.
_NAME_COMMA = re.compile(r",\s{1,3}(?:Thể\s+thao|chống|Ban\s+Bí\s+thư|Giáo\s+dục|trẻ\s+em|công\s+chức|Giám\s+sát)")

# One person with two offices: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", "Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao".
_FIRST_OFFICE = r"(?:Bộ\s+trưởng|Phó\s+Thủ\s+tướng(?:\s+Chính\s+phủ)?)"
_SECOND_OFFICE = r",\s{1,3}(?:Chủ\s+nhiệm|Bộ\s+trưởng|Trưởng\s+[Bb]an|Tổng\s+Thanh\s+tra|Thống\s+đốc)\s"
_OFFICE_BEFORE = re.compile(rf"(?<!\w){_FIRST_OFFICE}$")
_OFFICE_COMMA = re.compile(_SECOND_OFFICE)

_HEAD = re.compile(
    r"(?:Chính\s+phủ|Thủ\s+tướng|Quốc\s+hội|[UỦ][ỷyỶ]\s+ban|UBND|HĐND|UBTVQH|Bộ\s|Ban\s|Tỉnh\s+[uủ]|Thành\s+[uủ]"
    r"|Huyện\s+[uủ]|Quận\s+[uủ]|Trung\s+ương|Chủ\s+tịch|Sở\s|Giám\s+đốc|Tổng\s|Văn\s+phòng|Hội\s+đồng|T[oò][àa]\s+án"
    r"|Viện\s|Thanh\s+tra|Ngân\s+hàng|Bảo\s+hiểm|BTV\s|BCH\s|BCĐ\s|Cục\s|Chi\s+cục|Vụ\s|Thường\s+trực|Phó\s|Mặt\s+trận"
    r"|Kiểm\s+toán|Liên\s+[bB]ộ|Đảng)"
)
_ISSUES = re.compile(
    r"\s{1,3}(?:(?:đã|vừa|mới|sẽ|cũng|tiếp\s+tục|kịp\s+thời)\s{1,3}){0,2}(?:ký\s{1,3})?ban\s{1,3}hành"
    r"(?:\s{1,3}kèm\s+theo|\s{1,3}theo|\s{1,3}tại)?\s{1,3}(?:các\s{1,3})?$"
)
_CLAUSE_OPENS = re.compile(rf"[,;:.()\n“\"]\s|{PARAGRAPH_END}|\b(?:do|được|khi|việc|mà)\s")
_CLAUSE_ENDS = re.compile(rf";|\.\s|{PARAGRAPH_END}")
_DO_ISSUED = re.compile(
    rf"\bdo\s{{1,3}}(?P<issuer>(?:{_FIRST_OFFICE}(?={_SECOND_OFFICE}),\s{{1,3}})?[{UPPER}][^,;:.()“”\"]{{1,110}}?)\s{{1,3}}ban\s+hành"
)
_LOOK_BACK = 160


def issuer_after(text: str, pos: int, *, joint: bool = False) -> tuple[str, int] | None:
    """The issuer in "của Chính phủ" at `pos`, and where it ends; None when no name stands there."""
    of = _OF.match(text, pos)
    return issuer_at(text, of.end(), joint=joint) if of else None


def issuer_at(text: str, pos: int, *, joint: bool = False) -> tuple[str, int] | None:
    """The name of an agency or office that begins at `pos`, and where it ends.

    `joint`: the document has several issuers, so that a comma may stand between two of them.
    """
    here, count = pos, 0
    while count < _MAX_WORDS and (found := _WORD.match(text, here)):
        if count == 0 and not _begins_name(text, found):
            return None
        if count and (_ends_name(text, found, joint=joint) or _leaves_capitals(text[pos:here], found["word"])):
            break
        here, count = found.end(), count + 1
    return (one_line(text[pos:here]), here) if count else None


def issuer_in_clause(text: str, pos: int, *, limit: int) -> str | None:
    """The issuer in "… do Thủ tướng Chính phủ ban hành" later in the clause that goes on at `pos`."""
    stop = min(len(text), pos + limit)
    ends = _CLAUSE_ENDS.search(text, pos, stop)
    found = _DO_ISSUED.search(text, pos, ends.start() if ends else stop)
    return one_line(found["issuer"]) if found and _HEAD.match(found["issuer"] + " ") else None


def issuer_before(text: str, pos: int) -> str | None:
    """The issuer in "Bộ Nội vụ đã ban hành …" right before `pos`."""
    before = text[max(0, pos - _LOOK_BACK) : pos]
    if "hành" not in before[-30:]:
        return None
    issues = _ISSUES.search(before, max(0, len(before) - 50))
    if issues is None:
        return None
    marks = _CLAUSE_OPENS.finditer(before, 0, issues.start())
    opens = [found.end() for found in marks if not _joins_offices(before, found.start())]
    head = _HEAD.search(before, opens[-1] if opens else 0, issues.start())
    named = issuer_at(before[: issues.start()], head.start(), joint=True) if head else None
    return named[0] if named and named[1] == issues.start() else None


def _joins_offices(text: str, at: int) -> bool:
    """Whether the comma at `at` stands between the two offices of one person."""
    return _OFFICE_COMMA.match(text, at) is not None and _OFFICE_BEFORE.search(text[max(0, at - 30) : at]) is not None


def _begins_name(text: str, found: re.Match[str]) -> bool:
    word = found["word"]
    return (word[0].isupper() or word == "liên") and KIND.match(text, found.start("word")) is None


def _ends_name(text: str, found: re.Match[str], *, joint: bool) -> bool:
    word, at = found["word"], found.start("word")
    if word == ",":
        is_inside = _NAME_COMMA.match(text, at) or (joint and _JOINT_COMMA.match(text, at))
        return not (is_inside or _joins_offices(text, at))
    following = _WORD.match(text, found.end())
    after = following["word"] if following else ""
    if word in ("-", "–", "&", "và"):
        return following is None or not _goes_on_with(text, following)
    if word.isdigit():
        return _NUMBERED.search(text, max(0, at - 12), at) is None
    if word[0].isupper():
        return _capital_ends_name(text, at, word, after)
    if word == "giao" and text[max(0, at - 6) : at].rstrip().endswith("Ngoại"):
        return False  # "Bộ Ngoại giao"
    return word in _STOPS or (word, after.lower()) in _STOP_PAIRS


def _goes_on_with(text: str, following: re.Match[str]) -> bool:
    """Whether a name goes on after "và" or a dash: with a capital that opens neither a document nor a unit of one."""
    word, at = following["word"], following.start("word")
    return (
        word[0].isupper() and word not in _UNITS and (KIND.match(text, at) is None or _is_named_like_a_kind(text, at))
    )


def _leaves_capitals(name: str, word: str) -> bool:
    """ "CHÍNH PHỦ" in a heading ends where capitals end; acronyms, which have no marks, go on: "UBND TP Hà Nội"."""
    return name.isupper() and not name.replace("Đ", "").isascii() and word[0].isupper() and not word.isupper()


def _capital_ends_name(text: str, at: int, word: str, after: str) -> bool:
    if word in _OPENS_A_LINE or (word.lower(), after.lower()) in _CAPITAL_STOP_PAIRS:
        return True
    if word.isupper() and (word.lower() in _STOPS or (word.lower(), after.lower()) in _STOP_PAIRS):
        return True  # a heading in capitals; no agency is called VỀ
    return KIND.match(text, at) is not None and not _is_named_like_a_kind(text, at)


def _is_named_like_a_kind(text: str, at: int) -> bool:
    return _NAMED_LIKE_A_KIND.match(text, at) is not None

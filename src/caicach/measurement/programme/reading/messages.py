"""What the warnings and notes of a reading say, in both languages. The room that shows them picks one by code.

This package knows no framework, so the sentences stand here and not in a catalogue; placeholders are `%(name)s`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from .source import SourceWarning


class Message(NamedTuple):
    """One sentence in English and in Vietnamese, with the same placeholders."""

    english: str
    vietnamese: str


MESSAGES: Final[Mapping[str, Message]] = {
    "empty_text": Message(
        "The file holds no text. If it is a scan, have it recognised first or paste the text.",
        "Tệp không có chữ. Nếu là bản quét, hãy nhận dạng chữ trước hoặc dán nội dung vào.",
    ),
    "no_tasks": Message(
        "No task was found. Check that this is the plan itself, or paste its part on tasks.",
        "Không tìm thấy nhiệm vụ nào. Kiểm tra đây có đúng là kế hoạch, hoặc dán riêng phần nhiệm vụ.",
    ),
    "not_a_plan": Message(
        "This does not look like a plan: it has no number, title or year of one. Check that it is the right file.",
        "Văn bản này không giống một kế hoạch: không có số, tiêu đề hay năm. Kiểm tra đã chọn đúng tệp chưa.",
    ),
    "no_decision_number": Message(
        "The number of the decision was not found. Fill it in before approval.",
        "Chưa tìm thấy số quyết định hoặc số kế hoạch. Bổ sung trước khi phê duyệt.",
    ),
    "no_plan_year": Message(
        "The year of the plan was not found. Choose it: deadlines without a year depend on it.",
        "Chưa xác định được năm của kế hoạch. Chọn năm: các thời hạn không ghi năm phụ thuộc vào đó.",
    ),
    "year_assumed": Message(
        "The text does not say its year, so %(year)s was taken. For another year, import again and choose it.",
        "Văn bản không ghi năm nên đã lấy năm %(year)s. Nếu là kế hoạch của năm khác, nhập lại và chọn năm.",
    ),
    "cut_off": Message(
        "The text breaks off in the middle of a sentence. Check that the file is whole.",
        "Văn bản dừng giữa câu. Kiểm tra tệp đã đầy đủ chưa.",
    ),
    "table_without_headings": Message(
        "Table %(table)s has no row of headings that is known, so it was not read. Put headings such as "
        "“Nhiệm vụ”, “Đơn vị chủ trì”, “Thời hạn” in its first row and import again.",
        "Bảng %(table)s không có hàng tiêu đề nhận biết được nên chưa được đọc. Thêm tiêu đề như "
        "“Nhiệm vụ”, “Đơn vị chủ trì”, “Thời hạn” vào hàng đầu rồi nhập lại.",
    ),
    "columns_inferred": Message(
        "Table %(table)s has no headings; its columns were told by what they hold. Check the units and deadlines.",
        "Bảng %(table)s không có tiêu đề; các cột được suy ra từ nội dung. Kiểm tra lại đơn vị và thời hạn.",
    ),
    "columns_unread": Message(
        "Table %(table)s: what stands under %(columns)s was not read. Name the column as “Đơn vị chủ trì”, “Thời hạn” "
        "or “Sản phẩm” if it says so, and import again.",
        "Bảng %(table)s: chưa đọc nội dung cột %(columns)s. Nếu cột này là đơn vị chủ trì, thời hạn hay sản phẩm, "
        "hãy đổi tiêu đề thành “Đơn vị chủ trì”, “Thời hạn” hoặc “Sản phẩm” rồi nhập lại.",
    ),
    "unit_unknown": Message(
        "“%(name)s” is not a unit of the organisation. Choose the unit or add this name to it.",
        "“%(name)s” chưa có trong danh mục đơn vị. Chọn đơn vị hoặc thêm tên gọi này.",
    ),
    "repeated_in_table": Message(
        "%(count)s tasks stand both in the text and in a table; the table's rows were kept.",
        "%(count)s nhiệm vụ có cả trong phần lời và trong bảng; đã giữ theo bảng.",
    ),
    "no_lead": Message("No lead unit is named.", "Chưa rõ đơn vị chủ trì."),
    "all_units": Message(
        "The duty falls on all units; name the one that leads.",
        "Nhiệm vụ giao chung cho các đơn vị; cần chỉ rõ đơn vị chủ trì.",
    ),
    "lead_unknown": Message(
        "The lead unit is not one of the organisation.", "Đơn vị chủ trì chưa có trong danh mục đơn vị."
    ),
    "lead_by_short_name": Message(
        "The lead unit was told by a short form of its name.", "Đơn vị chủ trì được nhận theo tên viết tắt."
    ),
    "several_leads": Message(
        "Several units are named to lead; the first was taken, the others co-operate.",
        "Có nhiều đơn vị chủ trì; đã lấy đơn vị đầu tiên, các đơn vị còn lại là phối hợp.",
    ),
    "tasks_with_several_leads": Message(
        "%(count)s tasks name several units to lead (%(tasks)s). The first was taken, the others co-operate: check.",
        "%(count)s nhiệm vụ ghi nhiều đơn vị chủ trì (%(tasks)s). Đã lấy đơn vị đầu tiên chủ trì, các đơn vị còn lại "
        "phối hợp: cần kiểm tra.",
    ),
    "no_deadline": Message("No deadline is given.", "Chưa có thời hạn."),
    "deadline_unsure": Message(
        "It is not certain that the time named is a deadline.", "Chưa chắc mốc thời gian này là thời hạn."
    ),
    "several_deadlines": Message(
        "Several days are named; the last one was taken.", "Có nhiều mốc thời gian; đã lấy mốc cuối."
    ),
    "term_start_unknown": Message(
        "The term counts from a day that the text does not give.",
        "Thời hạn tính từ một ngày mà văn bản không nêu; cần nhập ngày.",
    ),
    "terms_without_start": Message(
        "%(count)s tasks have a term that counts from a day that the text does not give (%(tasks)s). Enter the day.",
        "%(count)s nhiệm vụ có thời hạn tính từ một ngày mà văn bản không nêu (%(tasks)s). Cần nhập ngày.",
    ),
    "deadline_from_plan_year": Message(
        "An aim of the plan without a day: the end of the plan's year was taken.",
        "Mục tiêu của kế hoạch không ghi ngày: lấy hết năm kế hoạch.",
    ),
    "deadline_from_heading": Message(
        "The deadline stands in the heading above.", "Thời hạn lấy theo tiêu đề phía trên."
    ),
    "field_unsure": Message(
        "The field was told by the words of the task.", "Lĩnh vực được suy ra từ nội dung nhiệm vụ."
    ),
    "shortened_title": Message(
        "Task %(tasks)s: its name is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: tên nhiệm vụ quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_number": Message(
        "Task %(tasks)s: its number is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: số thứ tự quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_product": Message(
        "Task %(tasks)s: a product is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: sản phẩm quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_lead": Message(
        "Task %(tasks)s: the lead unit is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: tên đơn vị chủ trì quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_time": Message(
        "Task %(tasks)s: the time as written is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: thời hạn quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_budget": Message(
        "Task %(tasks)s: the budget is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: kinh phí quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_target": Message(
        "Task %(tasks)s: a target is too long and was shortened; the wording of the task keeps it whole.",
        "Nhiệm vụ %(tasks)s: chỉ tiêu quá dài nên đã rút gọn; nguyên văn còn trong nội dung nhiệm vụ.",
    ),
    "shortened_plan_title": Message(
        "The title of the plan is too long and was shortened. The text beside the tasks keeps it whole.",
        "Tên kế hoạch quá dài nên đã rút gọn; nguyên văn còn trong văn bản bên cạnh.",
    ),
    "shortened_decision": Message(
        "The number or issuer of the decision is too long and was shortened. Check both.",
        "Số hoặc cơ quan ban hành của quyết định quá dài nên đã rút gọn. Cần kiểm tra lại.",
    ),
    "shortened": Message(
        "A text is too long for its column and was shortened; the wording below keeps it whole.",
        "Có nội dung quá dài nên đã rút gọn; nguyên văn còn ở phần nội dung bên dưới.",
    ),
    "no_verb": Message("It does not begin with what is to be done.", "Câu không mở đầu bằng việc phải làm."),
}


def sentence(code: str, parameters: Mapping[str, str], *, language: str) -> str:
    """The sentence for a code in "vi" or "en"; the code itself when it has none."""
    message = MESSAGES.get(code)
    if message is None:
        return code
    return (message.vietnamese if language.startswith("vi") else message.english) % parameters


def warning_sentence(warning: SourceWarning, *, language: str) -> str:
    return sentence(warning.code, dict(warning.parameters), language=language)

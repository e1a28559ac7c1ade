"""Where one duty ends and the next begins: a table of sentences, each with the duties in it."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import SourceText, read_plan

SENTENCES = {
    "semicolons part duties": (
        "Ban hành quy chế tiếp dân; tổ chức đối thoại với doanh nghiệp; công bố số điện thoại đường dây nóng.",
        ["Ban hành quy chế tiếp dân", "tổ chức đối thoại với doanh nghiệp", "công bố số điện thoại đường dây nóng"],
    ),
    "five duties are five tasks": (
        "Rà soát danh mục; sửa đổi quy trình; niêm yết biểu mẫu; tập huấn cán bộ; kiểm tra việc thực hiện.",
        ["Rà soát danh mục", "sửa đổi quy trình", "niêm yết biểu mẫu", "tập huấn cán bộ", "kiểm tra việc thực hiện"],
    ),
    "verbs over one object are one": (
        "Tiếp tục rà soát, sửa đổi, bổ sung và hoàn thiện quy chế làm việc của cơ quan.",
        ["Tiếp tục rà soát, sửa đổi, bổ sung và hoàn thiện quy chế làm việc của cơ quan"],
    ),
    "a purpose stays with its work": (
        "Triển khai phần mềm một cửa nhằm rút ngắn thời gian chờ, nâng cao sự hài lòng, tăng cường công khai.",
        ["Triển khai phần mềm một cửa nhằm rút ngắn thời gian chờ, nâng cao sự hài lòng, tăng cường công khai"],
    ),
    "a starter after a comma begins another duty": (
        "Hiện đại hóa phòng tiếp dân của cơ quan, tiếp tục trang bị máy quét cho bộ phận một cửa.",
        ["Hiện đại hóa phòng tiếp dân của cơ quan", "tiếp tục trang bị máy quét cho bộ phận một cửa"],
    ),
    "an outcome after a comma is none": (
        "Sắp xếp lại các phòng chuyên môn của sở theo đề án, giảm đầu mối trung gian.",
        ["Sắp xếp lại các phòng chuyên môn của sở theo đề án, giảm đầu mối trung gian"],
    ),
    "a number of its own is a task of its own": (
        "Sáp nhập hai trung tâm khảo nghiệm vùng thành một đơn vị, giảm 15% số cấp phòng.",
        ["Sáp nhập hai trung tâm khảo nghiệm vùng thành một đơn vị", "giảm 15% số cấp phòng"],
    ),
    "how far work is to go is no work of its own": (
        "Sắp xếp các đơn vị sự nghiệp công lập, phấn đấu giảm 02 đơn vị.",
        ["Sắp xếp các đơn vị sự nghiệp công lập, phấn đấu giảm 02 đơn vị"],
    ),
    "times after a colon belong to the duty": (
        "Các đơn vị báo cáo tình hình thực hiện định kỳ: quý I trước ngày 10/3, 6 tháng trước ngày 10/6.",
        ["báo cáo tình hình thực hiện định kỳ: quý I trước ngày 10/3, 6 tháng trước ngày 10/6"],
    ),
    "duties in a row over commas": (
        "Xây dựng kế hoạch kiểm tra, tổ chức kiểm tra tại các đơn vị, tổng hợp kết quả, công khai kết luận.",
        [
            "Xây dựng kế hoạch kiểm tra",
            "tổ chức kiểm tra tại các đơn vị",
            "tổng hợp kết quả",
            "công khai kết luận",
        ],
    ),
    "a noun over a comma and a time are no row": (
        "Triển khai trung tâm giám sát, điều hành thông minh của tỉnh, hoàn thành trong năm 2024.",
        ["Triển khai trung tâm giám sát, điều hành thông minh của tỉnh, hoàn thành trong năm 2024"],
    ),
    "a row that ends with and": (
        "Rà soát thủ tục hành chính, số hóa hồ sơ lưu trữ, đánh giá chất lượng phục vụ và tổng hợp kết quả.",
        ["Rà soát thủ tục hành chính", "số hóa hồ sơ lưu trữ", "đánh giá chất lượng phục vụ", "tổng hợp kết quả"],
    ),
    "measures that share what they do are one": (
        "Bảo đảm 100% cơ quan hành chính, 80% đơn vị sự nghiệp sử dụng chữ ký số.",
        ["Bảo đảm 100% cơ quan hành chính, 80% đơn vị sự nghiệp sử dụng chữ ký số"],
    ),
    "two measures with verbs of their own are two": (
        "Cắt giảm 20% hồ sơ giấy, số hóa 50% kết quả của các phòng.",
        ["Cắt giảm 20% hồ sơ giấy", "số hóa 50% kết quả của các phòng"],
    ),
    "who does which item is no work": (
        "Vụ Pháp chế chủ trì nội dung (1), (2); các cục, vụ liên quan thực hiện nội dung (3).",
        [],
    ),
    "how much stands after a colon": (
        "Niêm yết công khai: 100% thủ tục hành chính.",
        ["Niêm yết công khai: 100% thủ tục hành chính"],
    ),
    "measures of their own are tasks of their own": (
        "Cắt giảm ít nhất 20% quy định kinh doanh; ít nhất 80% hồ sơ được giải quyết trực tuyến.",
        ["Cắt giảm ít nhất 20% quy định kinh doanh", "ít nhất 80% hồ sơ được giải quyết trực tuyến"],
    ),
    "work goes on after a time": (
        "Xây dựng đề án vị trí việc làm trong tháng 9/2024 và tổ chức bồi dưỡng cho công chức các phòng.",
        ["Xây dựng đề án vị trí việc làm trong tháng 9/2024", "tổ chức bồi dưỡng cho công chức các phòng"],
    ),
    "things after a colon are no duties": (
        "Hoàn thiện văn bản trong các lĩnh vực: quản lý đất đai; xây dựng; giao thông; quản lý hội.",
        ["Hoàn thiện văn bản trong các lĩnh vực: quản lý đất đai; xây dựng; giao thông; quản lý hội"],
    ),
    "nouns after a semicolon go on": (
        "Tham mưu ban hành quy định về tiêu chuẩn chức danh; quy định về kiểm định đầu vào; nội quy cơ quan.",
        ["Tham mưu ban hành quy định về tiêu chuẩn chức danh; quy định về kiểm định đầu vào; nội quy cơ quan"],
    ),
    "an announcement is none, what it announces is": (
        "Tập trung vào các nhiệm vụ sau: rà soát quy trình nội bộ; lập danh mục hồ sơ cần số hóa.",
        ["rà soát quy trình nội bộ", "lập danh mục hồ sơ cần số hóa"],
    ),
    "a commanding lead-in is a task too": (
        "Hoàn thiện quy định về tổ chức bộ máy, tập trung vào các nhiệm vụ sau: rà soát biên chế; sắp xếp các chi cục.",
        ["Hoàn thiện quy định về tổ chức bộ máy", "rà soát biên chế", "sắp xếp các chi cục"],
    ),
    "brackets and quotations are opaque": (
        "Thực hiện Đề án “Đổi mới tuyển dụng; nâng cao chất lượng đội ngũ” (rà soát; đánh giá; tổng kết) của ngành.",
        ["Thực hiện Đề án “Đổi mới tuyển dụng; nâng cao chất lượng đội ngũ” (rà soát; đánh giá; tổng kết) của ngành"],
    ),
    "words of manner are no duties": (
        "Công bố mức độ hài lòng một cách khách quan, khoa học, thống nhất trên toàn thành phố.",
        ["Công bố mức độ hài lòng một cách khách quan, khoa học, thống nhất trên toàn thành phố"],
    ),
    "work after words of manner is work": (
        "Giải quyết hồ sơ một cách công khai, minh bạch, tổ chức khảo sát mức độ hài lòng của người dân.",
        [
            "Giải quyết hồ sơ một cách công khai, minh bạch",
            "tổ chức khảo sát mức độ hài lòng của người dân",
        ],
    ),
    "a word that ends a longer one is no verb": (
        "Rà soát danh mục dịch vụ công; nâng tỷ lệ hồ sơ toàn trình đạt trên 70%.",
        ["Rà soát danh mục dịch vụ công", "nâng tỷ lệ hồ sơ toàn trình đạt trên 70%"],
    ),
    "a reason after the subject is no duty": (
        "Thủ trưởng các cơ quan, đơn vị căn cứ Kế hoạch này, xây dựng kế hoạch của đơn vị trước ngày 31/01/2024.",
        ["xây dựng kế hoạch của đơn vị trước ngày 31/01/2024"],
    ),
    "how often stands before what": (
        "Công bố danh mục dịch vụ công; định kỳ hằng quý (trước ngày 05) báo cáo kết quả giải quyết.",
        ["Công bố danh mục dịch vụ công", "định kỳ hằng quý (trước ngày 05) báo cáo kết quả giải quyết"],
    ),
    "a day of each quarter before the verb": (
        "Công bố danh mục dịch vụ công; định kỳ trước ngày 15 tháng cuối quý báo cáo kết quả giải quyết.",
        ["Công bố danh mục dịch vụ công", "định kỳ trước ngày 15 tháng cuối quý báo cáo kết quả giải quyết"],
    ),
    "documents in a list are no duties": (
        "Tiếp tục tinh giản biên chế theo Nghị định số 108/2014/NĐ-CP; Nghị định số 113/2018/NĐ-CP.",
        ["Tiếp tục tinh giản biên chế theo Nghị định số 108/2014/NĐ-CP; Nghị định số 113/2018/NĐ-CP"],
    ),
    "what is ordered is the duty": (
        "Giám đốc Sở yêu cầu các phòng rà soát biểu mẫu; phân công người trực.",
        ["rà soát biểu mẫu", "phân công người trực"],
    ),
    "a unit before its verb belongs to the clause": (
        "Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở kiểm tra công vụ; Phòng Tổ chức tổng hợp kết quả.",
        [
            "Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở kiểm tra công vụ",
            "Phòng Tổ chức tổng hợp kết quả",
        ],
    ),
    "a time after a semicolon belongs to the work before it": (
        "Xây dựng đề án vị trí việc làm; hoàn thành trước ngày 30/6/2024.",
        ["Xây dựng đề án vị trí việc làm; hoàn thành trước ngày 30/6/2024"],
    ),
    "measures that share a verb are one task each": (
        "Phấn đấu giảm 10% số đơn vị sự nghiệp và 5% biên chế so với năm 2021.",
        ["giảm 10% số đơn vị sự nghiệp", "5% biên chế so với năm 2021"],
    ),
    "an attitude is no task": ("Lãnh đạo Bộ yêu cầu các đơn vị có nhận thức đầy đủ về cải cách hành chính.", []),
    "what was done is no task": ("UBND huyện vừa tổ chức hội nghị tổng kết công tác cải cách hành chính.", []),
}


@pytest.mark.parametrize(("sentence", "duties"), SENTENCES.values(), ids=SENTENCES)
def test_duties_of_a_sentence(sentence: str, duties: list[str]):
    read = read_plan(
        SourceText(f"Về cải cách thể chế, {sentence[0].lower()}{sentence[1:]}"), units=None, plan_year=2024
    )
    plain = read_plan(SourceText(sentence), units=None, plan_year=2024)
    assert [task.text.lower() for task in plain.tasks] == [duty.lower() for duty in duties]
    if sentence[0] not in "GVLU":  # a sentence that begins with its subject does not follow "Về ...,"
        assert [task.text.lower() for task in read.tasks] == [duty.lower() for duty in duties]


@pytest.mark.parametrize(
    "sentence",
    [
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2024, Sở Nội vụ xây dựng Kế hoạch như sau:",
        "Mục đích của Kế hoạch là nâng cao chất lượng phục vụ nhân dân; siết chặt kỷ cương.",
        "Năm 2023, huyện giảm 20% thời gian giải quyết; 100% hồ sơ được số hóa.",
        "Kế hoạch đề ra các nội dung: cải cách thể chế, cải cách thủ tục hành chính, cải cách tài chính công, "
        "cải cách chế độ công vụ.",
        "10:03, 27/03/2022",
        "Nơi nhận: Như trên; lưu văn thư.",
        "Phát biểu tại hội nghị, Chủ tịch đánh giá cao kết quả của các phòng.",
    ],
)
def test_what_stands_around_the_tasks_is_none(sentence: str):
    assert read_plan(SourceText(sentence), units=None, plan_year=2024).tasks == ()


def test_the_label_over_a_list_may_say_more_than_one_word():
    text = "Nhiệm vụ trọng tâm năm 2024: Các cơ quan hoàn thành việc số hóa 80% kết quả; rà soát quy trình nội bộ."

    read = read_plan(SourceText(text), units=None, plan_year=2024)

    assert [task.text for task in read.tasks] == ["hoàn thành việc số hóa 80% kết quả", "rà soát quy trình nội bộ"]


def test_what_the_last_year_brought_is_no_task_but_what_goes_on_is():
    sentence = "Năm 2023, sở đã số hóa 45% hồ sơ; năm 2024 tiếp tục số hóa 70% hồ sơ."
    [task] = read_plan(SourceText(sentence), units=None, plan_year=2024).tasks
    assert task.text == "tiếp tục số hóa 70% hồ sơ"

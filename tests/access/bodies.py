"""What is sent to each door: enough for it to be done by whoever may."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from caicach.measurement.programme.models import PlanTask

from .records import NEW_TASK, picture
from .world import World

Body = Callable[[World], dict[str, Any]]


def _revision(task: PlanTask) -> int:
    """As one who opened the task a moment ago has it."""
    return PlanTask.objects.values_list("revision", flat=True).get(pk=task.pk)


def _as_seen(world: World, **fields: Any) -> dict[str, Any]:
    return fields | {"revision": _revision(world.objects["task"])}


def _ids(world: World, plan: str) -> list[int]:
    return list(PlanTask.objects.filter(plan=world.objects[plan]).order_by("pk").values_list("pk", flat=True)[:2])


def _description(world: World) -> dict[str, Any]:
    """The head of the draft as its page shows it."""
    plan = world.objects["draft"]
    shown = {name: getattr(plan, name) for name in ("title", "decision_number", "decision_issuer")}
    return shown | {"seen": json.dumps(shown | {"decision_date": None})}


BODIES: Final[dict[str, Body]] = {
    # Pages: as their forms send it. What is not here is sent empty.
    "programme:import POST": lambda w: {"issuer": w.ministry.units["BNV"].pk, "year": 2022, "pasted": "I. NHIỆM VỤ"},
    "programme:urge GET": lambda w: {"chon": [w.objects["task"].pk]},
    "programme:urge POST": lambda w: {"chon": [w.objects["task"].pk]},
    "programme:add_task POST": lambda w: NEW_TASK | {"field": "1", "reason": "Kết luận 12/TB-BNV"},
    "programme:review_change POST": lambda w: {"act": "confirm", "chon": _ids(w, "draft")},
    "programme:review_autosave POST": lambda w: {"chon": _ids(w, "draft")[0], "product": "Báo cáo"},
    "programme:describe POST": lambda w: _description(w) | {"title": "Tên khác"},
    "programme:return_draft POST": lambda w: {"reason": "Thiếu sản phẩm"},
    "programme:tasks POST": lambda w: {"chon": [w.objects["task"].pk]},
    "programme:answer_task POST": lambda w: _as_seen(w, answer="accept"),
    "programme:report_progress POST": lambda w: _as_seen(w, progress=40, text="Đã làm"),
    "programme:comment POST": lambda w: {"text": "Đề nghị làm rõ"},
    "programme:ask_extension POST": lambda w: {"new_deadline": "15/07/2022", "reason": "Chờ ý kiến"},
    "programme:withdraw_extension POST": lambda w: {},
    "programme:decide_extension POST": lambda w: {"decision": "grant"},
    "programme:cancel_task POST": lambda w: {"decision": "512/QĐ-BNV"},
    "programme:assign_owner POST": lambda w: _as_seen(w, owner=w.ministry.accounts["staff"].pk),
    "programme:reassign POST": lambda w: _as_seen(w, lead="PC", reason="Đúng chức năng"),
    "programme:keep_with_unit POST": lambda w: {"reason": "Đúng chức năng"},
    "programme:amendment POST": lambda w: {"decision": "approve"},
    "programme:add_product POST": lambda w: {"name": "Báo cáo"},
    "programme:hand_in POST": lambda w: {"paper": "12/BC-VP"},
    "programme:decide_product POST": lambda w: {"decision": "accept"},
    "programme:take_back_acceptance POST": lambda w: {"reason": "Nghiệm thu nhầm"},
    "programme:review_targets POST": lambda w: {"chon": _ids(w, "draft")[:1], "target": "TEST-1"},
    "reporting:draft POST": lambda w: {"issuer": w.ministry.units["BNV"].pk, "period": "year", "year": 2022},
    "reporting:figure GET": lambda w: {"so": "assigned"},
    "reporting:edit POST": lambda w: {
        "text-proposals": "Bổ sung kinh phí",
        "revision": w.objects["report"].revision,
    },
    "reporting:return POST": lambda w: {"reason": "Thiếu số liệu"},
    "reporting:revise POST": lambda w: {"reason": "Số liệu thay đổi"},
    "files:upload POST": lambda w: {"file": SimpleUploadedFile("bang-chung.png", picture())},
    "tables:save_view POST": lambda w: {"list_key": "nhiem-vu", "name": "Của tôi", "query": "", "path": "/"},
    "tables:rename_view POST": lambda w: {"name": "Việc chậm", "path": "/"},
    "identity:set_theme POST": lambda w: {"theme": "dark"},
    "identity:set_language POST": lambda w: {"language": "en"},
    "identity:set_single_keys POST": lambda w: {"single_keys": "1"},
    "identity:absence POST": lambda w: {
        "receiver": w.ministry.accounts["newcomer"].pk,
        "valid_from": "01/09/2022",
        "last_day": "05/09/2022",
    },
    "operation:create_account POST": lambda w: {"full_name": "Người mới", "username": "nguoi.moi"},
    "operation:edit_account POST": lambda w: {"full_name": "Tên mới"},
    "operation:grant_role POST": lambda w: {
        "role": "auditor",
        "unit": w.ministry.units["VP"].pk,
        "valid_from": "20/06/2022",
    },
    "operation:end_role POST": lambda w: {"last_day": "30/06/2022"},
    "operation:name_stand_in POST": lambda w: {
        "receiver": w.ministry.accounts["head"].pk,
        "valid_from": "01/09/2022",
        "last_day": "05/09/2022",
    },
    "operation:create_unit POST": lambda w: {"name": "Vụ mới", "code": "VM", "valid_from": "20/06/2022"},
    "operation:move_unit POST": lambda w: {"parent": w.ministry.units["VP"].pk},
    "operation:end_unit POST": lambda w: {"last_day": "30/06/2022"},
    "operation:set_day_exception POST": lambda w: {
        "day": "04/07/2022",
        "kind": "day_off",
        "name": "Bão",
        "source": "TB 9/TB-BNV",
    },
    "operation:set_working_hours POST": lambda w: {
        "valid_from": "01/08/2022",
        "morning_from": "07:30",
        "morning_to": "11:30",
        "source": "QĐ 14/QĐ-BNV",
    },
    # The API: JSON, and the file as a form would send it.
    "files.upload POST": lambda w: {"file": SimpleUploadedFile("bang-chung.png", picture())},
    "programme.import POST": lambda w: {"issuer": "BNV", "file": str(w.objects["evidence"].pk), "year": 2022},
    "programme.describe_plan PATCH": lambda w: {"title": "Tên khác"},
    "programme.edit_task PATCH": lambda w: {
        "cells": {"title": "Tên khác"},
        "revision": _revision(PlanTask.objects.get(pk=w.records["draft"]["task_id"])),
    },
    "programme.paste_rows POST": lambda w: {"rows": [NEW_TASK]},
    "programme.confirm POST": lambda w: {"tasks": _ids(w, "draft")},
    "programme.drop POST": lambda w: {"tasks": _ids(w, "draft")},
    "programme.restore POST": lambda w: {"tasks": _ids(w, "draft")},
    "programme.set_cells POST": lambda w: {"tasks": _ids(w, "draft"), "cells": {"lead": "PC"}},
    "programme.merge POST": lambda w: {"tasks": _ids(w, "draft")},
    "programme.split_task POST": lambda w: {"titles": ["Việc một", "Việc hai"]},
    "programme.return_draft POST": lambda w: {"reason": "Thiếu sản phẩm"},
    "programme.add_task POST": lambda w: {"cells": NEW_TASK, "reason": "Kết luận 12/TB-BNV"},
    "programme.urge POST": lambda w: {"tasks": [w.objects["task"].pk]},
    "programme.accept_tasks POST": lambda w: {"tasks": [w.objects["task"].pk]},
    "programme.return_task POST": lambda w: {"reason": "Không thuộc chức năng"},
    "programme.assign_owner PUT": lambda w: _as_seen(w, username="staff"),
    "programme.report_progress POST": lambda w: _as_seen(w, progress=40, text="Đã làm"),
    "programme.hand_in_product POST": lambda w: {"paper": "12/BC-VP"},
    "programme.accept_product POST": lambda w: {},
    "programme.take_back_acceptance POST": lambda w: {"reason": "Nghiệm thu nhầm"},
    "programme.refuse_product POST": lambda w: {"remark": "Thiếu phụ lục"},
    "programme.ask_extension POST": lambda w: {"new_deadline": "2022-07-15", "reason": "Chờ ý kiến"},
    "programme.withdraw_extension POST": lambda w: {},
    "programme.decide_extension POST": lambda w: {"is_granted": True},
    "programme.cancel_task POST": lambda w: {"decision": "512/QĐ-BNV"},
    "programme.reassign POST": lambda w: _as_seen(w, lead="PC", reason="Đúng chức năng"),
    "programme.keep_with_unit POST": lambda w: {"reason": "Đúng chức năng"},
    "programme.decide_amendment POST": lambda w: {"is_approved": True},
    "programme.add_product POST": lambda w: {"name": "Báo cáo"},
    "programme.comment POST": lambda w: {"text": "Đề nghị làm rõ"},
    "reporting.draft POST": lambda w: {"issuer": "BNV", "year": 2022, "period": "year"},
    "reporting.edit PATCH": lambda w: {
        "texts": {"proposals": "Bổ sung kinh phí"},
        "revision": w.objects["report"].revision,
    },
    "reporting.refresh POST": lambda w: {"with_words": True},
    "reporting.return POST": lambda w: {"reason": "Thiếu số liệu"},
    "reporting.revise POST": lambda w: {"reason": "Số liệu thay đổi"},
}

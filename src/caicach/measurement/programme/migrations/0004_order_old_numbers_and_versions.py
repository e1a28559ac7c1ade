"""Old rows as the new rules want them. What was frozen in a version, and printed from it, stays as it was.

Numbers of plans stay: they stand on papers. They only learn the year of their register. A version after the first was
made by one officer alone, so nobody approved it: the officer is who asked for it. Tasks that were given without a
number, or with one that another task of the plan bears, get the next free one of their field.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from caicach.kernel.search.folding import fold

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# As they stood when this was written: a migration does not follow later changes of the code.
FIELD_ORDER = {
    "the_che": 1,
    "thu_tuc_hanh_chinh": 2,
    "to_chuc_bo_may": 3,
    "che_do_cong_vu": 4,
    "tai_chinh_cong": 5,
    "chinh_phu_so": 6,
    "chi_dao_dieu_hanh": 7,
}


def order(apps, schema_editor):
    Plan, PlanVersion = apps.get_model("programme", "Plan"), apps.get_model("programme", "PlanVersion")
    numbered = Plan.objects.filter(number_year=None).exclude(number="").exclude(approved_at=None)
    for pk, approved_at in list(numbered.values_list("pk", "approved_at")):
        Plan.objects.filter(pk=pk).update(number_year=approved_at.astimezone(VIETNAM).year)
    submitted_by = Plan.objects.filter(pk=OuterRef("plan")).values("submitted_by")
    PlanVersion.objects.filter(version=1, asked_by=None).update(asked_by=Subquery(submitted_by))
    PlanVersion.objects.filter(version__gt=1, asked_by=None).update(asked_by=F("approved_by"), approved_by=None)
    for plan in list(Plan.objects.filter(state="approved").only("pk")):
        number_tasks(apps.get_model("programme", "PlanTask"), plan)


def number_tasks(PlanTask, plan):
    given = PlanTask.objects.filter(plan=plan, is_dropped=False).exclude(given_at=None).order_by("position", "pk")
    taken, unnumbered = set(), []
    for task in given.only("number", "field", "title", "text", "product"):
        if task.number and task.number not in taken:
            taken.add(task.number)
        else:
            unnumbered.append(task)
    for task in unnumbered:
        head = FIELD_ORDER.get(task.field, 0)
        same = [re.fullmatch(rf"{head}\.([0-9]+)", number) for number in taken]
        task.number = f"{head}.{max((int(match[1]) for match in same if match), default=0) + 1}"
        taken.add(task.number)
        task.search_text = fold(f"{task.number} {task.title} {task.text} {task.product}")
        PlanTask.objects.filter(pk=task.pk).update(number=task.number, search_text=task.search_text)


def give_back(apps, schema_editor):
    """What code before this reads: who made a version stands as who approved it."""
    PlanVersion = apps.get_model("programme", "PlanVersion")
    PlanVersion.objects.filter(version__gt=1, approved_by=None).exclude(asked_by=None).update(approved_by=F("asked_by"))


class Migration(migrations.Migration):

    dependencies = [
        ("programme", "0003_amend_with_two_people"),
    ]

    operations = [migrations.RunPython(order, give_back)]

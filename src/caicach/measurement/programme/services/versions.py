"""What an approved plan is made of: products of its tasks, numbers without doubles, and its versions, each frozen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caicach.kernel.usecase.core import UseCase
from caicach.measurement.programme import drafts, rules
from caicach.measurement.programme.models import Amendment, Plan, PlanTask, PlanVersion, TaskProduct
from caicach.measurement.programme.models.plan import FIELD_ORDER
from caicach.measurement.programme.signing import Signature, usual_signature


def live_tasks(plan: Plan) -> list[PlanTask]:
    live = plan.tasks.filter(is_dropped=False)
    return list(live.select_related("lead").prefetch_related("cooperating", "targets"))


def name_products(tasks: Sequence[PlanTask]) -> None:
    """A record of each product that a task owes."""
    TaskProduct.objects.bulk_create(
        TaskProduct(task=task, position=place, name=name[:500])
        for task in tasks
        for place, name in enumerate(rules.products_owed(task.product))
    )


def number_tasks(uc: UseCase, tasks: Sequence[PlanTask]) -> None:
    """A number for each task that has none (after a split, for example), and for each that repeats an earlier one's."""
    taken: set[str] = set()
    unnumbered: list[PlanTask] = []
    for task in tasks:
        if task.number and task.number not in taken:
            taken.add(task.number)
        else:
            unnumbered.append(task)
    for task in unnumbered:
        with uc.changing(task):
            task.number = rules.next_task_number(head=FIELD_ORDER[task.field], taken=taken)
            task.revision += 1
        task.search_text = drafts.searchable(task)
        taken.add(task.number)
    PlanTask.objects.bulk_update(unnumbered, ["number", "search_text", "revision"], batch_size=500)


def numbers_taken(plan: Plan) -> set[str]:
    return set(plan.tasks.filter(is_dropped=False).exclude(number="").values_list("number", flat=True))


def first_version(uc: UseCase, plan: Plan, signature: Signature) -> PlanVersion:
    return _freeze(uc, plan, signature, asked_by_id=plan.submitted_by_id)


def next_version(uc: UseCase, plan: Plan, amendment: Amendment, task: PlanTask) -> PlanVersion:
    """The plan as the change left it, approved and signed by who decides now."""
    with uc.changing(plan):
        plan.version += 1
    plan.save(update_fields=["version"])
    change = {"kind": amendment.kind, "number": task.number, "title": task.title}
    signature = usual_signature(account_id=uc.actor.account_id, issuer=plan.issuer, on=uc.today)
    return _freeze(uc, plan, signature, asked_by_id=amendment.asked_by_id, reason=amendment.reason, change=change)


def _freeze(
    uc: UseCase,
    plan: Plan,
    signature: Signature,
    *,
    asked_by_id: int | None,
    reason: str = "",
    change: dict[str, Any] | None = None,
) -> PlanVersion:
    tasks = drafts.snapshots([task for task in live_tasks(plan) if task.cancelled_on is None])
    version = PlanVersion.objects.create(
        plan=plan,
        version=plan.version,
        content={
            "number": plan.number,
            "title": plan.title,
            "decision": {"number": plan.decision_number, "date": plan.decision_date and plan.decision_date.isoformat()},
            "tasks": tasks,
            # A unit may be called otherwise later; the version keeps the names of its day.
            "units": drafts.names_of_units(tasks),
            **({"change": change} if change else {}),
        },
        reason=reason,
        asked_by_id=asked_by_id,
        approved_by_id=uc.actor.account_id,
        signed_as=signature.lines,
        signer_name=signature.name,
        at=uc.at,
    )
    uc.created(version)
    return version

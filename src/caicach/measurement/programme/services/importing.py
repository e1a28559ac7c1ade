"""A text becomes a draft: the tasks that were read, with the text beside them. The whole import can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError
from caicach.measurement.programme import access, doubles, drafts, step_history
from caicach.measurement.programme.fitting import fitted
from caicach.measurement.programme.models import (
    NationalTarget,
    Plan,
    PlanSource,
    PlanState,
    PlanTask,
    TaskTarget,
)
from caicach.measurement.programme.models.plan import FIELD_ORDER
from caicach.measurement.programme.proposals import PlanProposal, ProposedTask
from caicach.measurement.programme.queries.other_plans import other_plans


class ImportedBefore(UseCaseError):
    code = "programme.imported_before"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        names = {"title": plan.title, "day": local_date(plan.created_at).strftime("%d/%m/%Y")}
        super().__init__(
            _("This file was imported on %(day)s as “%(title)s”. Open that one, or ask for another draft.") % names
        )


class ImportedPlan(UseCaseError):
    """An approved or submitted plan cannot be undone as an import."""

    code = "programme.import_counts_already"

    def default_message(self) -> str:
        return _("This plan was submitted or approved, so its import can no longer be undone.")


@use_case("programme.import_plan", permission=access.can_import)
def import_plan(
    uc: UseCase,
    *,
    issuer: Unit,
    proposal: PlanProposal,
    attachment: Attachment | None = None,
    is_sample: bool = False,
    is_first: bool = False,
) -> Plan:
    """The proposal becomes a draft of the issuer, whole or not at all. Emits `programme.plan_imported`.

    Other plans of the issuer for that year are no hindrance; the source's warnings name them.
    Texts longer than their column are shortened; the task's wording keeps them whole and the source's warnings say so.

    is_first : raises ImportedBefore where a plan of the issuer was read from the very same file, be it at this moment.
    """
    if is_first:
        uc.hold(issuer)  # who imports the same file at this moment waits here, then finds the first one's draft
        refuse_second_import(issuer=issuer, sha256=proposal.sha256)
    proposal = fitted(replace(proposal, tasks=_numbered(proposal.tasks)))
    plan = Plan.objects.create(
        title=proposal.title,
        year=proposal.year,
        issuer=issuer,
        decision_number=proposal.decision_number,
        decision_date=proposal.decision_date,
        decision_issuer=proposal.decision_issuer,
        prepared_by_id=uc.actor.account_id,
        created_at=uc.at,
        is_sample=is_sample,
    )
    PlanSource.objects.create(
        plan=plan,
        name=proposal.name[:250],
        attachment=_hold(uc, plan, attachment) if attachment else None,
        sha256=proposal.sha256,
        text=proposal.text,
        tables=list(proposal.tables),
        pages=list(proposal.pages),
        headings=list(proposal.headings),
        citations=list(proposal.citations),
        warnings=[*proposal.warnings, *(doubles.warning_of(other) for other in other_plans(plan))],
    )
    tasks = _write_tasks(plan, proposal.tasks)
    uc.created(plan, *tasks)
    for task, proposed in zip(tasks, proposal.tasks, strict=True):
        uc.told(*step_history.change_of_cooperating(task, after=set(proposed.cooperating)))
    uc.emit("programme.plan_imported", plan=plan.pk, tasks=len(tasks))
    return plan


def refuse_second_import(*, issuer: Unit, sha256: str) -> None:
    """Raises ImportedBefore where a plan of the issuer was read from the very same file."""
    before = Plan.objects.filter(issuer=issuer, source__sha256=sha256).order_by("-pk").first()
    if before is not None:
        raise ImportedBefore(before)


@use_case("programme.undo_import", permission=access.can_edit_draft)
def undo_import(uc: UseCase, *, plan: Plan) -> None:
    """The draft, its text and its tasks are gone without a trace but the journal's. Raises ImportedPlan."""
    uc.hold(plan)
    if plan.state != PlanState.DRAFT:
        raise ImportedPlan
    source_file = plan.source.attachment
    if source_file is not None:
        files.detach(actor=uc.actor, attachment=source_file)
    uc.forget(plan)
    uc.deleting(plan)
    plan.delete()


@use_case("programme.load_national_targets", permission=access.can_load_reference)
def load_national_targets(uc: UseCase, *, rows: Sequence[Mapping[str, str]]) -> int:
    """Targets of a reference list; idempotent by code. Returns the number of rows that were new or changed."""
    known = {target.code: target for target in NationalTarget.objects.all()}
    new = [NationalTarget(code=row["code"], **_target_values(row)) for row in rows if row["code"] not in known]
    NationalTarget.objects.bulk_create(new)
    uc.created(*new)
    changed = [(known[row["code"]], row) for row in rows if row["code"] in known and differs(known[row["code"]], row)]
    for target, row in changed:
        with uc.changing(target):
            for name, value in _target_values(row).items():
                setattr(target, name, value)
        target.save()
    return len(new) + len(changed)


def differs(target: NationalTarget, row: Mapping[str, str]) -> bool:
    """Whether the list says something else of the target now."""
    return any(getattr(target, name) != value for name, value in _target_values(row).items())


def _target_values(row: Mapping[str, str]) -> dict[str, str | int]:
    values: dict[str, str | int] = {
        name: row[name] for name in ("field", "subject", "operator", "value", "unit", "source")
    }
    return values | {"year": int(row["year"])}


def _hold(uc: UseCase, plan: Plan, attachment: Attachment) -> Attachment:
    """The file stays with the plan; one that made another plan already is held here again."""
    hold = files.hold_again if attachment.subject_type else files.attach
    held: Attachment = hold(
        actor=uc.actor,
        attachment=attachment,
        subject_type=plan._meta.label_lower,
        subject_id=str(plan.pk),
        purpose="source",
    )
    return held


def _write_tasks(plan: Plan, proposed: Sequence[ProposedTask]) -> list[PlanTask]:
    tasks = [_task(plan, place, task) for place, task in enumerate(proposed)]
    PlanTask.objects.bulk_create(tasks, batch_size=500)
    through = PlanTask.cooperating.through
    through.objects.bulk_create(
        (
            through(plantask_id=task.pk, unit_id=unit_id)
            for task, source in zip(tasks, proposed, strict=True)
            for unit_id in sorted(set(source.cooperating))
        ),
        batch_size=500,
    )
    TaskTarget.objects.bulk_create(
        (
            drafts.target(task, target)
            for task, source in zip(tasks, proposed, strict=True)
            for target in source.targets
        ),
        batch_size=500,
    )
    return tasks


def _numbered(proposed: Sequence[ProposedTask]) -> tuple[ProposedTask, ...]:
    """A task that the text does not number gets its field's number and its place in the field."""
    counted: Counter[str] = Counter()
    numbered = []
    for task in proposed:
        counted[task.field] += 1
        number = f"{FIELD_ORDER.get(task.field, 0)}.{counted[task.field]}"
        numbered.append(task if task.number else replace(task, number=number))
    return tuple(numbered)


def _task(plan: Plan, place: int, source: ProposedTask) -> PlanTask:
    task = PlanTask(
        plan=plan,
        position=place,
        number=source.number,
        field=source.field,
        title=source.title,
        text=source.text,
        product=source.product,
        lead_id=source.lead_id,
        lead_text=source.lead_text,
        starts_on=source.starts_on,
        deadline=source.deadline,
        deadline_text=source.deadline_text,
        recurrence=source.recurrence,
        budget=source.budget,
        source_start=source.start,
        source_end=source.end,
        citations=list(source.citations),
        doubts=list(source.doubts),
        is_confirmed=not source.doubts,
    )
    task.search_text = drafts.searchable(task)
    return task

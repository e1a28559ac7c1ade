"""How the journal's entries about plans and tasks are called for people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Plan, PlanTask, TaskProduct

USE_CASES = {
    "programme.import_plan": _("Plan imported"),
    "programme.undo_import": _("Import undone"),
    "programme.edit_task": _("Task edited"),
    "programme.paste_rows": _("Rows pasted"),
    "programme.renumber_tasks": _("Tasks numbered anew"),
    "programme.split_task": _("Task split"),
    "programme.merge_tasks": _("Tasks merged"),
    "programme.drop_tasks": _("Task dropped"),
    "programme.restore_tasks": _("Task put back"),
    "programme.confirm_tasks": _("Task confirmed"),
    "programme.set_cells": _("Value set for several tasks"),
    "programme.link_target": _("Target linked"),
    "programme.unlink_target": _("Link to a target taken away"),
    "programme.describe_plan": _("Head of the plan changed"),
    "programme.undo": _("Change taken back"),
    "programme.redo": _("Change done again"),
    "programme.submit": _("Plan submitted"),
    "programme.return_draft": _("Plan returned"),
    "programme.approve": _("Plan approved"),
    "programme.add_task": _("Task added to the plan"),
    "programme.reassign": _("Lead unit changed"),
    "programme.ask_to_add_task": _("New task asked for"),
    "programme.ask_to_reassign": _("Change of the lead unit asked for"),
    "programme.ask_to_cancel_task": _("Stopping the task asked for"),
    "programme.decide_amendment": _("Change of the plan decided"),
    "programme.withdraw_amendment": _("Change of the plan taken back"),
    "programme.accept_task": _("Unit accepted the task"),
    "programme.accept_tasks": _("Unit accepted several tasks"),
    "programme.accept_each": _("Unit accepted those of several tasks that could be"),
    "programme.start_accepting": _("Accepting many tasks started"),
    "programme.start_urging": _("Urging about many tasks started"),
    "programme.return_task": _("Unit returned the task"),
    "programme.keep_with_unit": _("Task kept with the unit"),
    "programme.assign_owner": _("Person in charge named"),
    "programme.report_progress": _("Progress reported"),
    "programme.comment": _("Comment written"),
    "programme.add_product": _("Product added"),
    "programme.hand_in_product": _("Product handed in"),
    "programme.withdraw_product": _("Handing in taken back"),
    "programme.accept_product": _("Product accepted"),
    "programme.refuse_product": _("Product not accepted"),
    "programme.take_back_acceptance": _("Acceptance taken back"),
    "programme.ask_extension": _("Extension asked for"),
    "programme.decide_extension": _("Extension decided"),
    "programme.withdraw_extension": _("Request for extension taken back"),
    "programme.cancel_task": _("Task cancelled by decision"),
    "programme.urge": _("Lead units urged"),
    "programme.remind": _("Reminder sent"),
    "programme.take_out_plan": _("Plan taken out as a file"),
    "programme.start_import": _("Reading of a plan started"),
    "programme.recount_soon": _("Days of “due soon” counted anew"),
    "programme.keep_act_draft": _("Draft of a form kept"),
    "programme.drop_act_draft": _("Draft of a form removed"),
    "programme.sweep_act_drafts": _("Old drafts of forms removed"),
    "programme.load_national_targets": _("National targets loaded"),
}

HIDDEN_FIELDS = frozenset(
    {
        "id", "task_id", "plan_id", "product_id", "revision", "position", "search_text", "soon_from", "source_start",
        "source_end", "citations", "doubts", "is_confirmed", "by_id", "at", "asked_by_id", "asked_at",
        "decided_by_id", "decided_at", "submitted_by_id", "answered_at", "given_at", "lead_text",
        "change", "version_id", "kept_at", "handed_in_on", "record_kind", "record_id",
    }
)  # fmt: skip
"""Columns that tell people nothing: the entry says who and when itself."""
TASK_LABELS = {"targets": _("Linked targets")}
EVIDENCE_LABELS = {"attachment_id": _("File")}
PLAN_LABELS = {"tasks": _("Tasks")}
PLAN_HIDDEN_FIELDS = HIDDEN_FIELDS | {
    "created_at",
    "prepared_by_id",
    "approved_by_id",
    "approved_at",
    "submitted_at",
    "returned_at",
}


def names_of_plans(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(plan.pk): (plan.title, reverse("programme:plan_history", args=[plan.pk]))
        for plan in Plan.objects.filter(pk__in=ids)
    }


def names_of_tasks(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(task.pk): (f"{task.number} {task.title}".strip(), reverse("programme:task", args=[task.pk]))
        for task in PlanTask.objects.filter(pk__in=ids)
    }


def names_of_products(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(product.pk): (product.name, reverse("programme:task", args=[product.task_id]))
        for product in TaskProduct.objects.filter(pk__in=ids)
    }

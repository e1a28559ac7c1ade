"""Who may open and attach the files that are held at plans and products."""

from __future__ import annotations

from django.urls import reverse

from caicach.kernel.files.access import register_access
from caicach.kernel.usecase.actor import Actor

from . import access, queries
from .models import Plan, PlanTask, TaskProduct


def register() -> None:
    register_access("programme.plan", may_see=may_see_plan, may_change=may_change_plan)
    register_access(
        "programme.taskproduct", may_see=may_see_product, may_change=may_change_product, path=path_to_product
    )


def path_to_product(product_id: str) -> list[tuple[str, str]]:
    """The plan, then the task whose product it proves."""
    task = PlanTask.objects.select_related("plan").get(products=int(product_id))
    return [
        (task.plan.title, reverse("programme:plan", args=[task.plan_id])),
        (f"{task.number} {task.title}", reverse("programme:task", args=[task.pk]) + "?muc=san-pham"),
    ]


def may_see_plan(actor: Actor, plan_id: str) -> bool:
    return queries.plans_of(actor=actor).filter(pk=plan_id).exists()


def may_change_plan(actor: Actor, plan_id: str) -> bool:
    plan = Plan.objects.filter(pk=plan_id).first()
    return plan is not None and access.officer_of_plan(actor, plan=plan)


def may_see_product(actor: Actor, product_id: str) -> bool:
    tasks = queries.visible_tasks(actor=actor)
    return TaskProduct.objects.filter(pk=product_id, task__in=tasks.values("pk")).exists()


def may_change_product(actor: Actor, product_id: str) -> bool:
    product = TaskProduct.objects.select_related("task__plan").filter(pk=product_id).first()
    return product is not None and access.can_hand_in(actor, product=product)

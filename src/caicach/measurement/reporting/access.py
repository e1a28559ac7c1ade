"""Who prepares, approves and reads reports."""

from __future__ import annotations

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.predicates import has_role, predicate
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor

from .models import Report

READING_ROLES = (Role.REFORM_OFFICER, Role.LEADER, Role.AUDITOR)


@predicate(roles=[Role.REFORM_OFFICER])
def officer_of_issuer(actor: Actor, issuer: Unit) -> bool:
    return actor.holds_over(issuer.pk, Role.REFORM_OFFICER)


@predicate(roles=[Role.REFORM_OFFICER])
def officer_of_report(actor: Actor, report: Report) -> bool:
    return actor.holds_over(report.issuer_id, Role.REFORM_OFFICER)


@predicate(roles=[Role.LEADER])
def leader_of_report(actor: Actor, report: Report) -> bool:
    """A leader of the issuer, but never who prepared, edited or submitted it (QUALITY A12)."""
    wrote = {report.prepared_by_id, report.edited_by_id, report.submitted_by_id}
    return actor.holds_over(report.issuer_id, Role.LEADER) and actor.account_id not in wrote


can_open_reports = has_role(*READING_ROLES)
can_prepare = has_role(Role.REFORM_OFFICER)
can_draft = officer_of_issuer
can_edit = officer_of_report
can_approve = leader_of_report
can_return = leader_of_report

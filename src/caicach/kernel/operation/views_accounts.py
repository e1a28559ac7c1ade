"""Accounts: the list, one account's page, and what an operator does to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services
from caicach.kernel.identity.decorators import page, proved_lately
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Account
from caicach.kernel.identity.passwords import fresh_password
from caicach.kernel.tables.lists import shown
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import UseCaseError

from . import access
from .acts import Act, ask, sent, shown_act
from .forms import AccountForm, ActForm, EndingForm, GrantRoleForm, NewAccountForm, NoInputForm, StandInForm
from .lists import ACCOUNTS
from .queries import accounts as queries


def _act(title: str, *, verb: str, account: Account | None = None, **more: Any) -> Act:
    path = [(_("Accounts"), reverse("operation:accounts"))]
    if account is not None:
        path.append((account.full_name, reverse("operation:account", args=[account.pk])))
    return Act(title, verb, path, **more)


@page(access.can_see_accounts)
@require_GET
def accounts(request: StaffRequest) -> HttpResponse:
    list_ = shown(ACCOUNTS, Account.objects.all(), request)
    may_change = access.can_administer(request.actor)
    return list_.exported() or render(request, "operation/accounts.html", {"list": list_, "may_change": may_change})


@page(access.can_see_accounts)
@require_GET
def account(request: StaffRequest, pk: int) -> HttpResponse:
    today = clock.today()
    context = {
        "records": queries.account_records(pk=pk, on=today),
        "today": today,
        "may_change": access.can_administer(request.actor),
        "is_own": request.actor.account_id == pk,
    }
    return render(request, "operation/account.html", context)


@page(access.can_see_accounts)
@require_GET
def account_history(request: StaffRequest, pk: int) -> HttpResponse:
    """`truoc` is the entry before which the next page begins."""
    found = queries.account_to_see(pk=pk)
    history = queries.account_history(found, before=request.GET.get("truoc", ""))
    return render(request, "operation/account_history.html", {"account": found, "history": history})


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def create_account(request: StaffRequest) -> HttpResponse:
    """The password is made here and shown once, on the page that answers; it is kept nowhere."""
    form = NewAccountForm(sent(request))
    if form.is_valid():
        password = fresh_password()
        try:
            made = services.create_account(
                actor=request.actor, **form.cleaned_data, password=password, password_is_temporary=True
            )
        except UseCaseError as error:
            form.add_refusal(error)
        else:
            return _show_once(request, made, password)
    act = _act(_("New account"), verb=_("Make the account"))
    return shown_act(request, act, form)


def _show_once(request: StaffRequest, account: Account, password: str) -> HttpResponse:
    return render(request, "operation/password_once.html", {"account": account, "password": password})


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
def edit_account(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    initial = {"full_name": found.full_name, "email": found.email}

    def do(form: AccountForm) -> None:
        services.edit_account(actor=request.actor, account=found, **form.cleaned_data)
        toasts.add(request, _("The account has been corrected."))

    act = _act(_("Correct the name or address"), verb=_("Save"), account=found)
    return ask(request, act, AccountForm(sent(request), initial=initial), do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def give_new_password(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    if request.method == "POST":
        password = fresh_password()
        services.give_new_password(actor=request.actor, account=found, password=password)
        return _show_once(request, found, password)
    act = _act(
        _("New password for %(name)s") % {"name": found.full_name},
        verb=_("Make a new password"),
        account=found,
        consequences=[
            _("The old password stops working at once and the person is signed out everywhere."),
            _("The new one is shown once. The person has to choose their own at the next sign-in."),
            _("A second factor stays asked for."),
        ],
    )
    return ask(request, act, NoInputForm(), lambda _form: None)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def remove_second_factors(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)

    def do(_form: ActForm) -> None:
        services.remove_second_factors(actor=request.actor, account=found)
        toasts.add(request, _("The second factors are removed. The person signs in by password only."))

    act = _act(
        _("Remove the second factors of %(name)s") % {"name": found.full_name},
        verb=_("Remove them"),
        account=found,
        danger=True,
        consequences=[
            _("For a lost phone or key. Make sure first that it is this person who asks: call back or meet."),
            _("The person is signed out everywhere, and signs in by password alone until a new factor is added."),
        ],
    )
    return ask(request, act, NoInputForm(sent(request)), do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def shut_account(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)

    def do(_form: ActForm) -> None:
        services.disable_account(actor=request.actor, account=found)
        toasts.add(request, _("The account is shut."), undo=reverse("operation:open_account", args=[found.pk]))

    act = _act(
        _("Shut the account of %(name)s") % {"name": found.full_name},
        verb=_("Shut the account"),
        account=found,
        danger=True,
        consequences=[
            _("The person cannot sign in any more and is signed out everywhere at the next click."),
            _("What the person did stays under their name. The account can be opened again."),
        ],
    )
    return ask(request, act, NoInputForm(sent(request)), do)


@page(access.can_administer)
@require_http_methods(["POST"])
@proved_lately
def open_account(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    services.enable_account(actor=request.actor, account=found)
    toasts.add(request, _("The account is open again."))
    return redirect("operation:account", pk)


@page(access.can_administer)
@require_http_methods(["POST"])
def end_sessions(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    ended = services.end_sessions(actor=request.actor, account=found)
    words = ngettext("%(count)d session ended.", "%(count)d sessions ended.", ended) % {"count": ended}
    toasts.add(request, words)
    return redirect("operation:account", pk)


# --- roles and stand-ins ---------------------------------------------------------------------------------------------


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def grant_role(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    today = clock.today()

    def do(form: GrantRoleForm) -> None:
        data = form.cleaned_data
        services.grant_role(
            actor=request.actor,
            account=found,
            role=data["role"],
            unit=data["unit"],
            office=data["office"],
            **form.period(),
        )
        toasts.add(request, _("The role is given. It holds from the next click of the person."))

    act = _act(_("Give a role to %(name)s") % {"name": found.full_name}, verb=_("Give the role"), account=found)
    return ask(request, act, GrantRoleForm(sent(request), units=identity.units(on=today), today=today), do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def end_role(request: StaffRequest, pk: int, assignment_pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    assignment = queries.assignment_of(account=found, pk=assignment_pk)

    def do(form: EndingForm) -> None:
        services.end_role(actor=request.actor, assignment=assignment, valid_to=form.valid_to())
        toasts.add(request, _("The role ends as you said."))

    act = _act(
        _("End a role of %(name)s") % {"name": found.full_name},
        verb=_("End the role"),
        account=found,
        danger=True,
        consequences=[
            _("%(role)s. After the last day the person has none of its rights any more.") % {"role": assignment},
            _("With yesterday as the last day it ends at once."),
        ],
    )
    return ask(request, act, EndingForm(sent(request), today=clock.today()), do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def name_stand_in(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)

    def do(form: StandInForm) -> None:
        data = form.cleaned_data
        services.delegate(
            actor=request.actor, giver=found, receiver=data["receiver"], reason=data["reason"], **form.period()
        )
        toasts.add(request, _("Saved. The person has been told."))

    act = _act(
        _("Name a stand-in for %(name)s") % {"name": found.full_name},
        verb=_("Name the stand-in"),
        account=found,
        consequences=[_("The stand-in acts with all roles of the absent person, and the journal names both.")],
    )
    return ask(request, act, StandInForm(sent(request), giver=found, today=clock.today()), do)


@page(access.can_administer)
@require_http_methods(["POST"])
@proved_lately
def end_stand_in(request: StaffRequest, pk: int, delegation_pk: int) -> HttpResponse:
    found = queries.account_to_see(pk=pk)
    delegation = queries.delegation_of(account=found, pk=delegation_pk)
    services.end_delegation(actor=request.actor, delegation=delegation)
    toasts.add(request, _("The delegation has ended."))
    return redirect("operation:account", pk)

"""Pages of one's own account: preferences, absence. Sign-in and sessions are allauth's pages in our clothes."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.errors import UseCaseError

from . import services
from .decorators import page
from .forms import DelegationForm
from .http import StaffRequest
from .models import Account, Delegation
from .predicates import signed_in


def _account(request: StaffRequest) -> Account:
    return Account.objects.get(pk=request.user.pk)


def _back(request: StaffRequest) -> str:
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return settings.LOGIN_REDIRECT_URL


@page(signed_in)
@require_POST
def set_theme(request: StaffRequest) -> HttpResponse:
    services.set_preferences(actor=request.actor, account=_account(request), theme=request.POST.get("theme", ""))
    return redirect(_back(request))


@page(signed_in)
@require_POST
def set_single_keys(request: StaffRequest) -> HttpResponse:
    services.set_preferences(
        actor=request.actor,
        account=_account(request),
        single_keys=request.POST.get("single_keys") == "1",
    )
    return redirect(_back(request))


@page(None)
@require_POST
def set_language(request: StaffRequest) -> HttpResponse:
    """Works before signing in, and before a temporary password is replaced: then only the cookie remembers."""
    language = request.POST.get("language", "vi")
    language = language if language in dict(settings.LANGUAGES) else "vi"
    if request.actor.is_signed_in:
        services.set_preferences(actor=request.actor, account=_account(request), language=language)
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@page(signed_in)
@require_GET
def email_address(request: StaffRequest) -> HttpResponse:
    """To be read here; an operator changes it, since the next password may be mailed there."""
    return render(request, "account/email.html")


@page(signed_in)
@require_http_methods(["GET", "POST"])
def absence(request: StaffRequest) -> HttpResponse:
    """Who stands in for me and when; a person sees only their own delegations, given and received."""
    me = _account(request)
    form = DelegationForm(request.POST if request.method == "POST" else None, giver=me)
    if form.is_valid():
        try:
            services.delegate(
                actor=request.actor,
                giver=me,
                receiver=form.cleaned_data["receiver"],
                valid_from=form.cleaned_data["valid_from"],
                valid_to=form.cleaned_data["last_day"] + timedelta(days=1),
                reason=form.cleaned_data["reason"],
            )
        except UseCaseError as error:
            _add_errors(form, error)
        else:
            messages.success(request, _("Saved. The person has been told."))
            return redirect("identity:absence")
    today = clock.today()
    given = Delegation.objects.filter(giver=me, valid_to__gt=today).select_related("receiver").order_by("valid_from")
    received = Delegation.objects.filter(receiver=me, valid_to__gt=today).select_related("giver").order_by("valid_from")
    return render(
        request, "identity/absence.html", {"form": form, "given": given, "received": received, "today": today}
    )


def _add_errors(form: DelegationForm, error: UseCaseError) -> None:
    names = {"valid_to": "last_day"}
    for name, texts in error.fields.items():
        for text in texts:
            form.add_error(names.get(name, name), text)
    if not error.fields:
        form.add_error(None, error.message)


@page(signed_in)
@require_POST
def end_absence(request: StaffRequest, pk: int) -> HttpResponse:
    delegation = get_object_or_404(Delegation, pk=pk, giver_id=request.user.pk)
    services.end_delegation(actor=request.actor, delegation=delegation)
    messages.success(request, _("The delegation has ended."))
    return redirect("identity:absence")
